"""``notes.json``: the whole model, its schema, and the way back."""

import dataclasses
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from papernotes.export import notes
from papernotes.note import model
from papernotes.note.library import Library
from tests.export.conftest import SITE

Json = dict[str, Any]


@pytest.fixture(scope="module")
def written(notes_and_nasty: Library) -> Json:
    """What a reader of the file gets."""
    loaded: Json = json.loads(json.dumps(notes.to_json(notes_and_nasty, SITE)))
    return loaded


def strict(schema: Any) -> Any:
    """Let no object of a schema hold more than it names."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if "properties" in schema:
        closed["additionalProperties"] = False
    return closed


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(notes.schema())


def test_the_data_follow_the_schema_and_hold_nothing_beyond_it(written: Json) -> None:
    validator = Draft202012Validator(strict(notes.schema()))
    assert [str(error) for error in validator.iter_errors(written)] == []


@pytest.mark.parametrize("field", ["kind", "text", "line"])
def test_the_schema_misses_a_field_that_is_gone(written: Json, field: str) -> None:
    bad = json.loads(json.dumps(written))
    del bad["notes"][0]["passages"][0]["blocks"][0][field]
    assert not Draft202012Validator(notes.schema()).is_valid(bad)


def test_reading_it_back_gives_the_very_model(written: Json, notes_and_nasty: Library) -> None:
    data = notes.ADAPTER.validate_python(
        {key: value for key, value in written.items() if key != "$schema"}
    )
    assert data == notes.data(notes_and_nasty, SITE)
    assert data.notes == notes_and_nasty.notes
    assert data.sessions == notes_and_nasty.sessions
    assert data.terms == notes_and_nasty.terms
    assert len(data.terms) >= 25


def test_each_block_tells_its_kind(written: Json, notes_and_nasty: Library) -> None:
    kinds = {
        block["kind"]
        for note in written["notes"]
        for passage in note["passages"]
        for block in passage["blocks"]
    }
    classes = model.PassageBlock.__args__
    assert kinds == {field.default for each in classes for field in dataclasses.fields(each)
                     if field.name == "kind"}  # fmt: skip
    assert len(kinds) == len(classes)
