"""Anybody's words in Markdown that others read: always code, so never a link, image or table.

Within code, Markdown has no marks, and GitHub makes no links of addresses, names and numbers.
Source of the fences' lengths: CommonMark, "Code spans" and "Fenced code blocks".
"""

import re
import unicodedata


def span(text: str, limit: int = 100) -> str:
    """Return ``text`` on one line as a code span that may stand in a table's cell."""
    shown = " ".join(_visible(text).split())
    if len(shown) > limit:
        shown = shown[: limit - 1] + "…"
    # A table is cut at its bars before anything else is read.
    shown = shown.replace("|", "｜") or "-"
    fence = "`" * (_longest_run(shown) + 1)
    return f"{fence} {shown} {fence}" if "`" in shown else f"{fence}{shown}{fence}"


def block(text: str) -> str:
    """Return ``text`` as a fenced code block."""
    shown = "\n".join(_visible(line) for line in text.split("\n"))
    fence = "`" * max(3, _longest_run(shown) + 1)
    return f"{fence}text\n{shown}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _visible(text: str) -> str:
    """Leave out what is not seen and could turn other words around (controls, direction marks)."""
    spaced = re.sub(r"\s", " ", text)
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
