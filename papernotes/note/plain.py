"""Markdown as plain words, for excerpts, links and citations."""

import re

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*{1,3}|`+|(?<!\w)_{1,2}|_{1,2}(?!\w))")
_MATH = re.compile(r"\$+([^$]+)\$+")


def plain(markdown: str, limit: int | None = None) -> str:
    """Return ``markdown`` on one line without inline marks, at most ``limit`` characters long."""
    text = _MATH.sub(r"\1", _LINK.sub(r"\1", markdown))
    text = " ".join(_MARKS.sub("", text).split())
    if limit is None or len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return cut[: cut.rfind(" ")].rstrip(" ,.;:") + "…" if " " in cut else cut + "…"
