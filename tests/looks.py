"""What a look at a page finds: what axe has against it, and whether it fits."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""What axe looks for."""
COLOURS = ("color-contrast", "link-in-text-block")
"""What depends on the colours: enough for the second look, at the same page in dark ones."""
SCHEMES: tuple[tuple[Literal["light", "dark"], tuple[str, ...]], ...] = (
    ("light", RULES),
    ("dark", COLOURS),
)
"""The colours that a reader's device asks for, and what to look for in each."""
CODE = {"exclude": [[".highlight pre"]]}
"""Thousands of coloured words, half of axe's work: one look at the kind in each scheme is enough"""

SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().endTime < Infinity)
  .map((each) => each.finished))"""


def faults(
    page: Page,
    context: str | list[str] | dict[str, list[list[str]]] | None = None,
    only: tuple[str, ...] = RULES,
) -> list[str]:
    """Return the rules that a page breaks, each with an element, and whether it is too wide.

    ``context`` is the part that axe looks at: selectors, or what is to be left out. What passes is
    not listed (``resultTypes``), which is another half of axe's work. It looks when colours that
    change have changed.
    """
    page.evaluate(SETTLED)
    options = {"runOnly": list(only), "resultTypes": ["violations"]}
    response = Axe().run(page, context=context, options=options).response
    found = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("overflow")
    return found
