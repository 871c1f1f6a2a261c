"""What somebody wrote in a form, as a note can hold it: the words stay, and no markup acts."""

import re
import unicodedata

from papernotes.importing.draft import safe
from papernotes.note.model import NAMELESS
from papernotes.note.plain import plain
from papernotes.note.spans import CODE, FORMULAS, Kind, mask, spans

_STRUCTURE = re.compile(
    r"^[ ]{0,3}(?=#{1,6}(?:[ \t]|$))|(?<=\S\n)[ ]{0,3}(?=(?:-+|=+)[ \t]*$)", re.MULTILINE
)
"""Before a heading's signs, or the line below that makes one of the words above it."""
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\]\n]*)\]\([ ]*<?(?P<to>[^)\s>]*)[^)\n]*\)"
    r"|<(?:img|video)\b[^>]*>(?:[ ]*</video>)?",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"""\ssrc=["']?([^"'\s>]+)""", re.IGNORECASE)
_NO_NAME = re.compile(r"https?://\S+|[{}<>|\[\]`\\*#$@~()]")


def kept(text: str) -> tuple[str, bool]:
    """Return ``text`` as a block can hold it, and whether it had pictures.

    What would be the page's own structure is escaped. A picture becomes a link to where its
    writer left it: the page shows none from elsewhere.
    """
    text = _closed(text)
    pictures = list(_PICTURE.finditer(mask(text, CODE, " ")))
    for found in reversed(pictures):
        text = f"{text[: found.start()]}{_link(found)}{text[found.end() :]}"
    masked = mask(text, CODE | FORMULAS, " ")
    places = {found.end() for found in _STRUCTURE.finditer(masked)}
    places |= {span.start for span in spans(text) if span.kind is Kind.ATTRIBUTES}
    for at in sorted(places, reverse=True):
        escaped = "&#61;" if text[at] == "=" else f"\\{text[at]}"  # a renderer shows `\=` as it is
        text = f"{text[:at]}{escaped}{text[at + 1 :]}"
    return safe(text)[0], bool(pictures)


def only_pictures(text: str) -> bool:
    """Whether nothing is said but by pictures."""
    return not _PICTURE.sub("", text).strip()


def aside(text: str) -> str:
    """Return ``text`` for a mark to an editor, in which nothing is a link or a picture."""
    return " ".join(text.replace("](", "] (").split())


def name(text: str) -> str:
    """Return a name as a block's first line can hold it; empty where it has no letters."""
    shown = plain(" ".join(_NO_NAME.sub(" ", re.sub("[,|]", " · ", text)).split()))
    letters = any(unicodedata.category(letter)[0] in "LNS" for letter in shown)
    return shown if letters and shown != NAMELESS else ""


def _link(picture: re.Match[str]) -> str:
    """Return the link that stands for a picture; one without an address on the web is a word."""
    source = _SOURCE.search(picture[0])
    to = picture["to"] or (source[1] if source else "")
    name = picture["alt"] if picture["alt"] not in (None, "", "image", "Image") else "그림"
    return f"[{name}]({to})" if to.startswith(("https://", "http://")) else f"({name})"


def _closed(text: str) -> str:
    """Return ``text`` with its last fence closed, as GitHub shows it: what follows is no code."""
    fence = ""
    for marks, rest in re.findall(r"^[ ]{0,3}(`{3,}|~{3,})(.*)$", text, re.MULTILINE):
        if not fence:
            fence = marks if marks[0] == "~" or "`" not in rest else ""
        elif marks.startswith(fence) and not rest.strip():
            fence = ""
    return f"{text}\n{fence}" if fence else text
