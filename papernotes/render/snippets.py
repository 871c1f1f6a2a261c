"""Snippets on a page: the code, what it printed and drew when recorded, and where it lies.

The code and the output are put into the source as fences, so that the theme highlights them;
:func:`fill` then arranges what Markdown made of them. ``docs/snippets`` is a link to
``snippets/``: that is how a file and its figures come onto the site in any engine.
"""

import re
import xml.etree.ElementTree as etree
from pathlib import Path

from papernotes.note.model import Block, SnippetRef
from papernotes.note.plain import plain
from papernotes.problems import Problem
from papernotes.pyodide import manifest
from papernotes.pyodide.manifest import Manifest
from papernotes.render.context import Context
from papernotes.render.html import copy_button, element, joined, link, span
from papernotes.snippets import records
from papernotes.snippets.records import Record
from papernotes.snippets.snippet import FOLDER, Snippet

_SENTENCE = re.compile(r"(?<=[.?!])\s")
_SIZE = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"')


def source(block: Block, root: Path) -> list[str]:
    """Return the Markdown that shows a snippet's code and recorded output."""
    if not isinstance(block, SnippetRef):
        return []
    snippet = Snippet(root, f"{FOLDER}/{block.path}")
    if not snippet.file.is_file():
        return []
    lines = _fence("python", snippet.file.read_text("utf-8"), ' linenums="1"')
    recorded = records.read(snippet)
    if not isinstance(recorded, Problem):
        lines += _fence("text", recorded.output)
    return lines


def fill(block: SnippetRef, holder: etree.Element, context: Context) -> None:
    """Arrange the point, the record, the code and the facts of a snippet, in place.

    The block's own text begins with a sentence that says what the code shows; ``data-point`` is
    that sentence in plain words.
    """
    snippet = Snippet(context.library.root, f"{FOLDER}/{block.path}")
    made = list(holder)
    for child in made:
        holder.remove(child)
    if not snippet.file.is_file():
        holder.append(element("p", f"{snippet.path} 파일이 없어요."))
        return
    recorded = records.read(snippet)
    record = None if isinstance(recorded, Problem) else recorded
    point = made[2:] if record else made[1:]
    holder.extend(point)
    if point:
        holder.set("data-point", _SENTENCE.split(plain(block.text), 1)[0])
    if record:
        figures = enumerate(records.figure_paths(snippet), 1)
        shown = element(
            "details",
            {"class": "pn-recorded", "open": "open"},
            element("summary", {"class": "pn-label"}, "기록된 출력"),
            *(_figure(path, block, number, context) for number, path in figures),
            made[1],
        )
        holder.append(shown)
    # From files, a browser lets no page load a module or start a worker.
    runtime = None if context.settings["offline"] else manifest.read(context.library.root)
    if runtime and record:
        holder.append(_controls(snippet, runtime))
        holder.append(element("p", {"class": "pn-run__status", "role": "status"}))
    count = snippet.file.read_text("utf-8").rstrip("\n").count("\n") + 1
    summary = element("summary", f"코드 {count}줄")
    holder.append(element("details", {"class": "pn-code"}, summary, made[0]))
    holder.append(_facts(snippet, record, context))


def _controls(snippet: Snippet, runtime: Manifest) -> etree.Element:
    """Return the buttons that a script in overrides/assets/runner/ brings to life."""
    packages = [package for package in runtime.packages if snippet.uses(package)]
    size = runtime.transfer(packages) / 1e6
    buttons = {
        **{"run": "실행", "stop": "멈춤", "edit": "고치기", "close": "닫기", "reset": "되돌리기"},
        "share": "고친 코드 링크 복사",
    }
    return element(
        "div",
        {"class": "pn-run", "role": "group", "aria-label": f"{snippet.path} 실행"},
        *(_button(action, label) for action, label in buttons.items()),
        span(f"처음 실행할 때 파이썬을 받아요 (약 {size:.0f} MB)", "pn-run__note"),
    )


def _button(action: str, label: str) -> etree.Element:
    hidden = "" if action in ("close", "share") else None
    return element("button", {"type": "button", "data-run": action, "hidden": hidden}, label)


def _figure(path: str, block: SnippetRef, number: int, context: Context) -> etree.Element:
    href = context.page.link(path)
    alt = block.alt if number == 1 else f"{block.alt} ({number}번째 그림)"
    size = _SIZE.search((context.library.root / path).read_text("utf-8")[:2000])
    # Points to CSS pixels: 4/3.
    width, height = (
        (str(round(float(side) * 4 / 3)) for side in size.groups()) if size else (None, None)
    )
    image = {"src": href, "alt": alt, "width": width, "height": height, "loading": "lazy"}
    return element(
        "p",
        {"class": "pn-figure"},
        element("a", {"href": href, "class": "pn-zoomable"}, element("img", image)),
    )


def _facts(snippet: Snippet, record: Record | None, context: Context) -> etree.Element:
    versions = record.versions if record else {}
    said = ", ".join(f"{name} {version}" for name, version in versions.items())
    made_with = f"{said}에서 기록했어요" if said else "아직 기록하지 않았어요"
    repository = context.github("blob", snippet.path)
    parts = [
        link(context.page.link(snippet.path), snippet.path, download=snippet.file.name),
        _notebook(snippet, context) if context.settings["exported"] else None,
        link(repository, "GitHub에서 보기", rel="external") if repository else None,
        copy_button("코드 복사", "data-copy-code"),
        span(made_with, "pn-snippet__versions"),
    ]
    shown = [part for part in parts if part is not None]
    return element("p", {"class": "pn-snippet__facts"}, *joined(shown, " "))


def _notebook(snippet: Snippet, context: Context) -> etree.Element:
    path = snippet.path.removesuffix(".py") + ".ipynb"
    return context.exported(path, "노트북(.ipynb)", download=path.rpartition("/")[2])


def _fence(language: str, text: str, options: str = "") -> list[str]:
    """Fence ``text`` with more backticks than it holds anywhere."""
    ticks = "```"
    while ticks in text:
        ticks += "`"
    return [f"{ticks}{language}{options}", *text.rstrip("\n").split("\n"), ticks, ""]
