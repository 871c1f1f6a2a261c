"""What CI runs follows from the files of a change, and a name cannot talk it out of a test."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from papernotes.review import scope
from tests.conftest import git

Change = Callable[[], object]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one of each, committed."""
    for path in (
        *("docs/papers/a.md", "docs/snippets", "snippets/a/b.py", "ids/a.txt"),
        *("papernotes/cli.py", "tests/test_a.py", "docs/rules/pn101.md"),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(f"{path} as it was, long enough to be seen as renamed\n" * 9)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "change")


def code(folder: Path) -> list[str]:
    commit(folder)
    return [each.path for each in scope.changed("HEAD^1", str(folder)) if not each.is_content]


@pytest.mark.parametrize(
    "path",
    [
        *("docs/papers/moco.md", "docs/sessions/3월.md", "docs/glossary.md", "docs/index.md"),
        *("docs/notebooks/moco.py", "docs/assets/그림.svg", "snippets/moco/queue.py"),
        *("snippets/moco/queue.txt", "fingerprints/1911.05722v1.json", "ids/moco.txt"),
    ],
)
def test_what_people_write_is_content(repository: Path, path: str) -> None:
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_text("new")
    assert code(repository) == []
    (repository / path).write_text("changed")
    assert code(repository) == []
    (repository / path).unlink()
    assert code(repository) == []


@pytest.mark.parametrize(
    "path",
    [
        *("Makefile", "mkdocs.yml", "requirements.txt", "papernotes/new.py", "unknown/file"),
        *("tests/docs/papers/a.md", "tests/live/test_pages.py", ".github/workflows/ci.yml"),
        *("docs/rules/pn301.md", "docs/contributing.md", "docs/papers/deep/a.md"),
        *("docs/papers/a.md.py", "docs/papers/.a.md", "docs/papers/conftest.py", "docs/x.html"),
        *("docs/notebooks/lib/x.py", "snippets/x.py", "snippets/a/b.pth", "snippets/.x/a.py"),
        *("fingerprints/README.md", "ids/.gitattributes", "docs/assets/a.js", "ids/a.txt\n"),
        *("docs\\papers\\a.md", "Docs/papers/a.md", "docs/papers/a.md\nx", "docs /papers/a.md"),
    ],
)
def test_all_else_is_code(repository: Path, path: str) -> None:
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_text("x")
    assert code(repository) == [path]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("papernotes/cli.py", "docs/papers/cli.md"),
        ("docs/papers/a.md", "papernotes/a.py"),
        ("tests/test_a.py", "snippets/a/test_a.py"),
    ],
)
def test_either_side_of_a_rename_counts(repository: Path, before: str, after: str) -> None:
    git(repository, "config", "diff.renames", "copies")
    git(repository, "mv", before, after)
    assert code(repository) == [each for each in (before, after) if "docs/papers" not in each][:1]


def test_a_link_a_program_and_another_repository_are_code(repository: Path) -> None:
    note = repository / "docs/papers/a.md"
    note.chmod(0o755)
    assert code(repository) == ["docs/papers/a.md"]
    note.unlink()
    note.symlink_to("../../papernotes/cli.py")
    assert code(repository) == ["docs/papers/a.md"]
    note.unlink()
    note.write_text("an ordinary file again")
    assert code(repository) == ["docs/papers/a.md"]
    head = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},docs/papers/b.md")
    git(repository, "commit", "--quiet", "--message", "a repository in the place of a note")
    changed = scope.changed("HEAD^1", str(repository))
    assert [each.path for each in changed if not each.is_content] == ["docs/papers/b.md"]


def test_a_change_to_both_is_code_and_names_it(repository: Path) -> None:
    (repository / "docs/papers/a.md").write_text("changed")
    (repository / "papernotes/cli.py").write_text("changed")
    assert code(repository) == ["papernotes/cli.py"]


def test_it_runs_by_itself_as_the_workflow_runs_it(repository: Path) -> None:
    def say(base: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-I", "-", base],
            cwd=repository,
            input=Path(scope.__file__).read_text("utf-8"),
            capture_output=True,
            text=True,
        )

    (repository / "docs/papers/a.md").write_text("changed")
    commit(repository)
    assert say("HEAD^1").stdout == "code=false\n"
    (repository / "Makefile").write_text("all:\n")
    commit(repository)
    assert say("HEAD^1").stdout == "code=true\n"
    assert say("no-such-commit").returncode != 0
    assert say("no-such-commit").stdout == ""
