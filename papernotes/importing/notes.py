"""The notes that drafts go to: new ones, and ones that are there and stay as they are."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from papernotes.fingerprint.normalise import word_run
from papernotes.importing.assign import Placed
from papernotes.importing.draft import Candidate, Drafts, Passages, safe
from papernotes.importing.model import MISSING, Leftover
from papernotes.importing.scaffold import comment
from papernotes.note import write
from papernotes.note.model import Note, Passage
from papernotes.note.parse import clean
from papernotes.note.scan import RawBlock, scan, without_marks

PREVIEW = "http://127.0.0.1:8000/"
"""Where ``make serve`` shows the pages unless it is told otherwise."""

_SAME = 0.6
"""From which share of equal words on a member's words count as those already in a note."""


class Existing:
    """What a note already has, by its words: a person may have changed everything else."""

    def __init__(self, text: str) -> None:
        """Read a note's source, whether it is whole or not."""
        self.passages: list[tuple[str, str]] = []  # each one's quotation and question
        self.said: list[str] = []
        quote = ""
        for block in scan(clean(text)):
            match block:
                case RawBlock(name="quote", text=text):
                    quote = without_marks(text)
                case RawBlock(name="question", text=text):
                    self.passages.append((quote, without_marks(text)))
                    self.said.append(without_marks(text))
                    quote = ""
                case RawBlock(name="answer", text=text):
                    self.said.append(without_marks(text))

    def has(self, placed: Placed) -> bool:
        """Whether a topic's passage is there: by its quotation, else by its question."""
        asked = placed.topic.question.text
        for quote, question in self.passages:
            if placed.found and quote:
                if _is_part(placed.found.quote, quote) or _alike(placed.found.quote, quote):
                    return True
            elif _alike(placed.found.rest if placed.found else asked, question):
                return True
        return False

    def tells(self, text: str) -> bool:
        """Whether somebody's words are there."""
        return any(_alike(text, each) for each in self.said)


def _alike(one: str, other: str) -> bool:
    """Whether the words of minutes and of a note are the same but for mended spelling and signs."""
    said, there = (
        [word for word in word_run(text).split() if any(map(str.isalnum, word))]
        for text in (safe(one)[0], other)
    )
    matcher = SequenceMatcher(None, said, there, autojunk=False)
    return matcher.quick_ratio() >= _SAME and matcher.ratio() >= _SAME


def _is_part(one: str, other: str) -> bool:
    """Whether one of two quotations is a part of the other: an editor made it longer."""
    run, whole = sorted((word_run(one), word_run(other)), key=len)
    return bool(run.strip()) and run in whole


def draft(
    candidates: Sequence[Candidate],
    placed: Sequence[Placed],
    passages: Passages,
    session: tuple[str, str],
    drafts: Drafts,
) -> dict[int, Passage]:
    """Draft the note of each paper; return the new passages by the line of their topic.

    ``session`` are the path and the title of the meeting's page.
    """
    made: dict[int, Passage] = {}
    if elsewhere := sum(each.paper is None for each in placed):
        news = "논문의 질문이 아닌 것 같아 모임 기록에만 남겼어요. 맞는 질문이면 맨 끝에"
        name = candidates[0].proposal.paper.short
        drafts.news.append(f"질문 {elsewhere}개는 {news} `(논문: {name})`이라고 적어 주세요.")
    for i, candidate in enumerate(candidates):
        topics = [_holdable(each) for each in placed if each.paper == i]
        existing = Existing(candidate.existing or "")
        sources = []
        for each in topics:
            if existing.has(each):
                _skip(each, existing, candidate, drafts)
                continue
            passage, marks = passages.make(each, candidate.proposal)
            made[each.line] = passage
            sources.append(write.passage(passage, marks))
            drafts.taken.update(each.topic.question.lines)
        if not topics:
            paper = candidate.proposal.paper.arxiv
            drafts.news.append(f"{paper}: 회의록에서 이 논문의 질문을 찾지 못했어요.")
        elif candidate.existing is None:
            drafts.pages[candidate.path] = _new_note(candidate, sources, session)
            at = f"{PREVIEW}papers/{candidate.proposal.slug}/"
            news = f"구절 {len(sources)}개를 새로 썼어요. 미리보기: {at}"
            drafts.news.append(f"{candidate.path}: {news}")
        elif sources:
            joined = "\n".join(sources)
            drafts.pages[candidate.path] = write.below(candidate.existing, joined)
            first = next(iter(made[each.line].id for each in topics if each.line in made))
            at = f"{PREVIEW}papers/{candidate.proposal.slug}/#{first}"
            news = f"맨 끝에 구절 {len(sources)}개를 보탰어요. 미리보기: {at}"
            drafts.news.append(f"{candidate.path}: {news}")
        else:
            drafts.news.append(f"{candidate.path}: 보탤 구절이 없어 그대로 두었어요.")
    return made


def _holdable(placed: Placed) -> Placed:
    """Leave a quotation in its question where a block cannot hold it as it is."""
    found = placed.found
    if found and safe(found.quote) != (found.quote, False):
        return replace(placed, found=None)
    return placed


def _skip(placed: Placed, existing: Existing, candidate: Candidate, drafts: Drafts) -> None:
    """Leave a passage that is there; tell of answers that it does not have."""
    topic = placed.topic
    numbers: set[int] = set()
    if existing.tells(placed.found.rest if placed.found else topic.question.text):
        numbers.update(topic.question.lines)
    else:
        reason = f"{candidate.path}에 같은 인용이 있는데 질문이 달라요. 손으로 옮겨 주세요."
        drafts.leftovers.append(Leftover(MISSING, topic.question.lines, reason))
    for said in topic.answers:
        if existing.tells(said.text):
            numbers.update(said.lines)
        else:
            reason = f"{candidate.path}의 구절에 이 말이 없어요. answer 블록으로 보태 주세요."
            drafts.leftovers.append(Leftover(MISSING, said.lines, reason))
    drafts.taken |= numbers
    drafts.news.append(f"{candidate.path}: 회의록 {placed.line}행의 구절은 이미 있어요.")


def _new_note(candidate: Candidate, passages: Sequence[str], session: tuple[str, str]) -> str:
    proposal = candidate.proposal
    path, title = session
    intro = (
        f"{comment('무엇을 한 논문인지 한두 문장으로 소개해 주세요')}\n\n"
        f"[{title}](../sessions/{path.rpartition('/')[2]})에서 막힌 구절을 모았어요. "
        "답변은 회의록의 말을 그대로 옮겼어요."
    )
    note = Note("", proposal.description, proposal.paper, (), (), {})
    return "\n".join([write.note(note, proposal.marks, intro), *passages])
