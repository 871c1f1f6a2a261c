"""What the tests of the exports share: the real notes with a nasty one among them."""

from dataclasses import replace

import pytest

from papernotes.export.site import Site
from papernotes.note.library import Library, Page
from tests.export import nasty

SITE = Site('막힌 "문장" & 노트', "https://someone.github.io/reading-group/")
NOWHERE = Site("막힌 문장 노트", "")


@pytest.fixture(scope="session")
def notes_and_nasty(notes: Library) -> Library:
    """The repository's own notes, and one that breaks careless formats."""
    page = Page("papers/nasty.md", nasty.NOTE, 1, (), nasty.note(), None, ())
    return replace(notes, pages=(*notes.pages, page))
