"""What the tests share: the real site, built once a worker, and a project to break."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page

from papernotes import cli
from papernotes.note import library
from papernotes.note.library import Library
from papernotes.pyodide.assemble import cache_folder
from tests.browser import launch
from tests.static_site import StaticSite

ROOT = Path(__file__).parent.parent
REPOSITORY = "https://github.com/someone/reading-group"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""What axe looks for."""

Open = Callable[..., Page]
"""Opens a page of the site: its address, a size and a browser context's options."""

PARTS = ("docs", "snippets", "fingerprints", "ids", "overrides", "papernotes", "mkdocs.yml")


def build(project: Path, site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real ``mkdocs build --strict`` on a project; notebooks are run where asked for."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NOTEBOOKS": "false", **environment},
        capture_output=True,
        text=True,
    )


# The same examples on every run: a failure must not come and go.
settings.register_profile("papernotes", derandomize=True, deadline=None, database=None)
settings.load_profile("papernotes")


@pytest.fixture(scope="session")
def notes() -> Library:
    """The repository's own notes."""
    found = library.load(ROOT)
    assert not found.problems
    return found


@pytest.fixture(scope="session")
def runtime() -> Path:
    """Python for the browser, assembled once on a machine: its folder, which the site links to."""
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one process downloads, the others wait and find
        assert cli.main(["runtime", "--required", "--root", str(ROOT)]) == 0
    return cache_folder()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, runtime: Path) -> Iterator[StaticSite]:
    """The real site, served under a sub-path as GitHub Pages does."""
    folder = tmp_path_factory.mktemp("site")
    with StaticSite(folder, "/papernotes/") as served:
        done = build(ROOT, folder, SITE_URL=served.url, REPO_URL=REPOSITORY)
        assert done.returncode == 0, done.stderr
        yield served


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticSite]:
    """The real site with its exports, as ``make build`` makes it."""
    folder = tmp_path_factory.mktemp("exported")
    with StaticSite(folder, "/papernotes/") as served:
        # Only while it is made: the tests that follow know nothing of this site.
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SITE_URL", served.url)
            done = build(ROOT, folder, REPO_URL=REPOSITORY, EXPORTED="1")
            assert done.returncode == 0, done.stderr
            assert cli.main(["export", str(folder), "--root", str(ROOT)]) == 0
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with launch() as started:
        yield started


@pytest.fixture
def open_page(browser: Browser, site: StaticSite) -> Iterator[Open]:
    """Return a function that opens a page of the site; consoles must stay empty."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(path: str, size: dict[str, int] = DESK, **options: object) -> Page:
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def copy_project(folder: Path) -> Path:
    """Copy the project into ``folder``; return the copy."""
    copy = folder / "project"
    copy.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(
                ROOT / part,
                copy / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("__pycache__", "pyodide"),
            )
        else:
            shutil.copy2(ROOT / part, copy / part)
    return copy


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may break."""
    return copy_project(tmp_path)


@pytest.fixture
def edit(project: Path) -> Callable[[str, str, str], Path]:
    """Return a function that replaces text which a file must hold, once."""

    def replace(path: str, old: str, new: str) -> Path:
        file = project / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        return file

    return replace
