"""``annotations.jsonld`` against the W3C's context, the model's rules and the notes themselves."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pyld import jsonld

from papernotes.export.annotations import CONTEXT, PDF_FRAGMENTS, collection
from papernotes.export.site import LICENSE, Site
from papernotes.fingerprint.matching import own_words
from papernotes.note.library import Library
from papernotes.note.model import (
    NAMELESS,
    Addition,
    Answer,
    Block,
    Correction,
    Explanation,
    Gist,
    Open,
    Question,
    Quote,
    SnippetRef,
    Sourced,
    Translation,
)
from papernotes.note.plain import plain
from tests.conftest import ROOT
from tests.export.conftest import NOWHERE, SITE

W3C = ROOT / "tests" / "data" / "w3c"
SCHEMA = json.loads((W3C / "annotation.schema.json").read_text("utf-8"))

Json = dict[str, Any]


def load_context(url: str, _: object) -> Json:
    """Give the kept copy of the context, and nothing else: tests ask no network."""
    assert url == CONTEXT
    context = json.loads((W3C / "anno.jsonld").read_text("utf-8"))
    return {"contextUrl": None, "documentUrl": url, "document": context}


@pytest.fixture(scope="module", params=[SITE, NOWHERE], ids=["published", "no-address"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.param
    return found


@pytest.fixture(scope="module")
def made(notes_and_nasty: Library, site: Site) -> Json:
    return collection(notes_and_nasty.notes, site, "annotations.jsonld", site.name)


def keys(value: Any) -> int:
    """Count the keys of a JSON value, the context's own aside."""
    if isinstance(value, list):
        return sum(map(keys, value))
    if not isinstance(value, dict):
        return 0
    return sum(1 + keys(each) for key, each in value.items() if key != "@context")


def expanded_keys(value: Any) -> int:
    """Count the same in expanded form, where values and lists are wrapped in one object more."""
    if isinstance(value, list):
        return sum(map(expanded_keys, value))
    if not isinstance(value, dict) or "@value" in value:
        return 0
    if "@list" in value:
        return expanded_keys(value["@list"])
    if set(value) == {"@id"}:
        return 0  # a reference, plain text before
    return sum(1 + expanded_keys(each) for each in value.values())


def test_the_context_knows_every_key(made: Json) -> None:
    """Expansion drops what a context does not define; a dropped key would say nothing."""
    expanded = jsonld.expand(made, {"documentLoader": load_context})
    assert expanded_keys(expanded) == keys(made)


def test_a_key_that_the_context_does_not_know_would_be_noticed(made: Json) -> None:
    bad = {**made, "nobodyKnowsThis": "x"}
    expanded = jsonld.expand(bad, {"documentLoader": load_context})
    assert expanded_keys(expanded) != keys(bad)


def test_no_word_of_the_vocabulary_is_made_up(made: Json) -> None:
    known = json.loads((W3C / "anno.jsonld").read_text("utf-8"))["@context"]

    def words(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(words, value))
        if not isinstance(value, dict):
            return set()
        own = {str(value[key]) for key in ("type", "motivation", "purpose") if key in value}
        return own.union(*map(words, value.values()))

    assert words(made) <= set(known)


def test_the_collection_follows_the_models_rules(made: Json) -> None:
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    assert [str(error) for error in validator.iter_errors(made)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), "papers/roberta/#x"),
        (("first", "items", 0, "id"), None),
        (("first", "items", 0, "target", "selector", 0, "exact"), None),
        (("first", "items", 0, "motivation"), "wondering"),
        (("first", "items", 0, "body", 0, "value"), 7),
        (("total",), -1),
    ],
)
def test_the_rules_notice_a_mistake(made: Json, path: tuple[Any, ...], value: Any) -> None:
    bad = json.loads(json.dumps(made))
    place = bad
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    assert not Draft202012Validator(SCHEMA, format_checker=FormatChecker()).is_valid(bad)


def test_each_passage_is_one_annotation_with_an_id_of_its_own(
    made: Json, notes_and_nasty: Library, site: Site
) -> None:
    items = made["first"]["items"]
    assert made["total"] == len(items) == len(list(notes_and_nasty.passages)) == 10
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    for id, (note, passage) in zip(ids, notes_and_nasty.passages, strict=True):
        if site.url:
            assert id == f"{site.url}{note.path.removesuffix('.md')}/#{passage.id}"
        else:
            assert urlsplit(id).scheme == "urn"


def test_every_field_is_that_of_the_note(made: Json, notes_and_nasty: Library, site: Site) -> None:
    for item, (_, passage) in zip(made["first"]["items"], notes_and_nasty.passages, strict=True):
        assert item["label"] == plain(passage.title)
        assert item["motivation"] == "questioning"
        assert item["rights"] == LICENSE
        assert item["creator"]["type"] == "Organization"
        assert item["creator"]["name"] == site.editors
        is_quote_of(item["target"], passage.quote)
        bodies = list(item["body"])
        for block in passage.blocks:
            if block is not passage.quote:
                bodies = says(bodies, block, item["creator"]["id"], site)
        assert bodies == []


def says(bodies: list[Json], block: Block, editors: str, site: Site) -> list[Json]:
    """Check the bodies that stand for ``block``; return those that follow."""
    body, *rest = bodies
    kinds = {
        Translation: ("translation", "describing"),
        Question: ("question", "questioning"),
        Gist: ("gist", "replying"),
        Answer: ("answer", "replying"),
        Addition: ("addition", "replying"),
        Correction: ("correction", "replying"),
        Explanation: ("explanation", "commenting"),
        Open: ("open", "questioning"),
        Quote: ("evidence", "linking"),
        SnippetRef: ("snippet", "linking"),
    }
    assert (body["dcterms:type"], body["purpose"]) == kinds[type(block)]
    match block:
        case Question() | Answer():
            person = {"type": "Person", "name": block.by}
            if block.by == NAMELESS:
                del person["name"]
            assert body.get("creator") == (person if block.by else None)
        case _:
            assert body["creator"] == editors
    match block:
        case Quote():
            is_quote_of(body, block)
        case SnippetRef():
            assert body["source"]["label"] == block.path
            assert body["source"]["id"] == site.identifier(f"snippets/{block.path}")
            assert body.get("dcterms:description", "") == block.alt
            assert body.get("rdfs:comment", "") == block.text
        case _:
            assert body["value"] == block.text
            assert (body["format"], body["language"]) == ("text/markdown", "ko")
    match block:
        case Sourced():
            assert tuple(body.get("dcterms:source", ())) == block.sources
    if isinstance(block, Correction | Addition):
        names = [person.get("name", NAMELESS) for person in body["dcterms:references"]]
        assert tuple(names) == block.of
    if isinstance(block, Question):
        status, *rest = rest
        assert (status["value"], status["purpose"]) == (block.status.value, "classifying")
        tags, rest = rest[: len(block.tags)], rest[len(block.tags) :]
        assert [tag["value"] for tag in tags] == list(block.tags)
        assert all(tag["purpose"] == "tagging" for tag in tags)
    return rest


def is_quote_of(resource: Json, quote: Quote) -> None:
    assert resource["type"] == "SpecificResource"
    assert resource["source"]["id"] == f"https://arxiv.org/pdf/{quote.paper.arxiv}"
    assert resource["source"]["language"] == quote.lang
    assert resource["source"]["label"] == quote.paper.title
    assert resource.get("label") == quote.place.where
    runs = [each for each in resource["selector"] if each["type"] == "TextQuoteSelector"]
    pages = resource["selector"][len(runs) :]
    assert [run["exact"] for run in runs] == own_words(quote.text)
    assert [page["value"] for page in pages] == [f"page={each}" for each in quote.place.pages]
    assert {page["conformsTo"] for page in pages} == {PDF_FRAGMENTS}


def test_every_selector_has_the_papers_own_words_and_no_mark_of_the_group(notes: Library) -> None:
    made = collection(notes.notes, SITE, "annotations.jsonld", SITE.name)
    for item, (_, passage) in zip(made["first"]["items"], notes.passages, strict=True):
        runs = [each["exact"] for each in item["target"]["selector"] if "exact" in each]
        gaps = passage.quote.text.count("…")
        assert len(runs) == gaps + 1
        assert all(run in passage.quote.text and "…" not in run for run in runs)


def test_a_site_without_passages_is_an_empty_collection() -> None:
    made = collection([], SITE, "annotations.jsonld", "빈 노트")
    assert made["total"] == 0
    assert "first" not in made


def test_a_file_of_one_paper_holds_the_same_annotations(
    made: Json, notes_and_nasty: Library, site: Site
) -> None:
    items = []
    for note in notes_and_nasty.notes:
        path = note.path.replace(".md", ".jsonld")
        one = collection([note], site, path, note.paper.title)
        assert one["label"] == note.paper.title
        items += one["first"]["items"]
    assert items == made["first"]["items"]
