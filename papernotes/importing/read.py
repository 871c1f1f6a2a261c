"""Who asked and who answered: minutes as study groups really write them.

What a line is follows from its form, its label and what stands around it. A topic is opened
only where something is asked; what could be a question and does not say so stays a remark, with
the letters that would make it one.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from papernotes.importing import items, labels, lines, titles
from papernotes.importing.items import Item
from papernotes.importing.labels import Role
from papernotes.importing.lines import Kind
from papernotes.importing.model import (
    MAYBE,
    NAMELESS_DOUBT,
    NO_PLACE,
    PICTURE,
    PICTURE_REASON,
    UNSURE_NAME,
    About,
    Entry,
    Heading,
    Leftover,
    Minutes,
    Remark,
)
from papernotes.importing.people import People, out_of_brackets, participants
from papernotes.importing.sections import ITEM_LEVEL, TITLE_LEVEL, Sections, tagged
from papernotes.importing.topics import OpenAnswer, OpenTopic, digits
from papernotes.importing.vocabulary import ASKING, TEMPLATES
from papernotes.importing.wording import (
    asks,
    asks_clearly,
    is_chore,
    is_interlude,
    is_no_answer,
    is_passage,
    is_picture,
    is_record,
    is_title,
    may_ask,
    only_defers,
)

_ASKED = re.compile(r"[?？][\s\"'”’)\]*_.~!]*$")
_ARROWS = ("→", "⇒", "->", "=>", "ㄴ", "└", "↳")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_THANKS = re.compile(
    r"(?:넵|네|아하?|오)?[\s,!.]*(?:감사|고맙|확인했|이해했|그렇군|해결|thanks|thank you|got it)"
    r".{0,20}",
    re.IGNORECASE,
)
_REPEATED = "앞의 말을 다시 옮긴 줄이에요. 한 번만 옮겼어요."
_WORDLESS = "글자가 없는 줄이에요. 옮길 것이 없으면 두세요."
_NO_ANSWER = "답이 없다는 줄이에요. 옮길 것이 없으면 두세요."
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
        reader.leave(wordless, _WORDLESS)
    return Minutes(tuple(present), tuple(sorted(taken)), entries, tuple(reader.leftovers))


class _Reader:
    """Puts items into topics, one after the other."""

    def __init__(self, found: Sequence[Item], papers: set[str], known: Known) -> None:
        self.items = found
        self.leftovers: list[Leftover] = []
        self._papers = papers
        self._known = known
        self._sections = Sections(papers)
        self._quotes_first = _quotes_first(found, self._is_quotation)
        self._entries: list[Entry | OpenTopic] = []
        self._topic: OpenTopic | None = None
        self._answering = False
        self._at = 0

    def read(self) -> Iterator[Entry]:
        """Take all items, and yield what they are."""
        for at, item in enumerate(self.items):
            self._at = at
            if item.leftover:
                self.leave(item.numbers, item.leftover)
            if item.repeats:
                self.leave(item.repeats, _REPEATED)
            self._take(item)
        for entry in self._entries:
            if isinstance(entry, OpenTopic):
                yield from self._closed(entry)
            else:
                yield entry

    def leave(self, numbers: Sequence[int], reason: str) -> None:
        """Tell of lines that have no place."""
        self.leftovers.append(Leftover(NO_PLACE, tuple(numbers), reason))

    def _closed(self, topic: OpenTopic) -> Iterator[Entry]:
        if not self._waits(topic):
            yield topic.closed()
            return
        for item in topic.question:
            yield Remark(item.whole, tuple(item.numbers), _QUOTED_ONLY if topic.text else "")
        for piece in (piece for answer in topic.answers for piece in answer.pieces):
            yield Remark(piece.whole, tuple(piece.numbers))
        for said in (*topic.deferred, *topic.evidence):
            yield Remark(said.text, said.lines)

    @property
    def _below(self) -> Item | None:
        """The item below the one that is taken."""
        return self.items[self._at + 1] if self._at + 1 < len(self.items) else None

    def _take(self, item: Item) -> None:
        kind = item.line.kind
        self._sections.leave(ITEM_LEVEL + item.indent)
        if not item.by and is_interlude(item.whole):
            if not (self._topic and item.indent > self._topic.indent):
                self._topic = None
            self._remark(item)
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
        elif self._is_title(item):
            self._title(item, TITLE_LEVEL)
        elif self._is_list_heading(item):
            self._topic = None
            self._sections.enter(item.whole, ITEM_LEVEL + item.indent)
            self._remark(item)
        elif kind is Kind.CODE or is_record(item.text):
            self._keep(item)
        else:
            self._talk(item)

    # Headings

    def _heading(self, item: Item) -> None:
        topic = self._topic
        if item.role is Role.ANSWER and topic:
            self._labelled(topic, item)
        elif self._is_question_heading(item):
            self._sections.leave(item.line.level)
            self._open(item)
        else:
            self._title(item, item.line.level)

    def _is_question_heading(self, item: Item) -> bool:
        if item.role is Role.QUESTION:
            return bool(item.text or (item.label and item.label.number))
        about_day = is_chore(item.text) or TEMPLATES.search(item.text)
        return _ASKED.search(item.text) is not None and not about_day

    def _is_title(self, item: Item) -> bool:
        """Whether a line of text is a heading."""
        if not item.label:
            return titles.is_title(item, self._below, self._papers)
        # Below ``답변`` that stands alone, a list answers a list of questions.
        listed = self._topic is not None and self._topic.listed
        return titles.is_head(item, self._below, answers_list=listed)

    def _title(self, item: Item, level: int) -> None:
        self._answering = item.role is Role.ANSWER
        if not (item.role is Role.PASSAGE and self._topic):
            self._topic = None
            self._sections.enter(item.line.text, level)
        text = item.line.text.strip("<>[]【】*_#: ") or item.line.text
        self._entries.append(Heading(text, item.line.number))

    def _is_list_heading(self, item: Item) -> bool:
        """Whether an item asks nothing and has items below it."""
        below = self._below
        if not item.marker or below is None or not below.marker or below.indent <= item.indent:
            return False
        if item.role is Role.QUESTION and not item.text:
            return True
        if item.label or self._is_quotation(item) or asks(item.text):
            return False
        if self._is_answered_below() and may_ask(item.text):
            return False
        topic = self._topic
        return not (topic and (topic.heads or item.indent > topic.indent))

    # What asks

    def _is_quotation(self, item: Item) -> bool:
        """Whether an item is words of the paper and no more."""
        if item.role in (Role.QUESTION, Role.ANSWER, Role.FACT) or item.by:
            return False
        if item.role is Role.PASSAGE:
            return bool(item.text)
        if not is_passage(item.text) or asks(item.text) or is_title(item.text):
            return False
        return item.line.quoted or self._known(item.text)

    def _waits(self, topic: OpenTopic) -> bool:
        """Whether a topic has a passage and no question yet."""
        return all(self._is_quotation(item) or not item.text for item in topic.question)

    def _is_answered_below(self) -> bool:
        """Whether the next item says that it answers, or who says it."""
        below = self._below
        return below is not None and (below.by is not None or below.role is Role.ANSWER)

    def _answer_follows(self) -> bool:
        """Whether ``답변:`` that names nobody is the next label."""
        for each in self.items[self._at + 1 : self._at + 4]:
            if each.label:
                return (
                    each.role is Role.ANSWER and not each.by and each.line.text[:1] not in "→-=ㄴ"
                )
        return False

    def _asks(self, item: Item) -> bool:
        """Whether an item asks, by itself or because it is answered below."""
        if asks(item.text):
            return self._is_about_paper(item)
        return self._is_answered_below() and (may_ask(item.text) or self._known(item.text))

    def _is_about_paper(self, item: Item) -> bool:
        """Whether a question in a paragraph of its own is more than a word in passing."""
        if item.label or item.marker or _LATIN.search(item.text):
            return True
        subject, below = self._sections.current, self._below
        told = below is not None and (
            below.role is Role.ANSWER
            or self._is_quotation(below)
            or (below.by is not None and not below.gap)
        )
        return told or subject.about is About.PAPER or bool(ASKING.search(subject.name))

    def _asks_next(self, topic: OpenTopic, item: Item) -> bool:
        """Whether somebody's words are the next question and no answer to this one."""
        if topic.is_beside_asker(item) and asks(item.text):
            return True
        first = item.gap and item.indent <= topic.indent
        if first and self._answer_follows():
            return True
        message = labels.chat(item.line.text) is not None
        again = first or message or (bool(topic.answers) and topic.is_peer(item))
        return again and asks_clearly(item.text)

    # What is said

    def _talk(self, item: Item) -> None:
        topic = self._topic
        if item.role is Role.QUESTION or tagged(item.text)[1]:
            named_below = bool(item.by) and not (item.text or item.gap or item.marker)
            if topic and not topic.answers and (self._waits(topic) or named_below):
                topic.question.append(item)
            else:
                self._open(item)
        elif self._is_quotation(item) or item.role is Role.PASSAGE:
            self._quotation(topic, item)
        elif topic is None and (numbered := self._numbered(item)):
            self._labelled(numbered, item)
        elif topic is None:
            self._ask_or_remark(item)
        elif item.label:
            self._with_label(topic, item)
        elif not topic.text or self._goes_on(topic, item):
            topic.question.append(item)
        else:
            self._unlabelled(topic, item)

    def _open(self, item: Item) -> None:
        above = self._topic
        listed = above is not None and above.is_peer(item) and not above.has_peers
        self._topic = OpenTopic(item, [item], self._sections.current, listed=listed)
        self._entries.append(self._topic)

    def _numbered(self, item: Item) -> OpenTopic | None:
        """Return the question of an answer's number: ``A2.`` is that of ``Q2.``.

        Below ``답변`` that stands alone, the numbers of a list are those of the questions.
        """
        number = item.label.number if item.label and item.role is Role.ANSWER else ""
        number = number or (digits(item.marker) if self._answering and not item.label else "")
        opened = [entry for entry in self._entries if isinstance(entry, OpenTopic)]
        return next((e for e in reversed(opened) if number and e.number == number), None)

    def _goes_on(self, topic: OpenTopic, item: Item) -> bool:
        """Whether a paragraph goes on with what an asker began: the answer is still to come."""
        begun = bool(topic.first.by) and not topic.answers
        return begun and not item.marker and self._answer_follows()

    def _with_label(self, topic: OpenTopic, item: Item) -> None:
        """Take what says who speaks, or that it answers."""
        if item.role is None and self._waits(topic) and not topic.answers:
            if asks(item.text):
                topic.question.append(item)
                return
        elif item.role is None and self._asks_next(topic, item):
            self._open(item)
            return
        self._labelled(topic, item)

    def _labelled(self, topic: OpenTopic, item: Item) -> None:
        """Take an answer that has a label."""
        topic = self._numbered(item) or topic
        last = topic.last
        arrow = item.line.text.startswith(_ARROWS) and not item.by
        if arrow and last and last.doubt == NAMELESS_DOUBT:
            last.pieces.append(item)
        elif last and item.by and _THANKS.fullmatch(item.text):
            self._remark(item)
        else:
            unsure = item.label is not None and item.label.unsure
            self._answer(topic, item, UNSURE_NAME if unsure else "")

    def _quotation(self, topic: OpenTopic | None, item: Item) -> None:
        """Give words of the paper to the question that they belong to."""
        if topic is None or (self._waits(topic) and topic.is_peer(item)):
            self._open(item)
            return
        inside = item.indent > topic.indent or topic.heads or item.role is Role.PASSAGE
        below = inside or (item.line.quoted and not topic.first.line.quoted and not item.gap)
        if item.role is Role.PASSAGE and item.gap and not topic.heads and self._quotes_first:
            below = False
        quotes = any(map(self._is_quotation, topic.question)) or self._known(topic.text)
        if (self._waits(topic) and not topic.answers and not item.gap) or (
            not topic.answers and not quotes and (below or not self._quotes_first)
        ):
            topic.question.append(item)
        elif below and not (topic.answers and not topic.heads and not item.role):
            topic.evidence.append(item.said())
        elif topic.answers and item.indent > topic.indent:
            self._unlabelled_answer(topic, item)
        else:
            self._open(item)

    def _unlabelled(self, topic: OpenTopic, item: Item) -> None:
        """Take what does not say whether it asks or answers, nor who says it."""
        if self._waits(topic) and not topic.answers:
            self._below_passage(topic, item)
        elif topic.last and topic.last.is_empty:
            self._fill(topic, topic.last, item)
        elif topic.heads:
            if asks_clearly(item.text) and self._is_answered_below():
                self._open(item)
            else:
                self._unlabelled_answer(topic, item)
        elif self._asks_anew(topic, item):
            self._open(item)
        elif item.indent > topic.indent:
            self._unlabelled_answer(topic, item)
        elif item.gap:
            self._topic = None
            self._ask_or_remark(item)
        else:
            self._beside(topic, item)

    def _below_passage(self, topic: OpenTopic, item: Item) -> None:
        """Take what stands below a passage about which nothing is asked yet."""
        nested = item.indent > topic.indent
        if asks(item.text) or not (item.gap or nested):
            topic.question.append(item)
        else:
            self._topic = topic if nested else None
            self._remark_or_doubt(item)

    def _asks_anew(self, topic: OpenTopic, item: Item) -> bool:
        """Whether an item asks something else."""
        nested = item.indent > topic.indent
        return asks_clearly(item.text) and (not nested or not topic.answers or bool(item.marker))

    def _beside(self, topic: OpenTopic, item: Item) -> None:
        """Take a line just below the question, or below an answer that stands beside it."""
        answered = bool(topic.answers or topic.deferred) and not topic.has_peers
        if answered and topic.is_peer(item):
            self._topic = None
            self._ask_or_remark(item)
        else:
            self._unlabelled_answer(topic, item)

    # Answers

    def _answer(self, topic: OpenTopic, item: Item, doubt: str = "") -> None:
        last = topic.last
        if last and last.is_empty and last.by and item.text and not item.by:  # "답변자: 가온"
            self._fill(topic, last, item)
        elif item.text and is_no_answer(item.text):
            self.leave(item.numbers, _NO_ANSWER)
        elif only_defers(item.text):
            topic.deferred.append(item.said())
        else:  # perhaps "답변:" alone, with the answers below it
            topic.answers.append(OpenAnswer([item], doubt))

    def _fill(self, topic: OpenTopic, answer: OpenAnswer, item: Item) -> None:
        """Give a label that stands alone what is below it."""
        if is_no_answer(item.text):
            topic.answers.remove(answer)
            self.leave([n for each in (*answer.pieces, item) for n in each.numbers], _NO_ANSWER)
        else:
            answer.pieces.append(item)

    def _unlabelled_answer(self, topic: OpenTopic, item: Item) -> None:
        """Take words that nobody is named for: one more piece of the answer above, or a new one."""
        last = topic.last
        if last and (item.indent > last.indent or not last.by) and not only_defers(item.text):
            last.pieces.append(item)
        else:
            self._answer(topic, item, NAMELESS_DOUBT)

    # The record

    def _ask_or_remark(self, item: Item) -> None:
        """Take what belongs to no question above."""
        if item.role is not Role.ANSWER and self._asks(item):
            self._open(item)
        else:
            self._remark_or_doubt(item)

    def _remark_or_doubt(self, item: Item) -> None:
        """Keep a remark; one with a word of asking in a place of asking could be a question."""
        elsewhere = item.role or self._sections.current.about is About.ELSEWHERE
        self._remark(item, MAYBE if may_ask(item.text) and not elsewhere else "")

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
        """Keep code and links on the session's page."""
        if item.gap and not item.indent:
            self._topic = None
        self._remark(item)


def _quotes_first(found: Sequence[Item], is_quotation: Callable[[Item], bool]) -> bool:
    """Whether quotations stand before their questions: the first pair settles the order."""
    before = ""
    for item in found:
        if is_quotation(item):
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
