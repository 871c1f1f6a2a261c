"""``reader/``: what the page that shows a paper beside its notes reads once a file is chosen.

``papers.json`` names every paper that a note quotes; ``notes/<arXiv id and version>.json`` holds
the passages that quote it, in the order of the notes. Addresses are relative to the site's own.
"""

from collections import defaultdict
from collections.abc import Iterator

from papernotes.export.site import Json
from papernotes.fingerprint.matching import own_words
from papernotes.note import address
from papernotes.note.library import Library
from papernotes.note.model import Note, Paper, Passage
from papernotes.note.plain import plain

INDEX = "reader/papers.json"


def files(found: Library) -> Iterator[tuple[str, Json]]:
    """Yield each file's path in the site and what it holds."""
    papers: dict[str, Paper] = {}
    own: dict[str, str] = {}
    passages: dict[str, list[Json]] = defaultdict(list)
    for note, passage in found.passages:
        papers[note.paper.arxiv] = note.paper  # as its own note has it
        own[note.paper.arxiv] = address.published(note.path)
        for paper in dict.fromkeys(quote.paper for quote in passage.quotes):
            papers.setdefault(paper.arxiv, paper)
            passages[paper.arxiv].append(_passage(note, passage, paper))
    listed = [
        {
            "id": paper.arxiv,
            "short": paper.short,
            "title": paper.title,
            "note": own.get(paper.arxiv),
            "notes": _path(paper),
        }
        for paper in papers.values()
    ]
    yield INDEX, {"papers": listed}
    for paper in papers.values():
        yield _path(paper), {"id": paper.arxiv, "passages": passages[paper.arxiv]}


def _path(paper: Paper) -> str:
    return f"reader/notes/{paper.arxiv.replace('/', '-')}.json"


def _passage(note: Note, passage: Passage, paper: Paper) -> Json:
    """What the margin of ``paper`` shows of a passage, and where its quotations stand there."""
    return {
        "id": passage.id,
        "title": passage.title,
        "url": address.published(note.path, passage.id),
        "short": note.paper.short,
        "status": passage.status,
        "label": passage.status.label,
        "question": plain(passage.question.text, 200),
        "gist": plain(passage.gist.text) if passage.gist else "",
        "quotations": [
            {
                "pieces": own_words(quote.text),
                "pages": list(quote.place.pages),
                "evidence": quote.evidence,
                "place": quote.place.label,
            }
            for quote in passage.quotes
            if quote.paper.arxiv == paper.arxiv
        ],
    }
