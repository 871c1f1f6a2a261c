"""What programs read: the notes as they are, and who says what in one file."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from papernotes.export import llms
from papernotes.note import library
from papernotes.note.library import Page
from papernotes.note.model import Answer, Open, Quote
from tests.conftest import PROJECT
from tests.export import nasty
from tests.export.conftest import SITE


def test_a_note_is_published_as_the_markdown_it_is() -> None:
    made = dict(llms.files(library.load(PROJECT), PROJECT, SITE))
    for note in library.load(PROJECT).notes:
        assert made[note.path] == (PROJECT / "docs" / note.path).read_text("utf-8")


def test_the_list_is_what_the_convention_asks() -> None:
    """Source: llmstxt.org, "Format"."""
    text = dict(llms.files(library.load(PROJECT), PROJECT, SITE))[llms.LIST]
    title, summary, *rest = text.split("\n\n")
    assert title == f"# {SITE.name}"
    assert summary.startswith("> ")
    assert "\n" not in summary
    first = next(index for index, part in enumerate(rest) if part.startswith("## "))
    assert not any(part.startswith("#") for part in rest[:first])
    for heading, links in zip(rest[first::2], rest[first + 1 :: 2], strict=True):
        assert heading.startswith("## ")
        assert all(line.startswith("- [") and "](" in line for line in links.splitlines())
    for note in library.load(PROJECT).notes:
        assert f"]({SITE.url}{note.path}): " in text


@pytest.mark.parametrize(
    "title",
    [nasty.TITLE, "a [b](c) ]]> \\", "한 `틱", "<b> --> </script> | *x* _y_", "[[x]", "# 1. -"],
)
def test_a_title_is_the_name_of_one_link(title: str, tmp_path: Path) -> None:
    note = nasty.note()
    note = replace(note, paper=replace(note.paper, title=title), description="또 `하나의 ](틱)")
    library_ = replace(library.load(PROJECT), pages=(Page(note.path, "", 1, (), note, None, ()),))
    (tmp_path / "docs/papers").mkdir(parents=True)
    (tmp_path / "docs" / note.path).write_text("")
    text = dict(llms.files(library_, tmp_path, SITE))[llms.LIST]
    (line,) = [line for line in text.splitlines() if f"]({SITE.url}{note.path}): " in line]
    assert re.fullmatch(r"-\s*\[[^\]]+\]\([^\)]+\)(?::\s*.*)?", line)  # how llms_txt reads it
    (link,) = BeautifulSoup(Markdown().convert(line), "html.parser").select("li > a")
    assert (link["href"], link.get_text()) == (SITE.url + note.path, f"Nasty & Co: {title}")


def test_the_one_file_says_whose_words_are_whose() -> None:
    found = library.load(PROJECT)
    text = dict(llms.files(found, PROJECT, SITE))[llms.FULL]
    for note, passage in found.passages:
        part = text.partition(SITE.link(note.path, passage.id))[2].partition("\n### ")[0]
        for block in passage.blocks:
            match block:
                case Quote():
                    quoted = "\n".join(f"> {line}".rstrip() for line in block.text.splitlines())
                    assert f"{block.place.label})\n\n{quoted}" in part
                case Answer():
                    assert f"**답** ({block.by})\n\n{block.text}" in part
                case Open():
                    assert "**아직 모르는 것**" in part
                    assert block.text in part
