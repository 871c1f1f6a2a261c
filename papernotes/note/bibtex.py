"""A paper as a BibTeX entry."""

import re
import unicodedata

from papernotes.note.model import Paper

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


def key(paper: Paper) -> str:
    """Return the citation key: first author's family name, year, the paper's short name."""
    family = paper.authors[0].split()[-1]
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
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    kind = "inproceedings" if conference else "misc"
    return f"@{kind}{{{key(paper)}{suffix},\n{body}}}"


def _name(author: str) -> str:
    """A name; one that holds "and" would be read as two."""
    name = _escape(author)
    return f"{{{name}}}" if _AND.search(name) else name


def _escape(text: str) -> str:
    """Plain text as LaTeX. Letters stay in UTF-8, as biber and today's BibTeX styles take them."""
    return " ".join(text.split()).translate(_ESCAPES)
