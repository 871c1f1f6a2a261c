"""The one model of a note, which rendering, checks, lists and exports share.

A note is a page about one paper. Its ``##`` sections are passages; each passage is a
flat run of blocks in reading order. Everything here is plain, frozen data: it is made
by :mod:`papernotes.note.parse` and only read afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from urllib.parse import quote

from papernotes.note.plain import unlisted

NAMELESS = "이름 없음"
"""The name of an answer for which the minutes give no speaker."""


class Status(StrEnum):
    """How far a question has come."""

    OPEN = "open"
    MENTOR = "mentor"
    ANSWERED = "answered"
    CORRECTED = "corrected"

    @property
    def label(self) -> str:
        """The word that readers see."""
        return {"open": "열림", "mentor": "멘토에게", "answered": "답함", "corrected": "바로잡음"}[
            self
        ]

    @property
    def is_settled(self) -> bool:
        """Whether nobody waits for an answer any more."""
        return self in (Status.ANSWERED, Status.CORRECTED)


@dataclass(frozen=True)
class Paper:
    """A paper in one pinned version; ``arxiv`` is the id with its version (``1907.11692v1``)."""

    short: str
    title: str
    authors: tuple[str, ...]
    year: int
    venue: str
    arxiv: str

    @property
    def published(self) -> str:
        """Where and when, the year once: ``ICLR 2020``, ``arXiv · 2019``."""
        here = str(self.year) in self.venue
        return self.venue if here else f"{self.venue} · {self.year}"

    @property
    def abs_url(self) -> str:
        """The abstract page of this very version."""
        return f"https://arxiv.org/abs/{self.arxiv}"

    @property
    def pdf(self) -> str:
        """The PDF of this very version."""
        return f"https://arxiv.org/pdf/{self.arxiv}"

    def pdf_url(self, page: int) -> str:
        """The PDF of this version, opened at ``page`` (``#page=`` as in RFC 8118)."""
        return f"{self.pdf}#page={page}"

    def html_url(self, text: str) -> str:
        """The paper as HTML on ar5iv, scrolled to ``text`` by a URL text fragment.

        ar5iv keeps one version a paper, so the id goes without its version.
        """
        words = text.split()
        ends = [words] if len(words) <= 8 else [words[:4], words[-4:]]
        fragment = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
        number = self.arxiv.rpartition("v")[0]
        return f"https://ar5iv.labs.arxiv.org/html/{number}#:~:text={fragment}"


@dataclass(frozen=True)
class Place:
    """Where a quotation stands: a section, table or other part, and the PDF's pages."""

    where: str | None
    pages: tuple[int, ...]

    @property
    def label(self) -> str:
        """The place as readers see it: ``§4.2, 4–5쪽``."""
        pages = "–".join(str(page) for page in dict.fromkeys((self.pages[0], self.pages[-1])))
        return f"{self.where}, {pages}쪽" if self.where else f"{pages}쪽"


@dataclass(frozen=True)
class Block:
    """What every block has: its Markdown ``text`` and the lines it stands on (from 1).

    Those of a passage also have a ``kind``, which tells them apart in exported data.
    """

    text: str
    line: int
    text_line: int


@dataclass(frozen=True)
class Quote(Block):
    """A word-for-word quotation: the passage itself, or (``evidence``) one that settles a point."""

    paper: Paper
    place: Place
    lang: str
    evidence: bool
    kind: Literal["quote"] = "quote"

    @property
    def markdown(self) -> str:
        """The text as a page has to read it: a number at its beginning begins no list."""
        return unlisted(self.text)


@dataclass(frozen=True)
class Translation(Block):
    """Our Korean translation of the quotation just above it."""

    kind: Literal["translation"] = "translation"


@dataclass(frozen=True)
class Question(Block):
    """What somebody did not understand; ``by`` is None where the minutes name nobody.

    ``session`` is the name of the session's page at which it was discussed, if it was at one.
    """

    by: str | None
    status: Status
    tags: tuple[str, ...]
    session: str = ""
    kind: Literal["question"] = "question"


@dataclass(frozen=True)
class Sourced(Block):
    """Words of ours, with where they come from."""

    sources: tuple[str, ...]


@dataclass(frozen=True)
class Gist(Sourced):
    """Our short answer: what somebody with this question needs to know."""

    kind: Literal["gist"] = "gist"


@dataclass(frozen=True)
class Answer(Block):
    """A member's answer in the member's words."""

    by: str
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True)
class Correction(Sourced):
    """Our correction of the answers of ``of``."""

    of: tuple[str, ...]
    kind: Literal["correction"] = "correction"


@dataclass(frozen=True)
class Addition(Sourced):
    """What we add to the answers of ``of``, which are right as they are."""

    of: tuple[str, ...]
    kind: Literal["addition"] = "addition"


@dataclass(frozen=True)
class Explanation(Sourced):
    """Our explanation."""

    kind: Literal["explanation"] = "explanation"


@dataclass(frozen=True)
class Open(Sourced):
    """What nobody knows yet."""

    kind: Literal["open"] = "open"


@dataclass(frozen=True)
class SnippetRef(Block):
    """A snippet shown here: ``path`` under ``snippets/``; ``alt`` describes its figures."""

    path: str
    alt: str
    kind: Literal["snippet"] = "snippet"


@dataclass(frozen=True)
class Term(Block):
    """A glossary entry. ``names`` are the spellings by which it is found in prose."""

    id: str
    name: str
    english: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Listing(Block):
    """A list of what the whole site holds, on an ordinary page.

    ``statuses`` narrow passages where there are any, ``group`` (what their codes begin with) rules.
    """

    name: str
    statuses: tuple[Status, ...]
    group: str


PassageBlock = (
    Quote
    | Translation
    | Question
    | Gist
    | Answer
    | Correction
    | Addition
    | Explanation
    | Open
    | SnippetRef
)
"""Every block that a passage may hold."""


@dataclass(frozen=True)
class Passage:
    """One puzzling passage of a paper: its quotation, question, answers and what we add."""

    id: str
    title: str
    line: int
    blocks: tuple[PassageBlock, ...]

    @property
    def quote(self) -> Quote:
        """The quoted passage itself."""
        return next(b for b in self.blocks if isinstance(b, Quote) and not b.evidence)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quotation, the passage's own first."""
        return tuple(b for b in self.blocks if isinstance(b, Quote))

    @property
    def question(self) -> Question:
        """The question, with the passage's status and tags."""
        return next(b for b in self.blocks if isinstance(b, Question))

    @property
    def gist(self) -> Gist | None:
        """The short answer, where there is one."""
        return next((b for b in self.blocks if isinstance(b, Gist)), None)

    @property
    def status(self) -> Status:
        """How far the question has come."""
        return self.question.status

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who asked or answered, each once, in order."""
        names = [b.by for b in self.blocks if isinstance(b, Question | Answer) and b.by]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Note:
    """A page about one paper; ``path`` is relative to ``docs/`` (``papers/roberta.md``).

    ``moved`` leads from ids that passages once had to those that they have now.
    """

    path: str
    description: str
    paper: Paper
    references: tuple[Paper, ...]
    passages: tuple[Passage, ...]
    moved: Mapping[str, str]

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The paper that it is about, and those that it quotes beside it."""
        return tuple(dict.fromkeys((self.paper, *self.references)))


@dataclass(frozen=True)
class Rule:
    """The page that explains one code of a problem; ``title`` is in a few words what is wrong."""

    code: str
    title: str
    path: str


@dataclass(frozen=True)
class Session:
    """The record of one meeting."""

    path: str
    title: str
    description: str
    participants: tuple[str, ...]
    papers: tuple[str, ...]
