"""``cards.apkg``: the answered passages as cards for Anki, a program for learning by heart.

A card is told apart by the permanent name of its passage, so that a newer deck changes the cards
that a reader has and doubles none. Source of the format: Anki's manual ("Importing packaged decks":
a note is updated where the file's is newer); genanki writes it.
"""

import hashlib
import io
import sqlite3
from datetime import UTC, datetime
from html import escape
from itertools import count
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import genanki  # type: ignore[import-untyped]

from papernotes.export.passages import Dates
from papernotes.export.site import Site
from papernotes.note.library import Library
from papernotes.note.model import Note, Passage
from papernotes.note.plain import plain

FILE = "cards.apkg"

_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
"""When a deck is from whose passages git does not date."""
_STYLE = """\
.card { font-family: sans-serif; font-size: 20px; line-height: 1.6; max-width: 36em; margin: 0 auto;
  word-break: keep-all; overflow-wrap: anywhere; }
blockquote { margin: 1em 0 0.3em; padding-left: 0.8em; border-left: 3px solid #14475a;
  font-family: serif; }
.place { color: #5a6a72; font-size: 16px; }
.nightMode .place { color: #aebac1; }
"""
_FRONT = '<p>{{질문}}</p><blockquote lang="en">{{원문}}</blockquote><p class="place">{{자리}}</p>'
_BACK = '{{FrontSide}}<hr id="answer"><p>{{짧은 답}}</p><p class="place">{{주소}}</p>'
_MODEL = genanki.Model(
    1_764_352_801,  # for good: Anki knows the kind of card by it
    "막힌 문장",
    fields=[{"name": name} for name in ("제목", "질문", "원문", "자리", "짧은 답", "주소")],
    templates=[{"name": "질문과 짧은 답", "qfmt": _FRONT, "afmt": _BACK}],
    css=_STYLE,
)


def deck(library: Library, site: Site, dates: Dates) -> bytes:
    """Return the deck of the site; the same notes and dates give the same bytes."""
    made = genanki.Deck(_number(site.identifier(FILE)), site.name)
    changed = _SINCE
    for note, passage in library.passages:
        if not passage.gist or not passage.status.is_settled:
            continue
        made.add_note(_card(note, passage, site))
        changed = max(changed, dates.get((note.path, passage.id), _SINCE))
    seconds = changed.timestamp()
    with sqlite3.connect(":memory:") as database:
        numbers = count(int(seconds * 1000))
        genanki.Package(made).write_to_db(database.cursor(), seconds, numbers)
        database.commit()
        collection = database.serialize()
    packed = io.BytesIO()
    with ZipFile(packed, "w") as file:
        for name, content in (("collection.anki2", collection), ("media", b"{}")):
            file.writestr(ZipInfo(name), content, ZIP_DEFLATED)  # ZipInfo has a date of its own
    return packed.getvalue()


def _card(note: Note, passage: Passage, site: Site) -> genanki.Note:
    first = next((old for old, now in note.moved.items() if now == passage.id), passage.id)
    link = site.link(note.path, passage.id)
    address = f'<a href="{escape(link)}">노트에서 읽기</a>' if site.url else escape(link)
    assert passage.gist
    said = (passage.title, passage.question.text, passage.quote.text)
    place = f"{note.paper.short} {passage.quote.place.label}"
    return genanki.Note(
        _MODEL,
        [*(escape(plain(each)) for each in (*said, place, passage.gist.text)), address],
        guid=genanki.guid_for(site.identifier(note.path, first)),
        tags=["_".join(note.paper.short.split()), *passage.question.tags],
    )


def _number(name: str) -> int:
    """Return a number for a name, which stays the same: a deck's, in the range that Anki uses."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") | 1 << 40
