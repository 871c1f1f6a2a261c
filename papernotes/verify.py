"""Whether a quotation is what the paper says, word for word, on the page it claims.

A quotation is read in pieces. ``…``, ``...`` and ``[…]`` say that words are left out; so may
a bracket that is the quoter's own (``[the model]``); ``[sic]`` and the like only add. A
bracket that the paper itself prints (``[MASK]``) is text. ``[수식]`` stands for a formula that
is left out. What the quoter meant is decided by what the page has.

Every run of five words of a piece must be on the page, the pieces in order. Runs overlap by
four words, so a piece as a whole is a chain through the page: it can leave the author's
order only where the page repeats four words in a row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from papernotes.fingerprint import Fingerprint, Page, edge_hash, gram_hash
from papernotes.normalise import Word, words
from papernotes.readings import FORMULA, GRAM

MIN_WORDS = GRAM
"""The fewest words a quotation, and each piece of it, must have: those of one gram."""


class Kind(Enum):
    """What can be wrong with a quotation."""

    TOO_SHORT = "too-short"
    PIECE_TOO_SHORT = "piece-too-short"
    DIFFERS = "differs"
    OUT_OF_ORDER = "out-of-order"
    OTHER_PAGE = "other-page"
    PAGE_OUT_OF_RANGE = "page-out-of-range"
    WRONG_SECTION = "wrong-section"
    UNKNOWN_SECTION = "unknown-section"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: ``message`` is Korean; ``offset`` counts characters of the quotation."""

    kind: Kind
    message: str
    offset: int = 0
