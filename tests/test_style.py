"""Markdown that readers would not see as meant: every rule that is on finds its mistake."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from papernotes.check import style
from papernotes.check.check import check

MISTAKES = {
    "MD001": ("# 제목\n\n### 셋째 단계\n", 3),
    "MD011": ("(글)[https://example.com]\n", 1),
    "MD034": ("https://example.com 을 봐요.\n", 1),
    "MD042": ("[글]()을 봐요.\n", 1),
    "MD046": ("글이에요.\n\n    code = 1\n", 3),
    "MD052": ("[글][없음]을 봐요.\n", 1),
    "MD056": ("| a | b |\n|---|---|\n| 1 |\n", 3),
    "MD066": ("글이에요[^1].\n", 1),
    "MD070": ("```markdown\n```python\na = 1\n```\n```\n", 1),
    "MD077": ("1. 하나\n\n   이어진 글\n", 3),
    "MD092": ("<<<<<<< HEAD\n하나\n=======\n둘\n>>>>>>> topic\n", 1),
}


def found(root: Path, text: str) -> list[tuple[int, str]]:
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs" / "a.md").write_text(text, "utf-8")
    return [(each.line, each.message) for each in style.problems(root, ["a.md"])]


def test_every_rule_that_is_on_has_a_message_and_a_mistake() -> None:
    config = tomllib.loads(style.CONFIG.read_text("utf-8"))
    assert set(config["global"]["enable"]) == style.MESSAGES.keys() == MISTAKES.keys()


@pytest.mark.parametrize("rule", MISTAKES)
def test_a_mistake_is_found_on_its_line(rule: str, tmp_path: Path) -> None:
    text, line = MISTAKES[rule]
    assert (line, style.MESSAGES[rule]) in found(tmp_path, text)


def test_our_blocks_are_no_mistakes(tmp_path: Path) -> None:
    text = (
        "## 제목 { #a }\n\n/// quote | §4.1, p. 4\nA [MASK] token … [수식] and [sic].\n///\n\n"
        "/// question\n    status: open\n    tags: [a]\n\n왜요?\n///\n\n"
        '/// snippet | a/b.py\n    alt: "그림"\n\n///\n\n[글](a.md){ .pn-more }\n'
    )
    assert found(tmp_path, text) == []


def test_what_a_paper_says_is_left_alone(project: Path, edit: Callable[..., Path]) -> None:
    path = "docs/papers/electra.md"
    edit(path, "the majority class, perhaps", "the (majority)[class], perhaps")
    found = [problem.code for problem in check(project).problems]
    assert "PN810" not in found
    edit(path, "판별자가 어느 토큰에나", "(판별자)[가] 어느 토큰에나")
    assert "PN810" in [problem.code for problem in check(project).problems]


def test_without_the_linter_a_person_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style, "_PROGRAM", tmp_path / "none")
    [(_, message)] = found(tmp_path, "글이에요.\n")
    assert "make check" in message


def test_a_linter_that_fails_is_not_taken_for_one_that_found_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style, "CONFIG", tmp_path / "none.toml")
    [(_, message)] = found(tmp_path, "글이에요.\n")
    assert "make check" in message
