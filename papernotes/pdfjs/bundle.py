"""pdf.js as a bundle of files. Its folder names the version: no cache can mix two of them."""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from papernotes.bundle import Bundle, Files, from_address, task
from papernotes.pdfjs import pins

if TYPE_CHECKING:
    from rich.progress import Progress

FOLDER = f"overrides/assets/pdfjs/{pins.VERSION}"
CDN = f"https://cdn.jsdelivr.net/npm/pdfjs-dist@{pins.VERSION}/"
"""A mirror of npm's packages, file by file."""


def from_npm(names: list[str], progress: "Progress") -> Files:
    """Yield files out of the package that npm downloads, from where this machine's npm looks."""
    beside = Path(sys.executable).with_name("npm")
    npm = str(beside) if beside.exists() else shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm")
    with task(progress, None), tempfile.TemporaryDirectory(prefix="papernotes-") as scratch:
        wanted = f"pdfjs-dist@{pins.VERSION}"
        options = ["--ignore-scripts", "--silent", "--pack-destination", scratch]
        done = subprocess.run([npm, "pack", wanted, *options], cwd=scratch, capture_output=True)
        if done.returncode:
            raise OSError(f"npm pack: {done.returncode}")
        [packed] = Path(scratch).glob("*.tgz")
        with tarfile.open(packed) as archive:
            for name in names:
                file = archive.extractfile(f"package/{name}")
                if file:
                    yield name, file.read()


def is_there(root: Path) -> bool:
    """Tell whether the site of the project at ``root`` has pdf.js."""
    return (root / FOLDER / "LICENSE").is_file()


def _tidy(folder: Path) -> None:
    """Remove what other versions left beside this one."""
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other)


PDFJS = Bundle(
    name="pdfjs",
    version=pins.VERSION,
    files=pins.downloads(),
    folder=FOLDER,
    sources=(from_address(CDN), from_npm),
    finish=_tidy,
    called="pdf.js",
    without="원문 곁에서 읽기(/reader/)",
)
