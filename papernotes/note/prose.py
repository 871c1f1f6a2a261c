"""Links, images and raw HTML in a page's source, code left aside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_FENCE = re.compile(
    r"^[ ]{0,3}(`{3,}+|~{3,}+)[^\n]*\n(?:.*?\n)??[ ]{0,3}\1[`~]*[ \t]*$", re.M | re.S
)
_TICKS = re.compile("`+")
_TARGET = re.compile(r"\]\(\s*<?(?P<url>[^\s()<>]*)")
_REFERENCE = re.compile(r"!\[(?P<text>[^\[\]]*)\][ ]?\[(?P<name>[^\[\]]*)\]")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?P<name>(?!\^)[^\]\n]+)\]:[ \t]*<?(?P<url>[^\s<>]+)", re.M)
_AUTOLINK = re.compile(r"<(?P<url>[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*)>")
_TAG = re.compile(r"<(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:[\s/][^<>]*)?)>?")
_ATTRIBUTE = re.compile(r"""([a-zA-Z_:][\w:.-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]*)""")
# As attr_list reads them: from the first brace of a line to the last.
_ATTRIBUTE_LIST = re.compile(r"\{(?P<attributes>[^\n]*)\}")
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_HARMLESS = re.compile(
    r"</?(?:abbr|b|br|cite|code|del|dfn|em|hr|i|ins|kbd|mark|q|rp|rt|ruby|s|samp|small|strong"
    r"|sub|sup|u|var|wbr)\s*/?>"
    r"|<!--[^<>]*-->"
    r"|<(?:https?:|mailto:)[^\s<>]*>"
    r"|<[\w.+-]+@[\w.-]+>"
)
"""All the HTML that a page may hold: marks without attributes, comments and addresses."""


@dataclass(frozen=True)
class Target:
    """A link or image; ``offset`` counts the source's characters."""

    url: str
    text: str
    image: bool
    offset: int


@dataclass(frozen=True)
class Tag:
    """A raw HTML tag, or an attribute list (``name`` is then empty)."""

    name: str
    attributes: dict[str, str]
    offset: int


def mask_code(text: str, sign: str = " ") -> str:
    """Return ``text`` with a ``sign`` for each character of code, line breaks kept."""
    for mark in ("```", "~~~"):
        if mark in text:
            text = _FENCE.sub(lambda match: _signs(match[0], sign), text)
    pieces, position = [], 0
    for start, end in _code_spans(text):
        pieces += [text[position:start], _signs(text[start:end], sign)]
        position = end
    return "".join([*pieces, text[position:]])


def _signs(code: str, sign: str) -> str:
    return re.sub(r"[^\n]", sign, code)


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code spans begin and end: at the next run of as many backquotes."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    closing: list[int] = []
    latest: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closing.append(latest.get(length, 0))
        latest[length] = index
    closing.reverse()
    index = 0
    while index < len(runs):
        start, _ = runs[index]
        if closing[index] and text[start - 1 : start] != "\\":
            index = closing[index]
            yield start, runs[index][1]
        index += 1


def targets(masked: str) -> Iterator[Target]:
    """Yield every link and image of a page whose code is masked."""
    for match in _TARGET.finditer(masked):
        start = _opening(masked, match.start())
        image = masked[start - 1 : start] == "!"
        yield Target(match["url"], masked[start + 1 : match.start()], image, start - image)
    defined = {match["name"].lower(): match["url"] for match in _DEFINITION.finditer(masked)}
    for match in _REFERENCE.finditer(masked):
        url = defined.get((match["name"] or match["text"]).lower())
        if url is not None:
            yield Target(url, match["text"], True, match.start())
    for pattern in (_DEFINITION, _AUTOLINK):
        for match in pattern.finditer(masked):
            yield Target(match["url"], "", False, match.start())
    for tag in tags(masked):
        for name in ("href", "src"):
            if name in tag.attributes:
                image = tag.name == "img"
                text = tag.attributes.get("alt", "")
                yield Target(tag.attributes[name], text, image, tag.offset)


def foreign_markup(masked: str) -> Iterator[int]:
    """Yield where HTML stands that a page may not hold, whatever it does."""
    for match in _MARKUP.finditer(masked):
        if not _HARMLESS.match(masked, match.start()):
            yield match.start()


def _opening(masked: str, closing: int) -> int:
    """Return where the bracket opens that closes at ``closing``, nested ones passed over."""
    depth = 0
    for at in range(closing, max(closing - 2000, -1), -1):
        depth += {"]": 1, "[": -1}.get(masked[at], 0)
        if not depth:
            return at
    return closing


def tags(masked: str) -> Iterator[Tag]:
    """Yield every raw HTML tag and attribute list of a page whose code is masked."""
    if "<" in masked:
        for match in _TAG.finditer(masked):
            yield Tag(match["name"].lower(), _attributes(match["attributes"]), match.start())
    for match in _ATTRIBUTE_LIST.finditer(masked):
        if "=" in match["attributes"]:
            yield Tag("", _attributes(match["attributes"]), match.start())


def scheme(url: str) -> str:
    """Return the lower-case scheme of ``url`` as a browser would see it, or nothing.

    Browsers skip white space and control characters inside a scheme, and HTML resolves
    character references first (WHATWG URL, "basic URL parser").
    """
    bare = re.sub(r"[\x00-\x20\u00ad\u200b-\u200f]", "", unescape(url)).lower()
    match = re.match(r"([a-z][a-z0-9+.-]*):", bare)
    return match[1] if match else ""


def _attributes(source: str) -> dict[str, str]:
    return {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(source)}
