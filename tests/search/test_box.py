"""The search box as readers use it: keys, input methods, addresses, phones."""

import unicodedata
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import PHONE, Open
from tests.static_site import Site

pytestmark = pytest.mark.browser


def field(page: Page) -> Locator:
    return page.locator(".md-search__input")


def results(page: Page) -> Locator:
    """The results that are found, without the pages that only head them."""
    return page.locator(".md-search-result__link:not(:has([data-md-score='0.00'])):visible")


def search(page: Page, text: str) -> Locator:
    field(page).click()
    field(page).fill(text)
    return results(page)


def test_results_name_the_passage_its_paper_and_its_status(open_page: Open) -> None:
    page = open_page("")
    first = search(page, "같은 마스크를 네 번").first
    expect(first).to_contain_text("같은 마스크를 네 번 본다는 말")
    expect(first.locator(".md-tag")).to_have_text(["바로잡음", "RoBERTa §4.1, 4쪽"])
    group = page.locator(".md-search-result__item").first
    expect(group).to_contain_text("RoBERTa: A Robustly Optimized")


def test_a_result_shows_the_words_in_their_sentence_and_leaves_particles_unmarked(
    open_page: Open,
) -> None:
    page = open_page("")
    first = search(page, "생성자를 고정하고").first
    marks = first.locator("mark:not(:empty)")
    expect(marks.first).to_be_visible()
    marked = marks.all_inner_texts()
    assert "생성자" in marked
    assert not [text for text in marked if text.endswith(("를", "는", "가"))]
    assert len(first.inner_text()) < 500


def test_a_quoted_phrase_means_its_words_in_a_row(open_page: Open) -> None:
    page = open_page("")
    scattered = search(page, "마스킹 손실")
    expect(scattered.first).to_be_visible()
    field(page).fill('"마스킹 손실"')
    expect(page.locator(".md-search-result__meta")).to_contain_text("일치하는 문서가 없습니다")
    field(page).fill('"동적 마스킹"')
    expect(results(page).first).to_contain_text("동적 마스킹")


def test_decomposed_hangul_is_found(open_page: Open) -> None:
    page = open_page("")
    first = search(page, unicodedata.normalize("NFD", "정적마스킹")).first
    expect(first).to_contain_text("정적 마스킹")


def test_results_follow_an_input_method_syllable_by_syllable(open_page: Open) -> None:
    page = open_page("")
    field(page).click()
    keyboard = page.context.new_cdp_session(page)
    for composing in ("ㅍ", "파", "판", "판ㅂ", "판벼", "판별", "판별ㅈ", "판별자"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": composing, "selectionStart": len(composing), "selectionEnd": len(composing)},
        )
        expect(field(page)).to_have_value(composing)
        if len(composing) > 1:
            expect(results(page).filter(has_text="판별자").first).to_be_visible()
    keyboard.send("Input.insertText", {"text": "판별자"})
    expect(field(page)).to_have_value("판별자")
    expect(results(page).first).to_contain_text("판별자")


def test_arrow_keys_walk_through_the_results_and_enter_follows_one(open_page: Open) -> None:
    page = open_page("")
    expect(search(page, "cross entropy").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    focused = page.locator(".md-search-result__link:focus")
    expect(focused).to_contain_text("교차 엔트로피")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/roberta/#cross-entropy-for-mlm")


def test_enter_follows_the_best_result(open_page: Open) -> None:
    page = open_page("")
    expect(search(page, "다수 클래스를 못 넘는다").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/electra/#majority-class")
    expect(page.locator("#majority-class")).to_be_in_viewport()


@pytest.mark.parametrize("text", ["동적마스킹", '"동적 마스킹"'])
def test_a_search_in_the_address_runs(open_page: Open, text: str) -> None:
    page = open_page(f"?q={quote(text)}")
    expect(field(page)).to_have_value(text)
    expect(results(page).first).to_contain_text("동적 마스킹")


def test_the_words_are_marked_on_the_page_that_a_result_leads_to(open_page: Open) -> None:
    page = open_page("")
    found = search(page, "동적마스킹은")
    found.filter(has_text="같은 마스크를 네 번").click()
    page.wait_for_url("**/papers/roberta/#static-masking")  # an address to pass on
    marks = page.locator("article mark")
    expect(marks.first).to_be_visible()
    assert {text.casefold() for text in marks.all_inner_texts()} == {
        "동적 마스킹",
        "dynamic masking",
    }


def test_marking_needs_neither_the_index_nor_the_worker(open_page: Open, site: Site) -> None:
    page = open_page("")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}papers/electra/?h={quote('판별자')}")
    expect(page.locator("article mark").first).to_have_text("판별자")
    assert not [url for url in asked if "search_index" in url or "/workers/" in url]
    assert page.url == f"{site.url}papers/electra/"


def test_code_is_neither_found_nor_marked(open_page: Open) -> None:
    page = open_page("")
    field(page).click()
    field(page).fill("default_rng")
    expect(page.locator(".md-search-result__meta")).to_contain_text("일치하는 문서가 없습니다")
    page.goto(page.url + f"papers/roberta/?h={quote('마스킹')}")
    expect(page.locator("article mark").first).to_be_visible()
    expect(page.locator("article pre mark")).to_have_count(0)


def test_a_phone_shows_the_results_over_the_page(open_page: Open) -> None:
    page = open_page("papers/electra/", PHONE, has_touch=True, is_mobile=True)
    page.locator("label[for=__search]:visible").first.tap()
    field(page).fill("셀프어텐션 비용")
    found = results(page).filter(has_text="처음 90% 동안 길이를 줄이지 않는다는 말")
    expect(found).to_be_visible()
    slid_in = "(e) => e.getBoundingClientRect().left >= 0 && e.getBoundingClientRect().right <= 360"
    page.wait_for_function(slid_in, arg=found.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    found.tap()
    page.wait_for_url("**/papers/roberta/#reduced-sequence-length")


@pytest.mark.parametrize("text", ["BERT:", "마스킹*", "손실^", '"동적', "-", "-공유", "a:b^c~"])
def test_marks_of_a_query_grammar_do_no_harm(open_page: Open, text: str) -> None:
    page = open_page("")
    field(page).click()
    field(page).fill("판별자")
    expect(results(page).first).to_be_visible()
    field(page).fill(text)
    field(page).fill(f"{text} 판별자")
    expect(field(page)).to_have_value(f"{text} 판별자")
    page.wait_for_timeout(300)  # the console stays empty
