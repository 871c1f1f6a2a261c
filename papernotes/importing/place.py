"""Where in a paper the English words of a question stand, and where the question begins.

A member pastes a sentence and goes on in Korean, often without a full stop between. The
paper's fingerprint says how far the words are the paper's own: the longest run of words that
a page has is the quotation, and the rest is the question.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from papernotes.fingerprint.fingerprint import Fingerprint
from papernotes.fingerprint.matching import Lookup
from papernotes.fingerprint.normalise import Word, words
from papernotes.fingerprint.pagehash import RunHashes
from papernotes.fingerprint.pdftext import Layer, Line, PdfText
from papernotes.fingerprint.readings import GRAM, Node, read, reference_labels
from papernotes.fingerprint.verify import verify
from papernotes.importing.wording import is_title, without_addresses
from papernotes.note.hangul import LETTER
from papernotes.note.model import Place

_PROOF = GRAM + 2
"""Words in a row that prove a page by their hashes alone: one run of five is found on a page
by chance once in 64, three runs in a row once in 64^3."""

_LIKE = 0.6
"""The share of a quotation's words that the paper must have where not all are as it has them."""

_MOST_CHANGED = 6
"""Words in a row that a member may have changed, left out or added inside a quotation."""

_OPENING = re.compile(r"[\"“‘'`*_>\s]*$")
_CLOSING = re.compile(r"^[\"”’'`*_\s]+")
_BRACKETS = [("(", ")"), ("[", "]")]
_HYPHENED = re.compile(r"\b([A-Za-z]+)-(\s?)([a-z]+)\b")
_ENDS = re.compile(r"[.!?:][\"”’)\]]*$")


@dataclass(frozen=True)
class Source:
    """A paper in which quotations are looked for; ``pdf`` is None where it is not at hand."""

    fingerprint: Fingerprint
    pdf: PdfText | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The PDF's lines."""
        return self.pdf.lines if self.pdf else ()

    @cached_property
    def nodes(self) -> dict[str, list[Node]]:
        """The PDF's words in all readings, by their text."""
        found: dict[str, list[Node]] = {}
        for node in read(self.lines, reference_labels(self.lines)):
            found.setdefault(node.text, []).append(node)
        return found

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The words of the PDF that stand within a line, with the hyphens they have there."""
        text = "\n".join(re.sub("\\S*\ufffe", "", line.text) for line in self.lines)
        return frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()))

    @cached_property
    def headings(self) -> tuple[int | None, ...]:
        """The line on which each section of the fingerprint begins, None where it is not seen."""
        found: list[int | None] = []
        for section in self.fingerprint.sections:
            title = [word.text for word in words(f"{section.number} {section.title}")]
            at = (
                i
                for i, line in enumerate(self.lines)
                if line.page == section.page and line.layer is Layer.FLOW
                if (here := [word.text for word in words(line.text)]) == title[: len(here)] != []
            )
            found.append(next(at, None))
        return tuple(found)


@dataclass(frozen=True)
class Found:
    """A quotation in a member's text.

    ``quote`` has the member's words, without the hyphens of line breaks; ``rest`` is all that
    stands around it. ``count`` says how many of its words the paper has; it is ``weak`` where
    those are so few that they may be there by chance. ``doubts`` (Korean) are for a person to
    look at.
    """

    quote: str
    rest: str
    place: Place
    count: int
    weak: bool
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class _Span:
    """Words [first, behind) of a text, found on ``pages``; ``count`` leaves changed words out."""

    first: int
    behind: int
    pages: tuple[int, ...]
    count: int


def find(text: str, source: Source) -> Found | None:
    """Return the quotation from ``source`` in ``text``; None where there is none.

    What is in a link, an address or code is no quotation, and a title is no sentence.
    """
    said = words(without_addresses(text))
    span = _best_span(said, source)
    if span is None or is_title(text[said[span.first].offset : said[span.behind - 1].end]):
        return None
    head, quote, tail = _cut(text, said[span.first].offset, said[span.behind - 1].end)
    rest = "\n".join(part for part in (head, tail) if part)
    quote, doubts = _without_breaks(" ".join(quote.split()), source)
    pages = _verified_pages(quote, span, source)
    if pages is None and span.count < max(2 * GRAM, _LIKE * (span.behind - span.first)):
        return None  # words that many texts have, here and there in this one
    node = _node(said[span.first : span.behind], span.pages, source)
    place = Place(_section(span.pages, node, source), pages or span.pages)
    if pages is None:
        doubts.append("인용에 원문과 다른 데가 있어요. 원문과 비교해 고쳐 주세요.")
    weak = span.count == GRAM and not source.pdf
    if weak:
        doubts.append(
            f"인용이 {GRAM}낱말뿐이라 이 쪽에 있는지 확실하지 않아요. 원문을 찾아봐 주세요."
        )
    doubts += _edges(quote, head, node)
    return Found(quote, rest, place, span.count, weak, tuple(doubts))


def _best_span(said: Sequence[Word], source: Source) -> _Span | None:
    """Return the words of ``said`` that one page (or two in a row) has most of."""
    hashes = RunHashes()
    texts = [word.text for word in said]
    grams = [tuple(texts[i : i + GRAM]) for i in range(len(texts) - GRAM + 1)]
    english = [not any(map(LETTER.match, gram)) for gram in grams]
    best: _Span | None = None
    again = False
    had: list[bool] = []
    for number, page in enumerate(source.fingerprint.hashes, 1):
        found = Lookup(page, hashes)
        before = had
        had = [ok and found[gram] is not None for gram, ok in zip(grams, english, strict=True)]
        for pages, has in (((number,), had), ((number - 1, number), _either(before, had))):
            for span in _spans(has, pages, texts, source):
                # A sentence over a page's end is on both pages; only more than one needs two.
                margin = (len(pages) - 1) * (GRAM - 1)
                if best is None or span.count > best.count + margin:
                    best, again = span, False
                elif span.count == best.count and len(pages) == 1:
                    again = True
    few = best is not None and best.count < _PROOF and not source.pdf
    return None if few and again else best


def _either(one: Sequence[bool], other: Sequence[bool]) -> list[bool]:
    return [a or b for a, b in zip(one, other, strict=True)] if one else []


def _spans(
    has: Sequence[bool], pages: tuple[int, ...], texts: Sequence[str], source: Source
) -> Iterator[_Span]:
    """Yield runs of words that prove something, those with few changed words between as one."""
    joined: _Span | None = None
    for run in _runs(has, pages, texts, source):
        between = texts[joined.behind : run.first] if joined else ()
        near = len(between) <= _MOST_CHANGED and not any(map(LETTER.match, between))
        if joined and near and (run.count > GRAM or _is_korean(texts, run.behind)):
            joined = _Span(joined.first, run.behind, pages, joined.count + run.count)
        elif source.pdf or run.count >= _PROOF or _is_alone(run, texts):
            if joined:
                yield joined
            joined = run
    if joined:
        yield joined


def _runs(
    has: Sequence[bool], pages: tuple[int, ...], texts: Sequence[str], source: Source
) -> Iterator[_Span]:
    start: int | None = None
    for at, found in enumerate([*has, False]):
        if found and start is None:
            start = at
        elif not found and start is not None:
            first, behind = start, at - 1 + GRAM
            if source.pdf:
                first, behind = _printed(first, behind, pages, texts, source)
            if behind - first >= GRAM:
                yield _Span(first, behind, pages, behind - first)
            start = None


def _is_alone(run: _Span, texts: Sequence[str]) -> bool:
    """Whether a run is all the English there is before and behind the next Korean word."""
    return all(_is_korean(texts, at) for at in (run.first - 1, run.behind))


def _is_korean(texts: Sequence[str], at: int) -> bool:
    """Whether there is no English word at ``at``: a Korean one, or the end of the text."""
    return not 0 <= at < len(texts) or LETTER.match(texts[at]) is not None


def _printed(
    first: int, behind: int, pages: tuple[int, ...], texts: Sequence[str], source: Source
) -> tuple[int, int]:
    """Return the longest part of a run that the PDF itself has: a hash may err at its ends."""
    best = first, first
    for start in range(first, max(first + 1, behind - GRAM + 1)):
        if behind - start <= best[1] - best[0]:
            break
        here = [node for node in source.nodes.get(texts[start], ()) if node.page in pages]
        at = start
        while here and at < behind:
            at += 1
            wanted = texts[at] if at < behind else None
            here = [after for node in here for after in node.next if after.text == wanted]
            here = list(dict.fromkeys(here))
        if at - start > best[1] - best[0]:
            best = start, at
    return best


def _cut(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Cut ``text`` around a quotation, its brackets and full stop kept, its quotes dropped."""
    for opening, closing in _BRACKETS:
        inside = text[start:end]
        if inside.count(closing) > inside.count(opening) and text[:start].endswith(opening):
            start -= 1
    for opening, closing in _BRACKETS * 2:
        inside = text[start:end]
        if inside.count(opening) > inside.count(closing) and text[end:].startswith(closing):
            end += 1
    if text[end:].startswith("."):
        end += 1
    head, tail = text[:start], text[end:]
    head = _OPENING.sub("", head)
    tail = _CLOSING.sub("", re.sub(r"^,(?=\s|$)", "", tail), count=1)
    return head.strip(), text[start:end], tail.strip()


def _without_breaks(quote: str, source: Source) -> tuple[str, list[str]]:
    """Join words that a line break had cut; return them with the doubts that remain."""
    doubtful: list[str] = []

    def mend(match: re.Match[str]) -> str:
        one, gap, other = match.groups()
        joined, hyphened = one + other, f"{one}-{other}"
        if hyphened.lower() in source.spellings:
            return hyphened
        if joined.lower() in source.spellings:
            return joined
        doubtful.append(match[0])
        return joined if gap else match[0]

    mended = _HYPHENED.sub(mend, quote)
    if not doubtful:
        return mended, []
    listed = ", ".join(f"‘{each}’" for each in dict.fromkeys(doubtful))
    return mended, [f"{listed}의 붙임표가 줄이 바뀌며 들어간 것이면 빼 주세요."]


def _verified_pages(quote: str, span: _Span, source: Source) -> tuple[int, ...] | None:
    """Return the pages on which the whole quotation is found; None where there are none."""
    last = source.fingerprint.pages
    near = [(page - 1, page) for page in (span.pages[0], span.pages[0] + 1) if 1 < page <= last]
    for pages in dict.fromkeys([span.pages, *near]):
        if not verify(quote, pages, None, source.fingerprint):
            return pages
    return None


def _node(said: Sequence[Word], pages: Iterable[int], source: Source) -> Node | None:
    """Return where the PDF has the first words of a quotation."""
    for node in source.nodes.get(said[0].text, ()):
        if node.page not in pages:
            continue
        here = [node]
        for word in said[1:GRAM]:
            here = [after for each in here for after in each.next if after.text == word.text]
        if here:
            return node
    return None


def _section(pages: tuple[int, ...], node: Node | None, source: Source) -> str | None:
    """Return the section as a note names it (``§4.1``); None where it cannot be told."""
    sections = source.fingerprint.sections
    if node is None:
        at = max((i for i, each in enumerate(sections) if each.page < pages[0]), default=None)
        if at is None or any(each.page in pages for each in sections):
            return None
    else:
        line = node.place // 10_000
        if source.lines[line].layer is not Layer.FLOW:
            return None
        seen = [i for i, begins in enumerate(source.headings) if begins is not None]
        at = max((i for i in seen if (source.headings[i] or 0) <= line), default=None)
        # A heading in between that was not seen could be the one.
        behind = sections[at + 1 : at + 2] if at is not None else ()
        if at is None or (at + 1 not in seen and any(s.page <= pages[0] for s in behind)):
            return None
    section = sections[at]
    if section.number:
        return f"§{section.number}"
    return section.title if section.title == "Abstract" else None


def _edges(quote: str, head: str, node: Node | None) -> Iterator[str]:
    if head and not LETTER.search(head) and any(map(str.isalpha, head)):
        yield f"인용 앞의 ‘{head}’는 원문에서 찾지 못해 질문에 두었어요. 옮기거나 지워 주세요."
    starts = node.starts if node else not quote[0].islower()
    ends = _ENDS.search(quote) is not None
    if not (starts and ends):
        cut = "시작하고 끝나요" if not (starts or ends) else "끝나요" if starts else "시작해요"
        yield f"인용이 문장 중간에서 {cut}. 나머지를 채울지 보아 주세요."
