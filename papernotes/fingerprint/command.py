"""``papernotes fingerprint``: make the file by which a paper's quotations are checked."""

import argparse
import dataclasses
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from papernotes import arxiv
from papernotes.files import write_whole
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.box import read as read_pdf
from papernotes.fingerprint.fingerprint import Fingerprint, FingerprintInvalid, PdfRefused
from papernotes.fingerprint.pdftext import PdfText
from papernotes.fingerprint.quotations import (
    FOLDER,
    find_fingerprint,
    fingerprint_path,
    prove,
    rests_on,
)
from papernotes.note import library
from papernotes.project import UsageError, add_root

CACHE = Path(".cache") / "papers"
"""Where papers from arXiv are kept; git ignores it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    what = "PDF 파일, 또는 판까지 적은 arXiv 번호 (1706.03762v5)"
    parser.add_argument("paper", nargs="?", help=what)
    parser.add_argument("--id", help="PDF의 arXiv 번호와 판 (1706.03762v5)")
    parser.add_argument("--fresh", action="store_true", help="절과 표의 목록도 새로 뽑아요")
    verify = "새로 쓰지 않고, 있는 지문을 PDF로 확인해요 (논문을 안 적으면 모두)"
    parser.add_argument("--verify", action="store_true", help=verify)
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Write or prove fingerprints; return 0, 1 (a PDF or a fingerprint was refused) or 2."""
    if args.verify and args.paper is None:
        return _prove_all(args.root)
    by_number = args.id is None
    paper_id = args.paper if by_number else args.id
    if paper_id is None or not arxiv.ID.fullmatch(paper_id):
        raise UsageError(
            f"판까지 적은 arXiv 번호가 아니에요: {paper_id or ''}. "
            "`papernotes fingerprint 논문.pdf --id 1706.03762v5`처럼 적어 주세요."
        )
    pdf = None if by_number else Path(args.paper)
    if args.verify:
        return _prove(args.root, [paper_id], pdf)
    try:
        pdf = pdf or fingerprint.fetch(paper_id, args.root / CACHE)
        done = make(args.root, pdf, paper_id, fresh=args.fresh)
    except PdfRefused as refused:
        print(f"{args.paper}: {refused}", file=sys.stderr)
        return 1
    target, made = fingerprint_path(args.root, paper_id), done.fingerprint
    write_whole(target, made.dumps())
    print(
        f"{FOLDER}/{target.name}: {made.pages}쪽, 낱말 {made.words}개, 절 {len(made.sections)}개. "
        f"절의 번호와 쪽이 맞는지 훑어보고, 틀린 곳은 이 파일에서 고쳐 주세요.{done.remarks}"
    )
    return 0


def _prove_all(root: Path) -> int:
    ids = []
    for file in sorted((root / FOLDER).glob("*.json")):
        try:
            ids.append(fingerprint.load(file).id)
        except FingerprintInvalid as error:
            print(error)
            return 1
    return _prove(root, ids, None)


def _prove(root: Path, ids: Sequence[str], pdf: Path | None) -> int:
    """Print for each fingerprint whether its PDF, or else arXiv's, proves it."""
    resting = rests_on(library.load(root.resolve()).notes)
    failed = False
    for number, paper_id in enumerate(ids):
        try:
            claimed = find_fingerprint(root, paper_id)
            if claimed is None:
                raise FingerprintInvalid(f"{FOLDER}/에 지문이 없어요. 먼저 만들어 주세요.")
            if pdf is None and number:
                time.sleep(arxiv.PAUSE)
            file = pdf or fingerprint.fetch(paper_id, root / CACHE)
            proof = prove(claimed, file, resting.get(paper_id, ()))
            failed = failed or not proof.holds
            print(f"{paper_id}: {proof.said}")
            for quote in proof.refuted:
                print(f"  {quote.place.label}: {quote.text[:60]}…")
        except (PdfRefused, FingerprintInvalid) as error:
            print(f"{paper_id}: {error}")
            failed = True
    return int(failed)


class Made(NamedTuple):
    """A fingerprint, the text that it was made from, and what to say of the making.

    ``is_kept`` says that an older one's sections were kept in it.
    """

    fingerprint: Fingerprint
    text: PdfText
    is_kept: bool

    @property
    def remarks(self) -> str:
        """What the person who has made it has to know, in Korean; nothing where all went well."""
        said = []
        if self.is_kept:
            said.append("이미 있던 절과 표의 목록은 그대로 두었어요(새로 뽑으려면 --fresh).")
        if self.text.lost:
            said.append(
                f"글꼴에 글자 정보가 없는 글자가 낱말 {len(self.text.lost)}개에 있어요"
                f"({', '.join(dict.fromkeys(self.text.lost[:5]))} …). "
                "그런 낱말이 든 문장은 보이는 대로 옮겨도 대조되지 않으니 …로 나눠 주세요."
            )
        return "".join(f" {each}" for each in said)


def make(root: Path, pdf: Path, paper_id: str, *, fresh: bool = False) -> Made:
    """Return the fingerprint of a PDF; raises PdfRefused as :func:`.fingerprint.from_pdf`.

    It has an older one's sections, which somebody may have corrected, unless ``fresh`` ones are
    asked for.
    """
    text = read_pdf(pdf)
    made = fingerprint.of(text, paper_id, fingerprint.digest(pdf))
    lists = None if fresh else fingerprint.load_lists(fingerprint_path(root, paper_id))
    if lists is None or lists == (made.sections, made.floats):
        return Made(made, text, False)
    sections, floats = lists
    return Made(dataclasses.replace(made, sections=sections, floats=floats), text, True)
