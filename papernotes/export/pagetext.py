"""What a built page says, in words: its text as readers see it, without what is no prose.

The pages are read as they were built, so that nothing here knows Markdown, and both engines give
the same words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _names(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 "
    "h6 header hr li nav ol p pre section summary table ul"
)
_NO_PROSE = _names("button form iframe nav pre script select style svg table template")
_NO_CLASSES = _names(
    # Labels and what tools put beside words, and lists: what they name is found where it stands.
    "headerlink footnote-ref footnote-backref pn-label pn-sources pn-answer-way pn-actions "
    "pn-facts pn-terms pn-contents pn-snippet pn-paper-list pn-session-list pn-passage-list "
    "pn-passage-example pn-entry__names pn-rule-list pn-data-list pn-feed-list pn-offline-copy "
    "pn-mentor-sheet pn-more pn-paper pn-reader "
    # What code writes in a notebook, and the way to its file.
    "jp-OutputArea pn-notebook__way"
)


@dataclass(frozen=True)
class Section:
    """What stands under a heading, as far as the next one: its id, its words, text and tables."""

    id: str
    title: str
    text: str
    tables: str


def article(file: Path) -> html.HtmlElement:
    """Return the ``article`` element of a built page; raise ValueError where the page has none."""
    root = html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot()
    found = root.find(".//article") if root is not None else None
    if found is None:
        raise ValueError(f"{file}: no article")
    return found


def text(elements: Iterable[html.HtmlElement]) -> str:
    """Return the words of some elements, a line a block."""
    return _lines(part for each in elements for part in _walk(each))


def tables(elements: Iterable[html.HtmlElement]) -> str:
    """Return the words of the tables in some elements, a line a cell."""
    return _lines(
        part
        for each in elements
        for cell in each.iter("td", "th")
        for part in ("\n", *cell.itertext(), "\n")
    )


def sections(page: html.HtmlElement) -> list[Section]:
    """Cut a page at its headings with an id; the first section is the page's beginning."""
    beginning = _Cut("")
    found = [beginning]
    for part in _walk(page, cut=True):
        if isinstance(part, str):
            found[-1].parts.append(part)
        elif part.tag == "table":
            found[-1].tables.append(part)
        elif part.tag == "h1":
            beginning.title = text([part])
        else:
            found.append(_Cut(part.get("id", ""), text([part])))
    return [Section(cut.id, cut.title, _lines(cut.parts), tables(cut.tables)) for cut in found]


@dataclass
class _Cut:
    id: str
    title: str = ""
    parts: list[str] = field(default_factory=list)
    tables: list[html.HtmlElement] = field(default_factory=list)


def _is_prose(element: html.HtmlElement) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in _NO_PROSE
        and element.get("hidden") is None
        and _NO_CLASSES.isdisjoint(str(element.get("class", "")).split())
    )


def _walk(element: html.HtmlElement, *, cut: bool = False) -> "Iterator[str | html.HtmlElement]":
    """Yield the texts within an element, a line break around blocks.

    Where ``cut``, headings with an id and tables come as elements, too.
    """
    if cut and element.tag == "table":
        yield element
    if not _is_prose(element):
        return
    if cut and element.tag in ("h1", "h2", "h3") and element.get("id"):
        yield element
        return
    if element.tag == "math" and element.get("display") == "block":
        return
    block = element.tag in _BLOCKS
    if block:
        yield "\n"
    if element.tag != "annotation":
        yield element.text or ""
        for child in element:
            yield from _walk(child, cut=cut)
            yield child.tail or ""
    if block or element.tag == "br":
        yield "\n"


def _lines(parts: "Iterable[str | html.HtmlElement]") -> str:
    joined = "".join(
        part if part == "\n" else part.replace("\n", " ") for part in parts if isinstance(part, str)
    )
    lines = (" ".join(line.split()) for line in joined.split("\n"))
    return "\n".join(line for line in lines if line)
