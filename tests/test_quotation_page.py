"""The mark under a quotation is about the words that the page shows."""

import pytest

from papernotes.fingerprint.matching import is_shown, own_words


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
