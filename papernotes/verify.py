"""Whether a quotation is what the paper says, word for word, on the page it claims.

A quotation is read in pieces. ``…``, ``...`` and ``[…]`` say that words are left out, and so
may a bracket in small letters (``[the model]``) unless the paper prints it; ``[sic]`` only
adds. A bracket without small letters (``[MASK]``, ``[12]``) is the paper's own text, and
``[수식]`` stands for a formula that is left out.

Every run of five words of a piece must be on the page. Runs overlap by four words, so a piece
is a chain through the page; where the page repeats four words in a row, and the chain could go
over into another sentence, the words around them are checked too. The order of the pieces is checked where they touch the edge of a
sentence, for only there does the fingerprint know what comes first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from papernotes.fingerprint import Fingerprint, Section
from papernotes.normalise import Word, words
from papernotes.pagehash import LONGEST_REPEAT, RunHashes, guard, seen
from papernotes.readings import FORMULA, GRAM

MIN_WORDS = GRAM
"""The fewest words that a quotation, and each piece of it, must have: those of one gram."""


class Kind(Enum):
    """What can be wrong with a quotation."""

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


def verify(quote: str, pages: tuple[int, ...], where: str | None, fp: Fingerprint) -> list[Finding]:
    """Return what is wrong with ``quote``, said to stand on ``pages`` (from 1) in ``where``.

    ``where`` is "§4.1", "Abstract", "Table 2" or None. An empty list means that every word
    was found, in order, on those pages, and that ``where`` is there too.
    """
    if not pages or not all(1 <= page <= fp.pages for page in pages):
        known = f"이 논문은 1쪽에서 {fp.pages}쪽까지예요. 인쇄된 번호 말고 PDF의 쪽수로 적으세요."
        return [Finding(Kind.PAGE_OUT_OF_RANGE, known)]
    findings = _misplaced(pages, where, fp)
    parts = _parts(quote)
    count = _count(parts)
    if count < MIN_WORDS:
        short = f"인용이 {count}낱말뿐이라 확인할 수 없어요. {MIN_WORDS}낱말 이상 옮기세요."
        return [*findings, Finding(Kind.TOO_SHORT, short)]
    hashes = RunHashes()
    stop = _match(parts, pages, fp, hashes)
    if stop:
        findings.append(_explained(stop, quote, parts, pages, fp, hashes))
    return findings


def quoted_words(quote: str) -> int:
    """Return how many of the paper's words ``quote`` has; the quoter's brackets do not count."""
    return _count(_parts(quote))


# The parts of a quotation


class _Mark(Enum):
    """What stands between words: the last two are the paper's, the first two the quoter's."""

    ELLIPSIS = auto()
    INSERTION = auto()  # [the model], [sic]: has small letters
    PRINTED = auto()  # [MASK], [12]: has none
    FORMULA = auto()


@dataclass(frozen=True, slots=True)
class _Part:
    """A mark, the words inside it, and those that follow."""

    mark: _Mark
    inside: tuple[Word, ...]
    words: tuple[Word, ...]


_MARKS = re.compile(
    rf"(?P<formula>{re.escape(FORMULA)})"
    r"|(?P<ellipsis>\[\s*(?:…|\.{3})\s*\]|…|\.\s?\.\s?\.(?:\s?\.)?)"
    r"|\[(?P<inside>[^\[\]]*)\]"
)


def _parts(quote: str) -> list[_Part]:
    parts = []
    mark, inside, start = _Mark.ELLIPSIS, (), 0
    for match in _MARKS.finditer(quote):
        parts.append(_Part(mark, inside, _words(quote, start, match.start())))
        start, inside = match.end(), ()
        if match["formula"]:
            mark, inside = _Mark.FORMULA, (Word(FORMULA, *match.span()),)
        elif match["ellipsis"]:
            mark = _Mark.ELLIPSIS
        else:
            inside = _words(quote, *match.span("inside"))
            small = match["inside"] != match["inside"].upper()
            mark = _Mark.INSERTION if small else _Mark.PRINTED
    parts.append(_Part(mark, inside, _words(quote, start, len(quote))))
    return parts


def _words(quote: str, start: int, end: int) -> tuple[Word, ...]:
    found = words(quote[start:end])
    return tuple(Word(word.text, word.offset + start, word.end + start) for word in found)


def _count(parts: Sequence[_Part]) -> int:
    """Count what is a word: not an operator, not a formula left out."""
    printed = (part.inside if part.mark is _Mark.PRINTED else () for part in parts)
    kept = [
        w.text for inside, part in zip(printed, parts, strict=True) for w in (*inside, *part.words)
    ]
    return sum(text.isalnum() or (len(text) > 1 and text != FORMULA) for text in kept)


# Matching


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where a match ended: at word ``at`` of ``piece``, after ``fitted`` grams."""

    kind: Kind
    piece: Sequence[Word]
    at: int = 0
    fitted: int = 0


def _match(
    parts: Sequence[_Part], pages: tuple[int, ...], fp: Fingerprint, hashes: RunHashes
) -> _Stop | None:
    """Return where the quotation leaves ``pages``, or None if it does not."""
    matcher = _Matcher(pages, fp, hashes)
    pieces = matcher.pieces(parts)
    for piece in pieces:
        if len(piece) < MIN_WORDS:
            return _Stop(Kind.PIECE_TOO_SHORT, piece)
    return matcher.follow(pieces)


_Route = list[tuple[int, int]]
"""The claimed pages that a piece runs over, each with its first gram there."""


class _Matcher:
    """Follows a quotation over the claimed pages, forward only."""

    def __init__(self, pages: tuple[int, ...], fp: Fingerprint, hashes: RunHashes) -> None:
        self.pages = [fp.hashes[page - 1] for page in pages]
        self.hashes = hashes

    def find(self, gram: tuple[str, ...], page: int) -> tuple[int, ...] | None:
        """Look ``gram`` up on the claimed page (see :meth:`papernotes.pagehash.Page.find`)."""
        hashes = self.hashes
        return self.pages[page].find(hashes[gram], hashes[gram[:-1]], hashes[gram[1:]])

    def fits(self, run: Sequence[Word]) -> bool:
        """Whether every gram of ``run`` (at least one) is on one of the claimed pages."""
        return len(run) >= GRAM and all(
            any(self.find(gram, page) is not None for page in range(len(self.pages)))
            for gram in _grams(run)
        )

    def pieces(self, parts: Sequence[_Part]) -> list[list[Word]]:
        """Decide what every mark means, and return the runs of words without a gap."""
        pieces: list[list[Word]] = [[]]
        for part in parts:
            piece = pieces[-1]
            before, after = piece[1 - GRAM :], part.words[: GRAM - 1]
            if part.mark is _Mark.FORMULA and piece and piece[-1].text == FORMULA:
                piece.extend(part.words)  # two formulas in a row are one
            elif part.mark in (_Mark.PRINTED, _Mark.FORMULA):
                piece.extend((*part.inside, *part.words))
            elif part.inside and self.fits([*before, *part.inside, *after]):
                piece.extend((*part.inside, *part.words))  # the paper prints this bracket
            elif [word.text for word in part.inside] == ["sic"] or self.fits([*before, *after]):
                piece.extend(part.words)  # nothing is left out
            else:
                pieces.append(list(part.words))
        return [piece for piece in pieces if piece]

    def follow(self, pieces: Sequence[Sequence[Word]]) -> _Stop | None:
        """Return where ``pieces`` leave the claimed pages, or the order of the text."""
        page = reached = fitted = 0
        for piece in pieces:
            grams = list(_grams(piece))
            routes, at = self.routes(grams, page)
            if not routes:
                return _Stop(Kind.DIFFERS, piece, self.differing(grams, at), fitted + at)
            for route in routes:
                if (at := self.seam(piece, route)) is not None:
                    stop = _Stop(Kind.DIFFERS, piece, at, fitted + at)
                    continue
                start = reached if route[0][0] == page else 0
                if (behind := self.last_place(grams, route, start)) is None:
                    stop = _Stop(Kind.OUT_OF_ORDER, piece, 0, fitted)
                    continue
                page, reached = route[-1][0], behind
                fitted += len(grams)
                break
            else:
                return stop
        first, last = next(_grams(pieces[0])), list(_grams(pieces[-1]))[-1]
        if self.find(first, 0) is None or self.find(last, len(self.pages) - 1) is None:
            return _Stop(Kind.OTHER_PAGE, pieces[0], 0, fitted)
        return None

    def routes(self, grams: Sequence[tuple[str, ...]], page: int) -> tuple[list[_Route], int]:
        """Return the ways over the claimed pages from ``page`` on that have all ``grams``.

        Also return how many grams the best way has. A way turns to the next page only where
        the paper's sentence does; more than one is there only by chance.
        """
        routes: dict[int, _Route] = {
            start: [(start, 0)]
            for start in range(page, len(self.pages))
            if self.find(grams[0], start) is not None
        }
        for at in range(1, len(grams)):
            if not routes:
                return [], at - 1
            ahead = {}
            for there in range(min(routes), len(self.pages)):
                if self.find(grams[at], there) is None:
                    continue
                if there in routes:
                    ahead[there] = routes[there]
                elif there - 1 in routes and self.is_guarded(
                    (*grams[at - 1], grams[at][-1]), there
                ):
                    ahead[there] = [*routes[there - 1], (there, at)]
            routes = ahead
        return list(routes.values()), len(grams) - (not routes)

    def is_guarded(self, run: tuple[str, ...], page: int) -> bool:
        """Whether ``run`` is among the guards of the claimed page."""
        return guard(self.hashes[run]) in self.pages[page].places

    def differing(self, grams: Sequence[tuple[str, ...]], at: int) -> int:
        """Return the first word that cannot be right when gram ``at`` is on no page."""
        if at > 0:  # the word that this gram adds to the one before
            return at + GRAM - 1
        for later in range(1, len(grams)):
            if any(self.find(grams[later], page) is not None for page in range(len(self.pages))):
                return later - 1
        return 0

    def last_place(
        self, grams: Sequence[tuple[str, ...]], route: _Route, reached: int
    ) -> int | None:
        """Return how far in its last page's guards the route leads, from ``reached`` on.

        Return None if it would have to go back.
        """
        for page, first, behind in _segments(route, len(grams)):
            for gram in grams[first:behind]:
                places = self.find(gram, page)
                if places:
                    later = [place for place in places if place >= reached]
                    if not later:
                        return None
                    reached = later[0]
            if behind < len(grams):
                reached = 0
        return reached

    def seam(self, piece: Sequence[Word], route: _Route) -> int | None:
        """Return the word behind a repeated run at which one sentence goes over into another.

        A run at the beginning or the end of the part on its page cannot join anything.
        """
        texts = [word.text for word in piece]
        for page, first, behind in _segments(route, len(texts) - GRAM + 1):
            repeats = self.pages[page].repeats
            before = behind  # the last four words that are not repeated
            for at in range(first, behind + 1):
                if seen(self.hashes[tuple(texts[at : at + GRAM - 1])]) in repeats:
                    continue
                if at > before + 1:
                    run = tuple(texts[before : at + GRAM - 1])
                    if len(run) <= LONGEST_REPEAT and not self.is_guarded(run, page):
                        return at + GRAM - 2
                before = at
        return None


def _segments(route: _Route, grams: int) -> Iterator[tuple[int, int, int]]:
    """Yield, for each page of a route, its first gram and the one behind its last."""
    ends = [first for _, first in route[1:]] + [grams]
    for (page, first), behind in zip(route, ends, strict=True):
        yield page, first, behind


def _grams(run: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    texts = [word.text for word in run]
    return (tuple(texts[i : i + GRAM]) for i in range(len(texts) - GRAM + 1))


# What to say


def _explained(
    stop: _Stop,
    quote: str,
    parts: Sequence[_Part],
    pages: tuple[int, ...],
    fp: Fingerprint,
    hashes: RunHashes,
) -> Finding:
    offset = stop.piece[0].offset
    if stop.kind is Kind.PIECE_TOO_SHORT:
        short = (
            f"줄임표나 괄호로 나뉜 조각 “{_excerpt(quote, stop.piece, 0)}” 하나만으로는 확인할 수 없어요. "
            f"조각마다 {MIN_WORDS}낱말 이상 옮기세요."
        )
        return Finding(stop.kind, short, offset)
    turns = [(page, page + 1) for page in range(1, fp.pages)]
    near = [turn for turn in turns if set(pages) & set(turn)]  # it may run on to the next page
    others = [*near, *((page,) for page in range(1, fp.pages + 1)), *turns]
    stops = {other: _match(parts, other, fp, hashes) for other in others if other != pages}
    found = next((other for other, end in stops.items() if end is None), None)
    if found and sum(len(part.words) for part in parts) > GRAM:  # one gram proves no page
        elsewhere = f"{_label(pages)}이 아니라 {_label(found)}에 있어요. 쪽수를 ‘{_source(found)}’라고 고치세요."
        return Finding(Kind.OTHER_PAGE, elsewhere, offset)
    if stop.kind is Kind.OUT_OF_ORDER:
        order = (
            f"“{_excerpt(quote, stop.piece, 0)}” 조각은 앞 조각보다 먼저 나오는 글이에요. "
            "조각을 원문의 차례대로 옮기세요."
        )
        return Finding(stop.kind, order, offset)
    where = f"{_label(pages)}의 원문과"
    nearest = max(stops, key=lambda other: _fitted(stops[other]), default=pages)
    other = stops.get(nearest)
    if other and other.fitted > 2 * stop.fitted + GRAM:
        stop, pages = other, nearest
        where = f"{_label(nearest)}의 글과 가장 비슷하지만 그와도"
    at = stop.at if stop.kind is Kind.DIFFERS else 0
    word = stop.piece[at]
    differs = (
        f"{where} 달라요. “{_excerpt(quote, stop.piece, at)}” 가운데 "
        f"‘{quote[word.offset : word.end]}’부터 원문과 견주어 그대로 고치고, "
        "일부러 뺀 말이 있으면 그 자리에 …를 넣으세요."
    )
    return Finding(Kind.DIFFERS, differs, word.offset)


def _fitted(stop: _Stop | None) -> int:
    return stop.fitted if stop else 0


def _excerpt(quote: str, piece: Sequence[Word], at: int) -> str:
    """Return the quotation's own text from two words before ``at`` to two behind it."""
    start, end = piece[max(0, at - 2)].offset, piece[min(len(piece) - 1, at + 2)].end
    return " ".join(quote[start:end].split())


def _label(pages: tuple[int, ...]) -> str:
    return f"{pages[0]}쪽" if len(pages) == 1 else f"{pages[0]}–{pages[-1]}쪽"


def _source(pages: tuple[int, ...]) -> str:
    return f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}-{pages[-1]}"


# The section


def _misplaced(pages: tuple[int, ...], where: str | None, fp: Fingerprint) -> list[Finding]:
    """Return the finding, if any, about where ``where`` is."""
    if where is None:
        return []
    span = _span(where, fp)
    if span is None:
        unknown = (
            f"이 논문에서 ‘{where}’라는 절이나 표, 그림을 찾지 못했어요. "
            f"fingerprints/{fp.id}.json의 sections와 floats에 있는 이름으로 고치세요."
        )
        return [Finding(Kind.UNKNOWN_SECTION, unknown)]
    first, last = span
    if first <= pages[0] and pages[-1] <= last:
        return []
    extent = (first,) if first == last else (first, last)
    wrong = (
        f"‘{where}’의 자리는 {_label(extent)}인데 {_label(pages)}이라고 적혔어요. 둘을 맞추세요."
    )
    return [Finding(Kind.WRONG_SECTION, wrong)]


def _span(where: str, fp: Fingerprint) -> tuple[int, int] | None:
    """Return the first and the last page of a section, table or figure."""
    name = " ".join(where.replace("Fig.", "Figure").split())
    if name in fp.floats:
        return fp.floats[name], fp.floats[name]
    name = re.sub(r"^(?:§|Section |Appendix )\s*(?=[\dA-Z](?:[\d.]|$))", "", name).lstrip("§ ")
    for i, section in enumerate(fp.sections):
        if name == section.number or name.casefold() == section.title.casefold():
            return section.page, _last_page(section, fp.sections[i + 1 :], fp)
    return None


def _last_page(section: Section, following: Sequence[Section], fp: Fingerprint) -> int:
    """Return the page on which the next section begins that is not a part of this one."""
    inside = f"{section.number}."
    return next(
        (s.page for s in following if not (section.number and s.number.startswith(inside))),
        fp.pages,
    )
