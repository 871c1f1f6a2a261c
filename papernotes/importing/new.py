"""``papernotes new``: everything that a new note begins with, in one command."""

import argparse
from pathlib import Path

from papernotes import arxiv
from papernotes.files import write_all
from papernotes.fingerprint import command as fingerprint_command
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.command import CACHE, Made
from papernotes.fingerprint.fingerprint import PdfRefused
from papernotes.fingerprint.pdftext import PdfText
from papernotes.fingerprint.quotations import fingerprint_path
from papernotes.importing import titlepage
from papernotes.importing.scaffold import RESERVED, Proposal, Record, comment, example, propose
from papernotes.note import library, write
from papernotes.note.kinds import ID
from papernotes.note.library import freshen
from papernotes.note.model import Note
from papernotes.project import Refused, UsageError, add_root, require
from papernotes.snippets.snippet import FOLDER as SNIPPETS

_TAKEN = "노트가 이미 있어요. 그 노트에 구절을 보태거나 --slug로 다른 이름을 적어 주세요."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("paper", help="판까지 적은 arXiv 번호 (1706.03762v5)")
    parser.add_argument("--pdf", type=Path, help="논문 PDF (없으면 arXiv에서 받아요)")
    parser.add_argument("--slug", default="", help="노트의 짧은 영어 이름 (attention)")
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Write a note with a first passage to fill in; return 0. Raises Refused, or UsageError."""
    root = require(args.root)
    arxiv.require_id(args.paper)
    if args.slug and (args.slug in RESERVED or not ID.match(args.slug)):
        advice = "영어 소문자, 숫자, 붙임표로만 적어 주세요."
        raise UsageError(f"`{args.slug}`는 쓸 수 없어요. {advice}")
    notes = library.load(root).notes
    double = next((f"docs/{note.path}" for note in notes if note.paper.arxiv == args.paper), "")
    if double:
        raise Refused(double, "PN706", _TAKEN)
    try:
        proposal, done = begin(root, args.paper, args.pdf, args.slug)
    except PdfRefused as refused:
        raise Refused(args.pdf or args.paper, "PN705", str(refused)) from refused
    path = f"papers/{proposal.slug}.md"
    if (root / "docs" / path).exists():
        raise Refused(f"docs/{path}", "PN706", _TAKEN)
    target = fingerprint_path(root, args.paper).relative_to(root)
    write_all({root / target: done.fingerprint.dumps(), root / "docs" / path: _source(proposal)})
    (root / SNIPPETS / proposal.slug).mkdir(parents=True, exist_ok=True)
    freshen(root)
    print(f"docs/{path}: 노트를 새로 썼어요. 채울 곳은 `papernotes check`가 하나씩 알려 줘요.")
    print(f"{target}: 지문을 만들었어요. 절의 번호와 쪽이 맞는지 훑어봐 주세요.{done.remarks}")
    print(f"{SNIPPETS}/{proposal.slug}/: 코드를 보태려면 여기에 넣어 주세요.")
    return 0


def begin(
    root: Path, paper_id: str, pdf: Path | None = None, slug: str = ""
) -> tuple[Proposal, Made]:
    """Return how a paper's note begins, and its fingerprint; the PDF is arXiv's unless given.

    Raises:
        PdfRefused: the PDF cannot be had or read, or it is another paper or version.
    """
    pdf = pdf or fingerprint.fetch(paper_id, root / CACHE, "new --pdf 파일.pdf")
    made = fingerprint_command.make(root, pdf, paper_id)
    return propose(paper_id, _record(paper_id, made.text), slug=slug), made


def opening(proposal: Proposal) -> str:
    """Return a note's source down to its first passage."""
    note = Note("", proposal.description, proposal.paper, (), (), {})
    intro = comment("무엇을 한 논문인지 한두 문장으로 소개해 주세요")
    return write.note(note, proposal.marks, intro)


def _record(paper_id: str, pdf: PdfText) -> Record:
    """Return what arXiv says of a paper, or what the PDF does where arXiv says nothing."""
    printed = titlepage.read(pdf)
    try:
        found = next((each for each in arxiv.ask([paper_id]) if each.id == paper_id), None)
    except arxiv.Unreachable:
        found = None
    if found is None:
        print("arXiv에 닿지 않아서 PDF의 첫 쪽에서 읽었어요. 확인할 곳을 표시해 둘게요.")
        return printed
    return Record(found.title, found.authors, "", found.year, printed.venue, sure=True)


def _source(proposal: Proposal) -> str:
    first = example(proposal)
    ask = f"제목과 주소({first.id})를 지어 주세요. 주소는 한번 공개하면 바꾸지 않아요"
    passage = write.passage(first, [comment(ask)])
    return f"{opening(proposal)}\n{passage}"
