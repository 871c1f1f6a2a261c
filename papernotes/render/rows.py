"""What a list says of a passage, for the pages and for the file that a long list's filter reads."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from papernotes.note.model import Note, Passage, Status
from papernotes.note.plain import plain

PATH = "questions.json"
"""Where the file with every row lies in the exported site."""

ORDER = [Status.OPEN, Status.MENTOR, Status.CORRECTED, Status.ANSWERED]
"""What waits for an answer comes first."""

_EXCERPT = 140


@dataclass(frozen=True)
class Row:
    """A passage in a list. ``page`` is the note's path under ``docs/``, ``id`` the passage's."""

    paper: str
    place: str
    status: Status
    page: str
    id: str
    title: str
    question: str
    gist: str
    people: tuple[str, ...]
    tags: tuple[str, ...]


def rows(passages: Iterable[tuple[Note, Passage]]) -> list[Row]:
    """Return a row a passage, those that wait for an answer first."""
    found = [_row(note, passage) for note, passage in passages]
    return sorted(found, key=lambda row: ORDER.index(row.status))


def _row(note: Note, passage: Passage) -> Row:
    return Row(
        note.paper.short,
        passage.quote.place.label,
        passage.status,
        note.path,
        passage.id,
        passage.title,
        plain(passage.question.text, _EXCERPT),
        plain(passage.gist.text) if passage.gist else "",
        passage.people,
        passage.question.tags,
    )


def as_json(found: Iterable[Row]) -> str:
    """Return rows as JSON: objects with the fields of :class:`Row` and the status's ``label``."""
    objects = [asdict(row) | {"label": row.status.label} for row in found]
    return json.dumps(objects, ensure_ascii=False, separators=(",", ":"))
