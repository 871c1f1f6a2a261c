"""``papernotes follow``: from one version of a paper to the next, quotation by quotation.

The new version's fingerprint tells of each quotation whether it stands there unchanged, on another
page or in another section, or not any more. Where it stands is mended; what the authors changed
is for people to read again, and ``papernotes check`` holds it up until they have.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from papernotes import arxiv
from papernotes.files import write_all
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.command import CACHE
from papernotes.fingerprint.fingerprint import Fingerprint, PdfRefused
from papernotes.fingerprint.quotations import fingerprint_path
from papernotes.fingerprint.verify import Kind, found_on, verify
from papernotes.note import library
from papernotes.note.kinds import write_place
from papernotes.note.model import Note, Place, Quote
from papernotes.project import UsageError, add_root, require


class Fate(Enum):
    """What became of a quotation in a new version."""

    UNCHANGED = "그대로"
    MOVED = "자리만 옮김"
    CHANGED = "달라짐"


@dataclass(frozen=True)
class Followed:
    """A quotation in a new version: its place there, and what differs where it ``CHANGED``."""

    note: Note
    quote: Quote
    fate: Fate
    place: Place
    said: str = ""

    def __str__(self) -> str:
        """Return ``docs/papers/x.md:12: …``, in Korean."""
        where = f"docs/{self.note.path}:{self.quote.line}"
        old = self.quote.place.label
        if self.fate is Fate.MOVED:
            return f"{where}: {self.fate.value}: {old} → {self.place.label}"
        return f"{where}: {self.fate.value}: {old}" + (f". {self.said}" if self.said else "")


def compare(notes: Sequence[Note], old: str, new: Fingerprint) -> list[Followed]:
    """Say of every quotation of the version ``old`` what became of it in ``new``."""
    return [
        _followed(note, quote, new)
        for note in notes
        for passage in note.passages
        for quote in passage.quotes
        if quote.paper.arxiv == old
    ]


def _followed(note: Note, quote: Quote, new: Fingerprint) -> Followed:
    place = quote.place
    if not verify(quote.text, place.pages, place.where, new):
        return Followed(note, quote, Fate.UNCHANGED, place)
    pages = place.pages
    if verify(quote.text, pages, None, new):
        pages = found_on(quote.text, new)
    if pages:
        unplaced = place.where and verify(quote.text, pages, place.where, new)
        where = _section(pages[0], new) if unplaced else place.where
        return Followed(note, quote, Fate.MOVED, Place(where, pages))
    known = tuple(page for page in place.pages if page <= new.pages) or (new.pages,)
    wrong = verify(quote.text, known, None, new)
    said = next((each.message for each in wrong if each.kind is not Kind.OTHER_PAGE), "")
    return Followed(note, quote, Fate.CHANGED, place, said)


def _section(page: int, new: Fingerprint) -> str | None:
    """Return the section that a page begins in, None where no section has a number."""
    before = [section for section in new.sections if section.page <= page and section.number]
    return f"§{before[-1].number}" if before else None


def report(followed: Sequence[Followed]) -> Iterator[str]:
    """Yield how many quotations met which fate, then those that need a look."""
    counts = [f"{fate.value} {sum(f.fate is fate for f in followed)}개" for fate in Fate]
    yield f"인용 {len(followed)}개: {', '.join(counts)}"
    yield from (str(each) for each in followed if each.fate is not Fate.UNCHANGED)


def changed_files(
    root: Path, notes: Sequence[Note], followed: Sequence[Followed], old: str, new: str
) -> dict[Path, str]:
    """Return the notes as they are with the new version: its id, and the places that moved."""
    files = {}
    for note in notes:
        if old not in {paper.arxiv for paper in note.papers}:
            continue
        file = root / "docs" / note.path
        lines = file.read_text("utf-8").split("\n")
        pinned = re.compile(rf"^(\s*arxiv:\s*[\"']?){re.escape(old)}\b")
        for number, line in enumerate(lines):
            if number and line == "---":
                break
            lines[number] = pinned.sub(rf"\g<1>{new}", line)
        for each in followed:
            if each.note is note and each.fate is Fate.MOVED:
                at = each.quote.line - 1
                lines[at] = lines[at].partition("|")[0] + f"| {write_place(each.place)}"
        files[file] = "\n".join(lines)
    return files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("paper", help="새 판의 arXiv 번호 (1706.03762v6)")
    parser.add_argument("--pdf", type=Path, help="새 판의 PDF (없으면 arXiv에서 받아요)")
    parser.add_argument(
        "--dry-run", action="store_true", help="비교하기만 하고 아무것도 쓰지 않아요"
    )
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Follow a paper to a version; return 0, 1 (some quotations changed, or refused) or 2."""
    root = require(args.root)
    arxiv.require_id(args.paper)
    notes = library.load(root).notes
    number = args.paper.rpartition("v")[0]
    papers = (paper.arxiv for note in notes for paper in note.papers)
    olds = sorted({p for p in papers if p.rpartition("v")[0] == number and p != args.paper})
    if not olds:
        raise UsageError(f"노트에 {number}의 다른 판이 없어요. 번호를 확인해 주세요.")
    try:
        pdf = args.pdf or fingerprint.fetch(args.paper, root / CACHE, "follow --pdf 파일.pdf")
        new = fingerprint.from_pdf(pdf, args.paper)
    except PdfRefused as refused:
        print(f"{args.paper}: {refused}")
        return 1
    has_changed = False
    for old in olds:
        followed = compare(notes, old, new)
        print(f"{old} → {args.paper}")
        print("\n".join(report(followed)))
        has_changed = has_changed or any(each.fate is Fate.CHANGED for each in followed)
        if not args.dry_run:
            made = fingerprint_path(root, args.paper)
            files = {made: new.dumps(), **changed_files(root, notes, followed, old, args.paper)}
            write_all(files)
            fingerprint_path(root, old).unlink(missing_ok=True)
            print(
                f"노트 {len(files) - 1}개와 지문을 새 판으로 바꿨어요. 달라진 인용을 고쳐 주세요."
            )
    return int(has_changed)
