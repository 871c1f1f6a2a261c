"""What every part of the rendering needs to know about the page at hand."""

import secrets
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from urllib.parse import urlencode

from papernotes.note import address
from papernotes.note.library import Library, Page
from papernotes.note.model import Block, Note, Passage
from papernotes.note.plain import plain
from papernotes.render import discussions, engine
from papernotes.render.discussions import Discussion
from papernotes.render.html import element


class Form(Enum):
    """An issue form about a passage, under ``.github/ISSUE_TEMPLATE/``, with its title's tag."""

    QUESTION = "질문"
    ANSWER = "답"
    CORRECTION = "바로잡음"


@dataclass(frozen=True)
class Context:
    """The library, the page being rendered and the options of mkdocs.yml.

    ``dates`` tells when passages (by the note's path and their id) were last changed.
    """

    library: Library
    page: Page
    settings: dict[str, str]
    dates: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def mark(self, block: Block) -> str:
        """Return what marks a block until the page is built; a page's author cannot know it."""
        return f"{self.token}-{block.line}"

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """The page's blocks by their marks."""
        return {self.mark(block): block for block in self.page.blocks}

    def exported_url(self, path: str) -> str:
        """Return where ``papernotes export`` puts ``path`` (under the site), relative to here.

        It is the address as a browser needs it, for pages are folders (``/papers/roberta/``).
        """
        href = self.page.link(path)
        flat = self.page.path.endswith("index.md") or self.settings["offline"]
        return href if flat else f"../{href}"

    def exported_link(self, path: str) -> str:
        """Return the same for an ``exported-link`` element.

        MkDocs never sees that element; Zensical resolves every ``href`` of a finished page, as
        if it were relative to the page's source.
        """
        found = self.page.link(path) if engine.is_zensical() else self.exported_url(path)
        return f"{found}/" if path.endswith("/") else found

    def passage_url(self, note: Note, passage: Passage) -> str | None:
        """The public address of a passage; None where the site's address is not known."""
        site = self.settings["site_url"]
        if not site:
            return None
        return address.identifier(site, note.path, passage.id)

    def exported(self, path: str, text: str, **attributes: str) -> etree.Element:
        """Link to a file that ``papernotes export`` makes after the build.

        MkDocs would miss the file, which is not there yet: a postprocessor makes an ``a`` of this.
        """
        return element("exported-link", {"href": self.exported_link(path), **attributes}, text)

    def github(self, what: str, path: str) -> str | None:
        """Where GitHub shows a file (``blob``), its history (``commits``) or edits it (``edit``).

        None where no repository is known.
        """
        repo = self.settings["repo_url"]
        return f"{repo.rstrip('/')}/{what}/main/{path}" if repo else None

    def changed(self, note: Note, passage: Passage) -> datetime | None:
        """When a passage was last changed; None where git does not tell."""
        return self.dates.get((note.path, passage.id))

    @cached_property
    def discussions(self) -> Mapping[str, Discussion]:
        """The discussions of passages on GitHub, by the passages' ids."""
        return discussions.load(self.library.root)

    def form_url(self, form: Form, note: Note, passage: Passage) -> str | None:
        """A prefilled issue form about a passage; None where no repository is known.

        Source: GitHub's documentation on query parameters of issue forms (field ids).
        """
        repo = self.settings["repo_url"]
        if not repo:
            return None
        fields = {
            "template": f"{form.name.lower()}.yml",
            "title": f"[{form.value}] {note.paper.short}: {passage.title}",
            "passage": self.passage_url(note, passage) or f"{note.path}#{passage.id}",
        }
        if form is Form.ANSWER:
            fields["question"] = plain(passage.question.text, 300)
        return f"{repo.rstrip('/')}/issues/new?{urlencode(fields)}"
