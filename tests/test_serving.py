"""A live preview keeps going: a broken page says what is wrong with it, and is mended in place."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, expect

from tests.conftest import DESK, PHONE
from tests.looks import SCHEMES, faults
from tests.preview import Preview
from tests.test_guard import ACTIVE

pytestmark = pytest.mark.browser

NOTE = "docs/papers/roberta.md"
PARTS = [".pn-banner", ".pn-unread", ".pn-dead"]
"""What a preview adds to a page; the rest is looked at in test_browser.py."""


@pytest.fixture
def serving(project: Path) -> Iterator[Callable[..., Preview]]:
    """Return a function that starts the preview of the project; it must live to the end."""
    with ExitStack() as started:

        def start(engine: str = "mkdocs") -> Preview:
            preview = started.enter_context(Preview(project, engine=engine))
            started.callback(check_alive, preview)
            return preview

        yield start


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is closed at the end: it would ask for its preview for ever."""
    with browser.new_context() as context:
        yield context.new_page()


def check_alive(preview: Preview) -> None:
    assert preview.process.poll() is None, preview.said
    assert "Traceback" not in preview.said


def test_a_broken_note_is_told_on_its_page_until_it_is_mended(
    serving: Callable[..., Preview], project: Path, edit: Callable[..., Path], page: Page
) -> None:
    preview = serving()
    page.goto(preview.url + "papers/roberta/")
    expect(page.locator(".pn-banner")).to_have_count(0)
    edit(NOTE, "status: open", "status: opened")
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("docs/papers/roberta.md:41:5 PN203", timeout=30_000)
    expect(page.locator("[data-passage]")).to_have_count(5)
    banner.get_by_role("link", name="roberta.md:41:5").click()
    line = page.locator(".pn-unread :target")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("status: opened")
    edit(NOTE, "status: opened", "status: open")
    expect(page.locator("[data-passage]")).to_have_count(6, timeout=30_000)
    expect(page.locator(".pn-banner")).to_have_count(0)
    assert preview.problems == ["docs/papers/roberta.md:41:5: PN203"]
    assert "WARNING" not in preview.said


def test_a_broken_project_is_previewed_from_the_start(
    serving: Callable[..., Preview], project: Path, edit: Callable[..., Path], page: Page
) -> None:
    """Everything that a page may do to a preview, in one: it starts, shows, and stays harmless."""
    hostile = project / "docs" / "hostile.md"
    redirect = "'0;url=https://e.invalid\" http-equiv=\"refresh'"
    hostile.write_text(
        f"---\ntitle: '<img src=x onerror=alert(1)>hostile'\ndescription: {redirect}\n---\n\n"
        + "\n\n".join(ACTIVE),
        "utf-8",
    )
    edit("docs/papers/electra.md", "year: 2020", "year: soon")
    included = "  - pymdownx.snippets:\n      check_paths: true\n"
    edit("mkdocs.yml", "markdown_extensions:\n", f"markdown_extensions:\n{included}")
    edit("docs/sessions/index.md", "# ", '--8<-- "nowhere.md"\n\n# ')
    bad = project / "docs" / "glossary.md"
    good = bad.read_bytes()
    preview = serving()
    ran: list[str] = []
    foreign: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    def watch(request: Request) -> None:
        if not request.url.startswith(preview.url):
            foreign.append(request.url)

    page.on("dialog", dismiss)
    page.on("request", watch)
    page.goto(preview.url + "hostile/")
    expect(page.get_by_role("alert")).to_contain_text("docs/hostile.md:")
    page.goto(preview.url + "sessions/")
    expect(page.get_by_role("alert")).to_contain_text("PN710")
    page.goto(preview.url + "papers/electra/")
    expect(page.get_by_role("alert")).to_contain_text("docs/papers/electra.md:6:1 PN104")
    assert (ran, foreign) == ([], [])

    page.goto("about:blank")  # else the reload by itself races with the next visit
    bad.write_bytes(good + "한글".encode("cp949"))
    preview.wait_for("PN601")
    bad.write_bytes(good)
    preview.wait_for("Reloading browsers")
    page.goto(preview.url + "glossary/")
    expect(page.get_by_role("status")).to_contain_text("다른 쪽에서 고칠 곳")
    assert len(preview.problems) == len(set(preview.problems))


def test_the_banner_is_accessible_and_fits(
    serving: Callable[..., Preview], edit: Callable[..., Path], page: Page
) -> None:
    edit(NOTE, "status: open", "status: opened")
    edit(NOTE, "(../sessions/roberta-electra.md)", f"(../{'long-' * 20}name.md)")
    preview = serving()
    page.emulate_media(reduced_motion="reduce")
    for width, height in (PHONE.values(), DESK.values()):
        page.set_viewport_size({"width": width, "height": height})
        for scheme, rules in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for address, role in [("papers/roberta/", "alert"), ("papers/electra/", "status")]:
                page.goto(preview.url + address)
                expect(page.locator(".pn-banner")).to_have_attribute("role", role)
                assert faults(page, PARTS, rules) == [], (width, scheme, address)


def test_the_other_engine_shows_the_banner_too(
    serving: Callable[..., Preview], edit: Callable[..., Path], page: Page
) -> None:
    edit(NOTE, "status: open", "status: opened")
    preview = serving("zensical")
    preview.wait_for("No issues found")
    page.goto(preview.url + "papers/roberta/")
    expect(page.get_by_role("alert")).to_contain_text("docs/papers/roberta.md:41:5 PN203")
    expect(page.locator("[data-passage]")).to_have_count(5)
    edit(NOTE, "status: opened", "status: open")
    preview.wait_for("고칠 곳이 모두 없어졌어요.")
    expect(page.locator("[data-passage]")).to_have_count(6, timeout=30_000)
    expect(page.locator(".pn-banner")).to_have_count(0)
