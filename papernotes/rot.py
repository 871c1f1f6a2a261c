"""``papernotes rot``: papers of which arXiv has a newer version than the notes pin.

Nothing here is wrong with a note: a pinned version stays what it was. But a newer one may answer
a question, or correct what a note quotes.
"""

import argparse
import time
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from papernotes.note import library
from papernotes.note.model import Note, Paper

API = "https://export.arxiv.org/api/query"
_AT_ONCE = 100
_PAUSE = 3.0
_TIMEOUT = 30.0
"""Papers a request, and seconds between requests. Source: arXiv API User's Manual and arXiv's
terms of use for its APIs ("no more than one request every three seconds")."""

_ATOM = "{http://www.w3.org/2005/Atom}"


def newest(numbers: Sequence[str], api: str = API, pause: float = _PAUSE) -> dict[str, int]:
    """Ask arXiv for the newest version of each paper; those that it does not know are left out.

    Args:
        numbers: arXiv ids without their version (``1907.11692``).
        api: Where the API answers.
        pause: Seconds between requests.

    Raises:
        OSError: There was no answer.
        xml.etree.ElementTree.ParseError: The answer was no feed.
    """
    found: dict[str, int] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        if start:
            time.sleep(pause)
        asked = numbers[start : start + _AT_ONCE]
        query = urlencode({"id_list": ",".join(asked), "max_results": len(asked)})
        request = Request(f"{api}?{query}", headers={"User-Agent": "papernotes"})
        with urlopen(request, timeout=_TIMEOUT) as answer:
            feed = etree.fromstring(answer.read())
        for entry in feed.iter(f"{_ATOM}entry"):
            address = entry.findtext(f"{_ATOM}id", "")
            number, _, version = address.partition("/abs/")[2].rpartition("v")
            if number and version.isdecimal():
                found[number] = int(version)
    return found


def outdated(notes: Sequence[Note], versions: dict[str, int]) -> Iterator[str]:
    """Yield a line for each paper of a note that is not pinned to its newest version."""
    for note in notes:
        for paper in dict.fromkeys((note.paper, *note.references)):
            number, pinned = _split(paper)
            newer = versions.get(number)
            where = f"docs/{note.path}: {paper.short} {paper.arxiv}"
            if newer is None:
                yield f"{where}: arXiv가 이 번호를 몰라요. 번호를 살펴 주세요."
            elif newer > pinned:
                yield (
                    f"{where}: v{newer}이 나왔어요 (https://arxiv.org/abs/{number}v{newer}). "
                    "달라진 곳을 살피고, 판을 올리려면 지문도 새로 만들어 주세요."
                )


def _split(paper: Paper) -> tuple[str, int]:
    number, _, version = paper.arxiv.rpartition("v")
    return number, int(version)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")
    parser.add_argument("--api", default=API, help=f"arXiv API의 주소 (기본: {API})")


def main(args: argparse.Namespace) -> int:
    """Print one paper a line; return 0 (all are the newest) or 1 (some are not, or no answer)."""
    notes = library.load(args.root.resolve()).notes
    papers = [paper for note in notes for paper in (note.paper, *note.references)]
    numbers = sorted({_split(paper)[0] for paper in papers})
    try:
        versions = newest(numbers, args.api)
    except (OSError, etree.ParseError) as error:
        print(f"arXiv에서 답을 받지 못했어요({error}). 잠시 뒤에 다시 해 주세요.")
        return 1
    lines = list(outdated(notes, versions))
    print("\n".join(lines) or f"논문 {len(numbers)}편이 모두 arXiv의 가장 새로운 판이에요.")
    return 1 if lines else 0
