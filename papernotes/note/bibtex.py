"""A paper as a BibTeX entry."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from papernotes.note import latex
from papernotes.note.model import Paper
from papernotes.note.spans import Kind, formula, spans

_ESCAPES = str.maketrans(
    {
        **{each: rf"\{each}" for each in "&%$#_"},
        "\\": r"{\textbackslash}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        # BibTeX counts escaped braces, too, and a lone one would swallow what follows.
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
    }
)
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_SUFFIX = re.compile(r"^(?P<name>.+?)(?:,\s*|\s)(?P<suffix>Jr\.?|Sr\.?|II|III|IV)$")
_GROUP = re.compile(
    r"\b(?:Team|Group|Collaboration|Consortium|Research|Labs?|Laborator(?:y|ies)|Project|Initiative"
    r"|Community|Contributors|Authors|University|Institute|Foundation|Inc\.?|AI)\s*(?:,|$)|[@&\d]"
)
"""What a name has that is no person's."""


def key(paper: Paper) -> str:
    """Return the citation key: first author's family name, year, the paper's short name."""
    first = paper.authors[0]
    suffixed = _SUFFIX.match(first)
    family = (suffixed["name"] if suffixed else first).split()[0 if _GROUP.search(first) else -1]
    plain = unicodedata.normalize("NFKD", f"{family}{paper.year}{paper.short}".lower())
    return re.sub(r"[^a-z0-9]", "", plain)


def entry(paper: Paper, suffix: str = "") -> str:
    """Return the entry; capitals are kept by braces, as BibTeX styles fold titles.

    ``suffix`` tells apart papers of one key in one file.

    Source of the eprint fields: arXiv's own BibTeX export.
    """
    conference = not paper.venue.lower().startswith("arxiv")
    venue = re.sub(rf"\s*{paper.year}$", "", paper.venue)
    number = paper.arxiv.rpartition("v")[0]
    fields = {
        "title": f"{{{_escape(paper.title)}}}",
        "author": " and ".join(_name(author) for author in paper.authors),
        "booktitle": _escape(venue) if conference else "",
        "year": str(paper.year),
        "eprint": number,
        "archivePrefix": "arXiv",
        "url": paper.abs_url,
    }
    return _entry("inproceedings" if conference else "misc", key(paper) + suffix, fields)


def page(key: str, title: str, site: str, changed: datetime | None, url: str) -> str:
    """Return the entry of a page of ours, which is of the date that it was ``changed``."""
    fields = {
        "title": f"{{{_escape(title)}}}",
        "author": f"{{{_escape(site)} 편집}}",
        "year": f"{changed:%Y}" if changed else "",
        "note": f"{changed:%Y-%m-%d} 판" if changed else "",
        "url": url,
    }
    return _entry("misc", key, fields)


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{body}}}"


def _name(author: str) -> str:
    """Return a name as BibTeX reads it: ``Family, Jr., Given``, and in braces what is one word.

    Source: "Tame the BeaST" (BibTeX's manual by N. Markey), section 11.
    """
    if _AND.search(author) or _GROUP.search(author):
        return f"{{{_escape(author)}}}"
    suffixed = _SUFFIX.match(author)
    if suffixed and "," not in suffixed["name"]:
        given, _, family = suffixed["name"].strip().rpartition(" ")
        return _escape(f"{family}, {suffixed['suffix']}, {given}")
    return _escape(author)


def _escape(text: str) -> str:
    """Plain text as LaTeX, its formulas kept. Letters stay in UTF-8, as today's styles do."""
    text = " ".join(text.split())
    pieces, position = [], 0
    for span in spans(text):
        if span.kind is Kind.FORMULA and latex.error(formula(text, span)[0], display=False) is None:
            pieces += [text[position : span.start].translate(_ESCAPES), text[span.start : span.end]]
            position = span.end
    return "".join([*pieces, text[position:].translate(_ESCAPES)])
