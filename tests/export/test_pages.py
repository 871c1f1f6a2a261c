"""What the exports add to pages, in a real Chromium."""

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import DESK, PHONE
from tests.looks import CODE, faults
from tests.static_site import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"]
)
def test_a_page_is_accessible_and_asks_for_nothing_that_is_not_there(
    browser: Browser, exported: Site, size: dict[str, int], scheme: str
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "response",
        lambda answer: (
            complaints.append(answer.url)
            if answer.status >= 400 or not answer.url.startswith(exported.url)
            else None
        ),
    )
    page = context.new_page()
    for address in ("data/", "mentor/", "papers/electra/", "papers/electra/majority-class/"):
        page.goto(exported.url + address)
        if address == "data/":
            expect(page.get_by_role("button", name="이 기기에 저장하기")).to_be_visible()
        page.mouse.wheel(0, 300)
        expect(page.locator("[data-later]")).to_have_count(0)
        page.wait_for_load_state("networkidle")
        assert faults(page, CODE) == [], address
        assert complaints == [], address
    context.close()
