"""Firefox runs the search, too."""

from pathlib import Path

import pytest

from tests import firefox
from tests.static_site import Site, StaticSite

pytestmark = pytest.mark.browser


def test_firefox_finds_follows_marks_and_goes_back(exported: Site) -> None:
    with StaticSite(exported.folder, strict=True) as strict:
        address = f"{strict.url}papers/roberta/"
        seen = firefox.visit(Path(__file__).with_name("firefox.js"), address=address)
    assert seen["complaints"] == []
    assert seen["first"]["selected"] == "true"
    assert "교차 엔트로피" in seen["first"]["text"]
    assert seen["arrived"].partition("#")[2] == seen["first"]["href"].partition("#")[2]
    assert "?" not in seen["arrived"]
    assert {"교차 엔트로피", "cross-entropy"} & set(seen["marked"])
    assert seen["again"] == "cross entropy"
