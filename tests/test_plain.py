"""Words for excerpts, feeds and citations are those that the page shows."""

import pytest

from papernotes.note import bibtex
from papernotes.note.model import Paper
from papernotes.note.plain import plain


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("A* search … A*", "A* search … A*"),
        ("5 * 3, 2**10", "5 * 3, 2**10"),
        ("snake_case와 `__init__`", "snake_case와 __init__"),
        (r"\* \_ \$5", "* _ $5"),
        ("R&amp;D, a &lt; b", "R&D, a < b"),
        ("$5 … $10", "$5 … $10"),
        ("costs $5 per hour and $10 per day", "costs $5 per hour and $10 per day"),
        ("**글리프(Glyph)**는 ~~굵은~~ *글*", "글리프(Glyph)는 굵은 글"),
        ("`<s>`로 시작해요[^1].", "<s>로 시작해요."),
        ("[글](a.md)과 ![그림](b.png)", "글과 그림"),
        ("$x_{<t}$와 $a & b$", "x_{<t}와 a & b"),
        ("글\n\n$$\na < b\n$$\n\n- 하나\n- 둘", "글 a < b 하나 둘"),
        ("[MASK] 토큰 [수식]", "[MASK] 토큰 [수식]"),
        ("H<sub>2</sub>O<br>글", "H2O 글"),
    ],
)
def test_text_is_as_the_page_shows_it(markdown: str, shown: str) -> None:
    assert plain(markdown) == shown


def test_long_text_is_cut_between_words() -> None:
    assert plain("하나 둘 셋 넷", 6) == "하나 둘…"


def test_lists_too_deep_to_read_end_in_words_and_no_error() -> None:
    assert plain("".join(f"{'    ' * depth}- 가\n" for depth in range(400)))


def paper(*authors: str, title: str = "제목") -> Paper:
    return Paper("X", title, authors, 2020, "ACL 2020", "2001.00001v1")


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Gemini Team", "{Gemini Team}"),
        ("Llama Team, AI @ Meta", "{Llama Team, AI @ Meta}"),
        ("The ATLAS Collaboration", "{The ATLAS Collaboration}"),
        ("OpenAI", "OpenAI"),
        ("Martin Luther King, Jr.", "King, Jr., Martin Luther"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("Sammy Davis III", "Davis, III, Sammy"),
        ("Lee, Kenton", "Lee, Kenton"),
        ("Simon and Garfunkel", "{Simon and Garfunkel}"),
        ("Kevin Clark", "Kevin Clark"),
    ],
)
def test_an_author_is_one_name_to_bibtex(author: str, written: str) -> None:
    assert f"author = {{{written}}}" in bibtex.entry(paper(author))


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (r"$\alpha$-NAS", r"{$\alpha$-NAS}"),
        ("Costs $5 to $10", r"{Costs \$5 to \$10}"),
        ("R&D in 100%", r"{R\&D in 100\%}"),
    ],
)
def test_a_formula_in_a_title_is_kept(title: str, written: str) -> None:
    assert f"title = {{{written}}}" in bibtex.entry(paper("A B", title=title))


def test_a_key_has_the_family_name() -> None:
    assert bibtex.key(paper("Martin Luther King, Jr.")) == "king2020x"
    assert bibtex.key(paper("Llama Team, AI @ Meta")) == "llama2020x"
