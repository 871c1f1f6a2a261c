"""``papernotes run``: run the snippets and compare with what is recorded."""

import argparse
import contextlib
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from papernotes.problems import add_format, how_to_read_more, printable
from papernotes.project import UsageError, add_root, require
from papernotes.shard import add_shard
from papernotes.snippets import changes, snippet, wall
from papernotes.snippets.runner import Result, run
from papernotes.snippets.snippet import FOLDER, Snippet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``papernotes run``."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        type=Path,
        help="돌릴 스니펫이나 폴더 (없으면 snippets/ 전체)",
    )
    add_format(parser)
    parser.add_argument("--record", action="store_true", help="결과를 기록해요")
    parser.add_argument(
        "--changed", metavar="REV", help="깃의 REV 뒤로 바뀐 것이 닿는 스니펫만 돌려요"
    )
    add_shard(parser)
    parser.add_argument(
        "--jobs", metavar="N", type=_count, default=_cores(), help="동시에 돌릴 수 (기본: 코어 수)"
    )
    add_root(parser)


def main(arguments: argparse.Namespace) -> int:
    """Run; return 0 if all is well, 1 for problems (on standard output), 2 for usage."""
    chosen = _choose(arguments)
    if chosen:
        print(wall.standing().label, file=sys.stderr)
    started = time.monotonic()
    try:
        with _progress(len(chosen)) as done:
            results = run(chosen, jobs=arguments.jobs, record=arguments.record, done=done)
    except KeyboardInterrupt:
        print("그만두었어요. 돌던 스니펫도 모두 끝냈어요.", file=sys.stderr)
        return 130
    problems = [problem for result in results for problem in result.problems]
    for problem in problems:
        print(problem.annotation() if arguments.format == "github" else problem)
    print(_summary(results, time.monotonic() - started, arguments.jobs))
    if problems:
        print(how_to_read_more(problems))
    return 1 if problems else 0


def _choose(arguments: argparse.Namespace) -> list[Snippet]:
    """Return the snippets that the arguments ask for; raises UsageError with what to do."""
    if os.name != "posix":
        raise UsageError("스니펫은 리눅스나 macOS에서 돌아요. 윈도우에서는 WSL에서 실행해 주세요.")
    root = require(arguments.root, FOLDER)
    snippets = snippet.snippets(root)
    if arguments.paths:
        chosen: set[Snippet] = set()
        for path in arguments.paths:
            below = [s for s in snippets if s.file.is_relative_to((root / path).resolve())]
            if not below:
                raise UsageError(f"`{path}`에 스니펫이 없어요. {FOLDER}/ 아래의 경로를 써 주세요.")
            chosen |= set(below)
        snippets = [snippet for snippet in snippets if snippet in chosen]
    if arguments.changed:
        try:
            snippets = changes.touched(root, snippets, arguments.changed)
        except ValueError as error:
            raise UsageError(
                f"`{arguments.changed}`부터 바뀐 것을 알 수 없어요. 깃에 있는 것을 써 주세요."
                f"\n{error}"
            ) from error
    return [*arguments.shard.of(snippets)]


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[Result], object]]:
    """Yield what shows a result: a bar on a terminal, a line elsewhere."""
    if not sys.stderr.isatty():
        yield lambda result: print(_line(result), flush=True)
        return
    console = Console(stderr=True)
    columns = (TextColumn("스니펫"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda result: bar.advance(task)


def _line(result: Result) -> str:
    said = "문제" if result.problems else "기록" if result.recorded else "통과"
    return (
        f"{said} {printable(result.snippet.path)} ({result.seconds:.1f}초, {result.peak >> 20}MB)"
    )


def _summary(results: Sequence[Result], seconds: float, jobs: int) -> str:
    """Tell counts and times; the ideal is the larger of all on ``jobs`` cores and the longest."""
    if not results:
        return "돌릴 스니펫이 없어요."
    wrong = sum(bool(result.problems) for result in results)
    times = [result.seconds for result in results]
    ideal = max(sum(times) / jobs, *times)
    recorded = sum(result.recorded for result in results)
    return (
        f"스니펫 {len(results)}개: 통과 {len(results) - wrong}, 문제 {wrong}, 새로 기록 {recorded}"
        f". {seconds:.1f}초 (합 {sum(times):.1f}초, 가장 긴 것 {max(times):.1f}초, "
        f"이상적인 시간의 {seconds / ideal if ideal else 1:.2f}배)"
    )


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d*", text):
        raise argparse.ArgumentTypeError("1 이상의 수를 적어 주세요.")
    return int(text)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
