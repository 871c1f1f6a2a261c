"""Letters that mislead: invisible ones, those that turn the text around, and Hangul taken apart."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from pathlib import Path
from unicodedata import is_normalized, normalize

from papernotes.files import write_whole
from papernotes.note import library
from papernotes.note.invisible import INVISIBLE
from papernotes.note.spans import CODE, mask, spans
from papernotes.problems import Problem
from papernotes.snippets.snippet import FOLDER

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_JOINER = "\u200d"
_APART = re.compile("[\u0300-\u036f\u1100-\u11ff\u3099\u309a\ua960-\ua97f\ud7b0-\ud7ff]")


def problems(path: str, text: str) -> Iterator[Problem]:
    """Yield what misleads in a page (its whole source); ``path`` is what problems name."""
    yield from hidden(path, text)
    if "&" in text:
        yield from _entities(path, mask(text, CODE))
    if not is_normalized("NFC", text) and _APART.search(text):
        for number, line in enumerate(mask(text, CODE).split("\n"), 1):
            whole = normalize("NFC", line)
            if whole != line:
                at = next(n for n, char in enumerate(line) if whole[n : n + 1] != char)
                message = (
                    "글자가 자모로 풀려 있어(NFD) 검색과 이름이 어긋나요. "
                    "`papernotes check --fix`를 돌려 주세요."
                )
                yield Problem(path, number, at + 1, "PN807", message)


def of_snippets(root: Path) -> Iterator[Problem]:
    """Yield what misleads in the snippets' code and in what was recorded of them."""
    for file in sorted((root / FOLDER).rglob("*")):
        if file.suffix in (".py", ".txt", ".svg") and file.is_file() and not file.is_symlink():
            text = file.read_text("utf-8", errors="replace")
            yield from hidden(file.relative_to(root).as_posix(), text)


def composed(text: str) -> str:
    """Return ``text`` in Unicode's normal form C, code left as it is."""
    pieces, position = [], 0
    for span in spans(text) if _APART.search(text) else ():
        if span.kind in CODE and span.start >= position:
            pieces += [normalize("NFC", text[position : span.start]), text[span.start : span.end]]
            position = span.end
    return "".join([*pieces, normalize("NFC", text[position:])])


def mend(root: Path) -> Iterator[str]:
    """Put the letters of every page together; yield the paths (from ``root``) that changed."""
    for page in library.load(root).pages:
        text = page.head + page.body
        if (whole := composed(text)) != text:
            write_whole(root / page.file, whole)
            yield page.file


def hidden(path: str, text: str) -> Iterator[Problem]:
    """Yield the letters of ``text`` that nobody sees, or that turn it around."""
    for match in INVISIBLE.finditer(text):
        char, at = match[0], match.start()
        if (char == "\ufeff" and at == 0) or (char == "\r" and text[at + 1 : at + 2] == "\n"):
            continue
        if char == _JOINER and _is_emoji(text[at - 1 : at]) and _is_emoji(text[at + 1 : at + 2]):
            continue
        name = unicodedata.name(char, "이름 없는 제어 글자")
        message = (
            f"U+{ord(char):04X}({name}): 보이지 않거나 글의 방향을 바꿔요. 지우고, "
            "글자 자체를 말하려면 `U+200B`처럼 적어 주세요."
        )
        yield Problem.at(path, text, at, "PN808", message)


def _entities(path: str, text: str) -> Iterator[Problem]:
    for match in _ENTITY.finditer(text):
        name = match[0]
        if INVISIBLE.search(unescape(name)):
            code, message = "PN808", f"`{name}`는 보이지 않거나 글의 방향을 바꿔요. 지워 주세요."
        elif name[1] != "#" and name[1:] not in html5:
            advice = f"글자면 `&amp;{name[1:]}`로 적어 주세요."
            code, message = (
                "PN810",
                f"`{name}`라는 글자는 없어서 브라우저마다 달라 보여요. {advice}",
            )
        else:
            continue
        yield Problem.at(path, text, match.start(), code, message)


def _is_emoji(char: str) -> bool:
    return bool(char) and (
        unicodedata.category(char) == "So" or char in "\ufe0f\U0001f3fb\U0001f3ff"
    )
