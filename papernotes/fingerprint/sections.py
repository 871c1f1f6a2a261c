"""A paper's sections, tables and figures, as its print and its bookmarks give them.

Nothing in a PDF says what a heading is. Lines that look like one are candidates, with a weight;
bookmarks add to the weight of the lines that they name, or are candidates themselves. Numbers
then decide: of all runs in which numbers grow with the reading order, the heaviest is taken, and
a number that follows from the one before (2.1 from 2, 3 from 2.4) weighs more than one that does
not, so that a table's row, a note in the margin or a bookmark to a wrong page fits nowhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from papernotes.fingerprint.pdftext import (
    CAPTION,
    MAX_PAGES,
    Layer,
    Line,
    Style,
    body_size,
    columns,
    is_set,
    same_block,
)

_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){0,3})"
    r"(?:\.?\s+(?=[^\W\d_a-z]|[a-z][A-Z])|(?:(?<=\d)|(?<=A)(?=APPENDIX))(?=[A-Z]{2}))(?P<title>.+)"
)
_ROMAN = re.compile(r"(?P<number>[IVX]{1,5})\.\s+(?P<title>[^\W\d_a-z].+)")
_LETTER = re.compile(r"(?P<number>[A-Z])\.\s+(?P<title>[^\W\d_a-z].+)")
_NAMES = re.compile(
    r"abstract|references|bibliography|acknowledge?ments?|appendix|appendices|supplementary "
    r"materials?|broader impacts?|ethics statement|limitations|introduction|background|related "
    r"works?|methods?|materials and methods|results(?: and discussion)?|discussion|conclusions?",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"appendix\b.*", re.IGNORECASE)
_ALWAYS = re.compile(
    r"abstract|references|bibliography|acknowledge?ments?|appendix\b.*|broader impacts?",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|\s\d{1,3}$")
_MOST_WORDS = 16
_GAP, _FOLLOWS = -1.5, 1.0


Name = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
PageNumber = Annotated[int, Field(ge=1, le=MAX_PAGES)]
"""What a fingerprint's file may hold."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section and the page on which it begins; ``number`` is "" where it has none."""

    number: Name
    title: Name
    page: PageNumber


_Key = tuple[tuple[int, int], ...]
"""A number's parts, each with its kind: digits come before the letters of an appendix."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: str
    key: _Key
    title: str
    page: int
    place: float
    weight: float


def sections(lines: Sequence[Line], outline: Iterable[tuple[str, int]]) -> list[Section]:
    """Return the sections in reading order."""
    page = _Print(lines)
    marked = [(title, number) for title, number in outline]
    decimal = _heaviest(_agreed([*page.numbered()], marked, page))
    roman = _heaviest([*page.roman()])
    chosen = max(decimal, roman, key=lambda run: sum(each.weight for each in run))
    found = [(each.place, Section(each.number, each.title, each.page)) for each in chosen]
    taken = {each.place for each in chosen}
    only = _ALWAYS if len(chosen) > 2 else _NAMES
    for place, title, number in page.named(only, everything=len(chosen) <= 2):
        if place not in taken:
            found.append((place, Section("", title, number)))
    return [section for _, section in sorted(found, key=lambda each: each[0])]


class _Print:
    """The printed lines, and what of their look tells headings from text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.body = body_size(lines)
        self.columns = columns([line for line in lines if line.layer is Layer.FLOW], self.body)
        contents = Counter(
            line.page for line in lines if _NUMBERED.match(line.text) and _LEADERS.search(line.text)
        )
        self.contents = {page for page, count in contents.items() if count > 4}

    def headings(self) -> Iterator[tuple[int, str, float]]:
        """Yield each line that may begin a heading: its place, whole text, and weight."""
        for i, line in enumerate(self.lines):
            is_long = len(line.text.split()) > _MOST_WORDS or line.text.endswith((",", ";"))
            if line.layer is Layer.FURNITURE or is_long or not is_set(line, self.columns):
                continue
            weight = self.weight(line)
            if weight and not (line.page in self.contents and _LEADERS.search(line.text)):
                yield i, self.whole(i), weight

    def weight(self, line: Line) -> float:
        """Say how much a line's type looks like that of a heading; 0 is not at all."""
        if line.size < 0.78 * self.body:
            return 0.0
        if line.bold or line.size > 1.04 * self.body:
            return 2.0
        if line.text.isupper() and sum(map(str.isalpha, line.text)) > 3:
            return 1.5
        return 1.2 if line.styles[-1:] and line.styles[-1] & Style.ITALIC else 0.0

    def whole(self, at: int) -> str:
        """Return a heading with the lines that go on in its type."""
        first = line = self.lines[at]
        text = first.text
        for after in self.lines[at + 1 : at + 4]:
            same = self.weight(line) > 1.2 and (after.bold or not first.bold)
            alike = (
                after.text.isupper() == first.text.isupper() and abs(after.size - first.size) < 0.1
            )
            if not (same and alike and same_block(line, after) and self.weight(after)):
                break
            if _NUMBERED.match(after.text) or _ROMAN.match(after.text):
                break
            text, line = f"{text} {after.text}", after
        return re.sub("\ufffe\\s*", "", text)

    def numbered(self) -> Iterator[_Candidate]:
        """Yield what has a number such as 4, 4.1 or A.2."""
        for place, text, weight in self.headings():
            match = _NUMBERED.fullmatch(text)
            if match and _is_title(match["title"]) and weight != 1.2:
                title = match["title"].rstrip(".")
                yield _candidate(match["number"], title, self.lines[place].page, place, weight)

    def roman(self) -> Iterator[_Candidate]:
        """Yield what has a number such as III or, in italics below one, B."""
        for place, text, weight in self.headings():
            page = self.lines[place].page
            if (match := _ROMAN.fullmatch(text)) and match["title"].isupper():
                key = ((0, roman(match["number"])),)
                yield _Candidate(match["number"], key, match["title"], page, place, weight)
            elif (match := _LETTER.fullmatch(text)) and not match["title"].isupper():
                key = ((2, ord(match["number"]) - 64),)
                title = match["title"].rstrip(".")
                yield _Candidate(match["number"], key, title, page, place, weight)

    def named(self, names: re.Pattern[str], *, everything: bool) -> Iterator[tuple[int, str, int]]:
        """Yield headings without a number; with ``everything``, all that are set like them."""
        found: dict[str, tuple[int, str, int]] = {}
        faces = Counter[tuple[float, bool]]()
        others = []
        for place, line in enumerate(self.lines):  # "Abstract—Computer vision with …"
            if line.page < 3 and re.match(r"Abstract\s?[—–]", line.text):
                found.setdefault("abstract", (place, "Abstract", line.page))
        for place, text, weight in self.headings():
            line = self.lines[place]
            text = text.rstrip(".:")
            if names.fullmatch(text) and weight != 1.2:
                word = text.split()[0] if _APPENDIX.fullmatch(text) else text
                found.setdefault(word.casefold(), (place, word.capitalize(), line.page))
                faces[line.size, line.bold] += 1
            elif everything and _is_title(text):
                others.append((place, text, line))
        yield from found.values()
        face, count = next(iter(faces.most_common(1)), ((0.0, False), 0))
        if count > 2:
            for place, text, line in others:
                if (line.size, line.bold) == face:
                    yield place, text, line.page


def _is_title(text: str) -> bool:
    """Whether a text is made of words and not of a formula or a table's row."""
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    return (
        letters > 2
        and letters > 2 * digits
        and not re.search(r"[=(){}|]\s*\d|\.\s[A-Z].*\.\s", text)
    )


def _candidate(number: str, title: str, page: int, place: float, weight: float) -> _Candidate:
    key = tuple((0, int(p)) if p.isdigit() else (1, ord(p) - 64) for p in number.split("."))
    return _Candidate(number, key, title, page, place, weight)


def _agreed(
    printed: list[_Candidate], outline: Sequence[tuple[str, int]], page: _Print
) -> list[_Candidate]:
    """Let bookmarks speak for printed headings, and for themselves where there is none."""
    found = list(printed)
    firsts: dict[int, int] = {}
    for i, line in enumerate(page.lines):
        firsts.setdefault(line.page, i)
    for order, (text, number) in enumerate(outline):
        match = _NUMBERED.fullmatch(text)
        if match is None:
            continue
        title = match["title"].rstrip(".")
        same = [i for i, each in enumerate(found) if each.number == match["number"]]
        same = [i for i in same if _letters(found[i].title) == _letters(title)]
        for i in same:
            each = found[i]
            found[i] = _candidate(each.number, title, each.page, each.place, each.weight + 1)
        if not same:
            place = firsts.get(number, 0) + order / 1000 - 0.5
            found.append(_candidate(match["number"], title, number, place, 1.0))
    return sorted(found, key=lambda each: each.place)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _heaviest(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the heaviest run of candidates whose numbers grow."""
    best: list[tuple[float, int]] = []  # weight of the best run that ends here, and the one before
    runs: list[_Candidate] = []  # the candidates, their keys below that of the one before
    for i, each in enumerate(candidates):
        starts = each.key in (((0, 1),), ((1, 1),))
        weight, before, key = each.weight + (_FOLLOWS if starts else _GAP), -1, each.key
        for j in range(i):
            under = _under(runs[j].key, each.key)
            if under > runs[j].key and each.place > runs[j].place:
                follows = _FOLLOWS if under in _following(runs[j].key) else _GAP
                if best[j][0] + each.weight + follows > weight:
                    weight, before, key = best[j][0] + each.weight + follows, j, under
        best.append((weight, before))
        number = each.number
        if before >= 0 and key != each.key:  # "B" below "III"
            number = f"{runs[before].number.partition('-')[0]}-{each.number}"
        runs.append(_Candidate(number, key, each.title, each.page, each.place, each.weight))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    found = []
    while at >= 0:
        found.append(runs[at])
        at = best[at][1]
    return found[::-1]


def _under(before: _Key, key: _Key) -> _Key:
    """Return the key of a letter below a Roman number; other keys are whole."""
    return (before[0], *key) if key[0][0] == 2 and before[0][0] == 0 else key


def _following(key: _Key) -> set[_Key]:
    """Return the keys that may come next: a part of this section, or the next of any level."""
    ups = {(*key[:i], (key[i][0], key[i][1] + 1)) for i in range(len(key))}
    return ups | {(*key, (0, 1)), (*key, (2, 1)), ((1, 1),)}


def roman(number: str) -> int:
    """Return the value of a Roman number."""
    values = [{"I": 1, "V": 5, "X": 10}[sign] for sign in number.upper()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def floats(lines: Sequence[Line]) -> dict[str, int]:
    """Return the pages of tables, figures and algorithms, in the order of their captions."""
    found: dict[str, int] = {}
    for line in lines:
        match = CAPTION.match(line.text)
        if match and line.layer is Layer.ASIDE:
            kind = {"fig.": "Figure"}.get(match["kind"].lower(), match["kind"].capitalize())
            found.setdefault(f"{kind} {match['number']}", line.page)
    return found
