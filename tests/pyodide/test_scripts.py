"""The site's scripts by themselves: their types, and the logic that needs no page."""

import subprocess

from tests.conftest import ROOT
from tests.pyodide.node import NODE, node_modules


def test_the_types_agree() -> None:
    done = subprocess.run(
        [NODE, node_modules() / ".bin/tsc"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_logic_holds() -> None:
    files = sorted(map(str, (ROOT / "tests/pyodide").glob("*.test.js")))
    assert len(files) == 4
    done = subprocess.run([NODE, "--test", *files], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
