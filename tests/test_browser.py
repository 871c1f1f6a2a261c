"""Every page in a real Chromium: nothing foreign, nothing broken, nothing unreachable."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import DESK, PHONE, PROJECT, Open
from tests.looks import CODE, COLOURS, SCHEMES, faults
from tests.pyodide.reader import unfold
from tests.static_site import Site

pytestmark = pytest.mark.browser


def addresses() -> list[str]:
    """An address for each kind of page, from the sources: known before the site is built.

    Of notes and of the codes' pages, which are all made alike, one stands for them.
    """
    files = [
        file.relative_to(PROJECT / "docs") for file in sorted((PROJECT / "docs").rglob("*.md"))
    ]
    alike = {"rules/pn201.md", "rules/pn301.md", "papers/roberta.md"}
    sources = [file for file in files if file.as_posix() not in alike]
    pages = [
        source.parent if source.stem == "index" else source.with_suffix("") for source in sources
    ]
    return [*(f"{page}/" if page.name else "" for page in pages), "404.html"]


@pytest.fixture(scope="module")
def visitor(browser: Browser, site: Site) -> Iterator[tuple[Page, list[str]]]:
    """One page for all addresses, and what its console says and whom else it asks."""
    complaints: list[str] = []
    with browser.new_context(reduced_motion="reduce") as context:
        context.on("console", lambda message: complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("request", lambda request: complaints.append(request.url))
        yield context.new_page(), complaints


@pytest.mark.parametrize("address", addresses())
def test_a_page_is_accessible_and_fits_and_asks_nobody_else(
    visitor: tuple[Page, list[str]], site: Site, address: str
) -> None:
    page, complaints = visitor
    complaints.clear()
    for scheme, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(site.url + address, wait_until="load")
        dark = page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        assert dark == (scheme == "dark")
        page.evaluate("document.querySelectorAll('details').forEach((e) => e.open = true)")
        for size, part in ((PHONE, None), (DESK, CODE)):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert faults(page, part, rules) == [], (scheme, size)
    own = (site.url, "data:")
    assert [each for each in complaints if not each.startswith(own)] == []


def test_pages_are_readable_without_scripts(open_page: Open, site: Site) -> None:
    page = open_page("", PHONE, java_script_enabled=False)
    for address in addresses():
        page.goto(site.url + address)
        expect(page.locator("article")).to_be_visible()
        assert len(page.locator("article").inner_text()) > 40, address
        expect(page.locator(".pn-copy:visible")).to_have_count(0)
        expect(page.locator(".pn-filter:visible")).to_have_count(0)
    page.goto(site.url + "papers/roberta/")
    expect(page.locator("[data-passage]")).to_have_count(6)
    expect(page.locator("[data-passage] blockquote").first).to_be_visible()
    page.goto(site.url + "questions/")
    expect(page.locator(".pn-rows > li:visible")).to_have_count(8)


def fetched_by(page: Page) -> list[str]:
    """The file names that a reload of the page asks for, growing as it asks for more."""
    names: list[str] = []
    page.on("request", lambda request: names.append(request.url.rpartition("/")[2]))
    page.reload(wait_until="networkidle")
    return names


def asked(names: list[str], part: str) -> bool:
    return any(part in name for name in names)


def test_the_themes_script_waits_for_the_readers_first_move(open_page: Open) -> None:
    page = open_page("papers/roberta/")
    names = fetched_by(page)
    # A browser tells of a pointer that rests where the page comes up.
    page.evaluate("dispatchEvent(new PointerEvent('pointermove'))")
    assert not asked(names, "bundle")
    expect(page.locator("[data-later]")).to_have_count(1)
    page.mouse.wheel(0, 300)
    expect(page.locator("[data-later]")).to_have_count(0)
    assert asked(names, "bundle")
    assert not asked(names, "search_index")


def test_a_move_before_the_whole_page_is_there_does_not_lose_the_themes_script(
    open_page: Open, site: Site
) -> None:
    page = open_page("404.html", bypass_csp=True)
    html = (site.folder / "questions/index.html").read_text("utf-8")
    script = '<script type="text/plain" data-later'
    assert script in html
    early = html.replace(script, f"<script>dispatchEvent(new Event('scroll'))</script>{script}")
    page.route("**/questions/", lambda route: route.fulfill(body=early, content_type="text/html"))
    page.goto(site.url + "questions/")
    page.mouse.wheel(0, 300)
    expect(page.locator("[data-later]")).to_have_count(0)


def test_the_colours_can_be_changed_by_the_first_tap(open_page: Open) -> None:
    page = open_page("", PHONE, has_touch=True, is_mobile=True, color_scheme="light")
    scheme = page.locator("body")
    expect(scheme).to_have_attribute("data-md-color-scheme", "default")
    for expected in ("default", "slate"):
        page.locator("label[for^=__palette]:visible").tap()
        expect(scheme).to_have_attribute("data-md-color-scheme", expected)
        page.wait_for_timeout(500)
    page.reload()
    expect(scheme).to_have_attribute("data-md-color-scheme", "slate")


def test_questions_are_filtered_and_the_choice_is_kept_in_the_address(open_page: Open) -> None:
    page = open_page("questions/")
    rows = page.locator(".pn-rows > li:visible")
    expect(rows).to_have_count(8)
    page.get_by_label("상태").select_option("corrected")
    expect(rows).to_have_count(4)
    page.get_by_label("논문").select_option("ELECTRA")
    expect(rows).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("질문 8개 가운데 1개를 보여요.")
    assert "status=corrected" in page.url
    page.reload()
    expect(rows).to_have_count(1)
    page.get_by_label("사람").select_option("세진")
    expect(rows).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("조건을 하나 풀어 보세요")
    page.get_by_role("button", name="모두 보기").click()
    expect(rows).to_have_count(8)


def test_a_tag_leads_to_its_questions(open_page: Open) -> None:
    page = open_page("papers/roberta/")
    passage = page.locator("[data-passage=segment-pair-vs-sentence-pair]")
    passage.get_by_text("더 보기").click()
    passage.get_by_role("link", name="#nsp").click()
    expect(page.locator(".pn-rows > li:visible")).to_have_count(1)
    page.get_by_role("button", name="모두 보기").click()
    page.locator(".pn-rows").get_by_role("link", name="#nsp").click()
    expect(page.get_by_label("태그")).to_have_value("nsp")
    expect(page.locator(".pn-rows > li:visible")).to_have_count(1)


def test_a_term_explains_itself_to_the_keyboard(open_page: Open) -> None:
    page = open_page("papers/roberta/")
    term = page.locator("a.pn-term").first
    term.focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("masked language model")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_term_explains_itself_to_the_mouse(open_page: Open) -> None:
    page = open_page("papers/roberta/")
    page.locator("a.pn-term").nth(3).hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.locator("h1").hover()
    expect(tip).to_be_hidden()


def test_a_tap_shows_the_meaning_and_the_link_in_it_leads_to_the_glossary(
    open_page: Open,
) -> None:
    page = open_page("papers/roberta/", PHONE, has_touch=True, is_mobile=True)
    page.locator("a.pn-term").first.tap()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    assert page.url.endswith("papers/roberta/")
    box = tip.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    tip.get_by_text("용어집에서 보기").tap()
    page.wait_for_url("**/glossary/#*")


def test_the_link_to_a_passage_is_copied(open_page: Open, site: Site) -> None:
    page = open_page("papers/roberta/", permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("[data-copy-link=static-masking]")
    button.click()
    expect(button).to_have_text("복사했어요")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{site.url}papers/roberta/#static-masking"
    page.goto(copied)
    expect(page.locator("[data-passage=static-masking] h2")).to_be_in_viewport()


def test_tables_can_be_scrolled_by_keyboard(open_page: Open) -> None:
    page = open_page("papers/roberta/", PHONE)
    region = page.locator(".pn-table-region", has_text="XLNet-base").first
    unfold(region)
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert region.evaluate("(each) => each.scrollLeft") > 0
    assert region.get_attribute("aria-label")


def test_a_wide_formula_in_a_line_scrolls_in_itself(open_page: Open) -> None:
    page = open_page("data/#wide", PHONE)
    formula = page.locator(".pn-math--wide")
    assert formula.evaluate("(each) => each.scrollWidth > each.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    formula.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert formula.evaluate("(each) => each.scrollLeft") > 0


def test_focus_can_be_seen(open_page: Open) -> None:
    page = open_page("papers/roberta/")
    for _ in range(12):
        page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_korean_words_are_not_broken(open_page: Open) -> None:
    page = open_page("papers/roberta/", PHONE)
    for selector in ("h2", ".pn-explanation p", ".pn-answer p", ".pn-translation p"):
        value = page.locator(selector).first.evaluate("(e) => getComputedStyle(e).wordBreak")
        assert value == "keep-all", selector


def test_print_leaves_the_controls_out(open_page: Open) -> None:
    page = open_page("papers/roberta/")
    page.emulate_media(media="print")
    expect(page.locator(".pn-actions:visible")).to_have_count(0)
    expect(page.locator(".md-header:visible")).to_have_count(0)
    expect(page.locator("[data-passage] blockquote").first).to_be_visible()


@pytest.mark.parametrize(("scheme", "expected"), [("light", "default"), ("dark", "slate")])
def test_the_devices_colours_are_there_from_the_first_paint(
    open_page: Open, scheme: str, expected: str
) -> None:
    page = open_page("", color_scheme=scheme)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", expected)
    expect(page.locator("script[data-later]")).to_have_count(1)


def test_a_snippets_code_is_folded_and_copied(open_page: Open) -> None:
    page = open_page("papers/roberta/", permissions=["clipboard-read", "clipboard-write"])
    snippet = page.locator('[data-snippet="roberta/static_masking.py"]')
    expect(snippet).to_be_hidden()
    unfold(snippet)
    expect(snippet.locator(".pn-code pre").first).to_be_hidden()
    snippet.locator(".pn-code > summary").click()
    expect(snippet.locator(".pn-code pre").first).to_be_visible()
    snippet.get_by_role("button", name="코드 복사").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    source = (PROJECT / "snippets" / "roberta" / "static_masking.py").read_text("utf-8")
    assert copied.rstrip() == source.rstrip()


def test_a_figure_is_shown_large_and_closed_again(open_page: Open) -> None:
    page = open_page("papers/roberta/")
    figure = page.locator('[data-snippet="roberta/static_masking.py"] img')
    unfold(figure)
    figure.scroll_into_view_if_needed()
    assert figure.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    assert figure.get_attribute("alt")
    figure.click()
    expect(page.get_by_role("dialog", name=figure.get_attribute("alt"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()


REFUSED = """for (const [holder, name] of [
  [window, "localStorage"], [window, "sessionStorage"],
  [Navigator.prototype, "serviceWorker"], [window, "caches"],
]) {
  const get = () => { throw new DOMException("no", "SecurityError"); };
  Object.defineProperty(holder, name, { get });
}
"""
"""A browser that keeps nothing for a site, as with cookies blocked or in a sandboxed frame."""


def test_a_browser_that_refuses_to_keep_anything_reads(open_page: Open) -> None:
    page = open_page("404.html", color_scheme="dark")
    page.add_init_script(REFUSED)
    page.goto(page.url.replace("404.html", "papers/roberta/"))
    scheme = page.locator("body")
    expect(scheme).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("label[for^=__palette]:visible").click()
    expect(scheme).to_have_attribute("data-md-color-scheme", "default")
    page.goto(page.url.replace("papers/roberta/", "data/"))
    expect(page.locator("article h1")).to_be_visible()


def test_a_link_opens_the_fold_that_it_leads_into(open_page: Open) -> None:
    page = open_page("papers/roberta/", PHONE)
    table = page.locator("[data-passage=static-masking] .pn-explanation table").first
    expect(table).to_be_hidden()
    table.evaluate("(each) => { each.id = 'inside'; location.hash = 'inside'; }")
    expect(table).to_be_in_viewport()


def test_the_words_of_a_search_are_marked_in_folds_that_open(open_page: Open) -> None:
    page = open_page("papers/roberta/?h=readme#static-masking", PHONE)
    expect(page.locator("[data-passage=static-masking] .pn-explanation mark").first).to_be_visible()


def test_what_is_folded_can_be_opened_without_scripts(open_page: Open) -> None:
    page = open_page("papers/roberta/", PHONE, java_script_enabled=False)
    passage = page.locator("[data-passage=static-masking]")
    answer = passage.locator(".pn-answer").first
    expect(answer).to_be_hidden()
    passage.get_by_role("heading", name="모임의 답 3개").click()
    expect(answer).to_be_visible()


def test_answers_and_explanation_are_open_where_there_is_room(open_page: Open) -> None:
    page = open_page("papers/roberta/")
    passage = page.locator("[data-passage=static-masking]")
    expect(passage.locator(".pn-answer").first).to_be_visible()
    expect(passage.locator(".pn-explanation")).to_be_visible()
    expect(passage.locator(".pn-snippet")).to_be_hidden()


def test_the_button_to_the_top_stands_below_the_strip(open_page: Open) -> None:
    page = open_page("papers/roberta/", PHONE)
    for height in (3000, 2000):  # the theme shows it to those who scroll back
        page.mouse.wheel(0, height - page.evaluate("scrollY"))
        page.wait_for_function("([y]) => Math.abs(scrollY - y) < 5", arg=[height])
    button = page.locator(".md-top")
    expect(button).not_to_have_attribute("hidden", "")
    box, strip = button.bounding_box(), page.locator(".pn-strip").bounding_box()
    assert box
    assert strip
    assert box["y"] >= strip["y"] + strip["height"]


def test_a_strip_says_on_a_phone_which_passage_it_is_and_leads_to_another(open_page: Open) -> None:
    page = open_page("papers/roberta/", PHONE, has_touch=True, is_mobile=True)
    strip = page.locator(".pn-strip")
    expect(strip).to_be_hidden()
    page.get_by_role("navigation", name="이 쪽의 구절").locator("a").nth(2).tap()
    expect(strip.locator("summary")).to_contain_text("RoBERTa · 3/6")
    strip.locator("summary").tap()
    strip.locator("a").nth(4).tap()
    expect(strip.locator("summary")).to_contain_text("RoBERTa · 5/6")
    heading = page.locator("[data-passage=median-of-five-runs] h2").bounding_box()
    bar = strip.bounding_box()
    assert heading
    assert bar
    assert heading["y"] >= bar["y"] + bar["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_read_in_light_colours_with_what_was_folded(
    open_page: Open, scheme: Literal["light", "dark"]
) -> None:
    page = open_page("papers/roberta/", color_scheme=scheme)
    page.emulate_media(media="print", color_scheme=scheme)
    passage = page.locator("[data-passage=static-masking]")
    for folded in (".pn-answer", ".pn-explanation", ".pn-quote--evidence", ".pn-recorded pre"):
        expect(passage.locator(folded).first).to_be_visible()
    expect(passage.locator(".pn-code pre").first).to_be_hidden()
    assert faults(page, None, COLOURS) == []
