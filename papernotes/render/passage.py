"""A passage: question and short answer first, then the quotation, then the rest, folded.

What is folded is on the page all the same: found by a search, opened by a link to it, printed.
"""

import xml.etree.ElementTree as etree
from collections import defaultdict
from collections.abc import Iterator

from papernotes.note.model import Addition, Answer, Correction, Note, Passage, Quote, Status
from papernotes.render import actions
from papernotes.render.context import Context
from papernotes.render.html import element, has_class, link, span

_FOLDED = {
    "pn-answer": "answers",
    "pn-correction": "answers",
    "pn-addition": "answers",
    "pn-explanation": "explanation",
    "pn-quote--evidence": "evidence",
    "pn-snippet": "snippet",
}
"""Where a block belongs that is not in view at once."""

_IN_VIEW = ("pn-question", "pn-gist", "pn-open", "pn-quote")


def wrap(root: etree.Element, context: Context, note: Note) -> None:
    """Put each passage's heading and all that follows it into one ``section``, in its order."""
    passages = {passage.id: passage for passage in note.passages}
    ends: list[etree.Element] = []
    found: list[tuple[Passage, etree.Element, list[etree.Element]]] = []
    is_inside = False
    for child in list(root):
        passage = passages.get(child.get("id", "")) if child.tag == "h2" else None
        is_inside = passage is not None or (is_inside and child.tag != "h2")
        if has_class(child, "pn-terms", "footnote"):
            ends.append(child)
        elif passage:
            found.append((passage, child, []))
        elif is_inside:
            found[-1][2].append(child)
        else:
            continue
        root.remove(child)
    sections = [_section(*each, context, note) for each in found]
    root.extend([*([_contents(note)] if sections else []), *sections, *ends])


def status_chip(status: Status, count: str = "") -> etree.Element:
    """Make the small mark that shows a status, or how many have it, in words and colour."""
    return span(status.label + count, f"pn-status pn-status--{status}")


def _contents(note: Note) -> etree.Element:
    """List the page's passages with their states; papernotes.js makes the sticky strip of it."""
    rows = [
        element(
            "li",
            element(
                "a",
                {"href": f"#{passage.id}"},
                status_chip(passage.status),
                span(passage.title, "pn-contents__title"),
            ),
        )
        for passage in note.passages
    ]
    return element(
        "nav",
        {"class": "pn-contents", "aria-label": "이 쪽의 구절", "data-short": note.paper.short},
        element("ol", *rows),
    )


def _section(
    passage: Passage,
    heading: etree.Element,
    parts: list[etree.Element],
    context: Context,
    note: Note,
) -> etree.Element:
    groups: dict[str, list[etree.Element]] = defaultdict(list)
    above: etree.Element | None = None
    for part in parts:
        if above is not None and has_class(part, "pn-translation"):
            above.append(part)  # into the figure of its quotation
        else:
            groups[_group(part)].append(part)
        above = part if part.tag == "figure" else None
    former = [id for id, now in note.moved.items() if now == passage.id]
    attributes = {
        "class": "pn-passage",
        "data-passage": passage.id,
        "data-status": passage.status,
        "aria-labelledby": passage.id,
    }
    return element(
        "section",
        attributes,
        *(element("span", {"id": id}) for id in former),
        heading,
        _facts(passage, context, note),
        element("div", {"class": "pn-ask"}, *groups["pn-question"], *groups["pn-gist"]),
        *_unknown(passage, groups["pn-open"], context, note),
        *groups["pn-quote"],
        *_folds(passage, groups),
        *groups["other"],
        actions.row(passage, context, note),
    )


def _group(part: etree.Element) -> str:
    for name, group in _FOLDED.items():
        if has_class(part, name):
            return group
    return next((name for name in _IN_VIEW if has_class(part, name)), "other")


def _facts(passage: Passage, context: Context, note: Note) -> etree.Element:
    changed = context.changed(note, passage)
    history = context.github("commits", f"docs/{note.path}")
    when = f"{changed:%Y-%m-%d} 고침" if changed else "고친 기록"
    return element(
        "p",
        {"class": "pn-facts"},
        status_chip(passage.status),
        span(f"{note.paper.short} {passage.quote.place.label}", "pn-facts__place"),
        link(history, when, "pn-facts__date", rel="external", title="고친 기록 보기")
        if history
        else span(when, "pn-facts__date")
        if changed
        else None,
    )


def _unknown(
    passage: Passage, opens: list[etree.Element], context: Context, note: Note
) -> Iterator[etree.Element]:
    """Yield what is not known yet, with the way to answer it in view."""
    answer = actions.answer(passage, context, note) if actions.asks(passage) else None
    if opens:
        yield from opens
        if answer is not None:
            opens[-1].append(answer)
    elif answer is not None:
        waiting = element("p", f"{passage.status.label}: 이 질문은 답을 기다리고 있어요.")
        yield element("div", {"class": "pn-block pn-open"}, waiting, answer)


def _folds(passage: Passage, groups: dict[str, list[etree.Element]]) -> Iterator[etree.Element]:
    if parts := groups["answers"]:
        people = dict.fromkeys(each.by for each in passage.blocks if isinstance(each, Answer))
        yield _fold(_answers_title(passage), ", ".join(people), parts, wide=True)
    if parts := groups["explanation"]:
        tables = sum(1 for part in parts for _ in part.iter("table"))
        yield _fold("설명", f"표 {tables}개" if tables else "", parts, wide=True)
    if parts := groups["evidence"]:
        places = dict.fromkeys(_place(quote, passage) for quote in passage.quotes if quote.evidence)
        yield _fold(f"근거 원문 {len(parts)}곳", " · ".join(places), parts)
    for part in groups["snippet"]:
        yield _fold("코드로 확인", part.attrib.pop("data-point", ""), [part])


def _answers_title(passage: Passage) -> str:
    counts = {"모임의 답": Answer, "바로잡음": Correction, "덧붙임": Addition}
    numbers = {
        name: sum(isinstance(block, kind) for block in passage.blocks)
        for name, kind in counts.items()
    }
    said = [f"{name} {number}" for name, number in numbers.items() if number]
    return " · ".join([f"{said[0]}개", *said[1:]])


def _place(quote: Quote, passage: Passage) -> str:
    own = quote.paper.short == passage.quote.paper.short
    where = quote.place.where or quote.place.label
    return where if own else f"{quote.paper.short} {where}"


def _fold(
    title: str, more: str, parts: list[etree.Element], *, wide: bool = False
) -> etree.Element:
    """Fold ``parts`` under a heading; ``wide`` ones are open where there is room (scheme.js)."""
    return element(
        "details",
        {"class": "pn-fold", "data-wide": "" if wide else None},
        element("summary", element("h3", title), span(more, "pn-fold__more") if more else None),
        *parts,
    )
