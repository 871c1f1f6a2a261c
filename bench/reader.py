"""How long the reader takes from a chosen file to its first page and marks, and what that costs.

    python -m bench.reader [PDF ...]      over site/, after `make build`

Without files, those that `papernotes fingerprint` has fetched. The last is a paper of 1,000 pages,
made of the first file's. A page counts as drawn once pdf.js says so; memory is that of the process
that draws the page, with its worker.
"""

import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from playwright.sync_api import Browser, BrowserContext

from tests.browser import launch
from tests.static_site import StaticSite

CACHE = Path(".cache/papers")
RUNS = 3
PATIENCE = 120_000
TOLD = ".pn-bar__said:not(:empty):not(:has-text('살펴보고 있어요'))"


def opened(browser: Browser, url: str, file: Path) -> tuple[list[float], str, float, list[int]]:
    """Return seconds to the first page, its marks and all marks; what is said; MB; bytes sent."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        sent = [0]
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.loadingFinished",
            lambda event: sent.append(sent.pop() + int(event["encodedDataLength"])),
        )
        page.goto(url + "reader/", wait_until="networkidle")
        before = sent[0]
        started = time.perf_counter()
        page.set_input_files("input[type=file]", file)
        times = []
        for each in (".page[data-loaded]", f"[data-mark], {TOLD}", TOLD):
            page.wait_for_selector(each, state="attached", timeout=PATIENCE)
            times.append(time.perf_counter() - started)
        said = page.inner_text(".pn-bar__said")
        page.wait_for_timeout(500)
        return times, said, _memory(context), [before, sent[0] - before]
    finally:
        context.close()


def _memory(context: BrowserContext) -> float:
    """Return the resident megabytes of the renderer that weighs most."""
    browser = context.browser
    assert browser
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    pids = [each["id"] for each in processes if each["type"] == "renderer"]
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids]
    return max(pages) * 4096 / 1e6


def thousand(first: Path, folder: Path) -> Path:
    """Return a paper of 1,000 pages: the first file's again and again."""
    source = pypdfium2.PdfDocument(first)
    made = pypdfium2.PdfDocument.new()
    while len(made) < 1000:
        made.import_pages(source, list(range(min(len(source), 1000 - len(made)))))
    made.save(folder / "thousand.pdf")
    return folder / "thousand.pdf"


def main(arguments: list[str]) -> None:
    """Measure, and print a line a file."""
    files = [Path(each) for each in arguments] or sorted(CACHE.glob("*.pdf"))
    if not files:
        print(f"{CACHE}: no papers")
        return
    with TemporaryDirectory() as scratch, StaticSite(Path("site")) as site, launch() as browser:
        for file in [*files, thousand(files[0], Path(scratch))]:
            runs = [opened(browser, site.url, file) for _ in range(RUNS)]
            page, marks, told = (statistics.median(run[0][n] for run in runs) for n in range(3))
            _, said, memory, (before, after) = runs[-1]
            print(
                f"{file.name}: first page {page:.2f} s, first marks {marks:.2f} s, all "
                f"{told:.2f} s; {memory:.0f} MB; {before / 1e3:.0f} kB before the file, "
                f"{after / 1e3:.0f} kB with it. {said}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
