"""The extension as a live preview runs it: nothing stops it, and every page says what is wrong."""

import sys
import xml.etree.ElementTree as etree
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from papernotes import frontmatter
from papernotes.extension import PaperNotesExtension
from papernotes.library import Library, Page
from papernotes.preview import Preview, View
from papernotes.problems import Problem
from papernotes.render import draft
from papernotes.render.banner import banner

_preview = Preview()


class Banner(Treeprocessor):
    """Puts what is wrong on top of the page."""

    def __init__(self, md: Markdown, extension: "PreviewExtension") -> None:
        """Remember the extension, which knows the page and the problems."""
        super().__init__(md)
        self.extension = extension

    def run(self, root: etree.Element) -> None:
        """Insert the banner as the first element, where there is something to say."""
        context = self.extension.context
        made = banner(context, self.extension.problems(context.page)) if context else None
        if made is not None:
            root.insert(0, made)


class PreviewExtension(PaperNotesExtension):
    """Shows of every page what can be shown safely, under a banner with its problems."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options that mkdocs.yml gives."""
        super().__init__(**kwargs)
        self._stopped: tuple[Problem, ...] = ()
        self._failed = False

    @property
    def view(self) -> View:
        """All pages and problems, as they are on disk now."""
        return _preview.look(super().library)

    @property
    def library(self) -> Library:
        """All pages, as far as they can be read."""
        return self.view.library

    def find(self, lines: list[str]) -> tuple[list[str], Page | None]:
        """Return the lines of a page's body, and which page it is, None where it is unknown."""
        lines, found = super().find(lines)
        if found is None:
            # Front matter that is no YAML is a part of the body for MkDocs.
            lines, found = super().find(frontmatter.split("\n".join(lines)).body.split("\n"))
        return lines, draft.whole(found) if found and self._failed else found

    def stop(self, problems: Sequence[Problem]) -> None:
        """Go on, and keep what would have stopped a build for the banner."""
        self._stopped = tuple(problems)

    def problems(self, page: Page) -> list[Problem]:
        """Return all problems, with those that only showed when ``page`` was rendered."""
        known = {(problem.path, problem.code) for problem in self.view.problems}
        more = [each for each in self._stopped if (each.path, each.code) not in known]
        return sorted([*self.view.problems, *more])

    def extendMarkdown(self, md: Markdown) -> None:
        """Register all parts, the banner above them."""
        super().extendMarkdown(md)
        md.treeprocessors.register(Banner(md, self), "papernotes-banner", 3.5)
        md.convert = self._kept_going(md)  # type: ignore[assignment, method-assign]

    def _kept_going(self, md: Markdown) -> Callable[[str], str]:
        """Return a ``convert`` that shows the source of a page on which rendering fails."""
        convert = md.convert

        def convert_or_show_source(source: str) -> str:
            self._stopped, self._failed = (), False
            try:
                return convert(source)
            except Exception as error:
                self._stopped, self._failed = (self._failure(error),), True
            md.reset()
            try:
                return convert(source)
            except Exception:
                return f"<pre>{escape(source)}</pre>"

        return convert_or_show_source

    def _failure(self, error: Exception) -> Problem:
        """Make a problem of an error in a page that nothing else found, and tell it."""
        file = self.context.page.file if self.context else "docs/"
        said = " ".join(str(error).replace("`", "'").split())
        message = f"이 쪽을 그리지 못했어요(`{said}`). 글에서 이 말과 얽힌 곳을 고쳐 주세요."
        problem = Problem(file, 1, 1, "PN710", message)
        print(problem, file=sys.stderr, flush=True)
        return problem
