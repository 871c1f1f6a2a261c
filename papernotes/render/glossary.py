"""Glossary terms: linked where they first occur, with their meaning for a tooltip."""

import re
import xml.etree.ElementTree as etree
from functools import lru_cache

from papernotes.note.model import Term
from papernotes.note.plain import plain
from papernotes.render.context import Context
from papernotes.render.html import element, link, replace_text

_SKIPPED = frozenset(
    {"a", "abbr", "button", "code", "figcaption", "kbd", "math", "pre", "script", "th"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)

# Particles and endings that Korean writes onto a noun. Without them, 시드 would be found in
# 시드니; without this list at all, 마스킹을 would not be found for 마스킹.
_PARTICLES = (
    "은|는|이|가|을|를|의|에|에서|에는|에서는|에게|로|으로|로는|으로는|와|과|와는|과는|도|만|만의|만큼|"
    "보다|보다는|처럼|마다|까지|부터|이나|나|란|이란|라는|이라는|라고|이라고|인|인지|이고|고|이며|며|"
    "이라|라|이든|든|예요|이에요|이다|입니다|임|이지만|지만|들|들은|들이|들을|들의|들과|뿐|뿐이에요|"
    "하다|하고|하는|하면|한|할|해|해서|했고|했어요|했다|된|되는|되어|됨|돼요|적|적인|별|용|끼리|째|일|이었어요"
)


def add_heading(holder: etree.Element, context: Context) -> None:
    """Head a term's entry with its name, early enough for the table of contents."""
    term = context.blocks.get(holder.get("data-block", ""))
    if isinstance(term, Term):
        holder.append(element("h2", {"id": term.id}, term.name))
        others = [name for name in term.names if name != term.name]
        holder.append(element("p", {"class": "pn-entry__names"}, " · ".join(others)))


def link_terms(root: etree.Element, context: Context) -> None:
    """Link each term to its glossary entry where it first occurs under a ``##`` heading.

    More would hold up the keyboard, and the eye, at the same word twenty times a passage. The
    meanings follow at the page's end, hidden, once each: the script finds ``term-<id>`` for a
    link to ``#<id>``.
    """
    terms = context.library.terms
    path = context.library.glossary_path
    if not terms or context.page.path == path:
        return
    pattern, ids = _compile(terms)
    path = context.page.link(path)
    used: set[str] = set()
    seen: set[str] = set()

    def make(match: re.Match[str]) -> etree.Element | None:
        found = ids[match[0].casefold()]
        if found in seen:
            return None
        seen.add(found)
        used.add(found)
        return link(f"{path}#{found}", match[0], "pn-term")

    for child in list(root):
        if child.tag == "h2":
            seen.clear()
        replace_text(child, pattern, make, _SKIPPED)
    if used:
        meanings = [
            element(
                "p", {"id": f"term-{term.id}"}, f"{term.name}({term.english}): {plain(term.text)}"
            )
            for term in terms
            if term.id in used
        ]
        # Not searched (papernotes.export.pagetext): each page would be found by its terms.
        hidden = {"class": "pn-terms", "hidden": "hidden"}
        root.append(element("div", hidden, *meanings))


@lru_cache(maxsize=4)
def _compile(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all names, the longest first, and each name's term."""
    ids: dict[str, str] = {}
    for term in terms:
        for name in term.names:
            ids.setdefault(name.casefold(), term.id)
    names = sorted({name for term in terms for name in term.names}, key=len, reverse=True)
    korean = [name for name in names if _is_korean(name[0])]
    other = [name for name in names if not _is_korean(name[0])]
    return re.compile(f"{_any_of(korean, _HANGUL)}|{_any_of(other, _LATIN)}"), ids


_HANGUL = "가-힣"
_LATIN = "A-Za-z0-9_"


def _is_korean(letter: str) -> bool:
    return "가" <= letter <= "힣"


def _any_of(names: list[str], letters: str) -> str:
    """One pattern for names that no letter of their script may precede.

    Most places in a text are ruled out by their letter alone, before any name is tried: a page
    has thousands of places, a glossary a hundred names.
    """
    letters_first = {letter for name in names for letter in (name[0], name[0].swapcase())}
    first = "".join(re.escape(letter) for letter in sorted(letters_first))
    tried = "|".join(_name_pattern(name) for name in names)
    return f"(?=[{first}])(?<![{letters}])(?:{tried})" if names else "(?!)"


def _name_pattern(name: str) -> str:
    body = re.escape(name)
    if name.isascii() and not name.isupper():
        body = f"(?i:{body})"
    if _is_korean(name[-1]):
        return f"{body}(?=(?:{_PARTICLES})?(?![{_HANGUL}]))"
    return f"{body}(?![{_LATIN}])"
