"""Which files make up the runtime, and the SHA-256 that each must have.

``pyodide-lock.json`` beside this module is Pyodide's official lock cut down to matplotlib and
what it needs; it is also what Pyodide reads in the browser. The official lock and the core come
with the npm package ``pyodide``, whose integrity is in package-lock.json: a test compares.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

VERSION = "0.27.7"
"""Of Pyodide: the newest whose numpy lies on an index that installers know."""

LOCK = "pyodide-lock.json"

CORE = {
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}

PACKAGES = ("numpy", "matplotlib")
"""What a snippet may import beside the standard library."""


@cache
def lock_text() -> str:
    """Return the lock that the site ships."""
    return Path(__file__).with_name(LOCK).read_text("utf-8")


def lock_digest() -> str:
    """Return the SHA-256 of the lock that the site ships."""
    return hashlib.sha256(lock_text().encode()).hexdigest()


def wheels(package: str) -> list[str]:
    """Return the file names of ``package`` and all that it needs, in the lock's order."""
    packages: dict[str, Any] = json.loads(lock_text())["packages"]
    needed, waiting = set(), [package]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += packages[name]["depends"]
    return [entry["file_name"] for name, entry in packages.items() if name in needed]


def downloads() -> dict[str, str]:
    """Return every file that a source has to give, by name, with its SHA-256."""
    packages: dict[str, Any] = json.loads(lock_text())["packages"]
    return CORE | {entry["file_name"]: entry["sha256"] for entry in packages.values()}
