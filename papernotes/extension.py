"""The Python-Markdown extension that turns notes into pages.

MkDocs and Zensical both run it. A preprocessor finds the page in the library and puts a
mark in place of the argument and options of each of our blocks; pymdownx.blocks then only
has to nest the content, and everything else comes from the model.
"""

import importlib
import re
import sys
import time
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block as MarkdownBlock

from papernotes.export import history
from papernotes.note import library
from papernotes.note.kinds import KINDS
from papernotes.note.library import Library, Page
from papernotes.preview.preview import is_preview
from papernotes.problems import Problem
from papernotes.render import glossary, guard, math, page, snippets, sources, tables, unread
from papernotes.render.context import Context
from papernotes.render.unread import Unread
from papernotes.snippets import wall

_PATIENCE = 20
_MOST_SECONDS = 2.0
"""A library is used for ``_PATIENCE`` times as long as looking at the files took, at most this
long: the pages of a build share it, however many they are, and the next build looks again."""


class _Shelf:
    """The newest library, shared by all Markdown instances of this process."""

    def __init__(self) -> None:
        self._library: Library | None = None
        self._good_until = 0.0
        self._dated: Library | None = None
        self._dates: dict[tuple[str, str], datetime] = {}

    def library(self, root: Path) -> Library:
        """Return all pages, read again if that is due."""
        current = self._library
        if current is None or current.root != root or time.monotonic() > self._good_until:
            return self._read(root)
        return current

    def expect(self, root: Path, body: str) -> None:
        """Read all pages again where none has this body: it was saved after the reading."""
        if self.library(root).find(body) is None:
            self._read(root)

    def dates(self, root: Path) -> dict[tuple[str, str], datetime]:
        """Return when each passage was last changed, as far as git tells; asked once a library."""
        current = self.library(root)
        if self._dated is not current:
            found = history.changes(root)
            self._dates = {(change.path, change.id): change.at for change in found}
            self._dated = current
        return self._dates

    def forget(self) -> None:
        """Have the files looked at again for the next page."""
        self._library = None

    def _read(self, root: Path) -> Library:
        started = time.monotonic()
        found = library.load(root)
        now = time.monotonic()
        if found == self._library:
            self._good_until = now + min(_PATIENCE * (now - started), _MOST_SECONDS)
        else:
            # What changed was parsed, which takes longer than looking and is not done again.
            self._library, self._good_until = found, now
        return self._library


shelf = _Shelf()


class FindPage(Preprocessor):
    """Finds which page this is and marks its blocks."""

    def __init__(self, md: Markdown, extension: "PaperNotesExtension") -> None:
        """Remember the extension, which holds the state of the current page."""
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Return the page's lines with ``/// name | mark`` for each of our blocks."""
        self.extension.context = None
        lines, found = self.extension.find(lines)
        if found is None:
            return lines
        extension = self.extension
        dates = extension.dates if found.note else {}
        context = Context(extension.library, found, extension.settings, dates)
        self.extension.context = context
        lead = next((i for i, line in enumerate(lines) if line.strip()), 0)
        return _mark_blocks(lines, context, found.first_line - lead)


def _mark_blocks(lines: list[str], context: Context, first_line: int) -> list[str]:
    marked = list(lines)
    for block in reversed(context.page.blocks):
        header, text = block.line - first_line, block.text_line - first_line
        if isinstance(block, Unread):
            end = block.end - first_line
            marked[header:end] = ["", f"/// explanation | {context.mark(block)}", "///", ""]
            continue
        fence, _, rest = marked[header].lstrip().partition(" ")
        name = rest.split("|")[0].strip()
        content = snippets.source(block, context.library.root)
        marked[header:text] = [f"{fence} {name} | {context.mark(block)}", "", *content]
    return marked


class NoteBlock(MarkdownBlock):  # type: ignore[misc]  # pymdownx carries no types
    """Any block of ours: an element that waits for the model to fill in the rest."""

    ARGUMENT = True

    def on_create(self, parent: etree.Element) -> etree.Element:
        """Make the element, with the block's mark."""
        holder = etree.SubElement(parent, "div", {"data-block": self.argument})
        context = self.config["extension"].context
        if context:
            glossary.add_heading(holder, context)
            unread.add_source(holder, context)
        return holder

    def on_end(self, block: etree.Element) -> None:
        """Add the sources, while links in them can still be parsed."""
        context = self.config["extension"].context
        if context:
            sources.add(block, context)


class NoteBlocks(BlocksExtension):  # type: ignore[misc]
    """Registers every block of ours with pymdownx.blocks."""

    def __init__(self, extension: "PaperNotesExtension") -> None:
        """Remember the extension, which the blocks ask for the current page."""
        super().__init__()
        self.extension = extension

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        """Register the blocks (the method's name is the library's)."""
        for name in KINDS:
            block = type(f"{name.title()}Block", (NoteBlock,), {"NAME": name})
            block_mgr.register(block, {"extension": self.extension})


class Fill(Treeprocessor):
    """Runs one step of :mod:`papernotes.render` over a finished page."""

    def __init__(self, md: Markdown, extension: "PaperNotesExtension", step: Any) -> None:
        """Remember the step, a function of the page's root and its context."""
        super().__init__(md)
        self.extension = extension
        self.step = step

    def run(self, root: etree.Element) -> None:
        """Apply the step; pages that are not in the library are left as they are."""
        if self.extension.context:
            self.step(root, self.extension.context)


class Guard(Treeprocessor):
    """Stops the build at what could run or feign, before anything of ours is on the page."""

    def __init__(self, md: Markdown, extension: "PaperNotesExtension") -> None:
        """Remember the extension, which knows the page."""
        super().__init__(md)
        self.extension = extension

    def run(self, root: etree.Element) -> None:
        """Stop with a problem for each finding; a preview, which goes on, gets a safe page."""
        context = self.extension.context
        stash = [
            each if isinstance(each, str) else etree.tostring(each, "unicode")
            for each in self.md.htmlStash.rawHtmlBlocks
        ]
        found = guard.active_content(root, stash, context.blocks if context else ())
        if found:
            file = context.page.file if context else "docs/"
            advice = "지우고 Markdown으로 적어 주세요."
            self.extension.stop([Problem(file, 1, 1, "PN508", f"{f} {advice}") for f in found])
            guard.disarm(root, stash, context.blocks if context else ())
            self.md.htmlStash.rawHtmlBlocks[:] = stash


class LeanCode(Postprocessor):
    """Drops the highlighter's marks that carry no colour, and lets a keyboard scroll the code.

    Marks of names, punctuation and white space are most of a highlighted page's elements and
    a fifth of its bytes.
    """

    _MARK = re.compile(r'<span class="(?:n|p|o|w|normal)">([^<]*)</span>')
    _CODE = "<pre><span></span><code>"

    def run(self, text: str) -> str:
        """Return the page with leaner code blocks, each a tab stop."""
        text = self._MARK.sub(r"\1", text).replace(self._CODE, '<pre><code tabindex="0">')
        return text.replace("<exported-link ", "<a ").replace("</exported-link>", "</a>")


class PaperNotesExtension(Extension):
    """Notes, lists, glossary terms, MathML and tables that can be scrolled by keyboard."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options that mkdocs.yml gives."""
        self.config = {
            "root": [".", "The project's root: the folder that holds docs/ and snippets/"],
            "repo_url": ["", "The repository's address, for the links to issues and editing"],
            "site_url": ["", "The published site's address, for citations"],
            "exported": ["", "Set where papernotes export follows the build: link its files"],
            "offline": ["", "Set where pages are files, to be opened without a server"],
            "zipped": ["", "Set where site.zip, for reading without a network, lies on the site"],
        }
        super().__init__(**kwargs)
        self.context: Context | None = None

    @property
    def settings(self) -> dict[str, str]:
        """The options, as plain strings; what the environment leaves unset is empty."""
        return {key: str(value or "") for key, value in self.getConfigs().items()}

    @property
    def root(self) -> Path:
        """The project's root."""
        return Path(self.settings["root"]).resolve()

    @property
    def library(self) -> Library:
        """All pages, as they are on disk now."""
        return shelf.library(self.root)

    @property
    def dates(self) -> dict[tuple[str, str], datetime]:
        """When each passage, by its note's path and its id, was last changed."""
        return shelf.dates(self.root)

    def find(self, lines: list[str]) -> tuple[list[str], Page | None]:
        """Return the lines of a page's body, and which page it is, None where it is unknown."""
        body = "\n".join(lines)
        shelf.expect(self.root, body)
        return lines, self.library.find(body)

    def stop(self, problems: Sequence[Problem]) -> None:
        """Stop the build. Raises SystemExit, which MkDocs prints without a traceback."""
        raise SystemExit("\n".join(map(str, problems)))

    def extendMarkdown(self, md: Markdown) -> None:
        """Register all parts; stop the program where a page cannot be read.

        MkDocs loads extensions before it empties site/, so an older site survives.
        """
        problems = self.library.problems
        if problems:
            self.stop(problems)
        NoteBlocks(self).extendMarkdown(md)
        md.preprocessors.register(FindPage(md, self), "papernotes-page", 200)
        md.postprocessors.register(LeanCode(md), "papernotes-code", 5)
        md.treeprocessors.register(Guard(md, self), "papernotes-guard", 4.5)
        # After inline parsing (20), before the table of contents (5) and MkDocs' links (0).
        steps = [
            ("math", math.convert, 16),
            ("tables", tables.make_scrollable, 15),  # before terms: none in a caption
            ("terms", glossary.link_terms, 12),
            ("page", page.build, 4),
        ]
        for name, step, priority in steps:
            md.treeprocessors.register(Fill(md, self, step), f"papernotes-{name}", priority)


def _newest_code() -> float:
    return max(file.stat().st_mtime for file in Path(__file__).parent.rglob("*.py"))


_loaded_at = _newest_code()


def makeExtension(**kwargs: Any) -> Extension:
    """Return the extension (the entry point that Python-Markdown asks for).

    A live preview runs in one process and watches papernotes/ too: where a module has changed
    since, all are imported again.
    """
    if _newest_code() != _loaded_at:
        for name in [each for each in sys.modules if each.partition(".")[0] == "papernotes"]:
            del sys.modules[name]
        newest: Extension = importlib.import_module(__name__).makeExtension(**kwargs)
        return newest
    wall.box_notebooks()
    if is_preview():
        # Not above: it is built on this module.
        from papernotes.preview.extension import PreviewExtension

        return PreviewExtension(**kwargs)
    return PaperNotesExtension(**kwargs)
