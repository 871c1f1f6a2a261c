"""Published ids stay: a link to a passage must work for as long as the site does.

``ids/<slug>.txt`` lists the ids under which a note's passages have been published, one a
line. A file a note, so that two pull requests do not meet in one list.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from papernotes.library import Library
from papernotes.model import Note
from papernotes.problems import Problem

FOLDER = "ids"


def list_path(note: Note) -> str:
    """Return where a note's published ids are listed, relative to the root."""
    return f"{FOLDER}/{Path(note.path).stem}.txt"


def read(root: Path, path: str) -> list[str]:
    """Return the ids of a list, line by line; none where there is no list."""
    try:
        return (root / path).read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return []


def problems(library: Library) -> Iterator[Problem]:
    """Yield ids that vanished, and ids that are not listed yet."""
    notes = {list_path(note): note for note in library.notes}
    for note in notes.values():
        yield from _note_problems(note, library.root)
    for file in sorted((library.root / FOLDER).glob("*.txt")):
        path = f"{FOLDER}/{file.name}"
        if path not in notes and not any(page.stem == file.stem for page in library.broken_notes):
            message = (
                f"이 목록의 노트 docs/papers/{file.stem}.md가 없어요. "
                "노트를 되돌리거나, 옮긴 노트의 moved에 이 주소들을 적고 목록을 지워 주세요."
            )
            yield Problem(path, 1, 1, "PN511", message)


def _note_problems(note: Note, root: Path) -> Iterator[Problem]:
    path = list_path(note)
    listed = read(root, path)
    present = {passage.id: passage for passage in note.passages}
    for line, identifier in enumerate(listed, 1):
        if identifier and identifier not in present and identifier not in note.moved:
            message = (
                f"공개한 `{identifier}` 주소가 사라졌어요. 구절의 주소를 되돌리거나, "
                f"docs/{note.path}에 `moved: {{{identifier}: 새-주소}}`를 적어 주세요."
            )
            yield Problem(path, line, 1, "PN511", message)
    for identifier in note.moved.keys() & present.keys():
        message = f"moved의 `{identifier}`는 지금 있는 구절의 주소예요. moved에서 지워 주세요."
        yield Problem(f"docs/{note.path}", present[identifier].line, 1, "PN513", message)
    for old, new in note.moved.items():
        if new not in present:
            message = f"moved의 `{old}`에 적은 `{new}` 구절이 없어요. 있는 주소로 고쳐 주세요."
            yield Problem(f"docs/{note.path}", 1, 1, "PN513", message)
    for passage in note.passages:
        if passage.id not in listed:
            message = (
                f"`{passage.id}` 주소가 {path}에 없어요. `papernotes check --fix`로 보태 주세요. "
                "한번 공개한 주소는 바꾸지 않아요."
            )
            yield Problem(f"docs/{note.path}", passage.line, 1, "PN512", message)


def add_missing(library: Library) -> list[str]:
    """List every id that is not listed yet; return the lists that changed."""
    changed = []
    for note in library.notes:
        path = list_path(note)
        listed = read(library.root, path)
        missing = [passage.id for passage in note.passages if passage.id not in listed]
        if missing:
            _write(library.root / path, "".join(f"{each}\n" for each in [*listed, *missing]))
            changed.append(path)
    return changed


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    file.parent.mkdir(exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as target:
        target.write(text)
    Path(aside).chmod(0o644)
    Path(aside).replace(file)
