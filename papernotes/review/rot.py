"""``papernotes rot``: papers of which arXiv has a newer version than the notes pin.

Nothing here is wrong with a note: a pinned version stays what it was. But a newer one may answer
a question, or correct what a note quotes.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from papernotes import arxiv
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.command import CACHE
from papernotes.fingerprint.fingerprint import PdfRefused
from papernotes.note import library
from papernotes.note.model import Note
from papernotes.project import add_root, require
from papernotes.review import follow


def newest(
    numbers: Sequence[str], api: str = arxiv.API, pause: float = arxiv.PAUSE
) -> dict[str, int]:
    """Ask arXiv for the newest version of each paper; those that it does not know are left out.

    ``numbers`` are arXiv ids without their version (``1907.11692``); what is raised, and what
    ``api`` and ``pause`` are, says :func:`papernotes.arxiv.ask`.
    """
    split = (entry.id.rpartition("v") for entry in arxiv.ask(numbers, api, pause))
    return {number: int(version) for number, _, version in split if number and version.isdecimal()}


def outdated(notes: Sequence[Note], versions: dict[str, int]) -> Iterator[str]:
    """Yield a line for each paper of a note that is not pinned to its newest version."""
    for note in notes:
        for paper in note.papers:
            number, _, pinned = paper.arxiv.rpartition("v")
            newer = versions.get(number)
            where = f"docs/{note.path}: {paper.short} {paper.arxiv}"
            if newer is None:
                yield f"{where}: arXiv가 이 번호를 몰라요. 번호를 살펴 주세요."
            elif newer > int(pinned):
                yield (
                    f"{where}: v{newer}이 나왔어요 (https://arxiv.org/abs/{number}v{newer}). "
                    f"`papernotes follow {number}v{newer}`로 따라가 주세요."
                )


def compared(notes: Sequence[Note], versions: dict[str, int], folder: Path) -> Iterator[str]:
    """Yield what became of each quotation in the newer versions, whose PDFs come to ``folder``."""
    for old in sorted({paper.arxiv for note in notes for paper in note.papers}):
        number, _, pinned = old.rpartition("v")
        newer = versions.get(number, 0)
        if newer <= int(pinned):
            continue
        new = f"{number}v{newer}"
        yield f"{old} → {new}"
        try:
            pdf = fingerprint.fetch(new, folder, "follow --pdf 파일.pdf")
            yield from follow.report(follow.compare(notes, old, fingerprint.from_pdf(pdf, new)))
        except PdfRefused as refused:
            yield str(refused)
        time.sleep(arxiv.PAUSE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_root(parser)
    compare = "새 판의 PDF를 받아서 인용마다 그대로인지도 알려 줘요"
    parser.add_argument("--compare", action="store_true", help=compare)
    parser.add_argument("--api", default=arxiv.API, help=f"arXiv API의 주소 (기본: {arxiv.API})")


def main(args: argparse.Namespace) -> int:
    """Print one paper a line; return 0, 1 (some to look at, or no answer) or 2 (no project)."""
    found = library.load(require(args.root))
    if found.problems:  # whose papers would be passed over
        print("\n".join(map(str, found.problems)))
        return 1
    notes = found.notes
    numbers = sorted({paper.arxiv.rpartition("v")[0] for note in notes for paper in note.papers})
    try:
        versions = newest(numbers, args.api)
    except arxiv.Unreachable as error:
        print(f"arXiv에서 답을 받지 못했어요({error}). 잠시 뒤에 다시 해 주세요.")
        return 1
    lines = list(outdated(notes, versions))
    if args.compare:
        lines += compared(notes, versions, args.root / CACHE)
    print("\n".join(lines) or f"논문 {len(numbers)}편이 모두 arXiv의 가장 새로운 판이에요.")
    return 1 if lines else 0
