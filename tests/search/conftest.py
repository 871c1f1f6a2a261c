"""What the tests of the search share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import DESK, Open
from tests.static_site import Site


@pytest.fixture
def open_search(browser: Browser, exported: Site) -> Iterator[Open]:
    """Return a function that opens a page of the exported site; consoles must stay empty."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(path: str, size: dict[str, int] = DESK, **options: object) -> Page:
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(exported.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
