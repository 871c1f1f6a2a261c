"""The extension as a live preview runs it: nothing stops it, and every page says what is wrong."""

import sys
import time
import xml.etree.ElementTree as etree
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from html import escape
from typing import Any

from markdown import Markdown

from papernotes.check import links
from papernotes.note.library import Library
from papernotes.preview.preview import Preview
from papernotes.preview.searching import LiveIndex
from papernotes.problems import Problem
from papernotes.render import unread
from papernotes.render.banner import banner
from papernotes.render.context import Context
from papernotes.render.engine import Converted
from papernotes.render.extension import PaperNotesExtension, shelf

_preview = Preview()
_index = LiveIndex()
_PATIENCE = 0.3
"""How many seconds lie between two looks at a file that is no text."""


class PreviewExtension(PaperNotesExtension):
    """Shows of every page what can be shown safely, under a banner with its problems."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stopped: tuple[Problem, ...] = ()
        self._failed = False

    def library(self, page: Converted | None = None) -> Library:
        """Return all pages, as far as they can be read."""
        return _preview.look(shelf.library(self.root, page) if page else shelf.glance(self.root))

    def dates(self, library: Library) -> dict[tuple[str, str], datetime]:
        """None: what is being written has no date yet, and git would be asked at every save."""
        return {}

    def find(self, md: Markdown) -> Context | None:
        """Return what there is to know of the page; nothing but its source where that failed."""
        context = super().find(md)
        if context and self._failed:
            return replace(context, page=unread.whole(context.page))
        return context

    def stop(self, problems: Sequence[Problem]) -> None:
        """Go on, and keep what would have stopped a build for the banner."""
        self.stopped += tuple(problems)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register all parts, once there is no file that is no text."""
        self._wait_for_text()
        super().extendMarkdown(md)
        md.convert = self._kept_going(md)  # type: ignore[assignment, method-assign]

    def steps(self, md: Markdown) -> list[tuple[float, Callable[[etree.Element], None]]]:
        """Return the steps of a build, the banner above what they make."""
        more = [(3.5, self._add_banner), (3, self._unlink)]
        return [*super().steps(md), *((at, partial(self._fill, step)) for at, step in more)]

    def _add_banner(self, root: etree.Element, context: Context) -> None:
        """Put what is wrong on top of the page."""
        _preview.rendered(context.page.file, self.stopped)
        made = banner(context, _preview.problems)
        if made is not None:
            root.insert(0, made)

    def _unlink(self, root: etree.Element, context: Context) -> None:
        """Make each dead link or image a mark with its words.

        The banner tells it once, and MkDocs would with every build.
        """
        dead = links.dead(context.page, context.library.root)
        for made in root.iter():
            target = made.get("href") or made.get("src")
            if target in dead:
                made.text = made.text or made.get("alt")
                made.tag, made.attrib = "mark", {"class": "pn-dead"}

    def _wait_for_text(self) -> None:
        """Wait while MkDocs would end, with a traceback, or never.

        A file is no text, or a link or a device.
        """
        told = False
        while self._is_blocked():
            if not told:
                print("이 파일을 고치면 미리보기가 이어져요.", file=sys.stderr, flush=True)
            told = True
            time.sleep(_PATIENCE)

    def _is_blocked(self) -> bool:
        found = self.library()
        linked = any(problem.code == "PN604" for problem in found.refused)
        return linked or any(not page.readable for page in found.pages)

    def _kept_going(self, md: Markdown) -> Callable[[str], str]:
        """Return a ``convert`` that shows the source of a page on which rendering fails."""
        convert = md.convert

        def convert_or_show_source(source: str) -> str:
            _index.wanted(self.root, md)
            self.stopped, self._failed = (), False
            try:
                return convert(source)
            except Exception as error:
                self.stopped, self._failed = (self._failure(error),), True
            md.reset()
            try:
                return convert(source)
            except Exception:
                return f"<pre>{escape(source)}</pre>"

        return convert_or_show_source

    def _failure(self, error: Exception) -> Problem:
        """Make a problem of an error in a page that nothing else found."""
        file = self.context.page.file if self.context else "docs/"
        said = " ".join(str(error).replace("`", "'").split())
        message = f"이 쪽을 그리지 못했어요(`{said}`). 글에서 이 말과 얽힌 곳을 고쳐 주세요."
        return Problem(file, 1, 1, "PN710", message)
