"""What lets anyone check a quotation without the paper: the paper's fingerprint.

``fingerprints/README.md`` describes the file and what it gives away; what a page's hashes are
is in :mod:`papernotes.fingerprint.pagehash`.
"""

import hashlib
import json
import re
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPException
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter

from papernotes import arxiv
from papernotes.files import write_whole
from papernotes.fingerprint.box import read as read_pdf
from papernotes.fingerprint.normalise import words
from papernotes.fingerprint.pagehash import MIN_GRAMS, Page, hash_pages
from papernotes.fingerprint.pdftext import MAX_BYTES, MAX_PAGES, Line, PdfRefused, PdfText
from papernotes.fingerprint.sections import Name, PageNumber, Section, floats, sections

__all__ = ["Fingerprint", "FingerprintInvalid", "PdfRefused", "Section", "from_pdf", "load"]

FORMAT: Literal[3] = 3
ARXIV_PDF = "https://arxiv.org/pdf/"

MOST_GRAMS = 1 << 14
"""Grams on a page, a quarter of all 16-bit values: with many more, any sentence would pass."""

GRAMS_A_WORD = 8
"""At most; a page full of citations and formulas, which can be read in many ways, has three."""


class FingerprintInvalid(Exception):
    """A fingerprint file that cannot be used; the message (Korean) says what to do."""


@dataclass(frozen=True)
class Fingerprint:
    """A paper's fingerprint, as its file has it.

    ``id`` is its arXiv id with the version, ``pdf`` the SHA-256 of the file that it was made
    from; ``floats`` maps "Table 1" or "Figure 2" to its page; ``hashes`` has one entry a page.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)

    format: Literal[3]
    id: Annotated[str, StringConstraints(max_length=40)]
    pdf: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    sections: tuple[Section, ...]
    floats: dict[Name, PageNumber]
    hashes: Annotated[tuple[Page, ...], Field(min_length=1, max_length=MAX_PAGES)]

    @property
    def pages(self) -> int:
        """How many pages the PDF has."""
        return len(self.hashes)

    @cached_property
    def words(self) -> int:
        """How many words the whole paper has."""
        return sum(page.words for page in self.hashes)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of its sections' titles, by which a paper calls what is its own."""
        return frozenset(word.text for each in self.sections for word in words(each.title))

    def dumps(self) -> str:
        """Return the file's text: the same for the same fingerprint, to the byte."""
        data = _FINGERPRINT.dump_python(self, mode="json", by_alias=True)
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class _Lists:
    """What of a fingerprint may be corrected by hand."""

    __pydantic_config__ = ConfigDict(extra="ignore", strict=True)

    sections: tuple[Section, ...]
    floats: dict[Name, PageNumber]


_FINGERPRINT, _LISTS = TypeAdapter(Fingerprint), TypeAdapter(_Lists)


def from_pdf(path: Path, paper_id: str) -> Fingerprint:
    """Return the fingerprint of the PDF at ``path``.

    ``paper_id`` is the arXiv id with its version (``1907.11692v1``). The sections are a
    proposal, from the PDF's bookmarks or else from what looks like a heading: look them over.
    Raises PdfRefused where the PDF cannot be read, or is another paper or version.
    """
    return of(read_pdf(path), paper_id, digest(path))


def of(pdf: PdfText, paper_id: str, sha256: str) -> Fingerprint:
    """Return the fingerprint of a PDF's text; see :func:`from_pdf`."""
    _check_id(paper_id)
    _refuse_other(pdf.lines, paper_id)
    return Fingerprint(
        FORMAT,
        paper_id,
        sha256,
        tuple(sections(pdf.lines, pdf.outline)),
        floats(pdf.lines),
        tuple(hash_pages(pdf.lines, pdf.pages)),
    )


def digest(pdf: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with pdf.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_id(paper_id: str) -> None:
    if not arxiv.ID.fullmatch(paper_id):
        raise PdfRefused(
            f"판이 붙은 arXiv 번호가 아니에요: {paper_id}. 1706.03762v5처럼 적어 주세요."
        )


def _refuse_other(lines: Sequence[Line], paper_id: str) -> None:
    """Refuse a PDF whose stamp (arXiv prints one on the first page) names another paper."""
    for line in lines:
        stamp = re.match(r"arXiv:(\S+v\d+)\b", line.text) if line.rotated else None
        if line.page == 1 and stamp and stamp[1] != paper_id:
            raise PdfRefused(
                f"첫 쪽에 arXiv:{stamp[1]}라고 찍혀 있어요. {paper_id}의 PDF를 써 주세요."
            )


def load(path: Path) -> Fingerprint:
    """Return the fingerprint in a file.

    Raises FingerprintInvalid where it cannot be read, or cannot be a paper's.
    """
    remake = "`papernotes fingerprint`로 다시 만들어 주세요."
    try:
        made = _FINGERPRINT.validate_json(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise FingerprintInvalid(f"지문 파일을 읽을 수 없어요. {remake}") from error
    reason = _impossible(made, path)
    if reason:
        raise FingerprintInvalid(f"논문의 지문일 수 없어요. {reason} {remake}")
    return made


def load_lists(path: Path) -> tuple[tuple[Section, ...], dict[str, int]] | None:
    """Return the sections and floats of a file of any format; None where there are none."""
    try:
        lists = _LISTS.validate_json(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return lists.sections, lists.floats


def _impossible(made: Fingerprint, path: Path) -> str | None:
    """Say why no paper has this fingerprint; None if one may."""
    if not arxiv.ID.fullmatch(made.id) or path.stem != made.id.replace("/", "-"):
        return f"안에 적힌 번호({made.id})가 파일 이름과 달라요."
    placed = [*(section.page for section in made.sections), *made.floats.values()]
    if max(placed, default=1) > made.pages:
        return "절이나 표의 쪽수가 논문의 쪽수보다 커요."
    for number, page in enumerate(made.hashes, 1):
        lengths = [*map(len, (page.packed_heads, page.packed_tails, page.packed_repeats))]
        grams = len(page.packed_grams) // 2
        if any(length % 2 for length in (len(page.packed_grams), *lengths)) or (
            len(page.packed_guards) % 3
        ):
            return f"{number}쪽의 값이 잘렸어요."
        if not MIN_GRAMS <= grams <= min(max(MIN_GRAMS, GRAMS_A_WORD * page.words), MOST_GRAMS):
            return f"{number}쪽의 구절 수({grams})가 낱말 수({page.words})에 맞지 않아요."
        if page.words > 2 * grams:
            return f"{number}쪽의 낱말 수({page.words})가 구절 수({grams})에 맞지 않아요."
        if max(lengths) > 2 * grams:
            return f"{number}쪽의 문장 수가 구절 수({grams})에 맞지 않아요."
    return None


def fetch(paper_id: str, cache_dir: Path, command: str = "fingerprint 파일.pdf --id") -> Path:
    """Return the path of the paper's PDF in ``cache_dir``, taken from arXiv if it is not there.

    ``command`` is what to run with a file that was fetched by hand, up to the paper's id.
    Raises PdfRefused where the id has no version, arXiv does not answer, or with no PDF.
    """
    _check_id(paper_id)
    path = cache_dir / f"{paper_id.replace('/', '-')}.pdf"
    if path.is_file():
        return path
    by_hand = f"브라우저로 받아서 `papernotes {command} {paper_id}`로 만들어 주세요."
    request = urllib.request.Request(ARXIV_PDF + paper_id, headers={"User-Agent": "papernotes"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            data = answer.read(MAX_BYTES + 1)
    except (OSError, HTTPException) as error:
        raise PdfRefused(f"arXiv에서 받지 못했어요: {paper_id} ({error}). {by_hand}") from error
    if not data.startswith(b"%PDF-") or len(data) > MAX_BYTES:
        raise PdfRefused(f"arXiv가 {paper_id}의 PDF를 주지 않았어요. {by_hand}")
    write_whole(path, data)
    return path
