"""Lines without a blank one between them, in which GitHub and the site see other blocks.

GitHub begins a list, a table or a quotation wherever its mark stands; Python-Markdown begins them
behind a blank line alone, and takes lists with other bullets for one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from papernotes.note.spans import is_table

_MESSAGES = {
    "list": "목록이 바로 위의 것에 이어져 사이트에서 목록이 되지 않아요. 위에 빈 줄을 넣어 주세요.",
    "table": "표가 바로 위의 것에 이어져 사이트에서 표가 되지 않아요. 위에 빈 줄을 넣어 주세요.",
    "row": "표에 이어져 사이트에서 표의 한 줄이 돼요. 위에 빈 줄을 넣어 주세요.",
    "ends": "위의 인용이 어디에서 끝나는지 GitHub과 달라요. 위에 빈 줄을 넣어 주세요.",
    "bullets": "기호가 섞여 GitHub에서는 목록이 둘이 돼요. 같은 기호로 맞추거나 글로 나눠 주세요.",
    "quote": "인용이 바로 위의 항목에 이어져 GitHub과 사이트가 달라요. 위에 빈 줄을 넣어 주세요.",
    "code": "코드가 위에 이어져 GitHub과 사이트가 다르게 보여요. 위에 빈 줄을 넣어 주세요.",
    "date": "날짜가 번호 목록이 돼요. `2024년 3월 5일`이나 `2024\\. 3. 5.`로 적어 주세요.",
    "indent": "목록의 들여쓰기가 맞지 않아요. 안쪽 목록은 바깥보다 네 칸 더 들여 주세요.",
    "begins": "`1.`이 아닌 번호는 GitHub에서 목록이 되지 않아요. 위에 빈 줄을 넣어 주세요.",
    "inner": "안쪽 목록에 이어져 사이트에서 그 항목이 돼요. 위에 빈 줄을 넣어 주세요.",
    "empty": "GitHub에서 빈 목록이 돼요. 뒤에 글을 적거나, 글자면 `\\-`, `9\\.`처럼 적어 주세요.",
    "under": "위의 글이 제목이 돼요. 제목이면 `##`으로 적고, 아니면 위에 빈 줄을 넣어 주세요.",
    "tag": "HTML로 시작한 문단은 GitHub에서 Markdown이 되지 않아요. 앞에 글을 적어 주세요.",
}
_STARTS = frozenset("->*+=|:<0123456789_#/")
"""What a line that matters begins with, white space aside."""
_MARK = re.compile(
    r"""
    (?P<quotes>(?:[ ]{0,3}>[ ]?)*+)
    (?: [ ]*(?P<under>-+|=+)[ \t]*$
      | (?P<rule>(?:[*_-][ \t]*){3,}$)
      | (?P<delimiters>[|:-][ \t|:-]*-[ \t|:-]*$)
      | [ ]*(?P<item>(?P<bullet>[-*+]|\d{1,9}\.)(?:[ \t]+(?P<words>\S)|[ \t]*$))
      | (?P<row>\|)
      | (?P<tag></?(?:w?br|kbd|su[bp]|ruby|r[pt])[ ]*/?>[ \t]*$)
      | (?P<blank>$)
    )?
    """,
    re.VERBOSE,
)
_DATE = re.compile(r"[ ]*(?:[-*+][ ]+)?\d{4}\.[ ]+\d\d?\.[ ]+\d")


class _Above(NamedTuple):
    """What the line above belongs to: text, an item, a table, or (empty) what ends with its line.

    ``depth`` is the number of quotations around it.
    """

    kind: str = ""
    depth: int = 0
    bullet: str = ""
    indent: int = 0


_NOTHING, _TEXT, _HEADING = _Above(), _Above("text"), _Above("heading")
_PLAIN = {"///": _HEADING, "## ": _HEADING}


def problems(lines: Sequence[str], opening: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    """Yield (line, column, what to do), both from 0; code and comments are masked in ``lines``.

    ``opening`` are the lines that open a fence, as they are.
    """
    above, bullets, begun = _NOTHING, dict[int, str](), 0
    for number, line in enumerate(lines):
        bare = line.lstrip()
        if not bare:
            if fence := opening.get(number):
                if above.kind and _parts(fence, above, bool(bullets)):
                    yield number, 0, _MESSAGES["code"]
                if not fence[0].isspace():
                    bullets.clear()
            above = _NOTHING
            continue
        if above.kind in ("", "blank"):  # all that follows at once is as deep as its first line
            begun = len(line) - len(line.lstrip(" >"))
        # Most lines: they change nothing, or begin what they look like.
        first = bare[0]
        if first not in _STARTS and above.kind in ("text", "item"):
            continue
        if first == "|" and above.kind == "row" and not above.depth and "-" not in line:
            continue
        plain = _PLAIN.get(bare[:3], _TEXT if first not in _STARTS else None)
        if plain and (above.kind in ("", "heading") or (plain is _HEADING and above.kind != "row")):
            if (above is _NOTHING or plain is _HEADING) and line is bare:
                bullets.clear()
            above = plain
            continue
        match = _MARK.match(line) if bare[0] in _STARTS else None
        depth = match["quotes"].count(">") if match else 0
        here = _here(lines, number, match, above, depth, bool(bullets))
        beside = bullets.get(here.indent, above.bullet)
        kind = _told(lines, number, match, above, here, beside)
        item = match if match and match["bullet"] and here.kind == "item" else None
        at = len(line) - len(bare)
        quoted = first == ">" and not above.depth
        if bullets and begun > 3 and at <= begun - 4 and (item or quoted):
            kind, begun = kind or ("inner" if item else "quote"), 0
        if item:
            kind = kind or _in_list(item, above, here, bullets)
        if kind:
            yield number, at, _MESSAGES[kind]
        if item:
            for deeper in [each for each in bullets if each > here.indent]:
                del bullets[deeper]
            bullets[here.indent] = here.bullet
        elif (above is _NOTHING or here.kind == "heading") and not line[0].isspace():
            bullets.clear()
        above = here


def _in_list(
    item: re.Match[str], above: _Above, here: _Above, bullets: Mapping[int, str]
) -> str | None:
    """Return what is wrong with an item in its list; ``bullets`` are the open ones by indent."""
    outer = max((each for each in bullets if each < here.indent), default=here.indent - 4)
    if here.indent - outer != 4:
        return "indent"
    begins = above.kind == "item" and above.indent < here.indent not in bullets
    if begins and item["bullet"] not in "-*+1.":
        return "begins"
    if _DATE.match(item.string, item.end("quotes")):
        return "date"
    beside = (each for at, each in bullets.items() if 0 <= at - here.indent < 4)
    mixed = {here.bullet, next(beside, here.bullet)}
    return "bullets" if len(mixed) > 1 and "1." not in mixed else None


def _parts(fence: str, above: _Above, listed: bool) -> bool:
    """Tell whether GitHub and the site see a fence behind ``above`` in different places."""
    at = len(fence) - len(fence.lstrip(" >" if above.depth else " "))
    if above.kind == "heading":
        return False
    if above.kind == "item":
        return not 0 <= at - above.indent - (3 if above.bullet == "1." else 2) <= 3
    if above.kind == "row" or (above.depth and not fence.startswith(">")):
        return True
    return at > 3 and not listed


def _here(
    lines: Sequence[str],
    number: int,
    match: re.Match[str] | None,
    above: _Above,
    depth: int,
    listed: bool,
) -> _Above:
    """Return what a line belongs to; ``listed`` says whether it can be a list's."""
    line, bullet = lines[number], (match["bullet"] if match else "") or ""
    lazy = above.kind == "text" and not (listed or depth)
    if lazy and not line.startswith("    "):  # only the first number begins a list within text
        lazy = not above.depth and bullet not in "-*+1."
    if match and bullet and not lazy:
        return _Above("item", depth, bullet if bullet in "-*+" else "1.", match.start("bullet"))
    if match and match["blank"] is not None:
        return _Above("blank", depth)
    goes_on = above.kind in ("text", "item")
    if match and (match["rule"] or (match["under"] and not goes_on and len(match["under"]) > 2)):
        return _Above("rule", depth)
    underlined = bool(match and match["under"]) and above.kind == "text"
    if underlined or line.lstrip().startswith(("#", "///")):
        return _Above("heading", depth)
    marked = match and (match["delimiters"] or match["row"]) and above.kind != "item"
    if marked and (above.kind == "row" or is_table(lines, number) or is_table(lines, number - 1)):
        return _Above("row", depth)
    if above.kind in ("item", "row") and above.depth == depth:
        return above
    if above.kind == "item" and not above.depth:
        return above  # which holds the quotation
    return _Above("text", max(depth, above.depth))


def _told(
    lines: Sequence[str],
    number: int,
    match: re.Match[str] | None,
    above: _Above,
    here: _Above,
    beside: str,
) -> str | None:
    """Return what is wrong with where a line stands; ``beside`` is the bullet of its own list."""
    if above.kind == "row" and (
        here.kind in ("heading", "item", "rule")
        or here.depth > above.depth
        or (here.kind == "row" and "|" not in lines[number])  # of one cell, or the end of all
    ):
        return "row"
    depth = match["quotes"].count(">") if match else 0
    if above.kind == "blank" and depth < above.depth and here.kind in ("text", "row"):
        return "ends"
    if not match:
        return None
    if above.kind == "item" and not above.depth and lines[number].lstrip().startswith(">"):
        at = len(lines[number]) - len(lines[number].lstrip()) - above.indent
        return "quote" if at > 3 or at < (3 if above.bullet == "1." else 2) else None
    if match["under"] == "-" and above.kind == "item":
        return "empty"
    if match["under"]:
        if above.kind in ("text", "item", "blank", "rule"):
            return "under"
        return "empty" if match["under"] == "-" else None
    if match["tag"] and above.kind not in ("text", "item", "row"):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        return "tag" if following.strip(" >") else None
    if match["delimiters"] and is_table(lines, number - 1):
        before = lines[number - 2].strip(" >") if number > 1 else ""
        return "table" if before and before[0] not in "#/" and here.kind != "rule" else None
    if not match["bullet"] or here.kind != "item":
        return None
    if not match["words"]:
        return "empty" if above.kind != "text" else None
    if above.kind == "text":
        if here.depth > above.depth:
            return None
        begins = match["bullet"] in "-*+1." or above.depth != here.depth
        # ``beside``: a list that a paragraph of an item had parted.
        return "list" if beside or begins else None
    if above.kind == "item":
        other = above.depth != here.depth or (beside == "1.") != (here.bullet == "1.")
        return "list" if other and here.indent <= above.indent else None
    return "list" if above.kind == "blank" and above.depth != here.depth else None
