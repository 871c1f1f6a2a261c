"""What a preview shows of a page that is not right yet: the rest of it, and its source there.

A part that cannot be read is covered by its source, as it stands in the file, with the file's
line numbers. Nothing in it is Markdown any more, so nothing in it can do harm.
"""

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass, replace

from papernotes.note.kinds import FOREIGN
from papernotes.note.library import Page, is_note
from papernotes.note.model import Block
from papernotes.note.scan import RawBlock, scan, sections
from papernotes.render.context import Context
from papernotes.render.html import element


@dataclass(frozen=True)
class Unread(Block):
    """Lines of a page that cannot be read yet; ``wrong`` are those with a problem."""

    wrong: frozenset[int]

    @property
    def end(self) -> int:
        """The line behind the last."""
        return self.line + self.text.count("\n") + 1


def readable(page: Page) -> Page:
    """Return ``page`` with what can be read of it, and a :class:`Unread` for every other part."""
    if not page.problems or not page.readable:
        return page
    blocks = page.blocks
    if page.partial:
        blocks = tuple(block for passage in page.partial.passages for block in passage.blocks)
    parts = _unread_passages(page) if is_note(page.file) else _unread_blocks(page, _end(page))
    unread = (_unread(page, first, end) for first, end in parts)
    return replace(
        page,
        note=page.partial,
        blocks=tuple(sorted([*blocks, *unread], key=lambda block: block.line)),
    )


def whole(page: Page) -> Page:
    """Return ``page`` with nothing but its source, for a page that cannot be rendered."""
    return replace(page, note=None, blocks=(_unread(page, page.first_line, _end(page)),))


def add_source(holder: etree.Element, context: Context) -> None:
    """Put unread source into its element, early enough for its lines to be linked to."""
    block = context.blocks.get(holder.get("data-block", ""))
    if not isinstance(block, Unread):
        return
    # Not `pre > code`, which a highlighter would take for its own.
    lines = [
        element(
            "code",
            {"id": line_id(number), "class": "pn-unread__wrong" if number in block.wrong else None},
            element("span", {"class": "pn-unread__number", "aria-hidden": "true"}, f"{number}"),
            text,
        )
        for number, text in enumerate(block.text.split("\n"), block.line)
    ]
    holder.set("class", "pn-unread")
    holder.set("role", "group")
    holder.set("aria-label", f"{block.line}행부터의 원문")
    holder.append(element("p", {"class": "pn-label"}, "고치면 제대로 보여요"))
    holder.append(element("div", {"class": "pn-unread__lines"}, *lines))


def line_id(line: int) -> str:
    """Return the id of a line of source on the page."""
    return f"pn-line-{line}"


def _end(page: Page) -> int:
    return page.first_line + page.body.count("\n") + 1


def _unread(page: Page, first: int, end: int) -> Unread:
    lines = page.body.split("\n")[first - page.first_line : end - page.first_line]
    wrong = frozenset(problem.line for problem in page.problems)
    return Unread("\n".join(lines), first, first, wrong)


def _unread_passages(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the lines, end excluded, under the headings of passages that could not be read.

    The headings stay: links lead to them. Where the paper is not known, no passage is read.
    """
    end = _end(page)
    headings = [page.first_line + head.line - 1 for head, _ in sections(page.body)]
    yield from _unread_blocks(page, next(iter(headings), end))
    read = {passage.line for passage in page.partial.passages} if page.partial else set()
    for line, following in zip(headings, [*headings[1:], end], strict=True):
        if line not in read and line + 1 < following:
            yield line + 1, following


def _unread_blocks(page: Page, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines, end excluded, of blocks that begin before ``end`` and were not read."""
    read = {block.line for block in page.blocks}
    for item in scan(page.body, page.first_line):
        if not isinstance(item, RawBlock) or item.name in FOREIGN:
            continue
        if item.line < end and item.line not in read:
            yield item.line, item.end_line + 1 if item.end_line else end
