"""Quotations against the fingerprints that they rest on."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from papernotes.fingerprint import fingerprint, verify
from papernotes.fingerprint.fingerprint import Fingerprint, FingerprintInvalid
from papernotes.fingerprint.verify import Finding
from papernotes.note.model import Note, Quote
from papernotes.note.plain import plain

FOLDER = "fingerprints"
_GAP = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?|\[[^\]]*\])\s*")


def first_piece(text: str) -> str:
    """Return a quotation's words up to its first ellipsis or bracket."""
    return next((piece for piece in _GAP.split(plain(text)) if piece.strip()), "")


def is_verified(quote: Quote, root: Path) -> bool:
    """Whether every word of the quotation was found, in order, on its pages."""
    try:
        paper = find_fingerprint(root, quote.paper.arxiv)
    except FingerprintInvalid:
        return False
    return paper is not None and not findings(quote, paper)


def fingerprint_path(root: Path, arxiv: str) -> Path:
    """Return where the fingerprint of a paper's version lies; old ids have a slash."""
    return root / FOLDER / f"{arxiv.replace('/', '-')}.json"


def find_fingerprint(root: Path, arxiv: str) -> Fingerprint | None:
    """Return the fingerprint of a paper's version; None where there is none.

    Raises:
        FingerprintInvalid: the file is not a fingerprint.
    """
    file = fingerprint_path(root, arxiv)
    try:
        return load(file)
    except FileNotFoundError:
        return None


def load(file: Path) -> Fingerprint:
    """Return a fingerprint, read again only where the file changed; raises as `find_fingerprint`.

    ``FileNotFoundError`` is raised where there is no file.
    """
    return _load(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=64)  # a fingerprint in memory weighs a megabyte; notes come paper by paper
def _load(file: Path, _mtime: int) -> Fingerprint:
    return fingerprint.load(file)


def rests_on(notes: Iterable[Note]) -> dict[str, list[Quote]]:
    """Return the quotations that rest on each fingerprint, by the id of its paper's version."""
    found: defaultdict[str, list[Quote]] = defaultdict(list)
    for note in notes:
        for passage in note.passages:
            for quote in passage.quotes:
                found[quote.paper.arxiv].append(quote)
    return dict(found)


def findings(quote: Quote, paper: Fingerprint) -> list[Finding]:
    """Return what is wrong with a quotation."""
    return verify.verify(quote.text, quote.place.pages, quote.place.where, paper)
