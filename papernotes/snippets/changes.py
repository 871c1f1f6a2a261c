"""Which snippets a change touches."""

from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from papernotes import git
from papernotes.snippets import records
from papernotes.snippets.snippet import Snippet

# What every run depends on: the pinned versions and the runner itself.
_PINS = ("requirements*", "*.lock", "papernotes/snippets/*")


def touched(root: Path, snippets: Iterable[Snippet], revision: str) -> list[Snippet]:
    """Return those of ``snippets`` whose run could come out otherwise than at ``revision``.

    Raises ``ValueError`` with git's own words where it knows no such revision or repository.
    """
    differing = git.changes(root, revision)
    changed = {path for each in differing for path in (each.before, each.after) if path}
    if any(fnmatch(path, pattern) for path in changed for pattern in _PINS):
        return list(snippets)
    sources = changed | {records.snippet_path(path) for path in changed}
    return [s for s in snippets if not sources.isdisjoint({s.path} | s.helpers)]
