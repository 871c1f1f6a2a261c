"""What an import wrote, so that the next one can tell whether a person has changed it since.

A page that nobody changed is written anew when the minutes are imported again: so a mended
line of the minutes is taken up. What a person changed is never overwritten.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from papernotes.files import write_whole

FILE = Path(".cache") / "imports.json"
"""Of this machine alone, as all below ``.cache``; without it every page counts as changed."""


def key(minutes: Path, options: Iterable[str]) -> str:
    """Name an import by its minutes (a mended copy has the same name) and its papers."""
    return "|".join([minutes.stem.partition(".")[0], *sorted(options)])


def untouched(root: Path, name: str) -> frozenset[str]:
    """Return the pages that the import ``name`` wrote whole, and that are still so."""
    digests = _load(root).get(name, {})
    return frozenset(path for path, digest in digests.items() if _digest(root / path) == digest)


def remember(root: Path, name: str, pages: Mapping[str, str]) -> None:
    """Note down the pages that the import ``name`` wrote whole; nothing where it cannot."""
    known = _load(root)
    digests = {path: sha256(source.encode()).hexdigest() for path, source in pages.items()}
    known[name] = {**known.get(name, {}), **digests}
    try:
        write_whole(root / FILE, json.dumps(known, ensure_ascii=False, indent=1))
    except OSError:
        return


def _digest(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _load(root: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads((root / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
