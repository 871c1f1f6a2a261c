"""What each line of the minutes was taken for, as a table that a secretary can read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from papernotes.importing.assign import Placed
from papernotes.importing.model import (
    MAYBE,
    NAMELESS_DOUBT,
    PICTURE,
    UNSURE_NAME,
    About,
    Heading,
    Minutes,
    Remark,
    Said,
    Topic,
)
from papernotes.note.model import NAMELESS

_WIDTH = 100
_OURS = "논문의 질문이면 끝에 `(논문: {})`"

QUESTION, ANSWER, RECORD = "질문", "답", "기록"
"""What a line is taken for; these a person may choose."""


@dataclass(frozen=True)
class Row:
    """Some lines of the minutes: what they were taken for, how they begin, and what would help.

    ``hint`` (Korean) says which letters would settle a doubt; it is empty where there is none.
    """

    lines: tuple[int, ...]
    taken_for: str
    words: str
    hint: str = ""


def rows(minutes: Minutes, placed: Sequence[Placed], text: str, names: Sequence[str]) -> list[Row]:
    """Return a row for each thing that was read, in the order of the minutes' lines.

    ``text`` are the minutes, ``names`` the papers' short names.
    """
    raw = text.split("\n")
    by_line = {each.line: each for each in placed}
    headed = any(each.topic.subject.about is About.PAPER for each in placed)
    found = [row for entry in minutes.entries for row in _rows(entry, by_line, names)]
    if minutes.participant_lines:
        found.append(Row(minutes.participant_lines, "참석자", ", ".join(minutes.participants)))
    for left in minutes.leftovers:
        found.append(Row(left.lines, "그림" if left.code == PICTURE else "옮기지 않음", ""))
    shown = [
        replace(
            row,
            words=row.words or raw[row.lines[0] - 1].strip(),
            hint=_OURS.format(names[0]) if headed and row.hint == MAYBE else row.hint,
        )
        for row in found
        if row.lines
    ]
    return sorted(shown, key=lambda row: row.lines[0])


def _rows(
    entry: Heading | Remark | Topic, placed: dict[int, Placed], names: Sequence[str]
) -> Iterator[Row]:
    match entry:
        case Heading():
            yield Row((entry.line,), "제목", entry.text)
        case Remark():
            yield Row(entry.lines, RECORD, entry.text, entry.doubt)
        case Topic():
            yield _question(entry, placed[entry.question.lines[0]], names)
            for said in entry.answers:
                yield Row(said.lines, f"{ANSWER}: {said.by or NAMELESS}", said.text, _hint(said))
            for said in entry.deferred:
                yield Row(said.lines, "멘토에게", said.text)
            for said in entry.evidence:
                yield Row(said.lines, "원문", said.text)


def _question(topic: Topic, placed: Placed, names: Sequence[str]) -> Row:
    asked = topic.question
    by = f" ({asked.by})" if asked.by else ""
    if placed.paper is None:
        return Row(asked.lines, f"다른 질문{by}", asked.text, _OURS.format(names[0]))
    paper = f" {names[placed.paper]}" if len(names) > 1 else ""
    quoted = f", 인용 {placed.found.place.label}" if placed.found else ""
    hint = "다른 논문의 질문이면 끝에 `(논문: 이름)`" if placed.doubt else ""
    return Row(asked.lines, f"{QUESTION}{by}{paper}{quoted}", asked.text, hint)


def _hint(said: Said) -> str:
    if said.doubt == NAMELESS_DOUBT:
        return "누구인지 알면 앞에 `이름: `"
    return "이름이 아니면 `:`을 빼기" if said.doubt == UNSURE_NAME else said.doubt


def spans(numbers: Sequence[int]) -> str:
    """Return line numbers as people write them: ``3-5, 9``."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{p[0]}-{p[-1]}" if len(p) > 1 else str(p[0]) for p in parts)


def merged(found: Sequence[Row]) -> Iterator[Row]:
    """Put neighbouring rows of the record together that need nobody's look."""
    for _, group in groupby(found, lambda row: (row.taken_for, bool(row.hint))):
        first, *others = group
        if first.hint or first.taken_for not in (RECORD, "제목", "옮기지 않음"):
            yield from (first, *others)
        else:
            behind = (number for row in others for number in row.lines)
            yield replace(first, lines=(*first.lines, *behind))


def show(found: Sequence[Row], console: Console | None = None) -> None:
    """Print the table, and how many lines want a look."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    table.add_column("행", justify="right", no_wrap=True)
    table.add_column("읽은 것", overflow="fold")
    table.add_column("회의록", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("고치려면", overflow="fold", style="yellow")
    for row in merged(found):
        words = " ".join(row.words.split())
        table.add_row(spans(row.lines), Text(row.taken_for), Text(words), Text(row.hint))
    console = console or Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH)
    console.print(table)
    console.print(summary(found))


def summary(found: Sequence[Row]) -> str:
    """Return how much was read, in a sentence."""
    questions = sum(row.taken_for.startswith(QUESTION) for row in found)
    answers = sum(row.taken_for.startswith(ANSWER) for row in found)
    elsewhere = sum(row.taken_for.startswith("다른 질문") for row in found)
    doubtful = sum(bool(row.hint) for row in found)
    parts = [f"질문 {questions}개와 답 {answers}개를 읽었어요."]
    if elsewhere:
        parts.append(f"논문의 질문이 아닌 듯한 {elsewhere}개는 모임 기록에 남겨요.")
    if doubtful:
        parts.append(
            f"확실하지 않은 줄이 {doubtful}개 있어요. "
            "회의록에서 그 줄에 적어 준 글자를 보태고 같은 명령을 다시 돌려 주세요."
        )
    return " ".join(parts)
