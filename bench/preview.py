"""How long a saved note takes to be on screen: from the save to its text in a real Chromium.

``python -m bench.preview 200 1000`` starts the preview as ``make serve`` does, over that many
generated notes, with one of them open in the browser, and saves that one over and over.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.generate import generate
from tests.browser import launch
from tests.preview import Preview, options

SAVES = 10
NOTE = "docs/papers/note-7.md"
PAGE = "papers/note-7/"
MOST_SECONDS = 60
FIRST_BUILD_SECONDS = 1200


def seconds_to_screen(project: Path) -> list[float]:
    """Return the seconds of each save."""
    note = project / NOTE
    source = note.read_text("utf-8")
    times = []
    with (
        Preview(project, *options(), patience=FIRST_BUILD_SECONDS) as preview,
        launch() as browser,
    ):
        page = browser.new_page()
        page.goto(preview.url + PAGE)
        for number in range(SAVES):
            time.sleep(1 + number / SAVES)  # the watcher looks twice a second: meet it anywhere
            sentence = f"방금 저장한 글 {number}"
            saved = time.perf_counter()
            note.write_text(source.replace("\n## ", f"\n{sentence}\n\n## ", 1), "utf-8")
            page.get_by_text(sentence, exact=True).wait_for(timeout=MOST_SECONDS * 1000)
            times.append(time.perf_counter() - saved)
    return times


def main(sizes: list[int]) -> None:
    """Print the table, in Markdown."""
    print("| 노트 | 저장에서 화면까지, 가운데 (초) | 가장 긴 것 (초) |\n|---:|---:|---:|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            generate(Path(name) / "notes", size)
            times = seconds_to_screen(Path(name) / "notes")
        print(f"| {size} | {statistics.median(times):.2f} | {max(times):.2f} |", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
