"""``reader/fingerprints/``: what the page that opens a paper's PDF tells the paper by.

``<arXiv id and version>.json`` is a fingerprint as the repository has it, without what a browser
has no use for. ``sketches.json`` has some grams of each paper's first pages: enough to tell which
fingerprint to fetch for a file, in a hundredth of the bytes of them all.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.fingerprint import Fingerprint
from papernotes.fingerprint.quotations import FOLDER

SKETCHES = "reader/fingerprints/sketches.json"

FIRST_PAGES = 4
GRAMS = 16
"""Of each page. A file of the paper has half of them, for a page can be read in many ways, and
another file less than a tenth."""


def files(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each file's path in the site and its text.

    Raises:
        FingerprintInvalid: a file in the project's folder is not a fingerprint.
    """
    sketches = {}
    for file in sorted((root / FOLDER).glob("*.json")):
        found = fingerprint.load(file)
        sketches[found.id] = sketch(found)
        data = json.loads(found.dumps())
        del data["pdf"]
        for page in data["hashes"]:
            del page["words"]
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        yield f"reader/fingerprints/{file.name}", text + "\n"
    yield SKETCHES, json.dumps(sketches, indent=1) + "\n"


def sketch(found: Fingerprint) -> str:
    """Return grams of the first pages as base64: 16 bits each, little-endian.

    The same ones for the same page, and spread over all values.
    """
    pages = found.hashes[:FIRST_PAGES]
    # Knuth's multiplicative hashing; any order would do that is none of the values' own.
    grams = [sorted(page.grams, key=lambda gram: gram * 40503 % 65536)[:GRAMS] for page in pages]
    values = (gram.to_bytes(2, "little") for page in grams for gram in page)
    return base64.b64encode(b"".join(values)).decode()
