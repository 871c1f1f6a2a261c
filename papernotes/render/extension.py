"""The Python-Markdown extension that turns notes into pages.

MkDocs and Zensical both run it. A preprocessor takes the page from the library and puts a
mark in place of the argument and options of each of our blocks; pymdownx.blocks then only
has to nest the content, and everything else comes from the model.
"""

import re
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

from papernotes.note.kinds import KINDS
from papernotes.note.library import Library
from papernotes.note.model import Quote
from papernotes.note.plain import unlisted
from papernotes.problems import Problem
from papernotes.render import (
    engine,
    glossary,
    guard,
    math,
    page,
    snippets,
    sources,
    tables,
    unread,
)
from papernotes.render.context import Context
from papernotes.render.engine import Converted
from papernotes.render.unread import Unread

shelf = engine.Shelf()


class FindPage(Preprocessor):
    """Finds which page this is and marks its blocks."""

    def __init__(self, md: Markdown, extension: "PaperNotesExtension") -> None:
        """Remember the extension, which holds the state of the current page."""
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


class Formulas(Treeprocessor):
    """Turns formulas into MathML, and stops the build at what cannot be."""

    def __init__(self, md: Markdown, extension: "PaperNotesExtension") -> None:
        """Remember the extension, which knows the page."""
        super().__init__(md)
        self.extension = extension

    def run(self, root: etree.Element) -> None:
        """Stop with a problem for each formula that is broken; a preview goes on."""
        broken = math.convert(root)
        if broken:
            context = self.extension.context
            file = context.page.file if context else "docs/"
            self.extension.stop([Problem(file, 1, 1, "PN805", each) for each in broken])


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


class Braces(Treeprocessor):
    """One half of the look at what authors give in braces, before or after attr_list."""

    def __init__(self, md: Markdown, extension: "PaperNotesExtension", step: Any) -> None:
        """Remember the step: a function of the page's root, whose findings stop the build."""
        super().__init__(md)
        self.extension = extension
        self.step = step

    def run(self, root: etree.Element) -> None:
        """Stop with a problem for each finding, which is gone from a preview's page."""
        found = self.step(root)
        if found:
            context = self.extension.context
            file = context.page.file if context else "docs/"
            advice = "지워 주세요."
            self.extension.stop([Problem(file, 1, 1, "PN507", f"{f} {advice}") for f in found])


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
        NoteBlocks(self).extendMarkdown(md)
        md.preprocessors.register(FindPage(md, self), "papernotes-page", 200)
        md.postprocessors.register(LeanCode(md), "papernotes-code", 5)
        md.treeprocessors.register(Formulas(md, self), "papernotes-formulas", 16)
        given = guard.Given()
        # Around attr_list (8).
        md.treeprocessors.register(Braces(md, self, given.before), "papernotes-before", 8.5)
        md.treeprocessors.register(Braces(md, self, given.after), "papernotes-after", 7.5)
        md.treeprocessors.register(Guard(md, self), "papernotes-guard", 4.5)
        # After inline parsing (20), before the table of contents (5) and MkDocs' links (0).
        steps = [
            ("tables", tables.make_scrollable, 15),  # before terms: none in a caption
            ("terms", glossary.link_terms, 12),
            ("page", page.build, 4),
        ]
        for name, step, priority in steps:
            md.treeprocessors.register(Fill(md, self, step), f"papernotes-{name}", priority)
