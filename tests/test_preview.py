"""A live preview shows what was just saved: a note, a snippet's record, and our own code."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.preview import serve

SCRIPT = """
import os, sys, time
from importlib import import_module
from pathlib import Path
from markdown import Markdown
from papernotes.frontmatter import split

def page():
    body = split(Path("docs/papers/roberta.md").read_text("utf-8")).body
    extensions = ["attr_list", "toc", "pymdownx.superfences", "papernotes.extension"]
    return Markdown(extensions=extensions).convert(body)

def change(path, old, new):
    file = Path(path)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    later = time.time() + 5
    os.utime(file, (later, later))
    time.sleep(0.3)

first = page()
change("docs/papers/roberta.md", "같은 마스크를 네 번 본다는 말", "마스크 넷")
change("snippets/roberta/static_masking.txt", "40x", "41x")
change("papernotes/render/passage.py", "풀이 · {OURS}", "설명 · {OURS}")
second = page()
for name, old, new in [
    ("note", "같은 마스크를 네 번 본다는 말</h2>", "마스크 넷</h2>"),
    ("record", "40x", "41x"),
    ("code", "풀이 · 편집", "설명 · 편집"),
]:
    print(name, old in first, new in first, old in second, new in second)
change("docs/papers/roberta.md", "year: 2019", "year: 2091")
print("front matter", "2091" in second, "2091" in page())
"""


def test_a_rebuild_in_one_process_shows_what_was_saved(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=project, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "note True False False True",
        "record True False False True",
        "code True False False True",
        "front matter False True",
    ]


@pytest.mark.browser
def test_a_saved_note_is_on_screen_with_all_that_it_says(project: Path, browser: Browser) -> None:
    with serve(project, project / "preview.log") as url:
        page = browser.new_page()
        page.goto(url + "papers/roberta/")
        expect(page.locator("[data-status=answered]")).to_have_count(2)
        note = project / "docs" / "papers" / "roberta.md"
        text = note.read_text("utf-8").replace("status: open", "status: answered", 1)
        note.write_text(text.replace("year: 2019", "year: 2091", 1), "utf-8")
        # The browser reloads by itself.
        expect(page.locator("[data-status=answered]")).to_have_count(3, timeout=60_000)
        expect(page.locator(".pn-paper")).to_contain_text("2091")
        expect(page.locator("blockquote[data-verified]").first).to_be_visible()
        broken = text.replace("duplicated 10 times", "duplicated 12 times")
        note.write_text(broken, "utf-8")
        expect(page.locator(".pn-unverified")).to_have_count(1, timeout=60_000)
        page.close()
