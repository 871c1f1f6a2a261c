"""A look sees what is wrong with words wherever they stand, although it judges each kind once."""

import pytest
from playwright.sync_api import Page

from tests.looks import faults

pytestmark = pytest.mark.browser

DARK = "<p>낱말이 있는 글이에요.</p>" * 3
PALE = [
    f"{DARK}<p style='color: #bbb'>창백한 글이에요.</p>{DARK}",
    f"<p class='pale' hidden>글이에요.</p><p class='pale'>글이에요.</p>{DARK}",
    "<p class='pale'>글</p><p class='pale'>또</p><p class='pale'>글이에요.</p>",
    f"{DARK}<div style='background: #444'>{DARK}</div>",
    f"{DARK}<p><span class='pale'>창백한 글이에요.</span></p>",
    f"<div style='opacity: 0.3'>{DARK}</div>{DARK}",
    f"<div>{DARK}</div><div class='part'><p class='pale'>글이에요.</p></div>",
]


def test_pale_words_are_found_among_others(page_for_all: Page) -> None:
    def look(html: str, part: str | None = None) -> list[str]:
        style = "<style>p { color: #222 } p.pale, .pale { color: #bbb }</style>"
        head = f"<!doctype html><html lang='ko'><title>글</title>{style}"
        page_for_all.set_content(f"{head}<main><h1>글</h1>{html}</main>")
        return [fault.partition(":")[0] for fault in faults(page_for_all, part)]

    assert look(DARK) == []
    for html in PALE:
        assert look(html) == ["color-contrast"], html
    assert look(PALE[-1], ".part") == ["color-contrast"]
    assert look("<p class='pale'>글이에요.</p><div class='part'></div>", ".part") == []
