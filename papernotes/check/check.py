"""``papernotes check``: everything that must not get onto the site, in one run.

For a group that outgrows one machine, ``--shard`` splits the run. Each part reads every note, which
is quick, but follows the links and verifies the quotations of its own pages only; what concerns
the project as a whole is told by the first part. All parts together find what one run finds.
"""

import argparse
import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from papernotes.check import (
    formulas,
    github,
    korean,
    letters,
    links,
    notebooks,
    pictures,
    quotes,
    style,
)
from papernotes.check.links import Anchored
from papernotes.check.quotes import Checked
from papernotes.fingerprint.quotations import fingerprint_path
from papernotes.note import ids, library, publishable
from papernotes.note.ids import NoteIds
from papernotes.note.library import Page
from papernotes.note.model import Question, Quote, SnippetRef
from papernotes.note.publishable import PICTURES, Published
from papernotes.problems import Problem, add_format, how_to_read_more
from papernotes.project import add_root, require
from papernotes.shard import WHOLE, Shard, add_shard
from papernotes.snippets import records
from papernotes.snippets.snippet import FOLDER

_WORTH_PROCESSES = 100
"""Pages from which on it pays to share the work among the cores."""


@dataclass(frozen=True)
class Report:
    """All that a check found: problems by file and line, and the quotations that it checked."""

    problems: list[Problem]
    quotations: list[Checked]


@dataclass(frozen=True)
class PageReport:
    """What one page tells by itself; small, for it goes from process to process.

    ``sound`` says whether its note could be read, ``readable`` whether the file could at all.
    Where the page is another part's, its quotations are only counted. ``anchored`` are the
    page's links to ``anchors`` of pages.
    """

    path: str
    here: bool
    sound: bool
    readable: bool
    problems: tuple[Problem, ...]
    quotations: tuple[Checked, ...]
    ids: NoteIds | None
    anchored: tuple[Anchored, ...]
    anchors: frozenset[str]


def check(root: Path, shard: Shard = WHOLE) -> Report:
    """Check the project at ``root``, or one part of it."""
    root = root.resolve()
    found = publishable.look(root)
    if any(not each.path.startswith("docs/") for each in found.unsafe):
        return Report(list(found.problems), [])  # before anybody reads them
    here = [shard.has(index) for index in range(len(found.pages))]
    work, of_files = partial(check_page, root), partial(_of_files, root, found, shard)
    if len(found.pages) < _WORTH_PROCESSES:
        pages, problems = [*map(work, found.pages, here)], of_files()
    else:
        # A process lives for seconds and makes no circles; to look for them takes a tenth of it.
        with ProcessPoolExecutor(initializer=gc.disable) as processes:
            beside = processes.submit(of_files)
            pages = [*processes.map(work, found.pages, here, chunksize=25)]
            problems = beside.result()
    problems += _of_each(root, pages)
    checked = [each for page in pages if page.here for each in page.quotations]
    if shard.part == 1:
        problems += [*_of_all(root, pages), *quotes.fingerprint_problems(root, checked)]
    return Report(sorted(problems), checked)


def page_problems(root: Path, pages: Sequence[PageReport]) -> list[Problem]:
    """Return what is wrong with the pages, each by itself and all together."""
    return [*_of_each(root, pages), *_of_all(root, pages)]


def _of_each(root: Path, pages: Sequence[PageReport]) -> Iterator[Problem]:
    known = {page.path: page.anchors for page in pages}

    def anchors(path: str) -> frozenset[str]:
        return known[path] if path in known else library.read(root, path).anchors

    for page in pages:
        yield from page.problems
        yield from links.settled(page.anchored, anchors)
    yield from quotes.problems([each for page in pages for each in page.quotations])
    yield from style.problems(root, [page.path for page in pages if page.here and page.readable])


def _of_files(root: Path, found: Published, shard: Shard) -> list[Problem]:
    if shard.part > 1:
        return []
    return [
        *found.problems,
        *_of_contents(root, found),
        *records.problems(root),
        *letters.of_snippets(root),
    ]


def _of_contents(root: Path, found: Published) -> Iterator[Problem]:
    """Yield what pictures and notebooks hold that must not be published."""
    for path in found.files:
        ending = Path(path).suffix
        if ending in PICTURES and not path.startswith("overrides/"):
            yield from pictures.problems(root, path)
        elif path.startswith("docs/notebooks/") and ending == ".py":
            yield from notebooks.problems(root, path)


def _of_all(root: Path, pages: Sequence[PageReport]) -> Iterator[Problem]:
    notes = [page.ids for page in pages if page.ids]
    broken = frozenset(f"docs/{page.path}" for page in pages if not page.sound)
    yield from ids.clashes(notes)
    yield from ids.problems(root, notes, broken)


def check_page(root: Path, path: str, here: bool = True) -> PageReport:
    """Check one page by itself; ``path`` is relative to ``docs/``."""
    page = library.read(root, path)
    note = page.note
    problems: list[Problem] = []
    anchored: list[Anchored] = []
    if here:
        for found in links.problems(page, root):
            if isinstance(found, Anchored):
                anchored.append(found)
            else:
                problems.append(found)
        ours = (
            page.problems,
            page.marks,
            formulas.problems(page),
            github.problems(page),
            korean.problems(page),
            korean.spelling_problems(page),
            letters.problems(page.file, page.head + page.body),
        )
        problems += chain.from_iterable(ours)
    counted: list[Checked] = []
    if note:
        counted = quotes.check_note(note, root, page.body) if here else quotes.count_note(note)
    return PageReport(
        page.path,
        here,
        note is not None or not page.problems,
        page.readable,
        tuple(problems),
        tuple(counted),
        NoteIds.of(note, draft=bool(page.marks)) if note else None,
        tuple(anchored),
        page.anchors,
    )


def inputs(page: Page, root: Path) -> frozenset[Path]:
    """Return the files and folders other than the page itself that its check looks at."""
    found = {root / "docs" / path for path in links.linked(page)}
    for block in page.blocks:
        if isinstance(block, Quote):
            found.add(fingerprint_path(root, block.paper.arxiv))
        elif isinstance(block, SnippetRef):
            found.add((root / FOLDER / block.path).parent)
        elif isinstance(block, Question) and block.session:
            found.add(root / "docs" / "sessions" / f"{block.session}.md")
    return frozenset(found)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_root(parser)
    add_format(parser)
    add_shard(parser)
    parser.add_argument("--fix", action="store_true", help="저절로 고칠 수 있는 것을 고쳐요")


def main(args: argparse.Namespace) -> int:
    """Print one problem a line; return 0 (none), 1 (some) or 2 (no project here)."""
    root = require(args.root)
    if args.fix:
        _fix(root)
    report = check(root, args.shard)
    for problem in report.problems:
        print(problem.annotation() if args.format == "github" else problem)
    if report.problems:
        print(f"문제 {len(report.problems)}개를 찾았어요. {how_to_read_more(report.problems)}")
        return 1
    lines = quotes.summary(report.quotations)
    # A part knows of its own quotations, and not how much of a paper is quoted in all.
    print("\n".join(lines if args.shard == WHOLE else lines[:1]))
    return 0


def _fix(root: Path) -> None:
    for path in letters.mend(root):
        print(f"{path}의 글자를 모아 썼어요.")
    pages = library.load(root).pages
    notes = [NoteIds.of(each.note, draft=bool(each.marks)) for each in pages if each.note]
    for path in ids.mend(root, notes):
        print(f"{path}의 주소를 노트에 맞췄어요.")
