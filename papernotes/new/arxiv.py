"""What arXiv's own record says of a paper.

Source: arXiv API User's Manual (https://info.arxiv.org/help/api/user-manual.html), an Atom feed
with one entry a paper; ``updated`` is the day of the version that was asked for.
"""

import urllib.request
import xml.etree.ElementTree as etree
from http.client import HTTPException

from papernotes.new.scaffold import Record

API = "https://export.arxiv.org/api/query?id_list="
_MOST_BYTES = 1_000_000
_SECONDS = 15
_ATOM = "{http://www.w3.org/2005/Atom}"


class Unreachable(Exception):
    """arXiv did not answer, or not with a record of the paper."""


def record(paper_id: str) -> Record:
    """Return the record of a paper's version (``1706.03762v5``).

    Raises:
        Unreachable: there is no network, or no such paper.
    """
    request = urllib.request.Request(API + paper_id, headers={"User-Agent": "papernotes"})
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
            entry = etree.fromstring(answer.read(_MOST_BYTES)).find(f"{_ATOM}entry")
    except (OSError, HTTPException, etree.ParseError) as error:
        raise Unreachable(str(error)) from error
    if entry is None or not _text(entry, "id").endswith(paper_id):
        raise Unreachable(paper_id)
    authors = [_text(author, "name") for author in entry.findall(f"{_ATOM}author")]
    year = _text(entry, "updated")[:4]
    return Record(
        title=_text(entry, "title"),
        authors=tuple(name for name in authors if name),
        year=int(year) if year.isdecimal() else None,
        sure=True,
    )


def _text(parent: etree.Element, name: str) -> str:
    return " ".join((parent.findtext(f"{_ATOM}{name}") or "").split())
