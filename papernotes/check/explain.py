"""``papernotes explain``: what a code means and how to mend it, from its page under docs/rules/."""

import argparse
import difflib
import sys
from pathlib import Path

from papernotes.note import library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("code", nargs="?", metavar="코드", help="PN301처럼 (없으면 모두 보여 줘요)")
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")


def main(args: argparse.Namespace) -> int:
    """Print the page of one code, or the list of all; return 0, or 2 for a code unknown here."""
    root = args.root.resolve()
    paths = [path for path in library.paths(root) if path.startswith("rules/")]
    rules = {page.rule.code: page.rule for path in paths if (page := library.read(root, path)).rule}
    if args.code is None:
        for rule in rules.values():
            print(f"{rule.code}  {rule.title}")
        return 0
    code = args.code.upper()
    if code not in rules:
        print(f"모르는 코드예요: {args.code}. {_advice(code, list(rules))}", file=sys.stderr)
        return 2
    print(library.read(root, rules[code].path).body)
    return 0


def _advice(code: str, known: list[str]) -> str:
    if not known:
        return "docs/rules/가 있는 프로젝트 폴더에서 실행하거나 --root를 적어 주세요."
    nearest = difflib.get_close_matches(code, known, n=1, cutoff=0)
    return f"혹시 {nearest[0]}인가요? 모든 코드는 `papernotes explain`으로 볼 수 있어요."
