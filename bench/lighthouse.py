"""Lighthouse's scores and the page weight of the built site, as a phone on a slow network sees it.

Prints for each page the median of three runs of npm's ``lighthouse`` (phone preset) and the bytes
that the page loads before anyone touches it. It prints and never judges: scores depend on the
machine's load.
"""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from papernotes.export.command import export
from papernotes.note import library
from tests.browser import FLAGS, chromium_path
from tests.conftest import REPOSITORY, build
from tests.static_site import StaticSite

ROOT = Path(__file__).parent.parent
PAGES = {"홈": "", "RoBERTa": "papers/roberta/", "ELECTRA": "papers/electra/"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3


@dataclass(frozen=True)
class Report:
    """One run on one page: a score of 0 to 100 a category, and bytes over the network."""

    scores: dict[str, float]
    transferred: float


def audit(url: str) -> Report:
    """Run Lighthouse once on a page.

    Raises:
        subprocess.CalledProcessError: Lighthouse could not load the page.
    """
    chrome = "--chrome-flags=" + " ".join(("--headless=new", *FLAGS))
    done = subprocess.run(
        ["npx", "--no-install", "lighthouse", url, "--quiet", "--output=json", chrome],
        cwd=ROOT,
        env={**os.environ, "CHROME_PATH": chromium_path() or ""},
        stdout=subprocess.PIPE,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return Report(
        scores={name: 100 * result["categories"][name]["score"] for name in CATEGORIES},
        transferred=result["audits"]["total-byte-weight"]["numericValue"],
    )


def main() -> None:
    """Print the table, in Markdown."""
    print("| 쪽 |", " | ".join(CATEGORIES), "| KB |")
    print("|---|" + "---:|" * (len(CATEGORIES) + 1))
    with TemporaryDirectory() as folder, StaticSite(Path(folder)) as site:
        # The canonical address has to be the one that is audited.
        done = build(ROOT, Path(folder), SITE_URL=site.url, REPO_URL=REPOSITORY, EXPORTED="1")
        if done.returncode:
            raise SystemExit(done.stderr)
        export(ROOT, Path(folder), library.load(ROOT))
        for title, path in PAGES.items():
            reports = [audit(site.url + path) for _ in range(RUNS)]
            scores = [median(report.scores[name] for report in reports) for name in CATEGORIES]
            kilobytes = median(report.transferred for report in reports) / 1000
            print(f"| {title} |", *(f"{score:.0f} |" for score in scores), f"{kilobytes:.1f} |")


if __name__ == "__main__":
    main()
