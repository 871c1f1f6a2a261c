"""How well minutes are read: an import of each of the corpus, held against what is right."""

import sys
import tempfile
from pathlib import Path

from tests.minutes import Count, Score, corpus, drafted, score, truth


def measure(files: list[Path]) -> Score:
    """Import each of ``files`` into a project of its own; return all that was counted."""
    total = Score()
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            right = truth(file)
            found = score(drafted(file, right.papers, Path(folder) / "project"), right)
        found.wrong = [f"{file.stem}: {each}" for each in found.wrong]
        total.add(found)
    return total


def _row(name: str, total: Score) -> str:
    def both(count: Count) -> str:
        return f"{count.precision:.2f} / {count.recall:.2f}"

    # Speakers and statuses are counted only where the answer or the question was found at all.
    shares = [total.speakers.recall, total.statuses.recall]
    pairs = [total.questions, total.answers, total.quotations]
    numbers = f"{total.questions.right}/{total.questions.drafted}/{total.questions.wanted}"
    return " | ".join(
        [f"| {name}", numbers, *map(both, pairs), *(f"{share:.2f}" for share in shares)]
    )


BEFORE = """\
| 보며 고친 것 30개, 고치기 전 | 37/79/69 | 0.47 / 0.54 | 0.33 / 0.36 | 0.36 / 0.42 | 0.98 | 0.81 |
| 따로 둔 것 15개, 고치기 전 | 23/44/34 | 0.52 / 0.68 | 0.41 / 0.46 | 0.78 / 1.00 | 1.00 | 0.78 |"""
"""What the same minutes gave at dd6a0a8, before they were read for what is asked in them."""


def main(arguments: list[str]) -> None:
    """Print the table, in Markdown; with ``--wrong``, what was read wrongly, too."""
    print(
        "| 회의록 | 질문: 맞은 것/만든 것/있는 것 | 질문 (정밀도 / 재현율) | 답의 자리 "
        "| 인용의 질문 | 말한 사람 | 상태 |\n|---|---:|---:|---:|---:|---:|---:|"
    )
    print(BEFORE)
    for name, held_out in (("보며 고친 것", False), ("따로 둔 것", True)):
        total = measure(corpus(held_out=held_out))
        print(f"{_row(f'{name} {len(corpus(held_out=held_out))}개', total)} |", flush=True)
        if "--wrong" in arguments:
            print("\n".join(total.wrong), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
