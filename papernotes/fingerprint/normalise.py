"""The words of a text in one form, so that a quotation and a PDF can be compared.

A PDF and a person who copies from it write the same words differently: ligatures, curly
quotes, accents set beside their letter, words cut at the end of a line. :func:`words`
undoes what carries no meaning and keeps what does: digits, decimal points, percentages and signs.

* Unicode NFKC, case folding, Latin accents off (``Hyvärinen`` is ``hyvarinen``).
* A hyphen inside a word is dropped, with or without a line break behind it, and so is the
  U+FFFE that PDFium writes where a line break cut a word: ``pre-training``, ``pre-⏎training``
  and ``pretraining`` are one word. Before a digit the hyphen stays (``1e-4``, ``SST-2``),
  for there it is a sign or a name, and no word is ever cut there.
* A sign is a word: operators, arrows, currencies, ``?`` and ``!``, a minus that is no number's
  (``−x``, ``x − 1``). A dash is a minus where it is written as one: before a letter, or set apart
  before a variable or a number.
* A raised digit is no digit of the number before it: ``10⁶`` is ``10^6``, and never ``106``.
* Markdown's ``*``, ``_`` and backquotes are dropped; other punctuation and bullets separate.
* In scripts that do not reliably separate words by spaces (Han, Kana, Hangul, Thai …) every
  character is a word, so a line break or a disputed space changes nothing.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Word(NamedTuple):
    """One word: its normalised ``text``, and where it stands in the input (in characters)."""

    text: str
    offset: int
    end: int


_HYPHENS = "‐‑‒–﹣－"
# Characters that join what they stand between: cut words, zero-width characters, and the
# accents that LaTeX sets as characters of their own ("Garc´ıa").
_JOINERS = "\x02\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe´¨ˆ˜˚¸"
_TABLE = str.maketrans(
    dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_JOINERS, "\u00ad")
    | dict.fromkeys("‘’‛ʼ′", "'")
    | dict.fromkeys("—―…", " ")
    | {"ı": "i", "∣": "|", "‖": "∥", "°": "◦", "∘": "◦"}
    | {raised: f"^{plain}" for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+−", strict=True)}
)
_POWER = re.compile(r"(?<=\^[\d+−])\^")

_UNSPACED = (  # Thai to Khmer, then the scripts of East Asia
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff"
    "\u3100-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
SIGNS = (  # currencies, arrows, mathematics but for its dots and stars, pictures
    "?!=<>+|$¢-¦©¬®±×÷−◦\u20a0-\u20cf\u2190-\u2211\u2213-\u2216\u221a-\u22c4\u22c7-\u22ed"
    "\u2300-\u2328\u232b-\u23ff\u2600-\u2767\u2776-\u27bf\u27c0-\u27e5\u27f0-\u27ff"
    "\u2900-\u297f\u2999-\u2aff\u2b00-\u2bff\U0001f000-\U0001faff"
)
"""The signs that are compared, as the inside of a regular expression's class."""
_LETTER = (  # any letter or digit, and the combining marks of scripts that need them
    f"(?!{_UNSPACED})(?:[^\\W_]|[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a"
    "\u064b-\u065f\u06d6-\u06ed\u0900-\u0963\u0966-\u0df3\u0f18-\u0fbc])"
)
_WORD = re.compile(
    rf"""
    {_UNSPACED} | != | [{SIGNS}]
    | (?: (?<![\w%.)\]-]) -?\.? (?=\d) )?          # -0.3, .5
    {_LETTER}
    (?: {_LETTER}
      | (?<=\d)\^[+-]?(?=\d)                         # 10^6
      | (?<=\d)\s?%                                # 90%, 90 %
      | (?<=\d)[./](?=\d)                          # 0.5, 4/9, 1.1/2.0
      | (?<=\d),(?=\d\d\d(?!\d))                   # 1,000,000
      | (?: \u00ad+\s* | -(?:[^\S\n]*\n[^\S\n]*)? | ' ) (?={_LETTER}) | (?<=\d)-\s(?=\d)
      | (?<!\d)[*_`]+(?={_LETTER}) | [*_`]+(?!\d)(?={_LETTER})
    )*
    """,
    re.VERBOSE,
)
_MINUS = re.compile(
    rf"""
    (?P<plain> −(?=\d) | (?<=\w)−(?=\w) )           # part of a number or a word
    | (?<![\w%.,)\]}}'"-])-(?={_LETTER}(?<!\d) | \s(?:\d|{_LETTER}(?!\w)))
    """,
    re.VERBOSE,
)
_BREAK = re.compile("(?:\u00ad+|-)\\s*")
_DROPPED = re.compile(r"(?<=.)-(?!\d)|[,*_`\s]")
_NON_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_ACCENTS = re.compile("[\u0300-\u0333\u0339-\u036f]+")  # strokes between: "=" is not "≠"


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    text = _POWER.sub("", text.translate(_TABLE))
    text = unicodedata.normalize("NFKC", text).casefold().replace("⁄", "/")
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


def _folded(text: str) -> tuple[str, list[int] | None]:
    """Return ``text`` folded and, unless every character kept its place, the old offsets."""
    if text.isascii():
        return text.lower().replace("\x02", "\u00ad"), None
    parts: list[str] = []
    offsets: list[int] = []
    moved = False
    position = 0
    for match in _NON_ASCII.finditer(text):
        parts.append(text[position : match.start()].lower())
        offsets.extend(range(position, match.start()))
        folded = _fold(match.group())
        parts.append(folded)
        position = match.end()
        last = position - 1
        offsets.extend(min(match.start() + i, last) for i in range(len(folded)))
        moved = moved or len(folded) != len(match.group())
    parts.append(text[position:].lower())
    offsets.extend(range(position, len(text)))
    return "".join(parts), offsets if moved else None


def words(text: str) -> list[Word]:
    """Return the words of ``text`` in order, each with its place in ``text``."""
    folded, offsets = _folded(text)
    folded = folded.replace("~", "∼")
    if "-" in folded or "−" in folded:
        folded = _MINUS.sub(lambda match: "-" if match["plain"] else "−", folded)
    found = []
    for match in _WORD.finditer(folded):
        word = match.group()
        if not word.isalnum() and len(word) > 1:
            word = "≠" if word == "!=" else _DROPPED.sub("", _BREAK.sub("-", word))
        start, end = match.span()
        if offsets is not None:
            start, end = offsets[start], offsets[end - 1] + 1
        found.append(Word(word, start, end))
    return found


def word_run(text: str) -> str:
    """Return the words of ``text``, set apart so that one run of words is found in another."""
    return f" {' '.join(word.text for word in words(text))} "
