"""The pins are Pyodide's own: they are compared with its npm package, which npm checks.

After a new version in package.json and ``pins.VERSION``, ``python -m tests.pyodide.test_pins``
rewrites the lock and prints the hashes for ``pins.CORE``.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from papernotes.pyodide import pins
from tests.conftest import ROOT
from tests.pyodide.node import node_modules


def official() -> Path:
    """The npm package, whose integrity package-lock.json pins and ``npm ci`` has checked."""
    return node_modules() / "pyodide"


def cut(lock: dict[str, Any]) -> str:
    """Return Pyodide's lock with no more than matplotlib and what it needs.

    ``matplotlib-pyodide`` draws on a page's canvas, which a worker has not.
    """
    packages = lock["packages"]
    packages["matplotlib"]["depends"].remove("matplotlib-pyodide")
    kept, waiting = {}, ["matplotlib"]
    while waiting:
        name = waiting.pop()
        if name not in kept:
            kept[name] = packages[name]
            waiting += packages[name]["depends"]
    ordered = {name: kept[name] for name in sorted(kept)}
    return json.dumps({"info": lock["info"], "packages": ordered}, indent=2) + "\n"


def digests() -> dict[str, str]:
    return {
        name: hashlib.sha256((official() / name).read_bytes()).hexdigest() for name in pins.CORE
    }


def test_the_core_is_that_of_the_npm_package() -> None:
    assert digests() == pins.CORE


def test_the_lock_is_the_official_one_cut_down() -> None:
    lock = json.loads((official() / pins.LOCK).read_text("utf-8"))
    assert lock["info"]["version"] == pins.VERSION
    assert cut(lock) == pins.lock_text()
    assert set(pins.wheels("matplotlib")) == set(pins.downloads()) - set(pins.CORE)


def test_npm_pins_the_package_by_its_integrity() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    package = locked["packages"]["node_modules/pyodide"]
    assert package["version"] == pins.VERSION
    assert package["integrity"].startswith("sha512-")


if __name__ == "__main__":
    text = cut(json.loads((official() / pins.LOCK).read_text("utf-8")))
    Path(str(pins.__file__)).with_name(pins.LOCK).write_text(text, "utf-8")
    print(json.dumps(digests(), indent=4))
