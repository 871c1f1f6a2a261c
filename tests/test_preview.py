"""A live preview shows what was just saved: a note, a snippet's record, and our own code."""

import subprocess
import sys
from pathlib import Path

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
    ]
