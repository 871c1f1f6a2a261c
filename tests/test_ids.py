"""An address is free until the main branch has it, and stays from then on."""

import subprocess
from pathlib import Path

import pytest

from papernotes import cli
from papernotes.check.check import check
from tests.minutes import empty

SECTION = """\

## 제목 {{ #{id} }}

/// quote | p. 2
We find that BERT was significantly undertrained
///

/// question
    status: open

왜 그런가요?
///
"""


def git(root: Path, *arguments: str) -> None:
    options = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(root), *options, *arguments], check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "state")


def write(root: Path, identifier: str) -> None:
    note = root / "docs" / "papers" / "roberta.md"
    front = (root / "docs" / "papers" / "survey.md").read_text("utf-8").partition("references")[0]
    front = front.replace("2101.00001v1", "1907.11692v1").replace("Survey", "RoBERTa")
    note.write_text(f"{front}---\n{SECTION.format(id=identifier)}", "utf-8")


def fix(root: Path) -> list[str]:
    cli.main(["check", "--fix", "--root", str(root)])
    return (root / "ids" / "roberta.txt").read_text("utf-8").split()


def about_ids(root: Path) -> set[str]:
    return {p.code for p in check(root).problems} & {"PN511", "PN512"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = empty(tmp_path / "project")
    git(root.parent, "init", "-q", "-b", "main", str(root))
    commit(root)
    git(root, "switch", "-qc", "change")
    write(root, "first")
    assert fix(root) == ["first"]
    return root


@pytest.mark.parametrize("committed", [False, True])
def test_an_address_that_main_does_not_have_may_change(root: Path, committed: bool) -> None:
    if committed:
        commit(root)
    write(root, "second")
    assert about_ids(root) == {"PN512"}
    assert fix(root) == ["second"]
    assert about_ids(root) == set()


def test_an_address_that_main_has_stays(root: Path) -> None:
    commit(root)
    git(root, "branch", "-f", "main", "change")
    write(root, "second")
    assert about_ids(root) == {"PN511", "PN512"}
    assert fix(root) == ["first", "second"]
    assert about_ids(root) == {"PN511"}


def test_without_git_what_is_listed_counts_as_published(root: Path) -> None:
    (root / ".git").rename(root.parent / "gone")
    write(root, "second")
    assert about_ids(root) == {"PN511", "PN512"}
    assert fix(root) == ["first", "second"]
