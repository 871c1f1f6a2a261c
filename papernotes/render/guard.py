"""The last look at what Markdown made of a page, before we add what is ours.

:mod:`papernotes.check.links` reads the source and can say where; but a renderer may always read a
page in another way than a check does. Here nothing is parsed a second time: elements and
stashed HTML are looked at as the renderer made them, and only what is known passes. What an author
wrote in braces is told apart from what a renderer or we have added: it has an allowlist of its own.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Container, Iterable, Iterator
from html import escape

from papernotes.note import latex
from papernotes.note.kinds import FOLDS
from papernotes.note.prose import may_give, scheme

_NUMBERING = "__figure_level __figure_num __figure_type"
"""pymdownx.blocks.caption's own attributes, gone when it has numbered the captions."""
_NAMES = """
    align alt aria-hidden aria-label class colspan data-block dir display download height
    hidden href hreflang id lang loading open rel reversed role rowspan scope src start
    style tabindex title type width
"""
_ATTRIBUTES = frozenset([*_NUMBERING.split(), *_NAMES.split()])
_ADDRESS = {"a": "href", "img": "src"}
_SCHEMES = frozenset({"", "http", "https", "mailto"})
_ALIGNMENT = re.compile(r"text-align: (?:left|center|right);")
_THEMES = re.compile(r"__(?!\w+-caption_)|md-|pn-(?!line-)")
"""Ids that scripts look for, which no heading may have; captions' and lines' are the renderer's."""
_ACTIVE = frozenset(
    {"applet", "audio", "base", "button", "embed", "form", "frame", "frameset", "iframe", "input"}
    | {"link", "meta", "object", "script", "source", "style", "svg", "template", "track", "video"}
)
# What the highlighter and the allowed marks put into the stash, and nothing else.
_STASHED = re.compile(
    r"</?(?:br|code|div|kbd|pre|rp|rt|ruby|span|sub|sup|table|tbody|td|tr|wbr)"
    r'(?: class="[\w\s-]*")?\s*/?>'
    r"|<!--[^<>]*-->"
)


class Given:
    """The attributes that authors give in braces: looked at around the step that adds them."""

    def __init__(self) -> None:
        self._before: dict[etree.Element, dict[str, str]] = {}

    def before(self, root: etree.Element) -> None:
        """Remember each element's attributes."""
        given = ((each, each.items()) for each in root.iter())
        self._before = {each: dict(items) for each, items in given if items}

    def after(self, root: etree.Element) -> list[str]:
        """Take away, in place, what authors may not give; return what that was."""
        found = []
        for each in root.iter():
            before = self._before.get(each, {})
            for name, value in each.items():
                old = before.get(name)
                if value == old or may_give(each.tag, name, value, old or ""):
                    continue
                found.append(f"`{{ }}` 안에 `{_written(name, value, old or '')}`는 쓸 수 없어요.")
                if old is None:
                    del each.attrib[name]
                else:
                    each.set(name, old)
        self._before = {}
        return list(dict.fromkeys(found))


def _written(name: str, value: str, old: str) -> str:
    if name == "class":
        return " ".join(f".{each}" for each in value.split() if each not in old.split())
    return f"#{value}" if name == "id" else name


def active_content(root: etree.Element, stash: Iterable[str], marks: Container[str]) -> list[str]:
    """Return what on a page could run, fetch from elsewhere or feign what is ours.

    ``stash`` is the HTML that Markdown set aside; ``marks`` are the values of ``data-block``
    that are ours.
    """
    elements = (finding for each in root.iter() for finding in _element(each, marks))
    stashed = (finding for each in stash for finding in _stashed(each))
    return list(dict.fromkeys([*elements, *stashed]))


def disarm(root: etree.Element, stash: list[str], marks: Container[str]) -> None:
    """Make harmless, in place, what :func:`active_content` finds: for a preview.

    Elements lose what is not allowed on them; HTML that was set aside becomes text.
    """
    for made in root.iter():
        for name, value in list(made.attrib.items()):
            if _attribute(made.tag, name, value, marks):
                del made.attrib[name]
        # MkDocs expects of each link and image that it has an address.
        if made.tag in _ACTIVE or _ADDRESS.get(made.tag, "") not in ("", *made.attrib):
            made.tag = "span"
        if made.tag == "details" and not set(made.get("class", "").split()) <= FOLDS:
            del made.attrib["class"]
    for number, html in enumerate(stash):
        if any(_stashed(html)):
            stash[number] = escape(html)


def _element(made: etree.Element, marks: Container[str]) -> Iterator[str]:
    if made.tag in _ACTIVE:
        yield f"`<{made.tag}>`은 쓸 수 없어요."
    if made.tag == "details" and not set(made.get("class", "").split()) <= FOLDS:
        yield f"`{made.get('class')}` 접기는 쓸 수 없어요."
    for name, value in made.attrib.items():
        refusal = _attribute(made.tag, name, value, marks)
        if refusal:
            yield refusal


def _attribute(tag: str, name: str, value: str, marks: Container[str]) -> str | None:
    formula = tag in latex.MATHML
    if name not in _ATTRIBUTES and not (formula and name in latex.ATTRIBUTES):
        return f"`{name}` 속성은 쓸 수 없어요."
    if name == "style" and not (latex.STYLE if formula else _ALIGNMENT).fullmatch(value):
        return "`style` 속성은 쓸 수 없어요."
    if name == "hidden" and tag != "div":  # ours, on blocks that a script opens
        return "`hidden` 속성은 쓸 수 없어요."
    if name == "id" and _THEMES.match(value):
        return f"`#{value}`은 사이트가 쓰는 주소예요."
    if name == "data-block" and value not in marks:
        return "`data-block` 속성은 쓸 수 없어요."
    if name in ("href", "src") and scheme(value) not in _SCHEMES:
        return f"`{scheme(value)}:` 주소는 쓸 수 없어요."
    if name == "src" and (scheme(value) or value.startswith("//")):
        return "다른 곳의 그림은 쓸 수 없어요."
    return None


def _stashed(html: str) -> Iterator[str]:
    rest = _STASHED.sub("", html)
    at = rest.find("<")
    if at >= 0:
        yield f"HTML `{' '.join(rest[at : at + 40].split())}`은 쓸 수 없어요."
