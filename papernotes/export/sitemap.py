"""``sitemap.xml`` with the dates that git tells: an engine dates every page as it builds it.

Source: sitemaps.org, "Sitemaps XML format"; ``lastmod`` is when the content changed, or absent.
"""

import gzip
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from papernotes.export.passages import Dates
from papernotes.export.site import Site
from papernotes.note import address
from papernotes.note.library import Library

FILE = "sitemap.xml"

_LOC = re.compile("<loc>([^<]+)</loc>")
_SITEMAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}</urlset>
"""


def files(
    library: Library, folder: Path, site: Site, dates: Dates
) -> Iterator[tuple[str, str | bytes]]:
    """Yield the sitemap of the engine's pages and of passages, and its compressed twin.

    Where the site's address is not known there is none to give.
    """
    if not site.url or not (folder / FILE).is_file():
        return
    pages = dict.fromkeys(_LOC.findall((folder / FILE).read_text("utf-8")), "")
    dated = {escape(each): changed for each, changed in _changed(library, site, dates)}
    lines = [
        f"<url><loc>{each}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n"
        for each, changed in sorted((pages | dated).items())
    ]
    text = _SITEMAP.format("".join(lines))
    yield FILE, text
    yield f"{FILE}.gz", gzip.compress(text.encode(), mtime=0)


def _changed(library: Library, site: Site, dates: Dates) -> Iterator[tuple[str, str]]:
    """Yield the address and last change of notes and passages; empty where that is not known."""
    for note in library.notes:
        known = [dates.get((note.path, passage.id)) for passage in note.passages]
        told = [each for each in known if each]
        whole = told and len(told) == len(known)
        yield site.link(note.path), max(told).isoformat() if whole else ""
        for passage, changed in zip(note.passages, known, strict=True):
            if path := address.alone(note.path, passage.id):
                yield f"{site.url}{quote(path)}", changed.isoformat() if changed else ""
