"""Pictures that are what their name says, and SVG that only draws.

What an SVG may hold says :mod:`papernotes.svg`. What a bitmap is, its first bytes tell; a browser
decodes it and nothing else.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from papernotes import svg
from papernotes.problems import Problem

_BEGINNINGS = {
    ".gif": re.compile(rb"GIF8[79]a"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ".webp": re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL),
}
"""Sources: the PNG, GIF89a, JFIF and WebP specifications."""

_ADVICE = "그리는 요소만 남겨 다시 저장하거나 PNG로 바꿔 주세요."


def problems(root: Path, path: str) -> Iterator[Problem]:
    """Yield what is wrong with the picture at ``path``, relative to ``root``."""
    file = root / path
    try:
        stat = file.stat()
        found = _look(file, path, stat.st_mtime_ns, stat.st_size)
    except OSError as error:
        message = f"그림을 읽을 수 없어요({error.strerror}). 권한을 살펴 주세요."
        found = Problem(path, 1, 1, "PN604", message)
    if found:
        yield found


@lru_cache(maxsize=4096)
def _look(file: Path, path: str, _mtime: int, _size: int) -> Problem | None:
    content = file.read_bytes()
    if file.suffix == ".svg":
        foreign = svg.look(content)
        if not foreign:
            return None
        message = f"SVG에 둘 수 없는 것이 있어요: `{foreign.what}`. {_ADVICE}"
        return Problem(path, foreign.line, foreign.column, "PN606", message)
    if _BEGINNINGS[file.suffix].match(content):
        return None
    message = f"`{file.suffix}` 그림이 아니에요. 그림 프로그램에서 다시 저장해 주세요."
    return Problem(path, 1, 1, "PN606", message)
