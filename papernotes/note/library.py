"""All pages of the site, read once and parsed into the model."""

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pymdownx.slugs import slugify

from papernotes.note import bounds, frontmatter, ids, parse, publishable
from papernotes.note.model import Block, Listing, Note, Passage, Rule, Session, Term
from papernotes.note.scan import Heading, scan
from papernotes.problems import Problem

MOST_BYTES = 500_000
"""Larger pages and longer lines are refused unread: no person wrote them."""
_slugify = slugify(case="lower")  # as mkdocs.yml tells the toc extension
_UNREADABLE, _TOO_LARGE = "PN601", "PN603"


@dataclass(frozen=True)
class Page:
    """A Markdown page under ``docs/``. ``first_line`` is that of its first line of body text.

    ``partial`` is what could be read of a note, ``note`` the same where nothing is wrong with it.
    ``marks`` are what a draft still asks a person for: a page can be looked at with them, but
    not published.
    """

    path: str
    body: str
    first_line: int
    blocks: tuple[Block, ...]
    note: Note | None
    session: Session | None
    problems: tuple[Problem, ...]
    partial: Note | None = None
    rule: Rule | None = None
    marks: tuple[Problem, ...] = ()
    head: str = ""
    """What stands above the body: the front matter."""

    @property
    def file(self) -> str:
        """The page's path from the project's root, as problems name it."""
        return f"docs/{self.path}"

    @property
    def readable(self) -> bool:
        """Whether the file could be read at all."""
        return not {problem.code for problem in self.problems} & {_UNREADABLE, _TOO_LARGE}

    @property
    def terms(self) -> tuple[Term, ...]:
        """The glossary entries on this page."""
        return tuple(block for block in self.blocks if isinstance(block, Term))

    @cached_property
    def sources(self) -> Mapping[str, Sequence[int]]:
        """What the page's blocks rest on, with the lines of the blocks: many name the same.

        They are YAML, whose escapes can spell what the page's text does not show.
        """
        found: dict[str, list[int]] = {}
        for block in self.blocks:
            for source in getattr(block, "sources", ()):
                found.setdefault(source, []).append(block.line)
        return found

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The ids on this page that a link may lead to."""
        found = {
            item.id or slug(item.title)
            for item in scan(self.body, self.first_line)
            if isinstance(item, Heading)
        }
        found.update(term.id for term in self.terms)
        return frozenset(found | self.note.moved.keys() if self.note else found)

    def problem(self, offset: int, code: str, message: str) -> Problem:
        """Return a problem at ``offset`` characters into the body."""
        return Problem.at(self.file, self.body, offset, code, message, self.first_line)

    def link(self, target: str) -> str:
        """Return ``target`` (a path under ``docs/``, with or without #id) relative to here."""
        return posixpath.relpath(target, posixpath.dirname(self.path) or ".")


@dataclass(frozen=True)
class Library:
    """Every page of one project at one moment."""

    root: Path
    pages: tuple[Page, ...]
    refused: tuple[Problem, ...] = ()
    """What must not be published, whatever it holds: see :mod:`papernotes.note.publishable`."""

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The notes, by path."""
        return tuple(page.note for page in self.pages if page.note)

    @cached_property
    def shorts(self) -> dict[str, str]:
        """Each paper's short name by its note's path."""
        return {note.path: note.paper.short for note in self.notes}

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions, by path."""
        return tuple(page.session for page in self.pages if page.session)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The codes that are explained, by code."""
        return tuple(page.rule for page in self.pages if page.rule)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The glossary, in its order."""
        return tuple(term for page in self.pages for term in page.terms)

    @cached_property
    def glossary_path(self) -> str:
        """The page that holds the terms."""
        holders = [page.path for page in self.pages if page.terms]
        return holders[0] if holders else "glossary.md"

    @property
    def passages(self) -> Iterator[tuple[Note, Passage]]:
        """Every passage with its note."""
        return ((note, passage) for note in self.notes for passage in note.passages)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the pages, those that only show across pages included."""
        of_pages = (problem for page in self.pages for problem in page.problems)
        clashes = ids.clashes(map(ids.NoteIds.of, self.notes))
        return tuple(sorted([*self.refused, *of_pages, *clashes]))

    @cached_property
    def _by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages}

    def page(self, path: str) -> Page | None:
        """Return the page at ``path``, relative to ``docs/``."""
        return self._by_path.get(path)


def slug(title: str) -> str:
    """Return the id that a heading has by itself."""
    made: str = _slugify(title, "-")
    return made


def load(root: Path) -> Library:
    """Read every page under ``root``/docs. Files that did not change are not parsed again."""
    found = publishable.look(root)
    return Library(root, tuple(read(root, path) for path in found.pages), found.problems)


def paths(root: Path) -> list[str]:
    """Return the paths of all pages, relative to ``docs/``."""
    return [*publishable.look(root).pages]


def is_note(path: str) -> bool:
    """Tell whether ``path``, relative to the root, is that of a note."""
    folder, _, name = path.rpartition("/")
    return folder == "docs/papers" and name.endswith(".md") and name != "index.md"


def read(root: Path, path: str) -> Page:
    """Read one page; ``path`` is relative to ``docs/``."""
    file = f"{root}/docs/{path}"
    try:
        stat = os.stat(file)
        stamp = (stat.st_mtime_ns, stat.st_size)
        if file not in _kept or _kept[file][0] != stamp:
            _kept[file] = stamp, _parse(Path(file).read_bytes(), path)
    except OSError as error:
        message = f"파일을 읽을 수 없어요({error.strerror}). 링크나 권한을 살펴 주세요."
        return _refused(path, Problem(f"docs/{path}", 1, 1, _UNREADABLE, message))
    return _kept[file][1]


_kept: dict[str, tuple[tuple[int, int], Page]] = {}
"""Each file's page as it was read last, with when the file was changed and its size."""


def _parse(raw: bytes, path: str) -> Page:
    shown = f"docs/{path}"
    if len(raw) > MOST_BYTES:
        message = f"파일이 {MOST_BYTES // 1000}KB를 넘어요. 노트를 나눠 주세요."
        return _refused(path, Problem(shown, 1, 1, _TOO_LARGE, message))
    try:
        text = parse.clean(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        message = "UTF-8이 아닌 글자가 있어요. 파일을 UTF-8로 다시 저장해 주세요."
        return _refused(path, Problem.at(shown, before, len(before), _UNREADABLE, message))
    if too_much := bounds.excess(text):
        line, message = too_much
        return _refused(path, Problem(shown, line, 1, _TOO_LARGE, message))
    note: Note | None = None
    partial: Note | None = None
    session: Session | None = None
    rule: Rule | None = None
    blocks: tuple[Block, ...] = ()
    folder, _, name = path.rpartition("/")
    if is_note(shown):
        partial, problems = parse.parse_partial(text, path, shown)
        note = None if problems else partial
        blocks = tuple(b for p in note.passages for b in p.blocks) if note else ()
    elif folder == "sessions" and name != "index.md":
        session, problems = parse.parse_session(text, path, shown)
        blocks, of_blocks = parse.parse_page(text, path, shown)
        problems = [*problems, *of_blocks]
    elif folder == "rules" and name != "index.md":
        rule, problems = parse.parse_rule(text, path, shown)
    else:
        blocks, problems = parse.parse_page(text, path, shown)
        problems = [*problems, *frontmatter.validate_any(frontmatter.split(text), shown)]
    page = frontmatter.split(text)
    problems = [*problems, *frontmatter.markup_problems(page, shown)]
    return Page(
        path,
        page.body,
        page.body_line,
        blocks,
        note,
        session,
        tuple(problems),
        partial,
        rule,
        tuple(parse.mark_problems(text, shown)),
        text[: len(text) - len(page.body)],
    )


def _refused(path: str, problem: Problem) -> Page:
    return Page(path, "", 1, (), None, None, (problem,))


def freshen(root: Path) -> None:
    """Set the time of every page that has a list to now; its words stay.

    A preview builds only what was saved, so that hundreds of notes do not slow it down: once a page
    has come or gone, those that list others count as saved.
    """
    for page in load(root).pages:
        if any(isinstance(block, Listing) for block in page.blocks):
            os.utime(root / page.file)
