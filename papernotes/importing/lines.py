"""A line of minutes without its Markdown: what was written, and how it stood there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a line is by its form alone."""

    BLANK = auto()
    HEADING = auto()
    RULE = auto()
    ROW = auto()
    CODE = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Line:
    """A line of minutes.

    ``number`` counts from 1 and ``raw`` is the line as it stands. ``text`` has no list marker,
    no ``>`` and no ``#``; ``marker`` is the list marker ("*", "1.") or empty; ``indent`` counts
    columns, and ``quoted`` says whether the line stood behind ``>``.
    """

    number: int
    raw: str
    kind: Kind
    text: str = ""
    marker: str = ""
    indent: int = 0
    quoted: bool = False


_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_QUOTED = re.compile(r"\s*(?:>[ \t]?)+")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>.*?)[ \t]*#*")
_UNDERLINE = re.compile(r"(?:=|-){3,}")
_MARKER = re.compile(
    r"(?P<marker>[*+•‣▪◦·–-]|\d{1,3}[.)]|\(\d{1,3}\)|[\u2460-\u2473])[ \t]+(?:\[[ xX]\][ \t]+)?"
)


def read(text: str) -> Iterator[Line]:
    """Yield the lines of ``text``, whose line ends are those of Unix."""
    raws = text.split("\n")
    fence, indent = "", 0
    for number, raw in enumerate(raws, 1):
        opened = _FENCE.match(raw)
        if fence:
            yield Line(number, raw, Kind.CODE, re.sub(rf"^[ \t]{{0,{indent}}}", "", raw))
            if opened and opened[1].startswith(fence):
                fence = ""
        elif opened and any(each.strip().startswith(opened[1]) for each in raws[number:]):
            fence, indent = opened[1], len(raw) - len(raw.lstrip())
            yield Line(number, raw, Kind.CODE, raw[indent:])
        else:
            below = raws[number] if number < len(raws) else ""
            yield _line(number, raw, below.strip())


def _line(number: int, raw: str, below: str) -> Line:
    rest = raw.expandtabs(4)
    quoted = _QUOTED.match(rest)
    if quoted:
        rest = rest[quoted.end() :]
    indent = len(rest) - len(rest.lstrip())
    rest = rest.strip()
    if not rest:
        return Line(number, raw, Kind.RULE if quoted else Kind.BLANK)
    if heading := _HEADING.fullmatch(rest):
        return Line(number, raw, Kind.HEADING, heading["text"])
    if not any(map(str.isalnum, rest)):
        return Line(number, raw, Kind.RULE, rest)
    if rest.startswith("|") or (rest.endswith("|") and rest.count("|") > 1):
        return Line(number, raw, Kind.ROW, rest)
    if _UNDERLINE.fullmatch(below):
        return Line(number, raw, Kind.HEADING, rest)
    marker = _MARKER.match(rest)
    if marker is None:
        return Line(number, raw, Kind.TEXT, rest, "", indent, bool(quoted))
    text = rest[marker.end() :].strip()
    return Line(number, raw, Kind.TEXT, text, marker["marker"], indent, bool(quoted))
