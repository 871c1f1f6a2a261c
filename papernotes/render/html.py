"""Elements in one expression."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Iterator, Mapping

from markdown.util import AtomicString

Attributes = Mapping[str, str | None]
Child = etree.Element | str | None


def element(tag: str, *content: Attributes | Child) -> etree.Element:
    """Make an element of attributes, text and other elements; what is None is left out.

    Text is atomic: Markdown neither parses nor changes it any more.
    """
    made = etree.Element(tag)
    for each in content:
        if isinstance(each, Mapping):
            made.attrib.update((key, value) for key, value in each.items() if value is not None)
        else:
            _put(made, [each])
    return made


def _put(holder: etree.Element, children: Iterable[Child]) -> None:
    """Append text and elements."""
    for child in children:
        if isinstance(child, etree.Element):
            holder.append(child)
        elif child and len(holder):
            holder[-1].tail = AtomicString((holder[-1].tail or "") + child)
        elif child:
            holder.text = AtomicString((holder.text or "") + child)


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
    content: list[Child] = [*_replaced(parent.text, pattern, make)]
    for child in parent:
        replace_text(child, pattern, make, skipped)
        content += [child, *_replaced(child.tail, pattern, make)]
    if sum(isinstance(each, etree.Element) for each in content) > len(parent):
        for child in parent:
            child.tail = None
        parent.text, parent[:] = None, ()
        _put(parent, content)


def _replaced(text: str | None, pattern: re.Pattern[str], make: Make) -> Iterator[Child]:
    """Yield ``text`` with elements for what matches."""
    end = 0
    for match in pattern.finditer(text or ""):
        if (made := make(match)) is not None:
            yield match.string[end : match.start()]
            yield made
            end = match.end()
    yield text[end:] if text else None
