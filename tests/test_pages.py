"""A page is found by its path, in either engine, whatever stands on it."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from markdown.preprocessors import Preprocessor
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

from papernotes.note import library
from papernotes.render.engine import Converted, converted
from tests.examples import BASE
from tests.rendering import Build

GLOSSARY = """\
# 용어

/// term | 마스킹
    id: masking
    en: masking

가리는 것이에요.
///
"""
NOTE = "papers/roberta.md"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project, with a glossary."""
    root = tmp_path / "small"
    shutil.copytree(BASE, root)
    (root / "docs" / "glossary.md").write_text(GLOSSARY, "utf-8")
    return root


def built(root: Path, **options: Any) -> Path:
    """Build with the real MkDocs; return the site."""
    config = {
        "config_file": str(root / "mkdocs.yml"),
        "site_name": "작은 사이트",
        "docs_dir": str(root / "docs"),
        "site_dir": str(root / "site"),
        "theme": "mkdocs",
        "markdown_extensions": [
            "attr_list",
            "pymdownx.superfences",
            {"papernotes.extension": {"root": str(root)}},
        ],
        **options,
    }
    (root / "mkdocs.yml").touch()
    build(load_config(**config))
    return root / "site"


def test_two_pages_with_the_same_body_have_links_of_their_own(small: Path) -> None:
    for path in ("one.md", "deep/two.md"):
        file = small / "docs" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text("# 같은 글\n\n마스킹이에요.\n", "utf-8")
    site = built(small)
    for path, link in (("one", "../glossary/#masking"), ("deep/two", "../../glossary/#masking")):
        page = BeautifulSoup((site / path / "index.html").read_text("utf-8"), "html.parser")
        [term] = page.select("a.pn-term")
        assert term["href"] == link


def test_a_first_line_with_a_colon_is_never_lost(small: Path) -> None:
    (small / "docs" / "questions.md").write_text(
        "Note: 마스킹 이야기예요.\n\n/// passage-list\n///\n", "utf-8"
    )
    with pytest.raises(SystemExit, match=r"docs/questions\.md:1:1: PN105"):
        built(small)


def test_a_note_without_front_matter_stops_the_build(small: Path) -> None:
    note = small / "docs" / NOTE
    body = note.read_text("utf-8").partition("\n---\n")[2]
    note.write_text(f"Note: 노트예요.\n\n{body}", "utf-8")
    with pytest.raises(SystemExit, match=f"docs/{NOTE}:1:1: PN101"):
        built(small)


def test_changed_front_matter_is_on_the_next_page_at_once(small: Path) -> None:
    note = small / "docs" / NOTE
    building = Build(small)
    assert "· 2019 ·" in building.html(NOTE)
    stat = note.stat()
    note.write_text(note.read_text("utf-8").replace("year: 2019", "year: 2091"), "utf-8")
    os.utime(note, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))
    assert "· 2091 ·" in building.html(NOTE)
    assert "· 2091 ·" in Build(small).html(NOTE)


def test_every_page_of_a_build_shows_what_was_saved_before_it(small: Path) -> None:
    (small / "docs" / "questions.md").write_text("/// passage-list\n///\n", "utf-8")
    assert "같은 마스크를" in Build(small).html("questions.md")
    note = small / "docs" / NOTE
    note.write_text(note.read_text("utf-8").replace("같은 마스크를", "늘 같은 마스크를"), "utf-8")
    assert "늘 같은 마스크를" in Build(small).html("questions.md")


@pytest.mark.parametrize("head", ["", "---\ntitle: 제목\n---\n", "---\ntitle: 제목\n...\n"])
@pytest.mark.parametrize("body", ["    코드\n\n글\n", "\n\n    코드\n  \n", "글  ", "\n", ""])
def test_a_page_is_the_text_that_the_engine_converts(small: Path, head: str, body: str) -> None:
    (small / "docs" / "one.md").write_text(head + body, "utf-8")
    page = library.read(small, "one.md")
    assert page.body == get_data(head + body)[0]
    assert "\n".join((head + body).split("\n")[page.first_line - 1 :]) == page.body


def test_a_page_kept_after_many_saves_is_the_last(small: Path) -> None:
    note = small / "docs" / NOTE
    before = len(library._kept)
    for number in range(5):
        note.write_text(note.read_text("utf-8") + f"\n{number}\n", "utf-8")
        assert library.read(small, NOTE).body.endswith(f"\n{number}\n")
    assert len(library._kept) == before + 1


def test_the_page_of_either_engine_is_known() -> None:
    md = Markdown()
    assert converted(md) is None
    context = Preprocessor(md)
    context.page = SimpleNamespace(path="papers/x.md")  # type: ignore[attr-defined]
    md.preprocessors.register(context, "rendering_context", 0)  # as Zensical's does
    assert converted(md) == Converted("papers/x.md", None)


def test_a_short_answer_and_an_addition_are_marked_as_ours(small: Path) -> None:
    note = small / "docs" / NOTE
    added = """
/// addition | 세진
    source: "RoBERTa §4.1, p. 4"

벌마다 40에폭이에요.
///
"""
    note.write_text(note.read_text("utf-8") + added, "utf-8")
    passage = Build(small).page(NOTE).select_one("[data-passage]")
    assert passage
    gist = passage.select_one("[data-gist]")
    assert gist
    assert "한 벌을 네 번 봐요." in gist.get_text()
    assert gist.select_one(".pn-sources")
    addition = passage.select_one(".pn-addition")
    assert addition
    assert "덧붙임" in addition.get_text()
    assert "세진" in addition.get_text()


def test_the_page_of_a_source_is_written_as_that_of_the_quotation(small: Path) -> None:
    note = small / "docs" / NOTE
    added = """
/// addition | 세진
    source: "RoBERTa §4.1, p. 4; RoBERTa §4.1, pp. 4-5; 우리의 계산"

벌마다 40에폭이에요.
///
"""
    note.write_text(note.read_text("utf-8") + added, "utf-8")
    page = Build(small).page(NOTE)
    sources = page.select_one(".pn-addition .pn-sources")
    place = page.select_one(".pn-quote__place")
    assert sources
    assert place
    assert sources.get_text() == "출처: RoBERTa §4.1, 4쪽 · RoBERTa §4.1, 4–5쪽 · 우리의 계산"
    assert place.get_text() in sources.get_text()


@pytest.mark.parametrize(("venue", "shown"), [("ICLR 2019", "ICLR 2019"), ("ACL", "ACL · 2019")])
def test_a_paper_tells_its_year_once(small: Path, venue: str, shown: str) -> None:
    note = small / "docs" / NOTE
    text = note.read_text("utf-8").replace("venue: arXiv\n", f"venue: {venue}\n")
    note.write_text(text, "utf-8")
    head = Build(small).page(NOTE).select_one(".pn-paper p:not(.pn-paper__authors)")
    assert head
    assert head.get_text().startswith(f"{shown} · arXiv:")
    (small / "docs" / "papers" / "index.md").write_text("# 논문\n\n/// paper-list\n///\n", "utf-8")
    card = Build(small).page("papers/index.md")
    by = card.select_one(".pn-card__by")
    assert by
    assert by.get_text().endswith(f" · {shown}")
    [answer] = card.select(".pn-card__gists > li")
    assert "한 벌을 네 번 봐요." in answer.get_text()
    assert answer.a
    assert str(answer.a["href"]).endswith("roberta.md#static-masking")


def test_a_particle_stays_with_the_formula_that_it_follows(small: Path) -> None:
    page = small / "docs" / "math.md"
    page.write_text("정답 $y$가 하나, 곧 $p$예요. 그리고 $x$, 또 $z$ 이상.\n", "utf-8")
    build = Build(small, ("attr_list", "pymdownx.arithmatex"))
    build.configs["pymdownx.arithmatex"] = {"generic": True}
    [text] = build.page("math.md").select("p")
    assert [kept.get_text() for kept in text.select(".pn-nb")] == ["y가", "p예요"]
    assert text.get_text() == "정답 y가 하나, 곧 p예요. 그리고 x, 또 z 이상."


def test_a_number_at_the_beginning_of_a_quotation_is_text(small: Path) -> None:
    note = small / "docs" / NOTE
    words = "Thus, each training sequence"
    note.write_text(note.read_text("utf-8").replace(words, f"2019. {words}", 1), "utf-8")
    [quote, *_] = Build(small).page(NOTE).select("blockquote")
    assert quote.ol is None
    assert quote.get_text().strip().startswith(f"2019. {words}")


def test_quotations_apart_are_two_and_an_empty_line_in_one_parts_none(small: Path) -> None:
    page = small / "docs" / "quotations.md"
    page.write_text("> 가\n\n> 나\n>\n> 다\n\n- > 라\n\n    > 마\n", "utf-8")
    quotations = Build(small).page("quotations.md").select("blockquote")
    assert ["".join(each.get_text().split()) for each in quotations] == ["가", "나다", "라", "마"]
