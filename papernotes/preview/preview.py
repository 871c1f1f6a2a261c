"""A live preview: a page with mistakes is shown as far as it can be, and says what is wrong.

A build stops at the first page that cannot be read. A preview must not: the person who writes
the page is in the middle of it. What it says is what ``papernotes check`` says of pages.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from papernotes.check import check
from papernotes.check.check import PageReport
from papernotes.note.library import Library, Page
from papernotes.problems import Problem
from papernotes.render import unread

Stamps = tuple[int, ...]
"""When each of some files was changed last, in nanoseconds; 0 where there is none."""


@dataclass(frozen=True)
class _Kept:
    """A page's report, good for as long as the page and these files stay as they are."""

    page: Page
    inputs: frozenset[Path]
    stamps: Stamps
    report: PageReport


class Preview:
    """Looks at the project after every save; what did not change is not checked again."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._looked_at: Library | None = None
        self._shown: Library | None = None
        self._checked: tuple[Problem, ...] = ()
        self._rendered: dict[str, tuple[Problem, ...]] = {}
        self._told: Counter[tuple[str, str, str]] = Counter()

    def look(self, library: Library) -> Library:
        """Return ``library`` with every page as far as it can be read; tell what is new."""
        if self._shown is None or self._looked_at is not library:
            reports = [self._report(page, library.root) for page in library.pages]
            of_pages = check.page_problems(library.root, reports)
            self._checked = (*library.refused, *of_pages)
            pages = tuple(unread.readable(page) for page in library.pages)
            self._looked_at, self._shown = library, replace(library, pages=pages)
            self._tell()
        return self._shown

    def rendered(self, file: str, problems: Sequence[Problem]) -> None:
        """Take what only rendering the page ``file`` showed; tell what is new."""
        if self._rendered.get(file, ()) != tuple(problems):
            self._rendered[file] = tuple(problems)
            self._tell()

    @property
    def problems(self) -> list[Problem]:
        """All problems of all pages. What a check says of a page comes before its rendering."""
        known = {(problem.path, problem.code) for problem in self._checked}
        rendered = (problem for problems in self._rendered.values() for problem in problems)
        more = (each for each in rendered if (each.path, each.code) not in known)
        return sorted([*self._checked, *more])

    def _tell(self) -> None:
        """Print each problem when it appears, and once that all are gone.

        A problem that only moved to another line is not new.
        """
        problems = self.problems
        now = Counter(map(_what, problems))
        new = now - self._told
        for problem in problems:
            if new[_what(problem)] > 0:
                new[_what(problem)] -= 1
                print(problem, file=sys.stderr, flush=True)
        if self._told and not now:
            print("고칠 곳이 모두 없어졌어요.", file=sys.stderr, flush=True)
        self._told = now

    def _report(self, page: Page, root: Path) -> PageReport:
        kept = self._kept.get(page.path)
        if kept and kept.page is page and kept.stamps == _stamps(kept.inputs):
            return kept.report
        inputs = check.inputs(page, root)
        # The stamps first: a file that changes meanwhile must not look checked.
        stamps = _stamps(inputs)
        self._kept[page.path] = _Kept(page, inputs, stamps, check.check_page(root, page.path))
        return self._kept[page.path].report


def _what(problem: Problem) -> tuple[str, str, str]:
    return problem.path, problem.code, problem.message


def _stamps(files: frozenset[Path]) -> Stamps:
    return tuple(_stamp(file) for file in files)


def _stamp(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return 0
