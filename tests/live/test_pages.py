"""Every page that people wrote, built: its links, its words, its looks, its code, either engine."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from papernotes import cli
from papernotes.snippets import records
from papernotes.snippets.snippet import Snippet
from tests import engines
from tests.conftest import DESK, PHONE, ROOT, Shared
from tests.live.conftest import SETTINGS
from tests.looks import CODE, faults
from tests.pyodide.reader import Reader
from tests.static_site import Site, StaticSite

DOCS = ROOT / "docs"
SOURCES = sorted(
    file.relative_to(DOCS)
    for file in [*DOCS.rglob("*.md"), *(DOCS / "notebooks").glob("*.py")]
    if not file.match("rules/pn*")  # they belong to the code, whose tests look at their kind
)
NOTES = [source for source in SOURCES if source.match("papers/*") and source.stem != "index"]


def address(source: Path) -> str:
    page = source.parent if source.stem == "index" else source.with_suffix("")
    return f"{page.as_posix()}/" if page.name else ""


@pytest.fixture(scope="module")
def pages(live: Site) -> dict[str, Any]:
    """Every page, as lxml's tree, by its address."""
    return {
        live.url + file.relative_to(live.folder).as_posix().removesuffix("index.html"): (
            html.document_fromstring(file.read_text("utf-8"))
        )
        for file in sorted(live.folder.rglob("*.html"))
    }


def test_every_source_is_a_page(live: Site, pages: dict[str, Any]) -> None:
    assert {live.url + address(source) for source in SOURCES} <= pages.keys()


def test_every_link_and_anchor_inside_the_site_resolves(live: Site, pages: dict[str, Any]) -> None:
    ids = {url: set(tree.xpath("//@id")) for url, tree in pages.items()}
    for url, tree in pages.items():
        for link in tree.xpath("//a/@href | //link/@href | //img/@src | //script/@src"):
            target, fragment = urldefrag(urljoin(url, link))
            target = target.partition("?")[0]
            if target in pages and fragment.startswith("paper="):  # what the reader is to open
                assert pages[target].xpath("//*[@data-reader]"), (url, link)
            elif target in pages:
                # The theme's own link to the top of a notebook's page leads to its first heading.
                assert not fragment or unquote(fragment) in ids[target], (url, link)
            elif target.startswith(live.url):
                file = live.folder / unquote(target.removeprefix(live.url))
                assert file.is_file(), (url, link)


def test_every_page_has_a_title_a_description_and_one_main_heading(pages: dict[str, Any]) -> None:
    for url, tree in pages.items():
        assert tree.findtext("head/title"), url
        assert tree.xpath("//meta[@name='description']/@content"), url
        assert len(tree.xpath("//h1")) == 1, url
        for image in tree.xpath("//article//img"):
            assert image.get("alt"), (url, image.get("src", "")[:200])


def test_no_page_says_that_markdown_was_left_unparsed(pages: dict[str, Any]) -> None:
    exempt = " or ".join(f"ancestor::{name}" for name in ("pre", "code", "math", "script", "style"))
    for url, tree in pages.items():
        for words in tree.xpath(f"//text()[not({exempt})]"):
            for sign in ("///", "**", "arithmatex"):
                assert sign not in words, url


def test_every_quotation_is_verified_in_the_build(pages: dict[str, Any]) -> None:
    for url, tree in pages.items():
        quotations = tree.xpath("//blockquote[@cite]")
        assert quotations == tree.xpath("//blockquote[@data-verified]"), url


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone, for one address after another."""
    with browser.new_context(viewport=PHONE, reduced_motion="reduce") as context:  # type: ignore[arg-type]
        yield context.new_page()


@pytest.fixture
def page(phone: Page, live: Site) -> Iterator[Page]:
    """That page, held to be quiet: nobody else may be asked, and the console stays empty."""
    complaints: list[str] = []
    listeners: dict[str, Callable[[Any], None]] = {
        "console": lambda message: complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "request": lambda request: complaints.append(request.url),
    }
    for event, listener in listeners.items():
        phone.on(event, listener)  # type: ignore[call-overload]
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    yield phone
    for event, listener in listeners.items():
        phone.remove_listener(event, listener)
    own = re.compile(rf"{re.escape(live.url)}|http://127\.0\.0\.1:\d+/papernotes/|data:|blob:")
    assert [each for each in complaints if not own.match(each)] == []


@pytest.mark.browser
@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_a_page_is_accessible_and_fits(page: Page, live: Site, source: Path) -> None:
    page.goto(live.url + address(source), wait_until="load")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert faults(page, CODE) == []  # on a phone
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.fixture(scope="module")
def strict(live: Site) -> Iterator[Site]:
    """The same site from a server with a policy, for all notes: Python is fetched once."""
    with StaticSite(live.folder, strict=True) as served:
        yield served


@pytest.mark.browser
@pytest.mark.parametrize("source", NOTES, ids=str)
def test_a_notes_snippets_give_the_same_in_the_browser(
    page: Page, strict: Site, source: Path
) -> None:
    page.goto(strict.url + address(source))
    for each in page.locator("[data-snippet]").all():
        name = str(each.get_attribute("data-snippet"))
        reader = Reader(page, name)
        assert reader.run() == "done", (name, reader.printed)
        record = records.read(Snippet(ROOT, f"snippets/{name}"))
        assert isinstance(record, records.Record)
        assert (each.get_attribute("data-same"), reader.printed) == ("true", record.output)
        assert each.locator(".pn-result img").count() == len(record.figures)


def test_the_next_engine_builds_the_same_pages_and_exports(live: Site, shared: Shared) -> None:
    def make(folder: Path) -> None:
        (ROOT / "build").mkdir(exist_ok=True)
        with TemporaryDirectory(prefix="zensical.", dir=ROOT / "build") as inside:  # as it must be
            site = Path(inside) / "site"
            done = subprocess.run(
                [Path(sys.executable).with_name("zensical"), "build", "--clean", "--strict"],
                cwd=ROOT,
                capture_output=True,
                text=True,
                env={**os.environ, **SETTINGS, "SITE_DIR": str(site.relative_to(ROOT))},
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert cli.main(["export", str(site), "--root", str(ROOT)]) == 0
            shutil.move(site, folder)

    assert engines.compare(live.folder, shared.once("live-zensical", make)).unexplained == ()
