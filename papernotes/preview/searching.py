"""The search in a live preview: its index is made a moment after pages were built."""

from pathlib import Path
from threading import Timer
from typing import Any

from markdown import Markdown
from pydantic_core import to_json

from papernotes.export import search
from papernotes.files import write_whole
from papernotes.note import library

_CALM = 1.5
"""Seconds without another page after which a build should have written all of them."""
_TRIES = 20


class LiveIndex:
    """Writes the index into the folder that MkDocs serves; Zensical tells of no folder."""

    def __init__(self) -> None:
        self._timer: Timer | None = None

    def wanted(self, root: Path, md: Markdown) -> None:
        """Make the index once no other page has been converted for a moment."""
        links: Any = "relpath" in md.treeprocessors and md.treeprocessors["relpath"]
        if config := getattr(links, "config", None):
            self._later(root, Path(config["site_dir"]), _TRIES)

    def _later(self, root: Path, folder: Path, tries: int) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = Timer(_CALM, self._make, (root, folder, tries))
        self._timer.daemon = True
        self._timer.start()

    def _make(self, root: Path, folder: Path, tries: int) -> None:
        """Write the index; try again where a page is not there yet or is being written."""
        try:
            made = to_json(search.index(library.load(root), folder))
            if folder.is_dir():  # the preview may have ended
                write_whole(folder / search.FILE, made)
        except Exception:  # a page that is being written can be anything: look again later
            if tries and folder.is_dir():
                self._later(root, folder, tries - 1)
