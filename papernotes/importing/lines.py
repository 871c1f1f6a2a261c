"""A line of minutes without its Markdown: what was written, and how it stood there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a line is by its form alone."""

    BLANK = auto()
    HEADING = auto()
    RULE = auto()
    ROW = auto()
    CODE = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Line:
    """A line of minutes.

    ``number`` counts from 1 and ``raw`` is the line as it stands. ``text`` has no list marker,
    no ``>`` and no ``#``; ``marker`` is the list marker ("*", "1.") or empty; ``indent`` counts
    columns, ``level`` is a heading's (1 to 6), and ``quoted`` says whether the line stood
    behind ``>``.
    """

    number: int
    raw: str
    kind: Kind
    text: str = ""
    marker: str = ""
    indent: int = 0
    quoted: bool = False
    level: int = 0


_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_QUOTED = re.compile(r"\s*(?:>[ \t]?)+")
_HEADING = re.compile(
    r"(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*"
    r"|h(?P<level>[1-6])\.[ \t]+(?P<wiki>.*)"  # Confluence and Jira
    r"|<(?P<tag>h[1-6]|summary)>(?P<html>.*?)</(?P=tag)>",
    re.IGNORECASE,
)
_UNDERLINE = re.compile(r"(?:=|-){3,}")
_MARKER = re.compile(
    r"(?P<marker>[*+•‣▪◦·–-]|\d{1,3}[.)]|\d{1,2}-\d{1,2}[.)]|\(\d{1,3}\)|[\u2460-\u2473]"
    r"|[ㄱ-ㅎ][.)]|[가나다라마바사아자차카타파하][.)]|[a-z][.)])[ \t]+(?:\[[ xX]\][ \t]+)?"
)
_WIKI_ITEM = re.compile(r"(?P<stars>\*{2,5}|#{2,5})[ \t]+(?=[^\s*#])(?!.*\*\*)")
_TAG = re.compile(
    r"</?(?:a|aside|b|blockquote|br|center|code|del|details|div|em|font|h[1-6]|hr|i|ins|kbd|li|mark|ol|p"
    r"|pre|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BOLD = re.compile(r"^<(?P<tag>b|strong)>\s*(?P<text>[^<>*]+?)\s*</(?P=tag)>", re.IGNORECASE)
_LIST_ITEM = re.compile(r"<li>\s*(?P<text>.*?)\s*(?:</li>)?", re.IGNORECASE)
_REACTIONS = re.compile(r"(?::[\w+-]+:\s*\d*\s*)+")  # as Slack writes them below a message
_MARK = re.compile(r"-->.*\w")
_LINE_BREAK = re.compile(r"(?:\s*<br\s*/?>|\s+\\)+\s*$", re.IGNORECASE)
_CALLOUT = re.compile(r"\[!(?P<kind>\w+)\][+-]?\s*(?P<title>.*)")
_ASKING_CALLOUT = re.compile(r"\s*>\s*\[!(?:question|faq|help)\]", re.IGNORECASE)


def read(text: str) -> Iterator[Line]:
    """Yield the lines of ``text``, whose line ends are those of Unix."""
    raws = text.split("\n")
    fence, indent, in_comment = "", 0, False
    behind_front = _front_matter(raws)
    for number, raw in enumerate(raws, 1):
        opened = _FENCE.match(raw)
        if number <= behind_front:
            yield Line(number, raw, Kind.CODE if any(map(str.isalnum, raw)) else Kind.RULE, raw)
        elif in_comment or (raw.lstrip().startswith("<!--") and not _MARK.search(raw)):
            in_comment = "-->" not in raw
            yield Line(number, raw, Kind.RULE)
        elif fence:
            yield Line(number, raw, Kind.CODE, re.sub(rf"^[ \t]{{0,{indent}}}", "", raw))
            if opened and opened[1].startswith(fence):
                fence = ""
        elif opened and any(each.strip().startswith(opened[1]) for each in raws[number:]):
            fence, indent = opened[1], len(raw) - len(raw.lstrip())
            yield Line(number, raw, Kind.CODE, raw[indent:])
        else:
            below = raws[number] if number < len(raws) else ""
            yield _line(number, raw, below.strip())


def _front_matter(raws: list[str]) -> int:
    """Return how many lines of YAML pairs between two ``---`` stand at the top."""
    if raws[0].strip() != "---":
        return 0
    for number, raw in enumerate(raws[1:], 2):
        if raw.strip() == "---":
            return number if number > 2 else 0
        if not re.match(r"\s*(?:[\w-]+:|-\s)", raw):
            return 0
    return 0


def _line(number: int, raw: str, below: str) -> Line:
    rest = _LINE_BREAK.sub("", raw.replace("&nbsp;", " ").expandtabs(4))
    quoted = _QUOTED.match(rest)
    if quoted:
        rest = rest[quoted.end() :]
    indent = len(rest) - len(rest.lstrip())
    rest = rest.strip()
    if not rest:
        blank = not quoted and not raw.strip()
        return Line(number, raw, Kind.BLANK if blank else Kind.RULE)
    if heading := _HEADING.fullmatch(rest):
        text = next(t for t in (heading["text"], heading["wiki"], heading["html"]) if t is not None)
        tag = (heading["tag"] or "").lower().replace("summary", "h6")
        level = len(heading["marks"] or "") or int(heading["level"] or tag[1:])
        return Line(number, raw, Kind.HEADING, _TAG.sub("", text).strip(), level=level)
    rest = _BOLD.sub(r"**\g<text>**", rest)
    if item := _LIST_ITEM.fullmatch(rest):
        return Line(number, raw, Kind.TEXT, item["text"], "-", indent, bool(quoted))
    words = rest if "<img" in rest else _TAG.sub("", _REACTIONS.sub("", rest))
    if not any(map(str.isalnum, words)):
        return Line(number, raw, Kind.RULE, rest)
    if rest.startswith("|") or (rest.endswith("|") and rest.count("|") > 1):
        return Line(number, raw, Kind.ROW, rest)
    if _UNDERLINE.fullmatch(below) and not quoted:
        return Line(number, raw, Kind.HEADING, rest, level=1 if "=" in below else 2)
    if quoted and (callout := _CALLOUT.fullmatch(rest)):
        asks = _ASKING_CALLOUT.match(raw)
        text = f"Q. {callout['title']}" if asks else callout["title"]
        return Line(number, raw, Kind.TEXT, text or callout["kind"], "", indent, quoted=True)
    if wiki := _WIKI_ITEM.match(rest):
        depth = len(wiki["stars"])
        return Line(number, raw, Kind.TEXT, rest[wiki.end() :], "*", 2 * depth - 2, bool(quoted))
    marker = _MARKER.match(rest)
    if marker is None:
        return Line(number, raw, Kind.TEXT, rest, "", indent, bool(quoted))
    text = rest[marker.end() :].strip()
    return Line(number, raw, Kind.TEXT, text, marker["marker"], indent, bool(quoted))
