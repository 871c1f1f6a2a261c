"""The site's feeds: what each holds, and the list of them for readers."""

import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from papernotes.note.model import Note, Passage
from papernotes.render.context import Context
from papernotes.render.html import copy_button, element, link

PAGE = "follow.md"


@dataclass(frozen=True)
class Feed:
    """A feed at ``path`` in the site, and which passages it ``holds``."""

    path: str
    title: str
    holds: Callable[[Note, Passage], bool]


def feeds(notes: Iterable[Note]) -> Iterator[Feed]:
    """Yield the feeds of the whole site, then one a paper."""
    yield Feed("feed.xml", "새로 쓰거나 고친 구절", lambda _, passage: True)
    yield Feed(
        "questions.xml", "답을 기다리는 질문", lambda _, passage: not passage.status.is_settled
    )
    yield Feed("answered.xml", "답이 나온 질문", lambda _, passage: passage.status.is_settled)
    for note in notes:
        yield of(note)


def of(note: Note) -> Feed:
    """Return the feed of a paper."""
    title = f"{note.paper.short}: 새로 쓰거나 고친 구절"
    return Feed(note.path.removesuffix(".md") + ".xml", title, lambda each, _: each == note)


def listed(context: Context, most: int) -> Iterator[etree.Element]:
    """List the feeds, each with the address to copy into a reader: of ``most`` papers."""
    notes = context.library.notes
    yield element("ul", *(_entry(feed, context) for feed in feeds(notes[:most])))
    if len(notes) > most:
        yield element("p", "다른 논문의 피드는 그 논문의 노트 맨 위에 있어요.")


def _entry(feed: Feed, context: Context) -> etree.Element:
    if not context.settings["exported"]:
        return element("li", f"{feed.title} ", element("code", feed.path))
    address = f"{context.settings['site_url'].rstrip('/')}/{feed.path}".lstrip("/")
    copy = copy_button("주소 복사", "data-copy-above")
    copy.set("aria-label", f"{feed.title}: 주소 복사")
    return element(
        "li",
        context.exported(feed.path, feed.title),
        element("p", {"class": "pn-feed"}, element("code", address)),
        element("p", copy),
    )


def way(context: Context) -> etree.Element | None:
    """Link to the page about feeds; None where the site has none."""
    if not context.library.page(PAGE):
        return None
    return link(context.page.link(PAGE), "새 답 받아 보기")
