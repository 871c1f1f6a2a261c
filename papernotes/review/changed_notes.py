"""What a change does to the notes: which passages and quotations came, changed and went."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path

from papernotes import git
from papernotes.git import Change
from papernotes.note import frontmatter, parse
from papernotes.note.kinds import KINDS, kind_of
from papernotes.note.library import MOST_BYTES, is_note
from papernotes.note.model import Note, Passage, PassageBlock, Question, Quote, Status
from papernotes.note.scan import sections


class Kind(StrEnum):
    """What happened to a passage or a quotation."""

    NEW = "새로"
    CHANGED = "고침"
    GONE = "지움"
    UNREADABLE = "읽을 수 없음"


@dataclass(frozen=True)
class Version:
    """A note at one time; ``path`` is relative to the root.

    ``note`` is what could be read of it, and ``sections`` the source under each ``##`` heading,
    read or not, by the heading's id.
    """

    path: str
    note: Note | None = None
    sections: dict[str, str] = field(default_factory=dict)

    def passage(self, identifier: str) -> Passage | None:
        """Return a passage, if it could be read."""
        passages = self.note.passages if self.note else ()
        return next((each for each in passages if each.id == identifier), None)


@dataclass(frozen=True)
class PassageChange:
    """A passage before and after; None where there was or is none, or none that can be read."""

    id: str
    kind: Kind
    before: Passage | None
    after: Passage | None

    @property
    def details(self) -> list[str]:
        """What changed in it: ``답 +1``, ``열림 → 답함``."""
        if not (self.before and self.after):
            return []
        old, new = _blocks(self.before.blocks), _blocks(self.after.blocks)
        said = [_detail(kind, old - new, new - old) for kind in KINDS]
        if self.before.status != self.after.status:
            said.insert(0, f"{self.before.status.label} → {self.after.status.label}")
        return [each for each in said if each] or ["그 밖의 글"]

    @property
    def words(self) -> list[tuple[PassageBlock, PassageBlock | None]]:
        """What people said and we wrote that changed or went, quotations aside."""
        if not (self.before and self.after):
            return []
        old, new = _blocks(self.before.blocks), _blocks(self.after.blocks)
        pairs: list[tuple[PassageBlock, PassageBlock | None]] = []
        for kind in KINDS:
            gone, come = (
                [b for b in blocks if kind_of(b).name == kind and not isinstance(b, Quote)]
                for blocks in ((old - new).elements(), (new - old).elements())
            )
            pairs += [(before, after) for before, after in zip_longest(gone, come) if before]
        return pairs

    @property
    def quotes(self) -> list[tuple[Quote | None, Quote | None]]:
        """The quotations that came, changed or went: each before and after."""
        if self.kind is Kind.UNREADABLE:
            return []
        old, new = _blocks(_quotes(self.before)), _blocks(_quotes(self.after))
        gone = [quote for quote in _quotes(self.before) if (old - new)[_bare(quote)]]
        come = [quote for quote in _quotes(self.after) if (new - old)[_bare(quote)]]
        return list(zip_longest(gone, come))


@dataclass(frozen=True)
class NoteChange:
    """A note that a change touches; ``before`` or ``after`` is None where it came or went."""

    before: Version | None
    after: Version | None

    @property
    def passages(self) -> list[PassageChange]:
        """The passages that came, changed or went, in the order of the note."""
        return list(_passages(self.before or Version(""), self.after or Version("")))


def changed_notes(root: Path, commit: str, changes: list[Change]) -> list[NoteChange]:
    """Return the notes among the files that differ from ``commit``, by path."""
    found = []
    for change in changes:
        before = after = None
        if change.before and is_note(change.before):
            before = _read(change.before, git.show(root, commit, change.before))
        if change.after and is_note(change.after) and (root / change.after).is_file():
            text = (root / change.after).read_bytes().decode(errors="replace")
            after = _read(change.after, text)
        if before or after:
            found.append(NoteChange(before, after))
    return found


def _read(path: str, text: str) -> Version:
    text = parse.clean(text[:MOST_BYTES])
    note, _ = parse.parse_partial(text, path.removeprefix("docs/"), path)
    found = sections(frontmatter.split(text).body)
    return Version(path, note, {head.id or head.title: source.strip() for head, source in found})


def _passages(before: Version, after: Version) -> Iterator[PassageChange]:
    moved = after.note.moved if after.note else {}
    older = {moved.get(old, old): old for old in before.sections}
    for new, section in after.sections.items():
        old = older.pop(new, None)
        if old is not None and before.sections[old] == section:
            continue
        passage = after.passage(new)
        kind = Kind.NEW if old is None else Kind.CHANGED
        if passage is None:
            kind = Kind.UNREADABLE
        yield PassageChange(new, kind, before.passage(old) if old else None, passage)
    for old in older.values():
        yield PassageChange(old, Kind.GONE, before.passage(old), None)


def _bare(block: PassageBlock) -> PassageBlock:
    """Return a block without its place in the file and, of a question, without the status."""
    bare = replace(block, line=0, text_line=0)
    return replace(bare, status=Status.OPEN) if isinstance(bare, Question) else bare


def _blocks(blocks: Iterable[PassageBlock]) -> Counter[PassageBlock]:
    return Counter(map(_bare, blocks))


def _quotes(passage: Passage | None) -> tuple[Quote, ...]:
    return passage.quotes if passage else ()


def _detail(kind: str, gone: Counter[PassageBlock], come: Counter[PassageBlock]) -> str:
    less = sum(count for block, count in gone.items() if kind_of(block).name == kind)
    more = sum(count for block, count in come.items() if kind_of(block).name == kind)
    label = KINDS[kind].label
    if less == more:
        return f"{label} 고침" if more else ""
    return f"{label} {more - less:+d}"
