"""``papernotes explain``: what a code means and how to mend it, from its page under docs/rules/."""

import argparse
import difflib

from papernotes.note import library
from papernotes.project import UsageError, add_root, require


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("code", nargs="?", metavar="코드", help="PN301처럼 (없으면 모두 보여 줘요)")
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Print the page of one code, or the list of all; return 0, or 2 for a code unknown here."""
    root = require(args.root, "docs/rules")
    paths = [path for path in library.paths(root) if path.startswith("rules/")]
    rules = {page.rule.code: page.rule for path in paths if (page := library.read(root, path)).rule}
    if args.code is None:
        for rule in rules.values():
            print(f"{rule.code}  {rule.title}")
        return 0
    code = args.code.upper()
    if code not in rules:
        raise UsageError(f"모르는 코드예요: {args.code}. {_advice(code, list(rules))}")
    rule = rules[code]
    print(f"# {rule.code} · {rule.title}\n\n{library.read(root, rule.path).body}")
    return 0


def _advice(code: str, known: list[str]) -> str:
    nearest = difflib.get_close_matches(code, known, n=1, cutoff=0)
    return f"혹시 {nearest[0]}인가요? 모든 코드는 `papernotes explain`으로 볼 수 있어요."
