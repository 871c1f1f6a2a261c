"""``papernotes fingerprint``: make the file by which a paper's quotations are checked."""

import argparse
import dataclasses
import sys
from pathlib import Path

from papernotes.check.quotes import FOLDER, find_fingerprint, fingerprint_path
from papernotes.files import ROOM, write_whole
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.fingerprint import ARXIV_ID, Fingerprint, FingerprintInvalid, PdfRefused
from papernotes.project import UsageError, add_root

CACHE = Path(".cache") / "papers"
"""Where papers from arXiv are kept; git ignores it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("paper", help="PDF 파일, 또는 판까지 적은 arXiv 번호 (1706.03762v5)")
    parser.add_argument("--id", help="PDF의 arXiv 번호와 판 (1706.03762v5)")
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Write the fingerprint; return 0, 1 (the PDF was refused) or 2 (usage)."""
    by_number = args.id is None
    paper_id = args.paper if by_number else args.id
    if not ARXIV_ID.fullmatch(paper_id):
        raise UsageError(
            f"판까지 적은 arXiv 번호가 아니에요: {paper_id}. "
            "`papernotes fingerprint 논문.pdf --id 1706.03762v5`처럼 적어 주세요."
        )
    try:
        pdf = fingerprint.fetch(paper_id, args.root / CACHE) if by_number else Path(args.paper)
        made, is_kept = make(args.root, pdf, paper_id)
    except PdfRefused as refused:
        print(f"{args.paper}: {refused}", file=sys.stderr)
        return 1
    target = fingerprint_path(args.root, paper_id)
    kept = " 손으로 고친 절과 표의 목록은 그대로 두었어요." if is_kept else ""
    try:
        write_whole(target, made.dumps())
    except OSError as error:
        print(f"{target}: 쓸 수 없어요({error.strerror}). {ROOM}", file=sys.stderr)
        return 1
    print(
        f"{FOLDER}/{target.name}: {made.pages}쪽, 낱말 {made.words}개, 절 {len(made.sections)}개. "
        f"절의 번호와 쪽이 맞는지 훑어봐 주세요.{kept}"
    )
    return 0


def make(root: Path, pdf: Path, paper_id: str) -> tuple[Fingerprint, bool]:
    """Return the fingerprint of a PDF, and whether an older one's sections were kept in it.

    Raises:
        PdfRefused: the PDF cannot be read, or it is another paper or version.
    """
    made = fingerprint.from_pdf(pdf, paper_id)
    try:
        old = find_fingerprint(root, paper_id)
    except FingerprintInvalid:
        old = None  # a broken file has nothing worth keeping
    if old is None:
        return made, False
    return dataclasses.replace(made, sections=old.sections, floats=old.floats), True
