"""``notes.json``: the whole model as data, and the JSON Schema that it follows."""

from dataclasses import dataclass

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from papernotes.export.site import LICENSE, Json, Site
from papernotes.note.library import Library
from papernotes.note.model import Note, Session, Term

FILE = "notes.json"
SCHEMA = "notes.schema.json"


@dataclass(frozen=True)
class Data:
    """All that the site holds. ``version`` grows when a field goes or changes its meaning."""

    version: int
    site: str
    name: str
    license: str
    notes: tuple[Note, ...]
    sessions: tuple[Session, ...]
    terms: tuple[Term, ...]


ADAPTER = TypeAdapter(Data)


class _EveryField(GenerateJsonSchema):
    """Requires each field: those with a default (``kind``) are always written, too."""

    def field_is_required(self, *_: object, **__: object) -> bool:
        return True


def data(library: Library, site: Site) -> Data:
    """Gather the model of the whole site."""
    return Data(1, site.url, site.name, LICENSE, library.notes, library.sessions, library.terms)


def to_json(library: Library, site: Site) -> Json:
    """Return the model as JSON values."""
    dumped: Json = ADAPTER.dump_python(data(library, site), mode="json")
    return {"$schema": SCHEMA, **dumped}


def schema() -> Json:
    """Return the JSON Schema (2020-12) of :func:`to_json`, made from the model itself."""
    made = ADAPTER.json_schema(mode="serialization", schema_generator=_EveryField)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "properties": {"$schema": {"type": "string"}, **made["properties"]},
    }
