"""Markdown that does not show as meant, found by rumdl.

``rumdl.toml`` beside this file says which rules are on, and why each is.
"""

import json
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from papernotes.note import library
from papernotes.note.model import Quote
from papernotes.problems import Problem

CONFIG = Path(__file__).with_name("rumdl.toml")
_PROGRAM = Path(sysconfig.get_path("scripts")) / "rumdl"

MESSAGES = {
    "MD001": "제목의 단계를 건너뛰었어요. 바로 위 제목보다 `#`을 하나만 더 적어 주세요.",
    "MD011": "링크의 괄호가 뒤바뀌었어요. `[글](주소)`처럼 적어 주세요.",
    "MD034": "괄호 없는 주소는 사이트에서 링크가 되지 않아요. `<주소>`처럼 감싸 주세요.",
    "MD042": "링크에 주소가 없어요. 주소를 적거나 괄호를 지워 주세요.",
    "MD046": "네 칸 들인 글은 코드가 돼요. 코드면 ``` 줄로 감싸고, 글이면 들이지 마세요.",
    "MD052": "`[글][이름]`의 이름이 정해져 있지 않아요. `[글](주소)`처럼 적어 주세요.",
    "MD056": "표의 칸의 수가 머리줄과 달라요. `|`의 수를 맞추고, 글자면 `\\|`로 적어 주세요.",
    "MD066": "각주의 짝이 맞지 않아요. `[^이름]`과 `[^이름]: 글`을 하나씩 적어 주세요.",
    "MD070": "코드 안에 같은 길이의 ``` 줄이 있어요. 바깥의 `를 하나 더 길게 적어 주세요.",
    "MD077": "목록 항목에 이어지는 글의 들여쓰기가 네 칸이 아니에요. 네 칸 들여 주세요.",
    "MD092": "풀지 않은 병합 표시가 있어요. 맞는 쪽만 남기고 표시를 지워 주세요.",
}
"""What to say of each rule."""


def problems(root: Path, paths: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with the pages at ``paths`` (below ``docs/``).

    What a paper says is as it is, and so is what stands behind ``>``: quotations are left alone.
    """
    if not paths:
        return
    try:
        findings = _run(root, paths)
    except (OSError, ValueError) as error:
        message = f"rumdl을 돌릴 수 없어요({error}). `make check`로 다시 설치해 주세요."
        yield Problem("requirements.txt", 1, 1, "PN810", message)
        return
    for found in findings:
        path = Path(found["file"]).relative_to(root / "docs").as_posix()
        if not _is_passed_over(root, path, found):
            message = MESSAGES[found["rule"]]
            yield Problem(f"docs/{path}", found["line"], found["column"], "PN810", message)


def _run(root: Path, paths: Sequence[str]) -> list[dict[str, Any]]:
    """Return what rumdl says; raises OSError or ValueError where it says nothing."""
    done = subprocess.run(
        [
            *(_PROGRAM, "check", "--no-cache", "--no-exclude", "--config", CONFIG),
            *("--output-format", "json", "--show-full-path", "--", *paths),
        ],
        cwd=root / "docs",
        capture_output=True,
        text=True,
    )
    if done.returncode not in (0, 1):  # 1: it found something
        raise ValueError(done.stderr.strip())
    findings: list[dict[str, Any]] = json.loads(done.stdout)
    return findings


def _is_passed_over(root: Path, path: str, found: Mapping[str, Any]) -> bool:
    """Tell of a quotation, and of what is no such thing, as a fence or a paragraph that goes on."""
    page, number = library.read(root, path), found["line"]
    at = max(number - page.first_line, 0)
    above, line = ["", *page.body.split("\n"), ""][at : at + 2]
    return (
        line.startswith(">")
        or (found["rule"] == "MD077" and above.strip() != "" and "```" not in line)
        or (found["rule"] == "MD046" and not line[:1].isspace())
        or (found["rule"] == "MD034" and line[: found["column"] - 1].endswith('">'))
        or any(
            isinstance(block, Quote)
            and block.text_line <= number <= block.text_line + block.text.count("\n")
            for block in page.blocks
        )
    )
