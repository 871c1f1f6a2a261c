"""``papernotes open``: the questions that wait, also as a sheet for a mentor to fill in.

The sheet has the answer form's own headings, so that ``papernotes transcribe`` reads what comes
back as it reads a form; :func:`papernotes.forms.form.read` knows where its own words stand.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from papernotes.forms import form
from papernotes.forms.form import Template
from papernotes.note import library
from papernotes.note.library import Library
from papernotes.note.model import Note, Passage, Status
from papernotes.project import UsageError, add_root, require
from papernotes.render.context import Context
from papernotes.render.context import Form as Link

_ROOM = "\n" * 4
"""To write in by hand, where the sheet is printed."""

_HEAD = """# 여쭙고 싶은 것: {papers}

논문을 읽다가 막힌 질문 {count}개예요. 아는 것만, 짧아도, 확실하지 않아도 괜찮아요.

`### 답` 아래에 적어서 이 글을 그대로 돌려주세요. 절과 쪽은 `### 근거` 아래에 적어 주세요.
비워 둔 질문은 그대로 둬요. 적어 주신 답은 이름과 함께 CC BY 4.0으로 노트에 실어요.
"""

Waiting = tuple[Note, Passage]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("paper", nargs="?", default="", help="이 논문의 질문만 (RoBERTa)")
    parser.add_argument(
        "--for-mentor", action="store_true", help="멘토에게 보낼 종이로 적어요 (답을 적을 자리까지)"
    )
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Print the questions that wait, one a line or as a sheet; return 0."""
    root = require(args.root)
    notes = library.load(root)
    found = waiting(notes, args.paper)
    if not found:
        print("기다리는 질문이 없어요.", file=sys.stderr)
    elif args.for_mentor:
        print(sheet(root, notes, found), end="")
    else:
        for note, passage in found:
            place = f"docs/{note.path}:{passage.line}:1"
            print(f"{place}: {passage.status.label} {passage.title} #{passage.id}")
    return 0


def waiting(notes: Library, paper: str = "") -> list[Waiting]:
    """Return the passages whose questions nobody has settled, the mentor's first in each note.

    Raises:
        UsageError: There is no such paper.
    """
    named = [n for n in notes.notes if paper.casefold() in map(str.casefold, _names(n))]
    if paper and not named:
        known = ", ".join(note.paper.short for note in notes.notes)
        raise UsageError(f"`{paper}`의 노트가 없어요. 이 가운데서 적어 주세요: {known}.")
    return [
        (note, passage)
        for note in (named if paper else notes.notes)
        for status in (Status.MENTOR, Status.OPEN)
        for passage in note.passages
        if passage.status is status
    ]


def sheet(root: Path, notes: Library, found: Sequence[Waiting]) -> str:
    """Return the sheet: each question with its quotation and place, and room for an answer."""
    template = next((each for each in form.load(root) if each.name == form.ANSWER), None)
    if template is None:
        raise UsageError(f"{form.FOLDER}/{form.ANSWER}.yml이 없어요. 양식을 되돌려 주세요.")
    papers = ", ".join(dict.fromkeys(note.paper.short for note, _ in found))
    parts = [_HEAD.format(papers=papers, count=len(found)), _blank(template, "name")]
    for number, (note, passage) in enumerate(found, 1):
        parts += [_question(notes, note, passage, number)]
        parts += [f"### {template.label(form.PASSAGE)}\n\n{_address(notes, note, passage)}\n"]
        parts += [_blank(template, form.ANSWER), _blank(template, "source")]
    return "\n".join(parts)


def _question(notes: Library, note: Note, passage: Passage, number: int) -> str:
    url = _context(notes, note).form_url(Link.ANSWER, note, passage)
    parts = [
        f"## {number}. {passage.title}",
        f"{note.paper.short} {passage.quote.place.label} ({passage.status.label})",
        _quoted(passage.quote.text),
        f"{form.ASKED}{f' ({passage.question.by})' if passage.question.by else ''}:",
        _quoted(passage.question.text),
        f"[{form.LINK}]({url})" if url else "",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _context(notes: Library, note: Note) -> Context:
    page = notes.page(note.path)
    assert page is not None  # the note is of this library
    urls = {name: os.environ.get(name.upper(), "") for name in ("site_url", "repo_url")}
    return Context(notes, page, urls)


def _address(notes: Library, note: Note, passage: Passage) -> str:
    return _context(notes, note).passage_url(note, passage) or f"{note.path}#{passage.id}"


def _blank(template: Template, id: str) -> str:
    return f"### {template.label(id)}\n{_ROOM}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _names(note: Note) -> tuple[str, ...]:
    slug = note.path.rpartition("/")[2].removesuffix(".md")
    return note.paper.short, slug, note.paper.arxiv, note.path
