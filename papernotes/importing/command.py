"""``papernotes import``: drafts of notes from a group's minutes."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from papernotes.files import write_all
from papernotes.fingerprint import command as fingerprint_command
from papernotes.fingerprint.box import read as read_pdf
from papernotes.fingerprint.fingerprint import ARXIV_ID, Fingerprint, FingerprintInvalid, PdfRefused
from papernotes.fingerprint.quotations import find_fingerprint, fingerprint_path
from papernotes.importing import draft, glossary, notes, place, read, session, titlepage
from papernotes.importing.assign import Placed, assign
from papernotes.importing.draft import Candidate, Drafts
from papernotes.importing.model import NO_PLACE, Heading, Leftover, Minutes, Topic
from papernotes.importing.place import Source
from papernotes.importing.scaffold import RESERVED, Proposal, Record, propose, slug_of
from papernotes.importing.session import Meeting
from papernotes.note import ids, library
from papernotes.note.library import MOST_BYTES, MOST_COLUMNS, Library
from papernotes.note.model import Paper
from papernotes.note.parse import clean
from papernotes.note.scan import Heading as ScannedHeading
from papernotes.note.scan import scan
from papernotes.problems import Problem
from papernotes.project import add_root, require


class Refused(Exception):
    """Something that cannot be imported; the message is a :class:`Problem`."""

    def __init__(self, path: Path | str, message: str, line: int = 1, column: int = 1) -> None:
        """Say what is wrong, where, and what to do."""
        super().__init__(str(Problem(str(path), line, column, "PN704", message)))


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
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Write the drafts; return 0, 1 (the minutes or a paper were refused) or 2 (usage)."""
    root = require(args.root)
    try:
        drafts = import_minutes(root, args.minutes, args.paper)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    for leftover in sorted(drafts.leftovers, key=lambda each: each.lines):
        first, *others = leftover.lines
        also = f" (이 줄도: {', '.join(map(str, others))}행)" if others else ""
        print(Problem(str(args.minutes), first, 1, leftover.code, f"{leftover.reason}{also}"))
    print("\n".join(drafts.news))
    print("`papernotes check`가 채울 곳을 하나씩 알려 줘요. 채운 다음 표시를 지워 주세요.")
    return 0


def import_minutes(root: Path, file: Path, papers: Sequence[str]) -> Drafts:
    """Draft what the minutes in ``file`` give for the project at ``root``, and write it.

    ``papers`` are arXiv ids, each with ``=`` and the path of its PDF or alone.

    Raises:
        Refused: the minutes or a paper cannot be read; nothing is written then.
    """
    text = _minutes_text(file)
    known = library.load(root)
    given = [_given(root, each, known) for each in papers]
    names = [each.names for each in given]
    sources = [each.source for each in given]
    called = [name for each in given for name in each.names] if all(g.called for g in given) else []
    minutes = read.read(
        text,
        called,
        lambda words: any(place.find(words, source) for source in sources),
    )
    placed = assign(minutes, sources, names)
    headed = [_name_in_headings(minutes, placed, i) for i in range(len(given))]
    candidates = [
        _candidate(root, each, name if headed.count(name) == 1 else "")
        for each, name in zip(given, headed, strict=True)
    ]
    _refuse_doubles(candidates)
    drafts = Drafts()
    _draft_notes(root, file, text, minutes, placed, candidates, known, drafts)
    _draft_terms(root, text, known, drafts)
    drafts.leftovers += [*minutes.leftovers, *_lost(text, minutes, drafts)]
    _write(root, given, drafts)
    return drafts


def _write(root: Path, given: Sequence["_Given"], drafts: Drafts) -> None:
    """Write the fingerprints and the pages, all or none."""
    made: dict[Path, str] = {root / name: source for name, source in drafts.pages.items()}
    for each in given:
        path = fingerprint_path(root, each.id)
        source = each.made.dumps() if each.made else ""
        if source and not (path.exists() and path.read_bytes() == source.encode()):
            made[path] = source
            news = "지문을 만들었어요. 절의 번호와 쪽이 맞는지 훑어봐 주세요."
            drafts.news.append(f"{path.relative_to(root)}: {news}")
    try:
        write_all(made)
    except OSError as error:
        message = f"파일에 쓸 수 없어요({error.strerror}). 폴더와 권한을 살펴 주세요."
        raise Refused(Path(error.filename).relative_to(root), message) from error


def _minutes_text(file: Path) -> str:
    """Return the text of the minutes; refuse what no person wrote."""
    text = normalize("NFC", clean(_text(file, file)))
    if len(text) > MOST_BYTES:
        raise Refused(file, f"회의록이 {MOST_BYTES // 1000}KB를 넘어요. 모임마다 나눠 주세요.")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MOST_COLUMNS:
            raise Refused(file, f"한 줄이 {MOST_COLUMNS}자를 넘어요. 줄을 나눠 주세요.", number)
    return text


def _text(file: Path, shown: Path | str) -> str:
    """Return a file's text as it is, its line ends too."""
    try:
        raw = file.read_bytes()
        return raw.decode("utf-8")
    except OSError as error:
        message = f"파일을 읽을 수 없어요({error.strerror}). 경로와 권한을 살펴 주세요."
        raise Refused(shown, message) from error
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = "UTF-8이 아닌 글자가 있어요. 파일을 UTF-8로 다시 저장해 주세요."
        raise Refused(shown, message, line, column) from error


@dataclass(frozen=True)
class _Given:
    """A paper that the command names.

    ``made`` is a fingerprint that is still to be written; ``paper`` and ``slug`` are those of
    the note that is there already.
    """

    id: str
    source: Source
    made: Fingerprint | None
    record: Record
    paper: Paper | None
    slug: str

    @property
    def called(self) -> bool:
        """Whether anything tells its name."""
        return bool(self.paper or self.record.title)

    @property
    def names(self) -> tuple[str, ...]:
        """What the minutes may call it."""
        short = self.paper.short if self.paper else self.record.title.partition(":")[0]
        title = self.paper.title if self.paper else self.record.title
        number = self.id.rpartition("v")[0]
        behind = title.partition(": ")[2]
        named = (short, title, behind, self.slug, number)
        return tuple(dict.fromkeys(each for each in named if each))


def _given(root: Path, argument: str, known: Library) -> _Given:
    """Read one ``--paper``."""
    paper_id, _, pdf = argument.partition("=")
    if not ARXIV_ID.fullmatch(paper_id):
        message = (
            f"`{paper_id}`는 판까지 적은 arXiv 번호가 아니에요. "
            "`--paper 1907.11692v1=roberta.pdf`처럼 적어 주세요."
        )
        raise Refused(argument, message)
    own = [note for note in known.notes if note.paper.arxiv == paper_id]
    references = [paper for note in known.notes for paper in note.references]
    paper = own[0].paper if own else next((p for p in references if p.arxiv == paper_id), None)
    slug = Path(own[0].path).stem if own else ""
    if pdf:
        try:
            made, _ = fingerprint_command.make(root, Path(pdf), paper_id)
            text = read_pdf(Path(pdf))
        except PdfRefused as refused:
            raise Refused(pdf, str(refused)) from refused
        stem = Path(pdf).stem.lower()
        named = re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", stem) and stem not in RESERVED
        slug = slug or (stem if named else "")
        return _Given(paper_id, Source(made, text), made, titlepage.read(text), paper, slug)
    try:
        fingerprint = find_fingerprint(root, paper_id)
    except FingerprintInvalid as error:
        raise Refused(fingerprint_path(root, paper_id).relative_to(root), str(error)) from error
    if fingerprint is None:
        message = (
            f"{paper_id}의 지문이 없어요. `--paper {paper_id}=논문.pdf`처럼 PDF를 함께 적어 주세요."
        )
        raise Refused(argument, message)
    return _Given(paper_id, Source(fingerprint), None, Record(), paper, slug)


def _name_in_headings(minutes: Minutes, placed: Sequence[Placed], paper: int) -> str:
    """Return the name by which the minutes head a paper's questions, where they have one."""
    lines = {each.line for each in placed if each.paper == paper and not each.doubt}
    names: set[str] = set()
    heading = ""
    for entry in minutes.entries:
        if isinstance(entry, Heading):
            heading = entry.text
        elif isinstance(entry, Topic) and entry.question.lines[0] in lines:
            names.update(re.findall(r"[A-Za-z][\w+-]{2,}", heading) or [""])
    return names.pop() if len(names) == 1 else ""


def _candidate(root: Path, given: _Given, name: str) -> Candidate:
    """Return a paper with its front matter and with its note where there is one."""
    if given.paper:
        slug = given.slug or slug_of(given.paper.short)
        proposal = Proposal(given.paper, slug)
    else:
        name = "" if given.record.title else name
        proposal = propose(given.id, given.record, slug=given.slug, name=name)
    path = f"docs/papers/{proposal.slug}.md"
    if not (root / path).exists():
        return Candidate(proposal)
    note = library.read(root, f"papers/{proposal.slug}.md").note
    if note and note.paper.arxiv != given.id:
        message = f"다른 논문({note.paper.arxiv})의 노트예요. PDF의 이름을 바꿔 다시 해 주세요."
        raise Refused(path, message)
    return Candidate(proposal, _text(root / path, path))


def _refuse_doubles(candidates: Sequence[Candidate]) -> None:
    paths = [each.path for each in candidates]
    for path in paths:
        if paths.count(path) > 1:
            raise Refused(path, "두 논문이 한 노트로 모여요. PDF의 이름을 서로 다르게 지어 주세요.")


def _draft_notes(
    root: Path,
    file: Path,
    text: str,
    minutes: Minutes,
    placed: Sequence[Placed],
    candidates: Sequence[Candidate],
    known: Library,
    drafts: Drafts,
) -> None:
    """Draft the notes and the session's page."""
    passages = draft.Passages(_taken_ids(root, known), drafts)
    asked = {each.paper for each in placed if each.paper is not None}
    shorts = [c.proposal.paper.short for i, c in enumerate(candidates) if i in asked or not asked]
    title = f"{', '.join(shorts)} 읽기"
    slug = slug_of(file.stem)
    if not slug or slug in RESERVED:
        slug = "-".join(each.proposal.slug for each in candidates)
    path = f"docs/sessions/{slug}.md"
    made = notes.draft(candidates, placed, passages, (path, title), drafts)
    meeting = Meeting(minutes, placed, made, candidates, title, text.split("\n"))
    if (root / path).exists():
        session.compare(meeting, path, _text(root / path, path), drafts)
        drafts.news.append(f"{path}: 이미 있어서 그대로 두었어요.")
    else:
        drafts.pages[path] = session.draft(meeting, drafts)
        drafts.news.append(f"{path}: 모임의 기록을 새로 썼어요.")


def _taken_ids(root: Path, known: Library) -> Iterator[str]:
    """Yield the ids that were ever published, and those on every page, be it whole or not."""
    for path in (root / ids.FOLDER).glob("*.txt"):
        yield from ids.read(root, str(path))
    for page in known.pages:
        for item in scan(page.body):
            if isinstance(item, ScannedHeading) and item.id:
                yield item.id


def _draft_terms(root: Path, text: str, known: Library, drafts: Drafts) -> None:
    path = f"docs/{known.glossary_path}"
    terms = glossary.terms(text, known.terms)
    if terms and (root / path).is_file():
        drafts.pages[path] = glossary.extended(_text(root / path, path), terms)
        drafts.news.append(f"{path}: 용어 {len(terms)}개를 보탰어요.")


def _lost(text: str, minutes: Minutes, drafts: Drafts) -> Iterator[Leftover]:
    """Yield the lines that neither a draft has nor anything was told of."""
    told = {n for each in (*minutes.leftovers, *drafts.leftovers) for n in each.lines}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and number not in drafts.taken | told:
            yield Leftover(NO_PLACE, (number,), "옮길 자리를 찾지 못했어요. 손으로 옮겨 주세요.")
