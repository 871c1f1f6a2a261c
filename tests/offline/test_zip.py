"""The site from a downloaded zip: unzipped, and opened by file path in a real Chromium."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PHONE, PROJECT, Shared, make
from tests.pyodide.reader import unfold

Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def unzipped(shared: Shared, original: Path) -> Path:
    """What a reader has who unzips what ``make offline`` made, in folders such as people have."""

    def make_zip(folder: Path) -> None:
        project = folder / "바탕 화면" / "내 노트"
        shutil.copytree(original, project, symlinks=True)
        done = make(project, "offline", NOTEBOOKS="false")
        assert done.returncode == 0, done.stdout + done.stderr
        ZipFile(project / "site.zip").extractall(folder / "받은 파일 #1")

    return shared.once("offline", make_zip) / "받은 파일 #1" / "papernotes"


@pytest.fixture
def open_file(browser: Browser, unzipped: Path) -> Iterator[Open]:
    """Return a function that opens a file on a phone; nothing may be asked or complained of."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", lambda request: asked.append(request.url))
    asked: list[str] = []

    def open_(path: str) -> Page:
        page = context.new_page()
        page.goto((unzipped / path).as_uri())
        return page

    yield open_
    context.close()
    assert complaints == []
    assert asked
    assert [url for url in asked if not url.startswith((unzipped.as_uri(), "data:"))] == []


def test_every_link_leads_to_a_file_that_is_there(unzipped: Path) -> None:
    checked = 0
    for file in unzipped.rglob("*.html"):
        if file.name == "404.html":
            continue  # its links begin at a server's root
        soup = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        for tag, attribute in [("a", "href"), ("img", "src"), ("link", "href"), ("script", "src")]:
            for found in soup.find_all(tag, {attribute: True}):
                target, _ = urldefrag(urljoin(file.as_uri(), str(found[attribute])))
                if target.startswith("file:"):
                    path = Path(unquote(target.removeprefix("file://")).split("?")[0])
                    assert path.is_file(), (file, found)
                    checked += 1
                else:
                    assert tag == "a" or found["rel"] == ["canonical"], (file, found)
    assert checked > 300


@pytest.mark.browser
def test_pages_figures_code_and_outputs_are_there(open_file: Open) -> None:
    page = open_file("index.html")
    page.locator(".pn-cards").get_by_role("link", name="RoBERTa").tap()
    expect(page.locator("[data-passage]")).to_have_count(6)
    assert page.evaluate("getComputedStyle(document.querySelector('.pn-quote')).display") == "block"
    snippet = page.locator('[data-snippet="roberta/static_masking.py"]')
    unfold(snippet)
    snippet.locator(".pn-code > summary").tap()
    source = (PROJECT / "snippets/roberta/static_masking.py").read_text("utf-8")
    assert snippet.locator(".pn-code pre code").inner_text().strip() == source.strip()
    recorded = (PROJECT / "snippets/roberta/static_masking.txt").read_text("utf-8")
    assert snippet.locator(".pn-recorded pre code").inner_text().strip() == recorded.strip()
    figure = snippet.locator("img")
    figure.scroll_into_view_if_needed()
    assert figure.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    figure.tap()
    expect(page.locator("dialog.pn-zoom")).to_be_visible()


@pytest.mark.browser
def test_the_search_finds_and_marks(open_file: Open) -> None:
    page = open_file("papers/electra.html")
    page.get_by_role("button", name="검색").tap()
    page.get_by_role("combobox", name="찾을 말").fill("동적마스킹은")
    result = page.locator("[role=option]", has_text="같은 마스크").first
    expect(result).to_be_visible()
    result.tap()
    page.wait_for_url("**/papers/roberta.html#*")
    expect(page.locator("mark").first).to_be_visible()


@pytest.mark.browser
def test_terms_explain_themselves_and_questions_are_filtered(open_file: Open) -> None:
    page = open_file("papers/roberta.html")
    page.locator("a.pn-term").first.tap()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("masked language model")
    tip.get_by_text("용어집에서 보기").tap()
    page.wait_for_url("**/glossary.html#*")
    page = open_file("papers/roberta.html")
    tag = page.locator("a.pn-tag", has_text="#nsp")
    unfold(tag)
    tag.tap()
    expect(page.locator(".pn-rows > li:visible")).to_have_count(1)
