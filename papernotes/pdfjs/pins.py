"""Which files of pdf.js the site ships, and the SHA-256 that each must have.

``pdfjs-lock.json`` beside this module is made from the npm package ``pdfjs-dist``, whose integrity
is in package-lock.json: a test compares.
"""

import json
from functools import cache
from pathlib import Path

VERSION = "6.5.438"

LOCK = "pdfjs-lock.json"

SHIPPED = (
    "LICENSE",
    "cmaps/*",
    "iccs/*",
    "legacy/build/pdf.min.mjs",
    "legacy/build/pdf.worker.min.mjs",
    "legacy/web/images/annotation-*.svg",
    "legacy/web/pdf_viewer.css",
    "legacy/web/pdf_viewer.mjs",
    "standard_fonts/*",
    "wasm/LICENSE*",
    "wasm/jbig2*",
    "wasm/openjpeg*",
    "wasm/qcms*",
)
"""Of the package: the build for older browsers, and what a document may need beside it."""


@cache
def downloads() -> dict[str, str]:
    """Return every file, by its path in the package, with its SHA-256."""
    made: dict[str, str] = json.loads(Path(__file__).with_name(LOCK).read_text("utf-8"))
    return made
