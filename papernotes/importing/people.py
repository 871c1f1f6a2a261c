"""Who took part, and whose name a word can be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papernotes.importing.lines import Kind, Line
from papernotes.importing.vocabulary import NO_NAMES

_PARTICIPANTS = re.compile(
    r"(?:참석자?|참여자?|참가자?|출석자?|멤버|팀원|participants?|attendees?|members?)"
    r"(?:\s?(?:명단|목록|인원))?\s*(?:\([^)]*\))?\s*(?:[:：-]\s*(?P<rest>.*))?",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[가-힣]{2,5}|[A-Za-z][\w.-]{1,19}")
_HONORIFIC = re.compile(r"(?<=..)(?:님|씨)$")
_TITLE = re.compile(r"(?:멘토|조교|교수|코치|강사|튜터)님?")


@dataclass(frozen=True)
class People:
    """Who may be speaking; ``listed`` says whether the minutes name who took part."""

    names: frozenset[str]
    listed: bool

    @classmethod
    def of(cls, participants: Sequence[str], chatting: Iterable[str]) -> "People":
        """Take full names as the minutes list them; members are called by their given names."""
        given = [name[-2:] for name in participants if re.fullmatch("[가-힣]{3,4}", name)]
        names = map(plain_name, (*participants, *given, *chatting))
        return cls(frozenset(names), bool(participants))

    def has(self, name: str) -> bool:
        """Whether ``name`` is somebody's, as far as the minutes tell."""
        name = plain_name(name)
        if name in self.names or _TITLE.fullmatch(name):
            return True
        korean = re.fullmatch("[가-힣]{2,4}", name) is not None
        return not self.listed and korean and name not in NO_NAMES


def plain_name(name: str) -> str:
    """Return a name without 님 or 씨; a mentor's title is the name."""
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
        head = _PARTICIPANTS.fullmatch(re.sub(r"[*_`]", "", line.text).strip())
        listed = _names(head["rest"] or "" if head else line.text)
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
    text = re.sub(r"\([^)]*\)|총?\s?\d+\s?명|[*_`]", " ", text)
    parts = [part.lstrip("@") for part in re.split(r"[,،、·/;&|\s]+", text) if part]
    return [plain_name(part) for part in parts] if all(map(_PERSON.fullmatch, parts)) else []
