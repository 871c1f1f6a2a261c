"""English as Korean readers write it by ear: cross-entropy is 크로스 엔트로피.

Spellings of loanwords follow no rule that a program could apply: loanwords.txt has what lectures
and blogs on machine learning commonly write, which is not always the standard spelling.
"""

import re
from itertools import product
from pathlib import Path

LETTER = re.compile("[\u3131-\u318e\uac00-\ud7a3]")
"""A syllable, or a letter by itself."""

_MOST = 3
"""Spellings of one name."""

_MODELS = """
    BERT 버트 RoBERTa 로버타 ELECTRA 일렉트라 KoELECTRA 코일렉트라 ALBERT 알버트 XLNet 엑스엘넷
    BART 바트 GPT 지피티 LLaMA 라마 Transformer 트랜스포머 word2vec 워드투벡
"""


def _pairs(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return [*zip(words[::2], words[1::2], strict=True)]


MODELS = _pairs(_MODELS)
"""Models and how their names are said."""

_TABLE = Path(__file__).with_name("loanwords.txt").read_text("utf-8")
_WORDS = {english: tuple(hangul.split(",")) for english, hangul in _pairs(_TABLE)}
_RUN_TOGETHER = frozenset({"fine-tuning", "fine tuning", "pre-train", "pre-training"})
"""Names of several words that Korean writes as one."""


def spellings(english: str) -> tuple[str, ...]:
    """Return how an English name is written by ear; nothing where a word of it is not known."""
    words = re.split(r"[\s-]+", english.strip().casefold())
    known = [_WORDS.get(word) or _WORDS.get(word.removesuffix("s")) for word in words]
    if not all(known):
        return ()
    gap = "" if english.casefold() in _RUN_TOGETHER else " "
    found = (gap.join(each) for each in product(*(each for each in known if each)))
    return tuple(found)[:_MOST]
