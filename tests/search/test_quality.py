"""The query sets through the site's search box, alone and among other sections."""

import json

import pytest
from playwright.sync_api import Page, Route

from tests.conftest import Open
from tests.search import queries
from tests.search.box import SearchBox
from tests.search.strangers import entries
from tests.static_site import Site

pytestmark = pytest.mark.browser

QUERIES, NOTHING = queries.load()
BEGINNERS, _ = queries.load("beginner")


@pytest.fixture
def page(open_search: Open) -> Page:
    return open_search("404.html")


def among_strangers(route: Route) -> None:
    """Answer with the index and 804 more passages in it."""
    index = route.fetch().json()
    index["entries"] += entries(134)
    route.fulfill(body=json.dumps(index), content_type="application/json")


def test_the_query_sets_are_large_and_varied() -> None:
    assert len(QUERIES) >= 60
    assert len(BEGINNERS) >= 40
    assert len(NOTHING) >= 20
    assert len({query.kind for query in QUERIES}) >= 8


def test_readers_find_what_they_look_for(page: Page, exported: Site) -> None:
    box = SearchBox.open(page, exported.url)
    scores = queries.score(QUERIES, box.search)
    assert scores.hit1 >= 0.95
    assert scores.hit3 >= 0.98
    assert scores.mrr10 >= 0.96
    assert scores.none <= 0.01


def test_what_the_notes_do_not_hold_is_not_found(page: Page, exported: Site) -> None:
    box = SearchBox.open(page, exported.url)
    assert {text: found for text in NOTHING if (found := box.search(text))} == {}


def test_readers_find_it_among_800_other_sections(page: Page, exported: Site) -> None:
    page.route("**/search/index.json", among_strangers)
    box = SearchBox.open(page, exported.url)
    scores = queries.score(QUERIES, box.search)
    assert scores.hit1 >= 0.95
