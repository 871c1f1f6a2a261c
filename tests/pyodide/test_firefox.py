"""Firefox runs the main path too. Playwright cannot drive Debian's, so a script of ours does."""

import json
import subprocess

import pytest

from papernotes.snippets import records
from papernotes.snippets.snippet import Snippet
from tests.browser import firefox_path
from tests.conftest import PROJECT, ROOT
from tests.pyodide.node import NODE, node_modules
from tests.static_site import Site, StaticSite

pytestmark = pytest.mark.browser


def test_firefox_runs_draws_and_stops(site: Site) -> None:
    node_modules()
    with StaticSite(site.folder, strict=True) as strict:
        done = subprocess.run(
            [NODE, "tests/pyodide/firefox.js", firefox_path(), strict.url + "papers/roberta/"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["complaints"] == []
    for name, result in seen["results"].items():
        record = records.read(Snippet(PROJECT, f"snippets/{name}"))
        assert isinstance(record, records.Record)
        assert result["printed"] == record.output
        assert result["figures"] == len(record.figures)
        assert (result["state"], result["same"]) == ("done", "true")
        assert result["status"].startswith("기록된 출력과 같아요.")
    assert len(seen["results"]) == 2
