"""The hashes of a page: enough to check a quotation, too little to read it back.

Every five words in a row leave 16 bits in ``grams``, a set. One false run in 64 is found there
by chance, so somebody who goes on from known words with a vocabulary meets dozens of false
continuations at every step, while a changed word inside a quotation breaks five runs and
passes once in 64^5. Three kinds of places need more, and there (only) 24 bits more are kept,
in ``guards``:

* a sentence's first and last two words, which stand in one or two runs of a quotation only.
  ``tails`` has the four words behind them, ``heads`` the four words before them: they stay
  the same when the word at the edge is changed, and so tell that the run has to be guarded;
* four words in a row that the page has more than once (``repeats``): behind them one sentence
  could go over into another. Guarded are those words with the ones before and behind them;
* the page's beginning: guarded is the run of six words by which a sentence comes in from the
  page before.

``fingerprints/README.md`` has the measurements behind the numbers.
"""

import sys
from array import array
from binascii import a2b_base64, b2a_base64
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import count
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer

from papernotes.fingerprint.normalise import words
from papernotes.fingerprint.pdftext import MAX_CHARS_PER_PAGE, Line
from papernotes.fingerprint.readings import GRAM, Node, pages_of, paths, read, reference_labels

MIN_GRAMS = 1024
"""Grams on a page, decoys included: one in 64 of all 16-bit values."""

LONGEST_REPEAT = 24
"""Words up to which a repeated run is guarded, with the words before and behind it."""

_AT_A_TIME = 60
_AROUND = 4
"""Pages: a sentence runs over one page's end, and perhaps over pages of figures."""

SEEN = 0xFFFF
_MOST_WAYS = 1_000


def _unbase64(text: object) -> object:
    return a2b_base64(text, strict_mode=True) if isinstance(text, str) else text


def _base64(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode()


_Packed = Annotated[
    bytes, BeforeValidator(_unbase64), PlainSerializer(_base64), Field(max_length=1_000_000)
]
"""Little-endian integers in a row, in the file as base64."""


@dataclass(frozen=True)
class Page:
    """The hashes of one page as its file has them, and how many words it has.

    All have 16 bits but the guards, which have 24 and stand in the text's order. They are unpacked
    when they are asked for: those of most pages never are.
    """

    words: Annotated[int, Field(ge=0, le=MAX_CHARS_PER_PAGE)]
    packed_grams: Annotated[_Packed, Field(alias="grams")]
    packed_heads: Annotated[_Packed, Field(alias="heads")]
    packed_tails: Annotated[_Packed, Field(alias="tails")]
    packed_repeats: Annotated[_Packed, Field(alias="repeats")]
    packed_guards: Annotated[_Packed, Field(alias="guards")]

    @cached_property
    def grams(self) -> frozenset[int]:
        """The hashes of five words in a row."""
        return frozenset(_unpacked(self.packed_grams))

    @cached_property
    def heads(self) -> frozenset[int]:
        """Those of the four words before a sentence's last two."""
        return frozenset(_unpacked(self.packed_heads))

    @cached_property
    def tails(self) -> frozenset[int]:
        """Those of the four words behind a sentence's first two."""
        return frozenset(_unpacked(self.packed_tails))

    @cached_property
    def repeats(self) -> frozenset[int]:
        """Those of four words that the page has more than once."""
        return frozenset(_unpacked(self.packed_repeats))

    @cached_property
    def _guards(self) -> Sequence[int]:
        # No array has items of three bytes: widen each to four.
        wide = bytearray(len(self.packed_guards) // 3 * 4)
        for byte in range(3):
            wide[byte::4] = self.packed_guards[byte::3]
        return _unpacked(bytes(wide), "I")

    @cached_property
    def _last(self) -> Mapping[int, int]:
        return dict(zip(self._guards, range(len(self._guards)), strict=True))

    def places(self, guard: int) -> Sequence[int] | None:
        """Return the places of a guard, None where the page has no such guard."""
        last = self._last.get(guard)
        if last is None or self._guards.index(guard) == last:  # nearly all stand in one place
            return None if last is None else (last,)
        return [place for place, each in enumerate(self._guards) if each == guard]


def _packed(values: Iterable[int], width: int = 2) -> bytes:
    return b"".join(value.to_bytes(width, "little") for value in values)


def _unpacked(data: bytes, item: str = "H") -> Sequence[int]:
    values = array(item, data)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def run_hash(run: Sequence[str]) -> int:
    """Return 40 bits for words in a row.

    BLAKE2b (RFC 7693), 5 bytes of digest, little-endian, over the words joined by spaces.
    """
    return int.from_bytes(blake2b(" ".join(run).encode(), digest_size=5).digest(), "little")


def likely(
    before: Sequence[str], tried: Iterable[str], after: Sequence[str], grams: Collection[int]
) -> list[str]:
    """Return those of ``tried`` with which ``grams`` have ``before``, word, ``after``.

    It is the innermost of all loops: what is common is hashed once, and nothing is called in it
    that need not be.
    """
    start = "".join(f"{word} " for word in before).encode()
    end = "".join(f" {word}" for word in after)
    begun, number = blake2b(start, digest_size=5).copy, int.from_bytes
    found = []
    for word in tried:
        run = begun()
        run.update((word + end if end else word).encode())
        if number(run.digest()[:2], "little") in grams:
            found.append(word)
    return found


def seen(run: int) -> int:
    """Return the 16 bits of a :func:`run_hash` that say that the page has the run."""
    return run & SEEN


def guard(run: int) -> int:
    """Return the other 24."""
    return run >> 16


class RunHashes(dict[tuple[str, ...], int]):
    """The hashes of runs of words, each made once."""

    def prepare(self, runs: Iterable[tuple[str, ...]]) -> None:
        """Hash ``runs``, and them without their last words: much faster than one by one."""
        number = int.from_bytes
        for run in runs:
            begun = blake2b(" ".join(run[:-1]).encode(), digest_size=5)
            self[run[:-1]] = number(begun.digest(), "little")
            begun.update(f" {run[-1]}".encode())
            self[run] = number(begun.digest(), "little")

    def __missing__(self, run: tuple[str, ...]) -> int:
        """Hash ``run`` and remember it."""
        digest = blake2b(" ".join(run).encode(), digest_size=5).digest()
        found = self[run] = int.from_bytes(digest, "little")
        return found


def hash_pages(lines: Sequence[Line], pages: int) -> Iterator[Page]:
    """Yield the hashes of a paper of ``pages`` pages; the same lines give the same hashes.

    Many pages are read some at a time, with those around them: the words of a thousand pages
    and all their readings would take a gigabyte.
    """
    labels = reference_labels(lines)
    for first in range(1, pages + 1, _AT_A_TIME):
        chosen = range(first, min(first + _AT_A_TIME, pages + 1))
        seen_from, seen_to = chosen[0] - _AROUND, chosen[-1] + _AROUND
        near = [line for line in lines if seen_from <= line.page <= seen_to]
        yield from _hash_some(near, chosen, labels)


def _hash_some(lines: Sequence[Line], pages: range, labels: frozenset[str]) -> Iterator[Page]:
    """Yield the hashes of ``pages``, which ``lines`` hold with the pages around them."""
    nodes = read(lines, labels)
    grams: dict[int, _Grams] = {page: {} for page in pages}
    for node in nodes:
        for path in paths(node, GRAM):
            texts = tuple([step.text for step in path])
            for page in pages_of(path):
                if page in grams:
                    grams[page][path] = texts
    edges = _Edges(nodes)
    hashes = RunHashes()
    for page, on_page in grams.items():
        text = "\n".join(line.text for line in lines if line.page == page)
        yield _hash_page(len(words(text)), on_page, edges, hashes)


_Path = tuple[Node, ...]
_Grams = dict[_Path, tuple[str, ...]]


class _Edges:
    """Which words are the first two or the last two of a sentence."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.first = {node for node in nodes if node.starts}
        self.first |= {following for node in self.first for following in node.next}
        self.last = {node for node in nodes if node.ends or any(n.ends for n in node.next)}


def _hash_page(count: int, grams: _Grams, edges: _Edges, hashes: RunHashes) -> Page:
    heads, tails = set(), set()
    places: defaultdict[int, set[int]] = defaultdict(set)  # where each head stands
    for path, texts in grams.items():
        head, tail = seen(hashes[texts[:-1]]), seen(hashes[texts[1:]])
        places[head].add(path[0].place)
        if path[0] in edges.first:
            tails.add(tail)
        if path[-1] in edges.last:
            heads.add(head)
    repeats = {head for head, at in places.items() if len(at) > 1}
    guards = set()
    for path, texts in grams.items():
        head, tail = seen(hashes[texts[:-1]]), seen(hashes[texts[1:]])
        if head in heads or tail in tails:
            guards.add((path[0].place, guard(hashes[texts])))
        if head not in repeats and tail in repeats:
            for run in _repeated(path, texts, grams, repeats, hashes):
                guards.add((path[0].place, guard(hashes[run])))
        if len(pages_of(path)) > 1:
            for run in _entering(path, texts, grams):
                guards.add((path[0].place, guard(hashes[run])))
    known = {seen(hashes[texts]) for texts in grams.values()}
    decoys = _decoys(sorted({hashes[texts] for texts in grams.values()}))
    while len(known) < MIN_GRAMS:
        known.add(next(decoys))
    return Page(
        count,
        _packed(sorted(known)),
        _packed(sorted(heads)),
        _packed(sorted(tails)),
        _packed(sorted(repeats)),
        _packed((found for _, found in sorted(guards)), 3),
    )


def _decoys(hashes: Sequence[int]) -> Iterator[int]:
    """Yield 16-bit values for a short page, which must not be easier to read than a long one.

    They follow from the page's hashes in full, so that nobody without the page can tell them.
    """
    secret = blake2b(repr(hashes).encode()).hexdigest()
    for number in count():
        yield seen(run_hash((secret, str(number))))


def _repeated(
    path: _Path, texts: tuple[str, ...], grams: _Grams, repeats: set[int], hashes: RunHashes
) -> Iterator[tuple[str, ...]]:
    """Yield the ways to go on from ``path`` to the first four words that are not repeated."""
    ahead = [(path, texts)]
    for _ in range(_MOST_WAYS):  # a page of nothing but marks has no end of readings
        if not ahead:
            return
        path, texts = ahead.pop()
        for following in path[-1].next:
            longer, run = (*path[1:], following), (*texts, following.text)
            if longer not in grams:  # on another page
                continue
            if seen(hashes[run[1 - GRAM :]]) not in repeats:
                yield run
            elif len(run) < LONGEST_REPEAT:
                ahead.append((longer, run))


def _entering(path: _Path, texts: tuple[str, ...], grams: _Grams) -> Iterator[tuple[str, ...]]:
    """Yield the ways to go on from ``path``, which is on two pages, to this page alone."""
    for following in path[-1].next:
        longer = (*path[1:], following)
        if longer in grams and len(pages_of(longer)) == 1:
            yield (*texts, following.text)
