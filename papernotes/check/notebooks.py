"""Notebooks (py:percent): the Markdown of their cells holds what a page may hold, and no more.

mkdocs-jupyter has jupytext cut a file into cells and nbconvert's mistune read their Markdown; so do
we. Notebooks with outputs are no files of a project (:mod:`papernotes.note.publishable`): what
code puts out is looked at in the built site (:mod:`papernotes.export.result`).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from papernotes.check import letters
from papernotes.check.links import foreign_markup_message, foreign_target
from papernotes.note import frontmatter
from papernotes.note.library import Page
from papernotes.note.prose import Target, is_harmless
from papernotes.problems import Problem
from papernotes.snippets.snippet import Snippet

# Its front matter and the first cell's mark: jupytext then reads it as py:percent.
_HEAD = re.compile(
    r"(?:# ---\n(?P<yaml>(?:#.*\n)*?)# ---\n)?\s*# %%(?: \[markdown\])?[ ]*(?:\n|\Z)"
)
_METADATA = frozenset({"cell_marker", "lines_to_next_cell", "title"})
"""What jupytext tells of a cell, and no page shows."""
_LONGEST = 10_000
"""Characters of a cell: mistune's time grows with their square."""
_UNREADABLE = (
    "노트북으로 읽을 수 없어요. 맨 위는 머리말이나 `# %%` 칸으로 시작하고, 칸의 머리에는 `# %%`나 "
    "`# %% [markdown]`만 적어 주세요."
)


def problems(root: Path, path: str) -> Iterator[Problem]:
    """Yield what is wrong with the notebook at ``path``, relative to ``root``."""
    tree = Snippet(root, path).tree
    if isinstance(tree, Problem):
        yield tree
        return
    text = (root / path).read_text("utf-8")
    yield from letters.hidden(path, text)
    head = _HEAD.match(text)
    if not head:
        yield Problem(path, 1, 1, "PN413", _UNREADABLE)
        return
    if head["yaml"] is not None:
        front = frontmatter.Page(re.sub(r"^# ?", "", head["yaml"], flags=re.M), "", 1)
        wrong = frontmatter.validate(front, frontmatter.NotebookFields, path)[1]
        yield from (replace(each, column=each.column + len("# ")) for each in wrong)
        if wrong:
            return
    yield from _cells(Page(path.removeprefix("docs/"), text, 1, (), None, None, ()))


def _cells(page: Page) -> Iterator[Problem]:
    import jupytext  # most projects have no notebook, and every check would pay

    text, at = page.body, 0
    for cell in jupytext.reads(text, {"extension": ".py"}).cells:
        lines = cell.source.strip().partition("\n")
        at = max(text.find(lines[0], at), at)
        if set(cell.metadata) - _METADATA or cell.cell_type == "raw":
            yield page.problem(at, "PN413", _UNREADABLE)
        elif cell.cell_type == "markdown" and len(cell.source) > _LONGEST:
            yield page.problem(at, "PN413", "칸의 글이 너무 길어요. 칸을 나눠 주세요.")
        elif cell.cell_type == "markdown":
            yield from _markdown(page, cell.source, at)


def _markdown(page: Page, source: str, at: int) -> Iterator[Problem]:
    from nbconvert.filters.markdown_mistune import MarkdownWithMath

    parse: Any = MarkdownWithMath(renderer=None)  # type: ignore[arg-type]  # as tokens
    waiting = [*reversed(parse(source))]
    while waiting:
        token = waiting.pop()
        waiting += reversed(token.get("children", ()))
        given = token.get("attrs", {})
        raw: str = token.get("raw", "") if token["type"] != "text" else ""
        at = max(page.body.find(given.get("url") or raw.partition("\n")[0], at), at)
        if token["type"] in ("inline_html", "block_html"):
            if not is_harmless(raw):
                yield page.problem(at, "PN508", foreign_markup_message(raw))
        elif token["type"] == "block_code" and given.get("info", "").startswith("mermaid"):
            message = "`mermaid`는 사이트에서 그려지지 않아요. 그림으로 넣거나 글로 적어 주세요."
            yield page.problem(at, "PN810", message)
        elif token["type"] in ("link", "image"):
            target = Target(given["url"], "", token["type"] == "image", at)
            yield from foreign_target(target, page)
