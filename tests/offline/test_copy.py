"""The copy for reading offline: made when the reader asks, never shown while there is a network."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from papernotes.export import app
from tests.conftest import PHONE
from tests.pyodide.reader import unfold
from tests.static_site import Site, StaticSite

pytestmark = pytest.mark.browser


@pytest.fixture
def published(exported: Site, tmp_path: Path) -> Iterator[StaticSite]:
    """The exported site, to be published anew in the middle of a test."""
    folder = tmp_path / "published"
    shutil.copytree(exported.folder, folder, ignore=shutil.ignore_patterns("pyodide", "pdfjs"))
    with StaticSite(folder, "/group/notes/") as served:
        yield served


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert complaints == []


def save(phone: BrowserContext, site: Site) -> Page:
    """Save the site as a reader does; return the page."""
    page = phone.new_page()
    page.goto(site.url + "data/#offline")
    page.get_by_role("button", name="이 기기에 저장하기").tap()
    expect(page.locator("[data-offline-copy]").get_by_role("status")).to_contain_text("저장했어요")
    return page


def publish(site: Site, path: str, old: str, new: str) -> None:
    """Publish a changed page."""
    file = site.folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    listed = json.dumps(app.offline_list(site.folder))
    (site.folder / app.LIST).write_text(listed, "utf-8")


def workers_of(page: Page) -> int:
    count: int = page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    )
    return count


def wait_for(page: Page, condition: str, old: str = "") -> None:
    """Wait until the names of the page's caches fulfil a condition, as long as a page may load."""
    found = page.evaluate(
        f"""async (old) => {{
          for (let tries = 0; tries < 600; tries++) {{
            const names = await caches.keys();
            if ({condition}) return true;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }}
        }}""",
        old,
    )
    assert found, condition


def caches_of(page: Page) -> list[str]:
    names: list[str] = page.evaluate("caches.keys()")
    return names


def test_a_reader_who_does_not_ask_gets_no_copy(
    phone: BrowserContext, published: StaticSite
) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url.removeprefix(published.url)))
    page = phone.new_page()
    page.goto(published.url + "papers/roberta/", wait_until="networkidle")
    page.mouse.wheel(0, 400)
    expect(page.locator("[data-later]")).to_have_count(0)
    page.wait_for_timeout(300)
    assert not [path for path in asked if "offline" in path or "sw.js" in path]
    assert caches_of(page) == []
    assert workers_of(page) == 0


def test_every_page_opens_offline_with_its_figures_and_the_search(
    phone: BrowserContext, published: StaticSite
) -> None:
    page = save(phone, published)
    phone.set_offline(True)
    page.goto(published.url)
    page.locator(".pn-cards").get_by_role("link", name="RoBERTa").tap()
    expect(page.locator("[data-passage]")).to_have_count(6)
    assert page.evaluate("getComputedStyle(document.querySelector('.md-grid')).maxWidth") != "none"
    figure = page.locator('[data-snippet="roberta/static_masking.py"] img')
    unfold(figure)
    figure.scroll_into_view_if_needed()
    assert figure.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    tag = page.locator("a.pn-tag", has_text="#nsp")
    unfold(tag)
    tag.tap()
    expect(page.locator(".pn-rows > li:visible")).to_have_count(1)
    page.get_by_role("button", name="검색").tap()
    page.get_by_role("combobox", name="찾을 말").fill("동적마스킹은")
    page.locator("[role=option]", has_text="같은 마스크").first.tap()
    page.wait_for_url("**/papers/roberta/#*")
    expect(page.locator("mark").first).to_be_visible()
    for file in sorted(published.folder.rglob("index.html")):
        address = published.url + file.parent.relative_to(published.folder).as_posix()
        answer = page.goto(address, wait_until="commit")  # nobody waits until it is drawn
        assert answer
        assert answer.from_service_worker
        assert answer.body() == file.read_bytes()


def test_online_a_new_version_shows_at_once_and_then_offline_too(
    phone: BrowserContext, published: StaticSite
) -> None:
    page = save(phone, published)
    [first] = caches_of(page)
    script = published.url + "assets/papernotes.js"
    page.evaluate(
        "async ([name, url]) => (await caches.open(name)).put(url, new Response('poison'))",
        [first, script],
    )
    page.goto(published.url + "papers/electra/")
    publish(published, "papers/electra/index.html", "다수 클래스를 넘지", "새 판의 제목을 넘지")
    page.reload()
    expect(page.locator("#majority-class")).to_contain_text("새 판의 제목")
    wait_for(page, "names.length === 1 && names[0] !== old", first)
    kept = page.evaluate("async (url) => (await caches.match(url)).text()", script)
    assert kept == (published.folder / "assets/papernotes.js").read_text("utf-8")  # as it came
    phone.set_offline(True)
    page.reload()
    expect(page.locator("#majority-class")).to_contain_text("새 판의 제목")


def test_a_file_comes_from_the_network_too_and_all_is_forgotten_when_the_reader_says_so(
    phone: BrowserContext, published: StaticSite
) -> None:
    page = save(phone, published)
    file = published.folder / "assets" / "filter.js"
    old = file.read_text("utf-8")
    file.write_text("// 새 판", "utf-8")  # the list of the copy's files still knows the old one
    fetched = "fetch('../assets/filter.js', { cache: 'reload' }).then((file) => file.text())"
    page.reload()
    assert page.evaluate(fetched) == "// 새 판"
    phone.set_offline(True)
    assert page.evaluate(fetched) == old
    phone.set_offline(False)
    page.get_by_role("button", name="저장한 것 지우기").tap()
    expect(page.get_by_role("button", name="이 기기에 저장하기")).to_be_visible()
    assert caches_of(page) == []


def test_a_button_shows_when_it_says_what_it_does(
    phone: BrowserContext, published: StaticSite
) -> None:
    page = phone.new_page()
    waiting: list[Route] = []
    page.route("**/offline.json", lambda route: waiting.append(route))
    page.goto(published.url + "data/")
    button = page.locator("[data-offline-copy] button")
    expect(button).to_be_attached()
    expect(button).to_be_hidden()
    waiting.pop().continue_()
    expect(page.get_by_role("button", name="이 기기에 저장하기")).to_be_visible()


def test_a_copy_that_cannot_be_whole_leaves_nothing(
    phone: BrowserContext, published: StaticSite
) -> None:
    (published.folder / "papers/electra/index.html").write_text("<p>바뀌는 중</p>", "utf-8")
    page = phone.new_page()
    page.goto(published.url + "data/")
    page.get_by_role("button", name="이 기기에 저장하기").tap()
    status = page.locator("[data-offline-copy]").get_by_role("status")
    expect(status).to_contain_text("다시 눌러 주세요")
    assert caches_of(page) == []
    assert workers_of(page) == 0


def test_an_update_that_fails_keeps_the_old_copy(
    phone: BrowserContext, published: StaticSite
) -> None:
    page = save(phone, published)
    before = caches_of(page)
    publish(published, "papers/electra/index.html", "다수 클래스를 넘지", "새 판의 제목을 넘지")
    publish(published, "glossary/index.html", "</h1>", " (새 판)</h1>")
    (published.folder / "glossary/index.html").write_text("<p>바뀌는 중</p>", "utf-8")
    page.goto(published.url + "papers/electra/", wait_until="networkidle")
    page.wait_for_timeout(500)
    assert caches_of(page) == before
    phone.set_offline(True)
    page.goto(published.url + "glossary/")
    expect(page.locator("h1")).not_to_contain_text("새 판")


def test_installing_the_app_saves_it(phone: BrowserContext, published: StaticSite) -> None:
    page = phone.new_page()
    page.goto(published.url)
    page.evaluate("dispatchEvent(new Event('appinstalled'))")
    wait_for(page, "await caches.match(new URL('offline.json', location.href).href)")


def test_an_apps_window_saves_once(phone: BrowserContext, published: StaticSite) -> None:
    page = phone.new_page()
    page.add_init_script(  # Chromium cannot be told to emulate it
        """window.matchMedia = ((real) => (query) => (
          query === "(display-mode: standalone)" ? { matches: true } : real.call(window, query)
        ))(window.matchMedia);"""
    )
    page.goto(published.url + "data/")
    wait_for(page, "Object.keys(localStorage).some((key) => key.endsWith('.offline'))")
    assert len(caches_of(page)) == 1
    page.reload()
    page.get_by_role("button", name="저장한 것 지우기").tap()
    expect(page.get_by_role("button", name="이 기기에 저장하기")).to_be_visible()
    page.reload(wait_until="networkidle")
    assert caches_of(page) == []


def test_a_browser_finds_it_fit_to_install(phone: BrowserContext, published: StaticSite) -> None:
    page = phone.new_page()
    page.goto(published.url + "papers/roberta/")
    session = phone.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == published.url + "manifest.webmanifest"
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # An incognito window, such as this one, installs nothing.
    assert [error["errorId"] for error in errors] in ([], ["in-incognito"])


def test_the_runtime_is_left_to_the_browsers_own_cache(tmp_path: Path) -> None:
    for path in ("index.html", "assets/pyodide/pyodide.js", "assets/x.js", "notes.json", "a.ipynb"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    assert [file["path"] for file in app.offline_list(tmp_path)["files"]] == ["assets/x.js", ""]
