"""Who asked and who answered: minutes as study groups really write them.

What a line is follows from its form, its label and what stands around it. A topic is opened
only where something is asked; what could be a question and does not say so stays a remark, with
the letters that would make it one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from papernotes.importing import items, labels, lines
from papernotes.importing.items import Item
from papernotes.importing.labels import Role
from papernotes.importing.lines import Kind
from papernotes.importing.model import (
    NO_PLACE,
    PICTURE,
    PICTURE_REASON,
    About,
    Entry,
    Heading,
    Leftover,
    Minutes,
    Remark,
    Said,
    Subject,
    Topic,
)
from papernotes.importing.people import People, out_of_brackets, participants
from papernotes.importing.sections import ITEM_LEVEL, TITLE_LEVEL, Sections, tagged
from papernotes.importing.vocabulary import ABOUT_PAPERS, ASKING, TEMPLATES
from papernotes.importing.wording import (
    asks,
    asks_clearly,
    guesses,
    has_hangul,
    has_passage,
    is_chore,
    is_no_answer,
    is_passage,
    is_picture,
    is_record,
    is_title,
    may_ask,
    only_defers,
)

_NAME_ALONE = re.compile(r"[A-Za-z][\w+-]*|[<\[【「]\s*[A-Za-z][\w+ -]*[>\]】」]")
_BOLD_ALONE = re.compile(
    r"(\*\*|__)(?P<text>[^*_]+)\1[\s:：]*|[<\[【「](?P<inner>[^<>\[\]]+)[>\]】」]"
)
_ASKED = re.compile(r"[?？][\s\"'”’)\]*_.~!]*$")
_SENTENCE_END = re.compile(r"(?:[다요죠음임함]|[.!,;])[.!~)\s]*$")
_NAME_ONLY = re.compile(r"\S{1,10}\s*[:：]")
_ARROWS = ("→", "⇒", "->", "=>", "ㄴ", "└", "↳")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_THANKS = re.compile(
    r"(?:넵|네|아하?|오)?[\s,!.]*(?:감사|고맙|확인했|이해했|그렇군|해결|thanks|thank you|got it)"
    r".{0,20}",
    re.IGNORECASE,
)
_SHORT = 40
"""Characters up to which a line can be a heading, or leave a question to the mentor and no more."""
_SHORT_TITLE = 24

NAMELESS_DOUBT = "누구의 말인지 회의록에 없어요. 앞사람의 말이 이어진 것인지 보아 주세요."
_AGAIN = "다시 묻는 말 같아요. 따로 다룰 질문이면 새 구절로 나눠 주세요."
UNSURE_NAME = "사람의 이름인지 회의록에 없어요. 아니면 이름을 지우고 본문에 붙여 주세요."
MAYBE = "질문이면 앞에 `Q. `"
_QUOTED_ONLY = (
    "원문만 있고 물은 것이 없어요. 물은 것이 있으면 바로 아래에 `Q. `와 함께 적어 주세요."
)

Known = Callable[[str], bool]
"""Says whether some English words are a paper's own."""


def read(text: str, papers: Sequence[str] = (), known: Known = is_passage) -> Minutes:
    """Read the minutes ``text``, whose line ends are those of Unix.

    ``papers`` are names by which the minutes may call the papers; ``known`` tells the papers'
    sentences from other English.
    """
    found = tuple(out_of_brackets(lines.read(text)))
    names = {name.casefold() for name in papers}
    present, taken = participants(found, names)
    chatting = [label.by or "" for line in found if (label := labels.chat(line.text))]
    people = People.of(present, chatting, found)
    rest = [line for line in found if line.number not in taken]
    reader = _Reader(tuple(items.read(rest, people)), names, known)
    entries = tuple(reader.read())
    placed = {number for item in reader.items for number in item.numbers}
    wordless = [n.number for n in rest if n.kind is Kind.RULE and n.number not in placed]
    if wordless:
        reader.leave(tuple(wordless), "글자가 없는 줄이에요. 옮길 것이 없으면 두세요.")
    return Minutes(tuple(present), tuple(sorted(taken)), entries, tuple(reader.leftovers))


@dataclass
class _Answer:
    """What one member said, piece by piece: a sentence, then the list below it."""

    pieces: list[Item]
    doubt: str = ""

    @property
    def by(self) -> str | None:
        return self.pieces[0].by

    @property
    def indent(self) -> int:
        return self.pieces[0].indent

    @property
    def is_empty(self) -> bool:
        """Whether it is a label alone, with what was said below it."""
        return not any(piece.text for piece in self.pieces)

    def said(self) -> Said:
        numbers = tuple(dict.fromkeys(n for piece in self.pieces for n in piece.numbers))
        pieces = [piece for piece in self.pieces if piece.text]
        return Said(self.by, _joined(pieces), numbers, self.doubt)


def _digits(marker: str) -> str:
    return marker.strip("().") if marker[:2].strip("(")[:1].isdigit() else ""


def _whole(piece: Item) -> str:
    return piece.whole if piece.role is Role.FACT else piece.text


def _joined(pieces: Sequence[Item]) -> str:
    """Return pieces as Markdown: what has list markers as a list, all else as paragraphs."""
    if len(pieces) < 2:
        return "".join(piece.text for piece in pieces)
    bullets = [bool(piece.marker) and not piece.label for piece in pieces]
    indents = [piece.indent for piece, bullet in zip(pieces, bullets, strict=True) if bullet]
    parts: list[str] = []
    in_list = False
    for piece, bullet in zip(pieces, bullets, strict=True):
        if bullet:
            depth = len({each for each in indents if each < piece.indent}) if in_list else 0
            sign = piece.marker if re.fullmatch(r"\d+[.)]", piece.marker) else "-"
            body = piece.text.replace("\n", "\n" + " " * 4 * (depth + 1))
            parts += ["\n" if in_list else "\n\n", " " * 4 * depth, f"{sign} {body}"]
        elif in_list and piece.role is Role.ANSWER:  # "=> …" below an item goes on with it
            parts.append("\n    " + piece.whole.replace("\n", "\n    "))
            continue
        else:
            row = piece.line.kind is Kind.ROW and parts and parts[-1].endswith("|")
            parts += ["\n" if row else "\n\n", _whole(piece)]
        in_list = bullet
    return "".join(parts).strip("\n")


@dataclass
class _Open:
    """A topic being read."""

    first: Item
    question: list[Item]
    subject: Subject
    answers: list[_Answer] = field(default_factory=list)
    deferred: list[Said] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    evidence: list[Said] = field(default_factory=list)
    paper: str = ""
    listed: bool = False
    """Whether the item above it in the list is a question as well."""

    @property
    def indent(self) -> int:
        return self.first.indent

    @property
    def heads(self) -> bool:
        """Whether its question is a heading, so that all below belongs to it."""
        return self.first.line.kind is Kind.HEADING

    @property
    def is_labelled(self) -> bool:
        """Whether its question is a paragraph with a label, so that what follows answers it."""
        return not self.first.marker and any(e.role is Role.QUESTION for e in self.question)

    @property
    def text(self) -> str:
        return "\n".join(item.text for item in self.question if item.text)

    @property
    def number(self) -> str:
        labels = (item.label.number for item in self.question if item.label)
        return next(filter(None, labels), _digits(self.first.marker))

    def is_peer(self, item: Item) -> bool:
        """Whether an item is marked and indented as the question is."""
        numbered = self.first.marker[:1].isalnum() and item.marker[:1].isalnum()
        same = numbered or self.first.marker == item.marker
        return bool(item.marker) and same and self.indent == item.indent

    def is_beside_asker(self, item: Item) -> bool:
        """Whether an item stands beside the one that asks, and all answers stand below that."""
        return (
            bool(item.marker and self.answers)
            and any(
                each.by and (each.marker, each.indent) == (item.marker, item.indent)
                for each in self.question
            )
            and all(answer.indent > item.indent for answer in self.answers)
        )

    @property
    def has_peers(self) -> bool:
        """Whether its answers stand beside it in the same list, not below it."""
        return any(self.is_peer(answer.pieces[0]) for answer in self.answers)

    def closed(self) -> Topic:
        numbers = tuple(number for item in self.question for number in item.numbers)
        # One may have pasted the sentence, and another asked about it.
        by = ", ".join(dict.fromkeys(item.by for item in self.question if item.by)) or None
        text, name = tagged(self.text)
        return Topic(
            Said(by, text, numbers),
            tuple(said for answer in self.answers if (said := answer.said())),
            tuple(self.deferred),
            tuple(self.pictures),
            tuple(self.evidence),
            name or self.paper,
            self.subject,
        )


class _Reader:
    """Puts items into topics, one after the other."""

    def __init__(self, found: Sequence[Item], papers: set[str], known: Known) -> None:
        self.items = found
        self.papers = papers
        self.known = known
        self.leftovers: list[Leftover] = []
        self.sections = Sections(papers)
        self.quotes_first = _quotes_first(found, self._is_quotation)
        self._entries: list[Entry | _Open] = []
        self._answering = False
        self._topic: _Open | None = None

    def read(self) -> Iterator[Entry]:
        """Take all items, and yield what they are."""
        for at, item in enumerate(self.items):
            if item.leftover:
                self.leave(tuple(item.numbers), item.leftover)
            if item.repeats:
                self.leave(tuple(item.repeats), "앞의 말을 다시 옮긴 줄이에요. 한 번만 옮겼어요.")
            self._take(item, self.items[at + 1] if at + 1 < len(self.items) else None, at)
        for entry in self._entries:
            if isinstance(entry, _Open) and not entry.text:
                for each in entry.question:
                    yield Remark(each.whole, tuple(each.numbers))
            elif isinstance(entry, _Open):
                yield from self._closed(entry)
            else:
                yield entry

    def leave(self, numbers: tuple[int, ...], reason: str) -> None:
        """Tell of lines that have no place."""
        self.leftovers.append(Leftover(NO_PLACE, numbers, reason))

    def _closed(self, topic: _Open) -> Iterator[Entry]:
        if self._waits(topic):
            for each in topic.question:
                yield Remark(each.whole, tuple(each.numbers), _QUOTED_ONLY)
            for answer in topic.answers:
                for piece in answer.pieces:
                    yield Remark(piece.whole, tuple(piece.numbers))
            for said in (*topic.deferred, *topic.evidence):
                yield Remark(said.text, said.lines)
        else:
            yield topic.closed()

    def _take(self, item: Item, below: Item | None, at: int) -> None:
        kind = item.line.kind
        if item.cut:
            self._topic = None
        if item.marker or (item.gap and kind is Kind.TEXT and not item.indent):
            self.sections.leave(ITEM_LEVEL + item.indent)
        if self._topic and self._is_owned(self._topic, item):
            self._unlabelled_answer(self._topic, item)
        elif kind is Kind.ROW:
            self._topic = None
            if not item.leftover:
                self._row(item)
        elif kind is Kind.HEADING:
            self._heading(item)
        elif is_picture(item.text):
            self.leftovers.append(Leftover(PICTURE, tuple(item.numbers), PICTURE_REASON))
            if self._topic:
                self._topic.pictures += item.numbers
        elif item.role is Role.FACT:
            self._topic = None
            self._remark(item)
        elif self._is_title(item, below):
            self._title(item, TITLE_LEVEL)
        elif self._is_list_heading(item, below):
            self._topic = None
            self.sections.enter(item.whole, ITEM_LEVEL + item.indent)
            self._remark(item)
        elif kind is Kind.CODE or is_record(item.text):
            self._keep(item)
        else:
            self._talk(item, below, at)

    def _is_owned(self, topic: _Open, item: Item) -> bool:
        """Whether an item goes on with an answer below a heading, whatever it is."""
        if item.line.kind is Kind.HEADING or item.leftover or is_picture(item.text):
            return False
        plain = item.line.kind is Kind.ROW or item.role is Role.FACT or not item.label
        answered = topic.heads and bool(topic.answers) and not topic.answers[-1].is_empty
        return plain and answered and not self._is_quotation(item) and not asks(item.text)

    def _heading(self, item: Item) -> None:
        topic = self._topic
        if item.role is Role.ANSWER and topic:
            self._labelled(topic, item)
        elif self._is_question_heading(item):
            self.sections.leave(item.line.level)
            self._open(item)
        else:
            self._title(item, item.line.level)
            if item.role is Role.PASSAGE and topic and item.line.level > topic.first.line.level:
                self._topic = topic  # "근거" below a question that is a heading

    def _title(self, item: Item, level: int) -> None:
        self._answering = item.role is Role.ANSWER
        below_question = item.role is Role.PASSAGE and self._topic
        if not below_question:
            self._topic = None
            self.sections.enter(item.line.text, level)
        text = item.line.text.strip("<>[]【】*_#: ") or item.line.text
        self._entries.append(Heading(text, item.line.number))

    def _open(self, item: Item) -> None:
        above = self._topic
        listed = above is not None and above.is_peer(item) and not above.has_peers
        subject = self.sections.current
        self._topic = _Open(item, [item], subject, paper=item.paper, listed=listed)
        self._entries.append(self._topic)

    def _remark(self, item: Item, doubt: str = "") -> None:
        text = item.whole
        if item.marker and text:
            text = "- " + text.replace("\n", "\n    ")
        self._entries.append(Remark(text, tuple(item.numbers), doubt))

    def _row(self, item: Item) -> None:
        """Keep a row of a table that asks nothing together with the rows above it."""
        last = self._entries[-1] if self._entries else None
        if isinstance(last, Remark) and last.text.endswith("|") and not item.gap:
            text = f"{last.text}\n{item.line.text}"
            self._entries[-1] = Remark(text, (*last.lines, *item.numbers))
        else:
            self._remark(item)

    def _keep(self, item: Item) -> None:
        """Keep code and links where they stand: below an answer, or on the session's page."""
        topic = self._topic
        if topic and topic.answers and (item.indent > topic.indent or topic.heads):
            topic.answers[-1].pieces.append(item)
        else:
            if item.gap and not item.indent:
                self._topic = None
            self._remark(item)

    def _is_question_heading(self, item: Item) -> bool:
        if item.role is Role.QUESTION:
            numbered = item.label is not None and item.label.number
            return bool(item.text or numbered)
        if is_record(item.text):
            return False
        if _ASKED.search(item.text):
            return not (is_chore(item.text) or TEMPLATES.search(item.text))
        return has_passage(item.text) and has_hangul(item.text) and self.known(item.text)

    def _is_title(self, item: Item, below: Item | None) -> bool:
        """Whether a line of text is a heading: it has the paper's name and hardly more."""
        text = item.line.text
        if len(item.numbers) > 1 or len(text) > _SHORT or asks(text):
            return False
        alone = bool(_BOLD_ALONE.fullmatch(text)) and not item.marker
        if item.label:
            unlabelled = item.role in (Role.QUESTION, Role.ANSWER, Role.PASSAGE) and not item.text
            heads = below is not None and (
                (below.role is item.role and item.role is not Role.PASSAGE)
                or (item.role is Role.QUESTION and bool(below.marker) and not item.marker)
                or (item.role is Role.ANSWER and self._answers_a_list(below))
            )
            says_who = item.by and below is not None and not below.marker  # "질문자: 가온"
            return unlabelled and (
                (heads and not says_who) or (alone and item.role is Role.PASSAGE)
            )
        if alone:
            return True
        if item.gap and _NAME_ALONE.fullmatch(text) and not item.marker:
            return True
        bare = re.sub(r"[*_`\[\]【】<>#:]", " ", text).casefold()
        named = "논문" in bare or "paper" in bare
        for name in sorted(self.papers, key=len, reverse=True):
            if name in bare:
                bare, named = bare.replace(name, " "), True
        rest = re.findall(r"[a-z][\w+-]*|[가-힣]+", bare)
        rest = [word for word in rest if word not in ABOUT_PAPERS]
        unknown = item.line.quoted or (item.gap and not item.marker)
        if named and len(rest) <= (1 if unknown else 0):
            return True
        if item.marker or not item.gap or _SENTENCE_END.search(text) or is_passage(text):
            return False
        if item.line.quoted:
            return below is None or below.gap or bool(below.marker)
        listed = below is not None and bool(below.marker) and not below.gap
        return len(text) <= _SHORT_TITLE and (listed or bool(ASKING.search(text)))

    def _answers_a_list(self, below: Item) -> bool:
        """Whether a numbered list below answers a numbered list of questions."""
        topic = self._topic
        return topic is not None and topic.listed and bool(topic.number and _digits(below.marker))

    def _is_list_heading(self, item: Item, below: Item | None) -> bool:
        """Whether an item asks nothing and has items below it."""
        if not item.marker or below is None or not below.marker or below.indent <= item.indent:
            return False
        if item.role is Role.QUESTION and not item.text:
            return True
        if item.label or self._is_quotation(item) or asks(item.text) or len(item.text) > 2 * _SHORT:
            return False
        if has_passage(item.text) and self.known(item.text):
            return False
        answered = below.by is not None or below.role is Role.ANSWER
        if answered and may_ask(item.text):
            return False
        topic = self._topic
        return not (topic and (topic.heads or item.indent > topic.indent))

    def _is_quotation(self, item: Item) -> bool:
        """Whether an item is words of the paper and no more."""
        if item.role in (Role.QUESTION, Role.ANSWER, Role.FACT) or item.by:
            return False
        if item.role is Role.PASSAGE:
            return bool(item.text)
        if not is_passage(item.text) or asks(item.text) or is_title(item.text):
            return False
        marked = item.line.quoted or re.match(r"\s*[\"“]", item.text) is not None
        return marked or self.known(item.text)

    def _waits(self, topic: _Open) -> bool:
        """Whether a topic has a passage and no question yet."""
        return all(self._is_quotation(item) or not item.text for item in topic.question)

    def _talk(self, item: Item, below: Item | None, at: int) -> None:
        topic = self._topic
        if item.role is Role.QUESTION or tagged(item.text)[1]:
            named_below = bool(item.by) and not (item.text or item.gap or item.marker)
            if topic and not topic.answers and (self._waits(topic) or named_below):
                topic.question.append(item)
            else:
                self._open(item)
        elif self._is_quotation(item) or item.role is Role.PASSAGE:
            self._quotation(topic, item)
        elif (topic and not topic.text and not item.label) or (
            topic and topic.first.by and not topic.answers and self._goes_on(topic, item, at)
        ):
            topic.question.append(item)
        elif topic is None and (numbered := self._numbered(item)):
            self._labelled(numbered, item)
        elif topic is None:
            if item.role is not Role.ANSWER and self._asks(item, below, at):
                self._open(item)
            else:
                self._remark(item, MAYBE if self._is_doubtful(item) else "")
        elif item.label:
            if item.role is None and self._asks_next(topic, item, at):
                self._open(item)
            else:
                self._labelled(topic, item)
        else:
            self._unlabelled(topic, item, below, at)

    def _numbered(self, item: Item) -> _Open | None:
        """Return the question of an answer's number: ``A2.`` is that of ``Q2.``.

        Below ``답변`` that stands alone, the numbers of a list are those of the questions.
        """
        number = item.label.number if item.label and item.role is Role.ANSWER else ""
        number = number or (_digits(item.marker) if self._answering and not item.label else "")
        opened = [entry for entry in self._entries if isinstance(entry, _Open)]
        return next((e for e in reversed(opened) if number and e.number == number), None)

    def _goes_on(self, topic: _Open, item: Item, at: int) -> bool:
        """Whether a paragraph goes on with what an asker began: the answer is still to come."""
        return not item.label and not item.marker and self._answer_follows(at)

    def _asks(self, item: Item, below: Item | None, at: int) -> bool:
        """Whether an item asks, by itself or because it is answered below."""
        text = item.text
        if asks(text):
            return self._is_about_paper(item, below)
        if item.by and self._answer_follows(at):
            return True
        answered = below is not None and (below.by is not None or below.role is Role.ANSWER)
        if not answered or item.by:
            return False
        return may_ask(text) or (has_passage(text) and self.known(text))

    def _is_about_paper(self, item: Item, below: Item | None) -> bool:
        """Whether a question in a paragraph of its own is more than a word in passing."""
        if item.label or item.marker or _LATIN.search(item.text):
            return True
        subject = self.sections.current
        told = below is not None and (
            below.role is Role.ANSWER
            or self._is_quotation(below)
            or (below.by is not None and not below.gap)
        )
        return told or subject.about is About.PAPER or bool(ASKING.search(subject.name))

    def _is_doubtful(self, item: Item) -> bool:
        """Whether a remark could be a question: it has a word of asking in a place of asking."""
        if item.role or self.sections.current.about is About.ELSEWHERE:
            return False
        return may_ask(item.text) and len(item.text) <= 3 * _SHORT

    def _answer_follows(self, at: int) -> bool:
        """Whether ``답변:`` that names nobody is the next label."""
        for each in self.items[at + 1 : at + 4]:
            if each.line.kind is Kind.HEADING:
                return False
            if each.label:
                return (
                    each.role is Role.ANSWER and not each.by and each.line.text[:1] not in "→-=ㄴ"
                )
        return False

    def _asks_next(self, topic: _Open, item: Item, at: int) -> bool:
        """Whether somebody's words are the next question and no answer to this one."""
        if self._waits(topic) and not topic.answers:
            topic.question.append(item) if asks(item.text) else None
            return False
        if topic.is_peer(item) and is_chore(item.text):
            return True
        if topic.is_beside_asker(item) and asks(item.text):
            return True
        first = item.gap and item.indent <= topic.indent
        if first and self._answer_follows(at):
            return True
        chat = labels.chat(item.line.text) is not None
        if not asks_clearly(item.text) or item.indent > topic.indent:
            return False
        if chat and item.by == topic.first.by and not topic.answers:
            return False
        next_in_list = topic.first.by is not None and topic.is_peer(item)
        return first or chat or (bool(topic.answers) and (next_in_list or has_passage(item.text)))

    def _labelled(self, topic: _Open, item: Item) -> None:
        if item in topic.question:
            return
        topic = self._numbered(item) or topic
        chat = labels.chat(item.line.text) is not None
        if chat and item.by == topic.first.by and not topic.answers and not asks(item.text):
            topic.question.append(item)
            return
        last = topic.answers[-1] if topic.answers else None
        arrow = item.line.text.startswith(_ARROWS) and not item.by
        if arrow and last and last.doubt == NAMELESS_DOUBT:
            last.pieces.append(item)
            return
        if item.by and topic.answers and _THANKS.fullmatch(item.text):
            self._remark(item)
            return
        again = topic.answers and item.by == topic.first.by is not None and asks(item.text)
        unsure = item.label is not None and item.label.unsure
        self._answer(topic, item, UNSURE_NAME if unsure else _AGAIN if again else "")

    def _answer(self, topic: _Open, item: Item, doubt: str = "") -> None:
        last = topic.answers[-1] if topic.answers else None
        if last and last.is_empty and last.by and item.text and not item.by:  # "답변자: 가온"
            self._fill(last, topic, item)
        elif not item.text:  # "답변:" with the answers below it
            topic.answers.append(_Answer([item], doubt))
        elif is_no_answer(item.text):
            self.leave(tuple(item.numbers), "답이 없다는 줄이에요. 옮길 것이 없으면 두세요.")
        elif only_defers(item.text):
            topic.deferred.append(item.said())
        else:
            topic.answers.append(_Answer([item], doubt))

    def _quotation(self, topic: _Open | None, item: Item) -> None:
        """Give words of the paper to the question that they belong to."""
        if topic is None or (self._waits(topic) and topic.is_peer(item)):
            self._open(item)
            return
        inside = item.indent > topic.indent or topic.heads or item.role is Role.PASSAGE
        below = inside or (item.line.quoted and not topic.first.line.quoted and not item.gap)
        has_one = any(map(self._is_quotation, topic.question))
        cites = has_passage(topic.text) and self.known(topic.text)
        if item.role is Role.PASSAGE and item.gap and not topic.heads and self.quotes_first:
            below = False
        if (self._waits(topic) and not topic.answers and not item.gap) or (
            not topic.answers and not has_one and not cites and (below or not self.quotes_first)
        ):
            topic.question.append(item)
        elif below and not (topic.answers and not topic.heads and not item.role):
            topic.evidence.append(item.said())
        elif topic.answers and item.indent > topic.indent:
            self._unlabelled_answer(topic, item)
        else:
            self._open(item)

    def _unlabelled(self, topic: _Open, item: Item, below: Item | None, at: int) -> None:
        last = topic.answers[-1] if topic.answers else None
        nested = item.indent > topic.indent
        if self._waits(topic) and not topic.answers:
            if asks(item.text) or self._asks(item, below, at) or (not item.gap and not nested):
                topic.question.append(item)
            else:
                self._topic = topic if nested else None
                self._remark(item, MAYBE if self._is_doubtful(item) else "")
        elif last and last.is_empty:
            self._fill(last, topic, item)
        elif topic.heads:
            asked = asks_clearly(item.text) and below is not None
            if asked and below and (below.by or below.role is Role.ANSWER):
                self._open(item)
            else:
                self._unlabelled_answer(topic, item)
        elif (
            topic.is_labelled
            and not asks_clearly(item.text)
            and (not topic.answers or topic.answers[-1].doubt == NAMELESS_DOUBT)
        ):
            self._unlabelled_answer(topic, item)
        elif (
            asks_clearly(item.text) and (not nested or not topic.answers or bool(item.marker))
        ) or (not nested and item.gap and self._asks(item, below, at)):
            self._open(item)
        elif nested:
            self._unlabelled_answer(topic, item)
        elif item.gap or (topic.first.marker[:1].isalnum() and topic.is_peer(item)):
            self._topic = None
            if self._asks(item, below, at):
                self._open(item)
            else:
                self._remark(item, MAYBE if self._is_doubtful(item) else "")
        elif not topic.is_peer(item) or topic.has_peers or not (topic.answers or topic.deferred):
            if self._is_answered_peer(topic, item, below):
                self._open(item)
            elif topic.listed and topic.is_peer(item) and not topic.answers:
                self._topic = None
                self._remark(item, MAYBE if self._is_doubtful(item) else "")
            else:
                self._unlabelled_answer(topic, item)
        elif self._asks(item, below, at):
            self._open(item)
        else:
            self._topic = None
            self._remark(item, MAYBE if self._is_doubtful(item) else "")

    def _is_answered_peer(self, topic: _Open, item: Item, below: Item | None) -> bool:
        """Whether an item beside the question asks as well, or has its answer below it."""
        if topic.is_peer(item) and not topic.answers and asks(item.text) and not guesses(item.text):
            return True
        nested = below is not None and below.indent > item.indent
        return topic.is_peer(item) and nested and may_ask(item.text)

    def _fill(self, answer: _Answer, topic: _Open, item: Item) -> None:
        """Give a label that stands alone what is below it."""
        if is_no_answer(item.text):
            topic.answers.remove(answer)
            numbers = [n for piece in (*answer.pieces, item) for n in piece.numbers]
            self.leave(tuple(numbers), "답이 없다는 줄이에요. 옮길 것이 없으면 두세요.")
        elif not answer.by and item.by:
            answer.pieces.insert(0, item)
        else:
            answer.pieces.append(item)

    def _unlabelled_answer(self, topic: _Open, item: Item) -> None:
        """Take words that nobody is named for: one more piece of the answer above, or a new one."""
        last = topic.answers[-1] if topic.answers else None
        if _NAME_ONLY.fullmatch(item.text):
            self.leave(tuple(item.numbers), "이름만 있고 말이 없어요. 한 말이 있으면 보태 주세요.")
        elif only_defers(item.text):
            topic.deferred.append(item.said())
        elif last and self._is_piece(last, topic, item):
            last.pieces.append(item)
        else:
            self._answer(topic, item, NAMELESS_DOUBT)

    def _is_piece(self, last: _Answer, topic: _Open, item: Item) -> bool:
        first = last.pieces[0]
        if item.marker and item.indent > last.indent:
            return True
        if topic.heads or topic.is_labelled or not first.text:
            return not last.by or item.indent > last.indent
        nameless = last.doubt == NAMELESS_DOUBT and not last.by
        return nameless and bool(first.marker) and bool(item.marker) and not item.gap


def _quotes_first(found: Sequence[Item], is_quotation: Callable[[Item], bool]) -> bool:
    """Whether quotations stand before their questions: the first pair settles the order."""
    before = ""
    for item in found:
        if item.line.kind is Kind.HEADING and not asks(item.text):
            before = ""
        elif is_quotation(item):
            if before == "asked":
                return False
            before = "quoted"
        elif item.role is Role.QUESTION or asks(item.text):
            if before == "quoted":
                return True
            before = "asked"
        elif item.label or item.marker:
            before = ""
    return True
