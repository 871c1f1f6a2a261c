"""All pages of the site, read once and parsed into the model.

A page's source reaches a Markdown extension without its path (MkDocs and Zensical both
pass the body only), so the library also finds a page by its body.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from papernotes import frontmatter, parse
from papernotes.model import Block, Note, Passage, Session, Term
from papernotes.problems import Problem


@dataclass(frozen=True)
class Page:
    """A Markdown page under ``docs/``. ``first_line`` is that of its first line of body text."""

    path: str
    body: str
    first_line: int
    blocks: tuple[Block, ...]
    note: Note | None
    session: Session | None
    problems: tuple[Problem, ...]

    def link(self, target: str) -> str:
        """Return ``target`` (a path under ``docs/``, with or without #id) relative to here."""
        return posixpath.relpath(target, posixpath.dirname(self.path) or ".")


@dataclass(frozen=True)
class Library:
    """Every page of one project at one moment."""

    root: Path
    pages: tuple[Page, ...]

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The notes, by path."""
        return tuple(page.note for page in self.pages if page.note)

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions, by path."""
        return tuple(page.session for page in self.pages if page.session)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The glossary, in its order."""
        return tuple(b for page in self.pages for b in page.blocks if isinstance(b, Term))

    @cached_property
    def glossary_path(self) -> str:
        """The page that holds the terms."""
        holders = [p.path for p in self.pages if any(isinstance(b, Term) for b in p.blocks)]
        return holders[0] if holders else "glossary.md"

    @property
    def passages(self) -> Iterator[tuple[Note, Passage]]:
        """Every passage with its note."""
        return ((note, passage) for note in self.notes for passage in note.passages)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the pages, those that only show across pages included."""
        return tuple(sorted([*(p for page in self.pages for p in page.problems), *self._clashes()]))

    @cached_property
    def _by_body(self) -> dict[str, Page]:
        return {page.body: page for page in self.pages}

    def find(self, body: str) -> Page | None:
        """Return the page whose Markdown body is ``body``, surrounding blank space aside."""
        return self._by_body.get(body.strip())

    def _clashes(self) -> Iterator[Problem]:
        """Ids used by two notes: links, feeds and exports know a passage by its id alone."""
        seen: dict[str, str] = {}
        for note, passage in self.passages:
            if passage.id in seen:
                message = (
                    f"주소 `{passage.id}`는 {seen[passage.id]}에서 이미 써요. 다르게 지어 주세요."
                )
                yield Problem(f"docs/{note.path}", passage.line, 1, "PN211", message)
            seen.setdefault(passage.id, f"docs/{note.path}:{passage.line}")


def load(root: Path) -> Library:
    """Read every page under ``root``/docs. Files that did not change are not parsed again."""
    docs = root / "docs"
    pages = []
    for file in sorted(docs.rglob("*.md")):
        try:
            stat = file.stat()
            pages.append(_read(root, file, stat.st_mtime_ns, stat.st_size))
        except OSError as error:
            path = file.relative_to(root).as_posix()
            message = f"파일을 읽을 수 없어요({error.strerror}). 링크나 권한을 살펴 주세요."
            pages.append(_unreadable(file.relative_to(docs).as_posix(), path, message))
    return Library(root, tuple(pages))


@cache
def _read(root: Path, file: Path, _mtime: int, _size: int) -> Page:
    shown = file.relative_to(root).as_posix()
    path = file.relative_to(root / "docs").as_posix()
    raw = file.read_bytes()
    try:
        text = parse.clean(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        message = "UTF-8이 아닌 글자가 있어요. 파일을 UTF-8로 다시 저장해 주세요."
        return _unreadable(path, shown, message, line, column)
    note: Note | None = None
    session: Session | None = None
    blocks: tuple[Block, ...] = ()
    folder, _, name = path.rpartition("/")
    if folder == "papers" and name != "index.md":
        note, problems = parse.parse_note(text, path, shown)
        blocks = tuple(b for p in note.passages for b in p.blocks) if note else ()
    elif folder == "sessions" and name != "index.md":
        session, problems = parse.parse_session(text, path, shown)
    else:
        blocks, problems = parse.parse_page(text, path, shown)
    page = frontmatter.split(text)
    lead = page.body[: len(page.body) - len(page.body.lstrip())].count("\n")
    return Page(
        path, page.body.strip(), page.body_line + lead, blocks, note, session, tuple(problems)
    )


def _unreadable(path: str, shown: str, message: str, line: int = 1, column: int = 1) -> Page:
    problem = Problem(shown, line, column, "PN601", message)
    return Page(path, "", 1, (), None, None, (problem,))
