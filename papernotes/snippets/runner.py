"""Run many snippets in parallel and compare each with its record."""

import platform
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from threading import Event

from papernotes.problems import Problem
from papernotes.snippets import records
from papernotes.snippets.figures import canonical
from papernotes.snippets.fonts import matplotlib_folder
from papernotes.snippets.process import Execution, Limits, execute
from papernotes.snippets.snippet import Snippet
from papernotes.snippets.verdict import judge


@dataclass(frozen=True)
class Result:
    """What became of a snippet: no problems, and it agrees with its record.

    ``seconds`` is wall time, ``peak`` resident memory in bytes; ``recorded`` tells whether
    its record was rewritten.
    """

    snippet: Snippet
    problems: tuple[Problem, ...]
    seconds: float = 0.0
    peak: int = 0
    recorded: bool = False


def run(
    snippets: Sequence[Snippet],
    *,
    jobs: int,
    limits: Limits | None = None,
    record: bool = False,
    done: Callable[[Result], object] = lambda result: None,
) -> list[Result]:
    """Run ``snippets``, ``jobs`` at a time, and return their results by path.

    ``record`` rewrites the record of each that went well; else a difference is a problem.
    ``done`` is called with each result as it comes, in the calling thread. However this is
    left (Ctrl-C included), no process of a snippet is left behind.
    """
    limits = limits or Limits()
    called_off = Event()
    with tempfile.TemporaryDirectory(prefix="papernotes-", ignore_cleanup_errors=True) as scratch:
        fonts = Path(scratch)
        if any(snippet.uses("matplotlib") for snippet in snippets):
            fonts = matplotlib_folder(fonts)

        def one(snippet: Snippet) -> Result:
            return _run_one(snippet, limits, Path(scratch), fonts, called_off, record)

        results = []
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            try:
                # Figures take longest: begun first, they do not keep the end waiting.
                ordered = sorted(snippets, key=lambda each: not each.uses("matplotlib"))
                for future in as_completed([pool.submit(one, snippet) for snippet in ordered]):
                    results.append(future.result())
                    done(results[-1])
            except BaseException:
                called_off.set()
                pool.shutdown(wait=True, cancel_futures=True)
                raise
    return sorted(results, key=lambda result: result.snippet.path)


def _run_one(
    snippet: Snippet, limits: Limits, scratch: Path, fonts: Path, called_off: Event, record: bool
) -> Result:
    before = [*snippet.problems()]
    if isinstance(snippet.tree, Problem):
        return Result(snippet, tuple(before))
    work = Path(tempfile.mkdtemp(dir=scratch))
    execution = execute(snippet, limits, work, fonts, called_off)
    problems = before + judge(snippet, execution, limits)
    rewritten = False
    if not problems:
        fresh = _record(snippet, execution)
        if not record:
            problems = _compare(snippet, fresh)
        else:
            try:
                rewritten = records.write(snippet, fresh)
            except OSError as error:
                message = f"기록을 쓸 수 없어요 ({error}). 폴더의 권한과 남은 자리를 확인해 주세요."
                problems = [snippet.problem(1, "PN401", message)]
    return Result(snippet, tuple(problems), execution.seconds, execution.peak, rewritten)


def _record(snippet: Snippet, execution: Execution) -> records.Record:
    return records.Record(
        output=execution.output.decode(),
        figures=tuple(canonical(each.svg) for each in execution.events if each.event == "figure"),
        assertions=len(snippet.assertions),
        versions=_versions(snippet),
    )


def _versions(snippet: Snippet) -> dict[str, str]:
    """Return what the snippet ran on: Python, and numpy and matplotlib where it imports them."""
    versions = {"python": platform.python_version()}
    drawn = snippet.uses("matplotlib")
    for name in ("numpy", "matplotlib"):
        if snippet.uses(name) or drawn:  # matplotlib brings numpy
            versions[name] = metadata.version(name)
    return versions


def _compare(snippet: Snippet, fresh: records.Record) -> list[Problem]:
    recorded = records.read(snippet)
    if isinstance(recorded, Problem):
        return [recorded]
    problems = records.assertion_problems(snippet, recorded)
    return [*problems, *records.differences(snippet, recorded, fresh)]
