"""How far a reader scrolls from a passage's title to its answer, on the built site.

Prints for each passage, at phone and desktop widths, the screens between the top of its heading
and the end of its short answer, or of the explanation's first paragraph where there is none; and
the height of the whole passage on a phone, as it is when the page opens. A screen is the viewport
less the 64 px that the page's bar and its shadow take.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser

from papernotes.note import library
from tests.browser import launch
from tests.conftest import REPOSITORY, ROOT, build
from tests.static_site import StaticSite

SIZES = ((360, 740), (390, 844), (1280, 900))
"""A small phone, a common one, a desktop: width and height in CSS pixels."""
WHOLE = 390
BAR = 64

_MEASURE = """(sections) => sections.map((section) => {
  const top = section.querySelector("h2").getBoundingClientRect().top;
  const whole = section.getBoundingClientRect().bottom - top;
  let end = section.querySelector("[data-gist]");
  if (!end) {
    for (const fold of section.querySelectorAll("details")) fold.open = true;
    end = section.querySelector(".pn-explanation p") ?? section;
  }
  return [section.dataset.passage, end.getBoundingClientRect().bottom - top, whole];
})"""


def measure(browser: Browser, url: str, size: tuple[int, int]) -> dict[str, tuple[float, float]]:
    """Return for each passage of a page the screens to the answer, and those of all of it."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(url, wait_until="load")
    page.evaluate("document.fonts.ready")
    found: list[Any] = page.locator("[data-passage]").evaluate_all(_MEASURE)
    page.close()
    screen = height - BAR
    return {id: (answer / screen, whole / screen) for id, answer, whole in found}


def main() -> None:
    """Print the table, in Markdown."""
    widths = [width for width, _ in SIZES]
    print("| 구절 |", *(f"{width} px |" for width in widths), f"접은 구절 전체, {WHOLE} px |")
    print("|---|" + "---:|" * (len(SIZES) + 1))
    with TemporaryDirectory() as folder, StaticSite(Path(folder)) as site, launch() as browser:
        done = build(ROOT, Path(folder), SITE_URL=site.url, REPO_URL=REPOSITORY)
        if done.returncode:
            raise SystemExit(done.stderr)
        for note in library.load(ROOT).notes:
            url = site.url + note.path.removesuffix(".md") + "/"
            by_size = {size[0]: measure(browser, url, size) for size in SIZES}
            for passage in note.passages:
                answers = [f"{by_size[width][passage.id][0]:.1f} |" for width in widths]
                print(f"| {passage.id} |", *answers, f"{by_size[WHOLE][passage.id][1]:.1f} |")


if __name__ == "__main__":
    main()
