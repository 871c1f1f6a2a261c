"""Lines that break where a reader expects it."""

import re
import xml.etree.ElementTree as etree

from papernotes.render.html import element, replace_text

# Browsers may break a line between a closing mark and Hangul (Unicode Standard Annex 14,
# LB19a): the next line would begin with a particle, 예요.
_ENDING = re.compile(r"[’”)\]」』][가-힣]+")
_PARTICLE = re.compile(r"[가-힣]+")
_SKIPPED = frozenset({"code", "math", "pre", "script"})


def tidy(root: etree.Element) -> None:
    """Keep endings with what they end."""
    replace_text(
        root, _ENDING, lambda match: element("span", {"class": "pn-nb"}, match[0]), _SKIPPED
    )
    for parent in list(root.iter()):
        for index, child in enumerate(parent):
            tail = child.tail or ""
            ending = _PARTICLE.match(tail)
            if ending and child.get("class") == "pn-math pn-math--inline":
                child.tail = None
                parent[index] = element("span", {"class": "pn-nb"}, child, ending[0])
                parent[index].tail = tail[ending.end() :]
