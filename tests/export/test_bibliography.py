"""``papers/<slug>.bib``: what BibTeX readers make of it."""

from dataclasses import replace
from typing import Any

import pytest
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from papernotes.export.bibliography import bibliography
from papernotes.note import bibtex
from papernotes.note.library import Library
from papernotes.note.model import Paper
from tests.export import nasty


def to_text(latex: str) -> str:
    """What LaTeX would print. The decoder lacks three commands of LaTeX's own."""
    known = get_default_latex_context_db()
    lacking = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    specs = [MacroTextSpec(name, sign) for name, sign in lacking.items()]
    known.add_context_category("lacking", prepend=True, macros=specs)
    return str(LatexNodes2Text(latex_context=known).latex_to_text(latex))


def read(text: str) -> dict[str, dict[str, Any]]:
    """Each entry's fields by its key, LaTeX turned back into text."""
    library = parse_string(text, append_middleware=[middlewares.SeparateCoAuthors()])
    assert not library.failed_blocks
    found = {}
    for entry in library.entries:
        fields = {field.key: field.value for field in entry.fields}
        authors = [to_text(author) for author in fields.pop("author")]
        found[entry.key] = {
            "type": entry.entry_type,
            "author": authors,
            **{key: to_text(value) for key, value in fields.items()},
        }
    return found


def is_paper(entry: dict[str, Any], paper: Paper) -> None:
    # A formula is kept as one, and printed without its dollars.
    assert entry["title"] == paper.title.replace("$y$", "y")
    assert entry["author"] == list(paper.authors)
    assert entry["year"] == str(paper.year)
    assert entry["url"] == paper.abs_url
    assert f"{entry['eprint']}v" == paper.arxiv.rstrip("0123456789")
    assert entry["archivePrefix"] == "arXiv"
    venue = entry.get("booktitle")
    assert entry["type"] == ("inproceedings" if venue else "misc")
    assert venue is None or venue in paper.venue


def test_every_paper_of_a_note_is_an_entry(notes_and_nasty: Library) -> None:
    for note in notes_and_nasty.notes:
        entries = read(bibliography(note))
        papers = [note.paper, *note.references]
        assert list(entries) == [bibtex.key(paper) for paper in papers]
        for paper in papers:
            is_paper(entries[bibtex.key(paper)], paper)


@pytest.mark.parametrize("title", ["}{", "{", "a } b", "100% \\", "\\end{x}", "$", "@misc{x,", '"'])
def test_no_title_breaks_the_file(title: str) -> None:
    paper = replace(nasty.paper(), title=title)
    entries = read(f"{bibtex.entry(paper)}\n\n@misc{{next,\n  author = {{A}},\n}}\n")
    assert entries[bibtex.key(paper)]["title"] == title
    assert "next" in entries


def test_papers_of_one_key_stay_apart() -> None:
    note = nasty.note()
    twin = replace(note.paper, title="Another", arxiv="2401.00002v1")
    entries = read(bibliography(replace(note, references=(twin, note.paper))))
    assert [entry["title"] for entry in entries.values()] == [
        note.paper.title.replace("$y$", "y"),
        "Another",
    ]


def test_a_key_is_plain_letters_and_keeps_the_families_letters() -> None:
    paper = replace(nasty.paper(), authors=("Hinrich Schütze",), short="K-Ő")
    assert bibtex.key(paper) == "schutze2024ko"
