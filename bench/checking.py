"""How fast notes are checked: quotations a second, and the whole check at two sizes."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.generate import generate
from papernotes.fingerprint import quotations
from papernotes.note import library

SIZES = (1000, 2000)
REPEATS = 200


def quotations_a_second() -> float:
    """Verify the repository's own quotations over and over; return how many a second."""
    found = library.load(Path().resolve())
    every = [quote for _, passage in found.passages for quote in passage.quotes]
    papers = [quotations.find_fingerprint(found.root, quote.paper.arxiv) for quote in every]
    started = time.perf_counter()
    for _ in range(REPEATS):
        for quote, paper in zip(every, papers, strict=True):
            assert paper
            assert not quotations.findings(quote, paper)
    return REPEATS * len(every) / (time.perf_counter() - started)


def seconds(notes: int) -> float:
    """Time ``papernotes check``, a new process, over ``notes`` generated notes."""
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), notes)
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", "from papernotes.cli import main; main(['check'])"],
            cwd=folder,
            capture_output=True,
            text=True,
        )
        taken = time.perf_counter() - started
    total = 6 * notes
    if f"인용 {total}/{total}개를" not in done.stdout:
        raise SystemExit(done.stdout[:2000] + done.stderr)
    return taken


def main() -> None:
    """Print the table, in Markdown."""
    print(f"인용 {quotations_a_second():,.0f}개를 1초에 대조했어요.\n")
    small, large = (seconds(size) for size in SIZES)
    print("| 노트 | 인용 | 검사 (초) | 배 |\n|---:|---:|---:|---:|")
    print(f"| {SIZES[0]} | {6 * SIZES[0]} | {small:.2f} | 1 |")
    print(f"| {SIZES[1]} | {6 * SIZES[1]} | {large:.2f} | {large / small:.2f} |")


if __name__ == "__main__":
    main()
