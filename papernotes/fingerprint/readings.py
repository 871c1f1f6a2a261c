"""The ways in which a page can be read: what :mod:`papernotes.fingerprint.pagehash` hashes.

An author's sentence is interrupted in print: by a footnote's mark, a citation, a formula
whose glyphs come out wrong, a footnote or table between two columns, a running head between
two pages. Somebody who quotes the sentence may copy those or leave them out, and both are
true. So a paper is read in three layers (all lines as they come; running text alone; what is
set aside alone), and each layer is a graph in which a word may have more than one successor:

* a citation in parentheses or brackets is there or left out;
* a raised mark ("gradients⁴") is a word, the end of its word, or left out;
* a word with a raised or lowered part ("BERT_BASE") is one word or two;
* a formula is its glyphs or the one word :data:`FORMULA`, which is what a note writes for a
  formula that it leaves out.

Nothing else may be left out, a number least of all: a raised number is a mark only behind a
word or a punctuation mark, never behind a digit or a variable.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papernotes.fingerprint.normalise import SIGNS, Word, words
from papernotes.fingerprint.pdftext import Layer, Line, Style

FORMULA = "[수식]"
"""How a note writes a formula that it leaves out; normalised words have no brackets."""

GRAM = 5
"""Words in a gram."""


@dataclass(slots=True, eq=False)
class Node:
    """A word in one reading, and the words that may follow it.

    ``page`` is the one it is printed on; ``pages`` are those it counts for: two, in a sentence
    of running text that runs over a page's end. ``place`` grows in reading order, and is the
    same in every reading. ``starts`` and ``ends`` say whether a sentence does so with this word.
    """

    text: str
    page: int
    pages: frozenset[int]
    place: int
    starts: bool
    ends: bool
    next: list["Node"]


def read(lines: Sequence[Line], labels: frozenset[str]) -> list[Node]:
    """Return the words of every reading of ``lines``; most stand in two of the three layers.

    ``labels`` are those of the paper's references: see :func:`reference_labels`.
    """
    nodes = []
    for layers in (set(Layer), {Layer.FLOW}, {Layer.ASIDE}):
        layer = [(i, line) for i, line in enumerate(lines) if line.layer in layers]
        nodes += _Reading(layer, labels).nodes()
    return nodes


def paths(node: Node, length: int) -> Iterator[tuple[Node, ...]]:
    """Yield every run of ``length`` words that begins with ``node``."""
    if length == 1:
        yield (node,)
        return
    for following in node.next:
        for rest in paths(following, length - 1):
            yield (node, *rest)


def pages_of(path: Sequence[Node]) -> frozenset[int]:
    """Return the pages that a run of words counts for: both, if it runs over a page's end."""
    return path[0].pages & path[-1].pages | {path[0].page, path[-1].page}


class _Reading:
    """The graph of one layer. A position counts its words; a span is [first, behind)."""

    def __init__(self, lines: Sequence[tuple[int, Line]], labels: frozenset[str]) -> None:
        self.text = "".join(line.text + "\n" for _, line in lines)
        self.styles = b"".join(line.styles + b"\0" for _, line in lines)
        self.words = words(self.text)
        self.offsets = [word.offset for word in self.words]
        self.lines = _lines_of(self.offsets, lines)
        self.citations = self._citations(labels)
        self.formulas = self._formulas()
        self.starts, self.ends = self._sentences()
        self.pages = self._pages()

    def nodes(self) -> list[Node]:
        """Build the graph from its end, and return its words."""
        nodes: list[Node] = []
        entries: list[list[Node]] = [[] for _ in range(len(self.words) + 1)]
        for position in range(len(self.words) - 1, -1, -1):
            line, place = self.lines[position]
            for texts, behind in self._alternatives(position):
                following = entries[behind]
                for i in range(len(texts) - 1, -1, -1):
                    starts = i == 0 and position in self.starts
                    ends = (i == len(texts) - 1 and behind - 1 in self.ends) or texts[i] in ENDS
                    pages = self.pages[position]
                    node = Node(texts[i], line.page, pages, place, starts, ends, following)
                    nodes.append(node)
                    following = [node]
                entries[position] = [*entries[position], *following]
        return nodes

    def _alternatives(self, position: int) -> Iterator[tuple[list[str], int]]:
        """Yield what can be read at ``position``: words, and the position behind them."""
        word = self.words[position]
        yield [self._powered(word)], position + 1
        if position and _UNKNOWN.search(self._gap(position)):
            own = [] if self._is_script(word) else [word.text]
            yield [FORMULA, *own], position + 1
        if position in self.citations:
            yield [], self.citations[position]
        for behind in self.formulas.get(position, ()):
            yield [FORMULA], behind
        styles = self.styles[word.offset : word.end]
        hyphened = _HYPHENED.match(self.text, word.offset, word.end)
        if hyphened and any(style & _MATHS for style in styles[: len(hyphened[1])]):  # "i-th"
            rest = [each.text for each in words(self.text[hyphened.end() : word.end])]
            yield [each.text for each in words(hyphened[1])] + rest, position + 1
            yield [FORMULA, *rest], position + 1
        if not any(style & _SCRIPT for style in styles):
            following = self.words[position + 1] if position + 1 < len(self.words) else None
            if following and self.text[word.end : following.offset].isspace():
                if self._is_mark(following):  # "gradients 4"
                    yield [word.text + following.text], position + 2
                elif word.text.isdigit() and self._is_power(following):  # "10 6"
                    yield [f"{word.text}^{following.text}"], position + 2
                elif not word.text[-1].isdigit() and self._is_script(following):  # "χ 2", "x i"
                    yield [word.text + following.text], position + 2
            return
        if self._is_mark(word):
            yield [], position + 1
        elif not any(style & _MATHS for style in styles):
            parts = self._parts(word)
            if min(len(part.text) for part in parts) > 2:  # not the variables of a figure
                yield [part.text for part in parts], position + 1
            unmarked = [part.text for part in parts if not self._is_mark(part)]
            if 0 < len(unmarked) < len(parts):
                yield unmarked, position + 1

    def _is_power(self, word: Word) -> bool:
        """Whether ``word`` is a raised number."""
        styles = self.styles[word.offset : word.end]
        return _POWER.fullmatch(word.text) is not None and all(s & _RAISED for s in styles)

    def _is_script(self, word: Word) -> bool:
        """Whether all of ``word`` is raised or lowered."""
        return all(style & _SCRIPT for style in self.styles[word.offset : word.end])

    def _powered(self, word: Word) -> str:
        """Return the word with ``^`` where a raised number stands behind a number."""
        raised = [self.styles[i] & _RAISED for i in range(word.offset, word.end)]
        if not any(raised) or all(raised) or not word.text[0].isdigit():
            return word.text
        at = raised.index(_RAISED)
        base, power = (
            self.text[word.offset : word.offset + at],
            self.text[word.offset + at : word.end],
        )
        if not (base[-1:].isdigit() and _POWER.fullmatch(power)):
            return word.text
        return "".join(each.text for each in words(f"{base}^{power}"))

    def _parts(self, word: Word) -> list[Word]:
        """Return the words of the raised, lowered and plain parts of ``word``."""
        parts = []
        start = word.offset
        for i in range(word.offset + 1, word.end + 1):
            if i == word.end or (self.styles[i] ^ self.styles[start]) & _SCRIPT:
                for part in words(self.text[start:i]):
                    parts.append(Word(part.text, start + part.offset, start + part.end))
                start = i
        return parts

    def _is_mark(self, word: Word) -> bool:
        """Whether ``word`` is raised, and stands behind a word or punctuation but no variable."""
        styles = self.styles[word.offset : word.end]
        if not all(style & _RAISED for style in styles) or not _MARK.fullmatch(word.text):
            return False
        start = max(0, word.offset - 12)
        before = _BEFORE_MARK.search(self.text[start : word.offset])
        if before is None:
            return False
        letters = [i for i in range(start, word.offset) if self.text[i].isalnum()]
        return not letters or not self.styles[letters[-1]] & _MATHS

    def _citations(self, labels: frozenset[str]) -> dict[int, int]:
        found = {}
        for match in _GROUP.finditer(self.text):
            before = self.text[max(0, match.start() - 40) : match.start()]
            if _is_citation(match.group(), before, labels):
                first, behind = (bisect_left(self.offsets, at) for at in match.span())
                if first < behind:
                    found[first] = behind
        return found

    def _formulas(self) -> dict[int, list[int]]:
        """Return where formulas begin, and behind which words each may end."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        position = taken = 0
        while position < len(self.words):
            if not self._is_maths(position):
                position += 1
                continue
            first, behind = position, position + 1
            while first > taken and self._leads(first - 1):
                first -= 1
            while behind < len(self.words) and self._goes_on(first, behind):
                behind += 1
            found[first].append(behind)
            if first and self.words[first - 1].text in _FUNCTIONS and "(" in self._gap(first):
                while first and self.words[first - 1].text in _FUNCTIONS:  # "log(softmax(x))"
                    first -= 1
                found[first].append(behind)
            position = taken = behind
        return found

    def _is_maths(self, position: int) -> bool:
        word = self.words[position]
        if _MATHS_SIGN.search(word.text) is not None or any(
            self.styles[i] & _MATHS and self.text[i].isalnum() for i in range(word.offset, word.end)
        ):
            return True
        scripts = self.styles[word.offset + 1 : word.end]  # a variable in the text's own type
        is_low = bool(scripts) and all(style & _LOWERED for style in scripts)
        return (
            is_low and self.text[word.offset].isalpha() and not self.styles[word.offset] & _SCRIPT
        )

    def _gap(self, behind: int) -> str:
        """Return what stands between the word before position ``behind`` and the word there."""
        return self.text[self.words[behind - 1].end : self.words[behind].offset]

    def _leads(self, position: int) -> bool:
        """Whether the word is an operator, or a number or letter before one: "8 × …", "y = …"."""
        text = self.words[position].text
        if not _IN_FORMULA.fullmatch(self._gap(position + 1)):
            return False
        if _OPERATOR.fullmatch(text):
            return True
        is_term = _NUMBER.fullmatch(text) or len(text) == 1
        return bool(is_term and _OPERATOR.fullmatch(self.words[position + 1].text))

    def _goes_on(self, first: int, position: int) -> bool:
        """Whether the formula that began at ``first`` takes in the word at ``position``."""
        gap = self._gap(position)
        after_operator = _OPERATOR.fullmatch(self.words[position - 1].text) is not None
        if _ASIDE.match(gap) and not after_operator:  # "a position t, (in our case …"
            return False
        so_far = self.text[self.words[first].offset : self.words[position].offset]
        if sum(map(so_far.count, "([{")) > sum(map(so_far.count, ")]}")):
            return position - first < _LONGEST_FORMULA
        signs = self._signs_between(position)
        if not _IN_FORMULA.fullmatch(gap) and not signs:
            return False
        word = self.words[position]
        text = word.text
        if self._is_maths(position) or _OPERATOR.fullmatch(text):
            return True
        if all(style & _LOWERED for style in self.styles[word.offset : word.end]):
            return True
        return (after_operator or signs) and (len(text) == 1 or _NUMBER.fullmatch(text) is not None)

    def _signs_between(self, position: int) -> bool:
        """Whether only a formula's signs, wrong by the font's map, stand before the word."""
        start, end = self.words[position - 1].end, self.words[position].offset
        signs = [i for i in range(start, end) if not self.text[i].isspace()]
        return bool(signs) and all(
            self.styles[i] & _MATHS and self.text[i] not in ",.;:()[]{}" for i in signs
        )

    def _sentences(self) -> tuple[set[int], set[int]]:
        """Return the positions at which sentences begin, and those at which they end.

        A sentence's edge is also where a heading, a bold lead-in, a list item or a formula on a
        line of its own meets running text.
        """
        starts, ends = {0}, {len(self.words) - 1}
        following = [(i, i + 1) for i in range(len(self.words) - 1)]
        following += [(a - 1, b) for a, b in self.citations.items() if 0 < a < b < len(self.words)]
        following += [
            (i - 1, i + 1)
            for i in range(1, len(self.words) - 1)
            if self.styles[self.offsets[i]] & _RAISED and self._is_mark(self.words[i])
        ]
        for before, after in following:
            if self._is_edge(before, after):
                ends.add(before)
                starts.add(after)
        return starts, ends

    def _is_edge(self, before: int, after: int) -> bool:
        begin = self.offsets[after]
        initial = self.text[begin]
        end = self.words[before].end - 1
        one, other = self.lines[before][0], self.lines[after][0]
        gap = self._gap(before + 1) + (self._gap(after) if after > before + 1 else "")
        is_stopped = self.words[before].text in ENDS or _STOP.search(gap) is not None
        is_apart = one.page == other.page and one.y - other.y > _APART * other.size
        if is_stopped and (is_apart or one.layer is not other.layer):
            return True  # a caption ends, or a formula or a program follows
        if initial.islower():
            return False
        if (self.styles[end] ^ self.styles[begin]) & _BOLD:
            return True
        if abs(one.size - other.size) > 0.04 * one.size:
            return True
        return initial.isalpha() and (is_stopped or is_apart)

    def _pages(self) -> list[frozenset[int]]:
        """Return the pages each word counts for: two, in a sentence over a page's end."""
        pages = [frozenset({line.page}) for line, _ in self.lines]
        if any(line.layer is not Layer.FLOW for line, _ in self.lines):
            return pages
        starts, ends = sorted(self.starts), sorted(self.ends)
        for i in range(1, len(pages)):
            one, other = self.lines[i - 1][0].page, self.lines[i][0].page
            if one != other:
                word = self.words[i - 1]
                if "\n" in self.text[word.offset : word.end]:  # "bench-" and "mark", on two pages
                    i -= 1
                elif i in self.starts:
                    continue
                first = starts[bisect_right(starts, i) - 1]
                last = ends[bisect_left(ends, i)]
                if last - first < _LONGEST_SENTENCE:
                    pages[first : last + 1] = [frozenset({one, other})] * (last + 1 - first)
        return pages


def _lines_of(offsets: Sequence[int], lines: Sequence[tuple[int, Line]]) -> list[tuple[Line, int]]:
    """Return, for each word, its line and its place: the line's number, then the column."""
    found = []
    ahead = iter(lines)
    begin = end = 0
    for offset in offsets:
        while offset >= end:
            number, line = next(ahead)
            begin, end = end, end + len(line.text) + 1
        found.append((line, number * 10_000 + offset - begin))
    return found


# As plain numbers: a flag's own operators take most of the time otherwise.
_RAISED, _MATHS, _BOLD = int(Style.RAISED), int(Style.MATHS), int(Style.BOLD)
_LOWERED = int(Style.LOWERED)
_SCRIPT = _RAISED | _LOWERED
_POWER = re.compile(r"[-−–]?\d+")
_HYPHENED = re.compile(r"([^\W_]{1,4})-(?=[^\W\d_]{2})")
_MARK = re.compile(r"\d{1,3}|[a-z]")
_BEFORE_MARK = re.compile(r"(?:[^\W\d_]{2}|[.,;:!?)\]”’\"'%])\s*$")
ENDS = ("?", "!")
_STOP = re.compile(r"[.:;•–—]")
_APART = 1.45  # of the type's size: the lines of a paragraph stand closer
_LONGEST_FORMULA = 24
_LONGEST_SENTENCE = 120

_MATHS_SIGN = re.compile("[\u0370-\u03ff\u2200-\u22ff≤≥→←]")
_OPERATOR = re.compile(rf"(?![?!$])[{SIGNS}]")
_NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?%?")
_ASIDE = re.compile(r"[,.;:]*\s+[(\[{]")
_FUNCTIONS = frozenset(
    ["log", "exp", "max", "min", "argmax", "argmin", "softmax", "sigmoid", "tanh", "sin", "cos"]
)
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
_IN_FORMULA = re.compile(r"(?:[\s,(){}\[\]|/*∗·'′\"\ufffd\ue000-\uf8ff-]|\.\s?\.\s?\.|…|⋯)*")

_GROUP = re.compile(r"\((?:[^()]|\([^()]{0,40}\)){2,400}\)|\[[^\[\]]{1,80}\]")
_NAME = r"[^\W\d_a-z][\w'’´¨`.-]*"
_NAMES = rf"{_NAME}(?:,?\s(?:{_NAME}|and|&|et|al\.|de|del|der|den|di|la|le|van|von))*"
_YEARS = r"\(?(?:19|20)\d\d[a-z]?(?:,\s?(?:(?:19|20)\d\d)?[a-z]?)*\)?"
_AUTHORS_YEAR = re.compile(
    rf"(?:(?:e\.g\.,?|i\.e\.,?|see|see also|cf\.)\s)?(?:{_NAMES},?\s)?{_YEARS}"
)
_LEAD = re.compile(rf"(?:e\.g\.|i\.e\.|see|cf\.).{{0,30}}|{_NAME}")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s", re.I)
_CITED = re.compile(rf"(?:al\.|{_NAME})\s*$")


def _is_citation(group: str, before: str, labels: frozenset[str]) -> bool:
    """Whether ``group`` is "(Liu et al., 2019a; Yang et al., 2019)", "(2019)" or "[3, 5-7]"."""
    content = re.sub(r"\ufffe\s*", "", group[1:-1])
    content = re.sub(r"\s+(?=[,;.])", "", " ".join(content.split()))
    if group[0] == "[":
        parts = re.split(r"\s?[,;–-]\s?", content)
        return all(part in labels for part in parts)
    parts = [part.strip() for part in content.split(";")]
    if _MONTH.match(content) or not _AUTHORS_YEAR.fullmatch(parts[-1]):
        return False
    if re.fullmatch(_YEARS, content):
        return _CITED.search(" ".join(before.split())) is not None
    return all(_AUTHORS_YEAR.fullmatch(part) or _LEAD.fullmatch(part) for part in parts)


def reference_labels(lines: Sequence[Line]) -> frozenset[str]:
    """Return the labels "1", "2", … that begin lines of a numbered list of references."""
    found = {m[1] for line in lines if (m := re.match(r"\[(\d{1,3})\]\s", line.text))}
    count = 0
    while str(count + 1) in found:
        count += 1
    return frozenset(map(str, range(1, count + 1))) if count >= 3 else frozenset()
