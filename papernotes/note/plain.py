"""Markdown as plain words, for excerpts, links, feeds and citations.

The words are those that the page shows: they are taken from what the renderer makes of the text.
Of a formula its LaTeX is given.
"""

import re
from functools import cache, lru_cache
from html import unescape
from html.parser import HTMLParser

from markdown import Markdown

_MARKS = re.compile(r"[*_`\\\[<&$~#>|{]|^[ ]*(?:[-+]|\d+\.)[ ]|^[ ]*[-=]+[ ]*$", re.M)
_BEGINNING = re.compile(r"\A(\s*)(?:(\d+)(?=\.[ \t])|(?=\[[^\]\n]+\]:))")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_INLINE = frozenset({"a", "code", "del", "em", "strong", "sub", "sup", "span", "kbd"})


def plain(markdown: str, limit: int | None = None) -> str:
    """Return ``markdown`` on one line without marks, at most ``limit`` characters long."""
    text = _words(markdown) if _MARKS.search(markdown) else " ".join(markdown.split())
    if limit is None or len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return cut[: cut.rfind(" ")].rstrip(" ,.;:") + "…" if " " in cut else cut + "…"


def unlisted(markdown: str) -> str:
    """Return ``markdown`` so that "2017. Title" begins no list and "[5]: x" names no link."""
    return _BEGINNING.sub(r"\1\2\\", markdown)


@lru_cache(maxsize=4096)
def _words(markdown: str) -> str:
    renderer = _renderer()
    renderer.reset()
    try:
        html = renderer.convert(_FOOTNOTE.sub("", markdown))
    except RecursionError:  # lists in lists in lists: no excerpt needs them read
        return " ".join(markdown.split())
    shown = _Shown()
    shown.feed(html)
    shown.close()
    return " ".join("".join(shown.pieces).split())


@cache
def _renderer() -> Markdown:
    """Markdown with those extensions of mkdocs.yml that change what words are shown."""
    dollars = {"generic": True, "inline_syntax": ["dollar"], "block_syntax": ["dollar"]}
    return Markdown(
        extensions=[
            *("attr_list", "sane_lists", "tables"),
            *("pymdownx.arithmatex", "pymdownx.superfences", "pymdownx.tilde"),
        ],
        extension_configs={
            "pymdownx.arithmatex": dollars,
            "pymdownx.tilde": {"subscript": False, "smart_delete": False},
        },
    )


class _Shown(HTMLParser):
    """Collects the words of HTML that the renderer made."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._formula = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._formula = tag if given.get("class") == "arithmatex" else ""
        if tag == "img":
            self.pieces.append(given.get("alt") or "")
        if tag not in _INLINE:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if self._formula:
            data = data[2:-2].strip()
            # A formula's block is escaped twice.
            data = unescape(data) if self._formula == "div" else data
            self._formula = ""
        self.pieces.append(data)
