"""Lines that belong together: a list item with what is wrapped below it, a table's cell."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from papernotes.importing import labels
from papernotes.importing.labels import Label, Role
from papernotes.importing.lines import Kind, Line
from papernotes.importing.model import Said
from papernotes.importing.people import People, plain_name
from papernotes.importing.wording import asks, asks_clearly, is_interlude, is_picture

_COLUMNS = {
    "passage": r"원문|구절|인용|문장|passage|quote|sentence",
    "answerer": r"답변자|답한|answered|answerer|담당",
    "asker": r"질문자|물은|asker|작성자",
    "question": r"질문|question|궁금|^q$",
    "answer": r"답|answer|해결|^a$",
    "paper": r"논문|paper",
    "number": r"번호|^no\.?$|^#$|순서",
    "name": r"이름|누가|누구|사람|^who$|^names?$",
}
"""What a column holds, by its title; of several that fit the first."""
_TABLE_HEAD = "표의 머리예요. 옮길 것이 없으면 두세요."
_CELL_END = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>")
_HEADING_NUMBER = re.compile(r"^\d{1,2}(?:[.)]|-\d+\))\s+")
_ONE_LINE = re.compile(
    r"(?P<asked>.*?[?？]['\"”’)]*)\s*(?:(?:-+>|=+>|→|⇒|[:：=])\s*|(?:A|답변?)\s?[:.)]\s+)(?P<said>.+)",
    re.DOTALL,
)
_ONE_LINE_ARROW = re.compile(
    r"(?P<asked>.*?(?:[가-힣](?:지|까|나|가|유|점|란|요)))\s+(?:-+>|=+>|→|⇒)\s*(?P<said>.+)",
    re.DOTALL,
)


@dataclass
class Item:
    """Lines with the label before them; ``gap`` says whether a blank line stands above.

    ``paper`` is what a table's row says of the paper; ``leftover`` (Korean) is why a row of a
    table, or a part of it, has no place. ``repeats`` are lines that quote an earlier line.
    """

    line: Line
    gap: bool
    label: Label | None
    parts: list[str]
    numbers: list[int]
    paper: str = ""
    leftover: str = ""
    repeats: list[int] = field(default_factory=list)

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

    @property
    def marker(self) -> str:
        """The list marker before it, or nothing."""
        return self.line.marker

    @property
    def indent(self) -> int:
        """The columns before it."""
        return self.line.indent

    def add(self, text: str, number: int, *, apart: bool) -> None:
        """Take one more line; ``apart`` says whether it begins a paragraph."""
        self.parts += ["", text] if apart and self.text else [text]
        self.numbers.append(number)

    def said(self) -> Said:
        """Return it as something that was said."""
        return Said(self.by, self.text, tuple(self.numbers))


def read(found: Iterable[Line], people: People) -> Iterator[Item]:
    """Yield the items of the lines ``found``, which are in order."""
    item: Item | None = None
    table: list[str] | None = None  # what its columns hold, a question perhaps
    gap, last = True, Kind.BLANK
    seen: set[str] = set()
    for line in map(_comment, found):
        if line.kind in (Kind.BLANK, Kind.RULE):
            if table and "question" not in table and line.text.startswith("|"):
                yield _row(line, False, "")
            gap = gap or not line.text.startswith("|")  # that one is below a table's header
            continue
        letters = "".join(filter(str.isalnum, line.text))
        apart = gap or (line.kind is Kind.CODE) is not (last is Kind.CODE)
        block = item and item.label and item.label.block and not labels.is_head(line.text)
        comment = item if block else None
        if comment and line.quoted and letters in seen:
            comment.repeats.append(line.number)
        elif comment:
            comment.add(_in_full(line), line.number, apart=apart)
        elif item and line.kind is not Kind.ROW and _goes_on(item, line, people, gap):
            item.add(line.text, line.number, apart=apart)
        else:
            if item:
                yield from _parted(item, people)
            item = _first(line, people, gap) if line.kind is not Kind.ROW else None
            if item:
                table = None
            elif gap or table is None:
                table = _columns(_cells(line))
                yield _row(line, gap, _TABLE_HEAD if "question" in table else "")
            else:
                yield from _asked_in(line, table, people)
        seen.add(letters)
        gap, last = False, line.kind
    if item:
        yield from _parted(item, people)


def _comment(line: Line) -> Line:
    """Return a comment's head that stands as a heading as a line of text."""
    if line.kind is Kind.HEADING and (label := labels.chat(line.text)) and label.block:
        return replace(line, kind=Kind.TEXT, level=0)
    return line


def _in_full(line: Line) -> str:
    return f"{line.marker} {line.text}" if line.marker else line.text


def _first(line: Line, people: People, gap: bool) -> Item:
    label = None
    if line.kind is not Kind.CODE:
        label = labels.parse(line.text, people, nested=line.indent > 0)
    text = label.rest if label and label.role is not Role.FACT else line.text
    if line.kind is Kind.HEADING:
        text = _HEADING_NUMBER.sub("", text)
    return Item(line, gap, label, [text] if text else [], [line.number])


def _parted(item: Item, people: People) -> Iterator[Item]:
    """Yield an item, or a question and its answer where one line has both."""
    answers = item.role in (Role.ANSWER, Role.FACT, Role.PASSAGE)
    split = () if answers or item.line.kind is Kind.CODE else (_ONE_LINE, _ONE_LINE_ARROW)
    for found in (pattern.fullmatch(item.text) for pattern in split):
        if not found or asks_clearly(found["said"]) or not _asks_of(found["asked"]):
            continue
        asked = replace(item, parts=[found["asked"].strip()])
        said = labels.parse(found["said"], people, nested=True)
        by, rest = (said.by, said.rest) if said and said.role is not Role.FACT else (None, "")
        label = Label(Role.ANSWER, by, rest or found["said"])
        at = replace(item.line, kind=Kind.TEXT, marker="", text=found["said"])
        yield asked
        yield Item(at, False, label, [label.rest], item.numbers)
        return
    yield item


def _asks_of(text: str) -> bool:
    """Whether the words before an arrow ask something."""
    return asks(text) or re.search(r"왜|무엇|어떻게|어떤|얼마|는지$|이유$", text) is not None


def _goes_on(item: Item, line: Line, people: People, gap: bool) -> bool:
    """Whether ``line`` is one more line of ``item``."""
    above = item.line
    if line.kind is Kind.CODE:
        return above.kind in (Kind.TEXT, Kind.CODE)
    if line.kind is not Kind.TEXT or above.kind is not Kind.TEXT:
        return False
    if line.marker or line.quoted != above.quoted:
        return False
    if labels.parse(line.text, people, nested=line.indent > 0):
        return False
    if is_picture(line.text) or is_picture(item.text) or is_interlude(line.text):
        return False
    wrapped = bool(above.marker) and line.indent > above.indent
    # What follows a question and is not wrapped below its list marker is its answer.
    asked = item.text.rstrip().endswith(("?", "？")) and not item.label
    return wrapped or not (gap or asked)


def _asked_in(line: Line, titles: Sequence[str], people: People) -> Iterator[Item]:
    """Yield the question and the answers of a table's row below columns that hold ``titles``.

    A row of a table that asks nothing stays as it is.
    """
    cells = _cells(line)
    columns = [
        _whose(titles[:at]) if not name and people.knows(cell) else name
        for at, (name, cell) in enumerate(zip(titles, cells, strict=False))
    ]
    row = dict(zip(columns, cells, strict=False))
    question, passage = row.get("question", ""), row.get("passage", "")
    if not question and not passage:
        yield _row(line, False, "")
        return
    asker, answerer = (plain_name(row.get(who, "")) or None for who in ("asker", "answerer"))
    label = labels.parse(question, people)
    by, text = (label.by or asker, label.rest) if label else (asker, question)
    item = _cell(line, Label(Role.QUESTION, by, f"{passage}\n{text}".strip()))
    item.paper = row.get("paper", "")
    left = [cell for name, cell in zip(columns, cells, strict=False) if not name]
    if any(any(map(str.isalpha, cell)) for cell in (*left, *cells[len(titles) :])):
        item.leftover = "옮기지 못한 칸이 있어요. 손으로 옮겨 주세요."
    yield item
    for part in filter(None, map(str.strip, _BREAK.split(row.get("answer", "")))):
        plain = Label(Role.ANSWER, answerer, part)
        yield _cell(line, labels.speaker(part, people, nested=True) or plain)


def _cells(line: Line) -> list[str]:
    return [cell.strip() for cell in _CELL_END.split(line.text.strip().strip("|"))]


def _columns(titles: Iterable[str]) -> list[str]:
    """Return what each column holds by its title; empty where the title does not say."""
    found: list[str] = []
    for title in map(str.lower, titles):
        column = next((name for name, said in _COLUMNS.items() if re.search(said, title)), "")
        found.append(_whose(found) if column == "name" else column)
    return found


def _whose(before: Sequence[str]) -> str:
    """Return whose names a column holds by those to its left: who gave the answers, or asked."""
    return "answerer" if before[-1:] == ["answer"] else "asker"


def _cell(line: Line, label: Label) -> Item:
    at = Line(line.number, line.raw, Kind.TEXT, label.rest)
    return Item(at, False, label, [label.rest], [line.number])


def _row(line: Line, gap: bool, leftover: str) -> Item:
    return Item(line, gap, None, [line.text], [line.number], leftover=leftover)
