"""``papernotes runtime``: fetch Python and pdf.js for the reader's browser, once."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from papernotes.bundle import Bundle
from papernotes.pdfjs.bundle import PDFJS
from papernotes.project import add_root, require
from papernotes.pyodide.bundle import PYODIDE

BUNDLES: tuple[Bundle, ...] = (PYODIDE, PDFJS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_root(parser)
    parser.add_argument("--required", action="store_true", help="받지 못하면 실패로 끝나요")


def main(args: argparse.Namespace) -> int:
    """Fetch what is missing; return 0, 1 (required and not to be had) or 2 (no project here).

    Without it the site has no run buttons, or no reader, which is said in one line.
    """
    root = require(args.root)
    wanting = False
    try:
        for bundle in BUNDLES:
            why = _fetch(bundle, root)
            if why is None:
                print(f"{bundle.called}: {bundle.version} ({bundle.cache})")
            else:
                wanting = True
                bundle.withdraw(root)
                print(
                    f"{bundle.without} 없이 지어요. {bundle.called}: {why} "
                    "`papernotes runtime`을 실행해 주세요."
                )
    except KeyboardInterrupt:
        print("그만두었어요. 받던 파일은 남기지 않았어요.", file=sys.stderr)
        return 130
    return 1 if args.required and wanting else 0


def _fetch(bundle: Bundle, root: Path) -> str | None:
    """Fetch a bundle and publish it; return what hinders that and what to look at, if anything."""
    try:
        with _progress() as progress:
            problems = bundle.assemble(progress)
        for problem in problems:
            print(problem)
        missing = bundle.wanting(bundle.cache)
        if missing:
            return f"받지 못했어요 (파일 {len(missing)}개). 네트워크를 확인하고"
        bundle.publish(root)
    except (OSError, RuntimeError) as error:  # no home, a read-only one, a full disk
        return f"둘 수 없어요 ({error}). 폴더의 권한과 남은 자리를 확인하고"
    return None


def _progress() -> Progress:
    """Return a bar on standard error; elsewhere than on a terminal it stays silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())
