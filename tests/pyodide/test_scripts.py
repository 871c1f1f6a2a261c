"""The site's scripts by themselves: the logic that needs no page. Their types are `make lint`'s."""

import subprocess

from tests.conftest import ROOT
from tests.pyodide.node import NODE


def test_the_logic_holds() -> None:
    files = sorted(map(str, (ROOT / "tests/pyodide").glob("*.test.js")))
    assert len(files) == 4
    done = subprocess.run([NODE, "--test", *files], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
