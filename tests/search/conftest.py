"""What the tests of the search share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.conftest import Open, opener
from tests.static_site import Site


@pytest.fixture
def open_search(page_for_all: Page, exported: Site) -> Iterator[Open]:
    """Return a function that opens a page of the exported site; consoles must stay empty."""
    with opener(page_for_all, exported) as open_:
        yield open_
