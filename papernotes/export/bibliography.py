"""``papers/<slug>.bib``: the paper of a note and those that it refers to."""

from papernotes import bibtex
from papernotes.model import Note


def bibliography(note: Note) -> str:
    """Return the BibTeX entries, the note's own paper first."""
    papers = {bibtex.key(paper): paper for paper in (note.paper, *note.references)}
    return "\n\n".join(bibtex.entry(paper) for paper in papers.values()) + "\n"
