"""The search's scripts by themselves: the logic that needs no page."""

import subprocess

import pytest

from tests.conftest import ROOT
from tests.pyodide.node import NODE


@pytest.mark.parametrize("name", ["engine", "answers"])
def test_the_logic_holds(name: str) -> None:
    file = ROOT / f"tests/search/{name}.test.js"
    done = subprocess.run([NODE, "--test", file], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
