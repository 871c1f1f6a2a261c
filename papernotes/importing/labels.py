"""What stands before a line's words: ``질문:``, ``답변: 재영:``, ``[상민] [오후 3:12]``."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from papernotes.importing.people import People, plain_name
from papernotes.importing.vocabulary import TITLES


class Role(Enum):
    """What a label says that follows it."""

    QUESTION = auto()
    ANSWER = auto()
    PASSAGE = auto()
    FACT = auto()


@dataclass(frozen=True)
class Label:
    """A label; ``rest`` is what follows it. ``by`` is None where it names nobody.

    ``number`` is that of a question or answer ("1", "2-1"). A ``block`` label stands alone above
    all that somebody wrote, as a comment's head does. ``unsure`` says that ``by`` may be no name.
    """

    role: Role | None
    by: str | None
    rest: str
    number: str = ""
    block: bool = False
    unsure: bool = False


_COLON = r"\s*[:：]{1,2}\s*"
_BY = r"(?:\s*[(\[-]\s*(?P<by>[^)\]:：?]{1,12}?)\s*[)\]]?)?"
_NUMBER = r"\s?#?(?P<number>\d{1,2}(?:-\d{1,2})?)?"
_WORDS = {
    Role.QUESTION: r"Q|(?:논문|스터디|추가)?\s?질문|질의|의문점?|의문|궁금한\s?점|문의|Question",
    Role.ANSWER: r"A|답변|대답|답|Answer",
    Role.PASSAGE: r"원문|인용|구절|본문|(?:논문\s?)?근거|Quote|Passage|Evidence",
    Role.FACT: r"기록|메모|Note",
}
_ROLE = [
    (
        role,
        re.compile(
            rf"(?:\[(?:{words}){_NUMBER}\]\s*[:：]?\s*"
            rf"|(?:{words}){_NUMBER.replace('number', 'n2')}{_BY}(?:{_COLON}|[.)](?:\s+|$)))"
            r"(?P<rest>.*)",
            re.IGNORECASE | re.DOTALL,
        ),
    )
    for role, words in _WORDS.items()
]
_ALONE = {
    role: re.compile(rf"\[?(?:{words}){_NUMBER}\]?", re.IGNORECASE)
    for role, words in _WORDS.items()
}
_NUMBERED = re.compile(
    r"Q\s?(?P<number>\d{1,2}(?:-\d{1,2})?)?\s+(?P<rest>(?:(?<=\d\s)|(?=[^\n]*[가-힣]))\S.*)",
    re.DOTALL,
)
_SIGNS = re.compile(r"^(?:[^\w\s→⇒➡↳⤷└•\[\](){}<>\"'“‘`*$@#.,:;|/\\+=~^&%!?-]\ufe0f?\s*)+(?=\S)")
_ARROW = re.compile(r"(?:→|⇒|➡️?|↳|⤷|└|ㄴ|-+>|=+>|>>)\s*(?P<rest>.+)", re.DOTALL)
_FACT = re.compile(
    r"(?:모임|회의|스터디|다음|오늘|이번)?\s?"
    r"(?:일시|일자|날짜|시간|장소|주제|발표|발표자|발제|진행|진행자|사회|서기|작성자|기록|자료|링크|논문|불참|결석"
    r"|회차|태그|안건(?:\s?\d+)?|결론|보충|보완|숙제|과제|일정|공지|목표|참고|비고|추신|특이사항|한계|요약|정리"
    r"|이전 모임|Date|Time|Place|Topic|Created|Tags|Updated|Author|Link|Links|Slides)"
    + _COLON
    + r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SAYS = r"\s?(?P<role>의?\s?(?:질문|답변|의견|생각|말씀|답))?"
_NAME = r"@?(?P<by>[가-힣]{1,5}|[A-Za-z][\w.-]{0,19})"
_SPEAKER = re.compile(
    rf"{_NAME}(?:\s(?P<title>(?:{TITLES})님?))?{_SAYS}{_COLON}(?!//)(?P<rest>.*)",
    re.DOTALL,
)
_WHO = re.compile(rf"(?P<who>질문자|답변자){_COLON}{_NAME}(?:\s?(?:(?:{TITLES})님?|님|씨))?")
_LISTED_SPEAKER = re.compile(
    rf"(?:\[{_NAME}\]|\({_NAME.replace('by', 'by2')}\)"
    rf"|{_NAME.replace('by', 'by3')}\s+(?:[-–—]|>)\s)"
    r"\s*(?P<rest>.+)",
    re.DOTALL,
)
_SIGNED = re.compile(
    r"(?P<rest>.*\S)\s*(?:\(|\[|[-–—]\s?)@?(?P<by>[가-힣]{2,5}|[A-Za-z][\w.-]{1,19})[)\]]?\s*",
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
_DAY = r"(?:오늘|어제|Today|Yesterday|\d{2,4}[-./]\s?\d{1,2}[-./]\s?\d{1,4}\.?)"
_COMMENT = [
    re.compile(rf"(?P<by>[^\s*]{{1,20}})\s+[—–]\s+{_DAY}(?:\s*(?:at\s)?{_TIME})?"),
    re.compile(
        r"\**@?(?P<by>[A-Za-z0-9][\w.-]*)\**\s+(?:commented|opened this|replied|asked|wrote)\b.*"
    ),
    re.compile(
        r"\**@?(?P<by>[A-Za-z0-9][\w.-]*)\**\s+·\s+(?:comment\s+·\s+)?[A-Za-z0-9 ,./:-]{4,30}"
    ),
]
_EVENT = re.compile(
    r"\**@?[\w.-]+\**\s+(?:closed|reopened|added|removed|assigned|mentioned|self-assigned|pinned"
    r"|labeled|renamed|marked|merged)\b.*"
)


def chat(text: str) -> Label | None:
    """Return who wrote what follows: a line of a chat log, or the head of a comment."""
    for pattern in _COMMENT:
        if found := pattern.fullmatch(text):
            return Label(None, found["by"], "", block=True)
    for pattern in _CHAT:
        found = pattern.fullmatch(text)
        if found:
            return Label(None, found["by"].strip(), found["rest"] or "", block=not found["rest"])
    return None


def is_head(text: str) -> bool:
    """Whether a line begins what another one wrote, or tells what was done to a thread."""
    return chat(text) is not None or _EVENT.fullmatch(text) is not None


def parse(text: str, people: People, *, nested: bool = False) -> Label | None:
    """Return the label before ``text``; labels within labels are one (``답변: 재영:``).

    ``nested`` says that it stands below something, where a word before a colon is rather a name.
    """
    text = _SIGNS.sub("", text)
    if found := chat(text):
        return found
    if _EVENT.fullmatch(text):
        return Label(Role.FACT, None, text)
    if arrow := _ARROW.fullmatch(text):
        inner = parse(arrow["rest"], people, nested=True)
        if inner and inner.role is not Role.FACT:
            return replace(inner, role=Role.ANSWER)
        return _signed(Label(Role.ANSWER, None, arrow["rest"]), people)
    for each in dict.fromkeys((text, _unbold(text))):
        if label := _role(each, people) or speaker(each, people, nested=nested):
            return _signed(label, people)
        if fact := _FACT.fullmatch(each):
            return Label(Role.FACT, None, fact["rest"])
    signed = _signed(Label(None, None, text), people)
    return signed if signed.by else None


def _signed(label: Label, people: People) -> Label:
    """Take a name in brackets at the end (``… (가온)``) for the speaker's."""
    if label.by or label.role is Role.FACT:
        return label
    found = _SIGNED.fullmatch(label.rest)
    if found and people.knows(found["by"]):
        return replace(label, by=plain_name(found["by"]), rest=found["rest"])
    return label


def _unbold(text: str) -> str:
    """Return ``**상민**: …`` and ``**Q. …**`` as ``상민: …`` and ``Q. …``."""
    if (bold := _BOLD.fullmatch(text)) and (bold["in"].strip() or bold["out"].strip()):
        sign = bold["in"].strip() or ":"
        return f"{bold['head'].strip()}{sign} {bold['rest']}"
    if bold and any(alone.fullmatch(bold["head"].strip()) for alone in _ALONE.values()):
        return f"{bold['head'].strip()}: {bold['rest']}"
    whole = re.fullmatch(r"(\*{2,3}|__)(?P<text>[^*_]+)\1", text)
    return whole["text"] if whole else text


def _role(text: str, people: People) -> Label | None:
    if who := _WHO.fullmatch(text):  # "질문자: 가온", with the question on a line of its own
        role = Role.QUESTION if who["who"] == "질문자" else Role.ANSWER
        return Label(role, plain_name(who["by"]), "")
    for role, pattern in _ROLE:
        if alone := _ALONE[role].fullmatch(text):
            return Label(role, None, "", alone["number"] or "")
        found = pattern.fullmatch(text)
        if not found:
            continue
        by, rest = found["by"], found["rest"].strip()
        if by and not people.has(by) and not rest:  # a heading: "논문 질문 (RoBERTa)"
            return None
        if by and not people.has(by):  # "질문(QNLI): …"
            by, rest = None, f"({by}) {rest}"
        inner = speaker(rest, people, nested=True) if not by else None
        if inner:
            by, rest = inner.by, inner.rest
        number = found["number"] or found["n2"] or ""
        return Label(role, plain_name(by) if by else None, rest, number)
    if found := _NUMBERED.fullmatch(text):
        return Label(Role.QUESTION, None, found["rest"], found["number"] or "")
    return None


def speaker(text: str, people: People, *, nested: bool = False) -> Label | None:
    """Return the name before ``text``, where the minutes have it as somebody's."""
    if found := _LISTED_SPEAKER.fullmatch(text):
        by = found["by"] or found["by2"] or found["by3"]
        if people.knows(by) or (found["by3"] and people.is_likely(by)):
            return Label(None, plain_name(by), found["rest"], unsure=not people.knows(by))
    found = _SPEAKER.fullmatch(text)
    if not found:
        return None
    by, title, unsure = found["by"], found["title"], False
    if title and not people.knows(by):
        by = f"{by} {title}"
    elif not people.has(by):
        if not (people.is_likely(by) or (nested and people.may_be(by))):
            return None
        unsure = True
    says = (found["role"] or "").removeprefix("의").strip()
    role = {"질문": Role.QUESTION, "답변": Role.ANSWER, "답": Role.ANSWER}.get(says)
    return Label(role, plain_name(by), found["rest"], unsure=unsure)
