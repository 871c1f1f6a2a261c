"""Writing files whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_whole(file: Path, content: str | bytes) -> None:
    """Write ``file`` whole or not at all, its folder too; raise OSError as :func:`write_all`."""
    write_all({file: content})


def write_all(contents: Mapping[Path, str | bytes]) -> None:
    """Write several files; all are complete before the first is put in its place.

    Raises:
        OSError: A file cannot be written, which ``filename`` names; no file has changed, but
            where one could not be put in its place at the very end.
    """
    ready: list[tuple[Path, Path]] = []
    file = Path()
    try:
        for file, content in contents.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
            ready.append((Path(aside), file))
            with os.fdopen(handle, "wb") as target:
                target.write(content.encode() if isinstance(content, str) else content)
            Path(aside).chmod(0o644)
        for made, file in ready:
            made.replace(file)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error
    finally:
        for made, _ in ready:
            made.unlink(missing_ok=True)
