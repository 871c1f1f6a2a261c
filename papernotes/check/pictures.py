"""Pictures that are what their name says, and SVG that only draws.

What an SVG may hold says :mod:`papernotes.svg`. What a bitmap is, and how large, Pillow reads from
its head; a browser decodes it and nothing else.
"""

import struct
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from papernotes import svg
from papernotes.problems import Problem

_FORMATS = {".gif": "GIF", ".jpeg": "JPEG", ".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_MOST_PIXELS = 16_000_000
"""A phone holds four bytes of each, however small the file is."""

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
        what, line, column = foreign
        message = f"SVG에 둘 수 없는 것이 있어요: `{what}`. {_ADVICE}"
        return Problem(path, line, column, "PN606", message)
    return _look_at_bitmap(content, path, file.suffix)


def _look_at_bitmap(content: bytes, path: str, ending: str) -> Problem | None:
    from PIL import Image  # most projects have no bitmap, and every check would pay

    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[ending]]) as image:
            width, height = image.size
            image.verify()
    except (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError):
        message = f"`{ending}` 그림이 아니에요. 그림 프로그램에서 다시 저장해 주세요."
        return Problem(path, 1, 1, "PN606", message)
    if width * height > _MOST_PIXELS:
        message = f"그림이 너무 커요({width}×{height}). 작게 줄여 주세요."
        return Problem(path, 1, 1, "PN606", message)
    return None
