"""A whole page: every block in its place, and a note's head."""

import xml.etree.ElementTree as etree

from papernotes.note.model import Listing, Note, PassageBlock, Term
from papernotes.render import blocks, breaks, citation, feeds, lists, passage, reader
from papernotes.render.context import Context
from papernotes.render.html import element, joined, link


def build(root: etree.Element, context: Context) -> None:
    """Fill in every block, wrap a note's passages and put the paper's facts on top."""
    breaks.tidy(root)
    for holder in list(root.iter()):
        block = context.blocks.get(holder.attrib.pop("data-block", ""))
        match block:
            case Listing():
                lists.fill(block, holder, context)
            case Term():
                holder.set("class", "pn-entry")
            case _ if isinstance(block, PassageBlock):
                blocks.fill(block, holder, context)
    note = context.page.note
    if note:
        passage.wrap(root, context, note)
        for index, part in enumerate(_head(note, context)):
            root.insert(index, part)
    if context.page.rule:
        every = link(context.page.link("rules/index.md"), "모든 검사 코드 보기", "pn-more")
        root.append(element("p", every))


def _head(note: Note, context: Context) -> list[etree.Element]:
    paper = note.paper
    links = [
        link(paper.abs_url, f"arXiv:{paper.arxiv}", rel="external"),
        link(paper.pdf_url(1), "PDF", rel="external"),
    ]
    if (way := reader.way(context, paper)) is not None:
        links.insert(0, way)
    if context.settings["exported"]:
        slug = note.path.removesuffix(".md")
        links += [
            context.exported(f"{slug}.bib", "BibTeX"),
            context.exported(f"{slug}.jsonld", "JSON-LD"),
            context.exported(feeds.of(note).path, "피드"),
        ]
    return [
        element("h1", {"lang": "en"}, paper.title),
        element(
            "div",
            {"class": "pn-paper"},
            element("p", {"class": "pn-paper__authors", "lang": "en"}, ", ".join(paper.authors)),
            element("p", f"{paper.published} · ", *joined(links, " · ")),
            citation.fold(note, context),
        ),
    ]
