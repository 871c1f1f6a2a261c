"""``papernotes check``: everything that must not get onto the site, in one run.

For a group that outgrows one machine, ``--shard`` splits the run. Each part reads every note, which
is quick, but follows the links and verifies the quotations of its own pages only; what concerns
the project as a whole is told by the first part. All parts together find what one run finds.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from papernotes import files, ids, library, links, quotes
from papernotes.ids import NoteIds
from papernotes.problems import Problem
from papernotes.quotes import Checked
from papernotes.run import records
from papernotes.shard import WHOLE, Shard, add_shard

_WORTH_PROCESSES = 100
"""Pages from which on it pays to share the work among the cores."""


@dataclass(frozen=True)
class Report:
    """All that a check found: problems by file and line, and the quotations that it checked."""

    problems: list[Problem]
    quotations: list[Checked]


@dataclass(frozen=True)
class _PageReport:
    """What one page tells by itself; small, for it goes from process to process.

    Where the page is another part's, its quotations are only counted.
    """

    file: str
    here: bool
    readable: bool
    problems: tuple[Problem, ...]
    quotations: tuple[Checked, ...]
    ids: NoteIds | None


def check(root: Path, shard: Shard = WHOLE) -> Report:
    """Check the project at ``root``, or one part of it."""
    root = root.resolve()
    pages = _check_pages(root, shard)
    quotations = [each for page in pages for each in page.quotations]
    problems = [
        *(problem for page in pages for problem in page.problems),
        *quotes.problems(quotations),
    ]
    if shard.part == 1:
        problems += _of_the_whole(root, pages)
    checked = [each for page in pages if page.here for each in page.quotations]
    return Report(sorted(problems), checked)


def _of_the_whole(root: Path, pages: list[_PageReport]) -> Iterator[Problem]:
    notes = [page.ids for page in pages if page.ids]
    broken = frozenset(page.file for page in pages if not page.readable)
    yield from ids.clashes(notes)
    yield from ids.problems(root, notes, broken)
    yield from files.problems(root)
    yield from records.problems(root)


def _check_pages(root: Path, shard: Shard) -> list[_PageReport]:
    paths = library.paths(root)
    here = [shard.has(index) for index in range(len(paths))]
    work = partial(_check_page, root)
    if len(paths) < _WORTH_PROCESSES:
        return [*map(work, paths, here)]
    with ProcessPoolExecutor() as processes:
        return list(processes.map(work, paths, here, chunksize=25))


def _check_page(root: Path, path: str, here: bool) -> _PageReport:
    page = library.read(root, path)
    note = page.note
    note_ids = NoteIds.of(note) if note else None
    readable = note is not None or not page.problems
    if not here:
        counted = tuple(quotes.count_note(note)) if note else ()
        return _PageReport(page.file, here, readable, (), counted, note_ids)
    problems = (*page.problems, *links.problems(page, root))
    checked = tuple(quotes.check_note(note, root)) if note else ()
    return _PageReport(page.file, here, readable, problems, checked, note_ids)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")
    add_shard(parser)
    parser.add_argument("--fix", action="store_true", help="저절로 고칠 수 있는 것을 고쳐요")


def main(args: argparse.Namespace) -> int:
    """Print one problem a line; return 0 (none), 1 (some) or 2 (no project here)."""
    if not (args.root / "docs").is_dir():
        print(
            f"{args.root}에 docs/ 폴더가 없어요. 프로젝트 폴더에서 실행하거나 --root를 적어 주세요."
        )
        return 2
    if args.fix:
        root = args.root.resolve()
        notes = map(NoteIds.of, library.load(root).notes)
        for path in ids.add_missing(root, notes):
            print(f"{path}에 새 주소를 보탰어요.")
    report = check(args.root, args.shard)
    for problem in report.problems:
        print(problem)
    if report.problems:
        print(f"문제 {len(report.problems)}개를 찾았어요.")
        return 1
    lines = quotes.summary(report.quotations)
    # A part knows of its own quotations, and not how much of a paper is quoted in all.
    print("\n".join(lines if args.shard == WHOLE else lines[:1]))
    return 0
