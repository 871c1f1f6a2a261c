"""``papernotes transcribe``: a form that somebody filled in, or a mentor's sheet, into the note."""

import argparse
import json
import sys
from pathlib import Path

from papernotes.check.check import check_page
from papernotes.files import write_all, write_whole
from papernotes.forms import form, issue
from papernotes.forms.form import Unplaced
from papernotes.forms.issue import Issue
from papernotes.forms.transcribe import Transcribed, transcribe
from papernotes.importing.text import text_of
from papernotes.note.library import freshen
from papernotes.note.parse import clean
from papernotes.problems import Problem
from papernotes.project import add_root, require
from papernotes.review.literal import block, span

_MOST_SHOWN = 20_000
"""Characters of what was sent that a summary shows; a pull request takes 65,536."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("file", type=Path, help="저장한 이슈(JSON이나 글), 멘토가 돌려준 종이")
    parser.add_argument(
        "--pull-request",
        type=Path,
        metavar="파일",
        help="풀 리퀘스트나 댓글이 될 것을 여기에도 적어요",
    )
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Print what was put where; return 0, 1 (it has no place, nothing is written) or 2 (usage)."""
    root = require(args.root)
    sent = issue.read(text_of(args.file, args.file))
    try:
        done = transcribe(root, form.read(sent.body, form.load(root)))
    except Unplaced as unplaced:
        said = comment(unplaced)
        message = " ".join(unplaced.reasons)
        print(Problem(str(args.file), 1, 1, "PN707", message), file=sys.stderr)
        print(said)
        _hand_on(args.pull_request, {"comment": said})
        return 1
    write_all({root / path: source for path, source in done.files.items()})
    if done.files:
        freshen(root)
    said = summary(done, sent)
    print(said)
    _hand_on(args.pull_request, {"title": title(done), "body": said, "files": done.files})
    return 0


def title(done: Transcribed) -> str:
    """Return what the pull request is called, of the notes' own words alone."""
    first = done.rows[0]
    what = "새 논문" if done.made else first.what
    more = f" 외 {len(done.rows) - 1}개" if len(done.rows) > 1 else ""
    return f"[{what}] {first.path.rpartition('/')[2].removesuffix('.md')}: {first.id}{more}"


def summary(done: Transcribed, sent: Issue) -> str:
    """Return, in Markdown, what was put where, what an editor has to do, and what was sent."""
    rows = [
        f"| {row.what} | `docs/{row.path}#{row.id}` | {span(row.by)} | "
        f"{'이미 있어서 그대로' if row.is_there else '새로 적음'} |"
        for row in done.rows
    ]
    paths = [path for path in done.files if path.startswith("docs/")]
    problems = [
        problem
        for path in paths
        for problem in check_page(done.root, path.removeprefix("docs/")).problems
    ]
    asks = [f"- [ ] {each}" for each in dict.fromkeys(done.asks)]
    parts = [
        "\n".join(["| 무엇 | 어디 | 누구의 말 | |", "| --- | --- | --- | --- |", *rows]),
        "\n".join(["## 합치기 전에", "", *asks]) if asks else "",
        f"## 검사가 알려 준 것\n\n{_fenced(chr(10).join(map(str, problems)))}" if problems else "",
        f"## 받은 글\n\n{_fenced(clean(sent.body).strip())}",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def comment(unplaced: Unplaced) -> str:
    """Return what is said to somebody whose form has no place."""
    reasons = "\n".join(f"- {each}" for each in unplaced.reasons)
    return (
        "고마워요! 그런데 아직 노트에 옮기지 못했어요. 이것만 고쳐 주시겠어요?\n\n"
        f"{reasons}\n\n"
        "맨 위 글 오른쪽의 **… → Edit**으로 고치면 돼요. 새로 보내지 않아도 괜찮아요. "
        "고친 뒤에 댓글을 남겨 주시면 다시 옮길게요.\n"
    )


def _fenced(text: str) -> str:
    return block(text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}\n…")


def _hand_on(file: Path | None, outcome: dict[str, object]) -> None:
    """Write what becomes a pull request or a comment."""
    if file is not None:
        write_whole(file, json.dumps(outcome, ensure_ascii=False))
