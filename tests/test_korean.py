"""The prose rules find mistakes and nothing else: measured on a corpus (data/korean.yml)."""

from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from markdown_it import MarkdownIt

from papernotes.check import korean
from papernotes.note.library import Library, Page
from tests.conftest import ROOT

CORPUS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "data" / "korean.yml").read_text("utf-8")
)
LEAD = "앞의 글이에요. 모두 이렇게 적어요.\n\n"
MISTAKES = [(code, text) for code, texts in CORPUS["mistakes"].items() for text in texts]

BESIDE = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "LICENSE-notes.md")]
RIGHT = [*CORPUS["right"]["emphasis"], *CORPUS["right"]["prose"]]


def codes(text: str) -> list[str]:
    page = Page("page.md", LEAD + text, 1, (), None, None, ())
    return sorted({problem.code for problem in korean.problems(page)})


@pytest.mark.parametrize(("code", "text"), MISTAKES)
def test_a_mistake_is_found_and_only_that(code: str, text: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize("text", RIGHT)
def test_right_prose_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_what_asks_the_reader_goes_with_formal_sentences() -> None:
    text = "값을 바꿉니다. 결과를 확인하세요. 함께 봅시다.\n\n둘입니다. 봅니다. 이것은 달라요."
    page = Page("page.md", text, 1, (), None, None, ())
    assert ["달라요" in each.message for each in korean.problems(page)] == [True]


def test_requests_make_no_page_of_formal_sentences_a_polite_one() -> None:
    text = (
        "값을 바꾸세요. 결과를 보세요. 다시 해 보세요.\n\n순서는 이렇습니다. 왜 그럴까요? 없나요?"
    )
    page = Page("page.md", text, 1, (), None, None, ())
    assert not [*korean.problems(page)]


@pytest.mark.parametrize("text", CORPUS["missed"])
def test_what_the_corpus_calls_missed_is_missed(text: str) -> None:
    assert codes(text) == []


def test_the_corpus_is_large_enough_to_tell() -> None:
    assert len(MISTAKES) >= 40
    assert len(RIGHT) >= 100


def shown(text: str) -> str:
    """Return the words that CommonMark shows, which is what GitHub renders with."""
    inline = [child for token in MarkdownIt().parse(text) for child in token.children or ()]
    return "".join(child.content for child in inline if child.type == "text")


@pytest.mark.parametrize("text", CORPUS["mistakes"]["PN801"])
def test_a_reader_on_github_would_see_the_asterisks(text: str) -> None:
    assert "*" in shown(text)


@pytest.mark.parametrize("text", CORPUS["right"]["emphasis"])
def test_a_reader_on_github_would_see_no_asterisk(text: str) -> None:
    assert "*" not in shown(text)


@pytest.mark.parametrize("text", CORPUS["mistakes"]["PN801"])
def test_the_site_itself_shows_such_emphasis(text: str) -> None:
    """Python-Markdown, which MkDocs and Zensical both run, needs no white space around marks."""
    assert "*" not in markdown.markdown(text)


def test_our_own_pages_have_no_such_mistake(notes: Library) -> None:
    beside = [Page(file.name, file.read_text("utf-8"), 1, (), None, None, ()) for file in BESIDE]
    pages = [*notes.pages, *beside]
    assert [problem for page in pages for problem in korean.problems(page)] == []
    read = sum(len(list(korean.endings(korean.own_prose(page.body)[0]))) for page in pages)
    assert read > 500
