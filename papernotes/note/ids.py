"""Published ids stay: a link to a passage must work for as long as the site does.

``ids/<slug>.txt`` lists the ids under which a note's passages have been published, one a
line. A file a note, so that two pull requests do not meet in one list.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from papernotes.files import write_whole
from papernotes.git import git, show
from papernotes.note.model import Note
from papernotes.problems import Problem

FOLDER = "ids"
_MAIN = ("upstream/main", "origin/main", "main")
"""Names of the branch that is published, the surest first: a fork's own may be behind or ahead."""


@dataclass(frozen=True)
class NoteIds:
    """The ids of a note's passages with their lines, and those that they once had.

    Those of a ``draft`` are not published yet, and may still change.
    """

    path: str
    lines: Mapping[str, int]
    moved: Mapping[str, str]
    draft: bool = False

    @classmethod
    def of(cls, note: Note, *, draft: bool = False) -> "NoteIds":
        """Take them from a note."""
        lines = {passage.id: passage.line for passage in note.passages}
        return cls(f"docs/{note.path}", lines, note.moved, draft)

    @property
    def list_path(self) -> str:
        """Where the note's published ids are listed, relative to the root."""
        return f"{FOLDER}/{Path(self.path).stem}.txt"


def read(root: Path, path: str) -> list[str]:
    """Return the ids of a list, line by line; none where there is no list."""
    try:
        return (root / path).read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return []


def clashes(notes: Iterable[NoteIds]) -> Iterator[Problem]:
    """Yield ids used by two notes: links, feeds and exports know a passage by its id alone."""
    seen: dict[str, str] = {}
    for note in notes:
        for identifier, line in note.lines.items():
            if identifier in seen:
                message = (
                    f"`{identifier}` 주소는 {seen[identifier]}에서 이미 써요. 다르게 지어 주세요."
                )
                yield Problem(note.path, line, 1, "PN211", message)
            seen.setdefault(identifier, f"{note.path}:{line}")


def problems(root: Path, notes: list[NoteIds], broken: frozenset[str]) -> Iterator[Problem]:
    """Yield ids that vanished, and ids that are not listed yet.

    ``broken`` has the paths of notes that could not be read, whose ids are unknown.
    """
    for note in notes:
        yield from _note_problems(note, root)
    known = {note.list_path for note in notes}
    for file in sorted((root / FOLDER).glob("*.txt")):
        path, note_path = f"{FOLDER}/{file.name}", f"docs/papers/{file.stem}.md"
        if path not in known and note_path not in broken:
            message = (
                f"이 목록의 노트가 없어요: {note_path}. "
                "노트를 되돌리거나, 옮긴 노트의 moved에 이 주소들을 적고 목록을 지워 주세요."
            )
            yield Problem(path, 1, 1, "PN511", message)


def _note_problems(note: NoteIds, root: Path) -> Iterator[Problem]:
    listed, gone, unpublished = _listed(note, root)
    for line, identifier in enumerate(listed, 1):
        if identifier in unpublished:
            message = (
                f"`{identifier}` 주소는 아직 공개하지 않았고 노트에도 없어요. "
                "`papernotes check --fix`로 목록에서 빼 주세요."
            )
            yield Problem(note.list_path, line, 1, "PN512", message)
        elif identifier in gone:
            message = (
                f"공개한 `{identifier}` 주소가 사라졌어요. 구절의 주소를 되돌리거나, "
                f"{note.path}의 front matter에 `moved: {{{identifier}: 새-주소}}`라고 적어 주세요."
            )
            yield Problem(note.list_path, line, 1, "PN511", message)
    for identifier in note.moved.keys() & note.lines.keys():
        message = f"moved에 적은 `{identifier}` 주소의 구절이 지금도 있어요. moved에서 지워 주세요."
        yield Problem(note.path, note.lines[identifier], 1, "PN513", message)
    for old, new in note.moved.items():
        if new not in note.lines:
            message = f"moved의 `{old}`에 적은 `{new}` 구절이 없어요. 있는 주소로 고쳐 주세요."
            yield Problem(note.path, 1, 1, "PN513", message)
    for identifier, line in note.lines.items():
        if identifier not in listed and not note.draft:
            message = (
                f"`{identifier}` 주소가 {note.list_path}에 없어요. "
                "main에 합친 뒤에는 바꿀 수 없으니 한 번 더 보고 "
                "`papernotes check --fix`로 보태 주세요."
            )
            yield Problem(note.path, line, 1, "PN512", message)


def published(root: Path, path: str) -> set[str] | None:
    """Return the ids of a list as the main branch has it: what is there has been published.

    None where git does not know: then whatever is listed counts as published.
    """
    for branch in _MAIN:
        try:
            git(root, "rev-parse", "--verify", "--quiet", f"{branch}^{{commit}}")
        except ValueError:
            continue
        try:
            return set(show(root, branch, path).splitlines())
        except ValueError:
            return set()
    return None


def _listed(note: NoteIds, root: Path) -> tuple[list[str], set[str], set[str]]:
    """Return the ids of a note's list, and those the note has no more: published, and never so."""
    listed = read(root, note.list_path)
    gone = {each for each in listed if each} - note.lines.keys() - note.moved.keys()
    kept = published(root, note.list_path) if gone else None
    unpublished = set() if kept is None else gone - kept
    return listed, gone - unpublished, unpublished


def mend(root: Path, notes: Iterable[NoteIds]) -> list[str]:
    """List every id that is not listed yet, and no id that is gone and was never published.

    Returns the lists that changed.
    """
    changed = []
    for note in notes:
        listed, _, unpublished = _listed(note, root)
        missing = [each for each in note.lines if each not in listed and not note.draft]
        if missing or unpublished:
            ids = [each for each in listed if each not in unpublished] + missing
            write_whole(root / note.list_path, "".join(f"{each}\n" for each in ids))
            changed.append(note.list_path)
    return changed
