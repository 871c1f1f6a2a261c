"""What the tests share: a project of their own, its site, and a copy of it to break.

What people write (docs/, snippets/, fingerprints/, ids/) is no business of the tests, so that a new
note never turns one red: they read the project in data/site, built by the repository's own code and
theme. Only tests/live looks at the repository's content, and knows nothing of what stands in it.

What costs, in seconds of one core, and how a test stays cheap:

- A build costs 2: read ``site`` or ``exported``, or put one more page into the tests' project.
- A page in a browser context of its own costs 0.3, another address in the page it has 0.1: visit
  them all with one. ``open_page`` without options takes the page that other tests had.
- A look by axe at a note costs 0.5 (``tests/looks.py``), and what is behind a box counts: once a
  kind of page and width, in dark colours for the colours alone.
- Python's start in a browser costs 4, with Matplotlib 9, its restart after a stop 2: share
  ``reader`` where a fresh one is not the point. Next to nothing of it is WebAssembly's compiling.
- A command costs 0.4 as a process: call ``cli.main`` where the process is not the point.
- A copy of the project costs 0.12 with its code, 0.01 without: take ``unbuilt`` to check it.
- Waiting costs a core, too: wait for what happens, never for a time.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

from papernotes import cli
from papernotes.note import library
from papernotes.note.library import Library
from papernotes.pyodide.bundle import PYODIDE
from tests.browser import launch
from tests.static_site import Site, StaticSite

ROOT = Path(__file__).parent.parent
PROJECT = ROOT / "tests" / "data" / "site"
"""The content of the tests' own project."""
REPOSITORY = "https://github.com/someone/reading-group"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}

Open = Callable[..., Page]
"""Opens a page of the site: its address, a size and a browser context's options."""

SERVED = ("site", "exported", "long")
"""The sites that all workers share."""


@dataclass(frozen=True)
class Shared:
    """What is made once for all workers: in a folder, served by the process that starts them."""

    folder: Path
    urls: dict[str, str]

    def once(self, name: str, make: Callable[[Path], None]) -> Path:
        """Return the folder that ``make`` makes: whoever comes first makes it, the others wait."""
        made = self.folder / name
        with made.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                making = made.with_suffix(".making")
                shutil.rmtree(making, ignore_errors=True)
                make(making)
                making.rename(made)
        return made

    def site(self, name: str, make: Callable[[Path], None]) -> Site:
        """Return a site out of SERVED, made once."""
        return Site(self.once(name, make), self.urls[name])


SHARED = pytest.StashKey[Shared]()


def pytest_configure(config: pytest.Config) -> None:
    """Serve what is shared; a worker takes what it is told."""
    told = getattr(config, "workerinput", None)
    if told:
        config.stash[SHARED] = Shared(Path(told["folder"]), told["urls"])
        return
    started = ExitStack()
    config.add_cleanup(started.close)
    folder = Path(started.enter_context(TemporaryDirectory(prefix="papernotes-")))
    served = {name: started.enter_context(StaticSite(folder / name)) for name in SERVED}
    config.stash[SHARED] = Shared(folder, {name: site.url for name, site in served.items()})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: at the end it would keep one core while the others rest."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker (of pytest-xdist) what is shared."""
    shared = node.config.stash[SHARED]
    node.workerinput.update(folder=str(shared.folder), urls=shared.urls)


def build(project: Path, site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real ``mkdocs build --strict`` on a project; notebooks are run where asked for."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NOTEBOOKS": "false", **environment},
        capture_output=True,
        text=True,
    )


def refusal(project: Path, site: Path) -> str:
    """Return what ``mkdocs build --strict`` says that refuses a project.

    A process of its own: the second build in one forgets the project's modules to read new code.
    """
    done = build(project, site)
    assert done.returncode == 1, done.stderr
    return done.stderr


# The same examples on every run: a failure must not come and go.
settings.register_profile("papernotes", derandomize=True, deadline=None, database=None)
settings.load_profile("papernotes")


@pytest.fixture(scope="session")
def notes() -> Library:
    """The notes of the tests' own project."""
    found = library.load(PROJECT)
    assert not found.problems
    return found


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config) -> Shared:
    """What all workers share."""
    return pytestconfig.stash[SHARED]


@pytest.fixture(scope="session")
def original(shared: Shared) -> Path:
    """The tests' project with code, Python for the browser and a history: to be read only."""
    return shared.once("original", make_original)


def git(folder: Path, *arguments: str) -> str:
    """Run git in ``folder`` as somebody, and return what it prints."""
    names = ("user.name=t", "user.email=t@t.invalid", "init.defaultBranch=main")
    settings = [word for name in names for word in ("-c", name)]
    command = ["git", *settings, *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def make_original(folder: Path) -> None:
    copy_project(folder)
    with (folder / "docs" / "data.md").open("a", encoding="utf-8") as page:
        page.write("\n**글리프(glyph)**는 글자예요.\n")  # no check lets it pass
    assert cli.main(["runtime", "--required", "--root", str(folder)]) == 0
    for command in ("init --quiet", "add --all", "commit --quiet --message=all"):
        git(folder, *command.split())


@pytest.fixture(scope="session")
def runtime(original: Path) -> Path:
    """The folder of this machine that holds Python for the browser."""
    return PYODIDE.cache


@pytest.fixture(scope="session")
def site(shared: Shared, original: Path) -> Site:
    """The site of the tests' project, under a sub-path as GitHub Pages serves it."""

    def make(folder: Path) -> None:
        done = build(original, folder, SITE_URL=shared.urls["site"], REPO_URL=REPOSITORY)
        assert done.returncode == 0, done.stderr

    return shared.site("site", make)


@pytest.fixture(scope="session")
def exported(shared: Shared, original: Path) -> Site:
    """The same site with its exports, as ``make build`` makes it."""

    def make(folder: Path) -> None:
        # Only while it is made: the tests that follow know nothing of this site.
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SITE_URL", shared.urls["exported"])
            done = build(original, folder, REPO_URL=REPOSITORY, EXPORTED="1")
            assert done.returncode == 0, done.stderr
            assert cli.main(["export", str(folder), "--root", str(original)]) == 0

    return shared.site("exported", make)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with launch() as started:
        yield started


@pytest.fixture(scope="session")
def page_for_all(browser: Browser) -> Iterator[Page]:
    """The page of the tests that want no browser of their own (see ``opener``)."""
    with browser.new_context() as context:
        yield context.new_page()


@contextmanager
def opener(page_for_all: Page, site: Site) -> Iterator[Open]:
    """Give a function that opens a page of a site; consoles must stay empty.

    The first page without options is one that other tests had before: what it kept is forgotten.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    pages: list[Page] = []

    def console(message: ConsoleMessage) -> None:
        complaints.append(f"{message.type}: {message.text}")

    def error(error: Error) -> None:
        complaints.append(str(error))

    def open_(path: str, size: dict[str, int] = DESK, **options: object) -> Page:
        page = page_for_all
        if options or pages:
            assert page.context.browser
            context = page.context.browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
            contexts.append(context)
            page = context.new_page()
        pages.append(page)
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.on("console", console)
        page.on("pageerror", error)
        page.goto(site.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    if page_for_all in pages:
        forget(page_for_all, site)
        page_for_all.remove_listener("console", console)
        page_for_all.remove_listener("pageerror", error)
    assert complaints == []


def forget(page: Page, site: Site) -> None:
    """Leave nothing of a test in a page: no routes, emulated media, pointer, or storage."""
    page.unroute_all()
    page.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
    )
    page.evaluate("sessionStorage.clear()")
    storage = page.context.new_cdp_session(page)
    storage.send("Storage.clearDataForOrigin", {"origin": site.url, "storageTypes": "all"})
    storage.detach()
    page.goto("about:blank")
    page.mouse.move(0, 0)


@pytest.fixture
def open_page(page_for_all: Page, site: Site) -> Iterator[Open]:
    """Return a function that opens a page of the site; consoles must stay empty."""
    with opener(page_for_all, site) as open_:
        yield open_


def copy_content(folder: Path) -> Path:
    """Copy the tests' content into ``folder``; return it."""
    shutil.copytree(PROJECT, folder, symlinks=True, dirs_exist_ok=True)
    shutil.copy2(ROOT / "mkdocs.yml", folder)
    return folder


def copy_project(folder: Path) -> Path:
    """Copy the tests' content and the repository's code into ``folder``; return it."""
    copy_content(folder)
    for part in ("overrides", "papernotes"):
        ignored = shutil.ignore_patterns("__pycache__", "pdfjs", "pyodide")
        shutil.copytree(ROOT / part, folder / part, symlinks=True, ignore=ignored)
    return folder


@pytest.fixture
def unbuilt(tmp_path: Path) -> Path:
    """A copy of the tests' content that a test may break: enough for all but a build."""
    return copy_content(tmp_path / "project")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the tests' project, code and all, that a test may break."""
    return copy_project(tmp_path / "project")


def make(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real ``make`` on a copy of the project, with this environment's programs."""
    if not (project / "Makefile").exists():  # two may run at once
        shutil.copy2(ROOT / "Makefile", project)
    programs = [f"BIN={Path(sys.executable).parent}", "SITE="]
    return subprocess.run(
        ["make", *arguments, *programs],
        cwd=project,
        env={**os.environ, "MAKEFLAGS": "", "SITE_URL": "", "REPO_URL": "", **environment},
        capture_output=True,
        text=True,
    )


def replace(project: Path, path: str, old: str, new: str) -> Path:
    """Replace text which a file must hold, once."""
    file = project / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


@pytest.fixture
def edit(project: Path) -> Callable[[str, str, str], Path]:
    """Return a function that replaces text in the project."""
    return partial(replace, project)
