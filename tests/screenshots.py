"""Takes the pictures that a person should look at: ``python -m tests.screenshots``.

They go to screenshots/ (not committed), but the README's, which goes to .github/.
"""

import sys
import tempfile
from pathlib import Path

from tests.browser import launch
from tests.conftest import REPOSITORY, ROOT, build
from tests.static_site import StaticSite

PAGES = ["", "papers/", "papers/roberta/", "papers/electra/", "questions/", "glossary/"]
PAGES += ["sessions/roberta-electra/", "contributing/", "data/", "404.html"]


def main() -> int:
    """Build the site and take every page at 360 and 1280 px, light and dark."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as site,
        StaticSite(Path(site)) as served,
        launch() as chrome,
    ):
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
        page = chrome.new_page(viewport={"width": 1000, "height": 1150})
        page.goto(served.url + "papers/roberta/#static-masking")
        page.wait_for_timeout(1000)  # the header's title slides in
        page.screenshot(path=ROOT / ".github" / "screenshot.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
