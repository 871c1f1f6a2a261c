"""The site as an app: its manifest, and the list of what a copy for reading offline holds.

The manifest follows the W3C's Web Application Manifest; its addresses are relative to its own, so
it holds under any sub-path. overrides/sw.js reads the list.
"""

import hashlib
from fnmatch import fnmatch
from pathlib import Path

from papernotes.export import search
from papernotes.export.site import Json, Site
from papernotes.render import rows

MANIFEST = "manifest.webmanifest"
LIST = "offline.json"

_COPIED = (
    "*.html",
    "assets/*.css",
    "assets/*.js",
    "assets/*.png",
    "assets/*.svg",
    search.FILE,
    "snippets/*.svg",
    rows.PATH,  # what a long list's filter reads
    MANIFEST,
)
_LEFT = (
    "404.html",
    "assets/javascripts/lunr/*",  # the theme's search, which is off
    "assets/javascripts/workers/*",
    "assets/pyodide/*",  # some 30 MB that the browser's own cache keeps
    "assets/pdfjs/*",
)


def manifest(site: Site) -> Json:
    """Return the web app manifest."""
    return {
        "id": "./",
        "name": site.name,
        "lang": "ko",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#14475a",
        "icons": [_icon("192", "any"), _icon("512", "any"), _icon("512-maskable", "maskable")],
    }


def _icon(name: str, purpose: str) -> dict[str, str]:
    side = name.partition("-")[0]
    source = f"assets/icons/{name}.png"
    return {"src": source, "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}


def offline_list(folder: Path) -> Json:
    """Return what a copy of the site in ``folder`` holds: paths as pages ask for them, and hashes.

    ``version`` is a hash of it all; ``bytes`` counts the files before compression.
    """
    files = []
    size = 0
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        path = file.relative_to(folder).as_posix()
        if _is_copied(path):
            content = file.read_bytes()
            size += len(content)
            asked = path.removesuffix("index.html")
            files.append({"path": asked, "sha256": hashlib.sha256(content).hexdigest()})
    version = hashlib.sha256(repr(files).encode()).hexdigest()[:16]
    return {"version": version, "bytes": size, "files": files}


def _is_copied(path: str) -> bool:
    copied = any(fnmatch(path, pattern) for pattern in _COPIED)
    return copied and not any(fnmatch(path, pattern) for pattern in _LEFT)
