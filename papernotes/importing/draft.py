"""From a topic of the minutes to the passage of a note.

Nothing is made up. What the minutes do not say is a mark for a person, and what a draft cannot
hold is left over and told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from papernotes.check import github, korean
from papernotes.importing.assign import Placed
from papernotes.importing.model import (
    NO_PLACE,
    PICTURE,
    PICTURE_REASON,
    Leftover,
    Said,
    Topic,
)
from papernotes.importing.place import Found
from papernotes.importing.scaffold import (
    Proposal,
    comment,
    empty_gist,
    empty_quote,
    empty_translation,
    slug_of,
)
from papernotes.importing.vocabulary import STOP_WORDS
from papernotes.importing.wording import (
    defers,
    has_hangul,
    has_passage,
    is_unsettled,
    names_mentor,
    without_addresses,
)
from papernotes.note import write
from papernotes.note.model import (
    NAMELESS,
    Answer,
    Passage,
    PassageBlock,
    Question,
    Quote,
    Status,
    Term,
)
from papernotes.note.plain import plain
from papernotes.note.prose import foreign_markup, mask_code
from papernotes.note.scan import RawBlock, scan
from papernotes.note.spans import masked

_LONGEST_TITLE = 40
_LONGEST_ID = 48
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>")
_LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)[^()\n]*\)"
    r"|<[^<>\s]+>"
    r"|(?P<bare>(?:https?://|www\.)[^\s<>()\[\]가-힣]*[^\s<>()\[\]가-힣.,:;!?'\"])"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_FENCE = re.compile(r"^([ ]{0,3})([/`~])(?=\2\2)", re.M)
_BEGINS = re.compile(
    r"""^[ >]*
    (?: (?:(?:[-*+]|\d+\.)[ ]+)*(?=\#+[^\s\#])
      | (?=!!![ ]?\w)
      | (?:[-*+][ ]+)?\d{4}(?=\.[ ]+\d\d?\.[ ]+\d)
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""Before what makes a heading of ``#태그``, a box of ``!!! 공지`` and a list of ``2024. 3. 5.``."""
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[+-][A-Za-z0-9]+)*")
_EMPTY = "답이 비어 있어요. 답이 있으면 answer 블록으로 보태 주세요."


@dataclass(frozen=True)
class Candidate:
    """A paper that the minutes may be about, and how its note begins or goes on."""

    proposal: Proposal
    existing: str | None = None

    @property
    def path(self) -> str:
        """Where its note lies, from the project's root."""
        return f"docs/papers/{self.proposal.slug}.md"


@dataclass
class Drafts:
    """What is to be written: pages by path, and what is told of lines that went nowhere.

    ``raw`` are the lines of the minutes.
    """

    pages: dict[str, str] = field(default_factory=dict)
    news: list[str] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    raw: Sequence[str] = ()

    def keep(self, text: str, numbers: tuple[int, ...]) -> str:
        """Return the words of some lines as a page can hold them, and note where they go."""
        kept, had_pictures = safe(text)
        if had_pictures:
            shown = tuple(n for n in numbers if _PICTURE.search(self.raw[n - 1]))
            self.leftovers.append(Leftover(PICTURE, shown or numbers, PICTURE_REASON))
        if kept:
            self.taken.update(numbers)
        return kept


class Passages:
    """Makes passages; knows which ids are taken."""

    def __init__(
        self, taken: Iterable[str], terms: Iterable[Term], session: str, drafts: Drafts
    ) -> None:
        """``taken`` are the ids of all notes; lines told of go into ``drafts``.

        ``terms`` tell the English of Korean words, of which ids are made; ``session`` is the name
        of the meeting's page, which lists what its questions name it for.
        """
        self._session = session
        self._ids = set(taken)
        self._terms = {t.name: t.english for t in terms if t.english and has_hangul(t.name)}
        self._drafts = drafts

    def make(self, placed: Placed, proposal: Proposal) -> tuple[Passage, list[str]]:
        """Return the passage of a topic, and the marks that go below its heading."""
        topic, found = placed.topic, placed.found
        line = placed.line
        question = found.rest if found else topic.question.text
        passage_id = self._id(topic, found, proposal)
        title = _title(question) or "제목"
        asks = [f"제목과 주소({passage_id})를 다듬어 주세요. 공개하기 전에는 바꿔도 돼요"]
        if placed.doubt:
            asks.append(placed.doubt)
        if found:
            asks += found.doubts
        blocks: list[PassageBlock] = [
            _quote(found, question, proposal, line),
            empty_translation(line),
        ]
        text = self._drafts.keep(question, topic.question.lines)
        text = text or comment("무엇을 물었는지 회의록에 없어요. 질문을 적어 주세요", line)
        status = _status(topic)
        blocks.append(Question(text, 0, 0, topic.question.by, status, (), self._session))
        if status.is_settled:
            blocks.append(empty_gist(line))
        for said in topic.answers:
            blocks += self._answer(said, placed.cited.get(said.lines, ()), proposal)
        if status is Status.ANSWERED:
            asks[0] += ". 답이 원문과 맞으면 status는 그대로 두세요"
        if any(isinstance(each, Quote) and each.evidence for each in blocks):
            asks.append("답에 든 원문을 답 아래에 근거로 붙였어요. 쓸지 보아 주세요")
        marks = [comment(each, line) for each in asks]
        marks += [
            comment("그림이 있던 자리예요. 그림을 되살릴 수 없으면 이 표시만 지워 주세요", number)
            for number in topic.pictures
        ]
        return Passage(passage_id, title, 0, tuple(blocks)), marks

    def _answer(
        self, said: Said, cited: Sequence[Found], proposal: Proposal
    ) -> Iterator[PassageBlock]:
        text = self._drafts.keep(said.text, said.lines)
        if not text:
            if not said.text.strip():
                self._drafts.leftovers.append(Leftover(NO_PLACE, said.lines, _EMPTY))
            return
        if said.doubt:
            text = f"{text}\n\n{comment(said.doubt, said.lines[0])}"
        yield Answer(text, 0, 0, said.by or NAMELESS)
        for found in cited:
            if safe(found.quote) == (found.quote, False):
                yield Quote(found.quote, 0, 0, proposal.paper, found.place, "en", evidence=True)

    def _id(self, topic: Topic, found: Found | None, proposal: Proposal) -> str:
        """Propose an id of the question's English, the paper's words or the answers' English."""
        names = {proposal.paper.short.lower(), proposal.slug}
        question = found.rest if found else topic.question.text
        asked = _content_words(self._in_english(question), names)[:3]
        quoted = _content_words(found.quote, names)[:4] if found else []
        said = " ".join(self._in_english(said.text) for said in topic.answers)
        words = asked if len(asked) > 1 else quoted or [*asked, *_content_words(said, names)][:3]
        proposed = slug_of(" ".join(words))[:_LONGEST_ID].rstrip("-")
        proposed = proposed or f"{proposal.slug}-line-{topic.question.lines[0]}"
        unique, number = proposed, 2
        while unique in self._ids:
            unique, number = f"{proposed}-{number}", number + 1
        self._ids.add(unique)
        return unique

    def _in_english(self, text: str) -> str:
        """Return ``text`` with the terms that the glossary has in English."""
        for term, english in self._terms.items():
            text = text.replace(term, f" {english} ")
        return text


def safe(text: str) -> tuple[str, bool]:
    """Return ``text`` as a page can hold it, and whether pictures had to go.

    What would be markup is escaped, so that it reads on the page as it does in the minutes.
    """
    without = text
    for found in reversed([*_PICTURE.finditer(mask_code(text))]):
        without = without[: found.start()] + without[found.end() :]
    kept = linked(_CONTROL.sub("", without))
    while places := _foreign(mask_code(kept)):  # what closes a tag is told once that is escaped
        for at in sorted(places, reverse=True):
            kept = f"{kept[:at]}&lt;{kept[at + 1 :]}"
    while places := _marks(
        masked(kept, github.SIGNS)
    ):  # behind one that is escaped another may be a pair
        for at in sorted(places, reverse=True):
            kept = f"{kept[:at]}\\{kept[at:]}"
    kept = "\n".join(line.rstrip() for line in kept.split("\n")).strip()
    if kept and not _is_one_block(kept):
        kept = _FENCE.sub(lambda fence: f"{fence[1]}&#{ord(fence[2])};", kept)
    return kept, without != text


def _foreign(masked: str) -> set[int]:
    comments = (match.start() for match in re.finditer("<!--", masked))
    return {*foreign_markup(masked), *comments}


def _marks(text: str) -> set[int]:
    """Return where a backslash keeps what would be markup as it was typed; code is masked."""
    begins = (match.end() for match in _BEGINS.finditer(text))
    crossed = (at for asterisks in github.crossed(text) for at in asterisks)
    pairs = (at for at, code, _ in korean.broken_emphasis(text) if code == "PN810")
    runs = (re.compile(r"\*+").match(text, at) for at in pairs)
    of_pairs = (at for run in runs if run for at in range(*run.span()))
    return {*begins, *github.strikes(text), *crossed, *of_pairs}


def linked(text: str) -> str:
    """Return ``text`` with ``<…>`` around bare addresses, and links that lead nowhere as words."""
    masked = mask_code(text)
    pieces, position = [], 0
    for found in _LINK.finditer(masked):
        start, end = found.span()
        link = text[start:end]
        if found["bare"]:
            link = f"<{link if '://' in link else f'https://{link}'}>"
        elif found["text"] and not re.match(r"https?:|mailto:", found["target"]):
            at = found.start("target") - 1 - start
            link = f"{link[:at]}\\{link[at:]}"
        pieces += [text[position:start], link]
        position = end
    return "".join([*pieces, text[position:]])


def _is_one_block(text: str) -> bool:
    """Whether a block holds ``text`` and ends where it should."""
    items = list(scan(write.block(Answer(text, 0, 0, NAMELESS))))
    match items:
        case [RawBlock() as block]:
            return block.text == text and not block.inner and block.end_line is not None
    return False


def _quote(found: Found | None, question: str, proposal: Proposal, line: int) -> Quote:
    if found:
        return Quote(found.quote, 0, 0, proposal.paper, found.place, "en", evidence=False)
    what = "이 질문이 선 원문을 옮기고, 위의 자리를 절과 쪽으로 고쳐 주세요"
    if has_passage(question):
        what = "질문 속의 영어를 원문에서 찾지 못했어요. 원문을 옮기고 위의 자리를 고쳐 주세요"
    return empty_quote(proposal.paper, what, line)


def _status(topic: Topic) -> Status:
    """Return how far a question has come, by what the minutes say and nothing else."""
    answers = [said for said in topic.answers if said.text.strip()]
    if any(said.by and names_mentor(said.by) for said in answers):
        return Status.ANSWERED
    if topic.deferred or any(defers(said.text) for said in answers):
        return Status.MENTOR
    open_ended = all(is_unsettled(said.text) or names_mentor(said.text) for said in answers)
    return Status.OPEN if open_ended else Status.ANSWERED


def _title(question: str) -> str:
    text = plain(without_addresses(question, ""))
    text = _CONTROL.sub(" ", re.sub(r"[{}<>#|\[\]`\\]", " ", text))
    return plain(text, _LONGEST_TITLE)


def _content_words(text: str, names: set[str]) -> list[str]:
    found = [token.lower() for token in _TOKEN.findall(text)]
    kept = [word for word in found if word not in STOP_WORDS and word not in names]
    return list(dict.fromkeys(word for word in kept if len(word) > 1))
