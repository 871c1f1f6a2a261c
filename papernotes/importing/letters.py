"""The few letters in the minutes that settle what a line is."""

import re

_HEAD = re.compile(
    r"^(?P<form>\s*(?:>[ \t]?)*\s*(?:#{1,6}[ \t]+)?"
    r"(?:(?:[*+•‣-]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?)"
    r"(?P<label>(?:Q|A|기록)[.:]\s+)?(?P<words>.*)$",
    re.DOTALL,
)
_PAPER = re.compile(r"\s*\(논문:[^()]*\)\s*$")


def label(line: str, letters: str) -> str:
    """Return ``line`` with ``letters`` before its words, in place of what was put there before.

    List markers, ``>`` and ``#`` stay where they are.
    """
    found = _HEAD.match(line)
    return f"{found['form']}{letters}{found['words']}" if found else line


def speaker(line: str, name: str) -> str:
    """Return ``line`` with the name of who said it before its words."""
    return label(line, f"{name.strip()}: ")


def paper(line: str, name: str) -> str:
    """Return ``line`` with the name of the paper that it is about behind its words."""
    return f"{_PAPER.sub('', line.rstrip())} (논문: {name.strip()})"
