"""The blocks of a passage, each as its part of the page."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Sequence

from papernotes.fingerprint.quotations import first_piece, is_verified, uncompared
from papernotes.note.kinds import kind_of
from papernotes.note.model import (
    NAMELESS,
    Addition,
    Answer,
    Correction,
    Explanation,
    Gist,
    Paper,
    PassageBlock,
    Place,
    Question,
    Quote,
    SnippetRef,
    Sourced,
    Translation,
)
from papernotes.render import reader, snippets
from papernotes.render.context import Context
from papernotes.render.html import Child, element, has_class, joined, link, span


def fill(block: PassageBlock, holder: etree.Element, context: Context) -> None:
    """Turn the element that waits for ``block`` into its part of the page.

    What stands in a fold of its own has its heading there (:mod:`papernotes.render.passage`).
    """
    kind = kind_of(block)
    holder.set("class", f"pn-block pn-{kind.name}")
    match block:
        case Quote():
            _fill_quote(block, holder, context)
        case SnippetRef():
            snippets.fill(block, holder, context)
            holder.set("data-snippet", block.path)
            holder.set("aria-label", block.path)
            holder.tag = "section"
        case Answer():
            _label(holder, "h4", _answer_of([block.by]))
        case Correction():
            _label(holder, "h4", kind.label, f"{_answer_of(block.of)}을 우리가 고쳤어요")
        case Addition():
            _label(holder, "h4", kind.label, f"{_answer_of(block.of)}에 우리가 보탰어요")
        case Question():
            _label(holder, "h3", f"{kind.label} · {block.by}" if block.by else kind.label)
        case Translation():
            _label(holder, "p", kind.label)
        case Explanation():
            pass  # its fold says so
        case _:
            _label(holder, "h3", kind.label)
    if isinstance(block, Gist):
        holder.set("data-gist", "")


def _label(holder: etree.Element, level: str, said: str, more: str = "") -> None:
    small = element("small", more) if more else None
    holder.insert(0, element(level, {"class": "pn-label"}, said, " " if more else None, small))


def said(kind: str, label: str, text: str) -> etree.Element:
    """Make a block of plain words outside of its passage."""
    heading = element("p", {"class": "pn-label"}, label)
    return element("div", {"class": f"pn-block pn-{kind}"}, heading, element("p", text))


def _answer_of(names: Sequence[str]) -> str:
    """Say whose answer: ``세진, 상민의 답``."""
    known = [name for name in names if name != NAMELESS]
    nameless = "이름 없는 답" if len(known) < len(names) else ""
    return ", ".join(
        [*([f"{', '.join(known)}의 답"] if known else []), *([nameless] if nameless else [])]
    )


def _fill_quote(quote: Quote, holder: etree.Element, context: Context) -> None:
    made = quotation(quote, list(holder), context, _words_shown(holder))
    holder.clear()
    holder.tag, holder.attrib = made.tag, made.attrib
    holder.extend(made)


def _words_shown(holder: etree.Element) -> str:
    """Return the text that a reader sees in an element, formulas left out."""
    parts = [holder.text or ""]
    for child in holder:
        if not has_class(child, "pn-math"):
            parts.append(_words_shown(child))
        parts.append(child.tail or "")
    text = "".join(parts)
    return f"\n{text}\n" if holder.tag == "p" else text


def quotation(
    quote: Quote, content: Iterable[Child], context: Context, rendered: str | None = None
) -> etree.Element:
    """Make a ``figure`` with the quotation as ``blockquote`` and its place as ``figcaption``.

    ``rendered`` is the quotation's text as the page has it, where that has been made.
    """
    verified = is_verified(quote, context.library.root, rendered)
    page = quote.place.pages[0]
    attributes = {
        "lang": quote.lang,
        "cite": quote.paper.pdf_url(page),
        "data-verified": quote.paper.arxiv if verified else None,
    }
    facts: list[etree.Element | None] = [
        _badge(quote, verified),
        span(left, "pn-quote__left") if verified and (left := uncompared(quote)) else None,
        span(f"{quote.paper.short} {quote.place.label}", "pn-quote__place"),
        reader.way(context, quote.paper, quote),
        link(quote.paper.pdf_url(page), "원문에서 보기", rel="external"),
        link(quote.paper.html_url(first_piece(quote.text)), "ar5iv", rel="external"),
    ]
    return element(
        "figure",
        {"class": f"pn-quote{' pn-quote--evidence' if quote.evidence else ''}"},
        element("blockquote", attributes, *content),
        element("figcaption", *joined([fact for fact in facts if fact is not None], " ")),
    )


def _badge(quote: Quote, verified: bool) -> etree.Element:
    if verified:
        title = f"{quote.paper.arxiv}의 지문과 낱말 하나하나 맞춰 보았어요"
        return element("span", {"class": "pn-verified", "title": title}, "원문과 대조함")
    return element("span", {"class": "pn-unverified"}, "대조 안 됨")


_SOURCE = re.compile(
    r"^(?P<short>.+?) (?P<where>\S.*?),? (?:pp?\. ?(?P<page>\d+)(?:[-–](?P<last>\d+))?)$"
)


def add_sources(holder: etree.Element, context: Context) -> None:
    """Append the sources of the block that ``holder`` stands for, if it has any.

    They are Markdown still: this runs before inline parsing.
    """
    block = context.blocks.get(holder.get("data-block", ""))
    if isinstance(block, Sourced) and block.sources and context.page.note:
        note = context.page.note
        papers = {paper.short: paper for paper in note.papers}
        line = etree.SubElement(holder, "p", {"class": "pn-sources"})
        line.text = "출처: " + " · ".join(_linked(each, papers) for each in block.sources)


def _linked(source: str, papers: dict[str, Paper]) -> str:
    """Make ``RoBERTa Table 1, p. 4`` a link to that page, labelled as places are elsewhere."""
    match = _SOURCE.match(source)
    paper = papers.get(match["short"]) if match else None
    if not match or not paper:
        return source
    page = int(match["page"])
    place = Place(match["where"], (page, int(match["last"] or page)))
    return f"[{paper.short} {place.label}]({paper.pdf_url(page)})"
