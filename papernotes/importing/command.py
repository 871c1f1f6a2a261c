"""``papernotes import``: drafts of notes from a group's minutes."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from papernotes.files import write_all
from papernotes.fingerprint.quotations import fingerprint_path
from papernotes.importing import (
    draft,
    glossary,
    notes,
    papers,
    place,
    read,
    report,
    session,
    written,
)
from papernotes.importing.assign import Placed, assign
from papernotes.importing.draft import Candidate, Drafts
from papernotes.importing.model import NO_PLACE, Leftover, Minutes
from papernotes.importing.papers import Given
from papernotes.importing.parts import Part
from papernotes.importing.report import Row
from papernotes.importing.scaffold import RESERVED, slug_of
from papernotes.importing.session import Meeting
from papernotes.importing.text import text_of
from papernotes.note import ids, library, write
from papernotes.note.bounds import MOST_COLUMNS
from papernotes.note.library import MOST_BYTES, Library, freshen
from papernotes.note.parse import clean
from papernotes.note.scan import Heading as ScannedHeading
from papernotes.note.scan import scan
from papernotes.problems import Problem
from papernotes.project import Refused, UsageError, add_root, require


@dataclass(frozen=True)
class Reading:
    """What the minutes say, before anything is drafted of it."""

    text: str
    minutes: Minutes
    placed: list[Placed]
    papers: list[Given]
    candidates: list[Candidate]
    untouched: frozenset[str]

    @property
    def rows(self) -> list[Row]:
        """What each line was taken for."""
        names = [each.proposal.paper.short for each in self.candidates]
        return report.rows(self.minutes, self.placed, self.text, names)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("minutes", type=Path, help="회의록 (Markdown)")
    parser.add_argument(
        "--paper",
        action="append",
        required=True,
        metavar="번호[=PDF]",
        help="판까지 적은 arXiv 번호와 PDF (1907.11692v1=roberta.pdf). 지문이 있으면 번호만",
    )
    parser.add_argument("--lines", default="", metavar="14-80", help="이 줄들만 읽어요")
    parser.add_argument(
        "--from", dest="heading", default="", metavar="제목", help="이 제목 아래만 읽어요"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="무엇으로 읽었는지 표로만 보고 쓰지 않아요"
    )
    parser.add_argument(
        "--walk", action="store_true", help="줄마다 무엇으로 읽을지 화면에서 고치고 복사본에 적어요"
    )
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Write the drafts; return 0. Raises Refused where the minutes or a paper are."""
    root = require(args.root)
    part = Part(args.lines, args.heading)
    file = args.minutes
    text, known = minutes_text(file), load_papers(root, file, args.paper)
    if args.walk:
        from papernotes.importing.walk import walk

        if not sys.stdin.isatty():
            raise UsageError("`--walk`는 터미널에서만 쓸 수 있어요. `--dry-run`으로 보세요.")
        chosen = walk(file, text, lambda now: interpret(root, file, now, part, known).rows)
        if chosen is None:
            print("아무것도 쓰지 않았어요.")
            return 0
        file, text = chosen, minutes_text(chosen)
    reading = interpret(root, file, text, part, known)
    report.show(reading.rows)
    if args.dry_run:
        return 0
    drafts = make(root, file, args.paper, reading)
    for leftover in sorted(drafts.leftovers, key=lambda each: each.lines):
        first, *others = leftover.lines
        also = f" (이 줄도: {', '.join(map(str, others))}행)" if others else ""
        print(Problem(str(file), first, 1, leftover.code, f"{leftover.reason}{also}"))
    print("\n".join(drafts.news))
    print("`papernotes check`가 채울 곳을 하나씩 알려 줘요. 채운 다음 표시를 지워 주세요.")
    return 0


def load_papers(
    root: Path, file: Path, arguments: Sequence[str]
) -> tuple[list[Given], frozenset[str]]:
    """Read the papers that ``arguments`` name; with them, the pages to write anew.

    Raises:
        Refused: a paper cannot be read.
    """
    known = library.load(root)
    untouched = written.untouched(root, written.key(file, arguments))
    return [papers.given(root, each, known, untouched) for each in arguments], untouched


def interpret(
    root: Path, file: Path, text: str, part: Part, known: tuple[list[Given], frozenset[str]]
) -> Reading:
    """Read the minutes ``text`` of ``file`` with papers that are read already.

    Raises:
        Refused: the part is not there, or a note is another paper's.
    """
    text = part.of(text, file)
    given, untouched = known
    sources = [each.source for each in given]
    named = all(each.paper or each.record.title for each in given)
    minutes = read.read(
        text,
        [name for each in given for name in each.names] if named else [],
        lambda words: any(place.find(words, source) for source in sources),
    )
    placed = assign(minutes, sources, [each.names for each in given])
    candidates = papers.candidates(root, given, minutes, placed, untouched)
    return Reading(text, minutes, placed, given, candidates, untouched)


def make(root: Path, file: Path, arguments: Sequence[str], reading: Reading) -> Drafts:
    """Draft the pages, and write them all or none.

    Raises:
        Refused: a page cannot be read or written; nothing is written then.
    """
    known = library.load(root)
    drafts = Drafts(raw=reading.text.split("\n"))
    fresh = _draft_notes(root, file, reading, known, drafts)
    _draft_terms(root, reading.text, known, drafts)
    drafts.leftovers += [*reading.minutes.leftovers, *_lost(reading, drafts)]
    _write(root, reading.papers, drafts)
    pages = {path: drafts.pages[path] for path in fresh}
    written.remember(root, written.key(file, arguments), pages)
    freshen(root)
    return drafts


def _write(root: Path, given: Sequence[Given], drafts: Drafts) -> None:
    """Write the fingerprints and the pages, all or none."""
    made: dict[Path, str] = {
        root / name: source
        for name, source in drafts.pages.items()
        if not _is_already(root / name, source)
    }
    for each in given:
        path = fingerprint_path(root, each.id)
        source = each.made.dumps() if each.made else ""
        if source and not _is_already(path, source):
            made[path] = source
            news = "지문을 만들었어요. 절의 번호와 쪽이 맞는지 훑어봐 주세요."
            drafts.news.append(f"{path.relative_to(root)}: {news}")
    write_all(made)


def _is_already(file: Path, source: str) -> bool:
    return file.exists() and file.read_bytes() == source.encode()


def minutes_text(file: Path) -> str:
    """Return the text of the minutes; raise Refused where no person wrote that."""
    text = normalize("NFC", clean(text_of(file, file)))
    if len(text) > MOST_BYTES:
        message = f"회의록이 {MOST_BYTES // 1000}KB를 넘어요. 모임마다 나눠 주세요."
        raise Refused(file, "PN704", message)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MOST_COLUMNS:
            message = f"한 줄이 {MOST_COLUMNS}자를 넘어요. 줄을 나눠 주세요."
            raise Refused(file, "PN704", message, number)
    return text


def _draft_notes(
    root: Path, file: Path, reading: Reading, known: Library, drafts: Drafts
) -> list[str]:
    """Draft the notes and the session's page; return the paths of those that are whole new."""
    placed, candidates = reading.placed, reading.candidates
    asked = {each.paper for each in placed if each.paper is not None}
    shorts = [c.proposal.paper.short for i, c in enumerate(candidates) if i in asked or not asked]
    title = f"{', '.join(shorts)} 읽기"
    slug = _session_slug(file, candidates)
    path = f"docs/sessions/{slug}.md"
    taken = taken_ids(root, known, reading.untouched)
    passages = draft.Passages(taken, known.terms, slug, drafts)
    made = notes.draft(candidates, placed, passages, (path, title), drafts)
    fresh = [each.path for each in candidates if each.existing is None]
    lines = reading.text.split("\n")
    meeting = Meeting(reading.minutes, placed, made, candidates, title, lines)
    # Its links to passages that are in a note already could not be written once more.
    linked = any(each.paper is not None and each.line not in made for each in placed)
    if (root / path).exists() and (linked or path not in reading.untouched):
        session.compare(meeting, path, text_of(root / path, path), drafts)
        drafts.news.append(f"{path}: 이미 있어서 그대로 두었어요.")
    else:
        drafts.pages[path] = session.draft(meeting, drafts)
        news = (
            "모임의 기록을 다시 썼어요."
            if path in reading.untouched
            else "모임의 기록을 새로 썼어요."
        )
        drafts.news.append(f"{path}: {news}")
        fresh.append(path)
    return [each for each in fresh if each in drafts.pages]


def _session_slug(file: Path, candidates: Sequence[Candidate]) -> str:
    """Return the name of the session's page: the minutes' own, or the papers' and its numbers."""
    slug = slug_of(file.stem.partition(".")[0])
    about = "-".join(each.proposal.slug for each in candidates)
    if not slug or slug in RESERVED:
        return about
    return slug if any(map(str.isalpha, slug)) else f"{about}-{slug}"


def taken_ids(root: Path, known: Library, untouched: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the ids that were ever published, and those on every page, be it whole or not."""
    for path in (root / ids.FOLDER).glob("*.txt"):
        yield from ids.read(root, str(path))
    for page in known.pages:
        for item in scan(page.body) if page.file not in untouched else ():
            if isinstance(item, ScannedHeading) and item.id:
                yield item.id


def _draft_terms(root: Path, text: str, known: Library, drafts: Drafts) -> None:
    path = f"docs/{known.glossary_path}"
    terms = glossary.terms(text, known.terms)
    if terms and (root / path).is_file():
        added = "\n".join(map(write.block, terms))
        drafts.pages[path] = write.below(text_of(root / path, path), added)
        drafts.news.append(f"{path}: 용어 {len(terms)}개를 보탰어요.")


def _lost(reading: Reading, drafts: Drafts) -> Iterator[Leftover]:
    """Yield the lines that neither a draft has nor anything was told of."""
    told = {n for each in (*reading.minutes.leftovers, *drafts.leftovers) for n in each.lines}
    for number, line in enumerate(reading.text.split("\n"), 1):
        if line.strip() and number not in drafts.taken | told:
            yield Leftover(NO_PLACE, (number,), "옮길 자리를 찾지 못했어요. 손으로 옮겨 주세요.")
