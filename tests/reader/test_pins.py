"""The pins of pdf.js are its npm package's own, which npm checks.

After a new version in package.json and ``pins.VERSION``, ``python -m tests.reader.test_pins``
rewrites the lock.
"""

import hashlib
import json
from pathlib import Path

from rich.progress import Progress

from papernotes.pdfjs import pins
from papernotes.pdfjs.bundle import PDFJS, from_npm
from tests.conftest import ROOT
from tests.pyodide.node import node_modules


def digests() -> dict[str, str]:
    package = node_modules() / "pdfjs-dist"
    files = (file for pattern in pins.SHIPPED for file in package.glob(pattern))
    return {
        file.relative_to(package).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(files)
    }


def test_the_files_are_those_of_the_npm_package() -> None:
    assert digests() == pins.downloads()


def test_npm_pins_the_package_by_its_integrity() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    package = locked["packages"]["node_modules/pdfjs-dist"]
    assert package["version"] == pins.VERSION
    assert package["integrity"].startswith("sha512-")


def test_npm_gives_the_files_where_nobody_else_does(original: Path) -> None:
    with Progress(disable=True) as progress:
        [(name, data)] = from_npm(["LICENSE"], progress)
    assert data == (original / PDFJS.folder / name).read_bytes()


if __name__ == "__main__":
    lock = Path(str(pins.__file__)).with_name(pins.LOCK)
    lock.write_text(json.dumps(digests(), indent=1) + "\n", "utf-8")
