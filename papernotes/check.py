"""``papernotes check``: everything that must not get onto the site, in one run."""

import argparse
from pathlib import Path

from papernotes import files, ids, library, links, quotes
from papernotes.problems import Problem
from papernotes.run import records


def check(root: Path) -> list[Problem]:
    """Return all problems of the project at ``root``, by file and line."""
    found = library.load(root)
    return sorted(
        [
            *found.problems,
            *quotes.problems(found),
            *links.problems(found),
            *ids.problems(found),
            *files.problems(root),
            *records.problems(root),
        ]
    )


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
    root = args.root.resolve()
    if args.fix:
        for path in ids.add_missing(library.load(root)):
            print(f"{path}에 새 주소를 보탰어요.")
    problems = check(root)
    for problem in problems:
        print(problem)
    if problems:
        print(f"문제 {len(problems)}개를 찾았어요.")
        return 1
    for line in quotes.summary(library.load(root)):
        print(line)
    return 0
