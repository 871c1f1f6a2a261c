"""What lets anyone check a quotation without the paper: the paper's fingerprint.

``fingerprints/README.md`` describes the file and what it gives away; what a page's hashes are
is in :mod:`papernotes.fingerprint.pagehash`.
"""

import base64
import json
import re
import sys
import urllib.request
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import overload

from papernotes.files import write_whole
from papernotes.fingerprint.normalise import words
from papernotes.fingerprint.pagehash import Page, hash_pages
from papernotes.fingerprint.pdftext import (
    CAPTION,
    HEADING,
    MAX_BYTES,
    Layer,
    Line,
    PdfRefused,
    body_size,
    is_heading,
    same_block,
)
from papernotes.fingerprint.pdftext import read as read_pdf

__all__ = ["Fingerprint", "FingerprintInvalid", "PdfRefused", "fetch", "from_pdf", "load"]

FORMAT = 1

_SETS = ("grams", "heads", "tails", "repeats")
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
    hashes: Sequence[Page]

    def dumps(self) -> str:
        """Return the file's text: the same for the same fingerprint, to the byte."""
        hashes = [
            {
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
            "pages": self.pages,
            "words": self.words,
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
    _check_id(paper_id)
    pdf = read_pdf(path)
    _refuse_other(pdf.lines, paper_id)
    return Fingerprint(
        paper_id,
        pdf.pages,
        len(words("\n".join(line.text for line in pdf.lines))),
        tuple(_sections(pdf.lines, pdf.outline)),
        _floats(pdf.lines),
        tuple(hash_pages(pdf.lines, pdf.pages)),
    )


def _check_id(paper_id: str) -> None:
    if not ARXIV_ID.fullmatch(paper_id):
        raise PdfRefused(f"판이 붙은 arXiv 번호가 아니에요: {paper_id}. 1706.03762v5처럼 적으세요.")


def _refuse_other(lines: Sequence[Line], paper_id: str) -> None:
    """Refuse a PDF whose stamp (arXiv prints one on the first page) names another paper."""
    for line in lines:
        stamp = re.match(r"arXiv:(\S+v\d+)\b", line.text) if line.rotated else None
        if line.page == 1 and stamp and stamp[1] != paper_id:
            raise PdfRefused(
                f"첫 쪽에 arXiv:{stamp[1]}라고 찍혀 있어요. {paper_id}의 PDF를 쓰세요."
            )


def _sections(lines: Sequence[Line], outline: Iterable[tuple[str, int]]) -> Iterator[Section]:
    """Yield the sections in order: from the bookmarks where there are some, else from type."""
    body = body_size(lines)
    printed = [(title, line.page) for title, line in _headings(lines, body)]
    marked = [(title, page) for title, page in outline if HEADING.fullmatch(title)]
    if len(marked) > 2:  # bookmarks seldom have the headings without a number
        named = [(t, p) for t, p in printed if (m := HEADING.fullmatch(t)) and m["name"]]
        printed = sorted([*named, *marked], key=lambda heading: heading[1])
    last: list[tuple[bool, int]] = []  # the number, an appendix's letters after all digits
    for heading, page in printed:
        match = HEADING.fullmatch(heading)
        if match is None:
            continue
        if match["name"]:
            yield Section("", match["name"].split()[0].capitalize(), page)
            continue
        order = [
            (not part.isdigit(), int(part) if part.isdigit() else ord(part))
            for part in match["number"].split(".")
        ]
        if order > last:  # a table's bold row can look like a heading, but not in order
            last = order
            yield Section(match["number"], match["title"].rstrip("."), page)


def _headings(lines: Sequence[Line], body: float) -> Iterator[tuple[str, Line]]:
    for i, line in enumerate(lines):
        if line.layer is Layer.FLOW and is_heading(line, body):
            title = line.text
            for after in lines[i + 1 :]:  # a heading of several lines
                if not (after.bold and line.bold and same_block(line, after)):
                    break
                title, line = f"{title} {after.text}", after
            yield re.sub("\ufffe\\s*", "", title), lines[i]


def _floats(lines: Sequence[Line]) -> dict[str, int]:
    """Return the pages of tables, figures and algorithms, in the order of their captions."""
    found: dict[str, int] = {}
    for line in lines:
        match = CAPTION.match(line.text)
        if match and line.layer is Layer.ASIDE:
            kind = "Figure" if match["kind"] == "Fig." else match["kind"]
            found.setdefault(f"{kind} {match['number']}", line.page)
    return found


def load(path: Path) -> Fingerprint:
    """Return the fingerprint in the file at ``path``.

    Raises:
        FingerprintInvalid: it cannot be read, or is not of this format.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise ValueError("another format")
        hashes = _Packed(tuple(map(_checked, data["hashes"])))
        if len(hashes) != data["pages"]:
            raise ValueError("one entry a page")
        sections = tuple(
            Section(str(s["number"]), str(s["title"]), int(s["page"])) for s in data["sections"]
        )
        floats = {str(name): int(page) for name, page in data["floats"].items()}
        return Fingerprint(
            str(data["id"]), int(data["pages"]), int(data["words"]), sections, floats, hashes
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FingerprintInvalid(
            f"{path.name}: 지문 파일을 읽을 수 없어요. `papernotes fingerprint`로 다시 만드세요."
        ) from error


class _Packed(Sequence[Page]):
    """The hashes of a file's pages, each unpacked when it is asked for: most never are."""

    def __init__(self, packed: tuple[dict[str, bytes], ...]) -> None:
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
            sets = self._packed[at]
            grams, heads, tails, repeats = (frozenset(_unpacked(sets[n], 2)) for n in _SETS)
            guards = tuple(_unpacked(sets["guards"], 3))
            self._pages[at] = Page(grams, heads, tails, repeats, guards)
        return self._pages[at]


def _checked(page: dict[str, str]) -> dict[str, bytes]:
    """Decode the base64 of one page; raise ValueError where it is cut off."""
    found = {name: base64.b64decode(page[name], validate=True) for name in (*_SETS, "guards")}
    if len(found["guards"]) % 3 or any(len(found[name]) % 2 for name in _SETS):
        raise ValueError("cut off")
    return found


def _packed(values: Iterable[int], width: int) -> str:
    return base64.b64encode(b"".join(v.to_bytes(width, "little") for v in values)).decode()


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
    by_hand = f"브라우저로 받아서 `papernotes {command} {paper_id}`로 만드세요."
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
        raise PdfRefused(f"{path}에 쓸 수 없어요({error}). 폴더의 권한을 확인하세요.") from error
    return path
