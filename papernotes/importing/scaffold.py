"""A new note's beginnings: its front matter, its slug and what it asks a person for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from papernotes.note.model import Gist, Paper, Passage, Place, Question, Quote, Status, Translation
from papernotes.note.scan import MARK

UNKNOWN = "모름"
"""What stands in a field of the front matter until a person fills it in."""

RESERVED = frozenset({"index"})
"""Slugs that are taken: that of the page which lists the others."""

_LONGEST_SHORT = 24

_LONGEST_SLUG = 60


@dataclass(frozen=True)
class Record:
    """What a source says of a paper; "", () or None where it says nothing.

    ``authors_line`` is what is printed where the authors stand, for a person to cut into names;
    ``sure`` says that the source is arXiv's own record and not the print.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    authors_line: str = ""
    year: int | None = None
    venue: str = ""
    sure: bool = False


@dataclass(frozen=True)
class Proposal:
    """A paper's front matter; ``marks`` are what a person has to look at, by field."""

    paper: Paper
    slug: str
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def description(self) -> str:
        """The note's description, until its editors write a better one."""
        return f"{self.paper.short} 논문에서 막힌 구절을 원문, 질문, 답과 함께 풀어 읽어요."


def propose(paper_id: str, record: Record, *, slug: str = "", name: str = "") -> Proposal:
    """Return the front matter that ``record`` gives for the paper ``paper_id``.

    ``name`` is how the minutes call the paper, where that is all there is.
    """
    marks = {}
    title = record.title or name or UNKNOWN
    if not record.title:
        marks["title"] = ask("논문의 제목을 적어 주세요")
    elif not record.sure and is_doubtful(title):
        marks["title"] = ask("PDF에서 읽은 제목이 이상해요. 논문의 제목을 확인해 주세요")
    elif title.partition(": ")[2].isupper():
        marks["title"] = ask("제목의 대소문자를 논문의 서지에 맞춰 주세요")
    short = name or title.partition(":")[0].strip()
    if short == UNKNOWN or len(short) > _LONGEST_SHORT:
        marks["short"] = ask("논문을 부르는 짧은 이름을 적어 주세요")
    if not record.authors:
        printed = f" PDF에는 이렇게 있어요: {record.authors_line}" if record.authors_line else ""
        marks["authors"] = ask(f"저자를 한 사람씩 나눠 적어 주세요.{printed}")
    elif not record.sure:
        marks["authors"] = ask("PDF에서 읽은 저자예요. 빠진 사람이 없는지 확인해 주세요")
    if not record.year:
        marks["year"] = ask("이 판이 나온 해가 맞는지 확인해 주세요")
    paper = Paper(
        short,
        title,
        record.authors or (UNKNOWN,),
        record.year or _year(paper_id),
        record.venue or "arXiv",
        paper_id,
    )
    slugs = (slug, slug_of(short), slug_of(f"arxiv {paper_id}"))
    return Proposal(paper, next(s for s in slugs if s and s not in RESERVED), marks)


def is_doubtful(title: str) -> bool:
    """Whether a title read from print is hardly one: cut off, in pieces, or a letterhead."""
    words = re.findall(r"[^\W\d_]{3,}", title)
    pieces = [word for word in title.split() if len(word) < 3 and word not in ("A", "I", "&")]
    ends = title.casefold().split()[-1:]
    return (
        len(words) < 2
        or len(pieces) * 2 > len(title.split())
        or len(title) > 200
        or ends[0] in ("of", "for", "and", "with", "the", "a", "in", "to", "on", "from")
        or re.search("[\ufffd\ue000-\uf8ff@]|https?:|arXiv:|-$", title) is not None
    )


def ask(what: str, line: int | None = None) -> str:
    """Return what a mark says: ``채우기: 제목을 적어 주세요. (회의록 12행)``."""
    # What is in a comment must not end it, nor be taken for markup.
    what = " ".join(what.replace("<", "‹").replace(">", "›").replace("--", "–").split())
    return f"{MARK}: {what.removesuffix('.')}." + (f" (회의록 {line}행)" if line else "")


def comment(what: str, line: int | None = None) -> str:
    """Return a mark for a page's body: an HTML comment."""
    return f"<!-- {ask(what, line)} -->"


def slug_of(text: str) -> str:
    """Return ``text`` as ASCII words joined by hyphens; empty where it has none.

    It names a file: a title page that is one paragraph must not make a name that is none.
    """
    slug = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    if len(slug) <= _LONGEST_SLUG:
        return slug
    return slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]


def empty_quote(paper: Paper, what: str, line: int | None = None) -> Quote:
    """Return a quotation that is still to be copied; its page is the first until then."""
    return Quote(comment(what, line), 0, 0, paper, Place(None, (1,)), "en", evidence=False)


def empty_translation(line: int | None = None) -> Translation:
    """Return a translation that is still to be written."""
    return Translation(comment("인용을 우리말로 옮겨 주세요", line), 0, 0)


def empty_gist(line: int | None = None) -> Gist:
    """Return a short answer that is still to be written."""
    what = "이 질문을 한 사람이 알아야 할 것을 90자 안으로 줄이고, source에 출처를 적어 주세요"
    return Gist(comment(what, line), 0, 0, ())


def example(proposal: Proposal) -> Passage:
    """Return the passage that shows how one is written, everything in it still to be filled in."""
    quote = "막힌 문장을 원문 그대로 옮기고, 위의 자리를 절과 쪽으로 고쳐 주세요. 보기: §4.1, p. 4"
    question = Question(comment("무엇이 막혔는지 적어 주세요"), 0, 0, None, Status.OPEN, ())
    return Passage(
        f"{proposal.slug}-first",
        "막힌 구절의 제목",
        0,
        (empty_quote(proposal.paper, quote), empty_translation(), question),
    )


def _year(paper_id: str) -> int:
    """Return the year in which an arXiv id was given out (``1706.03762``, ``cs/9901001``)."""
    two = int(re.sub(r"^[a-z.A-Z-]+/", "", paper_id)[:2])
    return 1900 + two if two > 90 else 2000 + two
