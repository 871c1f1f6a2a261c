"""The mark under a quotation is about the words that the page shows."""

from pathlib import Path

import pytest

from papernotes.check import quotes
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.matching import is_shown, own_words
from papernotes.note.parse import parse_partial
from tests.pdf import FILLER, ID, column, pdf


@pytest.mark.parametrize(
    ("quote", "runs"),
    [
        ("One sentence as it stands.", ["One sentence as it stands."]),
        ("an *important* point … and `another` one", ["an important point", "and another one"]),
        ("with [수식] and $T_i$ from [the] model", ["with", "and", "from", "model"]),
        ("the [MASK] token [sic] is kept [3]", ["the [MASK] token", "is kept [3]"]),
        ("[T]he first … [l]ast", ["The first", "last"]),
        (r"R&amp;D, A\* search, 5 * 3, 2\_3", ["R&D, A* search, 5 * 3, 2_3"]),
        ("__init__ and 2 < 3", ["init and 2 < 3"]),
        ("over a\nline's   end", ["over a line's end"]),
        ("… begins and ends …", ["begins and ends"]),
    ],
)
def test_the_papers_own_words_come_in_runs(quote: str, runs: list[str]) -> None:
    assert own_words(quote) == runs


@pytest.mark.parametrize(
    ("quote", "rendered", "same"),
    [
        ("We do not *inject* $x$ here.", "We do not inject  here.", True),
        ("We do not inject here.", "We do inject here.", False),
        ("We do not inject here.", "We do not inject here. More.", False),
        (r"A\* search, R&amp;D", "A* search, R&D", True),
    ],
)
def test_what_is_shown_has_the_words_of_the_source(quote: str, rendered: str, same: bool) -> None:
    assert is_shown(quote, rendered) is same


NOTE = """---
title: A paper
short: Paper
description: 논문 하나를 읽어요.
authors: [A. B. Cee]
year: 2024
venue: arXiv
arxiv: {id}
---

## 여우 {{ #fox }}

/// quote | p. 1
{quote}
///

/// question
    status: open

왜요?
///

{more}
"""


@pytest.mark.parametrize(
    ("more", "codes"),
    [("", []), ("[very]: https://example.org", ["PN307"]), ("[Very ]: x", ["PN307"])],
)
def test_a_bracket_that_a_page_shows_as_a_link_is_refused(
    more: str, codes: list[str], tmp_path: Path
) -> None:
    (tmp_path / "paper.pdf").write_bytes(pdf([column(FILLER)]))
    (tmp_path / "fingerprints").mkdir()
    made = fingerprint.from_pdf(tmp_path / "paper.pdf", ID).dumps()
    (tmp_path / "fingerprints" / f"{ID}.json").write_text(made, "utf-8")
    quote = "The [very] quick brown fox jumps over the lazy dog while"
    text = NOTE.format(id=ID, quote=quote, more=more)
    note, problems = parse_partial(text, "papers/fox.md")
    assert note, problems
    (checked,) = quotes.check_note(note, tmp_path, text)
    assert [problem.code for problem in checked.problems] == codes
