"""Where the time of a build goes, by the part of the program, beside stock Material's.

``python -m bench.where 100 200`` builds that many notes, and the same words as plain Markdown,
under Python's profiler. It slows calls down, so shares are to be compared and not seconds with
:mod:`bench.scale`. The time of the standard library and of built-in functions counts for who
called them.
"""

import os
import pstats
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from bench.scale import ENVIRONMENT, side_by_side

_Function = tuple[str, int, str]
_PART = re.compile(r"(?P<ours>/papernotes/\w+)|(?P<html>\.html$)|/site-packages/(?P<package>\w+)")
_LEAST = 0.005
"""The share of either build below which a part is not shown."""
_ROUNDS = 40


def seconds(project: Path, site: Path) -> dict[str, float]:
    """Build ``project`` under the profiler; return the seconds of each part."""
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run(
            [
                *(sys.executable, "-m", "cProfile", "-o", file.name),
                *("-m", "mkdocs", "build", "-q", "--site-dir", str(site)),
            ],
            cwd=project,
            env={**os.environ, **ENVIRONMENT},
            check=True,
        )
        return _by_part(pstats.Stats(file.name))


def _by_part(profile: pstats.Stats) -> dict[str, float]:
    """Add each function's own time up by its part, or its callers' where it has none."""
    functions = profile.stats  # type: ignore[attr-defined]  # typeshed does not know it
    found: defaultdict[str, float] = defaultdict(float)
    waiting: dict[_Function, float] = {name: own for name, (_, _, own, _, _) in functions.items()}
    for turn in range(_ROUNDS + 1):
        ahead: defaultdict[_Function, float] = defaultdict(float)
        for name, time in waiting.items():
            callers = functions[name][4]
            total = sum(times[3] for times in callers.values())
            part = _PART.search(name[0])
            if part or not total or turn == _ROUNDS:
                found[_name(part)] += time
                continue
            for caller, times in callers.items():
                ahead[caller] += time * times[3] / total
        waiting = ahead
    return dict(found)


def _name(part: re.Match[str] | None) -> str:
    if not part:
        return "Python"
    return "템플릿" if part["html"] else part["package"] or part["ours"].strip("/")


def main(sizes: list[int]) -> None:
    """Print a table for each size, in Markdown."""
    for size in sizes:
        plain, ours = side_by_side(size, seconds)
        most = max(sum(plain.values()), sum(ours.values()))
        print(f"\n| 노트 {size}개 | Material (초) | 우리 (초) |\n|---|---:|---:|")
        for part in sorted({*plain, *ours}, key=lambda each: -ours.get(each, 0)):
            one, other = plain.get(part, 0), ours.get(part, 0)
            if max(one, other) >= _LEAST * most:
                print(f"| {part} | {one:.2f} | {other:.2f} |")
        print(f"| 모두 | {sum(plain.values()):.2f} | {sum(ours.values()):.2f} |", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
