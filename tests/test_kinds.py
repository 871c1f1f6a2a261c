"""The table of blocks holds every block of the model, each told apart."""

from typing import get_args

from papernotes.note.kinds import KINDS
from papernotes.note.model import PassageBlock


def test_every_block_of_a_passage_has_its_kind() -> None:
    classes = {made.kind for made in get_args(PassageBlock)}
    assert classes | {"evidence"} == {kind.name for kind in KINDS.values() if not kind.on_pages}


def test_readers_can_tell_the_kinds_apart() -> None:
    labels = [kind.label for kind in KINDS.values()]
    assert len(set(labels)) == len(labels)
    assert KINDS["gist"].label == "짧은 답"
    assert KINDS["addition"].label == "덧붙임"
