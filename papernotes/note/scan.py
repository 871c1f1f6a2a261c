"""The syntax of blocks and headings: finds them in a page's source, with their lines.

The delimiters are those of pymdownx.blocks, taken from there, so that the model and the
rendered page cannot disagree about where a block begins or ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pymdownx.blocks import RE_END, RE_INDENT_YAML_LINE, RE_START

from papernotes.note.frontmatter import YamlRefused, read_yaml
from papernotes.note.spans import CODE, code_lines, mask

_MARKS = frozenset("#/")
"""What a line of interest begins with: a quick look spares most lines the patterns."""

MARK = "채우기"
"""The word with which a draft asks a person for something: ``<!-- 채우기: 제목 -->``."""

_MARK = re.compile(rf"(?:<!--|(?:^|\s)#)\s*{MARK}\s*:\s*(?P<what>.*?)\s*(?:-->|$)")
_COMMENT = re.compile(rf"<!--\s*{MARK}\s*:[^<>]*-->")
_HEADING = re.compile(r"(#{1,6})[ \t]+([^ \t].*)")
_ID = re.compile(r"(?:^|\s)#([^\s}]+)")


@dataclass(frozen=True)
class Heading:
    """An ATX heading; ``id`` is what its attribute list says, None where it says nothing."""

    level: int
    title: str
    id: str | None
    line: int


@dataclass
class RawBlock:
    """A block as it stands in the source; ``options`` is None where they are not YAML pairs."""

    name: str
    argument: str
    line: int
    options: dict[str, Any] | None = field(default_factory=dict)
    option_lines: dict[str, int] = field(default_factory=dict)
    text: str = ""
    text_line: int = 0
    end_line: int | None = None
    inner: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class StrayEnd:
    """A closing fence that closes nothing."""

    line: int


@dataclass(frozen=True)
class Mark:
    """Something that a draft still asks a person for; ``what`` is the request."""

    what: str
    line: int
    column: int


Item = Heading | RawBlock | StrayEnd


@lru_cache(maxsize=32)  # the model is made of them, then come the checks
def scan(body: str, first_line: int = 1) -> tuple[Item, ...]:
    """Return the headings and blocks of ``body`` in order, code fences left aside.

    ``first_line`` is the number of the body's first line in its file. A block that is
    never closed reaches to the end and has ``end_line`` None.
    """
    return tuple(_scan(body.split("\n"), code_lines(body), first_line))


def _scan(lines: list[str], code: list[bool], first_line: int) -> Iterator[Item]:
    index = 0
    while index < len(lines):
        line = lines[index]
        number = first_line + index
        index += 1
        if line.lstrip(" ")[:1] not in _MARKS or code[index - 1]:
            continue
        if match := _HEADING.match(line):
            yield _heading(len(match[1]), match[2], number)
        elif start := RE_START.match(line):
            block = RawBlock(start[2].lower(), start[3] or "", number)
            index = _read_options(block, lines, index, first_line)
            index = _read_text(block, lines, code, index, first_line, len(start[1]))
            yield block
        elif RE_END.match(line):
            yield StrayEnd(number)


def _heading(level: int, text: str, line: int) -> Heading:
    """Read ``title { #id } ##``."""
    title, attributes = text.rstrip("#").rstrip(" \t"), None
    opening = title.rfind("{")
    if title.endswith("}") and opening >= 0 and "}" not in title[opening:-1]:
        attributes = _ID.search(title[opening + 1 : -1].removeprefix(":"))
        title = title[:opening].rstrip(" \t")
    return Heading(level, title, attributes[1] if attributes else None, line)


def sections(body: str) -> Iterator[tuple[Heading, str]]:
    """Yield each ``##`` heading of ``body`` with the source from its line to the next one's."""
    lines = body.split("\n")
    headings = [each for each in scan(body) if isinstance(each, Heading) and each.level == 2]
    ends = [*(heading.line - 1 for heading in headings[1:]), len(lines)]
    for heading, end in zip(headings, ends, strict=False):
        yield heading, "\n".join(lines[heading.line - 1 : end])


def scan_marks(text: str) -> Iterator[Mark]:
    """Yield what a page still asks a person for, code left aside.

    In front matter a mark is a YAML comment, elsewhere an HTML comment.
    """
    if MARK not in text:
        return
    for number, line in enumerate(mask(text, CODE, " ").split("\n"), 1):
        if MARK in line:
            for found in _MARK.finditer(line):
                yield Mark(found["what"], number, found.start() + 1)


def without_marks(text: str) -> str:
    """Return a block's text without its marks."""
    return (_COMMENT.sub("", text) if MARK in text else text).strip()


def is_unfilled(text: str) -> bool:
    """Whether a block's text is nothing but a mark."""
    return bool(text.strip()) and not without_marks(text)


def _read_options(block: RawBlock, lines: list[str], index: int, first_line: int) -> int:
    start = index
    while index < len(lines) and RE_INDENT_YAML_LINE.match(lines[index]):
        index += 1
    if index > start:
        parsed = _parse_options("\n".join(line[4:] for line in lines[start:index]))
        block.options = dict(parsed[0]) if parsed else None
        if parsed:
            block.option_lines = {name: first_line + start + at for name, at in parsed[1].items()}
    return index


@lru_cache(maxsize=1024)  # `paper: BERT` and the like come again and again
def _parse_options(source: str) -> tuple[dict[str, Any], dict[str, int]] | None:
    """Return the options and the line of each (from 0); None where they are not YAML pairs."""
    try:
        node, data = read_yaml(source)
    except YamlRefused:
        return None
    if node is None:  # nothing but a comment
        return {}, {}
    if not isinstance(data, dict):
        return None
    lines = {str(key.value): key.start_mark.line for key, _ in node.value}
    return {str(key): value for key, value in data.items()}, lines


def _read_text(
    block: RawBlock, lines: list[str], code: list[bool], index: int, first_line: int, slashes: int
) -> int:
    start = index
    while index < len(lines):
        line = lines[index]
        if line.lstrip(" ")[:1] != "/" or code[index]:
            pass
        elif (end := RE_END.match(line)) and len(end[1]) == slashes:
            block.end_line = first_line + index
            break
        elif inner := RE_START.match(line):
            block.inner.append((inner[2].lower(), first_line + index))
        index += 1
    text = lines[start:index]
    while text and not text[0].strip():
        text.pop(0)
        start += 1
    block.text = "\n".join(text).rstrip()
    block.text_line = first_line + start
    return index + 1
