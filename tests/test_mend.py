"""``papernotes check --fix`` mends what is safe, and changes nothing else."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papernotes import cli
from papernotes.check import korean, mend
from papernotes.check.mend import tidied
from tests.conftest import PROJECT

Edit = Callable[[str, str, str], Path]
ELECTRA = "docs/papers/electra.md"
NOTES = [(PROJECT / path).read_text("utf-8") for path in (ELECTRA, "docs/papers/roberta.md")]
SPACE = re.compile("(?<=[가-힣]) (?=[가-힣])")
HEAD = "---\ntitle: t\nyear: 2020\n---\n"


def untidied(note: str, chance: random.Random) -> str:
    """Undo by chance what the command mends."""
    _, front, body = note.split("---\n", 2)
    lines = body.rstrip("\n").split("\n")
    for prose in korean.own_prose("\n".join(lines)):
        spaces = chance.sample(list(SPACE.finditer(prose.text)), 5)
        for space in sorted(spaces, key=lambda match: -match.start()):
            number, column = prose.place(space.start())
            if not set("‘“\"'") & set(lines[number]):
                lines[number] = f"{lines[number][:column]} {lines[number][column:]}"
    for _ in range(20):
        number = chance.randrange(len(lines))
        if not lines[number].endswith(" "):
            lines[number] += chance.choice([" ", "\t", " \t"])
    text = f"---\n{front}---\n" + "\n".join(lines) + chance.choice(["", "\n\n\n"])
    return chance.choice(["", "\ufeff"]) + text.replace("\n", chance.choice(["\n", "\r\n", "\r"]))


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(NOTES), st.randoms(use_true_random=False))
def test_a_real_note_comes_back_as_it_was(note: str, chance: random.Random) -> None:
    assert tidied(untidied(note, chance)) == note


PIECES = st.sampled_from(
    [
        *("\n", "\n\n", " ", "  ", "\t", "\r\n", "\ufeff", "---\n", "```\n", "````md\n", "~~~\n"),
        *("/// answer | 세진\n", "/// explanation\n", "    source: a  b\n", "/// quote | p. 4\n"),
        *(
            "///\n",
            "## 제목 { #a }\n",
            "- 목록",
            "1. ",
            "| a  | b |\n",
            "`a  b`",
            "$a  b$",
            "“a  b”",
        ),
        *(
            "낱말이에요.  ",
            "**굵게**",
            "\\",
            "  \n",
            "title: b\n",
            "arxiv: a\n",
            "short: &a [*b]\n",
        ),
        *("<!-- a  b -->", "# 주석\n", "(a)  ", "some-\ntimes", "x  = 1\n", "pre- and"),
    ]
)
SOURCES = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)


@settings(deadline=None)
@given(SOURCES)
def test_twice_is_the_same_as_once(source: str) -> None:
    once = tidied(source)
    assert tidied(once) == once


@settings(deadline=None)
@given(SOURCES)
def test_nothing_but_white_space_changes(source: str) -> None:
    assert "".join(tidied(source).split()) == "".join(source.lstrip("\ufeff").split())


@settings(deadline=None)
@given(SOURCES)
def test_what_is_not_ours_keeps_its_spaces(source: str) -> None:
    kept = tidied(f"{HEAD}\n/// answer | 세진\n한  칸\n///\n\n```text\na  b \n```\n{source}")
    assert "\n한  칸\n///" in kept
    assert "\na  b \n```" in kept


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("글이에요.  뒤예요.\n", "글이에요. 뒤예요.\n"),
        ("글이에요.", "글이에요.\n"),
        (f"{HEAD} \t\n글이에요.\n", f"{HEAD}\n글이에요.\n"),
        ("글이에요.  \n다음 줄이에요.\n", "글이에요.  \n다음 줄이에요.\n"),  # a hard break
        ("글이에요.  \n\n다음이에요.\n", "글이에요.\n\n다음이에요.\n"),
        ("```\na  \n```\n", "```\na  \n```\n"),
        ("`a  b` 뒤예요.  끝.\n", "`a  b` 뒤예요. 끝.\n"),
        ("| a  | b |\n|---|---|\n", "| a  | b |\n|---|---|\n"),
        ("    a  = 1\n", "    a  = 1\n"),
        ("-   글이에요.\n", "-   글이에요.\n"),
        ("‘a  b’라고 했어요.\n", "‘a  b’라고 했어요.\n"),
        ("", ""),
    ],
)
def test_how_sources_are_tidied(before: str, after: str) -> None:
    assert tidied(before) == after


def fix(project: Path) -> int:
    return cli.main(["check", "--root", str(project), "--fix"])


def test_what_changed_is_told_and_nothing_else_is_touched(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / ELECTRA
    tidy = file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + tidy.replace(b"\n", b"\r\n"))
    others = {each: each.stat().st_mtime_ns for each in project.rglob("*.md") if each != file}
    assert fix(project) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"{ELECTRA}의 모양을 다듬었어요."
    assert file.read_bytes() == tidy
    assert others == {each: each.stat().st_mtime_ns for each in others}


def test_a_file_that_cannot_be_read_is_left_as_it_is(project: Path) -> None:
    file = project / "docs/papers/strange.md"
    file.write_bytes("---\ntitle: 가 \n".encode("cp949"))
    before = file.read_bytes()
    assert fix(project) == 1
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_without_a_traceback(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "docs")

    monkeypatch.setattr(mend, "write_whole", refuse)
    file = edit(ELECTRA, "\n\nELECTRA는", "\n\nELECTRA는 ")
    edit(ELECTRA, "ELECTRA는 ", "ELECTRA는  ")
    before = file.read_bytes()
    assert fix(project) == 1
    assert "권한" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_a_link_to_a_file_is_not_followed(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("글이에요. \n\n\n")
    (project / "docs/linked.md").symlink_to(outside)
    fix(project)
    assert (project / "docs/linked.md").is_symlink()
    assert outside.read_text() == "글이에요. \n\n\n"
