"""``papers/<slug>.bib``: the paper of a note and those that it refers to."""

from collections import Counter
from collections.abc import Iterator

from papernotes.note import bibtex
from papernotes.note.model import Note

_SUFFIXES = " bcdefghijklmnopqrstuvwxyz"


def bibliography(note: Note) -> str:
    """Return the BibTeX entries, the note's own paper first."""
    return "\n\n".join(_entries(note)) + "\n"


def _entries(note: Note) -> Iterator[str]:
    used: Counter[str] = Counter()
    for paper in dict.fromkeys((note.paper, *note.references)):
        key = bibtex.key(paper)
        yield bibtex.entry(paper, _SUFFIXES[used[key]].strip())
        used[key] += 1
