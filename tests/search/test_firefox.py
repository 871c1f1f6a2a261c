"""Firefox runs the search too. Playwright cannot drive Debian's: a script of ours does."""

import json
import subprocess

import pytest

from tests.browser import firefox_path
from tests.conftest import ROOT
from tests.pyodide.node import NODE, node_modules
from tests.static_site import Site, StaticSite

pytestmark = pytest.mark.browser


def test_firefox_finds_follows_marks_and_goes_back(exported: Site) -> None:
    node_modules()
    with StaticSite(exported.folder, strict=True) as strict:
        done = subprocess.run(
            [NODE, "tests/search/firefox.js", firefox_path(), strict.url + "papers/roberta/"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["complaints"] == []
    assert seen["first"]["selected"] == "true"
    assert "교차 엔트로피" in seen["first"]["text"]
    assert seen["arrived"].partition("#")[2] == seen["first"]["href"].partition("#")[2]
    assert "?" not in seen["arrived"]
    assert {"교차 엔트로피", "cross-entropy"} & set(seen["marked"])
    assert seen["again"] == "cross entropy"
