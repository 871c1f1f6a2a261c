"""What a hand selects on the paper, in a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from playwright.sync_api import Browser, Page

from papernotes.export.fingerprints import sketch
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.fingerprint import Fingerprint
from papernotes.fingerprint.verify import verify
from papernotes.note.kinds import parse_place
from tests.reader.paper import ID, paper
from tests.static_site import Site

SPAN = """
([page, words]) => {
  for (const span of document.querySelectorAll(`[data-page-number="${page}"] .textLayer span`)) {
    const at = span.firstChild?.nodeValue?.indexOf(words) ?? -1;
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(span.firstChild, at);
    range.setEnd(span.firstChild, at + words.length);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return [left, right, (top + bottom) / 2];
  }
}
"""

# From where to where, and what the block says.
DRAGS = [
    (
        (1, "A second column"),
        (1, "that nobody has answered"),
        "§1, p. 1",
        "A second column starts here and goes on with the long-running matter of questions that "
        "nobody has answered",
    ),
    (
        (1, "Every note is read by"),
        (1, "members before it is sent."),
        "§1, p. 1",
        "Every note is read by [수식] members before it is sent.",
    ),
    (
        (1, "found that the order"),
        (1, "goes on with the long-"),
        "§1, p. 1",
        "found that the order of the notes does not matter. A second column starts here and goes "
        "on with the long-running",
    ),
    (  # begins on a link
        (1, "earlier study did"),
        (1, "of the notes does not matter."),
        "§1, p. 1",
        "earlier study did (Kim and Lee, 2019), and found that the order of the notes does not "
        "matter.",
    ),
    (
        (1, "The last sentence"),
        (2, "where a reader finds it"),
        "§2, pp. 1-2",
        "The last sentence of this page runs over its end and is finished on the next one, where "
        "a reader finds it",
    ),
]


@pytest.fixture
def opened(browser: Browser, exported: Site, tmp_path: Path) -> Iterator[tuple[Page, Fingerprint]]:
    """The reader with the paper open, as if the site had its fingerprint."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper())
    made = fingerprint.from_pdf(file, ID)
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    files = {"sketches": json.dumps({ID: sketch(made)}), ID: made.dumps()}
    page.route(
        "**/reader/fingerprints/*.json",
        lambda route: route.fulfill(body=files[PurePosixPath(route.request.url).stem]),
    )
    page.goto(f"{exported.url}reader/")
    page.set_input_files("input[type=file]", file)
    page.locator('[data-page-number="2"] .textLayer .endOfContent').wait_for(state="attached")
    page.get_by_text("아직 노트가 없는 논문이에요").wait_for()
    yield page, made
    context.close()
    assert complaints == []


def test_what_is_dragged_over_becomes_a_block_that_the_check_takes(
    opened: tuple[Page, Fingerprint],
) -> None:
    page, made = opened
    for start, end, place, text in DRAGS:
        left, _, top = page.evaluate(SPAN, start)
        _, right, bottom = page.evaluate(SPAN, end)
        page.mouse.move(left + 1, top)
        page.mouse.down()
        page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=3)
        page.mouse.move(right - 1, bottom, steps=3)
        page.mouse.up()
        page.get_by_role("button", name="이 문장 질문하기").click()
        block = page.locator("[data-block]")
        assert block.text_content() == f"/// quote | {place}\n{text}\n///"
        assert "지문과 낱말 하나하나 맞아요" in page.get_by_label("고른 문장").inner_text()
        read = parse_place(place)
        assert read is not None
        assert verify(text, read.pages, read.where, made) == []
        page.keyboard.press("Escape")
        page.evaluate("getSelection().removeAllRanges()")
