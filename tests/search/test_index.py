"""What the search's index holds."""

import json
from typing import Any

import pytest

from papernotes.export import search
from papernotes.note.library import Library
from papernotes.note.model import Answer, Correction
from tests.static_site import Site

Index = dict[str, Any]


@pytest.fixture(scope="module")
def index(exported: Site) -> Index:
    found: Index = json.loads((exported.folder / search.FILE).read_text("utf-8"))
    return found


def entry(index: Index, at: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [each for each in index["entries"] if each["at"] == at]
    assert len(found) == 1
    return found[0]


def words(index: Index, at: str) -> dict[str, str]:
    """An entry's words by their kind."""
    return {part["kind"]: part["text"] for part in entry(index, at)["parts"]}


def test_a_passage_has_its_status_place_and_words_by_kind(index: Index, notes: Library) -> None:
    for note, passage in notes.passages:
        found = entry(index, f"{note.path.removesuffix('.md')}/#{passage.id}")
        assert found["title"] == passage.title
        assert found["group"] == note.paper.short
        assert found["status"] == passage.status
        assert found["place"] == passage.quote.place.label
        kinds = {part["kind"] for part in found["parts"]}
        assert {"question", "quote", "translation"} <= kinds
        assert ("gist" in kinds) == bool(passage.gist)
        assert "snippet" not in kinds


def test_a_members_words_have_the_name_and_whether_they_were_corrected(
    index: Index, notes: Library
) -> None:
    for note, passage in notes.passages:
        found = entry(index, f"{note.path.removesuffix('.md')}/#{passage.id}")
        answers = [part for part in found["parts"] if part["kind"] == "answer"]
        wrong = {name for b in passage.blocks if isinstance(b, Correction) for name in b.of}
        said = [b.by for b in passage.blocks if isinstance(b, Answer)]
        assert [part["by"] for part in answers] == said
        assert [part.get("wrong", False) for part in answers] == [by in wrong for by in said]
        assert not [p for p in found["parts"] if p["kind"] != "answer" and "by" in p]


def test_a_term_has_its_other_names_apart_from_its_meaning(index: Index, notes: Library) -> None:
    for term in notes.terms:
        found = words(index, f"glossary/#{term.id}")
        assert set(found["names"].split(" · ")) == set(term.names) - {term.name}
        assert term.english not in found["text"].split("\n")[0][: len(term.english)]
    assert index["terms"][: len(notes.terms)] == [list(term.names) for term in notes.terms]


def test_labels_code_output_sources_and_lists_are_left_out(index: Index) -> None:
    said = "\n".join(part["text"] for each in index["entries"] for part in each["parts"])
    for left_out in ("import numpy", "원문에서 보기", "이 자리로 가는"):
        assert left_out not in said
    listed = words(index, "questions/")["text"]
    assert "마스크" not in listed


def test_cells_of_tables_are_found_apart_from_sentences(index: Index) -> None:
    found = words(index, "papers/roberta/#qnli-pairwise-ranking")
    assert "훈민정음은 1446년에 반포되었어요." in found["table"].split("\n")
    assert "1446" not in found["explanation"]


def test_pages_that_are_no_notes_are_cut_at_their_headings(index: Index) -> None:
    assert entry(index, "sessions/roberta-electra/")["title"]
    assert words(index, "sessions/roberta-electra/#participants")["text"]
    assert not [each for each in index["entries"] if each["at"].startswith("rules/pn")]
