"""``papernotes check``: everything that must not get onto the site, in one run."""

import argparse
from pathlib import Path

from papernotes import library
from papernotes.problems import Problem


def check(root: Path) -> list[Problem]:
    """Return all problems of the project at ``root``, by file and line."""
    return list(library.load(root).problems)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")


def main(args: argparse.Namespace) -> int:
    """Print one problem a line; return 0 (none), 1 (some) or 2 (no project here)."""
    if not (args.root / "docs").is_dir():
        print(
            f"{args.root}에 docs/ 폴더가 없어요. 프로젝트 폴더에서 실행하거나 --root를 적어 주세요."
        )
        return 2
    problems = check(args.root.resolve())
    for problem in problems:
        print(problem)
    if problems:
        print(f"문제 {len(problems)}개를 찾았어요.")
        return 1
    return 0
