"""The pages that drafts go to: new ones, and ones that are there and stay as they are."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from papernotes import write
from papernotes.minutes.draft import Candidate, Drafts, Passages, Placed
from papernotes.minutes.read import MISSING, Heading, Leftover, Minutes, Remark, Topic
from papernotes.model import NAMELESS, Note, Passage, Session, Term
from papernotes.normalise import words
from papernotes.parse import clean
from papernotes.scaffold import UNKNOWN, ask, comment
from papernotes.scan import RawBlock, scan

_SAME = 0.6
"""From which share of equal words on a member's words count as those already in a note."""


class Existing:
    """What a note already has, by its words: a person may have changed everything else."""

    def __init__(self, text: str) -> None:
        """Read a note's source, whether it is whole or not."""
        blocks = [each for each in scan(clean(text)) if isinstance(each, RawBlock)]
        self.quotes = [_words(each.text) for each in blocks if each.name == "quote"]
        self.questions = [_words(each.text) for each in blocks if each.name == "question"]
        self.said = [_words(each.text) for each in blocks]

    def has(self, placed: Placed) -> bool:
        """Whether a topic's quotation or question is there."""
        if placed.found:
            quote = _words(placed.found.quote)
            if any(quote in each or (each and each in quote) for each in self.quotes):
                return True
        asked = {_words(placed.topic.question.text)}
        if placed.found:
            asked.add(_words(placed.found.rest))
        return any(each in asked for each in self.questions if each.strip())

    def tells(self, text: str) -> bool:
        """Whether somebody's words are there, mended spelling aside."""
        wanted = _words(text)
        return any(
            wanted in each or SequenceMatcher(None, wanted, each, autojunk=False).ratio() >= _SAME
            for each in self.said
        )


def _words(text: str) -> str:
    """Return the words of ``text``, set apart so that a run of them is found in others."""
    return f" {' '.join(word.text for word in words(text))} "


def notes(
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
    for i, candidate in enumerate(candidates):
        topics = [each for each in placed if each.paper == i]
        existing = Existing(candidate.existing or "")
        sources = []
        for each in topics:
            if existing.has(each):
                _skip(each, existing, candidate, drafts)
                continue
            passage, marks = passages.make(each, candidate.proposal)
            made[each.line] = passage
            sources.append(write.passage(passage, marks))
            drafts.taken.update(each.topic.question.lines, *(d.lines for d in each.topic.deferred))
        if not topics:
            drafts.news.append(f"{candidate.path}: 회의록에서 이 논문의 질문을 찾지 못했어요.")
        elif candidate.existing is None:
            drafts.pages[candidate.path] = _new_note(candidate, sources, session)
            drafts.news.append(f"{candidate.path}: 구절 {len(sources)}개를 새로 썼어요.")
        elif sources:
            joined = "\n".join(sources)
            drafts.pages[candidate.path] = below(candidate.existing, joined)
            drafts.news.append(f"{candidate.path}: 맨 끝에 구절 {len(sources)}개를 보탰어요.")
        else:
            drafts.news.append(f"{candidate.path}: 보탤 구절이 없어 그대로 두었어요.")
    return made


def _skip(placed: Placed, existing: Existing, candidate: Candidate, drafts: Drafts) -> None:
    """Leave a passage that is there; tell of answers that it does not have."""
    topic = placed.topic
    numbers = {*topic.question.lines, *(n for each in topic.deferred for n in each.lines)}
    for said in topic.answers:
        if existing.tells(said.text):
            numbers.update(said.lines)
        else:
            reason = f"{candidate.path}의 구절에 이 말이 없어요. answer 블록으로 보태 주세요."
            drafts.leftovers.append(Leftover(MISSING, said.lines, reason))
    drafts.taken |= numbers
    first, last = min(numbers), max(numbers)
    drafts.news.append(f"{candidate.path}: 회의록 {first}–{last}행의 구절은 이미 있어요.")


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


def session(
    minutes: Minutes,
    placed: Sequence[Placed],
    made: dict[int, Passage],
    candidates: Sequence[Candidate],
    title: str,
    raw: Sequence[str],
    drafts: Drafts,
) -> str:
    """Return the page of the meeting: who was there, what was asked, in the minutes' order.

    ``raw`` are the lines of the minutes.
    """
    by_line = {each.line: each for each in placed}
    links: dict[int, str] = {}
    for line, passage in made.items():
        slug = candidates[by_line[line].paper].proposal.slug
        links[line] = f"[{passage.title}](../papers/{slug}.md#{passage.id})"
    parts = [f"# {title}", comment("언제 모여 무엇을 했는지 한두 문장으로 적어 주세요")]
    if minutes.participant_lines:
        parts.append("## 참석자 { #participants }")
        for number in minutes.participant_lines:
            text = re.sub(r"^[\s>#*+•-]*|[*_`]", "", raw[number - 1]).strip()
            if text != "참석자":
                parts.append(text)
    items: list[str] = []
    numbers: tuple[int, ...]
    for entry in minutes.entries:
        match entry:
            case Topic():
                line = entry.question.lines[0]
                told_by = dict.fromkeys(said.by or NAMELESS for said in entry.answers)
                told = f" ({', '.join(told_by)})" if told_by else ""
                if line in links:
                    items.append(f"- {links[line]}{told}")
                continue
            case Heading():
                text, numbers, head = entry.text, (entry.line,), "## "
            case Remark():
                text, numbers, head = entry.text, entry.lines, ""
        if items:
            parts.append("\n".join(items))
            items = []
        if kept := drafts.keep(text, numbers):
            parts.append(f"{head}{kept}")
    if items:
        parts.append("\n".join(items))
    deferred = [
        f"- {links[line]}: {' '.join(said.text.split())}"
        for line, each in by_line.items()
        if line in links
        for said in each.topic.deferred
    ]
    if deferred:
        parts += ["## 멘토에게 남긴 것 { #for-the-mentor }", "\n".join(deferred)]
    drafts.taken.update(minutes.participant_lines)
    people = minutes.participants or minutes.speakers
    marks = {"title": ask("모임의 제목을 다듬어 주세요")}
    if not minutes.participants:
        marks["participants"] = ask("회의록에 참석자가 없어요. 함께한 사람을 적어 주세요")
    page = Session(
        "",
        title,
        f"{title}: 누가 무엇을 묻고 답했는지 남긴 기록이에요.",
        people or (UNKNOWN,),
        tuple(dict.fromkeys(each.proposal.slug for each in candidates)),
    )
    return write.session(page, "\n\n".join(parts) + "\n", marks)


def glossary(existing: str, terms: Iterable[Term]) -> str:
    """Return the glossary with new terms at its end."""
    return below(existing, "\n".join(map(write.block, terms)))


def below(existing: str, added: str) -> str:
    """Return a page with something new at its end; what is there stays to the byte."""
    return f"{existing}{'' if existing.endswith(chr(10)) else chr(10)}\n{added}"
