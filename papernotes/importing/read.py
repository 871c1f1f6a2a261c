"""Who asked and who answered: minutes as study groups really write them.

Nothing here knows the paper. What a line is follows from its form, its label and what stands
before it; where that is not enough, the reading says so in a ``doubt``, and a person decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from papernotes.importing import items, labels, lines
from papernotes.importing.items import Item
from papernotes.importing.labels import Role
from papernotes.importing.lines import Kind
from papernotes.importing.model import (
    NO_PLACE,
    PICTURE,
    PICTURE_REASON,
    Entry,
    Heading,
    Leftover,
    Minutes,
    Remark,
    Said,
    Topic,
)
from papernotes.importing.people import People, participants
from papernotes.importing.vocabulary import ABOUT_PAPERS
from papernotes.importing.wording import (
    asks,
    asks_about_paper,
    defers,
    guesses,
    has_hangul,
    has_passage,
    is_no_answer,
    is_passage,
    is_picture,
)

_NAME_ALONE = re.compile(r"[A-Za-z][\w+-]*|[<\[【「]\s*[A-Za-z][\w+ -]*[>\]】」]")
_SHORT = 40
"""Characters up to which a line can be a heading, or leave a question to the mentor and no more."""


def read(text: str, papers: Sequence[str] = ()) -> Minutes:
    """Read the minutes ``text``, whose line ends are those of Unix.

    ``papers`` are names by which the minutes may call the papers.
    """
    found = tuple(lines.read(text))
    names = {name.casefold() for name in papers}
    present, taken = participants(found, names)
    chatting = [label.by or "" for line in found if (label := labels.chat(line.text))]
    people = People.of(present, chatting)
    reader = _Reader(names)
    for item in items.read([line for line in found if line.number not in taken], people):
        reader.take(item)
    if wordless := tuple(line.number for line in found if line.kind is Kind.RULE):
        reader.leave(wordless, "글자가 없는 줄이에요. 옮길 것이 없으면 두세요.")
    entries = tuple(reader.entries())
    return Minutes(tuple(present), tuple(sorted(taken)), entries, tuple(reader.leftovers))


@dataclass
class _Open:
    """A topic being read."""

    first: Item
    question: list[Item]
    answers: list[Said] = field(default_factory=list)
    deferred: list[Said] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    loose: list[Item] = field(default_factory=list)
    paper: str = ""
    labelled: bool = False
    has_siblings: bool = False
    answer_indent: int = 0

    @property
    def indent(self) -> int:
        return self.first.line.indent

    def is_sibling(self, item: Item) -> bool:
        """Whether an item stands as the question does: same list marker, same indent."""
        line, other = self.first.line, item.line
        return bool(line.marker) and (line.marker, line.indent) == (other.marker, other.indent)

    @property
    def text(self) -> str:
        return "\n".join(item.text for item in self.question)

    def closed(self) -> Iterator[Entry]:
        """Yield the topic, or remarks where it turns out to ask nothing."""
        if not (self.labelled or asks(self.text) or has_passage(self.text)):
            for item in (*self.question, *self.loose):
                yield Remark(item.whole, tuple(item.numbers))
            return
        numbers = tuple(number for item in self.question for number in item.numbers)
        # One may have pasted the sentence, and another asked about it.
        by = ", ".join(dict.fromkeys(item.by for item in self.question if item.by)) or None
        yield Topic(
            Said(by, self.text, numbers),
            tuple(self.answers),
            tuple(self.deferred),
            tuple(self.pictures),
            self.paper,
        )


def _with_list_item(said: Said, item: Item) -> Said:
    """Return what was said with a list item below it."""
    marker = item.line.marker if item.line.marker[0].isdigit() else "-"
    last = said.text.rpartition("\n")[2]
    gap = "\n" if re.match(r"(?:-|\d+[.)]) ", last) else "\n\n"
    text = f"{said.text}{gap}{marker} {item.text}"
    return Said(said.by, text, (*said.lines, *item.numbers), said.doubt)


_NAMELESS = "누구의 말인지 회의록에 없어요. 앞사람의 말이 이어진 것인지 보아 주세요."
_AGAIN = "다시 묻는 말 같아요. 따로 다룰 질문이면 새 구절로 나눠 주세요."


class _Reader:
    """Puts items into topics, one after the other."""

    def __init__(self, papers: set[str]) -> None:
        self.papers = papers
        self.leftovers: list[Leftover] = []
        self._entries: list[Entry] = []
        self._topic: _Open | None = None

    def entries(self) -> list[Entry]:
        """Close what is open, and return all."""
        self._close()
        return self._entries

    def take(self, item: Item) -> None:
        """Take the next item."""
        if item.leftover:
            self.leave(tuple(item.numbers), item.leftover)
        if item.line.kind is Kind.ROW:
            self._close()
        elif item.line.kind is Kind.HEADING and not self._is_question_heading(item):
            self._close()
            self._entries.append(Heading(item.line.text, item.line.number))
        elif is_picture(item.text):
            self.leftovers.append(Leftover(PICTURE, tuple(item.numbers), PICTURE_REASON))
            if self._topic:
                self._topic.pictures += item.numbers
        elif item.role is Role.FACT:
            self._close()
            self._remark(item)
        elif self._is_title(item):
            self._close()
            self._entries.append(Heading(item.text.strip("<>[]【】*_#: "), item.line.number))
        else:
            self._talk(item)

    def leave(self, numbers: tuple[int, ...], reason: str) -> None:
        """Tell of lines that have no place."""
        self.leftovers.append(Leftover(NO_PLACE, numbers, reason))

    def _close(self) -> None:
        if self._topic:
            self._entries += self._topic.closed()
        self._topic = None

    def _open(self, item: Item) -> None:
        self._close()
        labelled = item.role in (Role.QUESTION, Role.PASSAGE)
        self._topic = _Open(item, [item], paper=item.paper, labelled=labelled)

    def _is_question_heading(self, item: Item) -> bool:
        if item.role is Role.QUESTION or "?" in item.text:
            return True
        return has_passage(item.text) and has_hangul(item.text)

    def _is_title(self, item: Item) -> bool:
        """Whether a line of text is a heading: it has the paper's name and hardly more."""
        if item.label or len(item.numbers) > 1 or len(item.text) > _SHORT:
            return False
        if item.gap and _NAME_ALONE.fullmatch(item.text) and not item.line.marker:
            return True
        text = re.sub(r"[*_`\[\]【】<>#:]", " ", item.text).casefold()
        named = "논문" in text or "paper" in text
        for name in sorted(self.papers, key=len, reverse=True):
            if name in text:
                text, named = text.replace(name, " "), True
        rest = re.findall(r"[a-z][\w+-]*|[가-힣]+", text)
        rest = [word for word in rest if word not in ABOUT_PAPERS]
        unknown = item.line.quoted or (item.gap and not item.line.marker)
        return named and len(rest) <= (1 if unknown else 0)

    def _talk(self, item: Item) -> None:
        topic = self._topic
        if item.role in (Role.QUESTION, Role.PASSAGE):
            if topic and self._waits(topic) and (item.role is Role.QUESTION):
                topic.question.append(item)
                topic.labelled = True
            else:
                self._open(item)
        elif topic is None:
            marked = item.line.marker and not item.label
            if item.role is not Role.ANSWER and (marked or asks_about_paper(item.text)):
                self._open(item)
            else:
                self._remark(item)
        elif item.label:
            self._labelled(topic, item)
        else:
            self._unlabelled(topic, item)

    def _waits(self, topic: _Open) -> bool:
        """Whether a topic has a passage and no question yet."""
        if topic.answers or any(item.role is Role.QUESTION for item in topic.question):
            return False
        return topic.first.role is Role.PASSAGE or is_passage(topic.text)

    def _remark(self, item: Item) -> None:
        self._entries.append(Remark(item.whole, tuple(item.numbers)))

    def _labelled(self, topic: _Open, item: Item) -> None:
        if item.role is None:
            if self._waits(topic) and asks(item.text):
                topic.question.append(item)
                return
            fresh = has_passage(item.text) and (is_passage(item.text) or asks(item.text))
            if fresh or (
                item.gap and topic.answers and guesses(item.text) and not item.line.indent
            ):
                self._open(item)
                return
        again = topic.answers and item.by == topic.first.by is not None and guesses(item.text)
        self._answer(topic, item, _AGAIN if again else "")

    def _answer(self, topic: _Open, item: Item, doubt: str = "") -> None:
        topic.labelled = topic.labelled or bool(item.label)
        topic.has_siblings = topic.has_siblings or topic.is_sibling(item)
        topic.answer_indent = item.line.indent
        if not item.text:  # "답변:" with the answers below it
            topic.answers.append(item.said())
        elif is_no_answer(item.text):
            self.leave(tuple(item.numbers), "답이 없다는 줄이에요. 옮길 것이 없으면 두세요.")
        elif defers(item.text) and len(item.text) <= _SHORT:
            topic.deferred.append(item.said())
        else:
            topic.answers.append(item.said(doubt))

    def _unlabelled(self, topic: _Open, item: Item) -> None:
        last = topic.answers[-1] if topic.answers else None
        nested = item.line.indent > topic.indent
        completes = self._waits(topic) and not is_passage(item.text)
        if completes or self._gives_passage(topic, item):
            topic.question.append(item)
        elif last and not last.text and not item.gap:  # "재영:" with what he said below it
            topic.answers[-1] = Said(last.by, item.text, (*last.lines, *item.numbers), last.doubt)
        elif not nested and self._is_new(topic, item):
            self._open(item)
        elif last and item.line.marker and item.line.indent > topic.answer_indent:
            topic.loose.append(item)
            topic.answers[-1] = _with_list_item(last, item)
        elif item.gap and not item.line.marker and not nested and (last or topic.deferred):
            self._close()
            self._remark(item)
        else:
            topic.loose.append(item)
            self._answer(topic, item, _NAMELESS)

    def _gives_passage(self, topic: _Open, item: Item) -> bool:
        """Whether an item is the passage below a question that stands in a heading."""
        below = topic.first.line.kind is Kind.HEADING or item.line.quoted
        missing = not topic.answers and not has_passage(topic.text)
        return below and missing and is_passage(item.text)

    def _is_new(self, topic: _Open, item: Item) -> bool:
        """Whether an item asks the next question."""
        if item.gap and (item.line.marker or asks_about_paper(item.text)):
            return True
        if is_passage(item.text) or (has_passage(item.text) and asks(item.text)):
            return True
        first = topic.first.line
        if first.indent != item.line.indent or not first.marker:
            return False
        if first.marker[0].isdigit() and item.line.marker[:1].isdigit():
            return True
        if topic.has_siblings or not topic.is_sibling(item):
            return False
        return bool(topic.answers or topic.deferred or asks(item.text))
