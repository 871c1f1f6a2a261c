"""The companion notebooks: executed for real, pages like any other, and failing loudly."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, ConsoleMessage, Request

from papernotes.export import search
from papernotes.note import library
from tests.conftest import DESK, PHONE, PROJECT, build, make
from tests.looks import CODE, faults
from tests.static_site import Site, StaticSite

NOTEBOOKS = sorted((PROJECT / "docs" / "notebooks").glob("*.py"))
WITH_NOTEBOOKS = {"NOTEBOOKS": "true"}

CALM = "# %% [markdown]\n# # 제목 (Title)\n#\n# 설명이에요.\n\n# %%\nprint(6 * 7)\n"


@cache
def read(url: str) -> BeautifulSoup:
    with urlopen(url) as answer:
        return BeautifulSoup(answer.read(), "html.parser")


def dead_links(url: str) -> Iterator[str]:
    """Links of a page's text, inside the site, to nothing."""
    root = url.partition("notebooks/")[0]
    for anchor in read(url).select("article a[href]"):
        target, fragment = urldefrag(urljoin(url, str(anchor["href"])))
        if target.startswith(root) and target.endswith("/"):
            page = read(target)
            if fragment and not page.find(id=fragment):
                yield str(anchor)


def complaints(browser: Browser, site: Site, address: str) -> list[object]:
    """What axe finds, what overflows, who else is asked and what the console says."""
    found: list[object] = []

    def watch(request: Request) -> None:
        if not request.url.startswith((site.url, "data:")):
            found.append(request.url)

    def listen(message: ConsoleMessage) -> None:
        found.append(message.text)

    with browser.new_context(viewport=PHONE, reduced_motion="reduce") as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.on("request", watch)
        page.on("console", listen)
        page.goto(site.url + address, wait_until="load")
        found += faults(page, CODE)
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="dark")
        page.reload(wait_until="load")
        found += faults(page, CODE)
    return found


@pytest.mark.browser
def test_the_notebooks_run_and_their_pages_are_like_any_other(
    project: Path, tmp_path: Path, browser: Browser
) -> None:
    """One test, so that each notebook is executed once: the copy of the project has no cache."""
    assert NOTEBOOKS
    with StaticSite(tmp_path / "site") as site:
        done = build(project, tmp_path / "site", SITE_URL=site.url, **WITH_NOTEBOOKS)
        assert done.returncode == 0, done.stderr
        assert done.stderr.count("execute=True") == len(NOTEBOOKS)
        for source in NOTEBOOKS:
            address = f"notebooks/{source.stem}/"
            page = read(site.url + address)
            figures = page.select(".jp-OutputArea img")
            assert len(figures) == source.read_text("utf-8").count("\nshow(") >= 1
            for figure in figures:
                assert str(figure["src"]).startswith("data:image/png;base64,iVBORw0KGgo")
                assert str(figure["alt"]).endswith("요.")
                assert figure["width"]
                assert figure["height"]
            assert page.select("pre > code[tabindex='0']")
            assert not page.select("pre:not(:has(> code[tabindex='0']))")
            printed = [pre.get_text() for pre in page.select(".jp-OutputArea pre")]
            assert any("seed" in text for text in printed)
            assert len((tmp_path / "site" / address / "index.html").read_bytes()) < 400_000
            with urlopen(site.url + address + source.name) as download:
                assert download.read() == source.read_bytes()
            assert list(dead_links(site.url + address)) == []
            description = page.select_one("meta[name=description]")
            assert description
            assert str(description["content"]).endswith("요.")
            assert complaints(browser, site, address) == []
        # Their words are found, what their code says is not.
        found = search.index(library.load(project), site.folder)["entries"]
        said = {
            entry["at"]: entry["parts"] for entry in found if entry["at"].startswith("notebooks")
        }
        assert {at.partition("#")[0] for at in said} == {f"notebooks/{f.stem}/" for f in NOTEBOOKS}
        words = "\n".join(part["text"] for parts in said.values() for part in parts)
        assert "seed" not in words
        assert "import" not in words


def write_raising(project: Path, end: str) -> None:
    source = project / "docs" / "notebooks" / NOTEBOOKS[0].name
    source.write_text(f"{CALM}\n# %%\n{end}\n", "utf-8")


@pytest.mark.usefixtures("runtime")
def test_a_cell_that_raises_stops_the_build_and_then_the_old_site_stays(project: Path) -> None:
    write_raising(project, "assert 6 * 7 == 41")
    old = project / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("the earlier site")
    done = make(project, "build", **WITH_NOTEBOOKS)
    assert done.returncode != 0
    assert "assert 6 * 7 == 41" in done.stderr  # which cell it was
    assert [*old.parent.iterdir()] == [old]
    assert old.read_text() == "the earlier site"
    assert [*(project / "build").iterdir()] == []


def test_a_cell_that_ends_the_kernel_stops_the_build(project: Path) -> None:
    for folder in ("papers", "sessions"):
        shutil.rmtree(project / "docs" / folder)  # what is not read is not built
    write_raising(project, "raise SystemExit(0)")
    done = build(project, project / "site", **WITH_NOTEBOOKS)
    assert done.returncode != 0
    assert "raise SystemExit(0)" in done.stderr
    assert "Aborted" not in done.stderr  # by a warning
