"""What a reader sees of a quotation, as against what stands in its source.

The words of a quotation are compared as they are shown. Of Markdown a quotation needs little:
paragraphs, emphasis, code, ``$…$`` and escapes. Everything else could show other words than it
says, or none at all (a link without text, a comment, a list that counts for itself), and so is
refused, as are characters that are invisible, turn the text around, strike it out, or look like
something else than they are compared as. This is an allowlist: what is not known is refused.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown import Markdown

from papernotes.fingerprint.normalise import SIGNS
from papernotes.note.plain import unlisted

FENCE = "\ue000"
"""Stands in :attr:`Shown.text` where a formula begins and ends; no quotation may contain it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a quotation must not have; ``message`` is Korean."""

    message: str
    offset: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A quotation as shown: ``text`` is as long as the source, so that offsets hold in both."""

    text: str
    refused: tuple[Refusal, ...]


_TOKEN = re.compile(
    r"""
      (?P<code>(?<!`)(?P<ticks>`+)(?!`)(?P<inside>.+?)(?<!`)(?P=ticks)(?!`))
    | (?P<display>\$\$|\\\(|^[ ]*\\\[|\\begin\{)
    | (?P<formula>\$(?!\s)(?:\\.|[^\\$])+?(?<!\s)\$)
    | (?P<escape>\\[\\`*_{}\[\]()>\#+.!|$-])
    | (?P<entity>&(?:\#\d+|\#[xX][0-9a-fA-F]+|[A-Za-z]\w*);)
    | (?P<link>\]\()
    | (?P<footnote>\[\^)
    | (?P<tag><(?=[A-Za-z/!?]))
    | (?P<strike>~~)
    | (?P<attributes>(?<=[*_`)$])\{|^[ ]*\{[^{}\n]*\}[ ]*$)
    | (?P<block>^[ ]{0,3}(?:\#|>|```|///|(?<=\n)\[[^\]\n]+\]:)|^[ |:=*_-]*(?:[=*_|-][ ]*){3}$)
    | (?P<list>(?:\A|\n[ \t]*\n)\n*(?:[ ]{0,3}[*+-][ \t]|[ ]{4}|[ ]{0,3}\t)
        | \n[ \t]*\n\n*[ ]{0,3}\d+[.)][ \t])  # its first number is shown: Quote.markdown
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_REFUSED = {
    "display": "인용 안의 수식은 `$…$`로만 적어 주세요.",
    "link": "인용 안에는 링크나 그림을 둘 수 없어요. 글만 남겨 주세요.",
    "footnote": "인용 안에는 각주를 둘 수 없어요. 지우고, 할 말은 인용 밖에 적어 주세요.",
    "tag": "`<` 바로 뒤에 글자가 오면 HTML로 읽혀요. 태그나 주석이면 지우고, "
    "원문의 글자면 `&lt;`로 적어 주세요.",
    "strike": "인용 안에는 취소선을 둘 수 없어요. 원문 그대로 옮겨 주세요.",
    "attributes": "`{…}`가 속성으로 읽혀 보이지 않아요. 지우거나 `\\{`로 적어 주세요.",
    "block": "이 줄은 글이 아니라 제목, 인용, 표, 줄긋기 같은 표시로 읽혀요. "
    "앞줄에 이어 적거나 첫 글자 앞에 `\\`를 붙여 주세요.",
    "list": "이 문단은 글이 아니라 목록이나 코드로 읽혀 번호가 달라질 수 있어요. "
    "들여쓰기를 지우거나 `1\\.`, `\\-`처럼 적어 주세요.",
    "code": "코드의 앞머리 `#!`나 `:::`는 보이지 않아요. 지워 주세요.",
}
_EMPHASISED = re.compile(r"(?<=[^\W_])[*_`]+-(?=[^\W\d_])")  # "*i*-th"
_ENTITIES = "&<>\"'"


@lru_cache(maxsize=64)  # a quotation is checked and counted one after the other
def read(source: str) -> Shown:
    """Read a quotation's Markdown as a page shows it."""
    pieces: list[str] = []
    refused = list(_refused_characters(source))
    end = 0
    for match in _TOKEN.finditer(source):
        kind, token = match.lastgroup or "", match.group()
        kind = "code" if match["code"] else kind
        pieces.append(source[end : match.start()])
        end = match.end()
        replaced = token
        if kind == "escape":
            replaced = (token[1] if token[1] in "*_`" else " ") + token[1]
        elif kind == "formula":
            replaced = FENCE + token[1:-1] + FENCE
        elif kind == "entity":
            char = html.unescape(token)
            if char in _ENTITIES:
                replaced = char.ljust(len(token))
            else:
                message = f"`{token}`은 보이는 대로 적어 주세요. `&lt;`, `&gt;`, `&amp;`만 돼요."
                refused.append(Refusal(message, match.start()))
        elif kind != "code" or match["inside"].lstrip().startswith(("#!", ":::")):
            blank = len(token) - len(token.lstrip())
            refused.append(Refusal(_REFUSED[kind], match.start() + blank))
        pieces.append(replaced)
    pieces.append(source[end:])
    text = _EMPHASISED.sub(lambda match: "\u00ad" * len(match[0]), "".join(pieces))
    return Shown(text, tuple(sorted(refused, key=lambda each: each.offset)))


def plain(source: str) -> str:
    """Return a part of a quotation on one line, as a page shows it: no marks, no escapes."""
    text = source
    if _MARKED.search(text):
        text = html.unescape(_TAG.sub("", _markdown().convert(unlisted(text.strip()))))
    return " ".join(text.replace("\u00ad", "").split()).strip("*")


@cache
def _markdown() -> Markdown:
    return Markdown()


_MARKED = re.compile(r"[\\*_`&]")
_TAG = re.compile(r"<[^>]*>")
_SCRIPTS_SHOWN = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋™ªº")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5\u1680\u2800")
_MARKS = re.compile(  # set over, under or through the letter before them
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef]"
)
_PUNCTUATION = frozenset(  # what the eye reads past, and is not compared
    "«»‹›“”‘’‚„‛–—―‐‑‒…‥⋯·•∙⋅⋆∗†‡§¶⟨⟩〈〉《》「」『』、。ˆ˜¨´¯˚¸■□▪▫▶▷►▸◆◇●○"
)
_OVER_VARIABLES = frozenset("\u0302\u0303\u0304\u0307\u030c")  # hat, tilde, bar, dot, check
_PLAIN = re.compile("[\n -~가-힣]*")
_PDF_BREAKS = "\x02\ufffe"


_UNIT = re.compile(r"(?<=\d)[\"”″'’](?![^\W_])")
_OPENED = re.compile(r"""(?:^|[^\w"”'’])["“'‘](?=\S)[^"”]*$""")
_STAR = re.compile(r"(?<![^\W_])[^\W\d_]{1,2}(\\\*|[∗⋆]|\*(?=[\s.,;:)]|$))")


def _refused_signs(source: str) -> Iterator[Refusal]:
    """Refuse punctuation, which is not compared, where it is more than that."""
    for match in _UNIT.finditer(source):
        if not _OPENED.search(source[: match.start()]):
            message = "숫자 바로 뒤의 따옴표는 단위로 읽혀요. 지우거나 여는 따옴표부터 옮겨 주세요."
            yield Refusal(message, match.start())
    for match in _STAR.finditer(source):
        paragraph = source[source.rfind("\n\n", 0, match.start()) + 1 : match.start(1)]
        if match[1] != "*" or paragraph.count("*") % 2 == 0:  # else it closes an emphasis
            message = "별표가 붙으면 다른 변수예요. 별표는 대조할 수 없으니 [수식]으로 적어 주세요."
            yield Refusal(message, match.start(1))


def _refused_characters(source: str) -> Iterator[Refusal]:
    yield from _refused_signs(source)
    if _PLAIN.fullmatch(source):
        return
    for at, char in enumerate(source):
        if char > "~" or char < " ":
            reason = _reason(char, source[at - 1 : at], source[at + 1 : at + 2])
            if reason is None and _MARKS.match(char):
                reason = _mark(source, at)
            if reason:
                name = unicodedata.name(char, "이름 없는 글자")
                yield Refusal(f"U+{ord(char):04X}({name}): {reason}", at)


def _reason(char: str, before: str, after: str) -> str | None:
    """Say why a character is refused between its neighbours; None if it is not."""
    category = unicodedata.category(char)
    if char in _PDF_BREAKS:
        return "PDF의 줄 끝에서 묻어온 글자예요. 지우고 낱말을 이어 적어 주세요."
    if char == "\u00ad":
        if before.isalpha() and (after.isalpha() or after == "\n"):
            return None
        return "보이지 않는 붙임표예요. 지워 주세요."
    if (category[0] == "C" and char not in "\n\t") or category in ("Zl", "Zp"):
        return "보이지 않거나 글의 방향을 바꾸는 글자예요. 지워 주세요."
    if char in _BLANK_LETTERS:
        return "비어 보이는 글자예요. 지워 주세요."
    tag, _, _ = unicodedata.decomposition(char).rpartition(">")
    shown = unicodedata.normalize("NFKC", char)
    if tag in ("<super", "<sub"):
        if char not in _SCRIPTS_SHOWN:
            return (
                f"작게 올리거나 내려 쓴 글자예요. ‘{shown}’를 원문처럼 적거나 `$…$`로 적어 주세요."
            )
        if tag == "<sub" and before.isdigit():
            return "숫자 뒤에 내려 쓴 숫자는 대조할 수 없어요. 원문처럼 적어 주세요."
    if tag == "<wide" and shown.isalnum():
        return f"전각 글자예요. ‘{shown}’로 적어 주세요."
    if tag in ("<circle", "<square", "<fraction") and (before.isalnum() or after.isalnum()):
        return f"앞뒤 글자와 붙으면 다르게 읽혀요. ‘{shown}’처럼 풀어서 띄어 적어 주세요."
    if char in "—―" and after.isdigit() and not before.isalnum():
        return "숫자 바로 앞의 줄표는 빼기로 읽혀요. 숫자와 띄어 적어 주세요."
    if char.isalpha() and not (before.isalnum() or after.isalnum()):
        marks = unicodedata.normalize("NFD", char)[1:]
        if marks and set(marks) <= _OVER_VARIABLES:
            return "글자 하나에 덧그은 표시는 다른 변수예요. [수식]으로 적어 주세요."
    if char == "′" and before.isalpha() and after.isalpha():
        return None  # an apostrophe
    if category[0] in "PS" and not (
        char in _PUNCTUATION or shown.isascii() or re.search(f"[{SIGNS}]", shown)
    ):
        return "대조할 수 없는 기호예요. 지워 주세요. 수식이면 [수식]으로 적어도 돼요."
    if char == "ſ":
        return "f처럼 보이는 옛 글자예요. s로 적어 주세요."
    return None


def _mark(source: str, at: int) -> str | None:
    """Refuse a mark that makes no letter together with the one before it."""
    start = at
    while start > 0 and _MARKS.match(source[start]):
        start -= 1
    base = source[start : at + 1].replace("ı", "i")  # as LaTeX sets "ï"
    letter = unicodedata.normalize("NFC", base)
    if len(letter) == 1:
        return None
    return "글자에 덧그은 표시라 원문과 다르게 보여요. 지워 주세요."
