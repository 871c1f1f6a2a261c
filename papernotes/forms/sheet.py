"""``papernotes open``: the questions that wait, also as a sheet for a mentor to fill in."""

import argparse
import os
import sys

from papernotes.note import library
from papernotes.note.library import Library
from papernotes.note.model import Note
from papernotes.project import UsageError, add_root, require
from papernotes.render import sheet
from papernotes.render.context import Context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("paper", nargs="?", default="", help="이 논문의 질문만 (RoBERTa)")
    parser.add_argument(
        "--for-mentor", action="store_true", help="멘토에게 보낼 종이로 적어요 (답을 적을 자리까지)"
    )
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Print the questions that wait, one a line or as a sheet; return 0."""
    notes = library.load(require(args.root))
    found = sheet.waiting(_named(notes, args.paper))
    if not found:
        print("기다리는 질문이 없어요.", file=sys.stderr)
    elif args.for_mentor:
        page = notes.page(found[0][0].path)
        assert page is not None  # the note is of this library
        urls = {name: os.environ.get(name.upper(), "") for name in ("site_url", "repo_url")}
        print(sheet.text(found, Context(notes, page, urls)), end="")
    else:
        for note, passage in found:
            place = f"docs/{note.path}:{passage.line}:1"
            print(f"{place}: {passage.status.label} {passage.title} #{passage.id}")
    return 0


def _named(notes: Library, paper: str) -> tuple[Note, ...]:
    """Return the notes of a paper, or all; raise UsageError where there is no such paper."""
    named = tuple(n for n in notes.notes if paper.casefold() in map(str.casefold, _names(n)))
    if paper and not named:
        known = ", ".join(note.paper.short for note in notes.notes)
        raise UsageError(f"`{paper}`의 노트가 없어요. 이 가운데서 적어 주세요: {known}.")
    return named if paper else tuple(notes.notes)


def _names(note: Note) -> tuple[str, ...]:
    slug = note.path.rpartition("/")[2].removesuffix(".md")
    return note.paper.short, slug, note.paper.arxiv, note.path
