"""The search in a live preview."""

import json
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.preview import Preview, options


def titles(preview: Preview) -> set[str]:
    """What the preview's index holds now; nothing while there is none."""
    try:
        with urlopen(f"{preview.url}search/index.json") as answer:
            return {entry["title"] for entry in json.load(answer)["entries"]}
    except HTTPError:
        return set()


def wait_for(preview: Preview, title: str) -> None:
    until = time.monotonic() + 60
    while title not in titles(preview):
        assert time.monotonic() < until, preview.said
        time.sleep(0.1)


def test_what_was_saved_is_found_in_a_preview(project: Path) -> None:
    with Preview(project, *options()) as preview:
        wait_for(preview, "같은 마스크를 네 번 본다는 말")
        note = project / "docs/papers/roberta.md"
        text = note.read_text("utf-8")
        note.write_text(text.replace("같은 마스크를 네 번 본다는 말", "새 제목"), "utf-8")
        wait_for(preview, "새 제목")
