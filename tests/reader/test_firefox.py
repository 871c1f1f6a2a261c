"""Firefox opens a paper, too. Playwright cannot drive Debian's: a script of ours does."""

import json
import subprocess

import pytest

from tests.browser import firefox_path
from tests.conftest import ROOT
from tests.pyodide.node import NODE, node_modules
from tests.reader.conftest import Papers, paper

pytestmark = pytest.mark.browser


def test_firefox_draws_marks_and_asks(papers: Papers) -> None:
    node_modules()
    file = papers.file("paper.pdf", paper())
    done = subprocess.run(
        [NODE, "tests/reader/firefox.js", firefox_path(), papers.site.url + "reader/", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["complaints"] == []
    assert "인용 3곳을 모두 표시했어요." in seen["said"]
    assert set(seen["marks"]) == {"four-times", "larger-heaps"}
    assert seen["ink"] > 1000
    assert seen["block"].splitlines()[0] == "/// quote | p. 1"
    assert "because the machine remembers what it has once seen." in seen["block"]
