"""Lists of what the whole site holds: papers, sessions, passages."""

import xml.etree.ElementTree as etree
from collections import Counter
from collections.abc import Iterable, Iterator

from papernotes.model import Listing, Note, Open, Passage, Status
from papernotes.plain import plain
from papernotes.render.context import Context
from papernotes.render.html import element, link, span
from papernotes.render.passage import status_chip

_DATA = {
    "annotations.jsonld": "모든 구절. 구절마다 W3C 웹 주석(Web Annotation) 하나예요.",
    "notes.json": "노트, 모임, 용어집의 모든 것. 화면과 검사가 쓰는 바로 그 모형이에요.",
    "notes.schema.json": "notes.json의 꼴을 적은 JSON Schema예요.",
    "feed.xml": "새로 쓰거나 고친 구절의 Atom 피드예요.",
    "questions.xml": "답을 기다리는 질문의 Atom 피드예요.",
}

_ORDER = [Status.OPEN, Status.MENTOR, Status.CORRECTED, Status.ANSWERED]


def fill(listing: Listing, holder: etree.Element, context: Context) -> None:
    """Turn the element that waits for a list into the list.

    Lists stay out of the search index: what they name is found where it stands.
    """
    holder.set("class", f"pn-{listing.name}")
    holder.set("data-search-exclude", "")
    match listing.name:
        case "paper-list":
            holder.append(_papers(context))
        case "session-list":
            holder.append(_sessions(context))
        case "passage-list":
            holder.extend(_passages(listing, context))
        case "data-list":
            holder.append(_data(context))
        case "offline-copy":
            holder.extend(_offline_copy(context))


def status_counts(note: Note) -> list[etree.Element]:
    """Make one chip with a count for each status that the note's passages have."""
    counts = Counter(passage.status for passage in note.passages)
    return [
        element(
            "span", {"class": f"pn-status pn-status--{status}"}, f"{status.label} {counts[status]}"
        )
        for status in _ORDER
        if counts[status]
    ]


def _papers(context: Context) -> etree.Element:
    items = [
        element(
            "li",
            {},
            link(context.page.link(note.path), note.paper.short, "pn-card__title"),
            span(note.paper.title, "pn-card__subtitle"),
            span(f"{byline(note)} · {note.paper.venue} · {note.paper.year}", "pn-card__by"),
            span(note.description, "pn-card__text"),
            element("span", {"class": "pn-card__chips"}, *status_counts(note)),
        )
        for note in context.library.notes
    ]
    return _list_or(items, "pn-cards", "아직 노트가 없어요. 첫 논문을 올려 주세요.")


def byline(note: Note) -> str:
    """Return the authors in short: one or two by name, more as ``… 외``."""
    authors = note.paper.authors
    return ", ".join(authors) if len(authors) < 3 else f"{authors[0]} 외 {len(authors) - 1}명"


def _sessions(context: Context) -> etree.Element:
    titles = {note.path: note.paper.short for note in context.library.notes}
    items = [
        element(
            "li",
            {},
            link(context.page.link(session.path), session.title, "pn-card__title"),
            span(
                " · ".join(titles.get(f"papers/{slug}.md", slug) for slug in session.papers),
                "pn-card__by",
            ),
            span(session.description, "pn-card__text"),
            span(f"참석: {', '.join(session.participants)}", "pn-card__by"),
        )
        for session in context.library.sessions
    ]
    return _list_or(items, "pn-cards", "아직 모임 기록이 없어요.")


def _passages(listing: Listing, context: Context) -> list[etree.Element]:
    found = [
        (note, passage)
        for note, passage in context.library.passages
        if listing.status in (None, passage.status)
    ]
    found.sort(key=lambda pair: _ORDER.index(pair[1].status))
    items = [_row(note, passage, context) for note, passage in found]
    rows = _list_or(items, "pn-rows", "여기에 드는 질문이 지금은 없어요.")
    if listing.status is not None or not items:
        return [rows]
    return [_filter(found), rows]


def _row(note: Note, passage: Passage, context: Context) -> etree.Element:
    unknown = next((block for block in passage.blocks if isinstance(block, Open)), None)
    return element(
        "li",
        {
            "data-paper": note.paper.short,
            "data-status": passage.status,
            "data-person": "|".join(passage.people),
            "data-tag": "|".join(passage.question.tags),
        },
        element(
            "p",
            {"class": "pn-row__facts"},
            status_chip(passage.status),
            span(f"{note.paper.short} {passage.quote.place.label}", "pn-row__place"),
        ),
        link(f"{context.page.link(note.path)}#{passage.id}", passage.title, "pn-row__title"),
        element("p", {"class": "pn-row__question"}, plain(passage.question.text, 140)),
        element(
            "p",
            {"class": "pn-row__open"},
            element("strong", {}, "아직 모르는 것"),
            f" {plain(unknown.text, 140)}",
        )
        if unknown
        else None,
        element(
            "p",
            {"class": "pn-row__people"},
            ", ".join(passage.people),
            *(span(f"#{tag}", "pn-tag") for tag in passage.question.tags),
        ),
    )


def _filter(found: list[tuple[Note, Passage]]) -> etree.Element:
    """The filter form; hidden until the script that serves it has loaded."""
    choices = {
        "paper": ("논문", [note.paper.short for note, _ in found]),
        "status": ("상태", [passage.status.value for _, passage in found]),
        "person": ("사람", [name for _, passage in found for name in passage.people]),
        "tag": ("태그", [tag for _, passage in found for tag in passage.question.tags]),
    }
    fields = [_select(name, label, values) for name, (label, values) in choices.items()]
    return element(
        "form",
        {"class": "pn-filter", "hidden": "hidden", "role": "search", "aria-label": "질문 고르기"},
        *fields,
        element("button", {"type": "reset"}, "모두 보기"),
        element("p", {"class": "pn-filter__count", "role": "status"}),
    )


def _data(context: Context) -> etree.Element:
    """The files of ``papernotes export`` that are about the whole site."""
    exported = bool(context.settings["exported"])
    items = [
        element(
            "li",
            {},
            context.exported(path, path) if exported else element("code", {}, path),
            f": {text}",
        )
        for path, text in _DATA.items()
    ]
    return element("ul", {}, *items)


def _offline_copy(context: Context) -> Iterator[etree.Element]:
    """Where docs/assets/offline.js puts its button, on a site that a server gives; and the zip."""
    if context.settings["offline"] or not context.settings["exported"]:
        yield element("p", {}, "미리 보기와 내려받은 사본에서는 저장할 것이 없어요.")
        return
    yield element("div", {"data-offline-copy": ""})
    if context.settings["zipped"]:
        zipped = context.exported("site.zip", "사이트 전체를 zip으로 내려받기", download="site.zip")
        yield element("p", {}, zipped)


def _select(name: str, label: str, values: Iterable[str]) -> etree.Element:
    counts = Counter(values)
    options = [
        element("option", {"value": value}, f"{_label(name, value)} ({count})")
        for value, count in sorted(counts.items())
    ]
    return element(
        "label",
        {},
        span(label, "pn-filter__label"),
        element("select", {"name": name}, element("option", {"value": ""}, "모두"), *options),
    )


def _label(name: str, value: str) -> str:
    return Status(value).label if name == "status" else value


def _list_or(items: list[etree.Element], name: str, empty: str) -> etree.Element:
    return element("ul", {"class": name}, *items) if items else element("p", {}, empty)
