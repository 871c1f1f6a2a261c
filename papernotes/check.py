"""``papernotes check``: everything that must not get onto the site, in one run."""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from papernotes import files, ids, korean, library, links, mend, quotes, style
from papernotes.ids import NoteIds
from papernotes.problems import Problem, add_format, how_to_read_more
from papernotes.quotes import Checked
from papernotes.run import records

_WORTH_PROCESSES = 100
"""Pages from which on it pays to share the work among the cores."""


@dataclass(frozen=True)
class Report:
    """All that a check found: problems by file and line, and the checked quotations."""

    problems: list[Problem]
    quotations: list[Checked]


@dataclass(frozen=True)
class _PageReport:
    """What one page tells by itself; small, for it goes from process to process."""

    path: str
    readable: bool
    problems: tuple[Problem, ...]
    quotations: tuple[Checked, ...]
    ids: NoteIds | None


def check(root: Path) -> Report:
    """Check the whole project at ``root``."""
    root = root.resolve()
    pages = _check_pages(root)
    quotations = [each for page in pages for each in page.quotations]
    notes = [page.ids for page in pages if page.ids]
    broken = frozenset(f"docs/{page.path}" for page in pages if page.problems and not page.ids)
    readable = [page.path for page in pages if page.readable]
    problems = [
        *(problem for page in pages for problem in page.problems),
        *quotes.problems(quotations),
        *ids.clashes(notes),
        *ids.problems(root, notes, broken),
        *style.problems(root, readable),
        *files.problems(root),
        *records.problems(root),
    ]
    return Report(sorted(problems), quotations)


def _check_pages(root: Path) -> list[_PageReport]:
    paths = library.paths(root)
    work = partial(_check_page, root)
    if len(paths) < _WORTH_PROCESSES:
        return [work(path) for path in paths]
    with ProcessPoolExecutor() as processes:
        return list(processes.map(work, paths, chunksize=25))


def _check_page(root: Path, path: str) -> _PageReport:
    page = library.read(root, path)
    note = page.note
    return _PageReport(
        page.path,
        page.readable,
        (*page.problems, *links.problems(page, root), *korean.problems(page)),
        tuple(quotes.check_note(note, root)) if note else (),
        NoteIds.of(note) if note else None,
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")
    add_format(parser)
    parser.add_argument("--fix", action="store_true", help="저절로 고칠 수 있는 것을 고쳐요")


def main(args: argparse.Namespace) -> int:
    """Print one problem a line; return 0 (none), 1 (some) or 2 (no project here)."""
    if not (args.root / "docs").is_dir():
        print(
            f"{args.root}에 docs/ 폴더가 없어요. 프로젝트 폴더에서 실행하거나 --root를 적어 주세요."
        )
        return 2
    if args.fix:
        try:
            _fix(args.root.resolve())
        except OSError as error:
            message = f"고친 것을 쓸 수 없어요({error}). 폴더의 권한과 남은 자리를 확인해 주세요."
            print(message, file=sys.stderr)
            return 1
    report = check(args.root)
    for problem in report.problems:
        print(problem.annotation() if args.format == "github" else problem)
    if report.problems:
        print(f"문제 {len(report.problems)}개를 찾았어요. {how_to_read_more(report.problems)}")
        return 1
    print("\n".join(quotes.summary(report.quotations)))
    return 0


def _fix(root: Path) -> None:
    for path in mend.mend(root):
        print(f"{path}의 모양을 다듬었어요.")
    for path in ids.add_missing(root, map(NoteIds.of, library.load(root).notes)):
        print(f"{path}에 새 주소를 보탰어요.")
