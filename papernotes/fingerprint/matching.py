"""Following a quotation through a paper's fingerprint.

A quotation is read in pieces. ``…``, ``...`` and ``[…]`` say that words are left out, and
nothing else does. A bracket in small letters (``[the model]``) only adds, unless the paper prints
it, and may not turn the meaning; ``[T]he`` is a word. A bracket without small letters (``[MASK]``,
``[12]``) is the paper's own text. ``[수식]`` stands for a formula that is left out; ``$…$`` shows
it, and has to have the letters, numbers and signs of the paper.

Every run of five words of a piece must be on the page. Runs overlap by four words, so a piece
is a chain through the page; where the page repeats four words in a row, and the chain could
go over into another sentence, the words around them are checked too. The order of the pieces
is known where they touch the edge of a sentence, and there only, so every piece has to, unless
it follows within two words. Three are tried in every gap: a "not" must stay.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, cached_property, lru_cache
from itertools import chain, pairwise, zip_longest
from pathlib import Path

from papernotes.fingerprint import formula, shown
from papernotes.fingerprint.normalise import Word, words
from papernotes.fingerprint.pagehash import (
    LONGEST_REPEAT,
    SEEN,
    Page,
    RunHashes,
    guard,
    likely,
    seen,
)
from papernotes.fingerprint.readings import ENDS, FORMULA, GRAM
from papernotes.note.plain import plain, unlisted

LONGEST_INSERTION = 60
"""Characters that a bracket of the quoter's own may add: a name, not a sentence."""

MIN_WORDS = GRAM
"""The fewest words that a quotation, and each piece of it, must have: those of one gram."""


class Mark(Enum):
    """What stands between words: the last two are the paper's, the first two the quoter's."""

    ELLIPSIS = auto()
    INSERTION = auto()
    PRINTED = auto()
    FORMULA = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A mark, the words inside it, and those that follow up to the next mark.

    ``ways`` are other words for those inside: a formula has several.
    """

    mark: Mark
    inside: tuple[Word, ...]
    words: tuple[Word, ...]
    ways: tuple[tuple[Word, ...], ...] = ()


_MARKS = re.compile(
    rf"(?P<formula>{re.escape(FORMULA)})"
    rf"|{shown.FENCE}(?P<tex>[^{shown.FENCE}]*){shown.FENCE}"
    r"|(?P<ellipsis>\[\s*(?:…|\.{3})\s*\]|…|\.\s?\.\s?\.(?:\s?\.)?)"
    r"|\[(?P<inside>(?:(?!\.\.\.)[^\[\]…])*)\]"
)
_PART_OF_A_WORD = re.compile(
    rf"(?!{re.escape(FORMULA)})(?:(?<=[^\W_])\[([^\W\d_]+)\]|\[([^\W\d_]+)\](?=[^\W_]))"
)
_HYPHENED = re.compile(rf"({shown.FENCE}[^{shown.FENCE}]*{shown.FENCE})-(?=[^\W\d_])")


_LOWERED_PART = re.compile(
    rf"(?<=[^\W\d_]){shown.FENCE}_(?:\{{(?:\\(?:text|mathrm)\{{)?)?([A-Za-z]{{2,}})\}}*{shown.FENCE}"
)


def _joined(text: str) -> str:
    """Return ``text``, as long, with "[T]he" and "BERT$_{BASE}$" as one word each.

    A backquote joins what it stands between, as in Markdown's code.
    """
    text = _HYPHENED.sub(r"\1 ", _PART_OF_A_WORD.sub(lambda m: f"`{m[1] or m[2]}`", text))
    return _LOWERED_PART.sub(
        lambda m: "`" * (m.start(1) - m.start()) + m[1] + "`" * (m.end() - m.end(1)), text
    )


@lru_cache(maxsize=64)  # a quotation is checked and counted one after the other
def parts_of(quote: str) -> tuple[Part, ...]:
    """Cut a quotation at its marks; the first part has what stands before them all."""
    text = _joined(shown.read(quote).text)
    found = words(text)
    offsets = [word.offset for word in found]

    def words_in(start: int, end: int) -> tuple[Word, ...]:
        return tuple(found[bisect_left(offsets, start) : bisect_left(offsets, end)])

    parts = []
    mark, inside, ways, start = Mark.ELLIPSIS, tuple[Word, ...](), tuple[tuple[Word, ...], ...](), 0
    for match in _MARKS.finditer(text):
        parts.append(Part(mark, inside, words_in(start, match.start()), ways))
        start, inside, ways = match.end(), (), ()
        mark = _mark(match)
        if match["formula"]:
            inside = (Word(FORMULA, *match.span()),)
        elif match["tex"] is not None:
            ways = tuple(_ways(match["tex"], *match.span()))
            inside = ways[-1] if ways else (Word(shown.FENCE, *match.span()),)
        elif mark is not Mark.ELLIPSIS:
            inside = words_in(*match.span("inside"))
            if mark is Mark.PRINTED and not inside and match["inside"].strip():
                # A sign in brackets is no word, and would be shown without being compared.
                inside = (Word(match["inside"], *match.span()),)
    parts.append(Part(mark, inside, words_in(start, len(text)), ways))
    return tuple(parts)


def own_words(quote: str) -> list[str]:
    """Return the paper's own words, one text for each run between marks, as a page shows them."""
    text = _joined(shown.read(quote).text)
    cuts = [match.span() for match in _MARKS.finditer(text) if _mark(match) is not Mark.PRINTED]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(quote)]
    runs = [quote[start:end] for start, end in zip(starts, ends, strict=True)]
    plain = (shown.plain(_PART_OF_A_WORD.sub(lambda m: m[1] or m[2], run)) for run in runs)
    return [run for run in plain if any(map(str.isalnum, run))]


def is_shown(quote: str, rendered: str) -> bool:
    """Whether ``rendered``, a quotation's text on a page without its formulas, has its words."""
    text = re.sub(f"{shown.FENCE}[^{shown.FENCE}]*{shown.FENCE}", " ", shown.read(quote).text)
    return [w.text for w in words(text)] == [w.text for w in words(rendered)]


def first_hidden(quote: str) -> Word | None:
    """Return the first word that Markdown shows otherwise than it is compared; None if all agree.

    A mark that opens in one paragraph and closes in another is read in more than one way.
    """
    rendered = plain(unlisted(quote))
    if rendered == " ".join(quote.split()):
        return None
    text = shown.read(quote).text.replace(shown.FENCE, "").replace("\n", " ")  # as in rendered
    found, there = words(text), words(rendered)
    pairs = zip_longest(found, (word.text for word in there))
    at = next((i for i, (a, b) in enumerate(pairs) if a is None or a.text != b), None)
    return None if at is None else [*found, Word("", len(quote), len(quote))][at]


def _mark(match: re.Match[str]) -> Mark:
    if match["formula"] or match["tex"] is not None:
        return Mark.FORMULA
    if match["ellipsis"]:
        return Mark.ELLIPSIS
    inside = match["inside"].strip()
    is_small = inside != inside.upper() and not inside[0].isdigit()  # "[27]" is a citation
    return Mark.INSERTION if is_small else Mark.PRINTED


def _ways(tex: str, start: int, end: int) -> Iterator[tuple[Word, ...]]:
    """Yield the words that a formula may be in the paper, the likeliest first."""
    for reading in formula.readings(tex):
        if found := words(reading):
            yield tuple(Word(word.text, start, end) for word in found)


def count(parts: Sequence[Part]) -> int:
    """Count the paper's words: no operators, no insertions, no formulas left out."""
    texts = [
        word.text
        for part in parts
        for word in (*(part.inside if part.mark is Mark.PRINTED else ()), *part.words)
    ]
    return sum(len(text) > 1 or text.isalnum() for text in texts)


class Reason(Enum):
    """Why a quotation could not be followed to its end."""

    TOO_SHORT = auto()
    DIFFERS = auto()
    OUT_OF_ORDER = auto()
    OTHER_PAGES = auto()
    TURNS = auto()
    ADDS = auto()
    UNSURE = auto()
    LEFT_OUT = auto()
    UNPLACED = auto()


@dataclass(frozen=True, slots=True)
class Stop:
    """Where matching ended: at word ``at`` of ``piece``, when ``fitted`` grams had fitted.

    ``missing`` are words of the paper that were left out before ``piece``.
    """

    reason: Reason
    piece: Sequence[Word]
    at: int = 0
    fitted: int = 0
    missing: str = ""


def match(
    parts: Sequence[Part],
    pages: Sequence[Page],
    hashes: RunHashes,
    names: Callable[[], Collection[str]] = tuple,
) -> Stop | None:
    """Return where a quotation leaves ``pages`` (one or more, in order), or None.

    ``hashes`` can be used again for the same quotation on other pages. ``names`` returns words of
    the paper's own that a gap may hide.
    """
    matcher = _Matcher(pages, hashes, names)
    whole = matcher.pieces(parts, closing=True)
    stop = matcher.along(whole, parts)
    if stop:  # what would close a gap may stand elsewhere on the page
        cut = matcher.pieces(parts, closing=False)
        if len(cut) > len(whole):
            other = matcher.along(cut, parts)
            return other if other is None or other.reason is Reason.TOO_SHORT else stop
    return stop


_NEGATIONS = """
not no never none nobody nothing nowhere neither nor cannot without hardly barely scarcely rarely
seldom 못 않 없
"""
NEGATIONS = frozenset(_NEGATIONS.split())
"""Words that deny; "n't" does so at a word's end."""

_TURNING = """
only few little unless except but despite although fail fails failed failing lack lacks lacked false
falsely wrong wrongly incorrect incorrectly unlikely impossible less least worse non opposite
contrary
isn't aren't wasn't weren't doesn't don't didn't can't couldn't won't wouldn't hasn't haven't
"""
TURNING = NEGATIONS.union(_TURNING.split())
"""Words that turn what a sentence says; in Korean every character is a word of its own."""


@cache
def common() -> frozenset[str]:
    """Return what may stand beside a turning word: words common in scientific prose, numbers."""
    prose = Path(__file__).with_name("common.txt").read_text("utf-8").split()
    numbers = (number for n in range(101) for number in (f"{n}", f"{n}%", f"{n / 10}"))
    return frozenset({*prose, *numbers, *TURNING, FORMULA})


def is_turning(word: str) -> bool:
    """Whether a word turns what a sentence says: "not", "don't", "only", "없"."""
    return word in TURNING or word.endswith("n't")


@dataclass(frozen=True)
class _Gap:
    """A gap: the four words before it, those behind it, and words ``own`` to quotation and paper.

    ``ends`` and ``begins`` say whether a sentence surely ends before it, or begins behind it.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    own: frozenset[str]
    ends: bool
    begins: bool

    @cached_property
    def known(self) -> Collection[str]:
        """The words that may stand in it."""
        return common() | self.own


def is_weighty(word: str) -> bool:
    """Whether a word denies, or is a sign: one run of five words is no proof of such a one."""
    return word in NEGATIONS or word.endswith("n't") or not (word.isalnum() or len(word) > 1)


def turns_aside(word: str) -> bool:
    """Whether a word that a quoter adds turns what a sentence says: "unable", "supposedly", too."""
    return is_turning(word) or word in _ADVERSE


_ADVERSE = frozenset(
    """
almost nearly supposedly allegedly fake untrue invalid zero unable avoid avoids avoided avoiding
refuse refuses refused refusing deny denies denied
""".split()  # noqa: SIM905
)

_EQUATIONS = 100
"""Below which the numbers of a paper's equations are."""

_MOST_WAYS = 100
"""To read the formulas of a quotation side by side."""

_Gram = tuple[str, ...]
_Route = list[tuple[int, int]]
"""The pages that a piece runs over (counted from 0), each with its first gram there."""


class Lookup(dict[_Gram, Sequence[int] | None]):
    """Where a page has five words, each asked for once: None where it does not.

    Else their places among the guards, none if they need no guard.
    """

    def __init__(self, page: Page, hashes: RunHashes) -> None:
        """Look up in ``page``; ``hashes`` are shared by a quotation's pages."""
        super().__init__()
        self.page = page
        self.hashes = hashes

    def __missing__(self, gram: _Gram) -> Sequence[int] | None:
        """Look ``gram`` up and remember it."""
        page, hashes = self.page, self.hashes
        run = hashes[gram]
        places: Sequence[int] | None = None
        if run & SEEN in page.grams:  # few that are tried: two hashes are spared
            guarded = (
                gram[-1] in ENDS  # a fingerprint guards each of them
                or hashes[gram[:-1]] & SEEN in page.heads
                or hashes[gram[1:]] & SEEN in page.tails
            )
            places = page.places(guard(run)) if guarded else ()
        self[gram] = places
        return places


class _Matcher:
    def __init__(
        self, pages: Sequence[Page], hashes: RunHashes, names: Callable[[], Collection[str]]
    ) -> None:
        self.pages = pages
        self.hashes = hashes
        self.names = names
        self.found = [Lookup(page, hashes) for page in pages]

    @cached_property
    def grams(self) -> frozenset[int]:
        """The grams of all pages."""
        return frozenset[int]().union(*(page.grams for page in self.pages))

    @cached_property
    def heads(self) -> frozenset[int]:
        """What stands before a sentence's last two words, on all pages."""
        return frozenset[int]().union(*(page.heads for page in self.pages))

    @cached_property
    def tails(self) -> frozenset[int]:
        """What stands behind a sentence's first two words."""
        return frozenset[int]().union(*(page.tails for page in self.pages))

    def is_guarded(self, run: _Gram, page: int) -> bool:
        """Whether ``run`` is among the page's guards."""
        return self.pages[page].places(guard(self.hashes[run])) is not None

    def somewhere(self, gram: _Gram) -> bool:
        """Whether one of the pages has ``gram``."""
        return any(found[gram] is not None for found in self.found)

    def fits(self, run: Sequence[Word]) -> bool:
        """Whether the pages have every gram of ``run``, and it has any."""
        return len(run) >= GRAM and all(map(self.somewhere, _grams(run)))

    def along(self, pieces: Sequence[Sequence[Word]], parts: Sequence[Part]) -> Stop | None:
        """Return where the pieces of a quotation leave the pages, or None."""
        for piece in pieces:
            if len(piece) < MIN_WORDS:
                return Stop(Reason.TOO_SHORT, piece)
        return (
            self.follow(pieces)
            or self.turned(parts)
            or next(self.unsure(pieces), None)
            or self.gapped(pieces)
        )

    def unsure(self, pieces: Sequence[Sequence[Word]]) -> Iterator[Stop]:
        """Yield the pieces that begin or end with a "not" or a sign inside a sentence.

        One run of five words has it, which is there by chance once in 64.
        """
        for piece in pieces:
            for at, gram in ((0, _grams(piece[:GRAM])[0]), (-1, _grams(piece[-GRAM:])[0])):
                if is_weighty(piece[at].text) and not self.is_placed(gram):
                    yield Stop(Reason.UNSURE, [piece[at]])

    def pieces(self, parts: Sequence[Part], *, closing: bool) -> list[list[Word]]:
        """Decide what every mark means, and return the runs of words without a gap.

        ``closing`` takes a gap before which the paper goes on for none. A formula is what fits
        best with the words, and the formulas, around it.
        """
        ways: list[list[list[Word]]] = [[[]]]
        for part in parts:
            ways = [way for pieces in ways for way in self.longer(pieces, part, closing)]
            if len(ways) > 1:
                unfit = [self.unfit(pieces[-1]) for pieces in ways]
                ways = [
                    way for way, missing in zip(ways, unfit, strict=True) if missing == min(unfit)
                ]
                del ways[_MOST_WAYS:]
        return [piece for piece in ways[0] if piece]

    def longer(
        self, pieces: list[list[Word]], part: Part, closing: bool
    ) -> Iterator[list[list[Word]]]:
        """Yield the ways to go on from ``pieces`` with ``part``."""
        *done, piece = pieces
        before, after = piece[1 - GRAM :], part.words[: GRAM - 1]
        if part.mark is Mark.FORMULA:
            for inside in part.ways or [self.left_out(part, before, after)]:
                yield [*done, [*piece, *inside, *part.words]]
        elif part.mark is Mark.PRINTED or self.is_printed(part, before):
            yield [*done, [*piece, *part.inside, *part.words]]
        elif part.mark is Mark.INSERTION or (closing and self.may_join(before, after)):
            yield [*done, [*piece, *part.words]]  # nothing is left out
        else:
            yield [*pieces, [*part.words]]

    def may_join(self, before: Sequence[Word], after: Sequence[Word]) -> bool:
        """Whether the pages have nothing between two pieces, or too few words are there to tell."""
        return len(before) + len(after) < GRAM or self.fits([*before, *after])

    def unfit(self, piece: Sequence[Word]) -> int:
        """Count the grams of a piece that are on no page."""
        return sum(not self.somewhere(gram) for gram in _grams(piece))

    def left_out(self, part: Part, before: Sequence[Word], after: Sequence[Word]) -> Sequence[Word]:
        """Return the words that a formula that is left out is on the page.

        Its number, "(2)" at the edge, may be left out with it. Two formulas in a row are one.
        """
        end = part.inside[-1].end
        numbers = (Word(str(n), end, end) for n in range(1, _EQUATIONS) if after)
        ways = chain([part.inside], ((*part.inside, number) for number in numbers))
        if part.inside[0].text == FORMULA and before and before[-1].text == FORMULA:
            ways = chain(ways, [()])
        return next((way for way in ways if self.fits([*before, *way, *after])), part.inside)

    def is_printed(self, part: Part, before: Sequence[Word]) -> bool:
        """Whether the paper prints this bracket, which a bracket in small letters seldom is."""
        run = [*before, *part.inside, *part.words[: GRAM - 1]]
        return bool(part.inside) and self.fits(run)

    def turned(self, parts: Sequence[Part]) -> Stop | None:
        """Return the first bracket of the quoter's own that turns the meaning."""
        before: list[Word] = []
        for part in parts:
            if part.mark is Mark.INSERTION and part.inside:
                turning = next((word for word in part.inside if turns_aside(word.text)), None)
                length = part.inside[-1].end - part.inside[0].offset
                reason = Reason.TURNS if turning else Reason.ADDS
                is_short = not turning and length <= LONGEST_INSERTION
                if not is_short and not self.is_printed(part, before):
                    return Stop(reason, [turning or part.inside[0]])
            before = [*before, *part.words][1 - GRAM :]
        return None

    def gapped(self, pieces: Sequence[Sequence[Word]]) -> Stop | None:
        """Return the first gap that hides a "not", or whose pieces stand in no known order."""
        for one, other in pairwise(pieces):
            gap = self.between(one, other)
            turning = next(self.turning(gap), None)
            if turning:
                return Stop(Reason.LEFT_OUT, other, missing=" ".join(turning))
            for piece in (one, other):
                is_placed = any(map(self.is_placed, _grams(piece)))
                if not is_placed and not self.is_closed(gap):
                    return Stop(Reason.UNPLACED, piece)
        return None

    def between(self, one: Sequence[Word], other: Sequence[Word]) -> _Gap:
        """Return the gap between two pieces, whose own words may stand there again."""
        before = tuple(word.text for word in one[1 - GRAM :])
        after = tuple(word.text for word in other[: GRAM - 1])
        own = frozenset((*self.names(), *(word.text for word in (*one, *other))))
        return _Gap(before, after, own, self.ends(_grams(one)), self.begins(_grams(other)))

    def ends(self, grams: Sequence[_Gram]) -> bool:
        """Whether a sentence ends with these grams: those of its last two words are guarded."""
        last = {seen(self.hashes[gram[:-1]]) for gram in grams[-2:]}
        return len(grams) > 1 and any(
            last <= page.heads and not self.is_repeated(grams[-1][1:], page) for page in self.pages
        )

    def begins(self, grams: Sequence[_Gram]) -> bool:
        """Whether a sentence begins with these grams: those of its first two words are guarded."""
        first = {seen(self.hashes[gram[1:]]) for gram in grams[:2]}
        return len(grams) > 1 and any(
            first <= page.tails and not self.is_repeated(grams[0][:-1], page) for page in self.pages
        )

    def is_repeated(self, four: _Gram, page: Page) -> bool:
        """Whether a page has these four words more than once."""
        return seen(self.hashes[four]) in page.repeats

    def turning(self, gap: _Gap) -> Iterator[_Gram]:
        """Yield the words, three at most, one of them turning the meaning, that a gap hides.

        Each word is found alone: the first stands behind four that are known, so does then the
        second, and from behind the last. Five grams at least prove a way: that many are there by
        chance once in 64^5.
        """
        if gap.ends and gap.begins:
            return  # whole sentences are left out: what stands says what it said
        before, after, known = gap.before, gap.after, gap.known
        for contracted in (f"{before[-1]}n't", f"{before[-1]}not"):
            if self.has((*before[:-1], contracted, *after)):
                yield (contracted,)
        firsts = self.firsts(gap)
        if not firsts:
            return
        lasts = self.lasts(gap)
        turns = {*filter(is_turning, known)}
        first, last = firsts & turns, lasts & turns
        seconds = {word for end in last for word in self.fitting((), known, (end, *after[:-1]))}
        for way in (
            *((first,), (first, lasts), (firsts, last)),
            *((first, known, lasts), (firsts, turns, lasts), (firsts, seconds, last)),
        ):
            yield from self.chains(before, way, after)

    def firsts(self, gap: _Gap) -> set[str]:
        """Return the first words, of three at most, that a gap may hide.

        Before a sentence's beginning another one ends, with words that are guarded.
        """
        tried, heads = gap.known, self.heads
        if gap.begins and seen(self.hashes[gap.before]) not in heads:
            tried = likely(gap.before[1:], tried, (), heads)
        return self.fitting(gap.before, tried, ())

    def lasts(self, gap: _Gap) -> set[str]:
        """Return the last words: behind a sentence's end, another one begins."""
        tried, tails = gap.known, self.tails
        if gap.ends and seen(self.hashes[gap.after]) not in tails:
            tried = likely((), tried, gap.after[:-1], tails)
        return self.fitting((), tried, gap.after)

    def is_closed(self, gap: _Gap) -> bool:
        """Whether two common words at most, or none, lead from one piece to the other."""
        before, after, known = gap.before, gap.after, gap.known
        firsts, lasts = self.fitting(before, known, ()), self.fitting((), known, after)
        ways: list[tuple[set[str], ...]] = [(), (firsts,), (firsts, lasts)]
        return any(True for way in ways for _ in self.chains(before, way, after))

    def chains(
        self, before: _Gram, ways: Sequence[Collection[str]], after: _Gram
    ) -> Iterator[_Gram]:
        """Yield the words, one of each of ``ways``, that lead from ``before`` to ``after``."""
        if not ways:
            if self.has((*before[1 - GRAM :], *after)):
                yield ()
            return
        for word in sorted(self.fitting(before[1 - GRAM :], ways[0], ())):
            for more in self.chains((*before, word), ways[1:], after):
                yield (word, *more)

    def fitting(self, before: _Gram, tried: Collection[str], after: _Gram) -> set[str]:
        """Return the words of ``tried`` that stand between ``before`` and ``after``."""
        found = likely(before, tried, after, self.grams)
        return {word for word in found if self.somewhere((*before, word, *after))}

    def is_placed(self, gram: _Gram) -> bool:
        """Whether the pages know where ``gram`` stands."""
        return any(found[gram] for found in self.found)

    def has(self, run: _Gram) -> bool:
        """Whether the pages have every gram of ``run``."""
        return all(self.somewhere(run[i : i + GRAM]) for i in range(len(run) - GRAM + 1))

    def follow(self, pieces: Sequence[Sequence[Word]]) -> Stop | None:
        """Return where ``pieces`` leave the pages or the order of the text."""
        page = reached = fitted = 0
        for piece in pieces:
            grams = _grams(piece)
            if grams[-1] not in self.hashes:
                self.hashes.prepare(grams)
            first = piece is pieces[0]  # which begins on the first page claimed
            routes, at = self.routes(grams, range(page, 1 if first else len(self.pages)))
            stop: Stop | None = Stop(Reason.DIFFERS, piece, self.differing(grams, at), fitted + at)
            for route in routes:
                stop = None
                seam = self.seam(piece, route)
                start = reached if route[0][0] == page else 0
                behind = self.last_place(grams, route, start) if len(pieces) > 1 else 0
                if seam is not None:
                    stop = Stop(Reason.DIFFERS, piece, seam, fitted + seam)
                elif behind is None:
                    stop = Stop(Reason.OUT_OF_ORDER, piece, 0, fitted)
                else:
                    page, reached = route[-1][0], behind
                    break
            if stop:
                return stop
            fitted += len(grams)
        # Two runs, for one could be there by chance.
        if all(self.found[-1][gram] is not None for gram in _grams(pieces[-1])[-2:]):
            return None
        return Stop(Reason.OTHER_PAGES, pieces[0], 0, fitted)

    def routes(self, grams: Sequence[_Gram], starts: range) -> tuple[list[_Route], int]:
        """Return the ways through the pages, from one of ``starts`` on, that have all ``grams``.

        Also return how many grams the longest way has. A way turns to the next page only
        where a sentence of the paper does; a second way exists by chance only.
        """
        if len(self.pages) == 1:  # nearly always
            found, at = self.found[0], 0
            while at < len(grams) and found[grams[at]] is not None:
                at += 1
            return [[(0, 0)]] if at == len(grams) else [], at
        routes: dict[int, _Route] = {
            start: [(start, 0)] for start in starts if self.found[start][grams[0]] is not None
        }
        for at in range(1, len(grams)):
            if not routes:
                return [], at - 1
            ahead = {}
            for there in range(min(routes), len(self.pages)):
                if self.found[there][grams[at]] is None:
                    continue
                entry = (*grams[at - 1], grams[at][-1])
                if there in routes:
                    ahead[there] = routes[there]
                elif there - 1 in routes and self.is_guarded(entry, there):
                    ahead[there] = [*routes[there - 1], (there, at)]
            routes = ahead
        return list(routes.values()), len(grams) - (not routes)

    def differing(self, grams: Sequence[_Gram], at: int) -> int:
        """Return the first word that cannot be right when gram ``at`` is on no page."""
        if at > 0:  # the word that this gram adds to the one before
            return at + GRAM - 1
        right = (later for later in range(1, len(grams)) if self.somewhere(grams[later]))
        return next(right, 1) - 1

    def last_place(self, grams: Sequence[_Gram], route: _Route, reached: int) -> int | None:
        """Return how far in its last page's guards a route leads, from ``reached`` on.

        Return None if it has to go back.
        """
        for page, first, behind in _segments(route, len(grams)):
            for gram in grams[first:behind]:
                places = self.found[page][gram]
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
            fours = [tuple(texts[at : at + GRAM - 1]) for at in range(first, behind + 1)]
            hashes = [self.hashes[four] for four in fours]
            single = [at for at, run in enumerate(hashes, first) if run & SEEN not in repeats]
            for before, at in pairwise(single) if len(single) < len(hashes) else ():
                if at > before + 1:
                    run = tuple(texts[before : at + GRAM - 1])
                    if len(run) <= LONGEST_REPEAT and not self.is_guarded(run, page):
                        return at + GRAM - 2
        return None


def _segments(route: _Route, grams: int) -> Iterator[tuple[int, int, int]]:
    """Yield, for each page of a route, its first gram and the one behind its last."""
    ends = [first for _, first in route[1:]] + [grams]
    for (page, first), behind in zip(route, ends, strict=True):
        yield page, first, behind


def _grams(run: Sequence[Word]) -> list[_Gram]:
    texts = [word.text for word in run]
    return [tuple(texts[i : i + GRAM]) for i in range(len(texts) - GRAM + 1)]
