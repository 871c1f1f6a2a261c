"""Tables that a phone can scroll and a keyboard can reach."""

import xml.etree.ElementTree as etree

from papernotes.render.context import Context
from papernotes.render.html import element


def make_scrollable(root: etree.Element, _: Context) -> None:
    """Wrap each table in a focusable region named by its caption.

    A paragraph right above a table that begins with bold text is its caption. The class
    on the table keeps the theme's script from wrapping it a second time.
    """
    for parent in list(root.iter()):
        for table in [child for child in parent if child.tag == "table"]:
            index = list(parent).index(table)
            caption = _caption(parent, index)
            if caption is not None:
                parent.remove(caption)
                index -= 1
                caption.tag = "caption"
                table.insert(0, caption)
            table.set("class", "pn-table")
            label = " ".join("".join(caption.itertext()).split()) if caption is not None else "표"
            for head in table.iter("th"):
                if head.text or len(head):
                    head.set("scope", "col")
                else:
                    # An empty corner is no header of anything.
                    head.tag = "td"
            region = {"class": "pn-table-region", "role": "region", "tabindex": "0"}
            wrapper = element("div", {**region, "aria-label": label}, table)
            wrapper.tail, table.tail = table.tail, None
            parent[index] = wrapper


def _caption(parent: etree.Element, index: int) -> etree.Element | None:
    if index == 0:
        return None
    above = parent[index - 1]
    starts_bold = above.tag == "p" and len(above) > 0 and above[0].tag == "strong"
    return above if starts_bold and not (above.text or "").strip() else None
