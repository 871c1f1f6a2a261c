"""The site that the exports are about: its name and address, from mkdocs.yml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load

from papernotes.note import address
from papernotes.note.model import Note, Passage

CONFIGURATION = "mkdocs.yml"

Json = dict[str, Any]
"""What the exports write as JSON."""

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of everything that the notes say; what they quote stays the papers' authors'."""


@dataclass(frozen=True)
class Site:
    """``url`` ends in a slash, or is empty where the environment does not tell it."""

    name: str
    url: str
    description: str = ""

    @property
    def editors(self) -> str:
        """How the exports name those who wrote what no member said."""
        return f"{self.name} 편집"

    def identifier(self, path: str, id: str = "") -> str:
        """Return the IRI of a page, a passage or a file of the site."""
        return address.identifier(self.url, path, id)

    def passage(self, note: Note, passage: Passage) -> str:
        """Return the IRI of a passage."""
        return self.identifier(note.path, passage.id)

    def link(self, path: str, id: str = "") -> str:
        """Return a link to a page or passage; below the site's own folder where no URL is known."""
        return self.url + address.published(path, id)


def read(root: Path) -> Site:
    """Read the name and address that the build reads, too."""
    with (root / CONFIGURATION).open(encoding="utf-8") as file:
        configuration = yaml_load(file)
    url = str(configuration.get("site_url") or "")
    return Site(
        name=str(configuration["site_name"]),
        url=url.rstrip("/") + "/" if url else "",
        description=str(configuration.get("site_description") or ""),
    )
