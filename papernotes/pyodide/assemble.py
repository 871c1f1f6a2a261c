"""Put the runtime together in the user's cache, and lay it into the site's sources.

The cache is ``papernotes/pyodide-<version>`` in ``$XDG_CACHE_HOME`` or ``~/.cache``, so that a
second clone has nothing to fetch. The site takes the files from ``overrides/assets/pyodide``, which
git ignores: MkDocs and Zensical copy them like any other file of docs/.
"""

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from rich.progress import Progress

from papernotes.files import write_whole
from papernotes.problems import Problem
from papernotes.pyodide import manifest, pins
from papernotes.pyodide.download import Source


def cache_folder() -> Path:
    """Return the folder that holds this version's files, there or not."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "papernotes"
    return caches / f"pyodide-{pins.VERSION}"


def wanting(folder: Path) -> list[str]:
    """Return the names of the files in ``folder`` that are missing or not what was pinned."""
    return [name for name, pinned in pins.downloads().items() if _digest(folder / name) != pinned]


def assemble(folder: Path, sources: Sequence[Source], progress: Progress) -> list[Problem]:
    """Complete ``folder`` from ``sources``; return which files, there or given, were wrong.

    Files that are right are kept, and a file is put in its place only when it is right.
    Afterwards ``wanting`` tells whether all are there.
    """
    found = []
    for name in wanting(folder):
        if (folder / name).exists():
            message = "공식 목록의 SHA-256과 달라져서 쓰지 않아요. 다시 받을게요."
            found.append(Problem(str(folder / name), 1, 1, "PN902", message))
    for source in sources:
        missing = wanting(folder)
        if not missing:
            break
        try:
            for name, data in source(missing, progress):
                if hashlib.sha256(data).hexdigest() == pins.downloads()[name]:
                    write_whole(folder / name, data)
                else:
                    message = (
                        "받은 파일이 공식 목록의 SHA-256과 달라 쓰지 않았어요. 다른 곳에서 받아 "
                        "볼게요. 계속되면 네트워크가 파일을 바꾸는지 확인해 주세요."
                    )
                    found.append(Problem(str(folder / name), 1, 1, "PN901", message))
        except OSError:
            continue  # this source does not answer here: the next may
    return found


def publish(root: Path, folder: Path) -> None:
    """Copy the complete ``folder`` to where the site of the project at ``root`` takes it from."""
    target = root / manifest.FOLDER
    for path in (target, *target.iterdir()) if target.is_dir() else (target,):
        if path.is_symlink():  # what is written would land elsewhere
            path.unlink()
    for name in wanting(target):
        write_whole(target / name, (folder / name).read_bytes())
    manifest.write(target)


def withdraw(root: Path) -> None:
    """Let the site do without the runtime."""
    shutil.rmtree(root / manifest.FOLDER, ignore_errors=True)


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
