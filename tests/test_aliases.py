"""A term is found by the spelling of its English name by ear; the check proposes it."""

import pytest

from papernotes.check.korean import proposed
from papernotes.note.hangul import spellings
from papernotes.note.model import Term


@pytest.mark.parametrize(
    ("english", "by_ear"),
    [
        ("cross-entropy", ("크로스 엔트로피",)),
        ("positional embeddings", ("포지셔널 임베딩",)),
        ("fine-tuning", ("파인튜닝",)),
        ("Attention", ("어텐션",)),
        ("target network", ("타깃 네트워크", "타겟 네트워크")),
        ("pairwise Bradley-Terry ranking", ()),
        ("", ()),
    ],
)
def test_a_name_is_spelled_where_every_word_is_known(english: str, by_ear: tuple[str, ...]) -> None:
    assert spellings(english) == by_ear


def term(name: str, english: str, *aliases: str) -> Term:
    return Term("", 1, 1, "id", name, english, (name, english, *aliases))


def test_only_what_is_not_among_the_names_is_proposed() -> None:
    assert proposed(term("교차 엔트로피", "cross-entropy")) == ("크로스 엔트로피",)
    assert proposed(term("교차 엔트로피", "cross-entropy", "크로스엔트로피")) == ()
    assert proposed(term("소프트맥스", "softmax")) == ()
    assert proposed(term("개발 세트", "development set", "dev set")) == ("데브 셋",)
