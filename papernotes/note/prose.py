"""Links, images, raw HTML and attribute lists in a page's source."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from markdown.extensions.attr_list import get_attrs_and_remainder

from papernotes.note.spans import CODE, FORMULAS, Kind, is_escaped, mask, masked, spans

_TARGET = re.compile(r"\]\(\s{0,9}<?(?P<url>[^\s()<>]*)")
_BRACKETS = re.compile(r"\\.|\[|\]|\n[ \t]*\n")
_REFERENCE = re.compile(r"!\[(?P<text>[^\[\]]*)\](?!\()(?:[ ]?\[(?P<name>[^\[\]]*)\])?")
DEFINITION = re.compile(
    r"^[ >]*(?:(?:[-*+]|\d+\.)[ ]+)*\[(?P<name>(?!\^)[^\]\n]+)\]:[ \t]*<?(?P<url>[^\s<>]+)", re.M
)
"""A link's address away from it, in quotations and items too."""
_SIGNS = dict.fromkeys(CODE | FORMULAS, " ")
_PAIRED = frozenset({"kbd", "rp", "rt", "ruby", "sub", "sup"})
_SINGLE = frozenset({"br", "wbr"})
_HARMLESS = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)\s*/?>|<!--[^<>]*-->")
"""All the HTML that a page may hold: what Markdown has no signs for, without attributes."""


_GIVEN = {
    # A passage's, a heading's or a term's; what the theme and we look for begins otherwise.
    "id": re.compile(r"(?!pn-|md-|fn)[^\W_][\w-]*"),
    "lang": re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*"),
    "title": re.compile(r"[^<>]{1,200}"),
    "width": re.compile(r"\d{1,4}"),
    "height": re.compile(r"\d{1,4}"),
    "loading": re.compile(r"lazy"),
}
"""What authors may write in braces."""
_OF_IMAGES = frozenset({"width", "height", "loading"})
_CLASSES = frozenset({"pn-more"})


class Target(NamedTuple):
    """A link or image; ``offset`` counts the source's characters."""

    url: str
    text: str
    image: bool
    offset: int


def mask_code(text: str, sign: str = " ") -> str:
    """Return ``text`` with a ``sign`` for each character of code, line breaks kept."""
    return mask(text, CODE, sign)


def targets(text: str) -> Iterator[Target]:
    """Yield every link and image of a page."""
    bare = masked(text, _SIGNS)
    if "](" in bare:
        opening = _openings(bare)
        for match in _TARGET.finditer(bare):
            if is_escaped(bare, match.start()):
                continue
            start = opening.get(match.start(), match.start())
            image = bare[start - 1 : start] == "!"
            yield Target(match["url"], bare[start + 1 : match.start()], image, start - image)
    if "]" in bare:
        definitions = [*DEFINITION.finditer(bare)] if "]:" in bare else []
        defined = {match["name"].lower(): match["url"] for match in definitions}
        for match in _REFERENCE.finditer(bare):
            url = defined.get((match["name"] or match["text"]).lower())
            if url is not None:
                yield Target(url, match["text"], True, match.start())
        for match in definitions:
            yield Target(match["url"], "", False, match.start())
    for span in spans(text):
        if span.kind is Kind.ADDRESS and ":" in text[span.start : span.end]:
            yield Target(text[span.start + 1 : span.end - 1], "", False, span.start)


def foreign_markup(text: str) -> Iterator[int]:
    """Yield where HTML stands that a page may not hold, or that is not closed in its paragraph.

    A tag that is meant as a word (``<s>``, ``<mask>``) is such HTML, too. What closes such a tag
    goes with it.
    """
    opened: list[tuple[str, int]] = []
    foreign = Counter[str]()
    position = 0
    for span in spans(text):
        if span.kind not in (Kind.TAG, Kind.COMMENT):
            continue
        if opened and re.search(r"\n[ \t]*\n", text[position : span.start]):
            yield from (start for _, start in opened)
            opened = []
        position = span.end
        match = _HARMLESS.fullmatch(text, span.start, span.end)
        name = match["name"] if match else None
        if not match or not (name is None or name in _PAIRED or name in _SINGLE):
            tag = text[span.start : span.end].strip("</> ").partition(" ")[0]
            closes = text.startswith("</", span.start) and foreign[tag] > 0
            foreign[tag] += -1 if closes else 1
            if not closes:
                yield span.start
        elif name in _PAIRED and not match["end"]:
            opened.append((name, span.start))
        elif name in _PAIRED:
            if opened and opened[-1][0] == name:
                opened.pop()
            else:
                yield span.start
    yield from (start for _, start in opened)


def is_harmless(html: str) -> bool:
    """Tell whether HTML holds, of tags and comments, only such as a page may hold."""
    found = (_HARMLESS.fullmatch(each) for each in re.findall("<[^>]*>?", html))
    return all(each and each["name"] in _PAIRED | _SINGLE | {None} for each in found)


def _openings(masked: str) -> dict[int, int]:
    """Return for each closing bracket where its opening one is, in paragraphs with links."""
    found: dict[int, int] = {}
    offset = 0
    for part in masked.split("\n\n"):
        waiting: list[int] = []
        for match in _BRACKETS.finditer(part) if "](" in part else ():
            if match[0] == "[":
                waiting.append(match.start())
            elif match[0] == "]":
                if waiting:
                    found[offset + match.start()] = offset + waiting.pop()
            elif match[0][0] == "\n":
                waiting.clear()
        offset += len(part) + 2
    return found


def attribute_lists(text: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Yield where each attribute list of a page stands, with the names and values that it gives."""
    for span in spans(text):
        if span.kind is Kind.ATTRIBUTES:
            source = text[span.start + 1 : span.end - 1].lstrip(":").strip()
            given, _ = get_attrs_and_remainder(source)
            names = (("class" if name == "." else name, value or "") for name, value in given)
            yield span.start, [*names]


def may_give(tag: str, name: str, value: str, old: str = "") -> bool:
    """Whether an author may give an element an attribute that was ``old`` before."""
    if name == "class":
        return set(value.split()) - set(old.split()) <= _CLASSES
    allowed = _GIVEN.get(name)
    return bool(allowed and allowed.fullmatch(value) and (tag == "img" or name not in _OF_IMAGES))


def scheme(url: str) -> str:
    """Return the lower-case scheme of ``url`` as a browser would see it, or nothing.

    Browsers skip white space and control characters inside a scheme, and HTML resolves
    character references first (WHATWG URL, "basic URL parser").
    """
    bare = re.sub(r"[\x00-\x20\u00ad\u200b-\u200f]", "", unescape(url)).lower()
    match = re.match(r"([a-z][a-z0-9+.-]*):", bare)
    return match[1] if match else ""
