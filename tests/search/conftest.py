"""A page of the site whose console must stay empty."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.static_site import StaticSite

Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: StaticSite) -> Iterator[Open]:
    """Return a function that opens a page of the site; consoles must stay empty."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_(path: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
