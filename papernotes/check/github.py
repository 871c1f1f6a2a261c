"""Markdown that GitHub reads and the site does not, or the other way round.

rumdl (:mod:`papernotes.check.style`) tells what it has rules for; here is the rest of GitHub
Flavored Markdown (0.29) and of GitHub's own additions. What can be rendered alike is: mkdocs.yml.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

import markdown

from papernotes.check import runs
from papernotes.note.library import Page
from papernotes.note.prose import DEFINITION
from papernotes.note.spans import FORMULAS, Kind, code_lines, fences, in_table, masked, spans
from papernotes.problems import Problem

_OBJECT = "\ufffc"
_DRAWN = frozenset({"mermaid", "geojson", "topojson", "stl"})

_MESSAGES = {
    "task": "`[ ]`는 사이트에서 체크 상자가 되지 않아요. 지우거나 글로 적어 주세요.",
    "nested": "목록이나 인용이 너무 깊이 겹쳐 있어요. 얕게 나눠 주세요.",
    "alert": "`[!…]` 알림 상자는 사이트에서 그대로 보여요. 문단으로 바꿔 주세요.",
    "break": "줄 끝의 `\\`는 사이트에서 그대로 보여요. 빈칸 둘이나 빈 줄로 바꿔 주세요.",
    "paren": "`1)`은 사이트에서 목록이 되지 않아요. `1.`로 적어 주세요.",
    "indented": "`#` 앞에 빈칸이 있어 사이트에서 제목이 되지 않아요. 빈칸을 지워 주세요.",
    "deep": "제목은 `#` 여섯 개까지예요. `#`을 줄여 주세요.",
    "hashes": "제목 끝의 `#`은 사이트에서 사라져요. `\\#`으로 적거나 지워 주세요.",
    "escape": "이 글자 앞의 `\\`는 사이트에서 보여요. `\\`를 지우고, `<`는 `&lt;`로 적어 주세요.",
    "strike": "물결표 둘 사이가 GitHub에서 지운 글로 보여요. `\\~`나 `–`로 적어 주세요.",
    "emoji": "`:이름:`은 GitHub에서만 그림이 돼요. 그림 문자를 바로 적어 주세요.",
    "ticks": "``$`…`$``는 사이트에서 수식이 되지 않아요. `$…$`로 적어 주세요.",
    "bar": "표의 코드 안 `\\|`는 GitHub과 사이트가 다르게 보여요. 표 밖에 적어 주세요.",
    "norm": "표의 수식 안 `\\|`는 GitHub에서 `|`가 돼요. `\\Vert`나 `\\mid`로 적어 주세요.",
    "before": "글자나 수식에 바로 이어져 GitHub에서 수식이 되지 않아요. 앞에 빈칸을 넣어 주세요.",
    "after": "수식 바로 뒤의 글자 때문에 GitHub에서 수식이 되지 않아요. 사이를 띄워 주세요.",
    "comment": "`<!--`가 `-->`로 닫히지 않았어요. GitHub에서는 뒤가 모두 숨어요. 닫아 주세요.",
    "big": "번호가 너무 커서 GitHub에서 목록이 되지 않아요. 줄이거나 `\\.`으로 적어 주세요.",
    "title": "링크의 제목은 괄호가 아니라 큰따옴표로 감싸야 사이트에서 읽혀요. 고쳐 주세요.",
    "inner": "링크 안의 링크는 GitHub과 사이트가 다르게 보여요. 하나만 남겨 주세요.",
    "again": "`[이름]: 주소`가 둘이라 GitHub과 사이트의 링크가 달라요. 하나만 남겨 주세요.",
    "joined": "`[이름]: 주소`가 위에 이어져 GitHub에서는 글로 보여요. 위에 빈 줄을 넣어 주세요.",
    "coded": "`[이름]: 주소`의 이름에 코드가 있어 링크가 되지 않아요. 이름을 바꿔 주세요.",
    "side": "`[ ]` 둘이 나란히 있어 사이트에서 링크 하나가 돼요. 사이에 글이나 쉼표를 넣어 주세요.",
    "place": "이 글은 사이트에서 각주의 자리가 되어 사라져요. 지워 주세요.",
    "behind": "`-->` 뒤의 글은 GitHub에서 Markdown이 되지 않아요. 다음 줄로 내려 주세요.",
    "lost": "`*`와 `**`가 엇갈려 사이트에서 뜻대로 보이지 않아요. 글자면 `\\*`로 적어 주세요.",
    "hash": "`#` 뒤가 붙어 사이트에서만 제목이 돼요. 띄우거나, 글자면 `\\#`으로 적어 주세요.",
    "box": "상자가 되지 않고 표시가 그대로 보여요. 문단이나 `/// details | 제목`으로 적어 주세요.",
}
_LINE = re.compile(
    r"""
      (?P<nested>(?=[ ]{32,}(?:[-*+]|\d+\.)[ ]|(?:[ ]?>){8,}))
    | (?P<task>[ >]*(?:[-*+]|\d+[.)])[ \t]+(?=\[[ xX]\][ \t]))
    | (?P<alert>[ ]{0,3}>[ ]?(?=\[![A-Za-z]+\][ \t]*$))
    | (?P<paren>[ >]{0,12}(?=\d{1,9}\)[ \t]+\S))
    | (?P<big>[ >]{0,12}(?=\d{10,}\.[ \t]))
    | (?P<indented>[ ]{1,3}(?=\#{1,6}[ \t]))
    | (?P<hash>[ ]{0,3}(?:>[ ]?|(?:[-*+]|\d+\.)[ ]+)*+(?=\#{1,6}[^\s\#]))
    | (?P<deep>\#{7,}(?=[ \t]))
    | (?P<box>[ ]*(?=(?:!!!|\?\?\?\+?|:::)[ ]?[\w"]))
    | (?P<hashes>\#{1,6}[ \t](?=[^\n]{0,500}[^\s\#\\]\#+[ \t]*$))
    """,
    re.VERBOSE,
)
_STARTS = frozenset("->*+=#!?:0123456789")
"""What a line that matters begins with, white space aside."""
SIGNS = {
    **dict.fromkeys([Kind.CODE, Kind.ADDRESS], _OBJECT),
    **dict.fromkeys([Kind.FENCE, Kind.COMMENT], " "),
    **dict.fromkeys(FORMULAS, "x"),
}
"""What stands for each letter of what is no text."""
# Each begins with what Python looks for fast.
_FINDS = {
    "pair": re.compile(
        r"""\\(?:(?P<break>(?=\n[ \t]*[^\s]))|(?P<pair>\\)|(?P<escape>(?=["'%&,/:;<=?@^])))"""
    ),
    "emoji": re.compile(r":(?<![\w:/]:)(?=[a-z][a-z0-9_+-]{1,40}:(?![\w:/]))"),
    "ticks": re.compile(r"\$(?=\ufffc+\$)"),
    "comment": re.compile("<!--"),
    "title": re.compile(r"\]\([^()\s]+[ ]+\("),
    "inner": re.compile(r"\[[^\[\]\n]*(?<!!)\[[^\[\]\n]+\]\([^()\n]*\)[^\[\]\n]*\]\("),
    "place": re.compile("///Footnotes Go Here///"),
}
_ITEM = re.compile(r"[ ]*(?=(?:[-*+]|\d{1,9}\.)[ ])")
_ASTERISKS = re.compile(r"\*(?<![*\\]\*)(?!(?<=\n\*)[ ])\**")  # no bullets
_WORDS = re.compile(r"<[^<>]*>|[^\w<]+|[_<]")
"""What of a page's HTML is no letter."""
_LEFT_OVER = re.compile(r"\*<(?:em|strong)>|</(?:em|strong)>\*")
_TILDE = re.compile(r"~(?<![\\~]~)(?!~)")  # the sign first: Python then skips the rest fast


def problems(page: Page) -> Iterator[Problem]:
    """Yield what a page shows otherwise than GitHub does."""
    body = page.body
    text = masked(body, SIGNS)
    raw, lines = body.split("\n"), text.split("\n")
    yield from _fences(page, raw)
    yield from _lines(page, lines)
    opening = {first: raw[first] for first, _ in fences(body)}
    for number, column, message in runs.problems(lines, opening):
        yield Problem(page.file, page.first_line + number, column + 1, "PN810", message)
    for kind, pattern in _FINDS.items():
        for match in pattern.finditer(text):
            if told := _MESSAGES.get(match.lastgroup or kind):
                yield page.problem(match.start(), "PN810", told)
    for span in spans(body) if "-->" in body else ():
        before = body[body.rfind("\n", 0, span.start) + 1 : span.start]
        behind = body[span.end :].partition("\n")[0] if not before.strip(" >") else ""
        if span.kind is Kind.COMMENT and behind.strip():
            yield page.problem(span.end, "PN810", _MESSAGES["behind"])
    if "]:" in text:
        yield from _definitions(page, text)
    for at in strikes(text):
        yield page.problem(at, "PN810", _MESSAGES["strike"])
    for asterisks in crossed(text):
        yield page.problem(asterisks[0], "PN810", _MESSAGES["lost"])
    yield from _beside(page)


def _beside(page: Page) -> Iterator[Problem]:
    """Yield bars in a table's code and formulas, and formulas that letters stand against.

    GitHub wants a formula's first dollar behind none of these, and its last before no ASCII one
    (github/markup issue 1742), nor a formula right behind another (1741).
    """
    body = page.body
    barred = "\\|" in body
    for span in spans(body) if barred or "$" in body else ():
        formula = span.kind is Kind.FORMULA
        barred_here = barred and body.find("\\|", span.start, span.end) >= 0
        if barred_here and (formula or span.kind is Kind.CODE) and in_table(body, span.start):
            yield page.problem(span.start, "PN810", _MESSAGES["norm" if formula else "bar"])
        if formula and body.find("](", span.start, span.end) >= 0:
            continue  # PN806
        before = body[span.start - 1 : span.start]
        behind = body[span.end : span.end + 1]
        if formula and (before.isalnum() or (before == "$" and behind != "$")):  # else PN806
            yield page.problem(span.start, "PN810", _MESSAGES["before"])
        elif formula and behind.isalpha() and behind.isascii():
            yield page.problem(span.start, "PN810", _MESSAGES["after"])


def _definitions(page: Page, text: str) -> Iterator[Problem]:
    """Yield addresses away from their links that GitHub reads otherwise."""
    names: set[str] = set()
    end = 0
    for match in DEFINITION.finditer(text):
        name, start = " ".join(match["name"].lower().split()), match.start()
        above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].strip(" >\n")
        at = start + match[0].index("[")
        if name in names:
            yield page.problem(at, "PN810", _MESSAGES["again"])
        elif _OBJECT in name:
            yield page.problem(at, "PN810", _MESSAGES["coded"])
        elif above and start != end + 1 and not above.startswith("#"):
            yield page.problem(at, "PN810", _MESSAGES["joined"])
        names.add(name)
        line_end = text.find("\n", match.end())
        end = line_end if line_end >= 0 else len(text)
    for match in re.finditer(r"(?<!\])\[[^\[\]\n]+\]\s\[([^\[\]\n]+)\]", text):
        if match[1].lower() in names:
            yield page.problem(match.start(), "PN810", _MESSAGES["side"])


def _lines(page: Page, lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines):
        if line.lstrip()[:1] in _STARTS and (match := _LINE.match(line)):
            line_number, column = page.first_line + number, match.end() + 1
            message = _MESSAGES[match.lastgroup or ""]
            yield Problem(page.file, line_number, column, "PN810", message)


def crossed(text: str) -> Iterator[list[int]]:
    """Yield the asterisks of each paragraph in which Python-Markdown pairs them as nobody meant.

    ``2*3**4*5`` ends at the 4, ``**A*는**`` shows asterisks. It does so only beside three, with
    an odd number of single ones, and where an odd number of double ones stands between two; where
    there are such, it is asked. Code is masked in ``text``.
    """
    offset = 0
    for part in text.split("\n\n") if "**" in text else ():
        if "**" in part and _is_lost(part):
            runs_of_them = (match.span() for match in _ASTERISKS.finditer(f"\n{part}"))
            yield [offset + at - 1 for span in runs_of_them for at in range(*span)]
        offset += len(part) + 2


def _is_lost(part: str) -> bool:
    marks = _ASTERISKS.findall(f"\n{part}")
    doubles = accumulate(mark == "**" for mark in marks)
    sides = [n % 2 for n, mark in zip(doubles, marks, strict=True) if mark == "*"]
    if "***" not in marks and len(sides) % 2 == 0 and len({*sides}) < 2:
        return False
    html = markdown.markdown(part.replace("\\*", ""))
    plain = markdown.markdown(part.replace("*", ""))
    return bool(_LEFT_OVER.search(html)) or _WORDS.sub("", html) != _WORDS.sub("", plain)


def strikes(text: str) -> Iterator[int]:
    """Yield the first of each two tildes that GitHub takes for a strike: within one paragraph.

    Source: CommonMark 0.31.2, left- and right-flanking delimiter runs, which cmark-gfm uses.
    """
    opened: int | None = None
    end = 0
    for match in _TILDE.finditer(text):
        at = match.start()
        if opened is not None and re.search(r"\n[ \t]*\n", text[end:at]):
            opened = None
        if opened is not None and re.search(r"[|\n]", text[opened:at]) and in_table(text, at):
            opened = None  # each cell is by itself
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        opens = not after.isspace() and (not _is_sign(after) or not before.isalnum())
        closes = not before.isspace() and (not _is_sign(before) or not after.isalnum())
        if opened is not None and closes:
            yield opened
            opened = None
        elif opens:
            opened = at
        end = at


def _is_sign(char: str) -> bool:
    return not char.isalnum() and not char.isspace()


def _fences(page: Page, lines: list[str]) -> Iterator[Problem]:
    code = code_lines(page.body)
    for first, behind in fences(page.body):
        following = lines[behind] if behind < len(lines) and not code[behind] else ""
        # A heading, a rule or a quotation begins by itself.
        apart = ("///", "#", "***", "<!--", *([] if lines[first].startswith(">") else ">"))
        begins = first
        while begins and lines[begins - 1].strip(" >"):
            begins -= 1
        items = [_ITEM.match(line) for line in (lines[begins], following)]
        listed = items[0] and items[1] and items[0].end() <= items[1].end()
        if following.strip(" >") and not listed and not following.lstrip().startswith(apart):
            message = "코드에 이어져 사이트에서 뜻대로 보이지 않아요. 위에 빈 줄을 넣어 주세요."
            yield Problem(page.file, page.first_line + behind, 1, "PN810", message)
        language = lines[first].strip(" \t>`~").split(" ")[0].lower()
        if "{" in lines[first]:
            message = "코드의 첫 줄에는 `{ }`를 쓸 수 없어요. 언어 이름만 적어 주세요."
            yield Problem(page.file, page.first_line + first, 1, "PN507", message)
        if language in _DRAWN or language == "math":
            how = "`$$` 줄 사이에 적어" if language == "math" else "그림으로 넣거나 글로 적어"
            message = f"`{language}` 코드는 GitHub에서만 그려져요. {how} 주세요."
            yield Problem(page.file, page.first_line + first, 1, "PN810", message)
    fenced = "```" in page.body or "~~~" in page.body
    for number, line in enumerate(lines) if fenced else ():
        marked = "```" in line or "~~~" in line
        if marked and not code[number] and re.match(r"[ \t>]*(?:```+[^`]*|~~~+.*)$", line):
            message = "코드가 같은 길이의 ``` 줄로 닫히지 않았어요. 같은 줄로 닫아 주세요."
            yield Problem(page.file, page.first_line + number, 1, "PN810", message)
            return
