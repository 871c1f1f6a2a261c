"""A paper as a BibTeX entry."""

import re

from papernotes.model import Paper

_SPECIAL = re.compile(r"([&%$#_{}])")


def key(paper: Paper) -> str:
    """Return the citation key: first author's family name, year, the paper's short name."""
    family = paper.authors[0].split()[-1]
    return re.sub(r"[^a-z0-9]", "", f"{family}{paper.year}{paper.short}".lower())


def entry(paper: Paper) -> str:
    """Return the entry; capitals are kept by braces, as BibTeX styles fold titles.

    Source of the eprint fields: arXiv's own BibTeX export.
    """
    conference = not paper.venue.lower().startswith("arxiv")
    venue = re.sub(rf"\s*{paper.year}$", "", paper.venue)
    number = paper.arxiv.rpartition("v")[0]
    fields = {
        "title": f"{{{_escape(paper.title)}}}",
        "author": " and ".join(_escape(author) for author in paper.authors),
        "booktitle": _escape(venue) if conference else "",
        "year": str(paper.year),
        "eprint": number,
        "archivePrefix": "arXiv",
        "url": paper.abs_url,
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    kind = "inproceedings" if conference else "misc"
    return f"@{kind}{{{key(paper)},\n{body}}}"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
