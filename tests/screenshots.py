"""Takes the pictures that a person should look at: ``python -m tests.screenshots``.

They go to screenshots/ (not committed), but the README's, which goes to .github/.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from papernotes import cli
from tests.browser import launch
from tests.conftest import REPOSITORY, ROOT, build
from tests.pyodide.reader import Reader
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
    return 0


if __name__ == "__main__":
    sys.exit(main())
