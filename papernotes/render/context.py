"""What every part of the rendering needs to know about the page at hand."""

import secrets
import sys
import xml.etree.ElementTree as etree
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from papernotes import address
from papernotes.library import Library, Page
from papernotes.model import Block, Note, Passage
from papernotes.render.html import element


@dataclass(frozen=True)
class Context:
    """The library, the page being rendered and the options of mkdocs.yml."""

    library: Library
    page: Page
    settings: dict[str, str]
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def mark(self, block: Block) -> str:
        """Return what marks a block until the page is built; a page's author cannot know it."""
        return f"{self.token}-{block.line}"

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """The page's blocks by their marks."""
        return {self.mark(block): block for block in self.page.blocks}

    def passage_url(self, note: Note, passage: Passage) -> str | None:
        """The public address of a passage; None where the site's address is not known."""
        site = self.settings["site_url"]
        if not site:
            return None
        return address.identifier(site, note.path, passage.id)

    def exported(self, path: str, text: str, **attributes: str) -> etree.Element:
        """Link to a file that ``papernotes export`` makes after the build.

        MkDocs would miss the file, which is not there yet: a postprocessor makes an ``a`` of this.
        MkDocs never sees that ``a``; Zensical resolves every ``href`` of a finished page, as if it
        were relative to the page's source.
        """
        href = self.page.link(path)
        as_is = self.settings["offline"] or "zensical" in sys.modules
        if not as_is and not self.page.path.endswith("index.md"):
            href = f"../{href}"  # pages are folders: /papers/roberta/
        return element("exported-link", {"href": href, **attributes}, text)

    def edit_url(self, note: Note) -> str | None:
        """Where GitHub lets the note be edited; None where no repository is known."""
        repo = self.settings["repo_url"]
        return f"{repo.rstrip('/')}/edit/main/docs/{note.path}" if repo else None

    def file_url(self, path: str) -> str | None:
        """Where GitHub shows a file of the project; None where no repository is known."""
        repo = self.settings["repo_url"]
        return f"{repo.rstrip('/')}/blob/main/{path}" if repo else None

    def issue_url(self, note: Note, passage: Passage) -> str | None:
        """A prefilled issue form about a passage; None where no repository is known.

        Source: GitHub's documentation on query parameters of issue forms (field ids).
        """
        repo = self.settings["repo_url"]
        if not repo:
            return None
        fields = {
            "template": "question.yml",
            "title": f"[질문] {note.paper.short}: {passage.title}",
            "passage": self.passage_url(note, passage) or f"{note.path}#{passage.id}",
        }
        return f"{repo.rstrip('/')}/issues/new?{urlencode(fields)}"
