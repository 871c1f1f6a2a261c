"""Which paper each question is about, and where in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from papernotes.importing import place
from papernotes.importing.model import About, Minutes, Topic
from papernotes.importing.place import Found, Source
from papernotes.importing.sections import has_name
from papernotes.importing.vocabulary import ASKING
from papernotes.importing.wording import is_chore


@dataclass(frozen=True)
class Placed:
    """A topic with the number of its paper, None where it is about none that is given.

    ``found`` is its quotation; ``doubt`` (Korean) says why it may be another paper's. ``cited``
    are sentences of the paper within an answer, by the answer's lines.
    """

    topic: Topic
    paper: int | None
    found: Found | None
    doubt: str = ""
    cited: Mapping[tuple[int, ...], Sequence[Found]] = field(default_factory=dict)

    @property
    def line(self) -> int:
        """The line of the minutes on which it begins."""
        return self.topic.question.lines[0]


_GUESSED = "어느 논문의 질문인지 몰라 여기에 두었어요. 맞는 노트로 옮겨 주세요"


def assign(
    minutes: Minutes, sources: Sequence[Source], names: Sequence[Sequence[str]]
) -> list[Placed]:
    """Find the paper of each topic; where nothing tells, that of the topic before.

    ``names`` are, for each paper, what the minutes may call it.
    """
    subjects = [topic.subject for topic in minutes.topics]
    headed = any(each.about is About.PAPER and not each.loose for each in subjects)
    placed: list[Placed] = []
    before = 0
    for topic in minutes.topics:
        quoted, quotation = best = _best(topic, sources)
        sure = _sure(best)
        if sure is None and not _is_ours(topic, headed, names):
            placed.append(Placed(topic, None, None))
            continue
        known = next((p for p in _clues(topic, sure, names) if p is not None), None)
        paper = before = before if known is None else known
        doubt = _doubt(topic, headed, sure is not None)
        if known is None and len(sources) > 1:
            doubt = _GUESSED
        if quotation and quotation.weak and (doubt == _GUESSED or paper != quoted):
            quotation = None
        cited = {said.lines: _cited(said.text, sources[paper], quotation) for said in topic.answers}
        placed.append(Placed(topic, paper, quotation, doubt, cited))
    return placed


def _cited(text: str, source: Source, quotation: Found | None) -> list[Found]:
    """Return the sentence of the paper that stands within an answer, if it is not quoted above."""
    found = place.find(text, source)
    if found is None or found.weak or (quotation and found.quote in quotation.quote):
        return []
    return [found]


def _is_ours(topic: Topic, headed: bool, names: Sequence[Sequence[str]]) -> bool:
    """Whether a topic that quotes nothing may be about a paper that is given."""
    subject = topic.subject
    if topic.paper:
        return _named(topic.paper, names) is not None
    if _named(topic.question.text, names) is not None:
        return True
    if is_chore(topic.question.text) or subject.about is About.ELSEWHERE:
        return False
    if subject.about is About.OTHER:
        return subject.loose
    # Where headings say which questions are the paper's, those under other headings are not,
    # unless they are there to ask: then a person is told.
    unsaid = subject.about is About.UNSAID and subject.name
    return not (headed and unsaid and not ASKING.search(subject.name))


def _doubt(topic: Topic, headed: bool, sure: bool) -> str:
    if sure:
        return ""
    if topic.subject.about is About.OTHER and not topic.paper:
        name = topic.subject.name
        return f"‘{name}’ 아래의 질문이에요. 다른 논문의 질문이면 그 노트로 옮겨 주세요"
    if headed and topic.subject.about is About.UNSAID and not topic.paper:
        return _GUESSED
    return ""


_Best = tuple[int | None, Found | None]


def _clues(topic: Topic, sure: int | None, names: Sequence[Sequence[str]]) -> Iterator[int | None]:
    """Yield what tells a topic's paper, the surest first."""
    yield sure
    yield _named(topic.paper, names)
    yield _named(topic.subject.name, names)
    yield _named(topic.question.text, names)


def _sure(best: _Best) -> int | None:
    paper, quotation = best
    return paper if quotation and not quotation.weak else None


def _best(topic: Topic, sources: Sequence[Source]) -> _Best:
    """Return the paper that has most of a question's words, and the quotation."""
    best: _Best = (None, None)
    for text in (topic.question.text, *(said.text for said in topic.evidence)):
        for i, source in enumerate(sources):
            found = place.find(text, source)
            if found and (best[1] is None or found.count > best[1].count):
                best = i, found
        if best[1] and text == topic.question.text:
            return best
        if best[1]:
            # It stands below the answers; the question is whole without it.
            return best[0], replace(best[1], rest=topic.question.text)
    return None, None


def _named(text: str, names: Sequence[Sequence[str]]) -> int | None:
    """Return the one paper that ``text`` names: BERT is not named in RoBERTa."""
    found = [i for i, each in enumerate(names) if any(has_name(text, name) for name in each)]
    return found[0] if len(found) == 1 else None
