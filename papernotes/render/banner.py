"""The banner of a preview: what is wrong on this page, and on how many others."""

import xml.etree.ElementTree as etree
from collections import Counter
from collections.abc import Sequence

from papernotes.problems import Problem
from papernotes.render.context import Context
from papernotes.render.html import Child, element, joined, link
from papernotes.render.unread import Unread, line_id

MOST_SHOWN = 30
MOST_PAGES = 8
"""Beyond these, what is left is counted: a person mends from the top."""


def banner(context: Context, problems: Sequence[Problem]) -> etree.Element | None:
    """Return the banner for the page at hand; None where nothing is wrong anywhere."""
    here = [problem for problem in problems if problem.path == context.page.file]
    others = Counter(problem.path for problem in problems if problem.path != context.page.file)
    elsewhere = _elsewhere(others, context) if others else None
    attributes = {"class": "pn-banner"}
    if not here:
        if elsewhere is None:
            return None
        return element("div", {**attributes, "role": "status"}, elsewhere)
    rest = len(here) - MOST_SHOWN
    return element(
        "div",
        {**attributes, "role": "alert"},
        element("p", {"class": "pn-banner__title"}, f"이 쪽에서 고칠 곳 {len(here)}개"),
        element("ul", *(_item(problem, context) for problem in here[:MOST_SHOWN])),
        element("p", f"이 밖에 {rest}개가 더 있어요.") if rest > 0 else None,
        elsewhere,
    )


def _item(problem: Problem, context: Context) -> etree.Element:
    place = f"{problem.path}:{problem.line}:{problem.column}"
    target = _target(problem, context)
    where = element("code", place)
    return element(
        "li",
        element("a", {"href": target}, where) if target else where,
        f" {problem.code} ",
        *_message(problem.message),
    )


def _message(text: str) -> list[Child]:
    """Split a message at its backticks, which mark code."""
    parts = text.split("`")
    return [element("code", part) if n % 2 else part for n, part in enumerate(parts) if part]


def _target(problem: Problem, context: Context) -> str | None:
    """Return a link to the line where it is shown as source, or to its passage."""
    page = context.page
    for block in page.blocks:
        if isinstance(block, Unread) and block.line <= problem.line < block.end:
            return f"#{line_id(problem.line)}"
    passages = page.note.passages if page.note else ()
    above = [passage.id for passage in passages if passage.line <= problem.line]
    return f"#{above[-1]}" if above else None


def _elsewhere(others: Counter[str], context: Context) -> etree.Element:
    pages = [
        element("span", _page(path, context), f" {count}개")
        for path, count in list(others.items())[:MOST_PAGES]
    ]
    rest = len(others) - MOST_PAGES
    return element(
        "p",
        {"class": "pn-banner__elsewhere"},
        f"다른 쪽에서 고칠 곳 {others.total()}개: ",
        *joined(pages, ", "),
        f", 그 밖에 {rest}쪽" if rest > 0 else None,
    )


def _page(path: str, context: Context) -> etree.Element:
    name = path.removeprefix("docs/")
    if name == path or not name.endswith(".md"):
        return element("code", path)
    return link(context.page.link(name), name)
