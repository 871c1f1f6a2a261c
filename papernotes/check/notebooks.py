"""Notebooks (py:percent): the Markdown of their cells holds what a page may hold, and no more.

mkdocs-jupyter converts it, not the renderer of pages; so it is looked at here alone.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from papernotes.check import letters, links
from papernotes.note.library import Page
from papernotes.problems import Problem

_HEADER = re.compile(r"\A# ---\n((?:#.*\n)*?)# ---\n")
_CELL = re.compile(r"#\s*%%(?P<head>.*)")


def problems(root: Path, path: str) -> Iterator[Problem]:
    """Yield what is wrong with the notebook at ``path``, relative to ``root``."""
    try:
        text = (root / path).read_bytes().decode("utf-8").replace("\r\n", "\n")
        ast.parse(text)
    except UnicodeDecodeError as error:
        message = "UTF-8이 아닌 글자가 있어요. 파일을 UTF-8로 다시 저장해 주세요."
        yield Problem(path, error.object.count(b"\n", 0, error.start) + 1, 1, "PN412", message)
        return
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message = "파이썬으로 읽을 수 없어요. 문법을 살펴 주세요."
        line, column = getattr(error, "lineno", 1) or 1, getattr(error, "offset", 1) or 1
        yield Problem(path, line, max(column, 1), "PN413", message)
        return
    yield from _header(path, text)
    yield from letters.hidden(path, text)
    page = Page(path.removeprefix("docs/"), _markdown(text), 1, (), None, None, ())
    for problem in links.active(page):
        yield replace(problem, column=problem.column + len("# "))


def _header(path: str, text: str) -> Iterator[Problem]:
    """Yield what in a notebook's own front matter, if it has one, keeps it from being built.

    A kernel has both names (``kernelspec`` in nbformat's v4 schema), or no page is made of it.
    """
    front = _HEADER.match(text)
    try:
        found = yaml.safe_load(re.sub(r"^# ?", "", front[1] if front else "{}", flags=re.M))
        kernel = found["jupyter"]["kernelspec"]
        whole = {"name", "display_name"} <= kernel.keys()
    except (KeyError, TypeError):
        return  # none is named: the site's own runs it
    except (yaml.YAMLError, AttributeError):
        whole = False
    if not whole:
        message = (
            "노트북의 머리말을 읽을 수 없어요. `kernelspec`에 `name`과 `display_name`을 모두 "
            "적거나, 머리말을 지워 주세요."
        )
        yield Problem(path, 1, 1, "PN413", message)


def _markdown(text: str) -> str:
    """Return the lines of the cells that are no code, without their ``# ``; all others empty."""
    lines, shown = text.split("\n"), False
    for number, line in enumerate(lines):
        cell = _CELL.match(line)
        shown = "[" in cell["head"] if cell else shown
        lines[number] = re.sub(r"^# ?", "", line) if shown and not cell else ""
    return "\n".join(lines)
