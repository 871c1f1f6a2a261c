"""When passages were published and changed, from the history that git keeps.

Dates come from the main line of history (each merge is one change, dated when it was merged), so
that the same commit gives the same dates. What a shallow clone does not hold is not guessed: the
walk ends where the clone does, and a passage last changed before that has no date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from papernotes.git import Blobs, git, is_shallow
from papernotes.note import frontmatter
from papernotes.note.parse import clean
from papernotes.note.scan import sections

_NOTES = "docs/papers"
_MARK = "\x01"


@dataclass(frozen=True)
class Change:
    """The latest change of a passage: its note (relative to ``docs/``), id and date.

    ``new`` tells that it was not there before.
    """

    path: str
    id: str
    at: datetime
    new: bool


def gaps(root: Path) -> str:
    """Say, in Korean, why dates may be missing; nothing where git tells the whole history."""
    try:
        shallow = is_shallow(root)
    except ValueError as error:
        return f"git 기록을 읽을 수 없어요. git의 말: {error}"
    advice = "모두 넣으려면 `git fetch --unshallow` 뒤에 다시 내보내 주세요."
    return f"git 기록이 얕아요. {advice}" if shallow else ""


def changes(root: Path) -> Iterator[Change]:
    """Yield the latest change of each passage, the newest first.

    A passage that differs from its last commit is not published yet and left out; so is every
    passage where there is no git.
    """
    try:
        with Blobs(root) as blobs:
            yield from _changes(root, blobs)
    except ValueError:  # gaps() tells
        return


def _changes(root: Path, blobs: Blobs) -> Iterator[Change]:
    shallow = _shallow(root)
    log = git(
        root, "-c", "core.quotePath=false", "log", "--first-parent", "--diff-merges=first-parent",
        "--raw", "--no-abbrev", "--no-renames", "--relative",
        f"--format={_MARK}%H %ct", "--", _NOTES,
    )  # fmt: skip
    undated: dict[str, set[str]] = {}
    for commit in log.split(_MARK)[1:]:
        head, *lines = commit.splitlines()
        name, seconds = head.split()
        if name in shallow:
            return
        at = datetime.fromtimestamp(int(seconds), UTC)
        for before, after, path in sorted(_files(lines), key=lambda file: file[2]):
            old, new = _sections(blobs, before), _sections(blobs, after)
            if path not in undated:  # this is its last commit
                file = root / "docs" / path
                now = passages(file.read_text("utf-8", "replace")) if file.is_file() else {}
                undated[path] = {id for id, text in new.items() if now.get(id) == text}
            for id, text in new.items():
                if old.get(id) != text and id in undated[path]:
                    undated[path].remove(id)
                    yield Change(path, id, at, id not in old)


def passages(text: str) -> dict[str, str]:
    """Return the source of each passage of a note by its id, white space made even."""
    found = sections(frontmatter.split(clean(text)).body)
    return {heading.id: " ".join(source.split()) for heading, source in found if heading.id}


def _files(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the blob before and after, and the path below docs/, of each file of a commit.

    Source of the form: git-diff-tree(1), "Raw output format".
    """
    for line in lines:
        if line.startswith(":"):
            facts, path = line.split("\t", 1)
            _, _, before, after, _ = facts.split()
            yield before, after, path.removeprefix("docs/")


def _sections(blobs: Blobs, blob: str) -> dict[str, str]:
    text = None if set(blob) == {"0"} else blobs.text(blob)
    return passages(text) if text else {}


def _shallow(root: Path) -> frozenset[str]:
    """The commits at which a shallow clone ends. Source: gitrepository-layout(5)."""
    path = git(root, "rev-parse", "--git-path", "shallow").strip()
    file = root / path
    return frozenset(file.read_text().split()) if path and file.is_file() else frozenset()
