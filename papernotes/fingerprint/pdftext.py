"""The lines of a PDF as they are printed, each with what sets it apart from running text.

They come in the order in which the file draws them (:mod:`papernotes.fingerprint.pdfium`). For
the two-column papers tried, that is reading order, column by column, but with footnotes,
tables, captions and running heads in between. Where a line stands and how large its type is
tell them apart, so that a sentence can be followed over the end of a column or a page.
"""

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntFlag

MAX_BYTES = 100_000_000
MAX_PAGES = 1_000
MAX_CHARS_PER_PAGE = 100_000


class PdfRefused(Exception):
    """A PDF that cannot be read; the message (Korean) says why and what to do."""


class Style(IntFlag):
    """How one character is set; the values fit a byte."""

    PLAIN = 0
    RAISED = 1
    LOWERED = 2
    MATHS = 4
    BOLD = 8
    ITALIC = 16


class Layer(Enum):
    """Where a line belongs."""

    FLOW = "running text and its headings"
    ASIDE = "footnotes, captions, tables, figures, margins"
    FURNITURE = "running heads, page numbers, stamps"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    ``page`` counts from 1; ``size`` is the type size, ``x`` and ``y`` the start of the
    baseline and ``right`` where its last character starts, in points from the page's lower left
    corner. ``styles`` has one :class:`Style` a character of ``text``. A line whose last word goes
    on in the next one ends in U+FFFE.
    """

    page: int
    text: str
    styles: bytes
    size: float
    x: float
    y: float
    rotated: bool
    layer: Layer = Layer.FLOW
    right: float = 0.0

    @property
    def bold(self) -> bool:
        """Whether the line begins in bold."""
        return bool(self.styles) and bool(self.styles[0] & Style.BOLD)


@dataclass(frozen=True)
class PdfText:
    """What a PDF holds; ``outline`` holds the PDF's bookmarks as (title, page).

    ``lost`` are words with a sign in them that no font explains.
    """

    pages: int
    lines: tuple[Line, ...]
    outline: tuple[tuple[str, int], ...]
    lost: tuple[str, ...] = ()


HEADING = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){0,3})\.?\s+(?P<title>[^\W\d_a-z].*)"
    r"|(?P<name>(?i:abstract|references|bibliography|acknowledge?ments?|appendix\b.*))"
)
CAPTION = re.compile(
    r"(?P<kind>Figure|FIGURE|Fig\.|FIG\.|Table|TABLE|Algorithm)\s?"
    r"(?P<number>[A-Z]?\.?\d{1,3}|[IVX]{1,5})(?:[:.]|$)"
)


def is_heading(line: Line, body: float) -> bool:
    """Whether ``line`` looks like a section's heading, ``body`` being the text's type size."""
    match = HEADING.fullmatch(line.text)
    if match is None:
        return False
    return line.bold or line.size > 1.04 * body or (bool(match["name"]) and line.text.isupper())


def body_size(lines: Sequence[Line]) -> float:
    """Return the type size of most of the text, in points."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0]


def layered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines``, each with its layer."""
    body = body_size(lines)
    furniture, floats = _furniture(lines), _floats(lines, body)
    aside = furniture | floats
    running = [line for i, line in enumerate(lines) if i not in aside]
    boxes, edges = _boxes(running, body), columns(running, body)
    found = []
    for i, line in enumerate(lines):
        if i in furniture:
            layer = Layer.FURNITURE
        elif i in floats or line.size < 0.96 * body:
            layer = Layer.ASIDE
        elif _is_running(line, body, boxes, edges):
            layer = Layer.FLOW
        else:
            layer = Layer.ASIDE
        found.append(replace(line, layer=layer))
    return tuple(found)


def _furniture(lines: Sequence[Line]) -> set[int]:
    """Find what comes back at the same height on page after page, and what stands upright."""
    places: defaultdict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for i, line in enumerate(lines):
        places[re.sub(r"\d+", "#", line.text), round(line.y / 3)].setdefault(line.page, i)
    often = max(3, lines[-1].page // 3)
    found = {i for same in places.values() if len(same) >= often for i in same.values()}
    return found | {i for i, line in enumerate(lines) if line.rotated}


def _boxes(lines: Sequence[Line], body: float) -> dict[int, tuple[float, float]]:
    """Return, for each page, the heights of the lowest and the highest line of body size."""
    heights: defaultdict[int, list[float]] = defaultdict(list)
    for line in lines:
        if _is_body(line, body):
            heights[line.page].append(line.y)
    return {page: (min(ys), max(ys)) for page, ys in heights.items()}


def _is_running(
    line: Line,
    body: float,
    boxes: dict[int, tuple[float, float]],
    edges: Sequence[tuple[float, float]],
) -> bool:
    """Whether a line is text or a heading; what is larger stands where a heading would."""
    if line.size <= 1.04 * body:
        return True
    low, high = boxes.get(line.page, (0.0, 0.0))
    # Within the page's text, and more than a mark made by hand.
    inside = low <= line.y <= high and sum(map(str.isalpha, line.text)) > 2
    return (inside or is_heading(line, body)) and is_set(line, edges)


def columns(lines: Sequence[Line], body: float) -> list[tuple[float, float]]:
    """Return the left and right edges of the columns of running text, in points."""
    rights: defaultdict[int, list[float]] = defaultdict(list)
    for line in lines:
        if _is_body(line, body) and len(line.text) > 20:
            rights[round(line.x)].append(line.right)
    often = max(3, sum(map(len, rights.values())) // 40)
    return [
        (left, sorted(ends)[-1 - len(ends) // 10])
        for left, ends in rights.items()
        if len(ends) >= often
    ]


def is_set(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line begins where text begins or stands in a column's middle, as headings do."""
    middle = (line.x + line.right) / 2
    return not columns or any(
        abs(line.x - left) <= 0.04 * (right - left)
        or abs(middle - (left + right) / 2) <= 0.04 * (right - left)
        for left, right in columns
    )


def _floats(lines: Sequence[Line], body: float) -> set[int]:
    """Find captions, and what stands above one from the column's top on if it is no text."""
    found: set[int] = set()
    width = statistics.median(len(line.text) for line in lines if _is_body(line, body))
    tops: list[int] = []  # where lines begin to descend: columns, parts of a figure
    i = 0
    while i < len(lines):
        if not i or lines[i].page > lines[i - 1].page:
            tops = [i]
        elif lines[i].y > lines[i - 1].y + 3 * body:
            tops.append(i)
        if CAPTION.match(lines[i].text) and not (i and _goes_on(lines[i - 1], lines[i])):
            start = i
            while tops:
                above = [line.text for line in lines[tops[-1] : start] if _is_body(line, body)]
                if _is_text(above, width):
                    break
                start = tops.pop()
            while i + 1 < len(lines) and same_block(lines[i], lines[i + 1]):
                i += 1
            found.update(range(start, i + 1))
            tops = [i + 1]
        i += 1
    return found


def _goes_on(above: Line, below: Line) -> bool:
    """Whether a line that begins like a caption goes on with the text above it."""
    apart = ":" in below.text[:12] and abs(above.x - below.x) > below.size
    return same_block(above, below) and not apart


def _is_body(line: Line, body: float) -> bool:
    return abs(line.size - body) <= 0.04 * body


def _is_text(lines: Sequence[str], width: float) -> bool:
    """Whether lines are long, as in a paragraph, and have few digits, as not in a table."""
    text = "".join(lines)
    return len(text) > 0.6 * width * len(lines) and sum(map(str.isdigit, text)) * 10 <= len(text)


def same_block(above: Line, below: Line) -> bool:
    """Whether ``below`` is the next line of the same paragraph."""
    return (
        above.page == below.page
        and abs(above.size - below.size) <= 0.04 * above.size
        and 0 < above.y - below.y <= 1.6 * above.size
    )
