"""A project of N notes like those of the tests, for measuring what grows and how."""

import random
import re
import shutil
from pathlib import Path

from tests.conftest import PROJECT, copy_project

SOURCE = PROJECT / "docs" / "papers" / "roberta.md"
SESSION = PROJECT / "docs" / "sessions" / "roberta-electra.md"
PAPER = "1907.11692v1"


def generate(folder: Path, notes: int, seed: int = 0) -> None:
    """Write a project of ``notes`` notes into ``folder``, with a session for every two.

    Each note has six passages and a paper, a fingerprint and published ids of its own. The words
    of members and editors are shuffled, so that no two notes compress into one; quotations
    stay as they are, for they must be verified.
    """
    shuffle = random.Random(seed)
    source = SOURCE.read_text("utf-8")
    fingerprint = (PROJECT / "fingerprints" / f"{PAPER}.json").read_text("utf-8")
    copy_project(folder)
    for name in ("docs/papers/*a.md", "docs/sessions/*a.md", "ids/*"):
        for file in folder.glob(name):
            file.unlink()
    shutil.rmtree(folder / "docs" / "rules")
    (folder / "docs" / "contributing.md").write_text("# 참여하기\n", "utf-8")
    for number in range(notes):
        arxiv = f"30{number // 10000:02}.{number % 10000:05}v1"
        text = _renamed(source, number, arxiv)
        text = re.sub(
            r"(?<=\n\n)[^\n/#|*$>-].{80,}", lambda match: _shuffled(match[0], shuffle), text
        )
        (folder / "docs" / "papers" / f"note-{number}.md").write_text(text, "utf-8")
        (folder / "fingerprints" / f"{arxiv}.json").write_text(
            fingerprint.replace(PAPER, arxiv), "utf-8"
        )
        ids = re.findall(r"^## .*\{ #([\w-]+) \}", text, re.M)
        (folder / "ids" / f"note-{number}.txt").write_text("\n".join(ids) + "\n", "utf-8")
        if number % 2 == 0:
            session = _session(SESSION.read_text("utf-8"), number, notes)
            (folder / "docs" / "sessions" / f"session-{number // 2}.md").write_text(
                session, "utf-8"
            )


def _renamed(source: str, number: int, arxiv: str) -> str:
    text = re.sub(r"(?<=\{ #)([\w-]+)(?= \})", rf"\1-{number}", source)
    text = text.replace(f"arxiv: {PAPER}", f"arxiv: {arxiv}")
    session = f"session-{number // 2}"
    text = text.replace("sessions/roberta-electra.md", f"sessions/{session}.md")
    text = text.replace("session: roberta-electra", f"session: {session}")
    # BERT and ELECTRA would be quoted a thousand times over: each note quotes its own paper.
    text = re.sub(r"\n/// evidence.*?\n///\n\n/// translation.*?\n///\n", "\n", text, flags=re.S)
    text = re.sub(r"references:\n(?:  .*\n)+", "", text)
    text = text.replace("year: 2019", f"year: {2017 + number % 10}")
    return text.replace("short: RoBERTa", f"short: Note {number}")


def _session(source: str, number: int, notes: int) -> str:
    lines = [line for line in source.split("\n") if "electra.md" not in line]
    text = re.sub(
        r"papers/roberta\.md#([\w-]+)", rf"papers/note-{number}.md#\1-{number}", "\n".join(lines)
    )
    pair = ", ".join(f"note-{each}" for each in (number, number + 1) if each < notes)
    return text.replace("papers: [roberta, electra]", f"papers: [{pair}]")


def _shuffled(paragraph: str, shuffle: random.Random) -> str:
    # Markup must stay whole, and 한다(do) must not come to end a sentence.
    if any(mark in paragraph for mark in [*"`[$<", "다("]):
        return paragraph
    words = re.findall(r"(?:\*\*[^*]+\*\*|\S)+", paragraph)
    shuffle.shuffle(words)
    return " ".join(words)
