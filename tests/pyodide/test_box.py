"""What malice reaches from readers' code in the browser: nothing outside its frame."""

import base64
import hashlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT
from tests.pyodide.attacks import JS, WAIT, another_server, programs, scripts
from tests.pyodide.reader import Reader
from tests.static_site import Site

pytestmark = pytest.mark.browser

NAME = "roberta/sequence_length.py"
FRAME = ROOT / "overrides" / "assets" / "runner" / "frame.htm"

# What else it might say, box.test.js reads.
FORGERIES = {
    "a_flood": "for (let i = 0; i < 200000; i++)"
    " postMessage({type: 'output', stream: 'out', text: 'x\\n'})",
    "markup_for_a_picture": "postMessage({type: 'figure', png: '\"><img src=x onerror=alert(1)>',"
    " width: 1, height: 1, texts: []})",
    "an_end_before_the_end": "postMessage({type: 'finished', error: null, dropped: 0, seconds: 0});"
    f" {WAIT}",
}


@pytest.fixture(scope="module")
def log() -> Iterator[tuple[str, list[str]]]:
    """Another server on loopback, and every path that it is asked for."""
    with another_server() as heard:
        yield heard


@pytest.fixture(scope="module")
def page(browser: Browser, site: Site) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(site.url + "papers/roberta/")
    yield page
    page.close()


@pytest.fixture(scope="module")
def reader(page: Page) -> Reader:
    found = Reader(page, NAME)
    found.expect_state("idle")
    return found


# The first, for it needs a page of its own: the others go on with the Python that it leaves.
def test_the_code_of_a_link_leaves_nothing_for_the_next_run(reader: Reader, site: Site) -> None:
    page = reader.page
    code = f"{JS}import builtins\nbuiltins.kept = 1\nrun_js('self.kept = 1')\nprint('end')"
    reader.edit(code)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.press("링크")
    expect(reader.snippet.get_by_role("status")).to_contain_text("복사했어요")
    address = page.evaluate("navigator.clipboard.readText()")
    page.goto("about:blank")
    page.goto(address)
    reader.expect_state("idle")
    assert "누군가 고친 코드" in reader.status
    reader.press("실행")
    assert reader.expect_state("done", "failed") == "done"
    reader.press("되돌리기")
    assert reader.run(f"{JS}import builtins\nprint(hasattr(builtins, 'kept'), hasattr(js, 'kept'))")
    assert reader.printed == "False False\n"


def test_code_reaches_no_network_no_storage_and_no_page_of_ours(
    reader: Reader, browser: Browser, site: Site, log: tuple[str, list[str]]
) -> None:
    url, asked = log
    page = reader.page
    page.evaluate("addEventListener('message', (e) => { self.heard += JSON.stringify(e.data); })")
    attempts = [
        f"run_js({script!r})\n" for script in scripts(url, site.url + "notes.json").values()
    ]
    tried = "".join([JS, *attempts, *programs(url).values(), "print('tried')"])
    assert reader.run(tried) == "done", reader.printed
    # What was started may still be under way: it is over when what is asked after it is heard.
    with browser.new_page() as other:
        other.goto(url + "control")
    assert reader.run("print('end')") == "done"
    heard = page.evaluate("heard")
    assert "tried" in heard
    assert "end" in heard
    assert "reached" not in heard
    assert [path for path in asked if path != "/favicon.ico"] == ["/control"]
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("indexedDB.databases()") == []


@pytest.mark.parametrize("name", FORGERIES)
def test_what_code_says_of_its_run_does_no_harm(name: str, reader: Reader) -> None:
    reader.edit(f"{JS}run_js({FORGERIES[name]!r})\nprint('end')")
    reader.press("실행")
    reader.expect_state("done", "failed")
    assert reader.page.locator("img[src=x]").count() == 0
    assert len(reader.printed) < 300_000
    assert reader.run("print('again')") == "done"
    assert reader.printed == "again\n"


def test_the_frame_allows_its_own_script_alone() -> None:
    frame = FRAME.read_text("utf-8")
    [script] = re.findall(r"<script>(.*?)</script>", frame, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in frame
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', frame)
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digest}' 'wasm-unsafe-eval' blob:; "
        "worker-src blob:; base-uri 'none'; form-action 'none'"
    )
