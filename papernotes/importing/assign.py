"""Which paper each question is about, and where in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papernotes.importing import place
from papernotes.importing.model import Heading, Minutes, Topic
from papernotes.importing.place import Found, Source


@dataclass(frozen=True)
class Placed:
    """A topic with the number of its paper.

    ``found`` is its quotation; ``guessed`` says that nothing tells which paper it is.
    """

    topic: Topic
    paper: int
    found: Found | None
    guessed: bool

    @property
    def line(self) -> int:
        """The line of the minutes on which it begins."""
        return self.topic.question.lines[0]


def assign(
    minutes: Minutes, sources: Sequence[Source], names: Sequence[Sequence[str]]
) -> list[Placed]:
    """Find the paper of each topic; where nothing tells, that of the topic before.

    ``names`` are, for each paper, what the minutes may call it.
    """
    found = [_best(topic, sources) for topic in minutes.topics]
    sections = _sections(minutes)
    placed: list[Placed] = []
    for i, topic in enumerate(minutes.topics):
        quoted, quotation = found[i]
        clues = _clues(i, minutes.topics, found, sections, names)
        known = next((paper for paper in clues if paper is not None), None)
        before = placed[-1].paper if placed else 0
        paper = before if known is None else known
        guessed = known is None and len(sources) > 1
        if quotation and quotation.weak and (guessed or paper != quoted):
            quotation = None
        placed.append(Placed(topic, paper, quotation, guessed))
    return placed


_Best = tuple[int | None, Found | None]


def _clues(
    i: int,
    topics: Sequence[Topic],
    found: Sequence[_Best],
    sections: Sequence[str],
    names: Sequence[Sequence[str]],
) -> Iterator[int | None]:
    """Yield what tells the paper of topic ``i``, the surest first."""
    yield _sure(found[i])
    yield _named(topics[i].paper, names)
    yield _named(sections[i], names)
    if sections[i]:
        beside = {
            paper
            for best, section in zip(found, sections, strict=True)
            if section == sections[i] and (paper := _sure(best)) is not None
        }
        yield beside.pop() if len(beside) == 1 else None
    yield _named(topics[i].question.text, names)


def _sure(best: _Best) -> int | None:
    paper, quotation = best
    return paper if quotation and not quotation.weak else None


def _best(topic: Topic, sources: Sequence[Source]) -> _Best:
    """Return the paper that has most of a question's words, and the quotation."""
    best: _Best = (None, None)
    for i, source in enumerate(sources):
        found = place.find(topic.question.text, source)
        if found and (best[1] is None or found.count > best[1].count):
            best = i, found
    return best


def _sections(minutes: Minutes) -> list[str]:
    """Return the heading above each topic."""
    sections, heading = [], ""
    for entry in minutes.entries:
        if isinstance(entry, Heading):
            heading = entry.text
        elif isinstance(entry, Topic):
            sections.append(heading)
    return sections


def _named(text: str, names: Sequence[Sequence[str]]) -> int | None:
    """Return the one paper that ``text`` names: BERT is not named in RoBERTa."""
    found = [i for i, each in enumerate(names) if any(_has_name(text, name) for name in each)]
    return found[0] if len(found) == 1 else None


def _has_name(text: str, name: str) -> bool:
    whole = rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])"
    return re.search(whole, text, re.IGNORECASE) is not None
