"""Who asked and who answered: minutes as study groups really write them.

Nothing here knows the paper. What a line is follows from its form, its label and what stands
before it; where that is not enough, the reading says so in a ``doubt``, and a person decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from papernotes.minutes import labels, lines
from papernotes.minutes.labels import PERSON, Label, People, Role
from papernotes.minutes.lines import Kind, Line
from papernotes.minutes.vocabulary import ABOUT_PAPERS


@dataclass(frozen=True)
class Said:
    """What one member said; ``by`` is None where nobody is named. ``doubt`` is Korean."""

    by: str | None
    text: str
    lines: tuple[int, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Topic:
    """A question, the passage that it is about still in it, and what was answered.

    ``deferred`` are lines that leave it to the mentor and say nothing else; ``pictures`` are
    the lines of pictures. ``paper`` is what a table's row says of the paper.
    """

    question: Said
    answers: tuple[Said, ...] = ()
    deferred: tuple[Said, ...] = ()
    pictures: tuple[int, ...] = ()
    paper: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading, which may name the paper that follows."""

    text: str
    line: int


@dataclass(frozen=True)
class Remark:
    """A line that is neither question nor answer: a date, what else was talked about."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Leftover:
    """Lines that have no place in a draft; ``reason`` is Korean and says what to do."""

    code: str
    lines: tuple[int, ...]
    reason: str


PICTURE = "PN701"
NO_PLACE = "PN702"
MISSING = "PN703"

PICTURE_REASON = "그림은 옮기지 못했어요. 볼 수 있으면 docs/assets/에 넣고 노트에서 보여 주세요."


Entry = Heading | Topic | Remark


@dataclass(frozen=True)
class Minutes:
    """The minutes of one meeting; ``participants`` are the names under 참석자."""

    participants: tuple[str, ...]
    participant_lines: tuple[int, ...]
    entries: tuple[Entry, ...]
    leftovers: tuple[Leftover, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The questions, in order."""
        return tuple(entry for entry in self.entries if isinstance(entry, Topic))

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who is named as asking or answering, each once, in order."""
        said = [each for topic in self.topics for each in (topic.question, *topic.answers)]
        return tuple(dict.fromkeys(each.by for each in said if each.by))


_PICTURE = re.compile(
    r"(?:!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>|\s|\[(?:사진|이미지|그림)\])+|사진|이모티콘"
)
_PARTICIPANTS = re.compile(
    r"(?:참석자?|참여자?|참가자?|출석자?|멤버|팀원|participants?|attendees?|members?)"
    r"(?:\s?(?:명단|목록|인원))?\s*(?:\([^)]*\))?\s*(?:[:：-]\s*(?P<rest>.*))?",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]|(?:인가|는가|은가|나|까|까요|가요|나요|지요|죠|래요)[.~!]*$"
    r"|무엇|무슨|어떻게|어째서|왜\b|차이|이해가|궁금|의미|모르겠|헷갈|설명 부탁|알려 ?주"
)
_GUESSES = re.compile(r"[?？~.\s]*[?？][~.\s]*$|모르겠[^.]*$")
_NO_ANSWER = re.compile(
    r"(?:답(?:변)? ?)?(?:없음|없다|미정|미해결|보류|모름|\?|-|x)[.!]*", re.IGNORECASE
)
_NAME_ALONE = re.compile(r"[A-Za-z][\w+-]*|[<\[【「]\s*[A-Za-z][\w+ -]*[>\]】」]")
_MENTOR = re.compile(r"멘토|조교|교수|강사|튜터")
_DEFERS = re.compile(
    r"(?:물어|여쭤|여쭈|질문|문의)\s?"
    r"(?:보겠|볼게|보기로|봐야|볼 것|볼 예정|하기로|하겠|할게|할 예정|드리겠|드리기로)"
)
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_SHORT_REMARK = 40
_PASSAGE_WORDS = 5


def read(text: str, papers: Sequence[str] = ()) -> Minutes:
    """Read the minutes ``text``, whose line ends are those of Unix.

    ``papers`` are names by which the minutes may call the papers.
    """
    found = tuple(lines.read(text))
    names = {name.casefold() for name in papers}
    participants, taken = _participants(found, names)
    chatting = [label.by or "" for line in found if (label := labels.chat(line.text))]
    people = People.of(participants, chatting)
    reader = _Reader(people, names)
    for item in _items([line for line in found if line.number not in taken], people):
        reader.take(item)
    wordless = tuple(line.number for line in found if line.kind is Kind.RULE)
    leftovers = list(reader.leftovers)
    if wordless:
        leftovers.append(
            Leftover(NO_PLACE, wordless, "글자가 없는 줄이에요. 옮길 것이 없으면 두세요.")
        )
    return Minutes(
        tuple(participants), tuple(sorted(taken)), tuple(reader.entries()), tuple(leftovers)
    )


def is_passage(text: str) -> bool:
    """Whether ``text`` is English alone, as a sentence of a paper is."""
    return len(_ENGLISH.findall(text)) >= _PASSAGE_WORDS and not _HANGUL.search(text)


def has_passage(text: str) -> bool:
    """Whether there is a run of English in ``text`` that may be a sentence of a paper."""
    return any(is_passage(part) for part in re.split("[\uac00-\ud7a3]+", text))


def defers(text: str) -> bool:
    """Whether ``text`` leaves the question to the mentor."""
    return bool(_MENTOR.search(text) and _DEFERS.search(text))


def guesses(text: str) -> bool:
    """Whether ``text`` ends as a question or says that its speaker does not know."""
    return bool(_GUESSES.search(text))


def _participants(found: Sequence[Line], papers: set[str]) -> tuple[list[str], set[int]]:
    """Return the names under 참석자 or behind it, and the lines on which they stand."""
    names: list[str] = []
    taken: set[int] = set()
    inside = False
    for line in found:
        if line.kind is Kind.BLANK:
            inside = inside and not names
            continue
        head = _PARTICIPANTS.fullmatch(re.sub(r"[*_`]", "", line.text).strip())
        listed = _names(head["rest"] or "" if head else line.text)
        if head and (listed or not (head["rest"] or "").strip()):
            inside = True
            names += listed
            taken.add(line.number)
        elif inside and listed and line.kind is Kind.TEXT and line.text.casefold() not in papers:
            names += listed
            taken.add(line.number)
        else:
            inside = False
    return list(dict.fromkeys(names)), taken


def _names(text: str) -> list[str]:
    """Return the names in a list of names; nothing where it is something else."""
    text = re.sub(r"\([^)]*\)|[(（]?총?\s?\d+\s?명[)）]?|[*_`]", " ", text)
    parts = [part for part in re.split(r"[,،、·/;&|\s]+", text) if part]
    names = [re.sub(r"(?<=..)(?:님|씨)$", "", part.lstrip("@")) for part in parts]
    return names if all(PERSON.fullmatch(name) for name in names) else []


@dataclass
class _Item:
    """Lines that belong together, with the label before them."""

    line: Line
    gap: bool
    label: Label | None
    parts: list[str]
    numbers: list[int]

    @property
    def text(self) -> str:
        return "\n".join(self.parts).strip("\n")

    @property
    def by(self) -> str | None:
        return self.label.by if self.label else None

    @property
    def role(self) -> Role | None:
        return self.label.role if self.label else None

    def said(self, doubt: str = "") -> Said:
        return Said(self.by, self.text, tuple(self.numbers), doubt)


def _items(found: Iterable[Line], people: People) -> Iterator[_Item]:
    item: _Item | None = None
    gap = True
    for line in found:
        if line.kind in (Kind.BLANK, Kind.RULE):
            gap = gap or not line.text.startswith("|")  # that one is below a table's header
            continue
        label = labels.parse(line.text, people) if line.kind in (Kind.TEXT, Kind.HEADING) else None
        if item and _goes_on(item, line, label, gap):
            if gap and item.text:
                item.parts.append("")
            item.parts.append(line.text)
            item.numbers.append(line.number)
        else:
            if item:
                yield item
            text = label.rest if label and label.role is not Role.FACT else line.text
            item = _Item(line, gap, label, [text] if text else [], [line.number])
        gap = False
    if item:
        yield item


def _goes_on(item: _Item, line: Line, label: Label | None, gap: bool) -> bool:
    """Whether ``line`` is one more line of ``item``."""
    above = item.line
    if line.kind is Kind.CODE:
        return above.kind in (Kind.TEXT, Kind.CODE)
    if line.kind is not Kind.TEXT or above.kind is not Kind.TEXT:
        return False
    if label or line.marker or line.quoted != above.quoted or _is_picture(line.text):
        return False
    if _is_picture(item.text):
        return False
    if gap:
        return bool(above.marker) and line.indent > above.indent
    ended = not above.marker and not item.label and item.text.rstrip().endswith(("?", "？"))
    return not ended


def _is_picture(text: str) -> bool:
    return bool(text.strip()) and _PICTURE.fullmatch(text.strip()) is not None


@dataclass
class _Open:
    """A topic being read."""

    first: _Item
    question: list[_Item]
    answers: list[Said] = field(default_factory=list)
    deferred: list[Said] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    loose: list[_Item] = field(default_factory=list)
    paper: str = ""
    labelled: bool = False
    has_siblings: bool = False
    answer_indent: int = 0

    @property
    def indent(self) -> int:
        return self.first.line.indent

    def is_sibling(self, item: _Item) -> bool:
        """Whether an item stands as the question does: same list marker, same indent."""
        line, other = self.first.line, item.line
        return bool(line.marker) and (line.marker, line.indent) == (other.marker, other.indent)

    @property
    def text(self) -> str:
        return "\n".join(item.text for item in self.question)

    def closed(self) -> Iterator[Entry]:
        """Yield the topic, or remarks where it turns out to ask nothing."""
        asks = self.labelled or _ASKS.search(self.text) or has_passage(self.text)
        if not asks:
            for item in (*self.question, *self.loose):
                yield Remark(item.line.text if item.label else item.text, tuple(item.numbers))
            return
        numbers = tuple(number for item in self.question for number in item.numbers)
        by = next((item.by for item in self.question if item.by), None)
        yield Topic(
            Said(by, self.text, numbers),
            tuple(self.answers),
            tuple(self.deferred),
            tuple(self.pictures),
            self.paper,
        )


def _with_list_item(said: Said, item: _Item) -> Said:
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

    def __init__(self, people: People, papers: set[str]) -> None:
        self.people = people
        self.papers = papers
        self.leftovers: list[Leftover] = []
        self._entries: list[Entry] = []
        self._topic: _Open | None = None
        self._columns: list[str] = []

    def entries(self) -> list[Entry]:
        """Close what is open, and return all."""
        self._close()
        return self._entries

    def take(self, item: _Item) -> None:
        """Take the next item."""
        if item.line.kind is not Kind.ROW or item.gap:
            self._columns = []
        if item.line.kind is Kind.ROW:
            self._row(item)
        elif item.line.kind is Kind.HEADING and not self._is_question_heading(item):
            self._close()
            self._entries.append(Heading(item.line.text, item.line.number))
        elif _is_picture(item.text):
            self.leftovers.append(Leftover(PICTURE, tuple(item.numbers), PICTURE_REASON))
            if self._topic:
                self._topic.pictures += item.numbers
        elif item.role is Role.FACT:
            self._close()
            self._entries.append(Remark(item.line.text, tuple(item.numbers)))
        elif self._is_title(item):
            self._close()
            self._entries.append(Heading(item.text.strip("<>[]【】*_#: "), item.line.number))
        else:
            self._talk(item)

    def _close(self) -> None:
        if self._topic:
            self._entries += self._topic.closed()
        self._topic = None

    def _open(self, item: _Item) -> None:
        self._close()
        self._topic = _Open(item, [item])
        self._topic.labelled = item.role in (Role.QUESTION, Role.PASSAGE)

    def _is_question_heading(self, item: _Item) -> bool:
        if item.role is Role.QUESTION or "?" in item.text:
            return True
        return has_passage(item.text) and _HANGUL.search(item.text) is not None

    def _is_title(self, item: _Item) -> bool:
        """Whether a line of text is a heading: it has the paper's name and hardly more."""
        if item.label or len(item.numbers) > 1 or len(item.text) > _SHORT_REMARK:
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

    def _talk(self, item: _Item) -> None:
        topic = self._topic
        if item.role in (Role.QUESTION, Role.PASSAGE):
            if topic and self._waits(topic) and (item.role is Role.QUESTION):
                topic.question.append(item)
                topic.labelled = True
            else:
                self._open(item)
        elif topic is None:
            marked = item.line.marker and not item.label
            if item.role is not Role.ANSWER and (marked or self._asks(item)):
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

    def _asks(self, item: _Item) -> bool:
        """Whether a line without a list marker asks about a paper, which has English in it."""
        asks = _ASKS.search(item.text) and _ENGLISH.search(item.text)
        return bool(asks) or has_passage(item.text)

    def _remark(self, item: _Item) -> None:
        text = "\n".join([item.line.text, *item.parts[1:]]) if item.label else item.text
        self._entries.append(Remark(text, tuple(item.numbers)))

    def _labelled(self, topic: _Open, item: _Item) -> None:
        if item.role is None:
            if self._waits(topic) and _ASKS.search(item.text):
                topic.question.append(item)
                return
            fresh = has_passage(item.text) and (is_passage(item.text) or _ASKS.search(item.text))
            if fresh or (
                item.gap and topic.answers and guesses(item.text) and not item.line.indent
            ):
                self._open(item)
                return
        self._answer(topic, item)

    def _answer(self, topic: _Open, item: _Item, doubt: str = "") -> None:
        topic.labelled = topic.labelled or bool(item.label)
        topic.has_siblings = topic.has_siblings or topic.is_sibling(item)
        topic.answer_indent = item.line.indent
        if not item.text:  # "답변:" with the answers below it
            topic.answers.append(item.said())
        elif _NO_ANSWER.fullmatch(item.text):
            self.leftovers.append(
                Leftover(
                    NO_PLACE, tuple(item.numbers), "답이 없다는 줄이에요. 옮길 것이 없으면 두세요."
                )
            )
        elif defers(item.text) and len(item.text) <= _SHORT_REMARK:
            topic.deferred.append(item.said())
        else:
            topic.answers.append(item.said(doubt))

    def _unlabelled(self, topic: _Open, item: _Item) -> None:
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
            topic.answers[-1] = _with_list_item(last, item)
        elif item.gap and not item.line.marker and not nested and (last or topic.deferred):
            self._close()
            self._remark(item)
        else:
            topic.loose.append(item)
            self._answer(topic, item, _NAMELESS)

    def _gives_passage(self, topic: _Open, item: _Item) -> bool:
        """Whether an item is the passage below a question that stands in a heading."""
        below = topic.first.line.kind is Kind.HEADING or item.line.quoted
        missing = not topic.answers and not has_passage(topic.text)
        return below and missing and is_passage(item.text)

    def _is_new(self, topic: _Open, item: _Item) -> bool:
        """Whether an item asks the next question."""
        if item.gap and (item.line.marker or self._asks(item)):
            return True
        if is_passage(item.text) or (has_passage(item.text) and _ASKS.search(item.text)):
            return True
        first = topic.first.line
        if first.indent != item.line.indent or not first.marker:
            return False
        if first.marker[0].isdigit() and item.line.marker[:1].isdigit():
            return True
        if topic.has_siblings or not topic.is_sibling(item):
            return False
        return bool(topic.answers or topic.deferred or _ASKS.search(item.text))

    def _row(self, item: _Item) -> None:
        """Take a row of a table whose header says which column asks and which answers."""
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", item.text.strip().strip("|"))]
        if not self._columns:
            self._close()
            self._columns = [_column(cell) for cell in cells]
            self.leftovers.append(
                Leftover(NO_PLACE, tuple(item.numbers), "표의 머리예요. 옮길 것이 없으면 두세요.")
            )
            return
        row = dict(zip(self._columns, cells, strict=False))
        question = row.get("question", "")
        passage = row.get("passage", "")
        if not question and not passage:
            self.leftovers.append(
                Leftover(
                    NO_PLACE,
                    tuple(item.numbers),
                    "표에서 질문을 찾지 못했어요. 손으로 옮겨 주세요.",
                )
            )
            return
        asked = labels.parse(question, self.people)
        text = asked.rest if asked and asked.role is not Role.FACT else question
        line = Line(item.line.number, item.line.raw, Kind.TEXT, text)
        label = Label(Role.QUESTION, asked.by if asked else row.get("asker") or None, text)
        joined = "\n".join(part for part in (passage, text) if part)
        self._open(_Item(line, True, label, [joined], list(item.numbers)))
        topic = self._topic
        if topic is None:
            return
        topic.paper = row.get("paper", "")
        by = row.get("answerer") or None
        for part in re.split(r"<br\s*/?>", row.get("answer", "")):
            part = part.strip()
            if not part:
                continue
            label_ = labels.parse(part, self.people) or Label(Role.ANSWER, by, part)
            at = Line(item.line.number, item.line.raw, Kind.TEXT, part)
            self._answer(topic, _Item(at, False, label_, [label_.rest], list(item.numbers)))
        left = [cell for name, cell in zip(self._columns, cells, strict=False) if not name]
        left += cells[len(self._columns) :]
        if any(_HANGUL.search(cell) or _ENGLISH.search(cell) for cell in left):
            self.leftovers.append(
                Leftover(
                    NO_PLACE, tuple(item.numbers), "옮기지 못한 칸이 있어요. 손으로 옮겨 주세요."
                )
            )


_COLUMNS = {
    "passage": r"원문|구절|인용|문장|passage|quote|sentence",
    "answerer": r"답변자|답한|answered|answerer|담당",
    "asker": r"질문자|물은|asker|작성자|이름",
    "question": r"질문|question|궁금|^q$",
    "answer": r"답|answer|해결|^a$",
    "paper": r"논문|paper",
    "number": r"번호|^no\.?$|^#$|순서",
}


def _column(title: str) -> str:
    for name, pattern in _COLUMNS.items():
        if re.search(pattern, title.strip().lower()):
            return name
    return ""
