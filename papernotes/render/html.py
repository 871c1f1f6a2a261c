"""Elements in one expression."""

import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator, Mapping

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


def joined(items: Iterable[etree.Element], separator: str) -> Iterator[Child]:
    """Put ``separator`` between ``items``."""
    for index, item in enumerate(items):
        if index:
            yield separator
        yield item


def has_class(element: etree.Element, *names: str) -> bool:
    """Tell whether an element is of one of the classes ``names``."""
    return not set(names).isdisjoint(element.get("class", "").split())
