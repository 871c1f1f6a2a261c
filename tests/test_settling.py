"""The minutes are the place to correct a reading: a table says how, and nothing of ours is lost."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from papernotes import cli
from papernotes.importing import letters
from papernotes.importing.command import interpret, load_papers
from papernotes.importing.parts import Part
from papernotes.importing.report import Row
from papernotes.importing.walk import walk
from papernotes.project import Refused
from tests.minutes import IDS, asked, empty, import_minutes, understand

ROBERTA = [IDS["roberta"]]
DAY = """\
# 10월 14일

- 표의 의미가 궁금한 이유
- 배치를 왜 키우는지 정리

## 피어세션
참석: 김가온, 이나래

### RoBERTa 질문
- NSP 를 왜 뺐나요?
  - 없어도 점수가 비슷해서
- 배치는 얼마인가요?
  - 가온: 8K 예요

### 코드 리뷰
- 왜 느린가요?
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return empty(tmp_path / "project")


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    file = tmp_path / "day.md"
    file.write_text(DAY, "utf-8")
    return file


def rows(root: Path, minutes: Path, part: Part | None = None) -> list[Row]:
    return understand(root, minutes, ROBERTA, part or Part()).rows


def row(found: list[Row], line: int) -> Row:
    return next(each for each in found if line in each.lines)


def edit(minutes: Path, line: int, after: str) -> None:
    lines = minutes.read_text("utf-8").split("\n")
    lines[line - 1] = after
    minutes.write_text("\n".join(lines), "utf-8")


def run(root: Path, minutes: Path, *arguments: str) -> int:
    given = ["import", str(minutes), "--paper", *ROBERTA, "--root", str(root), *arguments]
    return cli.main(given)


def files(root: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_every_line_is_in_the_table_once(root: Path, minutes: Path) -> None:
    numbers = [number for each in rows(root, minutes) for number in each.lines]
    written = [n for n, line in enumerate(DAY.split("\n"), 1) if line.strip()]
    assert sorted(numbers) == written


def test_the_table_says_what_a_line_was_taken_for_and_what_would_settle_it(
    root: Path, minutes: Path
) -> None:
    found = rows(root, minutes)
    assert row(found, 4).taken_for == "기록"
    assert "(논문: RoBERTa)" in row(found, 4).hint
    assert row(found, 10).taken_for == "질문"
    assert row(found, 11).taken_for == "답: 이름 없음"
    assert "`이름: `" in row(found, 11).hint
    assert row(found, 13).taken_for == "답: 가온"
    assert row(found, 13).hint == ""
    assert row(found, 16).taken_for == "다른 질문"
    assert "(논문: RoBERTa)" in row(found, 16).hint


@pytest.mark.parametrize(
    ("line", "after", "taken_for"),
    [
        (4, "- 배치를 왜 키우는지 정리 (논문: RoBERTa)", "질문"),
        (11, "  - 나래: 없어도 점수가 비슷해서", "답: 나래"),
        (16, "- 왜 느린가요? (논문: RoBERTa)", "질문"),
        (12, "- 배치는 얼마인가요? (논문: 없음)", "다른 질문"),
        (10, "- 기록: NSP 를 왜 뺐나요?", "기록"),
    ],
)
def test_the_letters_settle_it(
    line: int, after: str, taken_for: str, root: Path, minutes: Path
) -> None:
    edit(minutes, line, after)
    found = row(rows(root, minutes), line)
    assert (found.taken_for, found.hint) == (
        taken_for,
        found.hint if "다른" in taken_for else "",
    )


@pytest.mark.parametrize("line", ["- 왜?", "  > * [x] 왜?", "## 왜?", "1. A. 왜?", "왜?"])
def test_letters_stand_before_the_words_and_replace_each_other(line: str) -> None:
    asked = letters.label(line, "Q. ")
    assert asked.endswith("Q. 왜?")
    assert asked.removesuffix("Q. 왜?") == line.removesuffix("왜?").removesuffix("A. ")
    assert letters.label(asked, "기록: ").endswith(" 기록: 왜?") or asked == ("Q. 왜?")
    assert letters.paper(letters.paper(line, "BERT"), "GPT") == f"{line} (논문: GPT)"


def test_a_mended_line_is_taken_up_where_nobody_has_changed_the_draft(
    root: Path, minutes: Path
) -> None:
    assert run(root, minutes) == 0
    edit(minutes, 11, "  - 나래: 없어도 점수가 비슷해서")
    edit(minutes, 4, "- 배치를 왜 키우는지 정리 (논문: RoBERTa)")
    assert run(root, minutes) == 0
    found = {each.text: each for each in asked(root)}
    assert list(found) == ["배치를 왜 키우는지 정리", "NSP 를 왜 뺐나요?", "배치는 얼마인가요?"]
    assert found["NSP 를 왜 뺐나요?"].answers == (("나래", "없어도 점수가 비슷해서"),)
    before = files(root)
    assert run(root, minutes) == 0
    assert files(root) == before


def test_a_draft_that_a_person_has_changed_only_grows(root: Path, minutes: Path) -> None:
    run(root, minutes)
    note = root / "docs" / "papers" / "roberta.md"
    mended = note.read_text("utf-8").replace("## NSP 를", "## 왜 NSP 를")
    note.write_text(mended, "utf-8")
    edit(minutes, 11, "  - 나래: 없어도 점수가 비슷해서")
    edit(minutes, 4, "- 배치를 왜 키우는지 정리 (논문: RoBERTa)")
    assert run(root, minutes) == 0
    assert note.read_text("utf-8").startswith(mended)
    assert note.read_text("utf-8").count("\n## ") == 3


def test_a_dry_run_writes_nothing(
    root: Path, minutes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(root)
    assert run(root, minutes, "--dry-run") == 0
    assert files(root) == before
    printed = capsys.readouterr().out
    assert "질문 2개와 답 2개를 읽었어요." in printed
    assert "(논문: RoBERTa)" in printed


@pytest.mark.parametrize(
    ("part", "questions"),
    [
        (Part(lines="9-11"), ["NSP 를 왜 뺐나요?"]),
        (Part(lines="12-"), ["배치는 얼마인가요?", "왜 느린가요?"]),
        (Part(lines="12"), ["배치는 얼마인가요?"]),
        (Part(heading="RoBERTa 질문"), ["NSP 를 왜 뺐나요?", "배치는 얼마인가요?"]),
        (Part(heading="roberta"), ["NSP 를 왜 뺐나요?", "배치는 얼마인가요?"]),
        (Part(heading="코드 리뷰"), ["왜 느린가요?"]),
    ],
)
def test_a_part_can_be_read_alone(
    part: Part, questions: list[str], root: Path, minutes: Path
) -> None:
    found = rows(root, minutes, part)
    assert [each.words for each in found if "질문" in each.taken_for] == questions
    assert row(found, 7).taken_for == "참석자"  # who was there is known wherever it stands


@pytest.mark.parametrize("part", [Part(lines="0"), Part(lines="90-"), Part(lines="9-3"),
                                  Part(lines="x"), Part(heading="없는 제목")])  # fmt: skip
def test_a_part_that_is_not_there_is_refused(part: Part, root: Path, minutes: Path) -> None:
    with pytest.raises(Refused, match=r":1:1: PN704 .*요\."):
        rows(root, minutes, part)


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe:
        yield pipe


def walked(root: Path, minutes: Path, keys: PipeInput, typed: str) -> Path | None:
    keys.send_text(typed)
    papers = load_papers(root, minutes, ROBERTA)
    return walk(
        minutes,
        minutes.read_text("utf-8"),
        lambda text: interpret(root, minutes, text, Part(), papers).rows,
        screen=DummyOutput(),
        keys=keys,
    )


DOWN = "\x1b[B"


def test_the_walk_writes_letters_into_a_copy(root: Path, minutes: Path, keys: PipeInput) -> None:
    # to the first doubt, a question; to the next, said by 나래; a record, and that taken back
    copy = walked(root, minutes, keys, "dㅂ" + "ㅇd" + "n나래\r" + "ru" + "ㄴ")
    assert copy
    assert copy.name == "day.고침.md"
    assert minutes.read_text("utf-8") == DAY
    changed = [
        (one, other)
        for one, other in zip(DAY.split("\n"), copy.read_text("utf-8").split("\n"), strict=True)
        if one != other
    ]
    assert [other for _, other in changed] == [
        "- Q. 표의 의미가 궁금한 이유",
        "  - 나래: 없어도 점수가 비슷해서",
    ]
    import_minutes(root, copy, ROBERTA)
    assert (root / "docs" / "sessions" / "day.md").exists()


@pytest.mark.parametrize(("typed", "kept"), [("s", True), ("x", False), (f"q{DOWN}x", False)])
def test_a_walk_that_changes_nothing_leaves_no_copy(
    typed: str, kept: bool, root: Path, minutes: Path, keys: PipeInput
) -> None:
    assert walked(root, minutes, keys, typed) == (minutes if kept else None)
    assert list(minutes.parent.glob("*.md")) == [minutes]


def test_without_a_terminal_there_is_no_walk(root: Path, minutes: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from papernotes.cli import main; sys.exit(main())",
         "import", minutes, "--paper", *ROBERTA, "--root", root, "--walk"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--dry-run" in done.stderr
