"""What ``papernotes export`` writes into a built site."""

from pathlib import Path

import jupytext
import pytest
from bs4 import BeautifulSoup

from papernotes import cli
from tests.conftest import ROOT, build


@pytest.fixture
def exported(project: Path, tmp_path: Path) -> Path:
    site = tmp_path / "exported"
    assert build(project, site, EXPORTED="1").returncode == 0
    assert cli.main(["export", str(site), "--root", str(project)]) == 0
    return site


def test_each_snippet_is_a_notebook_that_its_page_links_to(exported: Path) -> None:
    linked = []
    for page in (exported / "papers").glob("*/index.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for snippet in soup.select("[data-snippet]"):
            anchor = snippet.select_one("a[href$='.ipynb']")
            assert anchor
            target = (page.parent / str(anchor["href"])).resolve()
            source = (ROOT / "snippets" / str(snippet["data-snippet"])).read_text("utf-8")
            assert jupytext.reads(target.read_text("utf-8"), fmt="ipynb").cells[0].source.strip()
            assert (
                jupytext.writes(jupytext.read(target), fmt="py:light")
                .strip()
                .endswith(source.strip().splitlines()[-1])
            )
            linked.append(target)
    assert len(linked) == len(set(linked)) >= 8


def test_exporting_twice_changes_nothing(exported: Path, project: Path) -> None:
    before = {file: file.read_bytes() for file in exported.rglob("*.ipynb")}
    assert cli.main(["export", str(exported), "--root", str(project)]) == 0
    assert {file: file.read_bytes() for file in exported.rglob("*.ipynb")} == before


def test_a_site_that_is_not_exported_links_to_no_notebook(project: Path, tmp_path: Path) -> None:
    assert build(project, tmp_path / "site").returncode == 0
    assert ".ipynb" not in (tmp_path / "site/papers/roberta/index.html").read_text("utf-8")


def test_without_a_site_there_is_nothing_to_export(tmp_path: Path) -> None:
    assert cli.main(["export", str(tmp_path)]) == 2
