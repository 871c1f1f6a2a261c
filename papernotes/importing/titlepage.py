"""What the first page of a paper's PDF says of it."""

import re
from collections.abc import Iterator, Sequence

from papernotes.fingerprint.pdftext import Line, PdfText, Style
from papernotes.importing.scaffold import Record

_STAMP = re.compile(r"arXiv:\S+ .*?\b(?P<year>(?:19|20)\d\d)$")
_VENUE = re.compile(r"Published as a conference paper at (?P<venue>[A-Z][\w-]* (?:19|20)\d\d)")
_NAME = re.compile(
    r"[^\W\d_a-z][\w'’.-]*(?: (?:[^\W\d_a-z][\w'’.-]*|de|del|der|den|di|la|le|van|von))+"
)
_MOST_NAME_WORDS = 4


def read(pdf: PdfText) -> Record:
    """Read the first page of ``pdf``."""
    lines = [line for line in pdf.lines if line.page == 1]
    upright = [line for line in lines if not line.rotated]
    stamps = (m for line in lines if line.rotated and (m := _STAMP.match(line.text)))
    venues = (m["venue"] for line in upright if (m := _VENUE.search(line.text)))
    stamp = next(stamps, None)
    title, below = _title(upright)
    names = [line for line in below if line.bold] or _named(below)
    authors = tuple(name for line in names for name in _split_names(line))
    return Record(
        title,
        authors if authors and all(map(_is_name, authors)) else (),
        "; ".join(_joined(line.text) for line in names or below[:3]),
        int(stamp["year"]) if stamp else None,
        next(venues, ""),
    )


def _title(lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """Return the lines in the largest type as one, and those below them up to the abstract."""
    body = [line for line in lines if sum(map(str.isalpha, line.text)) > 2]
    if not body:
        return "", []
    size = max(line.size for line in body)
    first = next(i for i, line in enumerate(body) if line.size == size)
    behind = first + 1
    while behind < len(body) and _goes_on(body[behind - 1], body[behind], size):
        behind += 1
    title = " ".join(line.text for line in body[first:behind])
    end = next(
        (i for i, line in enumerate(body) if line.text.casefold().startswith("abstract")), behind
    )
    return re.sub("\ufffe\\s*", "", " ".join(title.split())), list(body[behind:end])


def _goes_on(above: Line, below: Line, size: float) -> bool:
    """Whether the title goes on: in its type, or in small capitals, or with the rest of a word."""
    if abs(below.size - size) < 0.5 or above.text.endswith("\ufffe"):
        return True
    small = below.size > 0.75 * size and above.text.isupper() and below.text.isupper()
    return small and 0 < above.y - below.y < 1.6 * size


def _named(below: Sequence[Line]) -> list[Line]:
    """Return the lines in the largest type below a title: names, where none is bold."""
    size = max((line.size for line in below), default=0.0)
    return [line for line in below if abs(line.size - size) < 0.2]


def _split_names(line: Line) -> Iterator[str]:
    """Yield the names on a line, which commas, "and" or the marks of affiliations set apart."""
    text = "".join(
        "," if style & Style.RAISED or sign in "∗†‡§¶*⇤♠♣♦" else sign
        for sign, style in zip(line.text, line.styles, strict=True)
    )
    for part in re.split(r"\s*(?:,|;|\band\b|&|\s{2,})[\s,]*", text):
        if part.strip():
            yield _joined(part)


def _is_name(text: str) -> bool:
    """Whether a text is one name; four words without an initial or a particle may be two."""
    parts = text.split()
    is_plain = all(len(part) > 2 and part[0].isupper() for part in parts)
    most = _MOST_NAME_WORDS - is_plain
    return _NAME.fullmatch(text) is not None and len(parts) <= most


def _joined(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())
