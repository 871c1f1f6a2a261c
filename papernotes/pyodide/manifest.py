"""What the site knows of the runtime's files: the page reads it at the first run."""

import gzip
from pathlib import Path

from pydantic import BaseModel, ValidationError

from papernotes.files import write_whole
from papernotes.pyodide import pins

FOLDER = "overrides/assets/pyodide"
"""Where the site takes the runtime from, below the project's root."""

NAME = "runtime.json"

_MOST_BYTES = 1_000_000

_ZIPPED = (".whl", ".zip")

_NOTICE = f"""Python for this site's snippets.

Pyodide {pins.VERSION}, Mozilla Public License 2.0, unchanged: https://github.com/pyodide/pyodide
Each wheel (.whl, a zip archive) holds the licence of its package.
"""


class File(BaseModel, frozen=True):
    """One file: its ``size`` in bytes and, as ``transfer``, what a server's gzip makes of it."""

    sha256: str
    size: int
    transfer: int


class Manifest(BaseModel, frozen=True):
    """All files: what Python itself needs, and what each package needs on top."""

    version: str
    core: list[str]
    packages: dict[str, list[str]]
    files: dict[str, File]

    def transfer(self, packages: list[str]) -> int:
        """Return how many bytes a first run with ``packages`` fetches, about."""
        names = {*self.core, *(name for package in packages for name in self.packages[package])}
        return sum(self.files[name].transfer for name in names)


def read(root: Path) -> Manifest | None:
    """Return what the project at ``root`` can show, None where it has no runtime.

    A file that names anything but what is pinned was not written by :func:`write`.
    """
    folder = root / FOLDER
    try:
        if folder.is_symlink() or (folder / NAME).stat().st_size > _MOST_BYTES:
            return None
        found = Manifest.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError):
        return None
    return found if _is_pinned(found) else None


def _pinned(files: dict[str, File]) -> Manifest:
    return Manifest(
        version=pins.VERSION,
        core=[*pins.CORE, pins.LOCK],
        packages={package: pins.wheels(package) for package in pins.PACKAGES},
        files=files,
    )


def _is_pinned(found: Manifest) -> bool:
    digests = {name: file.sha256 for name, file in found.files.items()}
    return found == _pinned(found.files) and digests == _digests()


def _digests() -> dict[str, str]:
    return pins.downloads() | {pins.LOCK: pins.lock_digest()}


def write(folder: Path) -> None:
    """Describe the complete files in ``folder``, if they are not described yet.

    Pyodide's lock and a notice on licences are written beside them.
    """
    target = folder / NAME
    try:
        if _is_pinned(Manifest.model_validate_json(target.read_bytes())):
            return
    except (OSError, ValidationError):
        pass  # none, or none of ours
    write_whole(folder / pins.LOCK, pins.lock_text())
    write_whole(folder / "NOTICE.txt", _NOTICE)
    files = {}
    for name, digest in _digests().items():
        data = (folder / name).read_bytes()
        transfer = len(data) if name.endswith(_ZIPPED) else len(gzip.compress(data, 6))
        files[name] = File(sha256=digest, size=len(data), transfer=transfer)
    write_whole(target, _pinned(files).model_dump_json(indent=1) + "\n")
