"""The next engine builds the same site from the same mkdocs.yml."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from papernotes import cli
from papernotes.note.library import Library
from papernotes.render.sheet import waiting
from tests import engines
from tests.conftest import REPOSITORY, ROOT, Shared
from tests.static_site import Site, StaticSite


@dataclass(frozen=True)
class Engines:
    """The same project, built and exported by either engine."""

    mkdocs: Path
    zensical: Path


@pytest.fixture(scope="module")
def built(shared: Shared, original: Path, exported: Site) -> Engines:
    def make(folder: Path) -> None:
        shutil.copytree(original, folder, symlinks=True)  # Zensical builds into the project alone
        settings = {"SITE_URL": exported.url, "REPO_URL": REPOSITORY, "EXPORTED": "1"}
        done = subprocess.run(
            [Path(sys.executable).with_name("zensical"), "build", "--clean", "--strict"],
            cwd=folder,
            capture_output=True,
            text=True,
            env={**os.environ, **settings, "SITE_DIR": "site-zensical"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "No issues found" in done.stdout + done.stderr
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SITE_URL", exported.url)
            assert cli.main(["export", str(folder / "site-zensical"), "--root", str(folder)]) == 0

    return Engines(exported.folder, shared.once("engines", make) / "site-zensical")


def test_both_engines_build_the_same_pages_and_exports(built: Engines, notes: Library) -> None:
    found = engines.compare(built.mkdocs, built.zensical)
    assert found.unexplained == ()
    for kind, (ours, theirs) in found.counts.items():
        assert ours == theirs > 0, kind
    # Each passage's own quotation stands on a page of its own, too, and what waits on the sheet.
    quotes = sum(len(passage.quotes) + 1 for _, passage in notes.passages)
    quotes += len(waiting(notes.notes))
    assert found.counts["구절의 주소와 상태"][0] == len(list(notes.passages))
    assert found.counts["인용"][0] == found.counts["원문과 대조한 인용"][0] == quotes
    assert found.files > 40


def test_the_next_engine_refuses_by_itself_what_no_check_saw(project: Path) -> None:
    (project / "docs" / "x.md").write_text("# 글\n\n[x](javascript:alert(1))\n", "utf-8")
    done = subprocess.run(
        [Path(sys.executable).with_name("zensical"), "build", "--clean", "--strict"],
        cwd=project,
        capture_output=True,
        text=True,
        env={**os.environ, "SITE_DIR": "site"},
    )
    assert done.returncode != 0
    assert "docs/x.md:1:1: PN508" in done.stdout + done.stderr
    assert not (project / "site" / "x").exists()


def test_both_engines_show_bold_before_a_particle(built: Engines) -> None:
    for site in (built.mkdocs, built.zensical):
        assert "<strong>글리프(glyph)</strong>는" in (site / "data" / "index.html").read_text(
            "utf-8"
        )


def test_every_explained_difference_is_on_the_page_about_moving(built: Engines) -> None:
    text = (ROOT / "docs" / "zensical.md").read_text("utf-8")
    for reason in engines.REASONS:
        assert reason in text
    explained = engines.compare(built.mkdocs, built.zensical).explained
    # Notebooks are not run here, and so no pages in either.
    assert set(explained) == {engines.SKIP}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("papers/roberta/index.html", ' data-verified="1907.11692v1"', ""),
        ("papers/roberta/index.html", "duplicated 10 times", "duplicated 12 times"),
        ("papers/electra/index.html", 'data-status="open"', 'data-status="answered"'),
        ("papers/electra/index.html", 'id="majority-class"', 'id="majority"'),
        ("papers/electra/index.html", "#page=5", "#page=6"),
        ("questions/index.html", 'href="../papers/electra/#', 'href="../electra/#'),
        ("index.html", '<meta name="description" content="', '<meta name="description" content="x'),
        ("questions.json", '"status":"open"', '"status":"mentor"'),
        ("snippets/roberta/static_masking.ipynb", "assert", "print"),
    ],
)
def test_the_comparison_sees_a_difference(
    built: Engines, tmp_path: Path, file: str, old: str, new: str
) -> None:
    sides = Engines(tmp_path / "mkdocs", tmp_path / "zensical")
    text = (built.zensical / file).read_text("utf-8")
    assert old in text
    for side, said in (
        (sides.mkdocs, (built.mkdocs / file).read_text("utf-8")),
        (sides.zensical, text.replace(old, new, 1)),
    ):
        (side / file).parent.mkdir(parents=True)
        (side / file).write_text(said, "utf-8")
    found = engines.compare(sides.mkdocs, sides.zensical).unexplained
    assert found
    assert all(line.startswith(file) for line in found)


def test_the_comparison_misses_neither_page_nor_export(built: Engines, tmp_path: Path) -> None:
    changed = tmp_path / "site"
    shutil.copytree(built.zensical, changed)
    (changed / "glossary" / "index.html").unlink()
    (changed / "questions.json").unlink()
    found = engines.compare(built.mkdocs, changed).unexplained
    assert [line.partition(":")[0] for line in found] == ["glossary/index.html", "questions.json"]


def test_the_next_site_is_searched_and_filtered_without_asking_anyone_else(
    built: Engines, browser: Browser
) -> None:
    with StaticSite(built.zensical) as site:
        page = browser.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.url + "papers/roberta/")
        page.get_by_role("button", name="검색").click()
        page.keyboard.type("masking")
        expect(page.locator("[role=option]", has_text="같은 마스크를 네 번").first).to_be_visible()
        page.goto(site.url + "questions/")
        page.get_by_label("상태").select_option("open")
        expect(page.locator(".pn-rows > li")).to_have_count(2)
        page.close()
    assert [url for url in asked if not url.startswith(site.url)] == []
    assert complaints == []
