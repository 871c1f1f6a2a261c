"""The line that says where our own words come from."""

import re
import xml.etree.ElementTree as etree

from papernotes.note.model import Paper, Place, Sourced
from papernotes.render.context import Context

_PLACE = re.compile(
    r"^(?P<short>.+?) (?P<where>\S.*?),? (?:pp?\. ?(?P<page>\d+)(?:[-–](?P<last>\d+))?)$"
)


def add(element: etree.Element, context: Context) -> None:
    """Append the sources of the block that ``element`` stands for, if it has any.

    They are Markdown still: this runs before inline parsing.
    """
    block = context.blocks.get(element.get("data-block", ""))
    if isinstance(block, Sourced) and block.sources and context.page.note:
        note = context.page.note
        papers = {paper.short: paper for paper in note.papers}
        line = etree.SubElement(element, "p", {"class": "pn-sources"})
        line.text = "출처: " + " · ".join(_linked(each, papers) for each in block.sources)


def _linked(source: str, papers: dict[str, Paper]) -> str:
    """Make ``RoBERTa Table 1, p. 4`` a link to that page, labelled as places are elsewhere."""
    match = _PLACE.match(source)
    paper = papers.get(match["short"]) if match else None
    if not match or not paper:
        return source
    page = int(match["page"])
    place = Place(match["where"], (page, int(match["last"] or page)))
    return f"[{paper.short} {place.label}]({paper.pdf_url(page)})"
