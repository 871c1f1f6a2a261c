"""The ligatures that a PDF's fonts do not tell: "veri!ed", "®rst", or nothing at all.

A font may set ff, fi, fl, ffi and ffl by codes of its own. Old TeX fonts have the codes of their
encodings (OT1: 11 to 15, T1: 27 to 31; StandardEncoding: 174 and 175); subsets made by other
programs have any. Which sign stands for which ligature is voted by the words that it makes.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")

_BY_CODE = {
    **dict(zip(range(11, 16), LIGATURES, strict=True)),
    **dict(zip(range(27, 32), LIGATURES, strict=True)),
    0xAE: "fi",
    0xAF: "fl",
}
_ODD = frozenset('!"#$&®¯¬°±²³´¶·¸¹ºª»¼½¾¿×÷\ufffd')

FIRST = 0xF0000
"""Signs in doubt are written as characters from here on, which no font's map reaches."""

_KNOWN = frozenset(Path(__file__).with_name("ligatures.txt").read_text("utf-8").split())
_WORD = re.compile(f"[a-z\\-{chr(FIRST)}-{chr(FIRST + 999)}]+")


class Signs:
    """The signs of a document that may be ligatures, each by its font and code."""

    def __init__(self) -> None:
        self._signs: dict[tuple[str, int], str] = {}

    def sign(self, font: str, code: int) -> str | None:
        """Return what to write for a code of a font: a sign in doubt, or None for no doubt."""
        is_private = 0xE000 <= code <= 0xF8FF
        if code not in _BY_CODE and chr(code) not in _ODD and not is_private:
            return None
        known = len(self._signs)
        if known > 900:
            return None
        return self._signs.setdefault((font, code), chr(FIRST + known))

    def decide(self, texts: Iterable[str]) -> dict[str, str]:
        """Say what each sign is: a ligature, or the character that it was."""
        words = [word for text in texts for word in _WORD.findall(text.lower())]
        own = frozenset(words) | _KNOWN
        made: defaultdict[str, set[str]] = defaultdict(set)
        inside: defaultdict[str, int] = defaultdict(int)
        for word in words:
            for sign in {char for char in word if ord(char) >= FIRST}:
                made[sign].add(word)
                inside[sign] += re.search(f"[a-z]{sign}[a-z]", word) is not None
        return {
            sign: _decided(sign, code, made[sign], inside[sign], own)
            for (_, code), sign in self._signs.items()
        }


def _decided(sign: str, code: int, words: set[str], inside: int, known: frozenset[str]) -> str:
    plain = " " if code <= 32 else chr(code)
    prior = _BY_CODE.get(code)
    if not words or (not inside and code > 32):
        return plain
    votes = {
        ligature: sum(word.replace(sign, ligature) in known for word in words)
        + (ligature == prior) / 2
        for ligature in LIGATURES
    }
    best = max(votes, key=lambda ligature: votes[ligature])
    if prior and code <= 32:  # nothing else has these codes
        return best
    enough = 1 if prior or inside > 1 else 2
    return best if votes[best] >= enough else plain


def lost(text: str) -> list[str]:
    """Return the words of ``text`` that have a sign without meaning inside."""
    return re.findall('[^\\W\\d_]+[\ufffd\ue000-\uf8ff!"#$®¯][^\\W\\d_]+', text)


def replaced(text: str, styles: bytes, decided: Mapping[str, str]) -> tuple[str, bytes]:
    """Return a line's text and styles with its signs as decided."""
    if not any(ord(char) >= FIRST for char in text):
        return text, styles
    chars = [decided.get(char, char) for char in text]
    for at in range(len(text)):  # no word begins or ends with ffi: a quotation mark
        around = text[at - 1 : at], text[at + 1 : at + 2]
        if chars[at] in ("ffi", "ffl") and not all(map(str.isalpha, around)):
            chars[at] = " "
    spread = b"".join(bytes([style]) * len(char) for char, style in zip(chars, styles, strict=True))
    return "".join(chars), spread
