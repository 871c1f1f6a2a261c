"""What lets anyone check a quotation without the paper: the paper's fingerprint.

``fingerprints/README.md`` describes the file and what it gives away; what a page's hashes are
is in :mod:`papernotes.fingerprint.pagehash`.
"""

import hashlib
import json
import re
import sys
import urllib.request
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPException
from pathlib import Path
from typing import Annotated, Literal, overload

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from papernotes import arxiv
from papernotes.files import write_whole
from papernotes.fingerprint.box import read as read_pdf
from papernotes.fingerprint.normalise import words
from papernotes.fingerprint.pagehash import MIN_GRAMS, Page, hash_pages
from papernotes.fingerprint.pdftext import (
    MAX_BYTES,
    MAX_CHARS_PER_PAGE,
    MAX_PAGES,
    Line,
    PdfRefused,
    PdfText,
)
from papernotes.fingerprint.sections import Section, floats, sections

__all__ = [
    "Fingerprint",
    "FingerprintInvalid",
    "PdfRefused",
    "Section",
    "fetch",
    "from_pdf",
    "load",
]

FORMAT = 3

_SETS = ("grams", "heads", "tails", "repeats")
ARXIV_PDF = "https://arxiv.org/pdf/"

MOST_GRAMS = 1 << 14
"""Grams on a page, a quarter of all 16-bit values: with many more, any sentence would pass."""

GRAMS_A_WORD = 8
"""At most; a page full of citations and formulas, which can be read in many ways, has three."""


class FingerprintInvalid(Exception):
    """A fingerprint file that cannot be used; the message (Korean) says what to do."""


@dataclass(frozen=True)
class Fingerprint:
    """A paper's fingerprint.

    ``id`` is its arXiv id with the version, ``pdf`` the SHA-256 of the file that it was made
    from; ``floats`` maps "Table 1" or "Figure 2" to its page; ``hashes`` has one entry a page.
    """

    id: str
    pdf: str
    sections: tuple[Section, ...]
    floats: dict[str, int]
    hashes: Sequence[Page]

    @property
    def pages(self) -> int:
        """How many pages the PDF has."""
        return len(self.hashes)

    @cached_property
    def words(self) -> int:
        """How many words the whole paper has."""
        pages = self.hashes
        return pages.words if isinstance(pages, _Packed) else sum(page.words for page in pages)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of its sections' titles, by which a paper calls what is its own."""
        return frozenset(word.text for each in self.sections for word in words(each.title))

    def dumps(self) -> str:
        """Return the file's text: the same for the same fingerprint, to the byte."""
        hashes = [
            {
                "words": page.words,
                "grams": _packed(sorted(page.grams), 2),
                "heads": _packed(sorted(page.heads), 2),
                "tails": _packed(sorted(page.tails), 2),
                "repeats": _packed(sorted(page.repeats), 2),
                "guards": _packed(page.guards, 3),
            }
            for page in self.hashes
        ]
        sections = [{"number": s.number, "title": s.title, "page": s.page} for s in self.sections]
        data = {
            "format": FORMAT,
            "id": self.id,
            "pdf": self.pdf,
            "sections": sections,
            "floats": self.floats,
            "hashes": hashes,
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def from_pdf(path: Path, paper_id: str) -> Fingerprint:
    """Return the fingerprint of the PDF at ``path``.

    ``paper_id`` is the arXiv id with its version (``1907.11692v1``). The sections are a
    proposal, from the PDF's bookmarks or else from what looks like a heading: look them over.

    Raises:
        PdfRefused: the PDF cannot be read, or it is another paper or version.
    """
    return of(read_pdf(path), paper_id, digest(path))


def of(pdf: PdfText, paper_id: str, sha256: str) -> Fingerprint:
    """Return the fingerprint of a PDF's text; see :func:`from_pdf`."""
    _check_id(paper_id)
    _refuse_other(pdf.lines, paper_id)
    return Fingerprint(
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
    """Return the fingerprint in the file at ``path``.

    Raises:
        FingerprintInvalid: it cannot be read, is not of this format, or cannot be a paper's.
    """
    remake = "`papernotes fingerprint`로 다시 만들어 주세요."
    try:
        file = _File.model_validate_json(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise FingerprintInvalid(f"지문 파일을 읽을 수 없어요. {remake}") from error
    reason = _impossible(file, path)
    if reason:
        raise FingerprintInvalid(f"논문의 지문일 수 없어요. {reason} {remake}")
    sections = tuple(Section(s.number, s.title, s.page) for s in file.sections)
    return Fingerprint(file.id, file.pdf, sections, file.floats, _Packed(tuple(file.hashes)))


def load_lists(path: Path) -> tuple[tuple[Section, ...], dict[str, int]] | None:
    """Return the sections and floats of a file of any format; None where there are none."""
    try:
        data = json.loads(path.read_bytes())
        lists = _Lists.model_validate({name: data[name] for name in ("sections", "floats")})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return tuple(Section(s.number, s.title, s.page) for s in lists.sections), lists.floats


_Name = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
_PageNumber = Annotated[int, Field(ge=1, le=MAX_PAGES)]


def _unbase64(text: object) -> bytes:
    return a2b_base64(text, strict_mode=True) if isinstance(text, str) else b""


_Hashes = Annotated[bytes, BeforeValidator(_unbase64), Field(max_length=1_000_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _FileSection(_Strict):
    number: _Name
    title: _Name
    page: _PageNumber


class _FilePage(_Strict):
    words: Annotated[int, Field(ge=0, le=MAX_CHARS_PER_PAGE)]
    grams: _Hashes
    heads: _Hashes
    tails: _Hashes
    repeats: _Hashes
    guards: _Hashes


class _Lists(_Strict):
    """What of a fingerprint may be corrected by hand."""

    sections: list[_FileSection]
    floats: dict[_Name, _PageNumber]


class _File(_Lists):
    """What a fingerprint's file holds."""

    format: Literal[3]
    id: Annotated[str, StringConstraints(max_length=40)]
    pdf: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    hashes: Annotated[list[_FilePage], Field(min_length=1, max_length=MAX_PAGES)]


def _impossible(file: _File, path: Path) -> str | None:
    """Say why no paper has this fingerprint; None if one may."""
    if not arxiv.ID.fullmatch(file.id) or path.stem != file.id.replace("/", "-"):
        return f"안에 적힌 번호({file.id})가 파일 이름과 달라요."
    placed = [*(section.page for section in file.sections), *file.floats.values()]
    if max(placed, default=1) > len(file.hashes):
        return "절이나 표의 쪽수가 논문의 쪽수보다 커요."
    for number, page in enumerate(file.hashes, 1):
        grams = len(page.grams) // 2
        if any(len(getattr(page, name)) % 2 for name in _SETS) or len(page.guards) % 3:
            return f"{number}쪽의 값이 잘렸어요."
        if not MIN_GRAMS <= grams <= min(max(MIN_GRAMS, GRAMS_A_WORD * page.words), MOST_GRAMS):
            return f"{number}쪽의 구절 수({grams})가 낱말 수({page.words})에 맞지 않아요."
        if page.words > 2 * grams:
            return f"{number}쪽의 낱말 수({page.words})가 구절 수({grams})에 맞지 않아요."
        if max(len(page.heads), len(page.tails), len(page.repeats)) > len(page.grams):
            return f"{number}쪽의 문장 수가 구절 수({grams})에 맞지 않아요."
    return None


class _Packed(Sequence[Page]):
    """The hashes of a file's pages, each unpacked when it is asked for: most never are."""

    def __init__(self, packed: tuple[_FilePage, ...]) -> None:
        self._packed = packed
        self._pages: dict[int, Page] = {}

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> Page: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Page]: ...
    def __getitem__(self, at: int | slice) -> Page | Sequence[Page]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        if at not in self._pages:
            page = self._packed[at]
            grams, heads, tails, repeats = (
                frozenset(_unpacked(getattr(page, name), 2)) for name in _SETS
            )
            guards = tuple(_unpacked(page.guards, 3))
            self._pages[at] = Page(page.words, grams, heads, tails, repeats, guards)
        return self._pages[at]

    @property
    def words(self) -> int:
        """How many words all pages have."""
        return sum(page.words for page in self._packed)


def _packed(values: Iterable[int], width: int) -> str:
    return b2a_base64(b"".join(v.to_bytes(width, "little") for v in values), newline=False).decode()


def _unpacked(data: bytes, width: int) -> Iterable[int]:
    if width == 3:  # no array has items of three bytes: widen each to four
        wide = bytearray(len(data) // 3 * 4)
        for byte in range(3):
            wide[byte::4] = data[byte::3]
        data, width = bytes(wide), 4
    values = array({2: "H", 4: "I"}[width], data)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def fetch(paper_id: str, cache_dir: Path, command: str = "fingerprint 파일.pdf --id") -> Path:
    """Return the path of the paper's PDF in ``cache_dir``, taken from arXiv if it is not there.

    ``command`` is what to run with a file that was fetched by hand, up to the paper's id.

    Raises:
        PdfRefused: the id has no version, arXiv does not answer, or its answer is no PDF.
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
    try:
        write_whole(path, data)
    except OSError as error:
        raise PdfRefused(f"{path}에 쓸 수 없어요({error}). 폴더의 권한을 확인해 주세요.") from error
    return path
