"""Put the runtime together in the user's cache, and show it to the site.

The cache is ``papernotes/pyodide-<version>`` in ``$XDG_CACHE_HOME`` or ``~/.cache``. The site
gets it through ``docs/assets/pyodide``, a link that git ignores: MkDocs and Zensical copy what
lies behind it like any other file of docs/.
"""

import hashlib
import os
from pathlib import Path

from rich.progress import Progress

from papernotes.files import write_whole
from papernotes.problems import Problem
from papernotes.runtime import manifest, pins
from papernotes.runtime.sources import SOURCES, Source

_NOTICE = f"""Python for this site's snippets.

Pyodide {pins.VERSION}, Mozilla Public License 2.0, unchanged: https://github.com/pyodide/pyodide
Each wheel (.whl, a zip archive) holds the licence of its package.
"""


def cache_folder() -> Path:
    """Return the folder that holds this version's files, there or not."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "papernotes"
    return caches / f"pyodide-{pins.VERSION}"


def damaged(folder: Path) -> list[str]:
    """Return the names of the files in ``folder`` that are missing or not what was pinned."""
    return [name for name, wanted in pins.downloads().items() if _digest(folder / name) != wanted]


def assemble(
    folder: Path, progress: Progress, sources: tuple[Source, ...] = SOURCES
) -> list[Problem]:
    """Complete ``folder`` from ``sources``; return what they gave wrongly.

    Files that are there and right are kept; a file is put in its place only when it is right.
    Afterwards ``damaged`` tells whether all are there.
    """
    found: list[Problem] = []
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pins.downloads()
    for source in sources:
        missing = damaged(folder)
        if not missing:
            break
        try:
            for name, data in source(missing, progress):
                if hashlib.sha256(data).hexdigest() == wanted[name]:
                    _put(folder / name, data)
                else:
                    message = (
                        "공식 목록의 SHA-256과 달라 쓰지 않았어요. 다른 곳에서 받아 볼게요. "
                        "계속되면 네트워크가 파일을 바꾸는지 확인해 주세요."
                    )
                    found.append(Problem(str(folder / name), 1, 1, "PN901", message))
        except OSError:
            continue  # this source does not answer here: the next may
    if not damaged(folder):
        write_whole(folder / pins.LOCK, pins.lock_text())
        write_whole(folder / "NOTICE.txt", _NOTICE)
        manifest.write(folder)
    return found


def publish(root: Path, folder: Path) -> None:
    """Let the site of the project at ``root`` show the runtime in ``folder``."""
    link = root / manifest.FOLDER
    withdraw(root)
    link.symlink_to(folder.resolve(), target_is_directory=True)


def withdraw(root: Path) -> None:
    """Let the site do without the runtime."""
    (root / manifest.FOLDER).unlink(missing_ok=True)


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _put(file: Path, data: bytes) -> None:
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        aside.write_bytes(data)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)
