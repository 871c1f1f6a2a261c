"""Whether a quotation is what the paper says, and what to tell the person who quoted it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from papernotes.fingerprint import shown
from papernotes.fingerprint.fingerprint import Fingerprint, Section
from papernotes.fingerprint.matching import (
    LONGEST_INSERTION,
    MIN_WORDS,
    Mark,
    Part,
    Reason,
    Stop,
    count,
    first_hidden,
    match,
    parts_of,
)
from papernotes.fingerprint.normalise import Word
from papernotes.fingerprint.pagehash import RunHashes
from papernotes.fingerprint.readings import FORMULA
from papernotes.fingerprint.sections import roman
from papernotes.note.kinds import write_place
from papernotes.note.model import Place


class Kind(Enum):
    """What can be wrong with a quotation."""

    NOT_AS_SHOWN = auto()
    TURNS = auto()
    LEFT_OUT = auto()
    TOO_SHORT = auto()
    PIECE_TOO_SHORT = auto()
    DIFFERS = auto()
    OUT_OF_ORDER = auto()
    OTHER_PAGE = auto()
    PAGE_OUT_OF_RANGE = auto()
    WRONG_SECTION = auto()
    UNKNOWN_SECTION = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: ``message`` is Korean; ``offset`` counts the quotation's characters."""

    kind: Kind
    message: str
    offset: int = 0


_Pages = tuple[int, ...]


def verify(quote: str, pages: _Pages, where: str | None, fp: Fingerprint) -> list[Finding]:
    """Return what is wrong with ``quote``, said to stand on ``pages`` (from 1) in ``where``.

    ``where`` is "§4.1", "Abstract", "Table 2" or None. An empty list means that every word
    that a reader sees was found, in order, on those pages, and that ``where`` is there too.
    """
    refused = shown.read(quote).refused
    if refused:
        return [Finding(Kind.NOT_AS_SHOWN, each.message, each.offset) for each in refused]
    if (word := first_hidden(quote)) is not None:
        otherwise = (
            f"‘{quote[word.offset : word.end]}’ 자리가 쪽에는 다르게 보여요. `*`, `$`, 백틱의 짝이 "
            "한 문단 안에서 맞는지 보고, 글자 그대로 보일 것은 앞에 `\\`를 붙여 주세요."
        )
        return [Finding(Kind.NOT_AS_SHOWN, otherwise, word.offset)]
    if not pages or not all(1 <= page <= fp.pages for page in pages):
        known = (
            f"이 논문은 1쪽에서 {fp.pages}쪽까지예요. 인쇄된 번호 말고 PDF의 쪽수로 적어 주세요."
        )
        return [Finding(Kind.PAGE_OUT_OF_RANGE, known)]
    findings = _misplaced(pages, where, fp)
    parts = parts_of(quote)
    length = count(parts)
    if length < MIN_WORDS:
        short = f"인용이 {length}낱말뿐이라 확인할 수 없어요. {MIN_WORDS}낱말 이상 옮겨 주세요."
        return [*findings, Finding(Kind.TOO_SHORT, short)]
    search = _Search(parts, fp)
    stop = search.on(pages)
    if stop:
        findings.append(search.explain(quote, pages, stop))
    return findings


def quoted_words(quote: str) -> int:
    """Return how many of the paper's words ``quote`` has; the quoter's brackets do not count."""
    return count(parts_of(quote))


def found_on(quote: str, fp: Fingerprint) -> _Pages:
    """Return the pages on which ``quote`` stands, none where it does not."""
    if shown.read(quote).refused or count(parts_of(quote)) < MIN_WORDS:
        return ()
    search = _Search(parts_of(quote), fp)
    return next((pages for pages in search.others(()) if search.on(pages) is None), ())


@dataclass(frozen=True, slots=True)
class Uncompared:
    """What a verified quotation shows that was not compared whole.

    Gaps, formulas left out, and formulas ``drawn``, whose letters and signs were compared but not
    their case or which of them stand higher.
    """

    gaps: int
    formulas: int
    drawn: int


def uncompared(quote: str) -> Uncompared:
    """Count the gaps between a quotation's words, and the formulas in it."""
    parts = parts_of(quote)
    quoted = [i for i, part in enumerate(parts) if part.words or part.mark is Mark.FORMULA]
    inner = parts[quoted[0] + 1 : quoted[-1] + 1] if quoted else ()
    gaps = sum(part.mark is Mark.ELLIPSIS for part in inner)
    formulas = [part for part in parts if part.mark is Mark.FORMULA]
    drawn = sum(bool(part.ways) for part in formulas)
    return Uncompared(gaps, len(formulas) - drawn, drawn)


_SAID = {
    Reason.TOO_SHORT: (
        Kind.PIECE_TOO_SHORT,
        "줄임표나 괄호로 나뉜 조각 “{excerpt}” 하나로는 짧아서 확인할 수 없어요. "
        f"조각마다 {MIN_WORDS}낱말 이상 옮겨 주세요.",
    ),
    Reason.TURNS: (
        Kind.TURNS,
        "괄호에 넣은 ‘{excerpt}’ 때문에 원문의 뜻이 달라져요. "
        "원문에 없는 말은 인용 밖에 적어 주세요.",
    ),
    Reason.ADDS: (
        Kind.TURNS,
        f"“{{excerpt}} …” 괄호로 보탠 말이 길어요. {LONGEST_INSERTION}자까지만 보태고, "
        "더 할 말은 인용 밖에 적어 주세요.",
    ),
    Reason.UNSURE: (
        Kind.PIECE_TOO_SHORT,
        "문장 안의 ‘{excerpt}’로 시작하거나 끝나는 인용은 그 말이 원문에 있는지 확인할 수 "
        "없어요. 그 바깥의 낱말까지 늘려 옮겨 주세요.",
    ),
    Reason.LEFT_OUT: (
        Kind.LEFT_OUT,
        "“{excerpt}” 앞의 줄임표가 원문의 ‘{missing}’를 가려서 뜻이 달라져요. "
        "줄임표 대신 원문의 말을 그대로 옮겨 주세요.",
    ),
    Reason.UNPLACED: (
        Kind.OUT_OF_ORDER,
        "“{excerpt}” 조각은 문장의 처음에도 끝에도 닿지 않아서, 차례가 원문과 같은지 "
        "알 수 없어요. 이 조각을 문장의 처음이나 끝까지 늘려 옮겨 주세요.",
    ),
}
"""What to say where another page would not help."""


class _Search:
    """One quotation, looked for on one page after the other."""

    def __init__(self, parts: Sequence[Part], fp: Fingerprint) -> None:
        self.parts = parts
        self.fp = fp
        self.hashes = RunHashes()

    def on(self, pages: _Pages) -> Stop | None:
        hashes = [self.fp.hashes[page - 1] for page in pages]
        return match(self.parts, hashes, self.hashes, lambda: self.fp.names)

    def explain(self, quote: str, pages: _Pages, stop: Stop) -> Finding:
        """Say what is wrong, knowing that the quotation came to a ``stop`` on ``pages``."""
        start = stop.piece[0].offset
        excerpt = _excerpt(quote, stop.piece, 0)
        if stop.reason in _SAID:
            kind, message = _SAID[stop.reason]
            return Finding(kind, message.format(excerpt=excerpt, missing=stop.missing), start)
        stops = {other: self.on(other) for other in self.others(pages)}
        found = next((other for other, end in stops.items() if end is None), None)
        if found and count(self.parts) > MIN_WORDS:  # five words prove no page
            elsewhere = (
                f"{_label(pages)}이 아니라 {_label(found)}에 있어요. "
                f"쪽수를 이렇게 고쳐 주세요: {write_place(Place(None, found))}"
            )
            return Finding(Kind.OTHER_PAGE, elsewhere, start)
        if stop.reason is Reason.OUT_OF_ORDER:
            order = (
                f"“{excerpt}” 조각은 앞 조각보다 먼저 나오는 글이에요. "
                "조각을 원문의 차례대로 옮겨 주세요."
            )
            return Finding(Kind.OUT_OF_ORDER, order, start)
        place = f"{_label(pages)}의 원문과"
        for other, end in stops.items():
            if end and end.fitted > 2 * stop.fitted + MIN_WORDS:
                stop = end
                place = f"{_label(other)}의 글과 가장 비슷하지만 그와도"
        word = stop.piece[stop.at]
        seen = quote[word.offset : word.end]
        differs = (
            f"{place} 달라요. “{_excerpt(quote, stop.piece, stop.at)}” 가운데 ‘{seen}’부터예요. "
            f"{self.hint(seen)} 원문과 비교해 그대로 고쳐 주세요."
        )
        return Finding(Kind.DIFFERS, differs, word.offset)

    def hint(self, seen: str) -> str:
        """Say what may be the reason where ``seen`` begins to differ, and what a gap costs."""
        if seen.startswith("$"):
            return "그대로 옮기기 어려운 수식은 [수식]으로 적어도 돼요."
        if seen == FORMULA:
            return "[수식]은 수식 하나만 대신하니까, 그 앞뒤의 낱말은 빼지 말고 옮겨야 해요."
        if any(part.mark is Mark.INSERTION for part in self.parts):
            return "대괄호는 말을 보태기만 하니까, 뺀 말이 있으면 그 자리에 …도 있어야 해요."
        return (
            "말을 일부러 뺀 …나 수식을 뺀 [수식]도 쓸 수 있지만, "
            "그러면 거기는 대조하지 않았다고 쪽에 나와요."
        )

    def others(self, pages: _Pages) -> list[_Pages]:
        """Return where else to look: first whether it runs on over the end of ``pages``."""
        turns = [(page, page + 1) for page in range(1, self.fp.pages)]
        near = [turn for turn in turns if set(pages) & set(turn)]
        single = [(page,) for page in range(1, self.fp.pages + 1)]
        return [other for other in dict.fromkeys([*near, *single, *turns]) if other != pages]


def _excerpt(quote: str, piece: Sequence[Word], at: int) -> str:
    """Return the quotation's own text from two words before ``at`` to two behind it."""
    start, end = piece[max(0, at - 2)].offset, piece[min(len(piece) - 1, at + 2)].end
    return " ".join(quote[start:end].split())


def _label(pages: _Pages) -> str:
    return Place(None, pages).label


def _misplaced(pages: _Pages, where: str | None, fp: Fingerprint) -> list[Finding]:
    """Return the finding, if any, about a ``where`` that is unknown or not on ``pages``."""
    if where is None:
        return []
    span = _span(where, fp)
    if span is None:
        unknown = (
            f"이 논문에서 ‘{where}’라는 절이나 표, 그림을 찾지 못했어요. "
            f"fingerprints/{fp.id.replace('/', '-')}.json의 sections와 floats에 있는 이름으로 "
            "고치거나, 그 목록에 빠졌으면 목록을 고쳐 주세요."
        )
        return [Finding(Kind.UNKNOWN_SECTION, unknown)]
    first, last = span
    if first <= pages[0] and pages[-1] <= last:
        return []
    extent = (first,) if first == last else (first, last)
    wrong = (
        f"‘{where}’의 자리는 {_label(extent)}인데 {_label(pages)}이라고 적혔어요. "
        "절이나 쪽수를 고쳐 둘을 맞춰 주세요. 논문과 다르면 "
        f"fingerprints/{fp.id.replace('/', '-')}.json의 목록을 고쳐 주세요."
    )
    return [Finding(Kind.WRONG_SECTION, wrong)]


def _span(where: str, fp: Fingerprint) -> tuple[int, int] | None:
    """Return the first and the last page of a section, table or figure."""
    name = _name(where)
    for known, page in reversed(fp.floats.items()):
        if _name(known) == name:
            return page, page
    name = re.sub(r"^(?:§+|section|appendix)\s*(?=[a-z0-9]+(?:[.\d-]|$))", "", name)
    for i, section in enumerate(fp.sections):
        if name in (_name(section.number), _name(section.title)):
            return section.page, _last_page(section, fp.sections[i + 1 :], fp)
    return None


@lru_cache(maxsize=1024)  # a paper has tens of them, and each quotation asks for all
def _name(text: str) -> str:
    """Return a section's or float's name in one form: "Fig. 2", "TABLE II", "III.B"."""
    name = " ".join(text.casefold().replace("fig.", "figure").split())
    name = re.sub(r"(?<=[ivx])\.(?=[a-z]$)", "-", name)
    found = re.fullmatch(r"(table|figure|algorithm) ([ivx]+)", name)
    return f"{found[1]} {roman(found[2])}" if found else name


def _last_page(section: Section, following: Sequence[Section], fp: Fingerprint) -> int:
    """Return the page on which the next section begins that is not a part of this one."""
    inside = (f"{section.number}.", f"{section.number}-")
    outside = (s.page for s in following if not section.number or not s.number.startswith(inside))
    return next(outside, fp.pages)
