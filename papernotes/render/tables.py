"""Tables that a phone can scroll and a keyboard can reach."""

import xml.etree.ElementTree as etree

from papernotes.render.context import Context
from papernotes.render.html import element

_LONG = 14
"""Letters from which a cell is prose: it wraps, but not into a tower of words."""


def make_scrollable(root: etree.Element, _: Context) -> None:
    """Put each table into a ``figure``: its caption, and a focusable region that scrolls.

    A paragraph right above a table that begins with bold text is its caption. The class
    on the table keeps the theme's script from wrapping it a second time.
    """
    nameless = 0
    for parent in list(root.iter()):
        for table in [child for child in parent if child.tag == "table"]:
            index = list(parent).index(table)
            caption = _caption(parent, index)
            if caption is not None:
                parent.remove(caption)
                index -= 1
                caption.tag, caption.tail = "figcaption", None
            table.set("class", "pn-table")
            _prepare_cells(table)
            nameless += caption is None
            label = _text(caption) if caption is not None else f"제목 없는 표 {nameless}"
            region = {"class": "pn-table-region", "role": "region", "tabindex": "0"}
            tail, table.tail = table.tail, None
            scroller = element("div", {**region, "aria-label": label}, table)
            figure = element("figure", {"class": "pn-table-figure"}, caption, scroller)
            figure.tail = tail
            parent[index] = figure


def _prepare_cells(table: etree.Element) -> None:
    for row in table.iter("tr"):
        for cell in row:
            if cell.tag == "th" and (cell.text or len(cell)):
                cell.set("scope", "col")
            elif cell.tag == "th":
                cell.tag = "td"  # an empty corner is no header of anything
            if len(_text(cell)) > _LONG and cell is not row[0]:
                cell.set("class", "pn-table__prose")


def _text(holder: etree.Element) -> str:
    return " ".join("".join(holder.itertext()).split())


def _caption(parent: etree.Element, index: int) -> etree.Element | None:
    if index == 0:
        return None
    above = parent[index - 1]
    starts_bold = above.tag == "p" and len(above) > 0 and above[0].tag == "strong"
    return above if starts_bold and not (above.text or "").strip() else None
