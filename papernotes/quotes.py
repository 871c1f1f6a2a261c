"""Whether every quotation is what its paper says: the notes' side of verification."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from papernotes import fingerprint, verify
from papernotes.fingerprint import Fingerprint, FingerprintInvalid
from papernotes.library import Library
from papernotes.model import Quote
from papernotes.plain import plain
from papernotes.problems import Problem
from papernotes.verify import Finding, Kind

FOLDER = "fingerprints"
MOST_QUOTED = 0.1
"""The largest share of a paper's words that the notes may quote together."""

_CODES = {
    Kind.TOO_SHORT: "PN303",
    Kind.PIECE_TOO_SHORT: "PN303",
    Kind.DIFFERS: "PN301",
    Kind.OUT_OF_ORDER: "PN301",
    Kind.OTHER_PAGE: "PN304",
    Kind.PAGE_OUT_OF_RANGE: "PN304",
    Kind.WRONG_SECTION: "PN305",
    Kind.UNKNOWN_SECTION: "PN305",
}
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


def find_fingerprint(root: Path, arxiv: str) -> Fingerprint | None:
    """Return the fingerprint of a paper's version; None where there is none.

    Raises:
        FingerprintInvalid: the file is not a fingerprint.
    """
    file = root / FOLDER / f"{arxiv.replace('/', '_')}.json"
    try:
        return _load(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@cache
def _load(file: Path, _mtime: int) -> Fingerprint:
    return fingerprint.load(file)


def findings(quote: Quote, paper: Fingerprint) -> list[Finding]:
    """Return what is wrong with a quotation."""
    return verify.verify(quote.text, quote.place.pages, quote.place.where, paper)


def problems(library: Library) -> Iterator[Problem]:
    """Yield every quotation that is not what its paper says, and papers quoted too much."""
    quoted: dict[str, int] = defaultdict(int)
    first: dict[str, Problem] = {}
    for note, passage in library.passages:
        for quote in passage.quotes:
            path, arxiv = f"docs/{note.path}", quote.paper.arxiv
            try:
                paper = find_fingerprint(library.root, arxiv)
            except FingerprintInvalid as error:
                message = f"{arxiv}의 지문을 읽을 수 없어요({error}). 다시 만들어 주세요."
                yield Problem(path, quote.line, 1, "PN302", message)
                continue
            if paper is None:
                message = (
                    f"{arxiv}의 지문이 없어 인용을 대조할 수 없어요. "
                    f"`papernotes fingerprint 논문.pdf --id {arxiv}`로 만들어 주세요."
                )
                yield Problem(path, quote.line, 1, "PN302", message)
                continue
            for found in findings(quote, paper):
                yield _problem(found, quote, path)
            quoted[arxiv] += verify.quoted_words(quote.text)
            share = quoted[arxiv] / paper.words
            if share > MOST_QUOTED and arxiv not in first:
                message = (
                    f"{quote.paper.short}의 낱말 가운데 {share:.1%}를 인용했어요. "
                    f"{MOST_QUOTED:.0%}까지만 옮길 수 있으니 인용을 줄여 주세요."
                )
                first[arxiv] = Problem(path, quote.line, 1, "PN306", message)
    yield from first.values()


def _problem(found: Finding, quote: Quote, path: str) -> Problem:
    """Place a finding: a wrong place stands in the block's head, wrong words in its text."""
    if found.kind in (Kind.OTHER_PAGE, Kind.PAGE_OUT_OF_RANGE, Kind.WRONG_SECTION) or (
        found.kind is Kind.UNKNOWN_SECTION
    ):
        return Problem(path, quote.line, 1, _CODES[found.kind], found.message)
    before = quote.text[: found.offset]
    line = quote.text_line + before.count("\n")
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Problem(path, line, column, _CODES[found.kind], found.message)


def summary(library: Library) -> list[str]:
    """Say how many quotations were verified and which share of each paper is quoted."""
    total = verified = 0
    quoted: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for _, passage in library.passages:
        for quote in passage.quotes:
            total += 1
            verified += is_verified(quote, library.root)
            quoted[quote.paper.arxiv] += verify.quoted_words(quote.text)
            names[quote.paper.arxiv] = quote.paper.short
    lines = [f"인용 {verified}/{total}개를 원문과 대조했어요."]
    for arxiv, words in quoted.items():
        paper = find_fingerprint(library.root, arxiv)
        if paper:
            share = words / paper.words
            lines.append(
                f"  {names[arxiv]} {arxiv}: 낱말 {words}/{paper.words}개 인용 "
                f"({share:.1%}, 한도 {MOST_QUOTED:.0%})"
            )
    return lines
