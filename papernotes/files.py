"""Writing files whole or not at all, and putting a folder in another's place."""

import errno
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_ASIDE = ".papernotes-"
"""How files begin that are not whole yet; git ignores them, and MkDocs what begins with a dot."""

_TRIES = 10
_STALE = 3600
"""Seconds after which such a file belongs to a program that was killed."""


def write_whole(file: Path, content: str | bytes) -> None:
    """Write ``file`` whole or not at all, its folder too; raise OSError as :func:`write_all`."""
    write_all({file: content})


def write_all(contents: Mapping[Path, str | bytes]) -> None:
    """Write several files; all are complete before the first is put in its place.

    They are put in their places in the order given, so that what refers to another comes after
    it; while that lasts, a request to end the program waits.

    Raises OSError where a file, which ``filename`` names, cannot be written; then none has changed,
    but where one could not be put in its place at the very end.
    """
    ready: list[tuple[Path, Path]] = []
    file = Path()
    try:
        for file, content in contents.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            _clean(file.parent)
            handle, aside = tempfile.mkstemp(dir=file.parent, prefix=_ASIDE)
            ready.append((Path(aside), file))
            with os.fdopen(handle, "wb") as target:
                target.write(content.encode() if isinstance(content, str) else content)
            Path(aside).chmod(0o644)
            longest = os.pathconf(file.parent, "PC_NAME_MAX")
            if file.is_dir() or len(os.fsencode(file.name)) > longest:
                file.lstat()  # raises what the renaming would, while no file has changed
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        with _uninterrupted():
            for made, file in ready:
                made.replace(file)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error
    finally:
        for made, _ in ready:
            made.unlink(missing_ok=True)


def move_folder(made: Path, place: Path) -> None:
    """Put the folder ``made`` at ``place``, whole, and remove what was there.

    ``place`` is at every moment a whole folder or, between two renames, none. Where two programs
    do this at once, the later one's stays. Both paths are on one file system. Raises OSError where
    a folder cannot be moved; ``made`` is then still there.
    """
    for turn in range(1, _TRIES + 1):
        old = Path(tempfile.mkdtemp(dir=made.parent, prefix=f"{made.name}.old."))
        try:
            with _uninterrupted():
                with suppress(FileNotFoundError):
                    place.replace(old)
                made.replace(place)
            return
        except OSError:
            # Perhaps another program has put its folder there since: that one is older now.
            if turn == _TRIES:
                raise
        finally:
            shutil.rmtree(old, ignore_errors=True)


def _clean(folder: Path) -> None:
    """Remove what programs that were killed long ago left in ``folder``."""
    for left in folder.glob(f"{_ASIDE}*"):
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime > _STALE:
                left.unlink()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let SIGINT, SIGTERM and SIGHUP wait until the block has ended."""
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
