"""Quotations against the fingerprints that they rest on, and the other way round."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from papernotes.fingerprint import fingerprint, verify
from papernotes.fingerprint.fingerprint import Fingerprint, FingerprintInvalid
from papernotes.fingerprint.matching import is_shown, own_words
from papernotes.fingerprint.verify import Finding
from papernotes.note.model import Note, Quote

FOLDER = "fingerprints"


def first_piece(text: str) -> str:
    """Return a quotation's words up to its first ellipsis, bracket or formula."""
    return next(iter(own_words(text)), "")


def is_verified(quote: Quote, root: Path, rendered: str | None = None) -> bool:
    """Whether every word of the quotation was found, in order, on its pages.

    ``rendered`` is its text on the finished page, formulas left out: the same words, or what a
    reader sees was not compared.
    """
    if rendered is not None and not is_shown(quote.text, rendered):
        return False
    try:
        paper = find_fingerprint(root, quote.paper.arxiv)
    except FingerprintInvalid:
        return False
    return paper is not None and not findings(quote, paper)


@lru_cache(maxsize=64)  # asked for with every quotation
def fingerprint_path(root: Path, arxiv: str) -> Path:
    """Return where the fingerprint of a paper's version lies; old ids have a slash."""
    return root / FOLDER / f"{arxiv.replace('/', '-')}.json"


def find_fingerprint(root: Path, arxiv: str) -> Fingerprint | None:
    """Return the fingerprint of a paper's version; None where there is none.

    Raises FingerprintInvalid where the file is not a fingerprint.
    """
    try:
        return load(fingerprint_path(root, arxiv))
    except FileNotFoundError:
        return None


def load(file: Path) -> Fingerprint:
    """Return a fingerprint, read again only where the file changed.

    Raises FingerprintInvalid, or FileNotFoundError where there is no file.
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


def uncompared(quote: Quote) -> str:
    """Say in Korean what of a verified quotation was not compared; nothing if all was."""
    left = verify.uncompared(quote.text)
    if left.gaps:
        return "인용에 빈칸이 있어요, 그 사이는 대조하지 않았어요"
    if left.formulas:
        return "수식은 앞뒤 낱말만 대조했어요"
    return "수식은 글자와 기호만 대조했어요" if left.drawn else ""


@dataclass(frozen=True)
class Proof:
    """What came out: from the ``same`` file, the same (``equal``) hashes, quotations ``refuted``.

    ``shared`` is the part of the claimed pages' grams that the new pages have, from 0 to 1.
    """

    same: bool
    equal: bool
    shared: float
    quotes: int
    refuted: tuple[Quote, ...]

    @property
    def holds(self) -> bool:
        """Whether the fingerprint may stay."""
        return self.equal or (not self.same and not self.refuted)

    @property
    def said(self) -> str:
        """The verdict in Korean."""
        if self.equal:
            return "PDF에서 다시 만든 지문과 똑같아요."
        if self.same:
            return (
                "같은 PDF에서 다시 만들었는데 달라요. 지어낸 지문이거나 만드는 법이 바뀌었어요. "
                "`papernotes fingerprint`로 다시 만들어 주세요."
            )
        other = f"다른 파일에서 만든 지문이에요(구절의 {self.shared:.1%}가 같아요). "
        if not self.refuted:
            return f"{other}그래도 인용 {self.quotes}개는 이 PDF에도 모두 그대로 있어요."
        return (
            f"{other}인용 {self.quotes}개 가운데 {len(self.refuted)}개가 이 PDF에는 그대로 "
            "없어요. `papernotes fingerprint`로 다시 만들고 인용을 고쳐 주세요."
        )


def prove(claimed: Fingerprint, pdf: Path, quotes: Sequence[Quote]) -> Proof:
    """Make the fingerprint again from ``pdf`` and compare; ``quotes`` are those that rest on it.

    A fingerprint in a pull request is a claim: nobody can see whether its hashes are the paper's.
    From the same file it must be the same; from another copy of the same version (arXiv makes its
    files anew, readers save theirs with highlights) every quotation that rests on it must be true
    by the new one as well. Raises PdfRefused where the PDF cannot be read, or is another paper's.
    """
    made = fingerprint.from_pdf(pdf, claimed.id)
    refuted = [
        quote
        for quote in quotes
        if not verify.verify(quote.text, quote.place.pages, None, claimed)
        and verify.verify(quote.text, quote.place.pages, None, made)
    ]
    return Proof(
        claimed.pdf == made.pdf,
        tuple(claimed.hashes) == tuple(made.hashes),
        _shared(claimed, made),
        len(quotes),
        tuple(refuted),
    )


def _shared(claimed: Fingerprint, made: Fingerprint) -> float:
    pairs = list(zip(claimed.hashes, made.hashes, strict=False))
    common = sum(len(one.grams & other.grams) for one, other in pairs)
    return common / sum(len(page.grams) for page in claimed.hashes)
