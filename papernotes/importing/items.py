"""Lines that belong together: a list item with what is wrapped below it, a table's cell."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from papernotes.importing import labels
from papernotes.importing.labels import Label, Role
from papernotes.importing.lines import Kind, Line
from papernotes.importing.model import Said
from papernotes.importing.people import People
from papernotes.importing.wording import is_picture

_COLUMNS = {
    "passage": r"원문|구절|인용|문장|passage|quote|sentence",
    "answerer": r"답변자|답한|answered|answerer|담당",
    "asker": r"질문자|물은|asker|작성자|이름",
    "question": r"질문|question|궁금|^q$",
    "answer": r"답|answer|해결|^a$",
    "paper": r"논문|paper",
    "number": r"번호|^no\.?$|^#$|순서",
}
_CELL_END = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>")


@dataclass
class Item:
    """Lines with the label before them; ``gap`` says whether a blank line stands above.

    ``paper`` is what a table's row says of the paper; ``leftover`` (Korean) is why a row of a
    table, or a part of it, has no place.
    """

    line: Line
    gap: bool
    label: Label | None
    parts: list[str]
    numbers: list[int]
    paper: str = ""
    leftover: str = ""

    @property
    def text(self) -> str:
        """The words, without the label."""
        return "\n".join(self.parts).strip("\n")

    @property
    def whole(self) -> str:
        """The words with the label before them, as they stand in the minutes."""
        if not self.label:
            return self.text
        says_more = self.label.role is Role.FACT or self.label.rest
        below = self.parts[1:] if says_more else self.parts
        return "\n".join([self.line.text, *below]).strip("\n")

    @property
    def by(self) -> str | None:
        """Who said it, where the label names somebody."""
        return self.label.by if self.label else None

    @property
    def role(self) -> Role | None:
        """What the label says that it is."""
        return self.label.role if self.label else None

    def said(self, doubt: str = "") -> Said:
        """Return it as something that was said."""
        return Said(self.by, self.text, tuple(self.numbers), doubt)


def read(found: Iterable[Line], people: People) -> Iterator[Item]:
    """Yield the items of the lines ``found``, which are in order."""
    item: Item | None = None
    table: _Table | None = None
    gap = True
    for line in found:
        if line.kind in (Kind.BLANK, Kind.RULE):
            gap = gap or not line.text.startswith("|")  # that one is below a table's header
            continue
        if item and (line.kind is Kind.ROW or not _goes_on(item, line, people, gap)):
            yield item
            item = None
        if line.kind is Kind.ROW:
            if gap or table is None:
                table = _Table([_column(cell) for cell in _cells(line)])
                yield _unplaced(line, "표의 머리예요. 옮길 것이 없으면 두세요.")
            else:
                yield from table.items(line, people)
        elif item:
            item.parts += ["", line.text] if gap and item.text else [line.text]
            item.numbers.append(line.number)
        else:
            item = _first(line, people, gap)
        table = table if line.kind is Kind.ROW else None
        gap = False
    if item:
        yield item


def _first(line: Line, people: People, gap: bool) -> Item:
    label = None if line.kind is Kind.CODE else labels.parse(line.text, people)
    text = label.rest if label and label.role is not Role.FACT else line.text
    return Item(line, gap, label, [text] if text else [], [line.number])


def _goes_on(item: Item, line: Line, people: People, gap: bool) -> bool:
    """Whether ``line`` is one more line of ``item``."""
    above = item.line
    if line.kind is Kind.CODE:
        return above.kind in (Kind.TEXT, Kind.CODE)
    if line.kind is not Kind.TEXT or above.kind is not Kind.TEXT:
        return False
    if line.marker or line.quoted != above.quoted or labels.parse(line.text, people):
        return False
    if is_picture(line.text) or is_picture(item.text):
        return False
    if gap:
        return bool(above.marker) and line.indent > above.indent
    # Paragraphs without list markers: what follows a question is its answer.
    asked = not above.marker and not item.label and item.text.rstrip().endswith(("?", "？"))
    return not asked


@dataclass
class _Table:
    """A table whose header says which column asks and which answers."""

    columns: Sequence[str] = field(default_factory=list)

    def items(self, line: Line, people: People) -> Iterator[Item]:
        """Yield a row's question and answers, or the row as one that has no place."""
        cells = _cells(line)
        row = dict(zip(self.columns, cells, strict=False))
        question, passage = row.get("question", ""), row.get("passage", "")
        if not question and not passage:
            yield _unplaced(line, "표에서 질문을 찾지 못했어요. 손으로 옮겨 주세요.")
            return
        label = labels.parse(question, people)
        by, text = (label.by, label.rest) if label else (row.get("asker") or None, question)
        asked = "\n".join(part for part in (passage, text) if part)
        item = _cell(line, Label(Role.QUESTION, by, asked))
        item.paper = row.get("paper", "")
        left = [cell for name, cell in zip(self.columns, cells, strict=False) if not name]
        if any(any(map(str.isalpha, cell)) for cell in (*left, *cells[len(self.columns) :])):
            item.leftover = "옮기지 못한 칸이 있어요. 손으로 옮겨 주세요."
        yield item
        for part in filter(None, map(str.strip, _BREAK.split(row.get("answer", "")))):
            plain = Label(Role.ANSWER, row.get("answerer") or None, part)
            yield _cell(line, labels.parse(part, people) or plain)


def _cells(line: Line) -> list[str]:
    return [cell.strip() for cell in _CELL_END.split(line.text.strip().strip("|"))]


def _column(title: str) -> str:
    """Return what a column holds by its title; empty where the title does not say."""
    title = title.lower()
    return next((name for name, said in _COLUMNS.items() if re.search(said, title)), "")


def _cell(line: Line, label: Label) -> Item:
    at = Line(line.number, line.raw, Kind.TEXT, label.rest)
    return Item(at, False, label, [label.rest], [line.number])


def _unplaced(line: Line, reason: str) -> Item:
    return Item(line, False, None, [line.text], [line.number], leftover=reason)
