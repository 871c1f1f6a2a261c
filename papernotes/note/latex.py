r"""LaTeX formulas as MathML Core, the part of MathML that browsers draw.

math-core (Rust, MIT) converts; here is what it leaves to its caller: what GitHub's MathJax knows
under other names, what a page must not hold, and Korean words for what is wrong.
"""

import re
import xml.etree.ElementTree as etree
from bisect import bisect_right
from copy import deepcopy
from functools import lru_cache

from math_core import LatexError, LatexToMathML

MOST = 5000
"""The characters of the longest formula; no person wrote a longer one."""
_DEEPEST = 50
_MOST_UNCLOSED = 10
"""math-core's time doubles with each bracket that is not closed, and its stack grows with each
level: the deepest that a thread of 512 kB bears is some 200."""

_CONVERTER = LatexToMathML(
    fancy_error=False,
    allow_unreliable_rendering=True,  # \widetilde and its like: drawn well enough to be read
    max_expansions=100,
    macros={
        "argmax": r"\operatorname*{arg\,max}",
        "argmin": r"\operatorname*{arg\,min}",
        "mbox": r"\text{#1}",
        "substack": r"\begin{matrix}#1\end{matrix}",
        "bold": r"\mathbf{#1}",
    },
)

_TOKEN = re.compile(r"(?P<command>\\(?:[A-Za-z]+\*?|.))|[^\\]", re.DOTALL)
_REWRITTEN = re.compile(
    r"(?P<env>\\(?:begin|end)\{)(?P<name>align|alignat|alignedat|equation|gather|multline"
    r"|smallmatrix|split)"
    r"(?P<star>\*?)\}(?P<columns>(?<=at\})\{\d+\}|(?<=at\*\})\{\d+\})?"
    r"|(?P<position>(?<=ed\})\[[tbc]\])"
    r"|(?P<angle>\\(?:left|right|middle)\s*[<>])"
    r"|(?P<text>\\text\{[^{}$]*\$[^{}]*\})"
)
# Equations are not numbered: each formula would begin with (1), and GitHub shows none either.
_NAMES = {
    "align": "align*",
    "alignat": "align*",
    "alignedat": "aligned",
    "equation": "gathered",
    "gather": "gather*",
    "multline": "multline*",
    "smallmatrix": "matrix",
    "split": "aligned",
}
_REFUSED = {
    **dict.fromkeys(
        ["color", "textcolor", "colorbox", "fcolorbox", "definecolor", "pagecolor"],
        "색은 어두운 화면에서 보이지 않을 수 있어요. `\\mathbf`로 두드러지게 하거나 지워 주세요.",
    ),
    **dict.fromkeys(
        ["href", "url", "class", "style", "cssId", "htmlId", "htmlClass", "htmlStyle", "htmlData"],
        "수식 안에는 링크나 모양을 넣을 수 없어요. 지워 주세요.",
    ),
    **dict.fromkeys(
        ["label", "ref", "eqref", "tag", "tag*", "notag", "nonumber"],
        "식 번호는 쓸 수 없어요. 지우고, 번호는 글로 적어 주세요.",
    ),
    "mathop": "사이트에서는 첨자가 아래가 아니라 옆에 붙어요. `\\operatorname*{…}`이나 "
    "`\\underset{…}{…}`으로 적어 주세요.",
    "mathchoice": "크기마다 다른 식은 쓸 수 없어요. 보일 식 하나만 적어 주세요.",
    **dict.fromkeys(
        ["newcommand", "renewcommand", "providecommand", "def", "let", "gdef", "xdef", "edef"],
        "수식 안에서 명령을 만들 수 없어요. 풀어서 적어 주세요.",
    ),
}
_ERRORS = {
    "Unknown command": "모르는 명령이에요: `{name}`. 철자를 살피거나 `\\text{{…}}`, "
    "`\\operatorname{{…}}`으로 적어 주세요.",
    "Unknown environment": "모르는 환경이에요: `{name}`. aligned, cases, matrix 같은 것으로 "
    "바꿔 주세요.",
    "Expected argument": "뒤에 올 것이 빠졌어요. `{{…}}`를 채워 주세요.",
    "Expected closing": "`{name}`로 닫히지 않았어요. 짝을 맞춰 주세요.",
    "Unmatched closing": "여는 짝이 없어요: `{name}`. 짝을 맞춰 주세요.",
    'Expected "\\end': "`\\begin`과 `\\end`의 이름이 달라요. 짝을 맞춰 주세요.",
    "Duplicate subscript": "첨자가 겹쳤어요. `{{…}}`로 묶어 주세요.",
    "'^' or '_'": "첨자가 겹쳤어요. `{{…}}`로 묶어 주세요.",
    "Not valid in text": "`\\text` 안에서는 앞에 `\\`를 붙여 `\\&`, `\\_`처럼 적어 주세요.",
    'Found "&"': "`&`는 표와 정렬 안에서만 써요. 글자면 `\\&`로 적어 주세요.",
    'Unexpected "$"': "수식 안에 `$`가 있어요. 글자면 `\\$`로 적어 주세요.",
    "There must be a parenthesis": "`\\left`, `\\right` 뒤에는 괄호가 와야 해요. "
    "한쪽이 없으면 `.`을 적어 주세요.",
}
_NAMED = re.compile(r'"([^"]*)"')

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_CHILDREN = {
    **dict.fromkeys(["mfrac", "mroot", "msub", "msup", "munder", "mover"], 2),
    **dict.fromkeys(["msubsup", "munderover"], 3),
}


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


MATHML = _names(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom msub msup "
    "msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd"
)
_IN_TEXT = frozenset(["b", "i", "code", "span"])
ATTRIBUTES = _names(
    "accent accentunder class display displaystyle form height depth linethickness lspace "
    "mathvariant maxsize minsize movablelimits rspace scriptlevel stretchy style symmetric largeop "
    "voffset width"
)
"""The attributes of MathML Core (W3C Candidate Recommendation) that math-core writes."""
STYLE = re.compile(
    r"(?:(?:text-align|justify-items|width|font-variant-caps|(?:padding|margin)-(?:left|right|top"
    r"|bottom)|border-(?:top|right|bottom|left)|font-family|font-style|font-weight):"
    r" ?[\w. %-]+;? ?)*"
)
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(?:em|ex|rem)\b")
_ONE_MAY = 4.0
"""Ems: the widest gap (\\qquad has 2); a wider one would cover what stands beside the formula."""
_STRIKES = {
    "box": "pn-boxed",
    "updiagonalstrike": "pn-struck",
    "downdiagonalstrike": "pn-struck",
    "horizontalstrike": "pn-struck",
}


class FormulaError(ValueError):
    """A formula that cannot be shown: what to do (Korean), and where in its source."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def to_mathml(source: str, *, display: bool) -> etree.Element:
    """Return a ``math`` element without namespace. Raises FormulaError."""
    return deepcopy(_convert(source, display))


@lru_cache(maxsize=4096)
def error(source: str, *, display: bool) -> FormulaError | None:
    """Return what is wrong with a formula, None where nothing is."""
    try:
        _convert(source, display)
    except FormulaError as found:
        return found
    return None


@lru_cache(maxsize=1024)
def _convert(source: str, display: bool) -> etree.Element:
    _look_ahead(source)
    latex, places = _rewritten(source)
    try:
        mathml = _CONVERTER.convert_with_local_state(latex, displaystyle=display)
    except LatexError as found:
        raise _explained(str(found), places) from None
    return _checked(mathml, display)


def _look_ahead(source: str) -> None:
    """Refuse what would take the converter long, and what a page must not hold."""
    if len(source) > MOST:
        raise FormulaError(f"수식이 {MOST}자를 넘어요. 나눠 주세요.")
    depth, run, lefts, open_brackets = 0, 0, 0, [0]
    for match in _TOKEN.finditer(source):
        token = match[0]
        name = token[1:] if match["command"] else token
        if match["command"] and name in _REFUSED:
            raise FormulaError(_REFUSED[name], match.start())
        if token == "%":
            message = "`%` 뒤는 수식에서 사라져요. 글자면 `\\%`로 적고, 적어 둔 말이면 지워 주세요."
            raise FormulaError(message, match.start())
        if token == r"\\" and depth == 0:
            message = "줄바꿈이 사라져요. `aligned`, `gathered` 같은 환경 안에 적어 주세요."
            raise FormulaError(message, match.start())
        if token == "#":
            raise FormulaError("수식 안에 `#`이 있어요. 글자면 `\\#`로 적어 주세요.", match.start())
        if not token.isprintable() and not token.isspace():
            raise FormulaError("보이지 않는 글자가 있어요. 지워 주세요.", match.start())
        lefts += (token == r"\left") - (token == r"\right")
        if token == r"\middle" and lefts <= 0:
            message = "`\\middle`은 `\\left`와 `\\right` 사이에만 와요. 짝을 맞춰 주세요."
            raise FormulaError(message, match.start())
        opens, closes = token in _OPENS, token in _CLOSES
        depth += opens - closes
        run = run + 1 if match["command"] or token in "^_{" else 0
        if token == "{":
            open_brackets.append(0)
        elif token == "}" and len(open_brackets) > 1:
            left = open_brackets.pop()
            open_brackets[-1] += left
        elif name in _OPENING:
            open_brackets[-1] += 1
        elif name in _CLOSING and open_brackets[-1]:
            open_brackets[-1] -= 1
        if depth + run > _DEEPEST:
            raise FormulaError("수식이 너무 깊이 겹쳐 있어요. 나눠 주세요.", match.start())
        if sum(open_brackets) > _DEEPEST or open_brackets[-1] > _DEEPEST:
            raise FormulaError("수식의 괄호가 너무 깊이 겹쳐 있어요. 나눠 주세요.", match.start())
    if sum(open_brackets) > _MOST_UNCLOSED:
        raise FormulaError("닫히지 않은 괄호가 너무 많아요. 짝을 맞춰 주세요.")


_OPENS = frozenset(["{", r"\left", r"\begin"])
_CLOSES = frozenset(["}", r"\right", r"\end"])
_OPENING = frozenset(["(", "[", "lfloor", "lceil", "langle", "lvert", "lVert", "lbrace", "\\{"])
_CLOSING = frozenset([")", "]", "rfloor", "rceil", "rangle", "rvert", "rVert", "rbrace", "\\}"])


def _rewritten(source: str) -> tuple[str, list[tuple[int, int]]]:
    """Return LaTeX for the converter, and pairs of places: in it, and in ``source``."""
    pieces: list[str] = []
    places, position, length = [(0, 0)], 0, 0

    def add(text: str, place: int) -> None:
        nonlocal length
        places.append((length, place))
        pieces.append(text)
        length += len(text)

    for match in _REWRITTEN.finditer(source):
        add(source[position : match.start()], position)
        add(_replacement(match), match.start())
        position = match.end()
    add(source[position:], position)
    return "".join(pieces), places


def _replacement(match: re.Match[str]) -> str:
    if match["position"]:  # \begin{aligned}[t]: a formula stands alone
        return ""
    if match["angle"]:
        return match[0][:-1] + (r"\langle " if match[0][-1] == "<" else r"\rangle ")
    if match["text"]:  # \text{if $x$} is \text{if }x
        parts = match[0][len(r"\text{") : -1].split("$")
        return "".join(
            part if n % 2 else rf"\text{{{part}}}" for n, part in enumerate(parts) if part
        )
    return f"{match['env']}{_NAMES[match['name']]}}}"


def _explained(found: str, places: list[tuple[int, int]]) -> FormulaError:
    number, _, english = found.partition(": ")
    at = int(number) if number.isdigit() else 0
    rewritten, place = places[bisect_right(places, (at, 1 << 60)) - 1]
    named = _NAMED.search(english)
    for begins, korean in _ERRORS.items():
        if english.startswith(begins):
            name = named[1] if named else ""
            return FormulaError(korean.format(name=name), place + at - rewritten)
    return FormulaError("괄호와 명령을 살펴 주세요.", place + at - rewritten)


def _checked(mathml: str, display: bool) -> etree.Element:
    """Return the converter's result as an element. Raises FormulaError where it is not whole."""
    try:
        math = etree.fromstring(mathml.replace("&ApplyFunction;", "\u2061"))
    except etree.ParseError:
        raise FormulaError("괄호와 명령을 살펴 주세요.") from None
    hiding = (each for each in math.iter() if each.tag.endswith("mphantom"))
    unseen = {part for each in hiding for part in each.iter()}
    seen = (each.text or "" for each in math.iter() if each not in unseen)
    if not any(text.strip("\u2061\u2062\u2063 \xa0") for text in seen):
        raise FormulaError("수식이 비어 있어요. 지우거나 채워 주세요.")
    for each in math.iter():
        each.tag = each.tag.removeprefix(_NAMESPACE)
        if each.tag == "menclose":
            each.tag = "mrow"
            each.set("class", _STRIKES.get(each.attrib.pop("notation", ""), "pn-boxed"))
        if each.tag == "span":
            each.set("class", "pn-caps" if "caps" in each.attrib.pop("style", "") else "pn-sans")
        _check(each)
    for scripts in math.iter():
        if scripts.tag in _CHILDREN and scripts.tag not in ("mfrac", "mroot"):
            for table in (table for each in scripts[1:] for table in each.iter("mtable")):
                table.attrib.pop("scriptlevel", None)  # as small as other limits
                table.set("class", "pn-substack")
    negative = sum(-min(each, 0) for part in math.iter() for each in _lengths(part))
    if negative > _ONE_MAY:  # together they would reach as far
        raise FormulaError(f"겹치는 빈자리가 {_ONE_MAY:g}em을 넘어요. 줄여 주세요.")
    math.set("display", "block" if display else "inline")
    return math


def _check(made: etree.Element) -> None:
    unknown = made.tag not in MATHML | _IN_TEXT or not ATTRIBUTES.issuperset(made.attrib)
    if unknown or not STYLE.fullmatch(made.get("style", "")):
        raise FormulaError("브라우저가 그리지 못하는 명령이 있어요. 다르게 적어 주세요.")
    if made.tag in _CHILDREN and len(made) != _CHILDREN[made.tag]:
        raise FormulaError("뒤에 올 것이 빠졌어요. `{…}`를 채워 주세요.")
    if made.tag == "mover" and made.get("accent") and not "".join(made[0].itertext()).strip():
        raise FormulaError("부호 아래가 비어 있어요. `\\hat{x}`처럼 채워 주세요.")
    if any(abs(length) > _ONE_MAY for length in _lengths(made)):
        raise FormulaError(f"빈자리가 {_ONE_MAY:g}em을 넘어요. `\\quad`로 줄여 주세요.")


def _lengths(made: etree.Element) -> list[float]:
    """Return the lengths that an element's attributes give, in ems or nearly so."""
    return [float(each) for value in made.attrib.values() for each in _LENGTH.findall(value)]
