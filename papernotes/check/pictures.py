"""Pictures that are what their name says, and SVG that only draws.

An SVG opened by itself is a page: what it may hold is listed here, element by element. What a
bitmap is, its first bytes tell; a browser decodes it and nothing else.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

from papernotes.problems import Problem

_BEGINNINGS = {
    ".gif": re.compile(rb"GIF8[79]a"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ".webp": re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL),
}
"""Sources: the PNG, GIF89a, JFIF and WebP specifications."""

_MOST_ELEMENTS = 100_000
_MOST_DEPTH = 100
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_FACTS = {
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://web.resource.org/cc/",
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
}
"""What drawing programs say of a drawing; browsers show nothing of it."""

_ELEMENTS_NAMES = """
circle clipPath defs desc ellipse g image line linearGradient marker mask metadata path
pattern polygon polyline radialGradient rect stop style svg symbol text textPath title tspan
use
"""
_ELEMENTS = frozenset(_ELEMENTS_NAMES.split())
_ATTRIBUTES_NAMES = """
alignment-baseline aria-hidden aria-label aria-labelledby baseProfile class clip-path
clip-rule clipPathUnits color cx cy d direction display dominant-baseline dx dy
enable-background fill fill-opacity fill-rule focusable font-family font-size font-stretch
font-style font-variant font-weight fx fy gradientTransform gradientUnits height href id
image-rendering lang lengthAdjust letter-spacing marker-end marker-mid marker-start
markerHeight markerUnits markerWidth mask maskContentUnits maskUnits media offset opacity
orient overflow paint-order pathLength patternContentUnits patternTransform patternUnits
points preserveAspectRatio r refX refY role rotate rx ry shape-rendering space spreadMethod
startOffset stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style text-anchor
text-decoration text-rendering textLength transform type vector-effect version viewBox
visibility width word-spacing writing-mode x x1 x2 y y1 y2
"""
_ATTRIBUTES = frozenset(_ATTRIBUTES_NAMES.split())
_INSIDE = re.compile(r"#[\w.:-]+")
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_OUTSIDE = re.compile(
    r"@|\\|//|/\*|(?:expression|image|image-set|src)\s*\(|url\s*\((?!\s*[\"']?#)", re.I
)
"""What a style may not hold: rules that load, escapes, and addresses but those inside."""

_ADVICE = "그리는 요소만 남겨 다시 저장하거나 PNG로 바꿔 주세요."


class _Refused(Exception):
    """What an SVG holds and may not."""


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
        return svg_problem(content, path)
    if _BEGINNINGS[file.suffix].match(content):
        return None
    message = f"`{file.suffix}` 그림이 아니에요. 그림 프로그램에서 다시 저장해 주세요."
    return Problem(path, 1, 1, "PN606", message)


def svg_problem(content: bytes, path: str) -> Problem | None:
    """Return the first thing in an SVG that does not only draw; None where all does."""
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.EntityDeclHandler = reader.entity
    parser.ProcessingInstructionHandler = reader.instruction
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except _Refused as refused:
        message = f"SVG에 둘 수 없어요: {refused}. {_ADVICE}"
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        return Problem(path, line, column, "PN606", message)
    except (expat.ExpatError, ValueError, LookupError) as error:
        message = f"SVG로 읽을 수 없어요({error}). {_ADVICE}"
        line = getattr(error, "lineno", 1)
        return Problem(path, line, getattr(error, "offset", 0) + 1, "PN606", message)
    return None


class _Reader:
    """Takes what expat reads of an SVG; raises :class:`_Refused` at what may not be there."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.count = 0
        self.style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self.count += 1
        self.open.append(local)
        if self.count > _MOST_ELEMENTS or len(self.open) > _MOST_DEPTH:
            raise _Refused("너무 많거나 깊은 요소")
        if self.count == 1 and (space, local) != (_SVG, "svg"):
            raise _Refused(f"`<svg xmlns={_SVG}>`이 아닌 첫 요소")
        if space in _FACTS:
            return
        if space != _SVG or local not in _ELEMENTS:
            raise _Refused(f"`<{local}>`")
        for each, value in attributes.items():
            self._attribute(local, each, value)

    def _attribute(self, element: str, name: str, value: str) -> None:
        space, _, local = name.rpartition(" ")
        if space in _FACTS or (space == _XLINK and local in ("type", "title")):
            return
        if space not in ("", _XLINK, _XML) or local not in _ATTRIBUTES:
            raise _Refused(f"`{local}` 속성")
        if local == "href":
            picture = element == "image" and _PICTURE.fullmatch(value)
            if not (picture or _INSIDE.fullmatch(value)):
                raise _Refused(f"`{value[:40]}`로 가는 주소")
        elif _OUTSIDE.search(value):
            raise _Refused(f"`{local}` 속성의 `{value[:40]}`")

    def end(self, _name: str) -> None:
        if self.open.pop() != "style":
            return
        if _OUTSIDE.search(self.style):
            raise _Refused(f"style의 `{' '.join(self.style.split())[:40]}`")
        self.style = ""

    def text(self, text: str) -> None:
        if "style" in self.open:
            self.style += text

    def doctype(self, _name: str, _system: object, _public: object, has_subset: bool) -> None:
        if has_subset:
            raise _Refused("DOCTYPE 안의 선언")

    def entity(self, *_: object) -> None:
        raise _Refused("ENTITY 선언")

    def instruction(self, target: str, _data: str) -> None:
        raise _Refused(f"`<?{target}?>`")
