"""How well and how fast the site's search finds things, side by side with stock Material.

Both search the same sections, in the same Chromium, through the page's own search box. Stock
Material is the same site without overrides/, and with nothing said of the search but its language.
"""

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser

from tests.browser import launch
from tests.conftest import REPOSITORY, build
from tests.search import queries
from tests.search.box import SearchBox
from tests.search.strangers import sections
from tests.static_site import StaticSite

INDEX = "search/search_index.json"
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
STRANGERS = 804
NOTES = 1000
RUNS = 3

Index = dict[str, Any]

# Times the worker alone: setting up, and each query from its sending to its answer.
TIME = """
async (queries) => {
  const search = JSON.parse(document.getElementById("__config").textContent).search;
  const index = await (await fetch("search/search_index.json")).json();
  const worker = new NativeWorker(new URL(search, location.href));
  const ask = (message) => new Promise((resolve) => {
    const sent = performance.now();
    worker.onmessage = () => resolve(performance.now() - sent);
    worker.postMessage(message);
  });
  const setup = await ask({ type: 0, data: { ...index, options: { suggest: false } } });
  const times = [];
  for (const query of queries) times.push(await ask({ type: 2, data: query }));
  worker.terminate();
  return { setup, times };
}
"""


def stranger_documents(notes: int) -> list[dict[str, str]]:
    """Return made-up notes as documents of the index, six sections each."""
    documents = []
    for number, (title, text) in enumerate(sections(6 * notes)):
        page = f"papers/stranger-{number // 6}/"
        if number % 6 == 0:
            documents.append({"location": page, "title": f"논문 {number // 6}", "text": ""})
        documents.append({"location": f"{page}#stranger-{number}", "title": title, "text": text})
    return documents


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


def measure_quality(browser: Browser, url: str) -> str:
    """Score the query set through the page; return the cells of a table's row."""
    wanted, nothing = queries.load()
    with browser.new_context() as context:
        box = SearchBox.open(context.new_page(), url)
        scores = queries.score(wanted, box.search)
        strays = sum(bool(box.search(text)) for text in nothing)
    return (
        f"{scores.hit1:.3f} | {scores.hit3:.3f} | {scores.mrr10:.3f} | {scores.none:.1%} | "
        f"{strays}/{len(nothing)}"
    )


def measure_speed(browser: Browser, url: str) -> tuple[float, list[float]]:
    """Return the seconds of one set-up, and the milliseconds of every query."""
    wanted, nothing = queries.load()
    texts = [*(query.text for query in wanted), *nothing]
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(0)
        page.add_init_script("window.NativeWorker = Worker")  # the page's own waits for a reader
        page.goto(url)
        timed = page.evaluate(TIME, texts)
    return timed["setup"] / 1000, timed["times"]


@contextmanager
def built_sites() -> Iterator[dict[str, tuple[Path, str]]]:
    """Build both sites and serve them; yield each one's folder and address by its name."""
    with (
        TemporaryDirectory() as theirs,
        TemporaryDirectory() as ours,
        StaticSite(Path(theirs)) as stock,
        StaticSite(Path(ours)) as site,
    ):
        build_stock(Path(theirs), stock.url)
        done = build(Path(), Path(ours), SITE_URL=site.url, REPO_URL=REPOSITORY)
        if done.returncode:
            raise SystemExit(done.stderr)
        yield {"Material": (Path(theirs), stock.url), "우리": (Path(ours), site.url)}


def add_documents(folder: Path, documents: list[dict[str, str]]) -> None:
    """Add documents to the index of a built site."""
    index: Index = json.loads((folder / INDEX).read_text("utf-8"))
    index["docs"] += documents
    (folder / INDEX).write_text(json.dumps(index), "utf-8")


def print_size(folder: Path) -> None:
    """Say how much of the index a note takes, raw and compressed."""
    index: Index = json.loads((folder / INDEX).read_text("utf-8"))
    notes = [each for each in index["docs"] if re.match(r"papers/.", each["location"])]
    raw = json.dumps(notes).encode()
    count = sum("#" not in each["location"] for each in notes)
    print(
        f"색인은 노트 하나에 {len(raw) / count / 1000:.1f} kB, "
        f"gzip으로 {len(gzip.compress(raw)) / count / 1000:.1f} kB예요.\n"
    )


def main() -> None:
    """Print the tables, in Markdown."""
    with built_sites() as sites, launch() as browser:
        print_size(sites["우리"][0])
        print("| 절 | 검색 | hit@1 | hit@3 | MRR@10 | 결과 없음 | 엉뚱한 결과 |")
        print("|---|---|---:|---:|---:|---:|---:|")
        for name, (_, url) in sites.items():
            print(f"| 사이트 | {name} | {measure_quality(browser, url)} |")
        strangers = stranger_documents(STRANGERS // 6)
        for name, (folder, url) in sites.items():
            add_documents(folder, strangers)
            print(f"| 다른 절 {STRANGERS}개와 함께 | {name} | {measure_quality(browser, url)} |")

        print(f"\n| 노트 {NOTES}개 | 준비 (초) | 질의 p50 (ms) | 질의 p95 (ms) |")
        print("|---|---:|---:|---:|")
        more = stranger_documents(NOTES)[len(strangers) :]
        for name, (folder, url) in sites.items():
            add_documents(folder, more)
            runs = [measure_speed(browser, url) for _ in range(RUNS)]
            times = [time for _, run in runs for time in run]
            p95 = quantiles(times, n=20)[-1]
            setup = median(seconds for seconds, _ in runs)
            print(f"| {name} | {setup:.2f} | {median(times):.1f} | {p95:.1f} |")


if __name__ == "__main__":
    main()
