"""Formulas as MathML, made at build time: nothing to download, and screen readers read it.

pymdownx.arithmatex (generic) finds the formulas; latex2mathml converts them.
"""

import xml.etree.ElementTree as etree

from latex2mathml.converter import convert as to_mathml

from papernotes.render.context import Context

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


def convert(root: etree.Element, _: Context) -> None:
    """Replace every arithmatex element's LaTeX by MathML."""
    for holder in root.iter():
        if holder.get("class") != "arithmatex" or not holder.text:
            continue
        source = holder.text.strip()
        display = "block" if source.startswith("\\[") else "inline"
        latex = source[2:-2].strip()
        math = etree.fromstring(to_mathml(latex, display=display))
        for part in math.iter():
            part.tag = part.tag.removeprefix(_NAMESPACE)
        math.set("display", display)
        holder.set("class", f"pn-math pn-math--{display}")
        if display == "block":
            # Wide formulas scroll inside themselves, by keyboard too.
            holder.set("tabindex", "0")
            holder.set("role", "group")
            holder.set("aria-label", "수식")
            holder.set("data-search-exclude", "")
        holder.text = None
        holder.append(math)
