r"""What of a page is not prose: code, comments, formulas, HTML, addresses and attribute lists.

The one reader of Markdown's traps: the model, the checks and the renderer's formulas all ask
here. Everything takes time linear in the page's length. The order is the renderer's: fences
first (pymdownx.superfences), then comments that begin a line, then a paragraph's code spans, its
formulas (pymdownx.arithmatex with dollars alone), and what begins with ``<`` or ``{``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum, auto
from functools import lru_cache
from typing import NamedTuple


class Kind(IntEnum):
    """What a span is."""

    FENCE = auto()
    CODE = auto()
    FORMULA = auto()
    DISPLAY = auto()
    COMMENT = auto()
    TAG = auto()
    ADDRESS = auto()
    ATTRIBUTES = auto()


CODE = frozenset({Kind.FENCE, Kind.CODE})
FORMULAS = frozenset({Kind.FORMULA, Kind.DISPLAY})
NO_PROSE = frozenset(Kind)


class Span(NamedTuple):
    """A piece of a page's text: ``text[start:end]``, its marks included."""

    kind: Kind
    start: int
    end: int


_OBJECT = "\ufffc"
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})([^\n]*)")
_TICKS = re.compile("`+")
_DOLLAR = re.compile(r"\\[\s\S]|\$")
_LIST = r"(?:[-*+]|\d+[.)])[ \t]+"
_STARTS = re.compile(rf"[ \t>]*(?:{_LIST}|\#|///)")
_ALONE = re.compile(r"[ \t>]*(?:\#|///)")
_QUOTED = re.compile(r"[ \t]*>")
_DISPLAY = re.compile(rf"(?:[ ]{{4}}|[ ]?>[ ]?|{_LIST})*(?=\$\$)")
_DELIMITERS = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_ANGLE = re.compile(
    r"<(?:(?P<comment>!--)|(?P<address>[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*+>|[^\s<>@]++@[^\s<>]++>)"
    r"|(?P<tag>[a-zA-Z/!?][^<>]*+>?))"
)
_BRACES = re.compile(
    r"""\{(?:[^"'{}\n]|"[^"\n]{0,400}"|'[^'\n]{0,400}'){1,200}+\}|\{[^{}\n]{1,400}+\}"""
)


@lru_cache(maxsize=32)  # several checks read a page one after the other
def spans(text: str) -> tuple[Span, ...]:
    """Return all that is not prose in ``text`` (a page's body or a part of it), by start.

    A tag may hold code spans; nothing else overlaps.
    """
    if not _TRAPS.search(text):
        return ()
    return tuple(sorted(_spans(text), key=lambda each: (each.start, -each.end)))


_TRAPS = re.compile("[`~$<{]")


def mask(text: str, kinds: Iterable[Kind], sign: str = _OBJECT) -> str:
    """Return ``text`` with a ``sign`` for each character of these kinds, line breaks kept."""
    return masked(text, dict.fromkeys(kinds, sign))


def masked(text: str, signs: Mapping[Kind, str]) -> str:
    """Return the same with a sign for each kind."""
    pieces, position = [], 0
    for span in spans(text):
        if span.kind in signs and span.end > position:
            start = max(span.start, position)
            pieces += [text[position:start], blank(text[start : span.end], signs[span.kind])]
            position = span.end
    return "".join([*pieces, text[position:]]) if pieces else text


def formula(text: str, span: Span) -> tuple[str, int]:
    """Return a formula's LaTeX without its dollars, and where that begins in ``text``."""
    width = 2 if span.kind is Kind.DISPLAY else 1
    source = text[span.start + width : span.end - width]
    return source, span.start + width


@lru_cache(maxsize=32)
def fences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the first line of each fence and the line behind its last, both from 0.

    A fence that is never closed is none. Source: pymdownx.superfences; the closing line is as
    the opening one, indented alike.
    """
    if "```" not in text and "~~~" not in text:
        return ()
    lines = text.split("\n")
    closing = _closing_lines(lines)
    found, behind = [], 0
    for number, line in enumerate(lines):
        if number >= behind and (opened := _opened(line)):
            ends = closing.get(opened, [])
            at = bisect_right(ends, number)
            if at < len(ends):
                behind = ends[at] + 1
                found.append((number, behind))
    return tuple(found)


def code_lines(text: str) -> list[bool]:
    """Tell of each line whether it belongs to a fence."""
    code = [False] * (text.count("\n") + 1)
    for first, behind in fences(text):
        code[first:behind] = [True] * (behind - first)
    return code


def in_table(text: str, at: int) -> bool:
    """Tell whether ``text[at]`` stands in a table: its paragraph's second line has delimiters."""
    begin = text.rfind("\n\n", 0, at)
    begin = begin + 2 if begin >= 0 else 0
    return is_table(text[begin : begin + 4000].split("\n", 2), 0)


def _opened(line: str) -> str | None:
    """Return the marks of a line that may open a fence."""
    if "```" not in line and "~~~" not in line:
        return None
    match = _FENCE.match(line)
    return match[1] if match and match[1][0] not in match[2] else None


def _closing_lines(lines: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if "```" not in line and "~~~" not in line:
            continue
        marks = line.lstrip(" \t>").rstrip(" \t")
        if len(marks) >= 3 and marks[0] in "`~" and not marks.strip(marks[0]):
            found.setdefault(marks, []).append(number)
    return found


def blank(text: str, sign: str = _OBJECT) -> str:
    """Return a ``sign`` for each character of ``text``, line breaks kept."""
    if "\n" not in text:  # most spans
        return sign * len(text)
    return "\n".join([sign * len(line) for line in text.split("\n")])


def _spans(text: str) -> Iterator[Span]:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    code = code_lines(text)
    for first, behind in fences(text):
        yield Span(Kind.FENCE, starts[first], starts[behind] - 1)
    comments = [*_line_comments(text, lines, starts, code)] if "<!--" in text else []
    yield from comments
    lines = _masked(text, comments).split("\n") if comments else lines
    for block in _blocks(lines, code):
        source = text[starts[block[0]] : starts[block[1]]]
        # Much faster than a pattern: most blocks hold none of them.
        if "`" in source or "$" in source or "<" in source or "{" in source:
            for first, behind in _paragraphs(lines, *block):
                part = "\n".join(lines[first:behind])
                for span in _inline(part) if _TRAPS.search(part) else ():
                    yield Span(span.kind, span.start + starts[first], span.end + starts[first])


def _line_comments(
    text: str, lines: list[str], starts: list[int], code: list[bool]
) -> Iterator[Span]:
    """Yield the comments that begin a line."""
    position = 0
    for number, line in enumerate(lines):
        begin = starts[number] + len(line) - len(line.lstrip())
        if code[number] or begin < position or not text.startswith("<!--", begin):
            continue
        end = text.find("-->", begin + 4)
        if end < 0:
            break
        position = end + 3
        yield Span(Kind.COMMENT, begin, position)


def _blocks(lines: list[str], code: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield the lines between blank ones and fences: the first, and the one behind the last."""
    start: int | None = None
    for number, line in enumerate(lines):
        if code[number] or not line or line.isspace():
            if start is not None:
                yield start, number
                start = None
        elif start is None:
            start = number
    if start is not None:
        yield start, len(lines)


def _paragraphs(lines: list[str], first: int, behind: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of lines in a block that are read as one text."""
    start, options, quoted = first, False, False
    for number in range(first, behind):
        line = lines[number]
        alone = options or bool(_ALONE.match(line))
        options = (options and line.startswith("    ")) or line.lstrip().startswith("/// ")
        now_quoted = bool(_QUOTED.match(line))
        if alone or (now_quoted and not quoted) or _STARTS.match(line):
            if start < number:
                yield start, number
            start = number
        if alone:
            yield number, number + 1
            start = number + 1
        quoted = now_quoted
    if start < behind:
        yield start, behind


def _inline(part: str) -> Iterator[Span]:
    """Yield what is in one paragraph."""
    display = _DISPLAY.match(part)
    bare = part.rstrip(" ")
    if display and bare.endswith("$$") and len(bare) > display.end() + 4:
        yield Span(Kind.DISPLAY, display.end(), len(bare))
        return
    found = list(_code_spans(part))
    masked = _masked(part, found)
    if "$" in masked:
        found = [each for begin, end in _cells(masked) for each in _formulas(masked, begin, end)]
        yield from found
        masked = _masked(masked, found)
        found = list(_code_spans(part))
    yield from found
    yield from _angles(masked)
    yield from _attribute_lists(masked)


def _masked(part: str, found: list[Span]) -> str:
    pieces, position = [], 0
    for span in found:
        pieces += [part[position : span.start], blank(part[span.start : span.end])]
        position = span.end
    return "".join([*pieces, part[position:]])


def _code_spans(part: str) -> Iterator[Span]:
    """Yield code spans: each ends at the next run of as many backquotes."""
    runs = [[match.start(), match.end()] for match in _TICKS.finditer(part)]
    for run in runs:
        run[0] += is_escaped(part, run[0])
    runs = [run for run in runs if run[0] < run[1]]
    closing: list[int] = []
    latest: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closing.append(latest.get(length, 0))
        latest[length] = index
    closing.reverse()
    index = 0
    while index < len(runs):
        start = runs[index][0]
        if closing[index]:
            index = closing[index]
            yield Span(Kind.CODE, start, runs[index][1])
        index += 1


def is_escaped(part: str, at: int) -> bool:
    """Tell whether an odd number of backslashes stands before ``at``."""
    bare = at
    while bare and part[bare - 1] == "\\":
        bare -= 1
    return (at - bare) % 2 == 1


def _cells(masked: str) -> Iterator[tuple[int, int]]:
    """Yield where formulas may reach: the paragraph, or each cell of a table."""
    lines = masked.split("\n")
    if not is_table(lines, 0):
        yield 0, len(masked)
        return
    start = 0
    for match in re.finditer(r"\\[\s\S]|[|\n]", masked):
        if match[0] in "|\n":
            yield start, match.start()
            start = match.end()
    yield start, len(masked)


def is_table(lines: Sequence[str], number: int) -> bool:
    """Tell whether a table begins at a line: the next one has its delimiters."""
    both = lines[number : number + 2] if number >= 0 else ()
    if len(both) < 2 or "|" not in both[0] or "-" not in both[1]:
        return False
    columns = [line.strip(" \t>").strip("|").count("|") for line in both]
    return columns[0] == columns[1] and bool(_DELIMITERS.fullmatch(both[1]))


def _formulas(masked: str, begin: int, end: int) -> Iterator[Span]:
    """Yield inline formulas. Source: arithmatex's RE_SMART_DOLLAR_INLINE."""
    dollars = [m.start() for m in _DOLLAR.finditer(masked, begin, end) if m[0] == "$"]
    index = 0
    while index + 1 < len(dollars):
        start, close = dollars[index], dollars[index + 1]
        inside = masked[start + 1 : close]
        whole = inside and not inside[0].isspace() and not inside[-1].isspace()
        if whole and _OBJECT not in inside:
            yield Span(Kind.FORMULA, start, close + 1)
            index += 1
        index += 1


def _angles(masked: str) -> Iterator[Span]:
    position, closed = 0, True
    while (at := masked.find("<", position)) >= 0:
        position = at + 1
        match = _ANGLE.match(masked, at)
        # A backslash before it is no escape to Python-Markdown; a link's address may be in it.
        if not match or masked.endswith("](", 0, at):
            continue
        if match["comment"]:
            end = masked.find("-->", at + 4) if closed else -1
            closed = end >= 0
            if closed:
                position = end + 3
                yield Span(Kind.COMMENT, at, position)
        else:
            kind = Kind.ADDRESS if match["address"] else Kind.TAG
            position = match.end()
            yield Span(kind, at, position)


def _attribute_lists(masked: str) -> Iterator[Span]:
    """Yield braces that attr_list reads: behind an element, or at the end of a line."""
    position = 0
    while (at := masked.find("{", position)) >= 0:
        match = _BRACES.match(masked, at)
        position = match.end() if match else at + 1
        if match and not is_escaped(masked, at) and _attached(masked, at, match.end()):
            yield Span(Kind.ATTRIBUTES, at, match.end())


def _attached(masked: str, start: int, end: int) -> bool:
    before = masked[start - 1 : start]
    meant = bool(_MEANT.search(masked, start, end))
    if before and (before == _OBJECT or (before in "]>)*_~" and meant)):
        return True
    if before and before in "]>)*_~" and _ELEMENT.search(masked, max(start - 100, 0), start):
        return True
    line_end = masked.find("\n", end)
    behind = masked[end : line_end if line_end >= 0 else len(masked)].strip(" #|")
    line = masked[masked.rfind("\n", 0, start) + 1 : start]
    # By itself a line of braces belongs to the paragraph that it ends, before a rule, too.
    rest = masked[end:].lstrip(f"{_OBJECT}\n >").partition("\n")[0]
    alone = bool(before) and not rest.strip(" *_-")
    read = alone if not line.strip(" >") else line.lstrip().startswith("#") or "|" in line
    return not behind and (read or meant)


_ELEMENT = re.compile(
    r"(?:\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|\[\^[^\[\]\n]+\]|<[^\s<>]*[:@][^\s<>]*>"
    r"|(?P<mark>[*_~])[^\s][^\n]*(?P=mark))\Z"
)
"""What braces right behind belong to, whatever they hold."""
_MEANT = re.compile(r"[{\s:](?:[#.][\w-]+|[a-z-]{3,}=)")
"""What shows that braces behind a line's words are meant as an attribute list."""
