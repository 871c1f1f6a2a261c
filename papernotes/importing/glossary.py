"""Terms that the minutes give in both languages: ``글리프(glyph)``."""

import re
from collections.abc import Iterable

from papernotes.importing.scaffold import comment, slug_of
from papernotes.note import hangul
from papernotes.note.model import Term

_TERM = re.compile(r"(?P<ko>(?:[가-힣]+ ){0,3}[가-힣]+)\((?P<en>[A-Za-z][A-Za-z -]{2,40})\)")
_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|의|에|도|로|와|과|한|인|런)$")


def terms(text: str, known: Iterable[Term]) -> list[Term]:
    """Return terms that ``text`` gives in Korean and English (``글리프(glyph)``), new ones only."""
    names = {name.casefold() for term in known for name in term.names}
    ids = {term.id for term in known}
    found = {}
    for number, line in enumerate(text.split("\n"), 1):
        for match in _TERM.finditer(line):
            english = match["en"].strip()
            korean = _korean_name(match["ko"], english)
            identifier = slug_of(english)
            new = {korean.casefold(), english.casefold()}.isdisjoint(names)
            if new and identifier not in ids and identifier not in found:
                meaning = comment("용어가 맞는지 보고 뜻을 한두 문장으로 적어 주세요", number)
                spelled = tuple(dict.fromkeys([korean, english, *hangul.spellings(english)]))
                found[identifier] = Term(meaning, 0, 0, identifier, korean, english, spelled)
    return list(found.values())


def _korean_name(before: str, english: str) -> str:
    """Return the words just before a bracket, as many as the English ones, that are no others'."""
    count = len(re.split(r"[ -]", english))
    *ahead, name = before.split()[-count:]
    for word in reversed(ahead):
        if _PARTICLE.search(word):
            break
        name = f"{word} {name}"
    return name
