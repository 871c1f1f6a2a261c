"""Other projects' files that the site ships: fetched once, checked by hash, laid into its sources.

The cache is ``papernotes/<name>-<version>`` in ``$XDG_CACHE_HOME`` or ``~/.cache``, so that a
second clone has nothing to fetch. The site takes the files from a folder below ``overrides/assets``
that git ignores: MkDocs and Zensical copy them like any other file of the theme. No source is
trusted: the pinned SHA-256 decides.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from papernotes.files import write_whole
from papernotes.problems import Problem

if TYPE_CHECKING:  # who only asks for a version has no need of its tenth of a second
    from rich.progress import Progress, TaskID

Files = Iterator[tuple[str, bytes]]
Source = Callable[[list[str], "Progress"], Files]
"""Yields files by name, as many of those asked for as it has; OSError says why it gives none."""

_TIMEOUT = 20  # seconds without a byte
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Bundle:
    """Files of one version: ``files`` are their names with the SHA-256 that each must have.

    ``folder`` is where the site takes them from, below the project's root; ``finish`` writes there
    what describes them. ``called`` and ``without`` say in Korean what this is, and what a site is
    built without where it is not to be had.
    """

    name: str
    version: str
    files: Mapping[str, str]
    folder: str
    sources: Sequence[Source]
    finish: Callable[[Path], None]
    called: str
    without: str

    @property
    def cache(self) -> Path:
        """The folder of this user that holds this version's files, there or not."""
        caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return caches / "papernotes" / f"{self.name}-{self.version}"

    def wanting(self, folder: Path) -> list[str]:
        """Return the names of the files in ``folder`` that are missing or not what was pinned."""
        return [name for name, pinned in self.files.items() if _digest(folder / name) != pinned]

    def assemble(self, progress: "Progress") -> list[Problem]:
        """Complete the cache from the sources; return which files, there or given, were wrong.

        Files that are right are kept, and a file is put in its place only when it is right.
        Afterwards ``wanting`` tells whether all are there.
        """
        found = []
        for name in self.wanting(self.cache):
            if (self.cache / name).exists():
                message = "공식 목록의 SHA-256과 달라져서 쓰지 않아요. 다시 받을게요."
                found.append(Problem(str(self.cache / name), 1, 1, "PN902", message))
        for source in self.sources:
            missing = self.wanting(self.cache)
            if not missing:
                break
            try:
                for name, data in source(missing, progress):
                    if hashlib.sha256(data).hexdigest() == self.files[name]:
                        write_whole(self.cache / name, data)
                    else:
                        message = (
                            "받은 파일이 공식 목록의 SHA-256과 달라 쓰지 않았어요. 다른 곳에서 "
                            "받아 볼게요. 계속되면 네트워크가 파일을 바꾸는지 확인해 주세요."
                        )
                        found.append(Problem(str(self.cache / name), 1, 1, "PN901", message))
            except OSError:
                continue  # this source does not answer here: the next may
        return found

    def publish(self, root: Path) -> None:
        """Copy the complete cache to where the site of the project at ``root`` takes it from."""
        target = root / self.folder
        for path in (target, *target.rglob("*")) if target.is_dir() else (target,):
            if path.is_symlink():  # what is written would land elsewhere
                path.unlink()
        for name in self.wanting(target):
            write_whole(target / name, (self.cache / name).read_bytes())
        self.finish(target)

    def withdraw(self, root: Path) -> None:
        """Let the site do without."""
        shutil.rmtree(root / self.folder, ignore_errors=True)


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def from_address(base: str) -> Source:
    """Return a source that asks a server for the files one by one, below ``base``."""

    def source(names: list[str], progress: "Progress") -> Files:
        with task(progress, None) as shown:
            total = 0
            for name in names:
                with urlopen(base + name, timeout=_TIMEOUT) as answer:
                    total += int(answer.headers.get("Content-Length", 0))
                    progress.update(shown, total=total)
                    data = bytearray()
                    while part := answer.read(_CHUNK):
                        data += part
                        progress.advance(shown, len(part))
                yield name, bytes(data)

    return source


@contextmanager
def task(progress: "Progress", total: int | None) -> Iterator["TaskID"]:
    """Show a bar for as long as a source is being asked; ``total`` in bytes."""
    shown = progress.add_task("브라우저에서 쓸 파일을 받아요", total=total)
    try:
        yield shown
    finally:
        progress.remove_task(shown)
