"""Formulas as MathML, made at build time: nothing to download, and screen readers read it.

pymdownx.arithmatex (generic) finds the formulas, :mod:`papernotes.note.latex` converts them.
"""

import xml.etree.ElementTree as etree
from html import unescape

from papernotes.note import latex

_WIDE = 24
"""Characters from which an inline formula may be wider than a phone."""


def convert(root: etree.Element) -> list[str]:
    """Replace every arithmatex element's LaTeX by MathML; return what could not be.

    That stays on the page as code.
    """
    broken = []
    for holder in root.iter():
        # The element of a block's formula has escaped text, that of an inline one has not.
        if holder.get("class") != "arithmatex" or not holder.text:
            continue
        display = holder.text.startswith("\\[")
        source = holder.text[2:-2].strip()
        source = unescape(source) if display else source
        kind = "block" if display else "inline"
        holder.set("class", f"pn-math pn-math--{kind}")
        holder.text = None
        try:
            holder.append(_with_primes(latex.to_mathml(source, display=display)))
        except latex.FormulaError as error:
            etree.SubElement(holder, "code").text = source
            broken.append(f"`{' '.join(source.split())}`: {error.message}")
        wide = len("".join("".join(holder.itertext()).split())) > _WIDE
        if wide and not display:
            holder.set("class", "pn-math pn-math--inline pn-math--wide")
        if wide or display:  # it scrolls inside itself, by keyboard too
            holder.set("tabindex", "0")
            holder.set("role", "group")
            holder.set("aria-label", "수식")
    return broken


def _with_primes(math: etree.Element) -> etree.Element:
    """Set primes beside their letter: raised, a font's own small mark shrinks to a speck."""
    for raised in [*math.iter("msup"), *math.iter("msubsup")]:
        mark = raised[-1]
        if mark.tag == "mo" and mark.text and not mark.text.strip("′″‴⁗"):
            raised.remove(mark)
            base = etree.Element("msub") if raised.tag == "msubsup" else raised[0]
            if raised.tag == "msubsup":
                base.extend(raised)
            raised[:] = [base, mark]
            raised.tag = "mrow"
    return math
