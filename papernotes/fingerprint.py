"""What lets anyone check a quotation without the paper: per page, hashed runs of words.

The format, its numbers and what it gives away are described in ``fingerprints/README.md``.
In short, a page has

* ``grams``: 16 bits of each of its five-word grams, as a set. A page of 1,024 grams (shorter
  ones are filled up with decoys) answers yes to one false gram in 64. A changed word inside a
  quotation breaks five grams and passes with probability (1/64)^5, but whoever tries to go on
  from known words with each word of a vocabulary meets dozens of false continuations a step.
* ``edges`` and ``guards``: the words at a quotation's ends stand in one or two grams only, so
  at the edges of sentences 24 more bits of the gram are kept. Which grams those are is told by
  16 bits of their middle three words, which stay when the first or last word is changed.
"""

import base64
import json
import os
import re
import tempfile
import urllib.error
import urllib.request
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from papernotes.pdftext import CAPTION, HEADING, Line, PdfRefused, PdfText, body_size, is_heading, read
from papernotes.readings import grams as readings_of

__all__ = ["Fingerprint", "FingerprintInvalid", "PdfRefused", "fetch", "from_pdf", "load"]

FORMAT = 1
GRAM_BITS = 16
GUARD_BITS = 24
MIN_GRAMS = 1024
"""Grams on a page, decoys included: 1 in 64 of all 16-bit values."""

ARXIV_PDF = "https://arxiv.org/pdf/"
ARXIV_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})v[1-9]\d?")


class FingerprintInvalid(Exception):
    """A fingerprint file that cannot be used; the message (Korean) says what to do."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section and the page on which it begins; ``number`` is "" where it has none."""

    number: str
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Page:
    """The hashes of one page. ``guards`` stand in reading order."""

    grams: frozenset[int]
    edges: frozenset[int]
    guards: tuple[int, ...]


@dataclass(frozen=True)
class Fingerprint:
    """A paper's fingerprint.

    ``id`` is its arXiv id with the version; ``words`` counts the words of the whole paper;
    ``floats`` maps "Table 1" or "Figure 2" to its page; ``hashes`` has one entry a page.
    """

    id: str
    pages: int
    words: int
    sections: tuple[Section, ...]
    floats: dict[str, int]
    hashes: tuple[Page, ...]

    def dumps(self) -> str:
        """Return the file's text: the same for the same fingerprint, to the byte."""
        data = {
            "format": FORMAT,
            "id": self.id,
            "pages": self.pages,
            "words": self.words,
            "sections": [
                {"number": s.number, "title": s.title, "page": s.page} for s in self.sections
            ],
            "floats": self.floats,
            "hashes": [
                {
                    "grams": _packed(sorted(page.grams), 2),
                    "edges": _packed(sorted(page.edges), 2),
                    "guards": _packed(page.guards, GUARD_BITS // 8),
                }
                for page in self.hashes
            ],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def gram_hash(words: Sequence[str]) -> int:
    """Return a 64-bit number for a gram, of which the lowest bits say the most.

    BLAKE2b (RFC 7693) with 8 bytes of digest, over the words joined by single spaces.
    """
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "little")
