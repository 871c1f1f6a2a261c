"""What a look at a page finds: what axe has against it, and whether it fits."""

from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
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
"""Thousands of coloured words: one look at the kind in each scheme is enough."""

SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().endTime < Infinity)
  .map((each) => each.finished))"""

# Of words of one kind, in the same elements with the same classes and styles, the first and the
# last stand for all: their contrast, which is four fifths of axe's work, is the same.
KINDS = """
(part) => {
  const kinds = new Map([[null, ""]]);
  const kindOf = (element) => {
    if (!kinds.has(element)) {
      const style = getComputedStyle(element);
      kinds.set(element, [kindOf(element.parentElement), element.localName,
        ...["class", "disabled", "aria-disabled", "aria-hidden", "inert"]
          .map((name) => element.getAttribute(name)),
        ...["color", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode",
          "fontSize", "fontWeight", "textShadow"].map((name) => style[name])].join());
    }
    return kinds.get(element);
  };
  const within = typeof part === "string" ? part : Array.isArray(part) ? part.join() : "body";
  const seen = new Map();
  for (const element of document.querySelectorAll(`:is(${within}), :is(${within}) *`)) {
    const text = [...element.childNodes].map(({ nodeType, data }) => nodeType === 3 ? data : "")
      .join("").trim();
    if (!text && !element.matches("input, select, textarea, button")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const kind = kindOf(element) + (text.length > 1);  // axe does not judge a single character
    element.removeAttribute("data-kind");
    seen.set(kind, [seen.get(kind)?.[0] ?? element, element]);
  }
  for (const element of [...seen.values()].flat()) element.setAttribute("data-kind", "");
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-kind]" }] });
}
"""


def faults(
    page: Page,
    context: str | list[str] | dict[str, list[list[str]]] | None = None,
    only: tuple[str, ...] = RULES,
) -> list[str]:
    """Return the rules that a page breaks, each with an element, and whether it is too wide.

    ``context`` is the part that axe looks at: selectors, or what is to be left out. It looks when
    colours that change have changed.
    """
    page.evaluate(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(KINDS, context)
    options = {"runOnly": list(only), "reporter": "no-passes", "resultTypes": ["violations"]}
    violations = page.evaluate(
        "async ([part, options]) => (await axe.run(part ?? document, options)).violations",
        [context, options],
    )
    found = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in violations]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("overflow")
    return found
