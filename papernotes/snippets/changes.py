"""Which snippets a change touches."""

from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from papernotes.git import git
from papernotes.snippets import records
from papernotes.snippets.snippet import Snippet

# What every run depends on: the pinned versions and the runner itself.
_PINS = ("requirements*", "*.lock", "papernotes/snippets/*")


def changed_paths(root: Path, revision: str) -> set[str]:
    """Return the paths under ``root`` that differ from ``revision``, new files included.

    Raises ``ValueError`` with git's own words where it knows no such revision or repository.
    """
    naming = ("--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z")
    differing = git(root, "diff", *naming, "--end-of-options", revision, "--")
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return {path for path in (differing + new).split("\0") if path}


def touched(snippets: Iterable[Snippet], changed: set[str]) -> list[Snippet]:
    """Return those of ``snippets`` whose run could come out otherwise after ``changed``."""
    if any(fnmatch(path, pattern) for path in changed for pattern in _PINS):
        return list(snippets)
    sources = changed | {records.snippet_path(path) for path in changed}
    return [s for s in snippets if not sources.isdisjoint({s.path} | s.helpers)]
