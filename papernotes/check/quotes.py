"""Whether every quotation is what its paper says: the notes' side of verification."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from papernotes.fingerprint import verify
from papernotes.fingerprint.fingerprint import Fingerprint, FingerprintInvalid
from papernotes.fingerprint.quotations import (
    FOLDER,
    find_fingerprint,
    findings,
    fingerprint_path,
    load,
)
from papernotes.fingerprint.verify import Finding, Kind
from papernotes.note.model import Note, Quote
from papernotes.note.scan import is_unfilled
from papernotes.problems import Problem

MOST_QUOTED = 0.1
"""The largest share of a paper's words that the notes may quote together."""

CODES = {
    Kind.NOT_AS_SHOWN: "PN307",
    Kind.TURNS: "PN308",
    Kind.LEFT_OUT: "PN308",
    Kind.TOO_SHORT: "PN303",
    Kind.PIECE_TOO_SHORT: "PN303",
    Kind.DIFFERS: "PN301",
    Kind.OUT_OF_ORDER: "PN301",
    Kind.OTHER_PAGE: "PN304",
    Kind.PAGE_OUT_OF_RANGE: "PN304",
    Kind.WRONG_SECTION: "PN305",
    Kind.UNKNOWN_SECTION: "PN305",
}
"""The code under which each kind of finding is reported."""

_ABOUT_THE_PLACE = frozenset(
    {Kind.OTHER_PAGE, Kind.PAGE_OUT_OF_RANGE, Kind.WRONG_SECTION, Kind.UNKNOWN_SECTION}
)
_SHOWN_SHARES = 10


@dataclass(frozen=True)
class Checked:
    """What a check says of a quotation; small, for it goes from process to process.

    ``quoted`` counts its words and ``of`` those of its paper, 0 where the paper was not looked at.
    """

    path: str
    line: int
    short: str
    arxiv: str
    problems: tuple[Problem, ...]
    quoted: int = 0
    of: int = 0


@dataclass(frozen=True)
class Share:
    """How many of a paper's words the notes quote, and the quotation that says it last."""

    short: str
    arxiv: str
    quoted: int
    words: int
    last: Checked

    @property
    def part(self) -> float:
        """The share, from 0 to 1."""
        return self.quoted / self.words


def check_note(note: Note, root: Path, body: str = "") -> list[Checked]:
    """Check every quotation of a note, in order; one that is still to be filled in is none.

    ``body`` is the page's source: a link defined there takes a bracket's place in a quotation.
    """
    defined = _DEFINITION.finditer(body) if "]:" in body else ()
    labels = frozenset(_label(found[1]) for found in defined)
    quotes = [*_filled(note)]
    papers = {arxiv: _paper(root, arxiv) for arxiv in {quote.paper.arxiv for quote in quotes}}
    path = f"docs/{note.path}"
    return [_check(quote, path, papers[quote.paper.arxiv], labels) for quote in quotes]


def count_note(note: Note) -> list[Checked]:
    """Count the words of every quotation of a note, in order, and check none."""
    path = f"docs/{note.path}"
    return [
        Checked(path, q.line, q.paper.short, q.paper.arxiv, (), verify.quoted_words(q.text))
        for q in _filled(note)
    ]


def _filled(note: Note) -> Iterator[Quote]:
    return (q for passage in note.passages for q in passage.quotes if not is_unfilled(q.text))


_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)([^\]\n]+)\]:", re.MULTILINE)
_BRACKET = re.compile(r"\[([^\[\]]+)\]")


def _label(name: str) -> str:
    return " ".join(name.split()).casefold()


def _links(text: str, labels: frozenset[str]) -> list[Finding]:
    """Return the brackets of a quotation that a page would show as links, without brackets."""
    message = (
        "이 쪽에 같은 이름의 링크(`[이름]: 주소`)가 있어서 대괄호가 보이지 않아요. "
        "링크의 이름을 바꿔 주세요."
    )
    return [
        Finding(Kind.NOT_AS_SHOWN, message, found.start())
        for found in _BRACKET.finditer(text)
        if _label(found[1]) in labels
    ]


def _paper(root: Path, arxiv: str) -> Fingerprint | str:
    """Return a paper's fingerprint, or why there is none to go by."""
    try:
        return find_fingerprint(root, arxiv) or (
            f"{arxiv}의 지문이 없어 인용을 대조할 수 없어요. "
            f"`papernotes fingerprint 논문.pdf --id {arxiv}`로 만들어 주세요."
        )
    except FingerprintInvalid as error:
        return f"{fingerprint_path(root, arxiv).name}: {error}"


def _check(quote: Quote, path: str, paper: Fingerprint | str, labels: frozenset[str]) -> Checked:
    short, arxiv = quote.paper.short, quote.paper.arxiv
    if isinstance(paper, str):
        problem = Problem(path, quote.line, 1, "PN302", paper)
        return Checked(path, quote.line, short, arxiv, (problem,))
    found = [*findings(quote, paper), *(_links(quote.text, labels) if labels else ())]
    problems = tuple(_problem(each, quote, path) for each in found)
    quoted = verify.quoted_words(quote.text)
    return Checked(path, quote.line, short, arxiv, problems, quoted, paper.words)


def _problem(found: Finding, quote: Quote, path: str) -> Problem:
    """Place a finding: a wrong place stands in the block's head, wrong words in its text."""
    if found.kind in _ABOUT_THE_PLACE:
        return Problem(path, quote.line, 1, CODES[found.kind], found.message)
    return Problem.at(
        path, quote.text, found.offset, CODES[found.kind], found.message, quote.text_line
    )


def fingerprint_problems(root: Path, checked: Iterable[Checked]) -> Iterator[Problem]:
    """Yield the fingerprints that no paper can have, whether or not a note quotes by them.

    Those by which a quotation was ``checked`` were read already.
    """
    read = {fingerprint_path(root, arxiv) for arxiv in {each.arxiv for each in checked if each.of}}
    for file in sorted({*(root / FOLDER).glob("*.json")} - read):
        try:
            load(file)
        except FingerprintInvalid as error:
            yield Problem(f"{FOLDER}/{file.name}", 1, 1, "PN309", str(error))


def shares(checked: list[Checked]) -> list[Share]:
    """Return each quoted paper's share, the most quoted first.

    A paper whose first quotation was not checked is left out: another part tells its share.
    """
    words: dict[str, int] = {}
    for each in checked:
        words.setdefault(each.arxiv, each.of)
    found: dict[str, Share] = {}
    for each in checked:
        if of := words[each.arxiv]:
            before = found[each.arxiv].quoted if each.arxiv in found else 0
            found[each.arxiv] = Share(each.short, each.arxiv, before + each.quoted, of, each)
    return sorted(found.values(), key=lambda share: share.part, reverse=True)


def problems(checked: list[Checked]) -> Iterator[Problem]:
    """Yield every quotation that is not what its paper says, and papers quoted too much."""
    for each in checked:
        yield from each.problems
    for share in shares(checked):
        if share.part > MOST_QUOTED:
            message = (
                f"{share.short}의 낱말 가운데 {share.part:.1%}를 인용했어요. "
                f"{MOST_QUOTED:.0%}까지만 옮길 수 있으니 인용을 줄여 주세요."
            )
            yield Problem(share.last.path, share.last.line, 1, "PN306", message)


def summary(checked: list[Checked]) -> list[str]:
    """Say how many quotations were verified and which share of each paper is quoted."""
    verified = sum(not each.problems for each in checked)
    found = shares(checked)
    lines = [f"인용 {verified}/{len(checked)}개를 원문과 대조했어요."]
    lines += [
        f"  {share.short} {share.arxiv}: 낱말 {share.quoted}/{share.words}개 인용 "
        f"({share.part:.1%}, 한도 {MOST_QUOTED:.0%})"
        for share in found[:_SHOWN_SHARES]
    ]
    if len(found) > _SHOWN_SHARES:
        lines.append(f"  그 밖의 논문 {len(found) - _SHOWN_SHARES}편은 이보다 적게 인용했어요.")
    return lines
