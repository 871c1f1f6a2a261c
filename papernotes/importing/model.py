"""What minutes say, as the reading leaves it: plain, frozen data."""

from dataclasses import dataclass
from enum import Enum, auto

PICTURE = "PN701"
NO_PLACE = "PN702"
MISSING = "PN703"
"""Codes of what is left over: a picture, what no draft can hold, what a page does not have."""

PICTURE_REASON = "그림은 옮기지 못했어요. 볼 수 있으면 docs/assets/에 넣고 노트에서 보여 주세요."

NAMELESS_DOUBT = "누구의 말인지 회의록에 없어요. 앞사람의 말이 이어진 것인지 보아 주세요."
UNSURE_NAME = "사람의 이름인지 회의록에 없어요. 아니면 이름을 지우고 본문에 붙여 주세요."
MAYBE = "질문이면 앞에 `Q. `"
"""Doubts of who speaks, and of what is asked."""


class About(Enum):
    """What the headings above a question say that it is about."""

    UNSAID = auto()
    PAPER = auto()
    """A paper that is given, or "the paper"."""
    OTHER = auto()
    """A paper that is not given."""
    ELSEWHERE = auto()
    """The meeting, a lecture, a project."""


@dataclass(frozen=True)
class Subject:
    """What a heading is about; ``name`` is its words, ``loose`` that it is only a list's item."""

    about: About = About.UNSAID
    name: str = ""
    loose: bool = False


@dataclass(frozen=True)
class Said:
    """What one member said; ``by`` is None where nobody is named.

    ``doubt`` (Korean) is what a person has to look at.
    """

    by: str | None
    text: str
    lines: tuple[int, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Topic:
    """A question, the passage that it is about still in it, and what was answered.

    ``deferred`` are lines that leave it to the mentor and say nothing else; ``pictures`` are
    the lines of pictures. ``evidence`` are sentences that stand below the answers. ``paper`` is
    what a table's row says of the paper, ``subject`` what the headings say.
    """

    question: Said
    answers: tuple[Said, ...] = ()
    deferred: tuple[Said, ...] = ()
    pictures: tuple[int, ...] = ()
    evidence: tuple[Said, ...] = ()
    paper: str = ""
    subject: Subject = Subject()


@dataclass(frozen=True)
class Heading:
    """A heading, which may name the paper that follows."""

    text: str
    line: int


@dataclass(frozen=True)
class Remark:
    """What is neither question nor answer: a date, what else was talked about.

    ``doubt`` (Korean) says what else it could be, and which letters would say so.
    """

    text: str
    lines: tuple[int, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Leftover:
    """Lines that have no place in a draft; ``reason`` is Korean and says what to do."""

    code: str
    lines: tuple[int, ...]
    reason: str


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
