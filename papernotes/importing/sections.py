"""What the headings above a line are about: a paper, the meeting, or nothing that is said."""

import re
from collections.abc import Iterable

from papernotes.importing.model import About, Subject
from papernotes.importing.vocabulary import CHORES, PAPERISH

_TAG = re.compile(r"\s*[(\[]\s*논문\s*[:：]\s*(?P<name>[^)\]]+?)\s*[)\]]")
_MODEL = re.compile(
    r"\b(?:[\w-]*BERT\w*|[A-Z]\w*Net|[\w-]*[Ff]ormer|GPT[-\d.]*|T5|BART|ELECTRA|ELMo|CLIP|ViT|LLa?[Mm][Aa]"
    r"[-\d.]*|DALL|word2vec|GloVe|Attention Is All You Need|CNN|RNN|LSTM|GAN|KLUE|SQuAD)\b"
)
TITLE_LEVEL = 7
ITEM_LEVEL = 10
"""Below headings with # stand titles without a mark, and below these the items of lists."""


def tagged(text: str) -> tuple[str, str]:
    """Return ``text`` without ``(논문: BERT)``, and the name in it; empty where it has none."""
    found = _TAG.search(text)
    return (text[: found.start()] + text[found.end() :], found["name"]) if found else (text, "")


class Sections:
    """The headings that a line stands under, the outermost first."""

    def __init__(self, papers: Iterable[str]) -> None:
        """``papers`` are names by which the minutes may call the papers, in small letters.

        Where there are none, any paper that is named may be the one.
        """
        self._papers = sorted(papers, key=len, reverse=True)
        self._open: list[tuple[int, Subject]] = []

    def enter(self, text: str, level: int) -> None:
        """Pass a heading: those of its level and below end with it."""
        self.leave(level)
        self._open.append((level, self.subject(text, loose=level >= ITEM_LEVEL)))

    def leave(self, level: int) -> None:
        """End the headings of ``level`` and below."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()

    @property
    def current(self) -> Subject:
        """What the nearest heading says that says anything."""
        said = [each for _, each in reversed(self._open) if each.about is not About.UNSAID]
        if said:
            return said[0]
        return self._open[-1][1] if self._open else Subject()

    def subject(self, text: str, *, loose: bool = False) -> Subject:
        """Return what a heading's words are about."""
        if self.names(text):
            return Subject(About.PAPER, text, loose)
        if not self._papers and _MODEL.search(text):
            return Subject(About.PAPER, text, loose)
        if CHORES.search(text):
            return Subject(About.ELSEWHERE, text, loose)
        if model := _MODEL.search(text):
            rest = PAPERISH.sub("", text.replace(model[0], ""))
            if len(re.findall(r"\w{2,}", rest)) <= 1:
                foreign = About.OTHER if self._papers else About.PAPER
                return Subject(foreign, text, loose)
        if PAPERISH.search(text):
            return Subject(About.PAPER, text, loose)
        return Subject(About.UNSAID, text, loose)

    def names(self, text: str) -> bool:
        """Whether ``text`` has a given paper's name, whole."""
        return any(has_name(text, name) for name in self._papers)


def has_name(text: str, name: str) -> bool:
    """Whether ``text`` has ``name`` as a word: BERT is not named in RoBERTa."""
    whole = rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])"
    return re.search(whole, text, re.IGNORECASE) is not None
