"""The Python-Markdown extension that turns notes into pages.

MkDocs and Zensical both run it. A preprocessor takes the page from the library and puts a
mark in place of the argument and options of each of our blocks; pymdownx.blocks then only
has to nest the content, and everything else comes from the model.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block as MarkdownBlock

from papernotes.note.kinds import KINDS
from papernotes.note.library import Library
from papernotes.note.model import Quote
from papernotes.note.plain import unlisted
from papernotes.problems import Problem
from papernotes.render import blocks, engine, glossary, guard, math, page, snippets, tables, unread
from papernotes.render.context import Context
from papernotes.render.engine import Converted
from papernotes.render.unread import Unread

shelf = engine.Shelf()


class FindPage(Preprocessor):
    """Finds which page this is and marks its blocks."""

    def __init__(self, md: Markdown, extension: "PaperNotesExtension") -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Return the page's lines with ``/// name | mark`` for each of our blocks.

        They are those that the library read, and were checked: an engine takes more for front
        matter (MkDocs a first line ``Note: …``).
        """
        context = self.extension.context = self.extension.find(self.md)
        return _marked(context) if context else lines


def _marked(context: Context) -> list[str]:
    lines = context.page.body.split("\n")
    first_line = context.page.first_line
    for block in reversed(context.page.blocks):
        header, text = block.line - first_line, block.text_line - first_line
        if isinstance(block, Unread):
            end = block.end - first_line
            lines[header:end] = ["", f"/// explanation | {context.mark(block)}", "///", ""]
            continue
        fence, _, rest = lines[header].lstrip().partition(" ")
        name = rest.split("|")[0].strip()
        content = snippets.source(block, context.library.root)
        if isinstance(block, Quote):
            lines[text] = unlisted(lines[text])
        lines[header:text] = [f"{fence} {name} | {context.mark(block)}", "", *content]
    return lines


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
            blocks.add_sources(block, context)


class Quotations(BlockQuoteProcessor):
    """Reads quotations with an empty line between them as two, as GitHub does."""

    def lastChild(self, parent: etree.Element) -> etree.Element | None:
        """Return nothing that a quotation would be added to (the name is the library's)."""
        return None


class Step(Treeprocessor):
    """Runs a function over a page's elements."""

    def __init__(self, md: Markdown, run: Callable[[etree.Element], None]) -> None:
        super().__init__(md)
        self._run = run

    def run(self, root: etree.Element) -> None:
        """Run it."""
        self._run(root)


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


class PaperNotesExtension(BlocksExtension):  # type: ignore[misc]
    """Notes, lists, glossary terms, MathML and tables that can be scrolled by keyboard."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "root": [".", "The project's root: the folder that holds docs/ and snippets/"],
            "repo_url": ["", "The repository's address, for the links to issues and editing"],
            "site_name": ["", "The site's name, for citations"],
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

    def library(self, page: Converted | None = None) -> Library:
        """Return all pages; stop the build where one cannot be read."""
        found = shelf.library(self.root, page)
        if found.problems:
            self.stop(found.problems)
        return found

    def find(self, md: Markdown) -> Context | None:
        """Return what there is to know of the page at hand; None where it is none of ours."""
        at_hand = engine.converted(md)
        if at_hand is None:
            return None
        library = self.library(at_hand)
        found = library.page(at_hand.path)
        if found is None:
            return None
        return Context(library, found, self.settings, self.dates(library) if found.note else {})

    def dates(self, library: Library) -> dict[tuple[str, str], datetime]:
        """Return when each passage, by its note's path and its id, was last changed."""
        return shelf.dates(library)

    def stop(self, problems: Sequence[Problem]) -> None:
        """Stop the build. Raises SystemExit, which MkDocs prints without a traceback."""
        raise SystemExit("\n".join(map(str, problems)))

    def extendMarkdown(self, md: Markdown) -> None:
        """Register all parts; stop the program where a page cannot be read.

        MkDocs loads extensions before it empties site/, so an older site survives.
        """
        self.library()
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(Quotations(md.parser), "quote", 20)
        md.preprocessors.register(FindPage(md, self), "papernotes-page", 200)
        md.postprocessors.register(LeanCode(md), "papernotes-code", 5)
        for priority, step in self.steps(md):
            md.treeprocessors.register(Step(md, step), f"papernotes-{priority}", priority)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        """Register every block of ours (the method's name is the library's)."""
        for name in KINDS:
            block = type(f"{name.title()}Block", (NoteBlock,), {"NAME": name})
            block_mgr.register(block, {"extension": self})

    def steps(self, md: Markdown) -> list[tuple[float, Callable[[etree.Element], None]]]:
        """Return what is done to a page's elements, by priority.

        Inline parsing is at 20, attr_list at 8, the table of contents at 5, MkDocs' links at 0.
        """
        given = guard.Given()
        return [
            (16, lambda root: self._stop_at("PN805", math.convert(root))),
            (15, lambda root: self._fill(tables.make_scrollable, root)),  # no terms in a caption
            (12, lambda root: self._fill(glossary.link_terms, root)),
            (8.5, given.before),
            (7.5, lambda root: self._stop_at("PN507", given.after(root), " 지워 주세요.")),
            (4.5, lambda root: self._guard(root, md)),
            (4, lambda root: self._fill(page.build, root)),
        ]

    def _fill(self, step: Callable[[etree.Element, Context], None], root: etree.Element) -> None:
        """Run a step of the page; pages that are not in the library are left as they are."""
        if self.context:
            step(root, self.context)

    def _guard(self, root: etree.Element, md: Markdown) -> None:
        """Stop at what could run or feign, before anything of ours is on the page.

        A preview, which goes on, gets a safe page.
        """
        stash = [
            each if isinstance(each, str) else etree.tostring(each, "unicode")
            for each in md.htmlStash.rawHtmlBlocks
        ]
        marks = self.context.blocks if self.context else ()
        if found := guard.active_content(root, stash, marks):
            self._stop_at("PN508", found, " 지우고 Markdown으로 적어 주세요.")
            guard.disarm(root, stash, marks)
            md.htmlStash.rawHtmlBlocks[:] = stash

    def _stop_at(self, code: str, found: Sequence[str], advice: str = "") -> None:
        """Stop the build where something was found on this page."""
        if found:
            file = self.context.page.file if self.context else "docs/"
            self.stop([Problem(file, 1, 1, code, f"{each}{advice}") for each in found])
