"""What the engine tells of the page that it converts, and the library that all pages share.

Both engines register a processor that knows the path: MkDocs 1.6 the one that makes links
relative, which holds the build's list of files, too, and Zensical 0.0 one that does nothing else.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from markdown import Markdown

from papernotes.note import history, library
from papernotes.note.library import Library

_REST = 10
"""How many times as long as a look takes a glance holds."""


@dataclass(frozen=True)
class Converted:
    """The page at hand: ``path`` is relative to ``docs/``; all pages of a build share ``build``.

    Zensical converts what was saved alone, and tells of no build.
    """

    path: str
    build: object


def is_zensical() -> bool:
    """Tell whether Zensical runs, and not MkDocs: it resolves every address of a finished page."""
    return "zensical" in sys.modules


def is_preview(arguments: Sequence[str] | None = None) -> bool:
    """Tell whether this program is a preview: MkDocs and Zensical both call it ``serve``."""
    words = sys.argv[1:] if arguments is None else arguments
    return next((word for word in words if not word.startswith("-")), "") == "serve"


def converted(md: Markdown) -> Converted | None:
    """Return which page is converted; None where no engine says."""
    if "relpath" in md.treeprocessors:
        links: Any = md.treeprocessors["relpath"]
        return Converted(links.file.src_uri, links.files)
    if "rendering_context" in md.preprocessors:
        context: Any = md.preprocessors["rendering_context"]
        return Converted(context.page.path, None)
    return None


class Shelf:
    """The library, shared by all Markdown instances of this process."""

    def __init__(self) -> None:
        self._library: Library | None = None
        self._build: object = None
        self._rested = 0.0
        self._dated: Library | None = None
        self._dates: dict[tuple[str, str], datetime] = {}

    def look(self, root: Path) -> Library:
        """Return all pages as they are on disk now."""
        started = time.monotonic()
        found = library.load(root)
        if self._library != found:
            self._library = found
        ended = time.monotonic()
        self._rested = ended + _REST * (ended - started)
        return self._library

    def glance(self, root: Path) -> Library:
        """Return all pages; looks at the files only where that takes a small part of the time."""
        return self.look(root) if time.monotonic() >= self._rested else self.library(root)

    def library(self, root: Path, page: Converted | None = None) -> Library:
        """Return all pages as they were when this build began; ``page`` is always as it is now.

        A build of thousands of pages would spend its time on looking at all files for each.
        """
        held = self._library
        if held is None or held.root != root or (page and self._is_new(page, held)):
            held = self.look(root)
        if page:
            self._build = page.build
        return held

    def dates(self, held: Library) -> dict[tuple[str, str], datetime]:
        """Return when each passage was last changed, as far as git tells; asked once a library."""
        if self._dated is not held:
            changes = history.changes(held.root)
            self._dates = {(change.path, change.id): change.at for change in changes}
            self._dated = held
        return self._dates

    def _is_new(self, page: Converted, held: Library) -> bool:
        if page.build is not self._build:
            return True
        is_note = page.path.endswith(".md")  # not a notebook
        return is_note and held.page(page.path) != library.read(held.root, page.path)
