"""``papernotes check``: everything that must not get onto the site, in one run."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from papernotes import files, ids, library, links, quotes
from papernotes.problems import Problem
from papernotes.quotes import Checked
from papernotes.run import records


@dataclass(frozen=True)
class Report:
    """All that a check found: problems by file and line, and the checked quotations."""

    problems: list[Problem]
    quotations: list[Checked]


def check(root: Path) -> Report:
    """Check the whole project at ``root``."""
    root = root.resolve()
    found = library.load(root)
    quotations = quotes.check_all(found)
    problems = [
        *found.problems,
        *quotes.problems(quotations),
        *links.problems(found),
        *ids.problems(found),
        *files.problems(root),
        *records.problems(root),
    ]
    return Report(sorted(problems), quotations)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")
    parser.add_argument("--fix", action="store_true", help="저절로 고칠 수 있는 것을 고쳐요")


def main(args: argparse.Namespace) -> int:
    """Print one problem a line; return 0 (none), 1 (some) or 2 (no project here)."""
    if not (args.root / "docs").is_dir():
        print(
            f"{args.root}에 docs/ 폴더가 없어요. 프로젝트 폴더에서 실행하거나 --root를 적어 주세요."
        )
        return 2
    if args.fix:
        for path in ids.add_missing(library.load(args.root.resolve())):
            print(f"{path}에 새 주소를 보탰어요.")
    report = check(args.root)
    for problem in report.problems:
        print(problem)
    if report.problems:
        print(f"문제 {len(report.problems)}개를 찾았어요.")
        return 1
    print("\n".join(quotes.summary(report.quotations)))
    return 0
