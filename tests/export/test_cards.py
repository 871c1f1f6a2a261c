"""The deck for Anki, read by the documented form of its file: a zip with an SQLite database."""

import io
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from zipfile import ZipFile

from papernotes.export import cards
from papernotes.note.library import Library
from papernotes.note.model import Gist
from tests.export.conftest import NOWHERE, SITE
from tests.static_site import Site

Row = tuple[str, int, str]


def rows(deck: bytes) -> list[Row]:
    """Each note's permanent name, the second it changed, and its fields."""
    with ZipFile(io.BytesIO(deck)) as file, sqlite3.connect(":memory:") as database:
        assert file.namelist() == ["collection.anki2", "media"]
        database.deserialize(file.read("collection.anki2"))
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        (notes,) = database.execute("select count(*) from notes").fetchone()
        assert database.execute(
            "select count(*) from cards join notes on cards.nid = notes.id"
        ).fetchone() == (notes,)
        return list(database.execute("select guid, mod, flds from notes"))


def test_each_answered_passage_is_a_card(exported: Site, notes: Library) -> None:
    found = rows((exported.folder / "cards.apkg").read_bytes())
    answered = [passage for _, passage in notes.passages if passage.status.is_settled]
    assert len({guid for guid, _, _ in found}) == len(found) == len(answered) > 4
    for passage, (_, _, fields) in zip(answered, found, strict=True):
        title, *_, said, link = fields.split("\x1f")
        assert (title, bool(said)) == (passage.title, True)
        assert f"#{passage.id}" in link


def test_a_newer_deck_changes_cards_and_doubles_none(notes_and_nasty: Library) -> None:
    library = notes_and_nasty
    before = datetime(2026, 2, 1, tzinfo=UTC)
    dates = {(note.path, each.id): before for note, each in library.passages}
    old = cards.deck(library, SITE, dates)
    assert old == cards.deck(library, SITE, dates)
    page = next(each for each in library.pages if each.note)
    note = page.note
    assert note
    passage = next(each for each in note.passages if each.gist)
    blocks = tuple(
        replace(block, text="다른 <b>답</b>") if isinstance(block, Gist) else block
        for block in passage.blocks
    )
    changed = replace(passage, id="another", blocks=blocks)
    passages = tuple(changed if each is passage else each for each in note.passages)
    moved = replace(note, passages=passages, moved={passage.id: "another"})
    pages = tuple(replace(page, note=moved) if each is page else each for each in library.pages)
    dates[note.path, "another"] = datetime(2026, 3, 1, tzinfo=UTC)
    new = cards.deck(replace(library, pages=pages), SITE, dates)
    assert [guid for guid, _, _ in rows(old)] == [guid for guid, _, _ in rows(new)]
    assert all(then < now for (_, then, _), (_, now, _) in zip(rows(old), rows(new), strict=True))
    assert sum("다른 답" in fields for _, _, fields in rows(new)) == 1


def test_words_are_words_on_a_card(notes_and_nasty: Library) -> None:
    for site in (SITE, NOWHERE):
        for _, _, fields in rows(cards.deck(notes_and_nasty, site, {})):
            assert "<" not in fields.replace('<a href="', "").replace("</a>", "")
