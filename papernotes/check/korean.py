"""Korean prose: what a careful editor would mark in our own writing, and nothing else.

Only our own words are read: short answers, explanations, corrections, additions, open questions,
terms, ordinary pages and, by themselves, translations. What members said, what papers say,
quotations within a sentence, code, formulas and addresses are left alone.

Nothing here parses Korean: each rule looks at what stands on the surface and can hardly mean
anything else. ``tests/test_korean.py`` measures precision and recall on a corpus.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from papernotes.note.hangul import LETTER, spellings
from papernotes.note.kinds import FOREIGN, KINDS
from papernotes.note.library import Page
from papernotes.note.model import Term
from papernotes.note.scan import RawBlock, scan
from papernotes.note.spans import NO_PROSE, blank, mask
from papernotes.problems import Problem

_OBJECT = "\ufffc"
"""Stands for each character of what is no prose; a sign, as the marks around code are."""

_OURS = FOREIGN | {name for name, kind in KINDS.items() if kind.ours} - {"translation"}
# Here and below, what a pattern looks for comes first, and what stands before it second: Python
# then skips fast to the next place that can be meant.
_ADDRESS = re.compile(
    r"\((?<=\]\()[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"  # a link's
    r"|https?://[^\s)<>]+"
)
_QUOTED = re.compile(
    r"[“‘「『\"'](?:(?<=“)[^“”]*”|(?<=‘)[^‘’]*’|(?<=「)[^「」]*」|(?<=『)[^『』]*』"
    r"|(?<=\")[^\"\n]*\"|(?<=')(?<![\w']')[^'\n]*'(?![a-z']))"
)
_ASIDE = re.compile(r"\([^()]*\)")

_STRONG = re.compile(
    r"(?P<marks>\*(?<![*\\]\*)\*{0,2})(?![\s*])(?P<text>(?:\\[*\\]|[^*\n]|\n(?!\s*\n))++)(?<!\s)"
    r"(?P=marks)(?!\*)"
)
_SPACED = re.compile(r"\*\*(?<![*\\]\*\*)(?!\*)(?P<text>[^*\n]+)\*\*(?!\*)")
_MARKER = re.compile(r"[ ]*(?:[-*+]|\d+[.)]|\[\^[^\]]+\]:)")
_FULL_WIDTH = re.compile("[！-～]+")
_ENDING = re.compile(
    rf"[다요죠까오](?![가-힣])[*_\s{_OBJECT}]*+(?P<stop>[.!?:]+(?=[*_\s{_OBJECT}]|\Z)|\Z)"
)


class Style(StrEnum):
    """How a sentence speaks to its reader."""

    HAEYO = "해요체"
    HAPSYO = "합쇼체"
    HANDA = "한다체"


def problems(page: Page) -> Iterator[Problem]:
    """Yield what is wrong with the prose of a page."""
    if "*" in page.body:  # whoever said it
        for offset, code, message in broken_emphasis(_bare(page.body)):
            yield page.problem(offset, code, message)
    for prose in own_prose(page.body, page.first_line):
        for offset, code, message in [*_mixed_styles(prose), *_full_width(prose)]:
            yield Problem.at(page.file, prose, offset, code, message, page.first_line)


_Find = tuple[int, str, str]
"""Where in the prose, the code and the message."""


def own_prose(body: str, first_line: int = 1) -> tuple[str, str]:
    """Return our own words in a page's body, and our translations.

    Each word stands on its line and in its column: lines of others are empty, and code, formulas
    and the like blanked. Translations speak as the paper does, so they are not read together with
    the rest.
    """
    lines = body.split("\n")
    masked = [
        "|".ljust(len(line), _OBJECT) if line[:1] == "|" else line  # a table's row
        for line in _bare(body).split("\n")
    ]
    ours = [not line.startswith(">") for line in lines]
    translated = [False] * len(lines)
    for item in scan(body, first_line):
        if isinstance(item, RawBlock):
            end = (item.end_line or len(lines) + first_line) - first_line
            for line in range(item.line - first_line, min(end + 1, len(lines))):
                inside = item.text_line - first_line <= line < end
                ours[line] = inside and item.name in _OURS
                translated[line] = inside and item.name == "translation"
    return _kept(masked, ours), _kept(masked, translated)


def _kept(lines: list[str], kept: list[bool]) -> str:
    return "\n".join([line if keep else "" for line, keep in zip(lines, kept, strict=True)])


@lru_cache(maxsize=1)  # marks are looked for in all of it, the rest in our own words
def _bare(body: str) -> str:
    return _ADDRESS.sub(_blank, mask(body, NO_PROSE))


def _blank(match: re.Match[str]) -> str:
    return blank(match[0])


def broken_emphasis(text: str) -> Iterator[_Find]:
    """Yield emphasis that GitHub shows as asterisks, that neither shows, and that nobody meant.

    The site shows the first well with either engine, as long as pymdownx.betterem is off.

    Source: CommonMark 0.31.2, "Emphasis and strong emphasis": marks behind punctuation close
    only before white space or punctuation, and marks before punctuation open only behind those.
    """
    for match in _STRONG.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        opens = not _is_sign(match["text"][0]) or _is_edge(before)
        closes = not _is_sign(match["text"][-1]) or _is_edge(after)
        if not (opens and closes):
            message = (
                "GitHub에서는 이 강조의 별표가 그대로 보여요. 별표 안쪽 끝의 괄호나 문장 부호를 "
                "별표 밖으로 빼거나, 별표 바깥을 띄워 주세요."
            )
            yield match.start(), "PN801", message
        elif _are_signs(before, match, after):
            message = (
                "별표 사이가 강조가 되고 별표는 사라져요. 백틱으로 감싸 `A*`, `2*3`처럼 적거나, "
                "`\\*`로 적어 주세요."
            )
            yield match.start(), "PN810", message
    for match in _SPACED.finditer(_STRONG.sub(_blank, text)):
        before, words = text[match.start() - 1 : match.start()], match["text"]
        product = words[0].isspace() and words[-1].isspace() and not LETTER.match(words.lstrip())
        power = before.isalnum() and not LETTER.match(before)  # 2**10
        quoted = text.startswith(">", text.rfind("\n", 0, match.start()) + 1)
        if (words[0].isspace() or words[-1].isspace()) and not (product or power or quoted):
            message = "별표 안쪽에 빈칸이 있어 굵어지지 않아요. 안쪽 빈칸을 지워 주세요."
            yield match.start(), "PN810", message


def _are_signs(before: str, match: re.Match[str], after: str) -> bool:
    """Tell whether asterisks are products' or names' (2*3, A*와 B*): what is before them is one's.

    Two together have it behind them, too: BERT**-large** is emphasis.
    """
    beside = [before, match["text"][-1], match["text"][0]]
    latin = [each.isalnum() and not LETTER.match(each) for each in [*beside, after]]
    single = match["marks"] == "*" and beside[2].isalnum()
    return all(latin) or (single and latin[0] and latin[1])


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def _is_edge(letter: str) -> bool:
    return not letter or letter.isspace() or _is_sign(letter)


def _full_width(text: str) -> Iterator[_Find]:
    if not _FULL_WIDTH.search(text):
        return
    for match in _FULL_WIDTH.finditer(_QUOTED.sub(_blank, text)):
        half = unicodedata.normalize("NFKC", match[0])
        message = f"전각 글자예요: `{match[0]}`. 반각 `{half}`로 바꿔 주세요."
        yield match.start(), "PN804", message


def _mixed_styles(text: str) -> Iterator[_Find]:
    """Yield the sentences that speak otherwise than most on the page."""
    found = list(endings(text))
    counts = Counter(style for _, word, style in found if not word.endswith(_BESIDE_HAPSYO))
    most = max(Style, key=lambda style: counts[style])  # the first of equals: 해요체
    for offset, word, style in found:
        beside = most is Style.HAPSYO and word.endswith(_BESIDE_HAPSYO)
        if style is not most and not beside:
            message = f"`{word}`만 {style}예요. 이 쪽의 다른 글처럼 {most}로 고쳐 주세요."
            yield offset, "PN802", message


_BESIDE_HAPSYO = ("세요", "까요", "나요", "가요")
"""Requests and questions as most write them beside 합니다."""


def endings(text: str) -> Iterator[tuple[int, str, Style]]:
    """Yield the last word of each sentence whose style can be told, and where it stands."""
    text = _QUOTED.sub(_blank, text)
    for offset, paragraph in _paragraphs(text):
        prose = _ASIDE.sub(_blank, paragraph) if "(" in paragraph else paragraph
        for match in _ENDING.finditer(prose):
            start = match.start()
            while start and "가" <= prose[start - 1] <= "힣":
                start -= 1
            word = prose[start : match.start() + 1]
            style = _style(word, stopped=bool(match["stop"]))
            if style and "→" not in prose[prose.rfind("\n", 0, start) + 1 : start]:  # a pair
                yield offset + start, word, style


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph and list item with its offset; no headings and no block quotations."""
    offset = start = 0
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        begun = line.lstrip()
        apart = not begun or begun.startswith(("#", ">"))
        listed = not apart and (begun[0] in "-*+[" or begun[0].isdecimal())
        if apart or (listed and _MARKER.match(line)):
            if lines:
                yield start, "\n".join(lines)
            lines, start = [], offset
        if not apart:
            lines.append(line)
        else:
            start = offset + len(line) + 1
        offset += len(line) + 1


_NOUNS_IN_YO = frozenset(
    [
        "필요",
        "불필요",
        "중요",
        "주요",
        "개요",
        "수요",
        "소요",
        "강요",
        "동요",
        "민요",
        "가요",
        "적요",
    ]
)
_NOUNS_IN_DA = frozenset(
    ["람다", "바다", "판다", "소다", "캐나다", "르완다", "살사다", "과다", "최다"]
)
_NO_VERBS = ("마다", "보다", "에다")
"""What ends like a verb and is a particle: 쪽마다, 이보다."""


def _style(word: str, *, stopped: bool) -> Style | None:
    """Return how a sentence speaks that ends in ``word``; None for nouns and what is unclear.

    Without a full stop only endings count that no noun has: a syllable closed by ㄴ, ㅆ, ㅄ or
    ㄶ before 다 (한다, 했다, 없다, 않다).
    """
    if word.endswith(("요", "죠")):
        return None if word in _NOUNS_IN_YO else Style.HAEYO
    if word.endswith("십시오") or (word.endswith(("니다", "니까")) and _final(word[-3:-2]) == 17):
        return Style.HAPSYO
    if not word.endswith("다") or len(word) < 2:
        return None
    if word in _NOUNS_IN_DA or word.endswith((*_NO_VERBS, "시다")):  # 봅시다 goes with all
        return None
    return Style.HANDA if stopped or _final(word[-2]) in _VERB_FINALS else None


def _final(syllable: str) -> int:
    """Return the place of a syllable's final among the 28 (ㅂ: 17), 0 without one."""
    return (ord(syllable) - ord("가")) % 28 if syllable else 0


_VERB_FINALS = frozenset({4, 6, 18, 20})
"""ㄴ, ㄶ, ㅄ, ㅆ in Unicode's order of finals (chapter 3.12, "Hangul Syllable Composition")."""


def spelling_problems(page: Page) -> Iterator[Problem]:
    """Yield the terms that lack a common spelling in Hangul of one of their English names."""
    for term in page.terms:
        missing = proposed(term)
        if missing:
            others = [name for name in term.names if name not in (term.name, term.english)]
            message = (
                f"‘{missing[0]}’처럼 영어를 소리 나는 대로 적어 찾는 사람이 있어요. "
                f"`aliases: [{', '.join([*others, *missing])}]`라고 적어 주세요."
            )
            yield Problem(page.file, term.line, 1, "PN224", message)


def proposed(term: Term) -> tuple[str, ...]:
    """Return the spellings that a term lacks; spaces and hyphens make no difference."""
    known = {_spelt(name) for name in term.names}
    found = {_spelt(each): each for name in term.names for each in spellings(name)}
    return tuple(each for letters, each in found.items() if letters not in known)


def _spelt(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
