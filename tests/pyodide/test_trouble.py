"""What readers see when the runtime cannot be had, or is not what it should be."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Response, Route, expect

from papernotes.pyodide import pins
from tests.pyodide.reader import Reader
from tests.static_site import Site, compressed

pytestmark = pytest.mark.browser

NAME = "roberta/sequence_length.py"
LOST = ("worker.js", "harness.py.txt")
MISSING = "python_stdlib.zip"
FLIPPED = ("pyodide.asm.js", "pyodide.asm.wasm", pins.wheels("numpy")[0])
FILES = (*LOST, MISSING, *FLIPPED)
OFFLINE = "인터넷에 연결되지 않아 파이썬을 받지 못했어요. 연결한 뒤 다시 실행해 주세요."
DAMAGED = "받은 파일이 공식 파일과 달라서 쓰지 않았어요 ({}). 다시 실행하면 새로 받아요."


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as made:
        yield made


@pytest.fixture
def reader(context: BrowserContext, site: Site) -> Reader:
    page = context.new_page()
    page.goto(site.url + "papers/roberta/", wait_until="networkidle")
    found = Reader(page, NAME)
    found.expect_state("idle")
    return found


def test_before_the_first_click_nothing_is_fetched_but_small_scripts(
    context: BrowserContext, site: Site
) -> None:
    page = context.new_page()
    scripts: dict[str, int] = {}

    def note(answer: Response) -> None:
        folder, _, name = answer.url.rpartition("/")
        if folder.endswith(("assets/runner", "assets/pyodide")):
            scripts[name] = len(compressed(answer.body()))

    page.on("response", note)
    page.goto(site.url + "papers/roberta/", wait_until="networkidle")
    page.mouse.wheel(0, 300)
    expect(page.locator("[data-later]")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert scripts == {}
    Reader(page, NAME).expect_state("idle")  # opens the fold that the snippet lies in
    page.wait_for_load_state("networkidle")
    assert set(scripts) == {"runner.js", "editor.js", "edits.js"}
    assert sum(scripts.values()) < 10_000


def flip(route: Route) -> None:
    """Answer as the site does, but for one bit."""
    data = bytearray(route.fetch().body())
    data[len(data) // 2] ^= 1
    route.fulfill(body=bytes(data), content_type="application/octet-stream")


def test_whatever_goes_wrong_the_next_run_asks_again(
    reader: Reader, context: BrowserContext
) -> None:
    """All on one page, where Python starts once, near the end: no file comes before its turn."""
    context.set_offline(True)
    assert reader.run() == "failed"
    assert reader.status == OFFLINE
    context.set_offline(False)

    held: dict[str, Route] = {}

    def hold(route: Route) -> None:
        held[route.request.url.rpartition("/")[2]] = route

    def asked(file: str) -> Route:
        while file not in held:
            reader.page.wait_for_timeout(10)
        return held.pop(file)

    for file in ("runtime.json", *FILES):
        reader.page.route(f"**/{file}", hold)

    # A page of the network's own is not taken for Python.
    reader.press("실행")
    asked("runtime.json").fulfill(body="<!doctype html>")
    reader.expect_state("failed")
    assert reader.status == DAMAGED.format("runtime.json")

    # A stop ends the fetching of all.
    reader.press("실행")
    asked("runtime.json").continue_()
    for file in FILES:
        asked(file)
    reader.expect_state("loading")
    expect(reader.snippet.get_by_role("progressbar")).to_be_visible()
    reader.press("멈춤")
    assert reader.expect_state("stopped") == "stopped"

    # Each does not come, is not there or comes with a flipped bit, and then comes.
    reader.press("실행")
    for file in LOST:
        asked(file).abort()
        reader.expect_state("failed")
        assert reader.status == OFFLINE
        reader.press("실행")
        asked(file).continue_()
    asked(MISSING).fulfill(status=404)
    reader.expect_state("failed")
    assert f"사이트에 있어야 할 파일이 없어요 ({MISSING})." in reader.status
    reader.press("실행")
    asked(MISSING).continue_()
    for file in FLIPPED:
        flip(asked(file))
        reader.expect_state("failed")
        assert reader.status == DAMAGED.format(file)
        assert reader.printed == ""
        reader.press("실행")
        asked(file).continue_()
    assert reader.expect_state("done", "failed") == "done"

    # What is here is enough without a network; what is not does no harm to it.
    context.set_offline(True)
    other = Reader(reader.page, "roberta/median_of_five.py")
    assert other.run() == "done"
    assert other.snippet.get_attribute("data-same") == "true"
    drawing = Reader(reader.page, "roberta/static_masking.py")
    assert drawing.run() == "failed"
    assert drawing.status == OFFLINE
    assert reader.run() == "done"


def test_what_nobody_foresaw_ends_the_run_and_is_in_the_console(reader: Reader) -> None:
    reader.page.evaluate(
        "() => { crypto.subtle.digest = () => Promise.reject(new Error('no memory')) }"
    )
    with reader.page.expect_console_message(lambda message: "no memory" in message.text):
        assert reader.run() == "failed"
    assert "알 수 없는 이유으로" in reader.status
    assert reader.is_usable("실행")


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ("delete window.WebAssembly", "이 브라우저에서는 실행할 수 없어요."),
        ("Object.defineProperty(window, 'isSecureContext', {value: false})", "https 주소에서만"),
    ],
    ids=["an old browser", "a plain http address"],
)
def test_a_browser_that_cannot_is_told_so(
    context: BrowserContext, site: Site, lacking: str, said: str
) -> None:
    context.add_init_script(lacking)
    page = context.new_page()
    page.goto(site.url + "papers/roberta/")
    reader = Reader(page, NAME)
    reader.expect_state("idle")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    assert reader.run() == "failed"
    assert said in reader.status
    assert not [each for each in fetched if "pyodide" in each]
