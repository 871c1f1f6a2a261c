"""The characters of a PDF, read with PDFium (through pypdfium2), as lines.

The program is large, and only :mod:`papernotes.fingerprint.box` runs it.
"""

import ctypes
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from papernotes.fingerprint import ligatures
from papernotes.fingerprint.ligatures import Signs
from papernotes.fingerprint.pdftext import (
    MAX_BYTES,
    MAX_CHARS_PER_PAGE,
    MAX_PAGES,
    Line,
    PdfRefused,
    PdfText,
    Style,
    layered,
)

MIN_WORDS_PER_PAGE = 15
"""Fewer letters groups than this a page, on average, is a scan: a text page has hundreds."""

_FEWEST_NUMBERS = 8
"""Lines in a row with growing numbers beside them that make a page one of numbered lines."""


def read(path: Path) -> PdfText:
    """Return the lines of the PDF at ``path``, in the order in which it draws them.

    Raises PdfRefused where it is no PDF, cut off, encrypted, damaged, or has no text.
    """
    data = _bytes(path)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise PdfRefused(_ENCRYPTED) from error
        raise PdfRefused(_DAMAGED) from error
    try:
        if pdfium.FPDF_GetSecurityHandlerRevision(document.raw) != -1:
            raise PdfRefused(_ENCRYPTED)
        pages = len(document)
        if not 0 < pages <= MAX_PAGES:
            raise PdfRefused(f"{pages}쪽짜리 PDF예요. 1쪽에서 {MAX_PAGES}쪽까지인 PDF를 써 주세요.")
        signs = Signs()
        lines = [line for index in range(pages) for line in _page_lines(document, index, signs)]
        outline = tuple(_outline(document))
    except pypdfium2.PdfiumError as error:
        raise PdfRefused(_DAMAGED) from error
    finally:
        document.close()
    _refuse_wordless(lines, pages)
    decided = signs.decide(line.text for line in lines)
    lines = _unnumbered([_with_ligatures(line, decided) for line in lines])
    lost = tuple(word for line in lines for word in ligatures.lost(line.text))
    return PdfText(pages, layered(lines), outline, lost)


def _with_ligatures(line: Line, decided: Mapping[str, str]) -> Line:
    text, styles = ligatures.replaced(line.text, line.styles, decided)
    for accent in reversed([*_ACCENT.finditer(text)]):  # "Tackstr ¨ om"
        start, end = accent.span()
        at = accent.start(1)
        text = text[:start] + accent[1] + text[end:]
        styles = styles[:start] + styles[at : at + 1] + styles[end:]
    return replace(line, text=text, styles=styles)


_ACCENTS = "´¨ˆ˜˚¸"
_ACCENT = re.compile(rf"(?<=[^\W\d_])\s?([{_ACCENTS}])\s?(?=[a-zß-ÿ])")


def _unnumbered(lines: Sequence[Line]) -> list[Line]:
    """Take the numbers of lines off that a paper under review has in its margins.

    They are set apart from the text by a wide gap, and grow by one or by five down the page.
    """
    found = list(lines)
    for pattern in (re.compile(r"(\d{1,4})(?:\s{2,}|$)"), re.compile(r".*?\s{2,}(\d{1,4})$")):
        by_page: defaultdict[int, list[tuple[int, int, re.Match[str]]]] = defaultdict(list)
        for i, line in enumerate(found):
            if not line.rotated and (match := pattern.match(line.text)):
                by_page[line.page].append((i, int(match[1]), match))
        for numbered in by_page.values():
            steps = Counter(b - a for (_, a, _), (_, b, _) in pairwise(numbered))
            if max(steps[1], steps[5]) < max(_FEWEST_NUMBERS, len(numbered) // 2):
                continue
            for i, _, match in numbered:
                line = found[i]
                start = match.start(1)
                kept = slice(match.end(), None) if start == 0 else slice(0, start)
                text = line.text[kept].rstrip()
                styles = line.styles[kept][: len(text)]
                # A number alone has nothing left: it stays, and is set aside as furniture.
                if text:
                    found[i] = replace(line, text=text, styles=styles)
                else:
                    found[i] = replace(line, rotated=True)
    return found


_ENCRYPTED = "암호가 걸린 PDF예요. 암호를 푼 파일이나 arXiv에서 새로 받은 파일을 써 주세요."
_DAMAGED = "PDF가 깨졌거나 중간에 잘렸어요. arXiv에서 다시 받아 주세요."


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PdfRefused(f"{MAX_BYTES // 1_000_000} MB보다 커요. 더 작은 PDF를 써 주세요.")
        data = path.read_bytes()
    except OSError as error:
        raise PdfRefused(f"파일을 읽을 수 없어요({path}). 경로와 권한을 확인해 주세요.") from error
    if b"%PDF-" not in data[:1024]:
        raise PdfRefused("PDF가 아니에요. arXiv에서 받은 논문 PDF를 써 주세요.")
    if b"%%EOF" not in data[-1024:]:  # PDFium would mend it and lose pages without a word
        raise PdfRefused(_DAMAGED)
    return data


def _refuse_wordless(lines: Sequence[Line], pages: int) -> None:
    text = " ".join(line.text for line in lines)
    if len(re.findall(r"\w{2,}", text)) < MIN_WORDS_PER_PAGE * pages:
        raise PdfRefused(
            "글자가 거의 없어요. 스캔한 PDF라면 글자가 들어 있는 파일을 arXiv에서 받아 주세요."
        )
    unread = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    if unread > len(text) // 5:
        raise PdfRefused("글꼴에 글자 정보가 없어 읽을 수 없어요. 다른 PDF 파일을 써 주세요.")


def _outline(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, int]]:
    for bookmark in document.get_toc():
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        if index is not None:
            yield " ".join(bookmark.get_title().split()), index + 1


@dataclass(slots=True)
class _Face:
    """What the characters of one text object share."""

    size: float
    style: int
    rotated: bool
    font: str
    is_symbols: bool


@dataclass(slots=True)
class _Open:
    """A line being read; ``base`` and ``size`` are those of its largest type so far."""

    base: float
    size: float
    rotated: bool
    right: float
    chars: list[str] = field(default_factory=list)
    places: list[tuple[float, float]] = field(default_factory=list)
    faces: list[_Face] = field(default_factory=list)

    def add(self, char: str, x: float, y: float, face: _Face) -> None:
        if face.size > self.size * 1.05:
            self.size, self.base = face.size, y
        if x > self.right:
            self.right = x
        self.chars.append(char)
        self.places.append((x, y))
        self.faces.append(face)

    def continues(self, x: float, y: float, face: _Face) -> bool:
        """Whether a character at (x, y) stands on this line: scripts do, the next line not."""
        size = face.size if face.size > self.size else self.size
        return (
            abs(y - self.base) <= 0.6 * size
            and x > self.right - 2 * size
            and face.rotated == self.rotated
        )

    def closed(self, page: int) -> Line:
        """Return the line, its size being the second largest: one big glyph does not count."""
        drawn = sorted(f.size for f, c in zip(self.faces, self.chars, strict=True) if c != " ")
        size = drawn[-2] if len(drawn) > 2 else drawn[-1]
        heights = Counter(
            y for (_, y), f in zip(self.places, self.faces, strict=True) if f.size >= size * 0.95
        )
        base = heights.most_common(1)[0][0]
        styles = bytearray()
        for (_, y), face in zip(self.places, self.faces, strict=True):
            style = face.style
            if face.size < 0.85 * size:
                if y > base + 0.15 * size:
                    style |= Style.RAISED
                elif y < base - 0.08 * size:
                    style |= Style.LOWERED
            styles.append(style)
        x, y = self.places[0]
        return Line(
            page,
            "".join(self.chars),
            bytes(styles),
            round(size, 1),
            x,
            y,
            self.rotated,
            right=self.right,
        )


def _page_lines(document: pypdfium2.PdfDocument, index: int, signs: Signs) -> Iterator[Line]:
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            count = text.count_chars()
            if count > MAX_CHARS_PER_PAGE:
                raise PdfRefused(f"{index + 1}쪽에 글자가 너무 많아요. 논문 PDF인지 확인해 주세요.")
            yield from _read_lines(text.raw, count, index + 1, signs)
        finally:
            text.close()
    finally:
        page.close()


def _read_lines(raw: object, count: int, page: int, signs: Signs) -> Iterator[Line]:
    faces: dict[int, _Face] = {}
    place_x, place_y = ctypes.c_double(), ctypes.c_double()
    line: _Open | None = None
    space = False
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, i)
        if 0 < code <= 32 and code != 2 and (code < 11 or pdfium.FPDFText_IsGenerated(raw, i) == 1):
            space = True
            continue
        drawn = pdfium.FPDFText_GetTextObject(raw, i)
        key = ctypes.addressof(drawn.contents) if drawn else 0
        face = faces.get(key)
        if face is None:
            face = faces[key] = _face(raw, i)
        char = _char(code, face, signs)
        if char == " ":
            space = True
            continue
        pdfium.FPDFText_GetCharOrigin(raw, i, place_x, place_y)
        x, y = _finite(place_x.value), _finite(place_y.value)
        if face.rotated:
            x, y = y, -x
        if line and not line.continues(x, y, face):
            yield line.closed(page)
            line = None
        if line is None:
            line = _Open(y, face.size, face.rotated, x)
        elif space:
            # Names of authors are set apart by wide gaps only.
            wide = x - line.right > 1.55 * line.size
            line.add(" ", x, y, face)
            if wide:
                line.add(" ", x, y, face)
        space = False
        line.add(char, x, y, face)
    if line:
        yield line.closed(page)


def _char(code: int, face: _Face, signs: Signs) -> str:
    """Return the character of a code, a space where it shows nothing."""
    if code == 2:  # a hyphen that PDFium takes for that of a line break
        return "\ufffe"
    if face.is_symbols and code in _SYMBOLS:
        return _SYMBOLS[code]
    is_lost = face.style & Style.MATHS and chr(code) in _ACCENTS  # a variable, by a wrong map
    if not 0 < code <= 0x10FFFF or 0xD800 <= code < 0xE000 or is_lost:
        code = 0xFFFD
    sign = None if face.style & Style.MATHS else signs.sign(face.font, code)
    return sign or (" " if code <= 32 else chr(code))


_SYMBOLS = {
    ord(letter): sign for letter, sign in zip("bcdefghijkp0126", "⌊⌋⌈⌉{}⟨⟩|∥√′∞∈!", strict=True)
}
"""What TeX's font of symbols (CMSY) has at the codes of small letters and digits; "6" strikes
out the sign behind it, as "!=" does. Source: The TeXbook, appendix F, figure 5."""

_SYMBOLS_FONT = re.compile(r"(?:[A-Z]{6}\+)?CM(?:B?SY)")
_MATHS_FONT = re.compile(
    r"(?:[A-Z]{6}\+)?(?:CM(?:MI|SY|EX|BSY|MIB)|MS[AB]M|EU[FRS]M|RSFS|MT(?:MI|SY|EX)"
    r"|[a-z]{0,3}[pt]x(?:mi|sy|ex)|.*Math|Symbol)",
    re.IGNORECASE,
)
_ITALIC_FONT = re.compile(r"ital|obli|slant|-it\b|CMTI|SFTI", re.IGNORECASE)
_BOLD_FONT = re.compile(r"bold|black|heavy|-medi\b|CMBX|SFBX", re.IGNORECASE)


def _face(raw: object, i: int) -> _Face:
    matrix, flags = pdfium.FS_MATRIX(), ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetMatrix(raw, i, matrix)
    pdfium.FPDFText_GetFontInfo(raw, i, name, len(name), flags)
    font = name.value.decode("utf-8", "replace")
    style = 0
    if _MATHS_FONT.match(font):
        style |= Style.MATHS
    if _BOLD_FONT.search(font):
        style |= Style.BOLD
    if _ITALIC_FONT.search(font):
        style |= Style.ITALIC
    size = math.hypot(matrix.c, matrix.d) * abs(pdfium.FPDFText_GetFontSize(raw, i))
    is_symbols = _SYMBOLS_FONT.match(font) is not None
    return _Face(_finite(size), style, abs(matrix.b) > abs(matrix.a), font, is_symbols)


def _finite(number: float) -> float:
    """Return ``number``, or 0 for what only a damaged file has."""
    return number if math.isfinite(number) else 0.0
