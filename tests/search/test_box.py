"""The search box as readers use it: keys, input methods, addresses, phones."""

import unicodedata
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.conftest import DESK, PHONE, Open
from tests.looks import faults
from tests.static_site import Site

pytestmark = pytest.mark.browser


def box(page: Page) -> Locator:
    return page.get_by_role("dialog", name="검색")


def field(page: Page) -> Locator:
    return box(page).get_by_role("combobox", name="찾을 말")


def options(page: Page) -> Locator:
    return box(page).get_by_role("listbox").get_by_role("option")


def search(page: Page, text: str) -> Locator:
    page.keyboard.press("/")
    field(page).fill(text)
    expect(box(page).get_by_role("listbox")).to_have_attribute("aria-busy", "false")
    return options(page)


def test_a_key_opens_the_box_and_escape_closes_it(open_search: Open) -> None:
    page = open_search("papers/roberta/")
    for key in ("/", "Control+k", "Meta+k"):
        page.reload()  # the first key fetches the box
        page.keyboard.press(key)
        expect(field(page)).to_be_focused()
        page.keyboard.press("Escape")
        expect(box(page)).to_be_hidden()
        expect(page).to_have_url(page.url.partition("?")[0])


def test_a_key_that_is_typed_somewhere_opens_nothing(open_search: Open) -> None:
    page = open_search("questions/")
    page.locator("select").first.focus()
    page.keyboard.press("/")
    expect(box(page)).to_be_hidden()


def test_the_header_button_opens_the_box_and_gets_the_focus_back(open_search: Open) -> None:
    page = open_search("")
    opener = page.get_by_role("button", name="검색")
    for key in ("Enter", " "):
        page.reload()
        opener.focus()
        page.keyboard.press(key)
        expect(field(page)).to_be_focused()
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()


def test_without_scripts_the_button_leads_to_the_questions(open_search: Open) -> None:
    page = open_search("papers/electra/", java_script_enabled=False)
    page.get_by_role("link", name="검색").click()
    page.wait_for_url("**/questions/")


def test_what_is_typed_before_the_box_is_there_is_looked_for(open_search: Open) -> None:
    page = open_search("")
    held: list[Route] = []
    page.route("**/search/box.js", lambda route: held.append(route))
    page.keyboard.press("/")
    page.keyboard.type("dynamic masking")
    while not held:
        page.wait_for_timeout(10)
    held[0].continue_()
    expect(options(page).first).to_contain_text("동적 마스킹")
    expect(field(page)).to_have_value("dynamic masking")


def test_nothing_is_fetched_before_the_reader_turns_to_the_search(
    open_search: Open, exported: Site
) -> None:
    page = open_search("")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(exported.url)))
    page.goto(exported.url + "papers/roberta/")
    page.mouse.move(200, 200)
    page.mouse.wheel(0, 400)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search" in url] == ["assets/search/open.js"]


def test_a_result_says_status_paper_title_and_the_short_answer(open_search: Open) -> None:
    page = open_search("")
    first = search(page, "같은 마스크를 네 번").first
    for said in ("바로잡음", "같은 마스크를 네 번 본다는 말", "RoBERTa §4.1, 4쪽", "짧은 답"):
        expect(first).to_contain_text(said)
    expect(first.locator("mark").first).to_have_text("같은 마스크를 네 번")
    groups = box(page).get_by_role("group").and_(page.locator("[role=listbox] > *"))
    expect(groups.first).to_have_accessible_name("RoBERTa")


def test_a_members_words_have_the_name_and_say_that_they_were_corrected(open_search: Open) -> None:
    page = open_search("")
    first = search(page, "5살 애기랑 20살 영재").first
    expect(first).to_contain_text("상민의 답 · 바로잡은 답")


def test_filters_narrow_the_results_by_status_and_by_paper(open_search: Open) -> None:
    page = open_search("")
    results = search(page, "마스킹")
    count = results.count()
    chip = box(page).get_by_role("button", name="바로잡음")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(results.filter(has_not_text="바로잡음")).to_have_count(0)
    chip.click()
    expect(results).to_have_count(count)
    box(page).get_by_role("combobox", name="논문이나 쪽").select_option("용어")
    expect(results.filter(has_text="RoBERTa §")).to_have_count(0)


def test_decomposed_hangul_is_found(open_search: Open) -> None:
    page = open_search("")
    first = search(page, unicodedata.normalize("NFD", "정적마스킹")).first
    expect(first).to_contain_text("정적 마스킹")


def test_results_follow_an_input_method_syllable_by_syllable(open_search: Open) -> None:
    page = open_search("")
    page.keyboard.press("/")
    expect(options(page).first).to_be_visible()
    keyboard = page.context.new_cdp_session(page)
    for composing in ("ㅍ", "파", "판", "판ㅂ", "판벼", "판별", "판별ㅈ", "판별자"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": composing, "selectionStart": len(composing), "selectionEnd": len(composing)},
        )
        expect(field(page)).to_have_value(composing)
        if len(composing) > 1:
            expect(options(page).filter(has_text="판별자").first).to_be_visible()
    for key in ("Enter", "ArrowDown"):  # as browsers tell of them while composing
        field(page).dispatch_event("keydown", {"key": key, "keyCode": 229, "isComposing": True})
    expect(box(page).locator("[aria-selected=true]")).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "판별자"})
    expect(field(page)).to_have_value("판별자")
    expect(options(page).first).to_contain_text("판별자")
    expect(box(page)).to_be_visible()


def test_arrow_keys_walk_through_the_options_and_enter_follows_one(open_search: Open) -> None:
    page = open_search("")
    results = search(page, "cross entropy")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = results.nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", str(second.get_attribute("id")))
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box(page).locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(results.last).to_have_attribute("aria-selected", "true")
    expect(results.last).to_be_in_viewport()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    target = str(results.first.get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{target.partition('#')[2]}")


def test_enter_follows_the_best_result(open_search: Open) -> None:
    page = open_search("")
    search(page, "다수 클래스를 못 넘는다")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/electra/#majority-class")
    expect(page.locator("#majority-class")).to_be_in_viewport()


@pytest.mark.parametrize("text", ["동적마스킹", '"동적 마스킹"'])
def test_a_search_in_the_address_runs(open_search: Open, text: str) -> None:
    page = open_search(f"?q={quote(text)}")
    expect(field(page)).to_have_value(text)
    expect(options(page).first).to_contain_text("동적 마스킹")
    page.keyboard.press("Escape")
    expect(page).not_to_have_url("q=")


def test_going_back_leads_from_a_result_to_the_results_and_then_to_the_page(
    open_search: Open, exported: Site
) -> None:
    page = open_search("papers/roberta/")
    search(page, "커리큘럼").filter(has_text="ELECTRA").first.click()
    page.wait_for_url("**/papers/electra/#majority-class")
    page.go_back()
    expect(field(page)).to_have_value("커리큘럼")
    expect(options(page).first).to_be_visible()
    page.go_back()
    expect(box(page)).to_be_hidden()
    assert page.url == f"{exported.url}papers/roberta/"
    page.go_forward()
    expect(field(page)).to_have_value("커리큘럼")


def test_what_was_looked_for_last_is_offered_again_and_forgotten(open_search: Open) -> None:
    page = open_search("")
    search(page, "커리큘럼")
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")
    page.keyboard.press("/")
    last = options(page).filter(has_text="커리큘럼")
    last.click()
    expect(field(page)).to_have_value("커리큘럼")
    expect(options(page).first).to_contain_text("커리큘럼")
    field(page).fill("")
    box(page).get_by_role("button", name="최근 검색 지우기").click()
    expect(last).to_have_count(0)
    expect(field(page)).to_be_focused()


def test_where_nothing_is_found_there_is_a_way_on(open_search: Open) -> None:
    page = open_search("")
    found = search(page, "크로쓰앤트로피")
    expect(box(page).get_by_role("status")).to_contain_text("찾지 못했어요")
    expect(found.filter(has_text="열린 질문")).to_be_visible()
    found.filter(has_text="엔트로피").first.click()
    expect(options(page).filter(has_text="MLM의 손실은 왜").first).to_be_visible()


def test_without_an_index_the_box_says_so_and_leads_on(open_search: Open) -> None:
    page = open_search("")
    page.route("**/search/index.json", lambda route: route.fulfill(json={}))
    found = search(page, "마스킹")
    expect(box(page).get_by_role("status")).to_contain_text("불러오지 못했어요")
    page.unroute("**/search/index.json")
    field(page).fill("동적 마스킹")
    expect(found.first).to_contain_text("동적 마스킹")
    field(page).fill("")
    found.filter(has_text="용어").click()
    page.wait_for_url("**/glossary/")


def test_the_words_are_marked_on_the_page_and_their_folds_open(open_search: Open) -> None:
    page = open_search("", PHONE)
    search(page, "동적마스킹은").filter(has_text="같은 마스크를 네 번").click()
    page.wait_for_url("**/papers/roberta/#static-masking")  # an address to pass on
    marks = page.locator("article mark")
    expect(marks.first).to_be_visible()
    assert {text.casefold() for text in marks.all_inner_texts()} == {
        "동적 마스킹",
        "dynamic masking",
    }
    assert page.evaluate("[...document.querySelectorAll('mark')].every((m) => m.checkVisibility())")
    assert page.locator("#static-masking").bounding_box()["y"] < 200  # type: ignore[index]


def test_marking_needs_neither_the_index_nor_the_engine(open_search: Open, exported: Site) -> None:
    page = open_search("")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{exported.url}papers/electra/?h={quote('판별자')}")
    expect(page.locator("article mark").first).to_have_text("판별자")
    assert not [url for url in asked if "index.json" in url or "engine" in url or "box" in url]
    assert page.url == f"{exported.url}papers/electra/"


def test_code_is_neither_found_nor_marked(open_search: Open, exported: Site) -> None:
    page = open_search("")
    search(page, "default_rng")
    expect(box(page).get_by_role("status")).to_contain_text("찾지 못했어요")
    page.goto(f"{exported.url}papers/roberta/?h={quote('마스킹')}&h=rng")
    expect(page.locator("article mark").first).to_be_attached()
    expect(page.locator("article pre mark")).to_have_count(0)


def test_a_phone_shows_the_box_over_the_whole_window(open_search: Open) -> None:
    page = open_search("papers/electra/", PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="검색").tap()
    field(page).fill("셀프어텐션 비용")
    found = options(page).filter(has_text="처음 90% 동안 길이를 줄이지 않는다는 말")
    expect(found).to_be_visible()
    shown = box(page).bounding_box()
    assert shown
    assert (shown["x"], shown["y"], shown["width"]) == (0, 0, PHONE["width"])
    assert shown["height"] == page.evaluate("innerHeight")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    small = "(all) => all.filter((e) => e.getBoundingClientRect().height < 44).length"
    assert options(page).evaluate_all(small) == 0
    found.tap()
    page.wait_for_url("**/papers/roberta/#reduced-sequence-length")


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"]
)
def test_every_state_is_accessible(
    open_search: Open, exported: Site, size: dict[str, int], scheme: str
) -> None:
    small = "follow/"  # the box is the same, and axe walks through what is behind it, too
    page = open_search(small, size, color_scheme=scheme)

    def check() -> None:
        page.wait_for_function("document.querySelector('.pn-search').style.opacity === ''")
        assert faults(page, ".pn-search") == []

    search(page, "")
    check()
    search(page, "마스킹")
    page.keyboard.press("ArrowDown")
    check()
    box(page).get_by_role("button", name="바로잡음").click()
    expect(options(page).filter(has_not_text="바로잡음")).to_have_count(0)
    check()
    search(page, "크로쓰앤트로피")
    check()
    search(page, "다수 클래스")
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")
    page.goto(exported.url + small)
    search(page, "")
    check()
    page.route("**/search/index.json", lambda route: route.fulfill(json={}))
    page.reload()
    search(page, "마스킹")
    check()
