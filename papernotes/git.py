"""What git knows of an earlier state of the project."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class Blobs:
    """Files as git keeps them, by their ids, from one git process; used in a ``with`` block.

    Source of the form: git-cat-file(1), "Batch Output".
    """

    def __init__(self, root: Path) -> None:
        """Start git in ``root``; raises ``ValueError`` where there is no git."""
        command = ["git", "-C", str(root), "cat-file", "--batch"]
        try:
            self._git = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except FileNotFoundError as error:
            raise ValueError("git") from error

    def __enter__(self) -> "Blobs":
        return self

    def __exit__(self, *_: object) -> None:
        self._git.communicate()

    def text(self, blob: str) -> str | None:
        """Return a file's text; None where there is none of this id."""
        asked, answered = self._git.stdin, self._git.stdout
        assert asked is not None  # pipes, as __init__ says
        assert answered is not None
        try:
            asked.write(f"{blob}\n".encode())
            asked.flush()
        except OSError:  # git has ended
            return None
        head = answered.readline().split()
        if len(head) != 3:
            return None
        return answered.read(int(head[2]) + 1)[:-1].decode("utf-8", "replace")


@dataclass(frozen=True)
class Change:
    """A file that differs from an earlier commit: its path then and now, None where absent.

    ``modes`` are git's, then and now; a file not yet added has none.
    """

    before: str | None
    after: str | None
    modes: tuple[str, str] = ("", "")

    @property
    def path(self) -> str:
        """Its path now, or then where it is gone."""
        return self.after or self.before or ""


def git(root: Path, *arguments: str) -> str:
    """Run git in ``root`` and return what it prints.

    Raises ``ValueError`` with git's own words where it fails.
    """
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True)
    except FileNotFoundError as error:
        raise ValueError("git") from error
    except subprocess.CalledProcessError as error:
        raise ValueError(error.stderr.decode(errors="replace").strip()) from error
    return os.fsdecode(done.stdout)


def is_shallow(root: Path) -> bool:
    """Tell whether a clone leaves earlier commits out. Raises ``ValueError`` as :func:`git`."""
    return git(root, "rev-parse", "--is-shallow-repository").strip() == "true"


def merge_base(root: Path, revision: str) -> str:
    """Return the commit at which this branch left ``revision``.

    Raises ``ValueError``, in Korean, where that cannot be told.
    """
    try:
        shallow = is_shallow(root)
    except ValueError as error:
        raise ValueError(f"git 저장소에서 실행해 주세요.\n{error}") from error
    advice = "`git fetch origin`으로 받아 오거나 이름을 살펴 주세요."
    if shallow:
        advice = (
            "역사를 얕게 받은 저장소예요. `git fetch --unshallow`로 더 받아 오고, "
            "CI라면 checkout의 fetch-depth를 2보다 크게 적어 주세요."
        )
    try:
        commit = git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"
        )
        return git(root, "merge-base", commit.strip(), "HEAD").strip()
    except ValueError as error:
        raise ValueError(f"`{revision}`에서 갈라진 곳을 찾을 수 없어요. {advice}") from error


def changes(root: Path, commit: str) -> list[Change]:
    """Return the files under ``root`` that differ from ``commit``, those not yet added included.

    Raises ``ValueError`` as :func:`git`.
    """
    naming = ("--raw", "--find-renames", "--no-ext-diff", "--relative", "-z")
    fields = iter(git(root, "diff", *naming, "--end-of-options", commit, "--").split("\0")[:-1])
    found = [_change(facts, next(fields), fields) for facts in fields]
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z").split("\0")[:-1]
    return [*found, *(Change(None, path) for path in new)]


def _change(facts: str, path: str, fields: Iterator[str]) -> Change:
    """Read one file of a difference; source of the form: git-diff(1), "Raw output format"."""
    before, after, _, _, status = facts.removeprefix(":").split()
    modes = (before, after)
    match status[0]:
        case "A":
            return Change(None, path, modes)
        case "D":
            return Change(path, None, modes)
        case "R":
            return Change(path, next(fields), modes)
        case "C":
            return Change(None, next(fields), modes)
    return Change(path, path, modes)


def show(root: Path, commit: str, path: str) -> str:
    """Return the text of a file as it was in ``commit``. Raises ``ValueError`` if it was none."""
    return git(root, "show", f"{commit}:./{path}")
