"""How to cite a note and its paper, to be copied."""

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from datetime import datetime

from papernotes.note import address, bibtex
from papernotes.note.model import Note
from papernotes.render.context import Context
from papernotes.render.html import copy_button, element


def fold(note: Note, context: Context) -> etree.Element:
    """Make the fold under a note's head: the note in words and in BibTeX, then the paper."""
    said, entry = of_note(note, context)
    return element(
        "details",
        {"class": "pn-more-actions"},
        element("summary", "인용하기"),
        element("p", {"class": "pn-label"}, "이 노트"),
        *_copied(element("p", said), "인용문 복사"),
        *_copied(_code(entry), "BibTeX 복사"),
        element("p", {"class": "pn-label"}, "논문"),
        *_copied(_code(bibtex.entry(note.paper)), "논문의 BibTeX 복사"),
    )


def of_note(note: Note, context: Context) -> tuple[str, str]:
    """Return a note's citation in words, as the APA's style has a page that changes, and in BibTeX.

    Its date, which is its version, is that of its latest change; without git none is given.
    """
    dates = [context.changed(note, passage) for passage in note.passages]
    told = [date for date in dates if date]
    version: datetime | None = max(told) if told and len(told) == len(dates) else None
    site, title = context.settings["site_name"], f"{note.paper.short} 노트"
    url = context.settings["site_url"]
    url = address.identifier(url, note.path) if url else ""
    dated = f" ({version:%Y-%m-%d} 판)" if version else ""
    about = note.paper.title.removeprefix(f"{note.paper.short}: ")
    said = f"{site} 편집{dated}. {title}: {about}. {site}. {url}".rstrip()
    return said, bibtex.page(f"{bibtex.key(note.paper)}note", title, site, version, url)


def _code(text: str) -> etree.Element:
    return element("pre", element("code", {"tabindex": "0"}, text))


def _copied(words: etree.Element, label: str) -> Iterator[etree.Element]:
    yield words
    yield element("p", copy_button(label, "data-copy-above"))
