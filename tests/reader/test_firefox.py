"""Firefox opens a paper, too."""

from pathlib import Path

import pytest

from tests import firefox
from tests.reader.conftest import Papers, paper

pytestmark = pytest.mark.browser


def test_firefox_draws_marks_and_asks(papers: Papers) -> None:
    file = papers.file("paper.pdf", paper())
    address = f"{papers.site.url}reader/"
    seen = firefox.visit(Path(__file__).with_name("firefox.js"), address=address, file=str(file))
    assert seen["complaints"] == []
    assert "인용 3곳을 모두 표시했어요." in seen["said"]
    assert set(seen["marks"]) == {"four-times", "larger-heaps"}
    assert seen["ink"] > 1000
    assert seen["block"].splitlines()[0] == "/// quote | p. 1"
    assert "because the machine remembers what it has once seen." in seen["block"]
