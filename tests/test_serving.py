"""A live preview shows what is saved, and keeps going: a broken page says what is wrong with it."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, expect

from tests.conftest import DESK, PHONE, copy_project, replace
from tests.looks import SCHEMES, faults
from tests.minutes import IDS, import_minutes
from tests.preview import Preview, options
from tests.test_guard import ACTIVE

pytestmark = pytest.mark.browser

NOTE = "docs/papers/roberta.md"
PARTS = [".pn-banner", ".pn-unread", ".pn-dead"]
"""What a preview adds to a page; the rest is looked at in test_browser.py."""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview as ``make serve`` starts it.

    A test ends when what it saved last is shown: what is saved while it is being built would stay
    unseen, as MkDocs takes the page for newer than its source.
    """
    project = copy_project(tmp_path_factory.mktemp("preview") / "project")
    with Preview(project, *options()) as started:
        yield started
        check_alive(started)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview as ``FULL=1 make serve`` starts it, of a project that is broken in every way."""
    project = copy_project(tmp_path_factory.mktemp("broken") / "project")
    redirect = "'0;url=https://e.invalid\" http-equiv=\"refresh'"
    (project / "docs" / "hostile.md").write_text(
        f"---\ntitle: '<img src=x onerror=alert(1)>hostile'\ndescription: {redirect}\n---\n\n"
        + "\n\n".join(ACTIVE),
        "utf-8",
    )
    replace(project, NOTE, "status: open", "status: opened")
    replace(project, NOTE, "(../sessions/roberta-electra.md)", f"(../{'long-' * 20}name.md)")
    replace(project, "docs/papers/electra.md", "year: 2020", "year: soon")
    included = "  - pymdownx.snippets:\n      check_paths: true\n"
    extensions = "markdown_extensions:\n"
    replace(project, "mkdocs.yml", extensions, f"{extensions}{included}")
    replace(project, "docs/sessions/index.md", "# ", '--8<-- "nowhere.md"\n\n# ')
    with Preview(project) as started:
        yield started
        check_alive(started)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is closed at the end: it would ask for its preview for ever."""
    with browser.new_context() as context:
        yield context.new_page()


def check_alive(preview: Preview) -> None:
    assert preview.process.poll() is None, preview.said
    assert "Traceback" not in preview.said


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def fetched(url: str) -> str:
    with urlopen(url) as answer:
        text: str = answer.read().decode()
    return text


def test_a_saved_note_is_on_screen_with_all_that_it_says(preview: Preview, page: Page) -> None:
    note = preview.project / NOTE
    before = note.read_bytes()
    page.goto(preview.url + "papers/roberta/")
    expect(page.locator("[data-status=mentor]")).to_have_count(0)
    text = note.read_text("utf-8").replace("status: open", "status: mentor", 1)
    note.write_text(text.replace("year: 2019", "year: 2091", 1), "utf-8")
    # The browser reloads by itself.
    expect(page.locator("[data-status=mentor]")).to_have_count(1, timeout=60_000)
    expect(page.locator(".pn-paper")).to_contain_text("2091")
    expect(page.locator("blockquote[data-verified]").first).to_be_visible()
    replace(preview.project, NOTE, "duplicated 10 times", "duplicated 12 times")
    expect(page.locator(".pn-unverified")).to_have_count(1, timeout=60_000)
    note.write_bytes(before)
    expect(page.locator(".pn-unverified")).to_have_count(0, timeout=60_000)


def test_what_was_saved_is_found(preview: Preview) -> None:
    def titles() -> set[str]:
        try:
            entries = json.loads(fetched(f"{preview.url}search/index.json"))["entries"]
        except HTTPError:  # not yet
            return set()
        return {entry["title"] for entry in entries}

    wait_until(lambda: "같은 마스크를 네 번 본다는 말" in titles())
    replace(preview.project, NOTE, "같은 마스크를 네 번 본다는 말", "새 제목")
    wait_until(lambda: "새 제목" in titles())


def test_a_broken_note_is_told_on_its_page_until_it_is_mended(preview: Preview, page: Page) -> None:
    before, heard = len(preview.problems), len(preview.said)
    page.goto(preview.url + "papers/roberta/")
    replace(preview.project, NOTE, "status: open", "status: opened")
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("docs/papers/roberta.md:41:5 PN203", timeout=30_000)
    expect(page.locator("[data-passage]")).to_have_count(5)
    banner.get_by_role("link", name="roberta.md:41:5").click()
    line = page.locator(".pn-unread :target")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("status: opened")
    replace(preview.project, NOTE, "status: opened", "status: open")
    expect(page.locator("[data-passage]")).to_have_count(6, timeout=30_000)
    expect(banner).to_have_count(0)
    assert preview.problems[before:] == ["docs/papers/roberta.md:41:5: PN203"]
    warnings = [line for line in preview.said[heard:].split("\n") if line.startswith("WARNING")]
    assert [line for line in warnings if "'dirty'" not in line] == []


def test_a_new_note_is_on_every_list(preview: Preview, tmp_path: Path) -> None:
    minutes = tmp_path / "day.md"
    minutes.write_text("# BERT\n\n- 왜 [MASK] 토큰을 15% 만 쓰나요?\n", "utf-8")
    assert "bert/" not in fetched(preview.url)
    import_minutes(preview.project, minutes, [IDS["bert"]])
    for address in ("", "papers/", "questions/", "sessions/"):
        word = "day/" if address == "sessions/" else "bert/"
        wait_until(lambda: word in fetched(preview.url + address))  # noqa: B023


def test_a_broken_project_is_previewed_from_the_start(broken: Preview, page: Page) -> None:
    """Everything that a page may do to a preview, in one: it starts, shows, and stays harmless."""
    bad = broken.project / "docs" / "glossary.md"
    good = bad.read_bytes()
    ran: list[str] = []
    foreign: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    def watch(request: Request) -> None:
        if not request.url.startswith(broken.url):
            foreign.append(request.url)

    page.on("dialog", dismiss)
    page.on("request", watch)
    page.goto(broken.url + "hostile/")
    expect(page.get_by_role("alert")).to_contain_text("docs/hostile.md:")
    page.goto(broken.url + "sessions/")
    expect(page.get_by_role("alert")).to_contain_text("PN710")
    page.goto(broken.url + "papers/electra/")
    expect(page.get_by_role("alert")).to_contain_text("docs/papers/electra.md:6:1 PN104")
    assert (ran, foreign) == ([], [])

    page.goto("about:blank")  # else the reload by itself races with the next visit
    bad.write_bytes(good + "한글".encode("cp949"))
    broken.wait_for("PN601")
    bad.write_bytes(good)
    broken.wait_for("Reloading browsers")
    page.goto(broken.url + "glossary/")
    expect(page.get_by_role("status")).to_contain_text("다른 쪽에서 고칠 곳")
    assert len(broken.problems) == len(set(broken.problems))


def test_the_banner_is_accessible_and_fits(broken: Preview, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    for address, role in [("papers/roberta/", "alert"), ("glossary/", "status")]:
        page.goto(broken.url + address)
        expect(page.locator(".pn-banner")).to_have_attribute("role", role)
        for width, height in (PHONE.values(), DESK.values()):
            page.set_viewport_size({"width": width, "height": height})
            for scheme, rules in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert faults(page, PARTS, rules) == [], (width, scheme, address)


def test_the_other_engine_shows_the_banner_too(
    project: Path, edit: Callable[..., Path], page: Page
) -> None:
    # Its server dates a page by the second, so that one of the same second is "not modified" for a
    # browser which keeps the old one; with a route it keeps none.
    page.route("**/*", lambda route: route.continue_())
    edit(NOTE, "status: open", "status: opened")
    with Preview(project, engine="zensical") as preview:
        preview.wait_for("No issues found")
        wait_until((project / "site" / "papers" / "roberta" / "index.html").exists)
        page.goto(preview.url + "papers/roberta/")
        expect(page.get_by_role("alert")).to_contain_text("docs/papers/roberta.md:41:5 PN203")
        expect(page.locator("[data-passage]")).to_have_count(5)
        expect(page).not_to_have_title(
            "Waiting for connection"
        )  # who does not listen hears nothing
        edit(NOTE, "status: opened", "status: open")
        preview.wait_for("고칠 곳이 모두 없어졌어요.")
        expect(page.locator("[data-passage]")).to_have_count(6, timeout=30_000)
        expect(page.locator(".pn-banner")).to_have_count(0)
        check_alive(preview)
