"""``papernotes runtime``: fetch Python for the reader's browser, once."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from papernotes.runtime import pins
from papernotes.runtime.assemble import assemble, cache_folder, damaged, publish, withdraw


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")
    parser.add_argument("--required", action="store_true", help="받지 못하면 실패로 끝나요")


def main(args: argparse.Namespace) -> int:
    """Fetch what is missing; return 0, 1 (required and not to be had) or 2 (no project here)."""
    if not (args.root / "docs").is_dir():
        print(
            f"{args.root}에 docs/ 폴더가 없어요. 프로젝트 폴더에서 실행하거나 --root를 적어 주세요."
        )
        return 2
    try:
        folder = cache_folder()
        with _progress() as progress:
            problems = assemble(folder, progress)
        missing = damaged(folder)
    except OSError as error:
        print(f"브라우저용 파이썬을 둘 수 없어요 ({error}). 폴더의 권한과 남은 자리를 확인하세요.")
        return 1 if args.required else 0
    for problem in problems:
        print(problem)
    if missing:
        withdraw(args.root)
        print(
            f"브라우저용 파이썬을 받지 못해서(파일 {len(missing)}개) 사이트에 실행 단추가 없어요. "
            "네트워크를 확인하고 `papernotes runtime`을 다시 실행해 주세요."
        )
        return 1 if args.required else 0
    publish(args.root, folder)
    size = sum((folder / name).stat().st_size for name in pins.downloads())
    print(f"브라우저용 파이썬이 있어요: Pyodide {pins.VERSION}, {size / 1e6:.0f} MB ({folder})")
    return 0


def _progress() -> Progress:
    """Return a bar on standard error; elsewhere than on a terminal it stays silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())
