"""``papernotes export``: what is no page, written into a built site.

Each snippet becomes a notebook beside its source, for readers who want to go on from it.
Every question goes into one file, which the filter of a long list reads.
"""

import argparse
from pathlib import Path

import jupytext

from papernotes import library, rows
from papernotes.files import write_whole
from papernotes.run.sources import FOLDER, Snippet, snippets


def notebook(snippet: Snippet) -> str:
    """Return a snippet as a notebook (nbformat 4); the same source gives the same text."""
    made = jupytext.read(snippet.file, fmt="py:percent")
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"
    made.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    return str(jupytext.writes(made, fmt="ipynb"))


def export(root: Path, site: Path) -> list[Path]:
    """Write the exports of the project at ``root`` into ``site``; return the files written."""
    written = []
    for snippet in snippets(root):
        target = (site / snippet.path).with_suffix(".ipynb")
        write_whole(target, notebook(snippet))
        written.append(target)
    questions = site / rows.PATH
    write_whole(questions, rows.as_json(rows.rows(library.load(root).passages)))
    return [*written, questions]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("site", type=Path, help="지은 사이트의 폴더")
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")


def main(args: argparse.Namespace) -> int:
    """Export; return 0, or 2 where there is no site."""
    if not (args.site / "index.html").is_file() or not (args.root / FOLDER).is_dir():
        print(f"{args.site}에 지은 사이트가 없어요. `make build`로 먼저 지어 주세요.")
        return 2
    written = export(args.root.resolve(), args.site)
    print(f"{args.site}에 파일 {len(written)}개를 넣었어요.")
    return 0
