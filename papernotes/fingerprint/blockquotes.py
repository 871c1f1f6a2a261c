"""Quotations of papers in any Markdown: blockquotes that say from where they are.

A blockquote counts when its last line, or the line below it, names a page or a paper's version::

    > Thus, each training sequence was seen with the same mask four times during training.
    >
    > — arXiv:1907.11692v1, §4.1, p. 4

The paper may also stand once for the whole file: ``arxiv: 1907.11692v1`` in its front matter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papernotes import arxiv


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: its Markdown, and what is said of its place ("" and () where nothing is).

    ``columns`` tells for each of its lines at which column, from 1, it begins in the file.
    """

    text: str
    line: int
    columns: tuple[int, ...]
    paper: str
    where: str | None
    pages: tuple[int, ...]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file of a place in the text."""
        before = self.text[:offset]
        row = before.count("\n")
        return self.line + row, self.columns[row] + len(before) - (before.rfind("\n") + 1)


_QUOTED = re.compile(r"^ {0,3}>[ ]?")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_DEFAULT = re.compile(rf"^arxiv:\s*[\"']?(?:arXiv:)?({arxiv.ID.pattern})[\"']?\s*$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_ID = re.compile(rf"(?:arXiv:\s*|arxiv\.org/(?:abs|pdf)/|(?<![\w.]))({arxiv.ID.pattern})", re.I)
_PAGES = re.compile(r"\bpp?\.\s*(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?|(\d{1,4})(?:[-–](\d{1,4}))?쪽")
_WHERE = re.compile(
    r"(?:§+\s*|Section |Appendix )[A-Z\dIVX][\w.-]*(?<!\.)|(?:Table|Figure|Fig\.|Algorithm) [\w.]+"
    r"|Abstract|References"
)
_SOURCE = re.compile(r"^\s*(?:[-—–―*_(]|\w+:|arXiv|§|pp?\.|출처)")


def find(text: str) -> Iterator[Quoted]:
    """Yield the quotations of a file's text in order."""
    front = _FRONT.match(text)
    default = _DEFAULT.search(front[1]) if front else None
    paper = default[1] if default else ""
    for lines, line, below in _blockquotes(text):
        yield from _quoted(lines, line, below, paper)


def without_source(text: str) -> list[int]:
    """Return the lines, from 1, of the blockquotes that do not say from where they are."""
    return [line for lines, line, below in _blockquotes(text) if not [*_quoted(lines, line, below)]]


def _blockquotes(text: str) -> Iterator[tuple[Sequence[str], int, Sequence[str]]]:
    """Yield each blockquote's lines, the number of its first, and the line below it, if any."""
    lines = text.split("\n")
    at = 0
    fence = ""
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        if opening and (not fence or opening[1].startswith(fence)):
            fence = "" if fence else opening[1]
        if fence or not _QUOTED.match(lines[at]):
            at += 1
            continue
        start = at
        while at < len(lines) and _QUOTED.match(lines[at]):
            at += 1
        below = lines[at : at + 1] if lines[at : at + 1] != [""] else lines[at + 1 : at + 2]
        yield lines[start:at], start + 1, below


def _quoted(
    lines: Sequence[str], line: int, below: Sequence[str], paper: str = ""
) -> Iterator[Quoted]:
    marks = [found.end() for each in lines if (found := _QUOTED.match(each))]
    inside = [each[mark:] for each, mark in zip(lines, marks, strict=True)]
    while inside and not inside[-1].strip():
        inside.pop()
    source = _source(inside[-1]) if inside else None
    if source:
        inside.pop()
    else:
        source = _source(below[0]) if below else None
    while inside and not inside[-1].strip():
        inside.pop()
    if source is None or not inside:
        return
    identifier, where, pages = source
    columns = tuple(mark + 1 for mark in marks[: len(inside)])
    yield Quoted("\n".join(inside), line, columns, identifier or paper, where, pages)


def _source(line: str) -> tuple[str, str | None, tuple[int, ...]] | None:
    """Read ``— arXiv:1907.11692v1, §4.1, p. 4``; None where a line is no such thing."""
    identifier, pages = _ID.search(line), _PAGES.search(line)
    if not (_SOURCE.match(line) and (identifier or pages)):
        return None
    numbers: tuple[int, ...] = ()
    if pages:
        first = int(pages[1] or pages[3])
        last = int(pages[2] or pages[4] or first)
        numbers = tuple(range(first, min(last, first + 3) + 1))
    where = _WHERE.search(line)
    return identifier[1] if identifier else "", where[0] if where else None, numbers
