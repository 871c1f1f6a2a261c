"""Takes the pictures that a person should look at: ``python -m tests.screenshots``.

They go to screenshots/ (not committed), but the README's and home's, which go to .github/ and
docs/.
"""

import io
import sys
import tempfile
import textwrap
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from papernotes import cli
from tests.browser import launch
from tests.conftest import PROJECT, REPOSITORY, ROOT, build
from tests.pdf import Text, column, pdf
from tests.pyodide.reader import Reader
from tests.reader.conftest import ID, publish
from tests.static_site import StaticSite

PAGES = ["", "papers/", "papers/roberta/", "papers/electra/", "questions/", "glossary/"]
PAGES += ["sessions/roberta-electra/", "contributing/", "data/", "404.html"]


def take_runner(page: Page, url: str, folder: Path, suffix: str) -> None:
    """Take a snippet before, while and after it runs, edited, and failed."""
    page.goto(url + "papers/roberta/")
    reader = Reader(page, "roberta/median_of_five.py")

    def take(what: str) -> None:
        reader.snippet.screenshot(path=folder / f"runner-{what}-{suffix}.png")

    reader.expect_state("idle")
    take("1-before")
    reader.press("실행")
    reader.snippet.get_by_role("progressbar").wait_for()
    take("2-loading")
    reader.expect_state("done")
    take("3-after")
    reader.press("고치기")
    reader.run(reader.editor.input_value().replace("20_000", "2_000"))
    take("4-edited")
    reader.run("def half(x):\n    return x / 0\n\nprint(half(1))\n")
    take("5-failed")
    reader.press("되돌리기")


NOTE = f"""---
title: The Slow Hand
short: Slow Hand
description: 그림에 쓰는, 지어낸 논문의 노트예요.
authors: [A. Person]
year: 2024
venue: arXiv
arxiv: {ID}
---

지어낸 논문이에요.

## 한 번 적어 두면 다시 안 막히나 {{ #second-time }}

/// quote | p. 1
When a stop was written down with its place and an answer, nobody stopped there a second time.
///

/// question
    status: answered

정말 아무도 다시 안 막혔나요?
///

/// gist
    source: Slow Hand, p. 1

그 모임에서는 그랬어요. 말로만 넘긴 질문은 몇 주 뒤에 다시 나왔어요.
///

## 왜 천천히 쓰나 {{ #slow }}

/// quote | p. 1
A note is read more often than it is written, so the hand that writes it should be slow.
///

/// question
    status: open

얼마나 자주 읽히면 천천히 쓸 만한가요?
///
"""
"""A note on a paper of ours: no picture may show a page of somebody's."""


def take_reader(chrome: Browser, site: StaticSite, folder: Path) -> None:
    """Take the reader with a made-up paper in it."""
    lines = (PROJECT.parent / "one_page_paper.txt").read_text("utf-8")
    text = textwrap.wrap(" ".join(lines.split()), 46)
    half = (len(text) + 1) // 2
    title = Text(72, 735, "The Slow Hand", 16, "F2")
    file = folder / "paper.pdf"
    file.write_bytes(pdf([[title, *column(text[:half]), *column(text[half:], 318)]]))
    publish(NOTE, file, site.folder)
    page = chrome.new_page(viewport={"width": 1100, "height": 400})
    page.goto(site.url + "reader/")
    page.set_input_files("input[type=file]", file)
    page.locator("[data-mark]").nth(1).wait_for()
    page.wait_for_timeout(1000)  # the page is drawn over its marks
    taken = Image.open(io.BytesIO(page.screenshot()))
    taken.quantize(128).save(ROOT / "docs" / "reader.png", optimize=True)


def main() -> int:
    """Build the site and take every page at 360 and 1280 px, light and dark."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as site,
        StaticSite(Path(site)) as served,
        launch() as chrome,
    ):
        cli.main(["runtime", "--root", str(ROOT)])
        done = build(ROOT, Path(site), SITE_URL=served.url, REPO_URL=REPOSITORY)
        if done.returncode:
            sys.stderr.write(done.stderr)
            return 1
        for width in (360, 1280):
            for scheme in ("light", "dark"):
                page = chrome.new_page(
                    viewport={"width": width, "height": 900}, color_scheme=scheme
                )
                for address in PAGES:
                    page.goto(served.url + address)
                    name = address.strip("/").replace("/", "-") or "home"
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                take_runner(page, served.url, folder, f"{width}-{scheme}")
        page = chrome.new_page(viewport={"width": 1000, "height": 1150})
        page.goto(served.url + "papers/roberta/#static-masking")
        page.wait_for_timeout(1000)  # the header's title slides in
        page.screenshot(path=ROOT / ".github" / "screenshot.png")
        cli.main(["export", site, "--root", str(ROOT)])
        take_reader(chrome, served, Path(site).parent)
    return 0


if __name__ == "__main__":
    sys.exit(main())
