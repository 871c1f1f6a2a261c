"""Elements in one expression."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Iterator, Mapping

from markdown.util import AtomicString

Child = etree.Element | str | None


def element(tag: str, attributes: Mapping[str, str | None], *children: Child) -> etree.Element:
    """Make an element; attributes and children that are None are left out.

    Text is atomic: Markdown neither parses nor changes it any more.
    """
    made = etree.Element(
        tag, {key: value for key, value in attributes.items() if value is not None}
    )
    last: etree.Element | None = None
    for child in children:
        if child is None:
            continue
        if isinstance(child, etree.Element):
            made.append(child)
            last = child
        elif last is None:
            made.text = AtomicString((made.text or "") + child)
        else:
            last.tail = AtomicString((last.tail or "") + child)
    return made


def span(text: str, name: str) -> etree.Element:
    """Make a ``span`` of class ``name``."""
    return element("span", {"class": name}, text)


def link(href: str, text: str, name: str | None = None, **attributes: str) -> etree.Element:
    """Make an ``a``."""
    return element("a", {"href": href, "class": name, **attributes}, text)


def copy_button(label: str, what: str, value: str = "") -> etree.Element:
    """Make a button whose attribute ``what`` tells papernotes.js what it copies."""
    return element("button", {"type": "button", "class": "pn-copy", what: value}, label)


def joined(items: Iterable[etree.Element], separator: str) -> Iterator[Child]:
    """Put ``separator`` between ``items``."""
    for index, item in enumerate(items):
        if index:
            yield separator
        yield item


def has_class(element: etree.Element, *names: str) -> bool:
    """Tell whether an element is of one of the classes ``names``."""
    return not set(names).isdisjoint(element.get("class", "").split())


Make = Callable[[re.Match[str]], etree.Element | None]
"""Makes an element of a match, or None to leave the text as it is."""


def replace_text(
    parent: etree.Element, pattern: re.Pattern[str], make: Make, skipped: frozenset[str]
) -> None:
    """Put elements in place of what matches in a tree's text, but in tags that are ``skipped``."""
    if parent.tag in skipped:
        return
    children = list(parent)
    parent.text = _replace(parent.text, parent, 0, pattern, make)
    for child in children:
        replace_text(child, pattern, make, skipped)
        at = list(parent).index(child) + 1
        child.tail = _replace(child.tail, parent, at, pattern, make)


def _replace(
    text: str | None, parent: etree.Element, index: int, pattern: re.Pattern[str], make: Make
) -> str | None:
    """Insert elements for the matches in ``text`` at ``index``; return the text before them."""
    if not text or not text.strip():
        return text
    before: str | None = None
    last: etree.Element | None = None
    end = 0
    for match in pattern.finditer(text):
        made = make(match)
        if made is None:
            continue
        gap = AtomicString(text[end : match.start()])
        if last is None:
            before = gap
        else:
            last.tail = gap
        parent.insert(index, made)
        index += 1
        last = made
        end = match.end()
    if last is None:
        return text
    last.tail = AtomicString(text[end:])
    return before
