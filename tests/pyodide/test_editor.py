"""The editor on a phone: it opens where the reader is, and stays beside its buttons."""

import pytest
from playwright.sync_api import expect

from tests.conftest import PHONE, Open
from tests.pyodide.reader import Reader, unfold

HEAD = 88
"""The height in px of the bars at a phone's top: the site's and the strip of passages."""

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(open_page: Open) -> Reader:
    page = open_page("papers/roberta/", PHONE, has_touch=True, is_mobile=True)
    found = Reader(page, "roberta/static_masking.py")
    unfold(found.snippet)
    found.snippet.get_by_role("button", name="고치기").scroll_into_view_if_needed()
    return found


def test_the_editor_opens_in_view_with_the_caret_at_the_start(reader: Reader) -> None:
    reader.snippet.get_by_role("button", name="고치기").tap()
    expect(reader.editor).to_be_focused()
    box = reader.editor.bounding_box()
    assert box
    assert box["y"] >= HEAD
    assert box["y"] + box["height"] <= PHONE["height"]
    assert reader.editor.evaluate("(field) => field.selectionStart") == 0
    assert reader.editor.evaluate("(field) => field.offsetHeight") <= 0.6 * PHONE["height"]
    assert reader.editor.evaluate("(field) => field.scrollHeight > field.clientHeight")
    expect(reader.snippet.get_by_role("button", name="실행")).to_be_in_viewport()
    expect(reader.snippet.locator(".pn-run__status")).to_have_text("")  # no keys, no hint
    reader.page.set_viewport_size({"width": 360, "height": 400})  # a keyboard opens
    reader.page.wait_for_function(
        "(head) => document.activeElement.getBoundingClientRect().top <= 300"
        " && document.querySelector(':focus').closest('[data-snippet]')"
        ".querySelector('.pn-run').getBoundingClientRect().top >= head",
        arg=HEAD,
    )


def test_the_editor_is_closed_and_keeps_what_was_changed(reader: Reader) -> None:
    reader.snippet.get_by_role("button", name="고치기").tap()
    reader.editor.fill("print(1)")
    reader.snippet.get_by_role("button", name="닫기").tap()
    expect(reader.editor).to_be_hidden()
    assert reader.status == "고친 코드는 그대로 있어요."
    reader.snippet.get_by_role("button", name="고치기").tap()
    expect(reader.editor).to_have_value("print(1)")
    reader.snippet.get_by_role("button", name="되돌리기").tap()
    expect(reader.editor).to_have_count(0)


def test_each_button_is_large_enough_for_a_finger(reader: Reader) -> None:
    selector = ".pn-run > button:visible, .pn-actions > :visible:not(nav), .pn-fold > summary"
    for button in reader.page.locator(selector).all():
        box = button.bounding_box()
        assert box is None or box["height"] >= 44, button.inner_text()
