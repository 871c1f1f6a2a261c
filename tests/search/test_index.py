"""What the site's search index holds, and in which form the script relies on it."""

import json
import re
from typing import Any
from urllib.request import urlopen

import pytest

from papernotes.note.library import Library
from tests.static_site import Site

Documents = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def documents(site: Site) -> Documents:
    """The index's documents by their address."""
    with urlopen(f"{site.url}search/search_index.json") as answer:
        return {each["location"]: each for each in json.load(answer)["docs"]}


def test_a_passage_begins_with_its_status_and_place(documents: Documents, notes: Library) -> None:
    for note, passage in notes.passages:
        text = documents[f"{note.path.removesuffix('.md')}/#{passage.id}"]["text"]
        facts = f"{passage.status.label}{note.paper.short} {passage.quote.place.label}"
        assert text.lstrip().startswith(f"<p>{facts}"), text[:200]
        assert "<p>질문" in text


def test_a_term_begins_with_its_other_names(documents: Documents, notes: Library) -> None:
    for term in notes.terms:
        document = documents[f"glossary/#{term.id}"]
        assert document["title"] == term.name
        names = re.match(r"<p>(.*?)</p>", document["text"])
        assert names
        assert set(names[1].split(" · ")) == set(term.names) - {term.name}


def test_code_output_sources_and_lists_are_left_out(documents: Documents) -> None:
    papers = "".join(text["text"] for place, text in documents.items() if "papers/" in place)
    for left_out in ("<pre>", "import ", "출처:", "원문에서 보기", "GitHub에서"):
        assert left_out not in papers
    assert len(documents["questions/"]["text"]) < 200
