"""Who took part, and whose name a word can be."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from papernotes.importing.lines import Kind, Line
from papernotes.importing.vocabulary import NO_NAMES, TITLES

_PARTICIPANTS = re.compile(
    r"(?:참석자?|참여자?|참가자?|출석자?|멤버|팀원|함께한 사람"
    r"|participants?|attendees?|members?|present)"
    r"(?:\s?(?:명단|목록|인원))?\s*(?:\([^)]*\))?\s*(?:[:：-]+\s*(?P<rest>.*))?",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"(?:참석자?|참여자?)\s+(?P<rest>[^:：]*(?:/.*멘토.*)?)")
_ABSENT = re.compile(r"\s*[/|,;]?\s*\(?(?:불참|결석)(?:자|인원)?\s*[:：-].*")
_PERSON = re.compile(r"[가-힣]{2,5}|[A-Za-z][\w.-]{1,19}")
_HONORIFIC = re.compile(r"(?<=..)(?:님|씨)$")
_TITLE = re.compile(rf"(?:{TITLES})님?")
_TITLED = re.compile(rf"\S+ (?:{TITLES})님?")
_MET = re.compile(
    r"(?:세션|모임|회의|스터디|세미나|읽기|meeting|session)[^(]*\((?P<names>[^()]+)\)"
)
_AT_END = re.compile(r"\((?P<by>[가-힣]{2,4})\)\s*$")
_ROLE = re.compile(
    r"(?:모더레이터|진행자?|사회자?|서기|발표자?|발제자?|작성자|기록자?|질문자|답변자)\s*[:：-]\s*"
    r"(?P<by>[가-힣]{2,4})(?:님|씨)?(?=\s*(?:$|[,)/]))"
)
_IN_BRACKETS = re.compile(r"\[(?P<by>[가-힣]{2,3}|[A-Z][a-z]+)\]\s+(?!\[[^\]]*\d:\d\d)(?P<rest>.+)")
_CELL_END = re.compile(r"\||<br\s*/?>|->|=>|→|⇒")
_BEFORE_COLON = re.compile(
    r"(?:(?:→|ㄴ|->|=>|A\d*[.:)]|답변\s?:)\s*)?"
    r"[*_]*@?(?P<by>[가-힣]{2,5}|[A-Z][a-z]+)(?P<polite>\s?(?:님|씨))?[*_]*(?:\s(?:의견|답변|질문))?(?:\s*[:：]|\s+[-–—]\s)"
)


@dataclass(frozen=True)
class People:
    """Who may be speaking.

    ``names`` are known; ``often`` stand before a colon more than once, or with 님, and ``once``
    only once. ``listed`` says whether the minutes name who took part.
    """

    names: frozenset[str]
    listed: bool
    often: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, participants: Sequence[str], chatting: Iterable[str], found: Iterable[Line] = ()
    ) -> "People":
        """Take full names as the minutes list them; members are called by their given names."""
        given = [name[-2:] for name in participants if re.fullmatch("[가-힣]{3,4}", name)]
        found = tuple(found)
        roles = (match["by"] for line in found if (match := _ROLE.search(line.text)))
        names = frozenset(map(plain_name, (*participants, *given, *chatting, *roles)))
        before: Counter[str] = Counter()
        for line in found:
            cells = _CELL_END.split(line.text)
            for match in filter(None, map(_BEFORE_COLON.match, map(str.strip, cells))):
                name = plain_name(match["by"])
                if name not in NO_NAMES and name.casefold() not in NO_NAMES:
                    before[name] += 2 if match["polite"] or match["by"] != name else 1
            signed = _AT_END.search(line.text) if line.kind is Kind.TEXT else None
            if signed and signed["by"] not in NO_NAMES:
                before[signed["by"]] += 1
        often = frozenset(name for name, count in before.items() if count > 1)
        return cls(names, bool(participants), often, frozenset(before) - often)

    def knows(self, name: str) -> bool:
        """Whether ``name`` is somebody's for sure."""
        return plain_name(name) in self.names or (
            not self.listed and plain_name(name) in self.often
        )

    def has(self, name: str) -> bool:
        """Whether ``name`` is somebody's, as far as the minutes tell."""
        return self.knows(name) or _TITLE.fullmatch(plain_name(name)) is not None

    def may_be(self, name: str) -> bool:
        """Whether ``name`` can be somebody's: nobody is listed, and it stands there once."""
        return not self.listed and plain_name(name) in self.once

    def is_likely(self, name: str) -> bool:
        """Whether ``name`` can be somebody's, and another one speaks in the same way."""
        return (
            self.may_be(name)
            and len(self.often) + len(self.once) > 1
            and re.fullmatch("[가-힣]{2,3}", name) is not None
        )


def out_of_brackets(found: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines with ``가온: …`` for ``[가온] …``, where two at least speak so, one twice."""
    found = tuple(found)
    said = Counter(match["by"] for line in found if (match := _IN_BRACKETS.fullmatch(line.text)))
    names = {name for name in said if not {name, name.casefold()} & NO_NAMES}
    is_talk = len(names) > 1 and any(said[name] > 1 for name in names)
    for line in found:
        match = _IN_BRACKETS.fullmatch(line.text) if is_talk and line.kind is Kind.TEXT else None
        named = match and match["by"] in names
        yield replace(line, text=f"{match['by']}: {match['rest']}") if match and named else line


def plain_name(name: str) -> str:
    """Return a name without the polite ending: 재영님 is 재영; 멘토님 stays."""
    name = name.strip(" @*_`")
    return name if _TITLE.fullmatch(name) else _HONORIFIC.sub("", name)


def participants(found: Sequence[Line], papers: set[str]) -> tuple[list[str], set[int]]:
    """Return the names under 참석자 or behind it, and the lines on which they stand.

    ``papers`` are names of papers, in small letters: a list of names ends before one.
    """
    names: list[str] = []
    taken: set[int] = set()
    inside = False
    for line in found:
        if line.kind is Kind.BLANK:
            inside = inside and not names
            continue
        if met := _MET.search(line.text) if not names and line.number < 8 else None:
            together = _names(met["names"]) if "," in met["names"] else []
            names += together if len(together) > 1 else []
            continue
        text = (
            _ABSENT.sub("", re.sub(r"[*_`\[\]]", "", line.text))
            .strip()
            .strip("|")
            .replace("|", ":", 1)
        )
        head = _PARTICIPANTS.fullmatch(text.strip()) or _BESIDE.fullmatch(text.strip())
        listed = _names((head["rest"] or "") if head else line.text)
        if head and (listed or not (head["rest"] or "").strip()):
            inside = True
        elif not (listed and line.kind is Kind.TEXT and line.text.casefold() not in papers):
            inside = False
        if inside:
            names += listed
            taken.add(line.number)
    return list(dict.fromkeys(names)), taken


def _names(text: str) -> list[str]:
    """Return the names in a list of names; nothing where it is something else."""
    text = re.sub(r"\([^)]*\)|총?\s?\d+\s?명|[*_`\[\]]", " ", text)
    titled = [part.strip() for part in re.split(r"[,/]", text) if _TITLED.search(part)]
    for each in titled:
        text = text.replace(each, "")
    parts = [part.lstrip("@") for part in re.split(r"[,،、·/;&|\s]+", text) if part]
    listed = [part for part in parts if part not in ("멘토", "멘토님")]
    return [plain_name(part) for part in listed] if all(map(_PERSON.fullmatch, listed)) else []
