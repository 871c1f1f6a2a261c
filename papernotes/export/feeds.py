"""Atom feeds (RFC 4287) of passages by their last change."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from feedgen.feed import FeedGenerator

from papernotes.export.site import LICENSE, Site
from papernotes.note.history import Change
from papernotes.note.library import Library
from papernotes.note.model import NAMELESS, Note, Open, Passage
from papernotes.note.plain import plain
from papernotes.render.feeds import Feed, feeds
from papernotes.render.html import element

MOST = 50
"""Entries of a feed: its readers ask often, and older passages are on the pages."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


Entry = tuple[Note, Passage, Change]
"""A passage in a feed, and the change that brought it there."""


def files(library: Library, changes: Iterable[Change], site: Site) -> Iterator[tuple[str, str]]:
    """Yield each feed's path in the site and its text."""
    entries = list(_entries(library, changes))
    for feed in feeds(library.notes):
        held = [each for each in entries if feed.holds(*each[:2])]
        yield feed.path, _feed(site, feed, held[:MOST])


def _entries(library: Library, changes: Iterable[Change]) -> Iterator[Entry]:
    known = {(note.path, passage.id): (note, passage) for note, passage in library.passages}
    for change in changes:
        if pair := known.get((change.path, change.id)):
            yield *pair, change


def _feed(site: Site, feed: Feed, entries: list[Entry]) -> str:
    made = FeedGenerator()
    made.id(site.identifier(feed.path))
    made.title(_xml(f"{site.name}: {feed.title}"))
    made.language("ko")
    made.author(name=_xml(site.editors))
    made.rights(LICENSE)
    made.generator("papernotes")
    made.link(href=f"{site.url}{feed.path}", rel="self", type="application/atom+xml")
    made.link(href=site.url or "./", rel="alternate", type="text/html")
    # Undated passages are left out, so a feed without entries has never changed that we know of.
    made.updated(max((change.at for _, _, change in entries), default=_NEVER))
    for entry in entries:
        _add(made, entry, site)
    return str(made.atom_str(pretty=True).decode("utf-8"))


def _add(feed: FeedGenerator, entry: Entry, site: Site) -> None:
    note, passage, change = entry
    made = feed.add_entry(order="append")
    made.id(site.passage(note, passage))
    made.title(_xml(f"{note.paper.short}: {plain(passage.title)}"))
    made.link(href=site.link(note.path, passage.id), rel="alternate", type="text/html")
    made.updated(change.at)
    if change.new:
        made.published(change.at)
    for name in passage.people:
        if name != NAMELESS:
            made.contributor(name=_xml(name))
    for term in (passage.status.value, *passage.question.tags):
        made.category(term=_xml(term))
    made.content(_xml(_content(entry)), type="html")


def _content(entry: Entry) -> str:
    """The quotation, the question and how far it has come, in a few lines of HTML."""
    _, passage, change = entry
    quote = passage.quote
    unknown = next((block for block in passage.blocks if isinstance(block, Open)), None)
    parts = [
        element("p", f"{'새 구절' if change.new else '고친 구절'} · {passage.status.label}"),
        element(
            "blockquote",
            {"lang": quote.lang, "cite": quote.paper.pdf_url(quote.place.pages[0])},
            element("p", plain(quote.markdown)),
        ),
        element("p", f"— {quote.paper.short} {quote.place.label}"),
        element("p", element("strong", "질문"), f" {plain(passage.question.text)}"),
        element("p", element("strong", "짧은 답"), f" {plain(passage.gist.text)}")
        if passage.gist
        else None,
        element("p", element("strong", "아직 모르는 것"), f" {plain(unknown.text)}")
        if unknown
        else None,
    ]
    return "".join(etree.tostring(part, "unicode") for part in parts if part is not None)


def _xml(text: str) -> str:
    """Return ``text`` without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
