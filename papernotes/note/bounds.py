"""What a page may hold at most: more was written by no person, and takes a renderer minutes.

Python-Markdown looks at each opening bracket of a paragraph as far as its end, and calls itself for
each level of a list or a quotation (measured on 3.10: 9,000 brackets take over 40 s, 900 levels end
in a RecursionError).
"""

import re

MOST_COLUMNS = 10_000
_MOST_BRACKETS = 500
"""Of one kind in one paragraph."""
# It begins with a line's end, which is found much faster than a line's beginning.
_DEEP = re.compile(
    r"\n(?:[ \t]{100,}\S|(?:[ \t]*(?:>|\d+[.)](?=[ \t]))){12,}|(?:(?:[-*+]|\d+[.)])[ \t]+){12,}\w)"
)
_PARAGRAPH = re.compile(r"\S.*?(?=\n[ \t]*\n|\Z)", re.DOTALL)


def excess(text: str) -> tuple[int, str] | None:
    """Return the line of a page (from 1) at which it holds too much, and what; None where none."""
    lengths = [*map(len, text.split("\n"))]
    if max(lengths) > MOST_COLUMNS:
        long = next(n for n, length in enumerate(lengths, 1) if length > MOST_COLUMNS)
        return long, f"한 줄이 {MOST_COLUMNS}자를 넘어요. 문단을 나눠 주세요."
    deep = _DEEP.search(f"\n{text}")
    if deep:
        message = "목록이나 인용이 너무 깊어요. 열두 단보다 얕게 고쳐 주세요."
        return text.count("\n", 0, deep.start()) + 1, message
    if max(text.count("["), text.count("<")) <= _MOST_BRACKETS:
        return None
    for paragraph in _PARAGRAPH.finditer(text):
        for bracket in "[<":
            if paragraph[0].count(bracket) > _MOST_BRACKETS:
                message = f"한 문단에 `{bracket}`가 {_MOST_BRACKETS}개를 넘어요. 나눠 주세요."
                return text.count("\n", 0, paragraph.start()) + 1, message
    return None
