"""How the site grows with its notes, beside the same words as plain Markdown (bench.plain).

``python -m bench.scale 1000 2000`` generates that many notes and builds each twice, by turns:
with everything that this project adds, and as plain Markdown with stock Material, the same
highlighter and the theme's own search. Each build is one new process, without notebooks.

Both sides are single-threaded, so the processor's time is compared: it is the time that a build
takes on an idle machine, and other work on the machine stretches it least.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from bs4 import BeautifulSoup

from bench.generate import generate
from bench.plain import write_plain

Measured = TypeVar("Measured")

LISTS = {
    "처음": "index.html",
    "논문": "papers/index.html",
    "모임": "sessions/index.html",
    "질문": "questions/index.html",
}


ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "NOTEBOOKS": "false",
    "SITE_URL": "https://example.org/",
    "REPO_URL": "https://github.com/someone/reading-group",
}


@dataclass(frozen=True)
class Build:
    """One build: its time and the processor's (s), and the bytes of memory, pages and index."""

    seconds: float
    cpu: float
    peak: int
    page: int
    words: int
    lists: dict[str, int]
    index: int


def measure(project: Path, site: Path) -> Build:
    """Build ``project`` in a new process.

    Raises:
        SystemExit: the build failed.
    """
    started = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)],
            cwd=project,
            env={**os.environ, **ENVIRONMENT},
            stdout=log,
            stderr=log,
        )
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        if running.returncode:
            log.seek(0)
            raise SystemExit(log.read().decode()[-2000:])
    pages = sorted((site / "papers").glob("*/index.html"))
    return Build(
        seconds,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * 1024,  # kibibytes on Linux
        round(statistics.median(page.stat().st_size for page in pages)),
        _words(pages[0]),
        {name: (site / path).stat().st_size for name, path in LISTS.items()},
        sum(file.stat().st_size for file in (site / "search").glob("*.json")),
    )


def _words(page: Path) -> int:
    article = BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one("article")
    assert article
    for hidden in article.select("[hidden], .linenos"):
        hidden.decompose()
    return len(re.findall(r"\w+", article.get_text(" ")))


def side_by_side(size: int, build: Callable[[Path, Path], Measured]) -> tuple[Measured, Measured]:
    """Return what ``build`` makes of a project and a folder for its site: plain, and ours.

    Both hold the same ``size`` notes.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder / "notes", size)
        (folder / "plain").mkdir()
        write_plain(folder / "notes", folder / "plain")
        plain = build(folder / "plain", folder / "plain-site")
        return plain, build(folder / "notes", folder / "site")


def main(sizes: list[int]) -> None:
    """Print the tables, in Markdown."""
    measured = ["짓기 (초)", "CPU (초)", "배", "메모리 (MB)", "쪽 (kB)", "쪽의 낱말", "색인 (MB)"]
    measured += [f"{name} (kB)" for name in LISTS]
    print(f"| 노트 | 무엇 | {' | '.join(measured)} |")
    print("|---:|---|" + "---:|" * len(measured))
    ours = {}
    for size in sizes:
        plain, ours[size] = side_by_side(size, measure)
        _print_row(size, "Material", plain, plain)
        _print_row(size, "우리", ours[size], plain)
    for small, large in pairwise(sizes):
        grown = ours[large].cpu / ours[small].cpu
        print(f"\n노트가 {small}개에서 {large}개로 늘면 짓는 시간은 {grown:.2f}배예요.")


def _print_row(notes: int, name: str, build: Build, plain: Build) -> None:
    cells = [
        f"{build.seconds:.1f}",
        f"{build.cpu:.1f}",
        f"{build.cpu / plain.cpu:.2f}",
        f"{build.peak / 1e6:.0f}",
        f"{build.page / 1e3:.0f}",
        f"{build.words}",
        f"{build.index / 1e6:.1f}",
        *(f"{size / 1e3:.0f}" for size in build.lists.values()),
    ]
    print(f"| {notes} | {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
