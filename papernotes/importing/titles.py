"""Which lines without a mark are headings all the same."""

import re
from collections.abc import Collection

from papernotes.importing.items import Item
from papernotes.importing.labels import Role
from papernotes.importing.vocabulary import ABOUT_PAPERS, ASKING
from papernotes.importing.wording import asks, is_passage

_NAME_ALONE = re.compile(r"[A-Za-z][\w+-]*|[<\[【「]\s*[A-Za-z][\w+ -]*[>\]】」]")
_SET_APART = re.compile(r"(\*\*|__)[^*_]+\1[\s:：]*|[<\[【「][^<>\[\]]+[>\]】」]")
_SENTENCE_END = re.compile(r"(?:[다요죠음임함]|[.!,;])[.!~)\s]*$")
_LONGEST = 40
_LONGEST_BARE = 24
"""Characters up to which a line can be a heading, and one that nothing sets apart."""


def is_title(item: Item, below: Item | None, papers: Collection[str]) -> bool:
    """Whether a line of text that has no label is a heading.

    It is set apart by its signs, has the name of one of ``papers`` and hardly more, or is short
    and has a list below it.
    """
    text = item.line.text
    if not is_short(item):
        return False
    if is_set_apart(item):
        return True
    if item.gap and _NAME_ALONE.fullmatch(text) and not item.marker:
        return True
    unmarked = item.line.quoted or (item.gap and not item.marker)
    if _names_a_paper(text, papers, words_beside=1 if unmarked else 0):
        return True
    if item.marker or not item.gap or _SENTENCE_END.search(text) or is_passage(text):
        return False
    if item.line.quoted:
        return below is None or below.gap or bool(below.marker)
    listed = below is not None and bool(below.marker) and not below.gap
    return len(text) <= _LONGEST_BARE and (listed or bool(ASKING.search(text)))


def is_head(item: Item, below: Item | None, *, answers_list: bool) -> bool:
    """Whether a label that stands alone (``질문``) heads what is below it, and is no one's words.

    ``answers_list`` says that the list below it would answer the one above.
    """
    if item.text or not is_short(item):
        return False
    if item.role is Role.PASSAGE:
        return is_set_apart(item)
    if item.role not in (Role.QUESTION, Role.ANSWER) or below is None:
        return False
    if item.by and not below.marker:  # "질문자: 가온"
        return False
    if item.role is Role.QUESTION and below.marker and not item.marker:
        return True
    return below.role is item.role or (item.role is Role.ANSWER and answers_list)


def is_short(item: Item) -> bool:
    """Whether an item is one line that asks nothing and is no longer than a heading."""
    text = item.line.text
    return len(item.numbers) == 1 and len(text) <= _LONGEST and not asks(text)


def is_set_apart(item: Item) -> bool:
    """Whether a line is bold or in brackets from end to end."""
    return bool(_SET_APART.fullmatch(item.line.text)) and not item.marker


def _names_a_paper(text: str, papers: Collection[str], words_beside: int) -> bool:
    """Whether ``text`` has a paper's name and at most so many words beside it that say more."""
    bare = re.sub(r"[*_`\[\]【】<>#:]", " ", text).casefold()
    named = "논문" in bare or "paper" in bare
    for name in sorted(papers, key=len, reverse=True):
        if name in bare:
            bare, named = bare.replace(name, " "), True
    rest = [word for word in re.findall(r"[a-z][\w+-]*|[가-힣]+", bare) if word not in ABOUT_PAPERS]
    return named and len(rest) <= words_beside
