"""Made-up Korean sections on other subjects, to hide the notes among.

They are notes in the same tone on other papers and subjects, share the everyday words of such
notes (모델, 학습, 손실, 길이, …) and sometimes mention in passing what the notes explain.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
_SUBJECTS: dict[str, list[str]] = {
    subject: nouns.split() for subject, nouns in _DATA["subjects"].items()
}
_COMMON: list[str] = _DATA["common"].split()
_PASSING: list[str] = _DATA["passing"]
_ENGLISH: list[str] = _DATA["english"].split()

# A particle after a vowel, and after a consonant.
_PARTICLES = {
    "은": "는은",
    "이": "가이",
    "을": "를을",
    "과": "와과",
    "에": "에에",
    "으로": ("로", "으로"),
}


def entries(notes: int) -> list[dict[str, Any]]:
    """Return made-up notes of six passages each, as entries of the search's index."""
    return [
        {
            "at": f"papers/stranger-{number // 6}/#stranger-{number}",
            "title": title,
            "kind": "passage",
            "group": f"논문 {number // 6}",
            "status": "answered",
            "place": "1쪽",
            "parts": [{"kind": "explanation", "text": "\n".join(paragraphs)}],
        }
        for number, (title, paragraphs) in enumerate(sections(6 * notes))
    ]


def sections(count: int, seed: int = 6) -> Iterator[tuple[str, list[str]]]:
    """Yield ``count`` pairs of a title and paragraphs, always the same."""
    rng = random.Random(seed)
    subjects = list(_SUBJECTS)
    for _ in range(count):
        subject = rng.choice(subjects)
        words = _SUBJECTS[subject]
        title = _fill(rng.choice(_DATA["titles"]), subject, words, rng)
        paragraphs = [
            " ".join(
                _fill(rng.choice(_DATA["sentences"]), subject, words, rng)
                for _ in range(rng.randint(2, 5))
            )
            for _ in range(rng.randint(2, 7))
        ]
        yield title, paragraphs


def _fill(template: str, subject: str, words: list[str], rng: random.Random) -> str:
    def noun() -> str:
        kind = rng.random()
        if kind < 0.03:
            return rng.choice(_PASSING)
        if kind < 0.35:
            return rng.choice(_COMMON)
        return rng.choice(words) if kind < 0.8 else " ".join(rng.sample(words, 2))

    values = {name: noun() for name in "abc"}
    values |= {name: rng.choice(_ENGLISH) for name in "efg"}
    values |= {name: str(rng.choice((2, 4, 5, 10, 15, 40, 90, 100, 512))) for name in "nm"}
    values["s"] = subject

    def put(match: re.Match[str]) -> str:
        word = values[match[1]]
        return word + _particle(word, match[2]) if match[2] else word

    return re.sub(r"\{(\w)(?::(\w+))?\}", put, template)


def _particle(word: str, name: str) -> str:
    """Return the particle's form for the word's last sound."""
    last = word[-1]
    final = (ord(last) - 0xAC00) % 28 if "가" <= last <= "힣" else int(last in "136780LMNR")
    vowel, consonant = _PARTICLES[name]
    return vowel if final == 0 or (name == "으로" and final == 8) else consonant
