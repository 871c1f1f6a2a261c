"""What arXiv's own records say of papers.

Source: arXiv API User's Manual (https://info.arxiv.org/help/api/user-manual.html), an Atom feed
with one entry a paper, and arXiv's terms of use for its APIs ("no more than one request every
three seconds").
"""

import re
import time
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from papernotes.project import UsageError

ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})v[1-9]\d?")
"""A paper's id with its version. Source: arXiv, "Understanding the arXiv identifier"."""

API = "https://export.arxiv.org/api/query"
PAUSE = 3.0
"""Seconds between requests."""

_AT_ONCE = 100
_TIMEOUT = 30.0
"""Papers a request, and seconds to wait for an answer."""

_MOST_BYTES = 10_000_000
_ATOM = "{http://www.w3.org/2005/Atom}"


class Unreachable(Exception):
    """arXiv did not answer, or not with its records."""


@dataclass(frozen=True)
class Entry:
    """A record: the id with its version (``1706.03762v5``), and that version's year."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None


def require_id(text: str) -> None:
    """Raise UsageError where ``text`` is no id with its version."""
    if not ID.fullmatch(text):
        raise UsageError(
            f"판까지 적은 arXiv 번호가 아니에요: {text}. 1706.03762v5처럼 적어 주세요."
        )


def ask(ids: Sequence[str], api: str | None = None, pause: float = PAUSE) -> Iterator[Entry]:
    """Yield the records of papers; those that arXiv does not know are left out.

    An id without a version (``1706.03762``) means the newest; ``api`` is :data:`API` unless told,
    ``pause`` in seconds. Raises Unreachable where there was no answer, or no feed.
    """
    for start in range(0, len(ids), _AT_ONCE):
        if start:
            time.sleep(pause)
        asked = ids[start : start + _AT_ONCE]
        query = urlencode({"id_list": ",".join(asked), "max_results": len(asked)}, safe=",/")
        request = Request(f"{api or API}?{query}", headers={"User-Agent": "papernotes"})
        try:
            with urlopen(request, timeout=_TIMEOUT) as answer:
                feed = etree.fromstring(answer.read(_MOST_BYTES))
        except (OSError, HTTPException, etree.ParseError) as error:
            raise Unreachable(str(error)) from error
        yield from map(_entry, feed.iter(f"{_ATOM}entry"))


def _entry(found: etree.Element) -> Entry:
    names = [_text(author, "name") for author in found.findall(f"{_ATOM}author")]
    year = _text(found, "updated")[:4]
    return Entry(
        _text(found, "id").partition("/abs/")[2],
        _text(found, "title"),
        tuple(name for name in names if name),
        int(year) if year.isdecimal() else None,
    )


def _text(parent: etree.Element, name: str) -> str:
    return " ".join((parent.findtext(f"{_ATOM}{name}") or "").split())
