"""The page of the meeting: who was there and what was talked about, in the minutes' order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from papernotes.fingerprint.normalise import word_run
from papernotes.importing.assign import Placed
from papernotes.importing.draft import Candidate, Drafts
from papernotes.importing.model import (
    MISSING,
    NAMELESS_DOUBT,
    Heading,
    Leftover,
    Minutes,
    Remark,
    Said,
    Topic,
)
from papernotes.importing.scaffold import UNKNOWN, ask, comment
from papernotes.note import write
from papernotes.note.model import Passage, Session
from papernotes.note.parse import clean


@dataclass(frozen=True)
class Meeting:
    """What the page is made of; ``made`` are the new passages by the line of their topic.

    ``raw`` are the lines of the minutes.
    """

    minutes: Minutes
    placed: Sequence[Placed]
    made: dict[int, Passage]
    candidates: Sequence[Candidate]
    title: str
    raw: Sequence[str]

    @property
    def participants(self) -> Iterator[Said]:
        """Yield the lines that name who took part."""
        for number in self.minutes.participant_lines:
            text = re.sub(r"^[\s>#*+•-]*|[*_`]", "", self.raw[number - 1]).strip()
            text = re.sub(r"^참[석여]자?\s*[:：]+\s*", "", text)
            yield Said(None, text, (number,))

    def paper(self, line: int) -> int | None:
        """Return the number of the paper of the topic on ``line``."""
        return next(each.paper for each in self.placed if each.line == line)

    def link(self, line: int) -> str:
        """Return the link to the passage of the topic on ``line``."""
        passage = self.made[line]
        slug = self.candidates[self.paper(line) or 0].proposal.slug
        return f"[{passage.title}](../papers/{slug}.md#{passage.id})"


def draft(meeting: Meeting, drafts: Drafts) -> str:
    """Return the source of a new page."""
    parts = [f"# {meeting.title}", comment("언제 모여 무엇을 했는지 한두 문장으로 적어 주세요")]
    listed = [drafts.keep(each.text, each.lines) for each in meeting.participants]
    if listed:
        parts += ["## 참석자 { #participants }", *(each for each in listed if each != "참석자")]
    parts += _agenda(meeting, drafts)
    deferred = [
        f"- {meeting.link(line)}: {f'{said.by}: ' if said.by else ''}{' '.join(kept.split())}"
        for line, said in _deferred(meeting)
        if line in meeting.made and (kept := drafts.keep(said.text, said.lines))
    ]
    if deferred:
        parts += ["## 멘토에게 남긴 것 { #for-the-mentor }", "\n".join(deferred)]
    body = _body([part for part in parts if part])
    return write.session(*_front_matter(meeting, body))


def _body(parts: Sequence[str]) -> str:
    """Join the parts of a page; quotations in a row are one, their items a list.

    Two with an empty line between are two on GitHub, and one on the site.
    """
    text = parts[0]
    for above, part in pairwise(parts):
        # Below a paragraph of its own, an item's neighbour would be text in Python-Markdown.
        items = part.startswith("> - ") and above.startswith("> - ") and "\n>\n" not in above
        quoted = part.startswith(">") and above.startswith(">")
        text += ("\n" if items else "\n>\n" if quoted else "\n\n") + part
    return text


def _front_matter(meeting: Meeting, body: str) -> tuple[Session, str, dict[str, str]]:
    minutes = meeting.minutes
    asked = {each.paper for each in meeting.placed if each.paper is not None}
    asked = asked or set(range(len(meeting.candidates)))
    marks = {"title": ask("모임의 제목을 다듬어 주세요")}
    if not minutes.participants:
        marks["participants"] = ask("회의록에 참석자가 없어요. 함께한 사람을 적어 주세요")
    session = Session(
        "",
        meeting.title,
        f"{meeting.title}: 누가 무엇을 묻고 답했는지 남긴 기록이에요.",
        minutes.participants or minutes.speakers or (UNKNOWN,),
        tuple(meeting.candidates[i].proposal.slug for i in sorted(asked)),
    )
    return session, f"{body}\n", marks


def _agenda(meeting: Meeting, drafts: Drafts) -> Iterator[str]:
    """Yield headings and remarks as they are; the block lists what became passages of notes."""
    listed = False
    for entry in meeting.minutes.entries:
        if not isinstance(entry, Topic):
            kept = drafts.keep(*_said(entry))
            yield f"## {kept}" if kept and isinstance(entry, Heading) else _quoted(kept)
        elif meeting.paper(entry.question.lines[0]) is None:
            yield _quoted(_elsewhere(entry, drafts))
        elif not listed:
            listed = True
            yield "/// discussed\n///"


def _quoted(text: str) -> str:
    """Return members' words as a quotation: they are theirs, and not judged as ours are."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else ""


def _elsewhere(topic: Topic, drafts: Drafts) -> str:
    """Return a question that is no paper's with its answers, as a list."""
    items = []
    for said in (topic.question, *_replies(topic)):
        if kept := drafts.keep(said.text, said.lines):
            text = f"{said.by}: {kept}" if said.by else kept
            beside = said is topic.question or said.doubt == NAMELESS_DOUBT
            indent = "" if beside else "    "
            body = re.sub(r"\n+", f"\n\n{indent}    ", text)
            items.append(f"{indent}- {body}")
    return "\n".join(items)


def _replies(topic: Topic) -> Sequence[Said]:
    return sorted((*topic.answers, *topic.deferred, *topic.evidence), key=lambda each: each.lines)


def _said(entry: Heading | Remark) -> tuple[str, tuple[int, ...]]:
    return entry.text, (entry.line,) if isinstance(entry, Heading) else entry.lines


def _deferred(meeting: Meeting) -> Iterator[tuple[int, Said]]:
    """Yield what was left to the mentor, with the line of its topic."""
    for each in meeting.placed:
        for said in each.topic.deferred if each.paper is not None else ():
            yield each.line, said


def compare(meeting: Meeting, path: str, existing: str, drafts: Drafts) -> None:
    """Tell of lines that the page which is there already does not have; it stays as it is."""
    there = word_run(clean(existing))
    entries = [e for e in meeting.minutes.entries if not isinstance(e, Topic)]
    elsewhere = [
        (said.text, said.lines)
        for each in meeting.placed
        if each.paper is None
        for said in (each.topic.question, *_replies(each.topic))
    ]
    told = [
        *elsewhere,
        *((each.text, each.lines) for each in meeting.participants),
        *map(_said, entries),
        *((said.text, said.lines) for _, said in _deferred(meeting)),
    ]
    for text, numbers in told:
        if word_run(text) in there:
            drafts.taken.update(numbers)
        else:
            reason = f"{path}에 이 줄이 없어요. 옮길 말이면 손으로 보태 주세요."
            drafts.leftovers.append(Leftover(MISSING, numbers, reason))
