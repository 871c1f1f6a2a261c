"""What the tests of the search share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.conftest import Open, opener
from tests.static_site import Site


@pytest.fixture
def open_search(browser: Browser, exported: Site) -> Iterator[Open]:
    """Return a function that opens a page of the exported site; consoles must stay empty."""
    with opener(browser, exported) as open_:
        yield open_
