"""A part of the minutes: some lines, or what stands below a heading; the rest reads as blank."""

import re
from dataclasses import dataclass
from pathlib import Path

from papernotes.importing import lines
from papernotes.importing.lines import Kind
from papernotes.importing.people import participants
from papernotes.project import Refused


@dataclass(frozen=True)
class Part:
    """Which lines of the minutes to read: ``14-80``, those below a heading, or all."""

    lines: str = ""
    heading: str = ""

    def of(self, text: str, file: Path) -> str:
        """Return ``text`` with all other lines blank; who took part is read wherever it stands.

        Raises:
            Refused: There are no such lines, or no such heading.
        """
        if self.lines:
            text = _by_lines(text, self.lines, file)
        return _below_heading(text, self.heading, file) if self.heading else text


_RANGE = re.compile(r"(?P<first>[1-9]\d{0,5})(?:-(?P<last>[1-9]\d{0,5})?)?")


def _by_lines(text: str, wanted: str, file: Path) -> str:
    """Return ``text`` with all lines blank but those of ``wanted`` (``14-80``, ``14-``, ``14``)."""
    count = text.count("\n") + 1
    found = _RANGE.fullmatch(wanted)
    first = int(found["first"]) if found else 0
    last = int(found["last"] or (count if wanted.endswith("-") else first)) if found else 0
    if not 1 <= first <= min(last, count):
        message = f"`{wanted}`행은 없어요(모두 {count}행). `--lines 14-80`처럼 적어 주세요."
        raise Refused(file, "PN704", message)
    return _kept(text, range(first, last + 1))


def _below_heading(text: str, heading: str, file: Path) -> str:
    """Return ``text`` with all lines blank but a heading that has ``heading`` and what is below.

    It ends where the next heading of its rank or a higher one stands.
    """
    found = list(lines.read(text))
    named = [line for line in found if heading.casefold() in line.text.casefold()]
    ranked = [line for line in named if line.kind is Kind.HEADING] or named
    if not ranked:
        message = f"`{heading}`이라는 제목이 없어요. 회의록의 제목을 그대로 적어 주세요."
        raise Refused(file, "PN704", message)
    start = ranked[0]
    behind = (line.number for line in found if line.number > start.number and _ends(start, line))
    return _kept(text, range(start.number, next(behind, len(found) + 1)))


def _ends(start: lines.Line, line: lines.Line) -> bool:
    """Whether ``line`` begins the part that follows the one of ``start``."""
    if start.kind is Kind.HEADING:
        return line.kind is Kind.HEADING and line.level <= start.level
    if line.kind is Kind.HEADING:
        return True
    if start.marker:
        return bool(line.marker) and line.indent <= start.indent
    return start.quoted and line.quoted and not line.marker


def _kept(text: str, numbers: range) -> str:
    _, listed = participants(tuple(lines.read(text)), set())
    return "\n".join(
        line if number in numbers or number in listed else ""
        for number, line in enumerate(text.split("\n"), 1)
    )
