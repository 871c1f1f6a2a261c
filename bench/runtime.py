"""How long a reader waits for Python: at the first click, at the next, and after a stop.

The first is compared, in the same Chromium, with a bare page that starts the same Pyodide and
imports numpy. Every run of either begins with an empty cache; their order alternates.
"""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from papernotes import cli
from papernotes.snippets.snippet import snippets
from tests.browser import launch
from tests.conftest import REPOSITORY, build
from tests.static_site import StaticSite

RUNS = 3
NUMPY = "roberta/sequence_length.py"
"""A snippet that imports numpy and computes next to nothing."""

BARE = """<!doctype html><title>bare</title><script>
const begin = () => new Promise((resolve, reject) => {
  const start = performance.now();
  const worker = new Worker("bare.js", { type: "module" });
  worker.onmessage = () => resolve(performance.now() - start);
  worker.onerror = reject;
});
</script>"""
BARE_WORKER = """
import { loadPyodide } from "./assets/pyodide/pyodide.mjs";
const pyodide = await loadPyodide();
await pyodide.loadPackage("numpy");
pyodide.runPython("import numpy as np; print(np.arange(10).sum())");
postMessage("done");
"""

# Clicks a button of a snippet and returns the milliseconds until it is in one of the states.
CLICK = """
([name, button, states]) => new Promise((resolve, reject) => {
  const snippet = document.querySelector(`[data-snippet="${name}"]`);
  const start = performance.now();
  new MutationObserver((_, observer) => {
    if (!states.includes(snippet.dataset.state)) return;
    observer.disconnect();
    resolve(performance.now() - start);
  }).observe(snippet, { attributeFilter: ["data-state"] });
  setTimeout(() => reject(new Error(`${name} is still ${snippet.dataset.state}`)), 60_000);
  snippet.querySelector(`[data-run="${button}"]`).click();
})
"""


def open_page(browser: Browser, url: str) -> Page:
    """Open ``url`` with nothing cached."""
    page = browser.new_context().new_page()
    page.set_default_timeout(60_000)
    page.goto(url, wait_until="networkidle")
    # A reader opens the fold; what runs the code is fetched then.
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    page.wait_for_load_state("networkidle")
    return page


def click(page: Page, name: str, button: str, *states: str) -> float:
    """Click and wait; return milliseconds."""
    elapsed: float = page.evaluate(CLICK, [name, button, states])
    return elapsed


def edit(page: Page, code: str) -> None:
    """Put ``code`` in the place of the numpy snippet's."""
    snippet = page.locator(f'[data-snippet="{NUMPY}"]')
    snippet.locator("[data-run=edit]").click()
    snippet.locator("textarea").fill(code)


def measure_waiting(browser: Browser, url: str) -> None:
    """Print the table of waits."""
    bare, first, second, stopped, after = [], [], [], [], []
    for _ in range(RUNS):
        page = open_page(browser, url + "bare.html")
        bare.append(float(page.evaluate("begin()")))
        page.context.close()
        page = open_page(browser, url + "papers/roberta/")
        first.append(click(page, NUMPY, "run", "done"))
        second.append(click(page, NUMPY, "run", "done"))
        edit(page, "import numpy\nwhile True: pass")
        click(page, NUMPY, "run", "running")
        stopped.append(click(page, NUMPY, "stop", "stopped"))
        edit_start = "import numpy as np\nprint(np.arange(10).sum())"
        page.locator(f'[data-snippet="{NUMPY}"] textarea').fill(edit_start)
        after.append(click(page, NUMPY, "run", "done"))
        page.context.close()
    print("| 기다림 (ms, 중앙값) | |")
    print("|---|---:|")
    print(f"| 빈 쪽에서 Pyodide를 띄우고 numpy를 들여오기 | {median(bare):.0f} |")
    print(f"| 처음 누른 뒤 numpy의 첫 출력까지 | {median(first):.0f} |")
    print(f"| 둘의 비 | {median(first) / median(bare):.2f} |")
    print(f"| 다시 눌렀을 때 | {median(second):.0f} |")
    print(f"| 끝없는 반복을 멈추기까지 | {median(stopped):.0f} |")
    print(f"| 멈춘 직후에 누른 numpy의 출력까지 | {median(after):.0f} |")


def measure_snippets(browser: Browser, url: str) -> None:
    """Print what each snippet comes to and takes, Python being ready."""
    print("\n| 스니펫 | 기록과 같은가 | 걸린 시간 (초) |")
    print("|---|---|---:|")
    pages: dict[str, Page] = {}
    for snippet in snippets(Path()):
        name = snippet.path.removeprefix("snippets/")
        paper = name.partition("/")[0]
        page = pages.get(paper) or open_page(browser, f"{url}papers/{paper}/")
        if paper not in pages:
            edit_name = page.locator("[data-snippet]").first.get_attribute("data-snippet") or ""
            click(page, edit_name, "run", "done", "failed")
            pages[paper] = page
        elapsed = click(page, name, "run", "done", "failed")
        same = page.locator(f'[data-snippet="{name}"]').get_attribute("data-same")
        print(f"| {name} | {same} | {elapsed / 1000:.2f} |")
    for page in pages.values():
        page.context.close()


def main() -> None:
    """Print the tables, in Markdown."""
    if cli.main(["runtime", "--required"]):
        raise SystemExit(1)
    with TemporaryDirectory() as name, StaticSite(Path(name)) as site, launch() as browser:
        done = build(Path(), Path(name), SITE_URL=site.url, REPO_URL=REPOSITORY)
        if done.returncode:
            raise SystemExit(done.stderr)
        (Path(name) / "bare.html").write_text(BARE, "utf-8")
        (Path(name) / "bare.js").write_text(BARE_WORKER, "utf-8")
        measure_waiting(browser, site.url)
        measure_snippets(browser, site.url)


if __name__ == "__main__":
    main()
