"""What people wrote passes the commands, and what members said in the first minutes is kept."""

from difflib import SequenceMatcher

import pytest

from papernotes import cli
from papernotes.importing.read import read
from papernotes.note import library
from papernotes.note.model import NAMELESS, Answer
from papernotes.note.plain import plain
from tests.conftest import ROOT

MINUTES = ROOT / "tests" / "data" / "minutes" / "roberta-electra.md"


def test_the_notes_pass_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--root", str(ROOT)]) == 0, capsys.readouterr().out


def test_the_answers_of_the_first_minutes_still_stand() -> None:
    """Spelling and spacing may be mended, words and names may not; all else is free to change."""
    minutes = read(MINUTES.read_text("utf-8"))
    said = [answer for topic in minutes.topics for answer in topic.answers]
    assert len(said) == 14
    answers = [
        (block.by, "".join(plain(block.text).split()))
        for _, passage in library.load(ROOT).passages
        for block in passage.blocks
        if isinstance(block, Answer)
    ]
    for each in said:
        words = "".join(each.text.split())
        theirs = [text for by, text in answers if by == (each.by or NAMELESS)]
        likeness = [SequenceMatcher(None, words, text, autojunk=False).ratio() for text in theirs]
        assert max(likeness, default=0) > 0.95, each
