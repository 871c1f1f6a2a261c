"""The words and hashes of the browser are Python's, which the fingerprints are made with."""

import random
import unicodedata
from itertools import accumulate

from papernotes.fingerprint.normalise import words
from papernotes.fingerprint.pagehash import run_hash
from tests.reader.node import started

# Characters that mean something to the rules, each drawn as often as the others.
SIGNS = [*"abx120.,-−–^%/()[]'\"*_`<>=!?$~ °∥가中ΣßéﬁÅ⁰⁶⁻´¨’…\n\t\x02\u00ad\ufffe\u00a0\u0301𝐱"]


def offsets(text: str) -> list[int]:
    """Where each character begins in UTF-16 units, which JavaScript counts."""
    return [0, *accumulate(1 + (char > "\uffff") for char in text)]


def read(text: str) -> list[list[str | int]]:
    at = offsets(text)
    return [[word.text, at[word.offset], at[word.end]] for word in words(text)]


def test_words_are_those_of_python() -> None:
    known = (chr(code) for code in range(0x323B0) if not 0xD800 <= code < 0xE000)
    texts = [
        f"a{char}b {char}1{char}2 {char} x"
        for char in known
        if unicodedata.category(char) != "Cn" and (char < "\u3400" or ord(char) % 37 == 0)
    ]
    drawn = random.Random(20)
    texts += ["".join(drawn.choices(SIGNS, k=12)) for _ in range(10_000)]
    script = """
    import { words } from "./normalise.js";
    const read = (text) => words(text).map(({ text, start, end }) => [text, start, end]);
    const answer = (texts) => texts.map(read);
    """
    with started(script) as ask:
        answered = ask(texts)
    differ = [
        (text, made, read(text))
        for text, made in zip(texts, answered, strict=True)
        if made != read(text)
    ]
    assert differ == []


def test_hashes_are_those_of_python() -> None:
    texts = ["", "a", "the model is trained on", "낱말 다섯 개가 이어진 글"]
    texts += ["x" * length for length in (127, 128, 129, 256, 1000)]
    script = 'import { runHash } from "./pagehash.js"; const answer = (all) => all.map(runHash);'
    with started(script) as ask:
        assert ask(texts) == [run_hash(text.split(" ")) for text in texts]
