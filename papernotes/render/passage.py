"""A passage: its quotation first, then who asked, who answered, and what we add."""

import xml.etree.ElementTree as etree
from collections.abc import Iterator

from papernotes.check.quotes import first_piece, is_verified
from papernotes.note import bibtex
from papernotes.note.kinds import kind_of
from papernotes.note.model import (
    Addition,
    Answer,
    Correction,
    Gist,
    Note,
    Passage,
    PassageBlock,
    Question,
    Quote,
    SnippetRef,
    Status,
)
from papernotes.note.plain import plain
from papernotes.render import snippets
from papernotes.render.context import Context, Form
from papernotes.render.html import Child, element, joined, link, span

OURS = "편집"
"""Marks what the site's editors wrote, as against what a member said."""


def wrap(root: etree.Element, context: Context, note: Note) -> None:
    """Put each passage's heading and all that follows it into one ``section``."""
    passages = {passage.id: passage for passage in note.passages}
    current: etree.Element | None = None
    for child in list(root):
        passage = passages.get(child.get("id", "")) if child.tag == "h2" else None
        if passage:
            root.remove(child)
            current = element(
                "section",
                {
                    "class": "pn-passage",
                    "data-passage": passage.id,
                    "data-status": passage.status,
                    "aria-labelledby": passage.id,
                },
                *(
                    element("span", {"id": old})
                    for old, new in note.moved.items()
                    if new == passage.id
                ),
                child,
                _facts(passage, context, note),
            )
            root.append(current)
        elif current is not None and child.get("class") != "pn-terms":
            root.remove(child)
            current.append(child)
    # The hidden meanings stay at the very end of the page.
    for hidden in [child for child in root if child.get("class") == "pn-terms"]:
        root.remove(hidden)
        root.append(hidden)
    for section in root.iter("section"):
        passage = passages.get(section.get("data-passage", ""))
        if passage:
            _join_translations(section)
            section.append(_actions(passage, context, note))


def status_chip(status: Status) -> etree.Element:
    """Make the small mark that shows a status in words and colour."""
    return element("span", {"class": f"pn-status pn-status--{status}"}, status.label)


def _facts(passage: Passage, context: Context, note: Note) -> etree.Element:
    questions = context.page.link("questions.md")
    tags = [link(f"{questions}?tag={tag}", f"#{tag}", "pn-tag") for tag in passage.question.tags]
    people = ", ".join(passage.people)
    return element(
        "p",
        {"class": "pn-facts"},
        status_chip(passage.status),
        span(f"{note.paper.short} {passage.quote.place.label}", "pn-facts__place"),
        span(f"말한 사람: {people}", "pn-facts__people") if people else None,
        *tags,
    )


def fill(block: PassageBlock, holder: etree.Element, context: Context) -> None:
    """Turn the element that waits for ``block`` into its part of the page."""
    match block:
        case Quote():
            _fill_quote(block, holder, context)
            return
        case Question() | Answer():
            said = f" · {block.by}" if block.by else ""
        case Correction() | Addition():
            said = f" · {OURS} → {', '.join(block.of)}의 답"
        case SnippetRef():
            snippets.fill(block, holder, context)
            said = f" · {block.path}"
            holder.set("data-snippet", block.path)
            # Code and recorded output are no help to a search. The theme's indexer leaves out
            # an element as far as the end of the first element of the same name in it.
            holder.tag = "section"
            holder.set("data-search-exclude", "")
        case _:
            said = f" · {OURS}"
    if isinstance(block, Gist):
        holder.set("data-gist", "")
    kind = kind_of(block)
    _fill_said(holder, kind.name, f"{kind.label}{said}")


def _fill_said(holder: etree.Element, kind: str, label: str) -> None:
    holder.set("class", f"pn-block pn-{kind}")
    holder.set("role", "group")
    holder.set("aria-label", label.replace(" · ", ", ").replace(" → ", ", "))
    holder.insert(0, element("p", {"class": "pn-label", "aria-hidden": "true"}, label))


def _fill_quote(quote: Quote, holder: etree.Element, context: Context) -> None:
    """A ``figure`` with the quotation as ``blockquote`` and its place as ``figcaption``."""
    verified = is_verified(quote, context.library.root)
    page = quote.place.pages[0]
    blockquote = element(
        "blockquote",
        {
            "lang": quote.lang,
            "cite": quote.paper.pdf_url(page),
            "data-verified": quote.paper.arxiv if verified else None,
        },
        *list(holder),
    )
    for child in list(holder):
        holder.remove(child)
    kind = f"{kind_of(quote).label} · " if quote.evidence else ""
    facts: list[etree.Element] = [
        span(f"{kind}{quote.paper.short} {quote.place.label}", "pn-quote__place"),
        link(quote.paper.pdf_url(page), "원문에서 보기", rel="external"),
        link(quote.paper.html_url(first_piece(quote.text)), "ar5iv", rel="external"),
        _badge(quote, verified),
    ]
    holder.tag = "figure"
    holder.text = None
    holder.set("class", f"pn-quote{' pn-quote--evidence' if quote.evidence else ''}")
    caption = element("figcaption", {"data-search-exclude": ""}, *joined(facts, " "))
    holder.extend([blockquote, caption])


def _badge(quote: Quote, verified: bool) -> etree.Element:
    if verified:
        title = f"{quote.paper.arxiv}의 지문과 낱말 하나하나 맞춰 보았어요"
        return element("span", {"class": "pn-verified", "title": title}, "원문과 대조함")
    return element("span", {"class": "pn-unverified"}, "대조 안 됨")


def _join_translations(section: etree.Element) -> None:
    """Move each translation into the figure of the quotation above it."""
    above: etree.Element | None = None
    for child in list(section):
        if above is not None and "pn-translation" in child.get("class", ""):
            section.remove(child)
            above.append(child)
        above = child if child.tag == "figure" else None


def _actions(passage: Passage, context: Context, note: Note) -> etree.Element:
    edit = context.edit_url(note)
    label = f"{passage.title}: 할 수 있는 일"
    return element(
        "div",
        {"class": "pn-actions", "role": "group", "aria-label": label, "data-search-exclude": ""},
        element(
            "button",
            {"type": "button", "class": "pn-copy", "data-copy-link": passage.id},
            "링크 복사",
        ),
        form_link(Form.QUESTION, "이 구절에 질문하기", passage, context, note),
        answer_link(passage, context, note),
        form_link(Form.CORRECTION, "틀린 곳 알리기", passage, context, note),
        link(edit, "GitHub에서 고치기", rel="external") if edit else None,
        _citation(passage, context, note),
        element(
            "nav",
            {"class": "pn-turn", "aria-label": f"{passage.title}: 앞뒤 구절"},
            *_neighbours(passage, note),
        ),
    )


def form_link(
    form: Form, text: str, passage: Passage, context: Context, note: Note
) -> etree.Element | None:
    """Make a link to a prefilled issue form; None where no repository is known."""
    url = context.form_url(form, note, passage)
    return link(url, text, rel="external") if url else None


def answer_link(passage: Passage, context: Context, note: Note) -> etree.Element | None:
    """Make a link by which an answer is sent without git, where one is still wanted."""
    if passage.status not in (Status.OPEN, Status.MENTOR):
        return None
    return form_link(Form.ANSWER, "답 보내기", passage, context, note)


def _citation(passage: Passage, context: Context, note: Note) -> etree.Element:
    url = context.passage_url(note, passage)
    place = f"{note.paper.short} {passage.quote.place.label}"
    cited = f"“{plain(first_piece(passage.quote.text), 80)}” {place}"
    return element(
        "details",
        {"class": "pn-cite"},
        element("summary", {}, "인용하기"),
        element("p", {}, f"{cited}. ", link(url, url) if url else None),
        element("pre", {}, element("code", {}, bibtex.entry(note.paper))),
    )


def _neighbours(passage: Passage, note: Note) -> Iterator[Child]:
    ids = [each.id for each in note.passages]
    at = ids.index(passage.id)
    if at > 0:
        before = note.passages[at - 1]
        yield link(f"#{before.id}", f"← {before.title}", "pn-turn__before")
    if at + 1 < len(ids):
        after = note.passages[at + 1]
        yield link(f"#{after.id}", f"{after.title} →", "pn-turn__after")
