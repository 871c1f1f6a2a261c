"""Snippets on a page: the code as a fence, with what it printed and drew when recorded."""

from pathlib import Path

from papernotes.model import Block, SnippetRef


def source(block: Block, root: Path) -> list[str]:
    """Return the Markdown that shows a snippet's code and recorded output."""
    if not isinstance(block, SnippetRef):
        return []
    file = root / "snippets" / block.path
    if not file.is_file():
        return []
    lines = _fence("python", file.read_text("utf-8"), f' linenums="1" title="{block.path}"')
    output = file.with_suffix(".txt")
    if output.is_file():
        lines += _fence("text", output.read_text("utf-8"), ' title="기록된 출력"')
    return lines


def _fence(language: str, text: str, options: str = "") -> list[str]:
    """Fence ``text`` with more backticks than it holds anywhere."""
    ticks = "```"
    while ticks in text:
        ticks += "`"
    return [f"{ticks}{language}{options}", *text.rstrip("\n").split("\n"), ticks, ""]
