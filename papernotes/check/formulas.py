r"""Formulas that cannot be shown, and dollars that are read otherwise than meant."""

import re
from collections.abc import Iterator
from dataclasses import replace

from papernotes.note import latex, spans
from papernotes.note.hangul import LETTER
from papernotes.note.library import Page
from papernotes.note.spans import CODE, FORMULAS, Kind, Span
from papernotes.problems import Problem

_TEXT = re.compile(r"\\(?:text\w*|math(?:rm|bf|it|sf|tt)|mbox|operatorname\*?)\s*\{[^{}]*\}")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_WORDS = re.compile(r"[A-Za-z]{3,}\s+[A-Za-z]{3,}|\*\*")
_OTHER_MARKS = re.compile(
    r"(?P<dollars>(?<![\\$])\$(?:\$|(?=\ufffc+\$)))"
    r"|\\\((?=[^\n()]{0,200}?(?:\\[A-Za-z]|[_^=]))"
    r"|^[ ]*\\\[(?=[ \t]*$|[^\n\[\]]{0,200}?(?:\\[A-Za-z]|[_^=]))"
    r"|\\begin\{",
    re.M,
)
_IN_LINK = re.compile(
    r"\]\([^()\n]*?(?P<address>\ufffc)|!\[[^\[\]\n]*?(?P<words>\ufffc)"
    r"|<[a-zA-Z][^\s<>\ufffc]*(?P<bare>\ufffc)[^\s<>]*>"
)
"""Where the site writes a formula's LaTeX into an address, a title or a picture's words."""
_SIGNS = {**dict.fromkeys(CODE | {Kind.COMMENT}, " "), **dict.fromkeys(FORMULAS, "\ufffc")}
_MONEY = "금액이면 `\\$5`처럼 앞에 `\\`를 붙이고, 수식 안의 말이면 `\\text{…}`로 감싸 주세요."


def problems(page: Page) -> Iterator[Problem]:
    """Yield what is wrong with the formulas of a page, those in its blocks' sources included."""
    yield from _problems(page.body, page)
    for source, lines in page.sources.items():
        for problem in _problems(source, page):
            yield from (replace(problem, line=line, column=1) for line in lines)


def _problems(text: str, page: Page) -> Iterator[Problem]:
    if "$" in text:
        for span in spans.spans(text):
            if span.kind in FORMULAS:
                yield from _formula(text, span, page)
    trapped = "$$" in text or "\\" in text or ("$" in text and ("](" in text or "<" in text))
    if not trapped:
        return
    bare = spans.masked(text, _SIGNS)
    for match in _IN_LINK.finditer(bare) if "\ufffc" in bare else ():
        message = (
            "링크의 주소와 제목, 그림의 대체 글에는 수식을 쓸 수 없어요. 글로 적고, 주소의 `$`는 "
            "`%24`로 적어 주세요."
        )
        yield page.problem(match.start(match.lastgroup or 0), "PN806", message)
    if "$" in bare or "\\" in bare:  # hardly ever
        for match in _OTHER_MARKS.finditer(bare):
            message = "수식은 `$…$`로만 적어요. GitHub과 사이트가 다르게 보여요."
            if match["dollars"]:
                message = (
                    "`$$` 수식은 앞뒤에 빈 줄을 두고 한 문단에 적어 주세요. 글자면 `\\$`로 적어요."
                )
            yield page.problem(match.start(), "PN806", message)


def _formula(text: str, span: Span, page: Page) -> Iterator[Problem]:
    source, start = spans.formula(text, span)
    if span.kind is Kind.FORMULA and (doubt := _doubt(source, text[span.end : span.end + 1])):
        yield page.problem(span.start, "PN806", doubt)
        return
    stripped = source.strip()
    error = latex.error(stripped, display=span.kind is Kind.DISPLAY)
    if error:
        offset = start + len(source) - len(source.lstrip()) + error.offset
        yield page.problem(min(offset, span.end - 1), "PN805", f"수식: {error.message}")


def _doubt(source: str, behind: str) -> str | None:
    """Say why what stands between two dollars may be no formula."""
    if behind.isdigit():
        return f"두 `$` 사이가 수식이 돼요. {_MONEY}"
    bare = _TEXT.sub("", source)
    if LETTER.search(bare):
        return f"수식 안에 한글이 있어요. {_MONEY}"
    if _WORDS.search(_COMMAND.sub("", bare)):
        return f"수식 안에 글이 있어요. {_MONEY}"
    return None
