"""``annotations.jsonld``: every passage as a W3C Web Annotation.

Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017; the pages of a PDF are
named as its section 4.2.1 says (RFC 3778, now RFC 8118). What the model has no word for uses
terms of Dublin Core and RDF Schema under the prefixes that its own context defines.
"""

from collections.abc import Iterable, Iterator

from papernotes.export.site import LICENSE, Json, Site
from papernotes.fingerprint.matching import own_words
from papernotes.note.kinds import kind_of
from papernotes.note.model import (
    NAMELESS,
    Addition,
    Answer,
    Correction,
    Note,
    Passage,
    PassageBlock,
    Question,
    Quote,
    SnippetRef,
    Sourced,
)
from papernotes.note.plain import plain
from papernotes.snippets.snippet import FOLDER

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"


def collection(notes: Iterable[Note], site: Site, path: str, label: str) -> Json:
    """Return all passages of ``notes`` as one AnnotationCollection, to be written to ``path``."""
    items = [annotation(note, passage, site) for note in notes for passage in note.passages]
    made: Json = {
        "@context": CONTEXT,
        "id": site.identifier(path),
        "type": "AnnotationCollection",
        "label": label,
        "creator": _editors(site),
        "rights": LICENSE,
        "total": len(items),
    }
    if items:
        page = {"type": "AnnotationPage", "partOf": made["id"], "startIndex": 0, "items": items}
        made["first"] = {"id": site.identifier(path, "page"), **page}
    return made


def annotation(note: Note, passage: Passage, site: Site) -> Json:
    """Return a passage as an annotation of the pinned version of its paper."""
    editors = _editors(site)
    ours = editors["id"]
    return {
        "id": site.passage(note, passage),
        "type": "Annotation",
        "motivation": "questioning",
        "label": plain(passage.title),
        "creator": editors,
        "rights": LICENSE,
        "body": [body for block in passage.blocks for body in _bodies(block, ours, site)],
        "target": _quoted(passage.quote),
    }


def _bodies(block: PassageBlock, ours: str, site: Site) -> Iterator[Json]:
    """Yield what a block says; ``ours`` names the editors, whose annotation it is."""
    kind = kind_of(block)
    said = {"purpose": kind.purpose, "dcterms:type": kind.name}
    match block:
        case Quote():
            if block.evidence:
                yield {**_quoted(block), "creator": ours, **said}
        case SnippetRef():
            yield {**_snippet(block, site), "creator": ours, **said}
        case Question():
            yield {**_text(block, _person(block.by)), **said}
            yield _word(block.status, "classifying", ours, "status")
            for tag in block.tags:
                yield _word(tag, "tagging", ours, "tag")
        case Answer():
            yield {**_text(block, _person(block.by)), **said}
        case Correction() | Addition():
            of = [_person(name) for name in block.of]
            yield {**_text(block, ours), **said, "dcterms:references": of}
        case _:
            yield {**_text(block, ours), **said}


def _quoted(quote: Quote) -> Json:
    """The paper's own words, one selector for each run without a gap, and their pages."""
    paper, place = quote.paper, quote.place
    pages = [
        {"type": "FragmentSelector", "conformsTo": PDF_FRAGMENTS, "value": f"page={page}"}
        for page in place.pages
    ]
    pieces = [{"type": "TextQuoteSelector", "exact": run} for run in own_words(quote.text)]
    return {
        "type": "SpecificResource",
        **({"label": place.where} if place.where else {}),
        "source": {
            "id": paper.pdf,
            "type": "Text",
            "format": "application/pdf",
            "language": quote.lang,
            "label": paper.title,
        },
        "selector": [*pieces, *pages],
    }


def _text(block: PassageBlock, creator: Json | str | None) -> Json:
    sources = block.sources if isinstance(block, Sourced) else ()
    return {
        "type": "TextualBody",
        "value": block.text,
        "format": "text/markdown",
        "language": "ko",
        **({"creator": creator} if creator else {}),
        **({"dcterms:source": list(sources)} if sources else {}),
    }


def _word(value: str, purpose: str, creator: str, kind: str) -> Json:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "value": str(value),
        "format": "text/plain",
        "creator": creator,
        "dcterms:type": kind,
    }


def _snippet(block: SnippetRef, site: Site) -> Json:
    said = {"dcterms:description": block.alt, "rdfs:comment": block.text}
    return {
        "type": "SpecificResource",
        "source": {
            "id": site.identifier(f"{FOLDER}/{block.path}"),
            "type": "Text",
            "format": "text/x-python",
            "label": block.path,
        },
        **{key: value for key, value in said.items() if value},
    }


def _person(name: str | None) -> Json | None:
    """A member; somebody whose name the minutes do not give stays a person without one."""
    if name is None:
        return None
    return {"type": "Person"} if name == NAMELESS else {"type": "Person", "name": name}


def _editors(site: Site) -> Json:
    return {"id": site.identifier("", "editors"), "type": "Organization", "name": site.editors}
