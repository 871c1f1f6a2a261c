"""How well and how fast the search finds things: in both engines, beside stock Material.

All search the same sections, in the same Chromium, through the page's own search box. Stock
Material is the same site without overrides/, with nothing said of the search but its language.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page

from papernotes import cli
from papernotes.export import search
from tests.browser import launch
from tests.conftest import REPOSITORY, build
from tests.search import queries
from tests.search.box import SearchBox
from tests.search.strangers import entries
from tests.static_site import StaticSite

STOCK_INDEX = "search/search_index.json"
STOCK = """
INHERIT: {root}/mkdocs.yml
docs_dir: {root}/docs
watch: []
theme:
  custom_dir: {empty}
plugins:
  - search:
      lang: ko
"""
STRANGERS = 134
NOTES = 1000
RUNS = 3

Entries = list[dict[str, Any]]
Search = Callable[[str], list[str]]

# Times the worker alone: setting up, and each query from its sending to its answer.
TIME = """
async (queries) => {
  const worker = new Worker(new URL("assets/search/worker.js", location.href), { type: "module" });
  const ask = (text) => new Promise((resolve) => {
    const sent = performance.now();
    worker.onmessage = ({ data }) => resolve({ time: performance.now() - sent, data });
    worker.postMessage({ id: 1, text, filters: {} });
  });
  await new Promise((resolve) => setTimeout(resolve, 500)); // the worker's own start
  worker.postMessage({ open: new URL("search/index.json", location.href).href });
  const setup = (await ask("")).time;
  const times = [];
  for (const query of queries) times.push((await ask(query)).time);
  const memory = await performance.measureUserAgentSpecificMemory?.();
  worker.terminate();
  return { setup, times, bytes: memory?.bytes ?? 0 };
}
"""

# Types into the stock box and waits for the worker's answer (the theme's message types).
STOCK_COUNT = """
window.asked = window.answered = 0;
window.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({ data }) => { if (data.type === 3) answered += 1; });
  }
  postMessage(message) {
    if (message.type === 2) asked += 1;
    super.postMessage(message);
  }
};
"""
STOCK_TYPE = """
async (query) => {
  const input = document.querySelector(".md-search__input");
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
  const settled = async (count) => { while (asked < count || answered < asked) await pause(); };
  input.focus();
  await settled(1); // the theme asks for nothing as soon as the index is set up
  if (input.value !== query) {
    const count = asked + 1;
    input.value = query;
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    await settled(count);
  }
  await pause();
  return [...document.querySelectorAll(".md-search-result__link")]
    .map((link) => ({ url: link.href, score: Number(link.firstElementChild.dataset.mdScore) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ url }) => url);
}
"""


def build_stock(folder: Path, url: str) -> None:
    """Build the site as stock Material would have it."""
    with TemporaryDirectory() as name:
        empty = Path(name) / "overrides"
        empty.mkdir()
        config = Path(name) / "mkdocs.yml"
        config.write_text(STOCK.format(root=Path().resolve(), empty=empty), "utf-8")
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(folder)],
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": url},
            check=True,
        )


def build_ours(folder: Path, url: str) -> None:
    """Build the site with MkDocs, exports included."""
    site = {"SITE_URL": url, "REPO_URL": REPOSITORY, "EXPORTED": "1", "NOTEBOOKS": "true"}
    done = build(Path(), folder, **site)
    if done.returncode or cli.main(["export", str(folder)]):
        raise SystemExit(done.stderr)


def build_zensical(folder: Path, url: str) -> None:
    """Build the site with Zensical, which builds within the project alone; exports included."""
    site = {"SITE_DIR": folder.relative_to(Path().resolve()).as_posix(), "SITE_URL": url}
    subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean", "--strict"],
        env={**os.environ, **site, "REPO_URL": REPOSITORY, "EXPORTED": "1", "NOTEBOOKS": "false"},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    if cli.main(["export", str(folder)]):
        raise SystemExit(1)


def add_ours(folder: Path, more: Entries) -> None:
    """Add entries to the index of a site of ours."""
    index = json.loads((folder / search.FILE).read_text("utf-8"))
    index["entries"] += more
    (folder / search.FILE).write_text(json.dumps(index, ensure_ascii=False), "utf-8")


def add_stock(folder: Path, more: Entries) -> None:
    """Add the same to the index of the stock site, as its own form has it."""
    index = json.loads((folder / STOCK_INDEX).read_text("utf-8"))
    for entry in more:
        text = "".join(
            f"<p>{line}</p>" for part in entry["parts"] for line in part["text"].split("\n")
        )
        index["docs"].append({"location": entry["at"], "title": entry["title"], "text": text})
    (folder / STOCK_INDEX).write_text(json.dumps(index), "utf-8")


def open_ours(page: Page, url: str) -> Search:
    """Return the search of a site of ours."""
    return SearchBox.open(page, url).search


def open_stock(page: Page, url: str) -> Search:
    """Return the search of the stock site."""
    page.add_init_script(STOCK_COUNT)
    page.goto(url)

    def search(text: str) -> list[str]:
        found = [address.removeprefix(url) for address in page.evaluate(STOCK_TYPE, text)]
        return [
            f"{path.partition('?')[0]}#{id}" if id else path.partition("?")[0]
            for path, _, id in (address.partition("#") for address in found)
        ]

    return search


SITES = {
    "Material": (build_stock, add_stock, open_stock),
    "우리, MkDocs": (build_ours, add_ours, open_ours),
    "우리, Zensical": (build_zensical, add_ours, open_ours),
}


def measure_quality(browser: Browser, url: str, opened: Callable[[Page, str], Search]) -> str:
    """Score both query sets through the page; return the cells of a table's row."""
    cells = []
    with browser.new_context() as context:
        found = opened(context.new_page(), url)
        for name in queries.SETS:
            wanted, nothing = queries.load(name)
            scores = queries.score(wanted, found)
            cells += [f"{scores.hit1:.3f}", f"{scores.hit3:.3f}", f"{scores.mrr10:.3f}"]
            cells.append(f"{scores.none:.1%}")
            if nothing:
                cells.append(f"{sum(bool(found(text)) for text in nothing)}/{len(nothing)}")
    return " | ".join(cells)


def measure_speed(browser: Browser, url: str) -> tuple[float, list[float]]:
    """Return the seconds of one set-up, and the milliseconds of every query."""
    texts = [query.text for name in queries.SETS for query in queries.load(name)[0]]
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(0)
        page.goto(url)
        timed = page.evaluate(TIME, texts)
    return timed["setup"] / 1000, timed["times"]


@contextmanager
def built_sites() -> Iterator[dict[str, tuple[Path, str]]]:
    """Build all sites and serve them; yield each one's folder and address by its name."""
    with TemporaryDirectory(dir=Path("build").resolve()) as within:
        folders = {name: Path(within) / str(number) for number, name in enumerate(SITES)}
        for folder in folders.values():
            folder.mkdir()
        servers = {name: StaticSite(folder) for name, folder in folders.items()}
        for name, (make, _, _) in SITES.items():
            make(folders[name], servers[name].url)
            servers[name].__enter__()
        try:
            yield {name: (folders[name], servers[name].url) for name in SITES}
        finally:
            for server in servers.values():
                server.__exit__(None, None, None)


def print_size(folder: Path) -> None:
    """Say how much the search takes, compressed: what a reader fetches who turns to it."""
    index = (folder / search.FILE).read_bytes()
    code = [*(folder / "assets/search").glob("*.js"), folder / "assets/search/search.css"]
    of_code = sum(len(gzip.compress(file.read_bytes())) for file in code)
    of_index = len(gzip.compress(index))
    print(f"gzip으로 색인 {of_index / 1000:.1f} kB, 코드 {of_code / 1000:.1f} kB예요.\n")


def main() -> None:
    """Print the tables, in Markdown."""
    Path("build").mkdir(exist_ok=True)
    with built_sites() as sites, launch() as browser:
        print_size(sites["우리, MkDocs"][0])
        figures = "hit@1 | hit@3 | MRR@10 | 없음"
        print(f"| 절 | 검색 | {figures} | 엉뚱함 | 처음 읽는 사람: {figures} |")
        print(f"|---|---|{'---:|' * 9}")
        strangers = entries(STRANGERS)
        for title, more in (("사이트", []), (f"다른 구절 {len(strangers)}개와 함께", strangers)):
            for name, (_, add, opened) in SITES.items():
                folder, url = sites[name]
                add(folder, more)
                print(f"| {title} | {name} | {measure_quality(browser, url, opened)} |", flush=True)

        print(f"\n| 노트 {NOTES}개 | 준비 (초) | 질의 p50 (ms) | 질의 p95 (ms) |")
        print("|---|---:|---:|---:|")
        folder, url = sites["우리, MkDocs"]
        add_ours(folder, entries(NOTES)[len(strangers) :])
        runs = [measure_speed(browser, url) for _ in range(RUNS)]
        times = [time for _, run in runs for time in run]
        p95 = quantiles(times, n=20)[-1]
        setup = median(seconds for seconds, _ in runs)
        print(f"| 우리 | {setup:.2f} | {median(times):.1f} | {p95:.1f} |")


if __name__ == "__main__":
    main()
