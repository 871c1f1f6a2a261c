"""The Content-Security-Policy of every page: what slips through still cannot run or call out.

It stands in a ``meta`` element (GitHub Pages lets nobody set headers), which mkdocs.yml asks for
and overrides/main.html writes. Inline scripts are allowed by the hash of their text, and only those
of the theme and of overrides/: never what a page came out with. Reference: W3C, Content Security
Policy Level 3.
"""

import base64
import hashlib
import os
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from papernotes.render import engine

OVERRIDES = Path(__file__).parents[2] / "overrides"

_OURS = re.compile(r'<script[^>]*>\{% include "(assets/[\w./-]+)" %\}</script>')
_THEMES = re.compile(r"<script>((?:(?!\{\{|</script>).)*)</script>", re.DOTALL)
_USED = ("palette", "content", "announce")
"""The theme's inline scripts that our configuration leaves on pages (partials/javascripts/)."""


def policy() -> str:
    """Return the policy, for what is built now.

    Where OFFLINE is set pages are files, which have no origin. A live preview's engine puts a
    script of its own into each page, with a number that changes.
    """
    inline = "'unsafe-inline'" if engine.is_preview() else " ".join(hashes())
    return _policy("'self' file:" if os.environ.get("OFFLINE") else "'self'", inline)


def published() -> frozenset[str]:
    """Return the policies of pages that are served and of pages that are files."""
    return frozenset(_policy(here, " ".join(hashes())) for here in ("'self'", "'self' file:"))


def _policy(here: str, inline: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {here} 'wasm-unsafe-eval' {inline}",
            # MathML and the tables of Markdown carry style attributes, and the theme's scripts
            # make more: what a style could fetch is up to the lines below.
            f"style-src {here} 'unsafe-inline'",
            f"img-src {here} data: blob:",
            f"font-src {here} data:",
            f"connect-src {here}",
            f"worker-src {here} blob:",
            f"frame-src {here}",
            f"manifest-src {here}",
            f"form-action {here}",
            "base-uri 'none'",
        ]
    )


@cache
def hashes() -> tuple[str, ...]:
    """Return the sources, ``'sha256-…'``, of all inline scripts that pages may hold."""
    texts = [
        (OVERRIDES / name).read_text("utf-8").removesuffix("\n")  # as Jinja leaves them
        for template in sorted(OVERRIDES.rglob("*.html"))
        for name in _OURS.findall(template.read_text("utf-8"))
    ]
    theme = "zensical" if engine.is_zensical() else "material"
    found = find_spec(theme)
    for folder in found.submodule_search_locations or () if found else ():
        for name in _USED:
            partial = Path(folder) / "templates/partials/javascripts" / f"{name}.html"
            texts += _THEMES.findall(partial.read_text("utf-8")) if partial.exists() else ()
    return tuple(hash_of(text) for text in dict.fromkeys(texts))


def hash_of(text: str) -> str:
    """Return how a policy names an inline script."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
