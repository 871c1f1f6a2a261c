"""What ``papernotes check --fix`` mends: what is safe, and nothing that needs a judgement.

No word changes, and no code: only white space and the form of letters (NFC).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from papernotes.check import korean, letters
from papernotes.files import write_whole
from papernotes.note import frontmatter, library, parse
from papernotes.note.prose import mask_code

_CODE = "\ufffc"


def mend(root: Path) -> list[str]:
    """Mend every page below ``root``/docs; return the paths (from ``root``) that changed.

    Links to files are left alone: what they lead to may lie anywhere.
    """
    return sorted(page.file for page in library.load(root).pages if _mend_page(root, page))


def _mend_page(root: Path, page: library.Page) -> bool:
    file = root / page.file
    if not page.readable or file.is_symlink():
        return False
    before = file.read_bytes()
    after = tidied(before.decode("utf-8"))
    if after.encode("utf-8") == before:
        return False
    write_whole(file, after)
    return True


def tidied(source: str) -> str:
    """Return a page's source tidied: line ends, spaces, and letters that were taken apart."""
    text = letters.composed(parse.clean(source.lstrip("\ufeff")))
    page = frontmatter.split(text)
    head = re.sub(r"^[ \t]+$", "", text[: len(text) - len(page.body)], flags=re.M)
    body = _with_single_spaces("\n".join(_without_trailing_space(page.body)))
    text = (head + body).rstrip("\n")
    return f"{text}\n" if text else ""


def _without_trailing_space(body: str) -> Iterator[str]:
    """Yield the lines without white space at their ends, code and hard line breaks left alone."""
    lines = body.split("\n")
    masked = mask_code(body, _CODE).split("\n")
    for line, bare, following in zip(lines, masked, [*lines[1:], ""], strict=True):
        kept = bare.rstrip(" \t")
        is_break = kept and bare.endswith("  ") and following.strip()
        yield line if is_break or kept.endswith("\\") else line[: len(kept)]


def _with_single_spaces(body: str) -> str:
    lines = body.split("\n")
    for prose in korean.own_prose(body):
        for start, end in reversed(list(korean.double_spaces(prose.text))):
            number, column = prose.place(start)
            line = lines[number]
            lines[number] = f"{line[:column]} {line[column + end - start :]}"
    return "\n".join(lines)
