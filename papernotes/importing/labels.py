"""What stands before a line's words: ``질문:``, ``답변: 재영:``, ``[상민] [오후 3:12]``."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from papernotes.importing.people import People, plain_name


class Role(Enum):
    """What a label says that follows it."""

    QUESTION = auto()
    ANSWER = auto()
    PASSAGE = auto()
    FACT = auto()


@dataclass(frozen=True)
class Label:
    """A label; ``rest`` is what follows it. ``by`` is None where it names nobody."""

    role: Role | None
    by: str | None
    rest: str


_COLON = r"\s*[:：]\s*"
_BY = r"(?:\s*[(\[-]\s*(?P<by>[^)\]:：?]{1,12}?)\s*[)\]]?)?"
_NUMBER = r"\s?#?\d{0,2}"
_ROLES = {
    Role.QUESTION: r"(?:Q|질문|질의|Question)",
    Role.ANSWER: r"(?:A|답변|대답|답|Answer)",
    Role.PASSAGE: r"(?:원문|인용|구절|본문|Quote|Passage)",
}
_ROLE = [
    (
        role,
        re.compile(
            rf"(?:\[{word}{_NUMBER}\]\s*[:：]?\s*|{word}{_NUMBER}{_BY}(?:{_COLON}|[.)](?:\s+|$)))"
            r"(?P<rest>.*)",
            re.IGNORECASE | re.DOTALL,
        ),
    )
    for role, word in _ROLES.items()
]
_NUMBERED = re.compile(r"Q\s?\d{1,2}\s+(?P<rest>\S.*)", re.DOTALL)
_ARROW = re.compile(r"(?:→|⇒|➡️?|↳|⤷|└|ㄴ|->|=>|>>)\s*(?P<rest>.+)", re.DOTALL)
_FACT = re.compile(
    r"(?:모임|회의|스터디|다음|오늘|이번)?\s?"
    r"(?:일시|날짜|시간|장소|주제|발표|발표자|진행|진행자|사회|서기|작성자|기록|자료|링크|논문|불참|결석|회차"
    r"|Date|Time|Place|Topic)" + _COLON + r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SPEAKER = re.compile(
    r"@?(?P<by>[가-힣]{1,5}|[A-Za-z][\w.-]{0,19})(?:\s(?P<title>멘토님?|조교님?|교수님?|코치님?))?"
    r"(?:\s?(?P<role>질문|답변))?" + _COLON + r"(?!//)(?P<rest>.*)",
    re.DOTALL,
)
_BOLD = re.compile(
    r"(?P<mark>\*{1,3}|__)(?P<head>[^*_\n]{1,24}?)(?P<in>\s*[:：.)]?)(?P=mark)(?P<out>\s*[:：]?)\s*"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_TIME = r"(?:(?:오전|오후|AM|PM)\s?)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?"
_CHAT = [
    re.compile(rf"\[(?P<by>[^\[\]]{{1,20}})\]\s?\[{_TIME}\]\s?(?P<rest>.*)", re.DOTALL),
    re.compile(
        rf"\d{{4}}[년.\-/]\s?\d{{1,2}}[월.\-/]\s?\d{{1,2}}[일.]?,?\s{_TIME},?\s"
        r"(?P<by>[^:,]{1,20}?)\s?:\s(?P<rest>.*)",
        re.DOTALL,
    ),
    re.compile(
        rf"[\[(]?{_TIME}[\])]?\s+<?(?P<by>[^\s:<>]{{1,20}})(?:>|\s?:)\s*(?P<rest>.*)", re.DOTALL
    ),
    re.compile(
        rf"<?(?P<by>[^\s:<>]{{1,15}})>?\s+(?:\[{_TIME}\]|\({_TIME}\)|(?=[오APap]){_TIME}|{_TIME}(?=\s?[:AP]))"
        r"(?:\s?:\s*(?P<rest>.*))?",
        re.DOTALL,
    ),
]


def chat(text: str) -> Label | None:
    """Return who wrote a line of a chat log, which has a time beside the name."""
    for pattern in _CHAT:
        found = pattern.fullmatch(text)
        if found and not found["by"].replace(":", "").isdigit():
            return Label(None, found["by"].strip(), found["rest"] or "")
    return None


def parse(text: str, people: People) -> Label | None:
    """Return the label before ``text``; labels within labels are one (``답변: 재영:``)."""
    if found := chat(text):
        inner = parse(found.rest, people)
        return replace(found, role=inner.role, rest=inner.rest) if inner else found
    if arrow := _ARROW.fullmatch(text):
        inner = parse(arrow["rest"], people)
        by, rest = (inner.by, inner.rest) if inner else (None, arrow["rest"])
        return Label(Role.ANSWER, by, rest)
    for each in dict.fromkeys((text, _unbold(text))):
        if label := _role(each, people) or _speaker(each, people):
            return label
        if fact := _FACT.fullmatch(each):
            return Label(Role.FACT, None, fact["rest"])
    return None


def _unbold(text: str) -> str:
    """Return ``**상민**: …`` and ``**Q. …**`` as ``상민: …`` and ``Q. …``."""
    if (bold := _BOLD.fullmatch(text)) and (bold["in"].strip() or bold["out"].strip()):
        sign = bold["in"].strip() or ":"
        return f"{bold['head'].strip()}{sign} {bold['rest']}"
    if bold and _ROLE_WORD.fullmatch(bold["head"].strip()):
        return f"{bold['head'].strip()}: {bold['rest']}"
    whole = re.fullmatch(r"(\*{2,3}|__)(?P<text>[^*_]+)\1", text)
    return whole["text"] if whole else text


_ROLE_WORD = re.compile(rf"(?:{'|'.join(_ROLES.values())}){_NUMBER}", re.IGNORECASE)


def _role(text: str, people: People) -> Label | None:
    for role, pattern in _ROLE:
        found = pattern.fullmatch(text)
        if not found:
            continue
        by, rest = found["by"], found["rest"].strip()
        if by and not people.has(by):  # "질문(QNLI): …"
            by, rest = None, f"({by}) {rest}"
        inner = _speaker(rest, people) if not by else None
        if inner:
            by, rest = inner.by, inner.rest
        return Label(role, plain_name(by) if by else None, rest)
    if found := _NUMBERED.fullmatch(text):
        return Label(Role.QUESTION, None, found["rest"])
    return None


def _speaker(text: str, people: People) -> Label | None:
    found = _SPEAKER.fullmatch(text)
    if not found:
        return None
    by = found["by"]
    if found["title"]:
        by = f"{by} {found['title']}"
    elif not people.has(by):
        return None
    role = {"질문": Role.QUESTION, "답변": Role.ANSWER}.get(found["role"] or "")
    return Label(role, plain_name(by), found["rest"])
