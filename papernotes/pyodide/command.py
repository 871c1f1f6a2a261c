"""``papernotes runtime``: fetch Python for the reader's browser, once."""

import argparse
import sys

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from papernotes.project import add_root, require
from papernotes.pyodide import pins
from papernotes.pyodide.assemble import assemble, cache_folder, publish, wanting, withdraw
from papernotes.pyodide.download import SOURCES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_root(parser)
    parser.add_argument("--required", action="store_true", help="받지 못하면 실패로 끝나요")


def main(args: argparse.Namespace) -> int:
    """Fetch what is missing; return 0, 1 (required and not to be had) or 2 (no project here).

    Without it the site has no run buttons, which is said in one line.
    """
    root = require(args.root)
    try:
        folder = cache_folder()
        with _progress() as progress:
            problems = assemble(folder, SOURCES, progress)
        for problem in problems:
            print(problem)
        missing = wanting(folder)
        if not missing:
            publish(root, folder)
            print(f"브라우저용 파이썬이 있어요: Pyodide {pins.VERSION} ({folder})")
            return 0
        why = f"받지 못했어요 (파일 {len(missing)}개). 네트워크를 확인하고"
    except (OSError, RuntimeError) as error:  # no home, a read-only one, a full disk
        why = f"둘 수 없어요 ({error}). 폴더의 권한과 남은 자리를 확인하고"
    except KeyboardInterrupt:
        print("그만두었어요. 받던 파일은 남기지 않았어요.", file=sys.stderr)
        return 130
    withdraw(root)
    print(f"실행 단추 없이 지어요. 브라우저용 파이썬을 {why} `papernotes runtime`을 실행해 주세요.")
    return 1 if args.required else 0


def _progress() -> Progress:
    """Return a bar on standard error; elsewhere than on a terminal it stays silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())
