"""Whether a fingerprint is that of its paper, proved from the PDF.

A fingerprint in a pull request is a claim: nobody can see whether its hashes are the paper's. Who
has the PDF makes it again. From the same file it must be the same; from another copy of the same
version (arXiv makes its files anew, readers save theirs with highlights) every quotation that
rests on it must be true by the new one as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.fingerprint import Fingerprint
from papernotes.fingerprint.verify import verify
from papernotes.note.model import Quote


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

    Raises PdfRefused where the PDF cannot be read, or is another paper's.
    """
    made = fingerprint.from_pdf(pdf, claimed.id)
    refuted = [
        quote
        for quote in quotes
        if not verify(quote.text, quote.place.pages, None, claimed)
        and verify(quote.text, quote.place.pages, None, made)
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
