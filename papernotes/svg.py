"""What an SVG picture may hold: an allowlist, for a picture opened by itself is a page that runs.

Elements and attributes are those of SVG 1.1 that draw (https://www.w3.org/TR/SVG11/eltindex.html,
attindex.html); nothing that runs, animates, links, fetches or filters is among them. What is
drawn again and again, by references to references, is counted as often as it is drawn.
"""

import re
from collections import Counter, defaultdict
from graphlib import CycleError, TopologicalSorter
from xml.parsers import expat

_ELEMENTS = """
svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title
desc clipPath mask pattern linearGradient radialGradient stop marker image style metadata
"""
_DRAWING = frozenset(_ELEMENTS.split())
_DESCRIBING = frozenset(
    {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://creativecommons.org/ns#",
        "http://web.resource.org/cc/",
        "http://purl.org/dc/elements/1.1/",
    }
)
"""Namespaces of metadata, which draw nothing."""

_NAMES = """
version width height viewBox preserveAspectRatio id class style type lang space transform x y x1
y1 x2 y2 cx cy r rx ry fx fy d points dx dy rotate textLength lengthAdjust startOffset method
spacing pathLength offset gradientUnits gradientTransform spreadMethod patternUnits
patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits markerUnits
markerWidth markerHeight refX refY orient role aria-label aria-labelledby aria-hidden media
alignment-baseline baseline-shift clip-path clip-rule color color-interpolation cursor direction
display dominant-baseline fill fill-opacity fill-rule font font-family font-size font-size-adjust
font-stretch font-style font-variant font-weight image-rendering letter-spacing marker-end
marker-mid marker-start mask opacity overflow paint-order pointer-events shape-rendering
stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering
unicode-bidi vector-effect visibility word-spacing writing-mode
"""
_ATTRIBUTES = frozenset(_NAMES.split())
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_W3C = "http://www.w3.org/"
_INSIDE = re.compile(r"#[\w.:-]+")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
# A backslash spells a letter of CSS in another way; the rest fetches or runs.
_UNSAFE_CSS = re.compile(
    r"\\|@|expression|javascript:|url\((?!\s*['\"]?#)|image(?:-set)?\(|src\(|filter\s*:", re.I
)


_MOST_DEPTH = 200
_MOST_DRAWN = 50_000
"""Elements: a browser takes some milliseconds for a hundred large ones."""
_DEAR = 100
"""As many elements as a mask or a dashed line can cost."""
_DEAR_STYLE = re.compile(r"\b(?:mask|stroke-dasharray)\s*:(?!\s*none)")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")


class _Foreign(Exception):
    """Something that an SVG may not hold; the argument is its name."""


class _Drawn:
    """How many elements a picture draws: ten lines can stand for a billion."""

    def __init__(self) -> None:
        self._open: list[str] = [""]  # the innermost id around each open element
        self._own: Counter[str] = Counter()  # what an id's element holds outside other ids
        self._drawn: defaultdict[str, Counter[str]] = defaultdict(Counter)  # and refers to
        self.css = ""  # of any element

    def start(self, attributes: dict[str, str]) -> None:
        holder, id = self._open[-1], attributes.get("id", "")
        if id and id not in self._open:
            self._drawn[holder][id] += 1
            holder = id
        self._open.append(holder)
        self._own[holder] += 1
        for name, value in attributes.items():
            self._own[holder] += _DEAR * bool(_DEAR_STYLE.search(f"{name}:{value}"))
            # A marker is drawn at each point of a path, and a point takes four letters or more.
            points = len(attributes.get("d", attributes.get("points", ""))) // 4
            for target in _references(value, name.endswith("href")):
                self._drawn[holder][target] += max(points, 1) if "marker" in name else 1

    def end(self) -> None:
        self._open.pop()

    def check(self) -> None:
        elements = self._own.total()
        for target in _references(self.css):
            self._drawn[""][target] += elements
        self._own[""] += _DEAR * elements * len(_DEAR_STYLE.findall(self.css))
        counts = Counter[str]()
        try:
            order = [*TopologicalSorter({"": (), **self._drawn}).static_order()]
        except CycleError as error:
            raise _Foreign(" → ".join(f"#{each}" for each in error.args[1])) from None
        for id in order:
            parts = self._drawn.get(id, {}).items()
            count = self._own[id] + sum(counts[each] * times for each, times in parts)
            counts[id] = min(count, _MOST_DRAWN + 1)
        if counts[""] > _MOST_DRAWN:
            raise _Foreign(f"요소 {_MOST_DRAWN:,}개보다 많은 그림")


def _references(value: str, is_link: bool = False) -> list[str]:
    return [value.strip().removeprefix("#")] if is_link else _REFERENCE.findall(value)


def look(svg: str | bytes) -> tuple[str, int, int] | None:
    """Return the first thing in ``svg`` that no picture needs, its line and column (from 1).

    None where there is none; a text that is no well-formed XML is foreign, too.
    """
    data = svg.encode() if isinstance(svg, str) else svg
    parser = expat.ParserCreate(namespace_separator=" ")
    style: list[str] = []
    drawn = _Drawn()
    open_elements: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not open_elements and (namespace, local) != (_SVG, "svg"):
            raise _Foreign(f"<{local}>")
        if len(open_elements) > _MOST_DEPTH:
            raise _Foreign("…<g><g>")
        open_elements.append(local if namespace == _SVG else "")
        drawn.start(attributes)
        if namespace not in _DESCRIBING:
            if namespace != _SVG or local not in _DRAWING:
                raise _Foreign(f"<{local}>")
            for attribute, value in attributes.items():
                _check_attribute(local, attribute, value)

    def end(_: str) -> None:
        drawn.end()
        if open_elements.pop() == "style":
            _check_css("".join(style))
            drawn.css += "".join(style)
            style.clear()

    def text(data: str) -> None:
        if open_elements and open_elements[-1] == "style":
            style.append(data)

    def doctype(name: str, system: str | None, _public: str | None, own: bool) -> None:
        if own or name != "svg" or not (system or _W3C).startswith(_W3C):
            raise _Foreign("<!DOCTYPE>")

    def instruction(target: str, _: str) -> None:
        raise _Foreign(f"<?{target}>")

    def entity(*_: object) -> None:
        raise _Foreign("<!ENTITY>")

    parser.EntityDeclHandler = entity
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(data, True)
        drawn.check()
    except _Foreign as error:
        return str(error), parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
    except (expat.ExpatError, ValueError, LookupError) as error:
        return f"XML: {error}", getattr(error, "lineno", 1), getattr(error, "offset", 0) + 1
    return None


def _check_attribute(element: str, name: str, value: str) -> None:
    namespace, _, local = name.rpartition(" ")
    if local == "href" and namespace in ("", _XLINK):
        allowed = _PICTURE if element == "image" else _INSIDE
        if not allowed.fullmatch(value.strip()):
            raise _Foreign(f'href="{value[:60]}"')
    elif namespace == _XLINK or (namespace and namespace != _XML) or local not in _ATTRIBUTES:
        raise _Foreign(local)
    else:
        _check_css(value)


def _check_css(text: str) -> None:
    if found := _UNSAFE_CSS.search(text):
        raise _Foreign(found[0])
