"""Readers run the snippets in a real Chromium, on Python from the site itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from papernotes.snippets import records
from papernotes.snippets.snippet import Snippet
from tests.conftest import DESK, PHONE, PROJECT
from tests.looks import SCHEMES, faults
from tests.pyodide.attacks import JS, WAIT
from tests.pyodide.reader import Reader
from tests.static_site import Site, StaticSite

pytestmark = pytest.mark.browser

NUMPY, PLAIN = "roberta/median_of_five.py", "roberta/input_formats.py"


@pytest.fixture(scope="module")
def strict_site(site: Site) -> Iterator[StaticSite]:
    """The same site with a Content-Security-Policy that allows nothing but itself."""
    with StaticSite(site.folder, strict=True) as served:
        yield served


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=DESK, reduced_motion="reduce") as made:  # type: ignore[arg-type]
        yield made


@pytest.fixture(scope="module")
def complaints(context: BrowserContext, strict_site: Site) -> list[str]:
    """What the console says and who else is asked, by all pages of the context."""
    found: list[str] = []
    context.on("console", lambda message: found.append(message.text))
    context.on("weberror", lambda error: found.append(str(error.error)))
    context.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((strict_site.url, "data:", "blob:"))
            else found.append(asked.url)
        ),
    )
    return found


@pytest.fixture(scope="module")
def reader(context: BrowserContext, complaints: list[str], strict_site: Site) -> Reader:
    """A reader of one page for all tests here, so that Python starts once."""
    page = context.new_page()
    page.goto(strict_site.url + "papers/roberta/")
    return Reader(page, NUMPY)


@pytest.fixture(autouse=True)
def back_to_the_record(reader: Reader, complaints: list[str]) -> Iterator[None]:
    yield
    reader.reset()
    said = complaints.copy()
    complaints.clear()
    assert said == []


def test_every_snippet_gives_the_recorded_output(reader: Reader) -> None:
    for each in reader.page.locator("[data-snippet]").all():
        name = str(each.get_attribute("data-snippet"))
        run = Reader(reader.page, name)
        assert run.run() == "done", (name, run.printed)
        assert each.get_attribute("data-same") == "true", (name, run.printed)
        record = records.read(Snippet(PROJECT, f"snippets/{name}"))
        assert isinstance(record, records.Record)
        assert run.printed == record.output
        assert each.locator(".pn-result img").count() == len(record.figures)


def test_a_second_run_asks_for_nothing(reader: Reader) -> None:
    reader.run()
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    assert reader.run() == "done"
    assert asked == []


def test_what_an_edit_changes_is_marked(reader: Reader) -> None:
    reader.press("고치기")
    code = reader.editor.input_value()
    expect(reader.snippet.locator(".pn-code > summary")).to_have_text("코드 38줄")
    assert reader.run(code.replace("default_rng(0)", "default_rng(1)")) == "done"
    assert reader.snippet.get_attribute("data-same") == "false"
    expect(reader.snippet.locator(".pn-code > summary")).to_have_text("고친 코드 38줄")
    gone, come = (reader.snippet.locator(f".pn-result {tag}") for tag in ("del", "ins"))
    assert gone.count() == come.count() > 0
    assert reader.status.startswith(f"기록된 출력과 {gone.count()}줄이 달라요.")
    reader.editor.press("End")
    reader.editor.press_sequentially(" ")
    assert reader.status == "고친 코드는 아직 실행하지 않았어요."
    assert reader.snippet.get_attribute("data-same") is None


def test_an_edit_that_changes_no_output_is_said_to_be_the_same(reader: Reader) -> None:
    reader.press("고치기")
    assert reader.run(reader.editor.input_value() + "# more") == "done"
    assert reader.snippet.get_attribute("data-same") == "true"
    assert reader.status.startswith("고쳤지만 기록된 출력과 같아요.")


def test_each_run_begins_with_nothing_left_of_the_last(reader: Reader) -> None:
    leave = """
import warnings, numpy as np, matplotlib.pyplot as plt
left = 1
warnings.simplefilter("ignore")
np.set_printoptions(precision=2)
plt.rc("font", size=40)
plt.figure()
"""
    look = """
import warnings, numpy as np, matplotlib.pyplot as plt
print("left" in globals(), np.array([1 / 3]), plt.rcParams["font.size"], plt.get_fignums())
warnings.warn("seen")
"""
    assert reader.run(leave) == "done"
    assert reader.run(look) == "done"
    assert "False [0.33333333] 10.0 []\n" in reader.printed
    assert "UserWarning: seen" in reader.printed


def test_a_figure_is_shown_without_plt_show_and_described(reader: Reader) -> None:
    code = """
import matplotlib.pyplot as plt
plt.plot([1, 2], label="two points")
plt.title("A line")
plt.xlabel("across")
plt.legend()
"""
    assert reader.run(code) == "done"
    image = reader.snippet.locator(".pn-result img")
    assert image.get_attribute("alt") == "방금 그린 그림 1: A line, across, two points"
    assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1228
    assert (image.get_attribute("width"), image.get_attribute("height")) == ("614", "461")
    image.click()
    expect(reader.page.locator("dialog.pn-zoom")).to_be_visible()
    reader.page.keyboard.press("Escape")


def test_hangul_in_a_figure_is_told_and_no_warning_is_the_readers(reader: Reader) -> None:
    reader.run("import matplotlib.pyplot as plt\nplt.title('제목')\nprint(1)")
    expect(reader.snippet.locator(".pn-result .pn-run__more")).to_contain_text("영어로 적어 주세요")
    assert reader.printed == "1\n"


def test_a_traceback_begins_at_the_readers_own_code(reader: Reader) -> None:
    assert reader.run("print(1)\ndef half(x):\n    return x / 0\nhalf(2)\n") == "failed"
    assert reader.printed == (
        "1\n"
        "Traceback (most recent call last):\n"
        f'  File "{NUMPY}", line 4, in <module>\n'
        "    half(2)\n"
        f'  File "{NUMPY}", line 3, in half\n'
        "    return x / 0\n"
        "           ~~^~~\n"
        "ZeroDivisionError: division by zero\n"
    )
    assert reader.snippet.get_attribute("data-same") == "false"
    assert reader.status.startswith("오류로 끝났어요.")


@pytest.mark.parametrize(
    ("code", "printed", "said"),
    [
        ("if True print(1)", "SyntaxError: invalid syntax", "오류로 끝났어요."),
        ("import torch", "No module named 'torch'", "표준 라이브러리와 numpy, matplotlib만"),
        ("name = input('?')", f'File "{NUMPY}", line 1', "입력을 받을 수 없어요"),
        ("import sys\nsys.stdin.read()", f'File "{NUMPY}", line 2', "입력을 받을 수 없어요"),
        ("x = bytearray(2 << 30)", "OverflowError", "2 GB보다 작아야 해요"),
        (
            "import numpy as np\nx = np.zeros(1 << 28)",
            "ValueError: array is",
            "2 GB보다 작아야 해요",
        ),
        (
            "import numpy as np\nx = [np.empty(1 << 27) for _ in range(4)]",
            "Unable to allocate 1.00 GiB",
            "모두 4 GB까지",
        ),
        ("def f(): f()\nf()", "RecursionError", "오류로 끝났어요."),
        ("import sys\nsys.exit('enough')", "SystemExit: enough", "오류로 끝났어요."),
        ("import js\njs.XMLHttpRequest.new()", "line 2", "오류로 끝났어요."),
        ("import js\njs.WebSocket.new('wss://example.org')", "line 2", "오류로 끝났어요."),
    ],
    ids=[
        *("syntax", "torch", "input", "stdin", "bytes of 2 GiB", "array of 2 GiB", "4 GiB"),
        *("recursion", "exit", "request", "socket"),
    ],
)
def test_what_cannot_work_says_why_and_the_next_run_works(
    reader: Reader, code: str, printed: str, said: str
) -> None:
    assert reader.run(code) == "failed"
    assert printed in reader.printed
    assert said in reader.status
    assert reader.run("print(6 * 7)") == "done"
    assert reader.printed == "42\n"


def test_a_hundred_thousand_lines_are_cut_and_counted(reader: Reader) -> None:
    assert reader.run("for i in range(100_000):\n    print(i)") == "done"
    assert reader.printed == "".join(f"{i}\n" for i in range(1000))
    expect(reader.snippet.locator(".pn-run__more")).to_have_text(
        "출력이 길어서 99,000줄은 보이지 않아요."
    )
    assert "기록과 비교하지 않았어요" in reader.status


def test_output_comes_while_the_code_runs_and_an_endless_loop_is_stopped(reader: Reader) -> None:
    """Meanwhile another snippet waits its turn, and can be called off."""
    reader.edit("print('before')\nwhile True:\n    pass")
    reader.press("실행")
    expect(reader.snippet.locator(".pn-result")).to_contain_text("before")
    assert reader.snippet.get_attribute("data-state") == "running"
    assert not reader.is_usable("실행")
    other = Reader(reader.page, PLAIN)
    other.press("실행")
    other.expect_state("loading")
    assert other.status == "앞의 코드가 끝나기를 기다려요."
    other.press("멈춤")
    other.expect_state("stopped")
    assert reader.snippet.get_attribute("data-state") == "running"
    other.press("실행")
    reader.press("멈춤")
    assert reader.expect_state("stopped") == "stopped"
    assert reader.status == "멈췄어요. 바로 다시 실행할 수 있어요."
    assert "before" in reader.printed
    assert not reader.is_usable("멈춤")
    assert other.expect_state("done") == "done"
    assert other.snippet.get_attribute("data-same") == "true"
    other.press("되돌리기")
    assert reader.run("print(6 * 7)") == "done"


def test_the_keyboard_runs_leaves_and_moves_on(reader: Reader) -> None:
    reader.edit("print(6 * 7)")
    reader.editor.press("Control+Enter")
    reader.expect_state("running", "done")
    reader.expect_state("done")
    reader.editor.press("Tab")
    expect(reader.editor).not_to_be_focused()
    reader.editor.focus()
    reader.editor.press("Escape")
    expect(reader.snippet.get_by_role("button", name="실행")).to_be_focused()


def test_a_new_line_is_indented_like_python(reader: Reader) -> None:
    reader.edit("")
    for line in ("for i in range(2):", "x = i", "print(x)"):
        reader.editor.press_sequentially(line)
        reader.editor.press("Enter")
    assert reader.editor.input_value() == "for i in range(2):\n    x = i\n    print(x)\n    "


def test_moving_about_the_page_leaves_an_edit_alone(reader: Reader) -> None:
    reader.edit("print('mine')")
    assert reader.run() == "done"
    said = reader.status
    reader.page.evaluate("location.hash = '#static-masking'")
    reader.page.evaluate("new Promise((resolve) => setTimeout(resolve))")
    assert reader.status == said
    assert reader.editor.input_value() == "print('mine')"


def test_every_state_is_accessible_and_fits(reader: Reader) -> None:
    page = reader.page
    page.mouse.wheel(0, 300)  # the theme's script is there, so that colours follow the device's
    expect(page.locator("[data-later]")).to_have_count(0)

    def look() -> list[str]:
        part = {"include": [["[data-snippet]"]], "exclude": [[".highlight pre"]]}
        found = []
        for size, (scheme, rules) in zip((PHONE, DESK), SCHEMES, strict=True):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme)
            of_theme = "slate" if scheme == "dark" else "default"
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", of_theme)
            found += faults(page, part, rules)
        return found

    names = [each.get_attribute("data-snippet") for each in page.locator("[data-snippet]").all()]
    others = [Reader(page, str(name)) for name in names if name != PLAIN]
    idle, failed, running, waiting, stopped, *_ = others
    done = Reader(page, PLAIN)
    idle.reset()
    idle.expect_state("idle")
    done.press("고치기")
    done.run(done.editor.input_value().replace("print(", "print('x', "))
    failed.run("1 / 0")
    running.edit(f"{JS}run_js({WAIT!r})")
    running.press("실행")
    running.expect_state("running")
    for each in (waiting, stopped):
        each.press("실행")
        each.expect_state("loading")
    stopped.press("멈춤")
    stopped.expect_state("stopped")
    states = [each.snippet.get_attribute("data-state") for each in (done, *others)]
    assert states[:6] == ["done", "idle", "failed", "running", "loading", "stopped"]
    assert look() == []

    page.evaluate("localStorage.clear()")
    page.reload()
    page.route("**/pyodide.asm.wasm", lambda route: None)
    reader.press("실행")
    expect(reader.snippet.get_by_role("progressbar")).to_be_visible()
    reader.expect_state("loading")
    assert look() == []
    page.unroute("**/pyodide.asm.wasm")


def test_an_edit_survives_a_reload_and_is_forgotten_by_a_reset(reader: Reader) -> None:
    reader.edit("print('mine')")
    reader.page.reload()
    reader.expect_state("idle")
    assert reader.editor.input_value() == "print('mine')"
    assert reader.status == "지난번에 고친 코드예요."
    reader.press("되돌리기")
    expect(reader.snippet.get_by_role("textbox")).to_have_count(0)
    assert reader.status == "기록된 코드와 출력으로 되돌렸어요."
    reader.page.reload()
    reader.expect_state("idle")
    expect(reader.snippet.get_by_role("textbox")).to_have_count(0)
    assert (
        reader.page.evaluate("Object.keys(localStorage).filter((k) => k.includes('snippets'))")
        == []
    )


def test_a_link_carries_the_edited_code_and_runs_nothing(
    reader: Reader, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.edit("print('받는 사람')")
    reader.press("고친 코드 링크 복사")
    expect(reader.snippet.get_by_role("status")).to_have_text("고친 코드를 여는 링크를 복사했어요.")
    link = reader.page.evaluate("navigator.clipboard.readText()")
    reader.press("되돌리기")
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(link)
    received = Reader(page, NUMPY)
    expect(received.editor).to_have_value("print('받는 사람')")
    expect(received.snippet).to_be_in_viewport()
    assert received.status == "링크에 담겨 온, 누군가 고친 코드예요. 읽어 보고 실행해 주세요."
    page.wait_for_load_state("networkidle")
    assert received.snippet.get_attribute("data-state") == "idle"
    assert not [each for each in fetched if "pyodide" in each or "run.js" in each]
    received.press("되돌리기")
    assert page.url.endswith("papers/roberta/")
    page.close()


def test_a_broken_link_shows_the_page_as_it_is(reader: Reader, strict_site: Site) -> None:
    for code in ("", "%%%", "AAAA", "x" * 9000):
        reader.page.goto(f"{strict_site.url}papers/roberta/?{len(code)}#run={NUMPY}&code={code}")
        reader.expect_state("idle")
        expect(reader.snippet.get_by_role("textbox")).to_have_count(0)
