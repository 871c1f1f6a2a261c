"""The papers that the command names, and the notes that they have already."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from papernotes import arxiv
from papernotes.fingerprint import command as fingerprint_command
from papernotes.fingerprint.fingerprint import Fingerprint, FingerprintInvalid, PdfRefused
from papernotes.fingerprint.quotations import find_fingerprint, fingerprint_path
from papernotes.importing import titlepage
from papernotes.importing.assign import Placed
from papernotes.importing.draft import Candidate
from papernotes.importing.model import Heading, Minutes, Topic
from papernotes.importing.place import Source
from papernotes.importing.scaffold import RESERVED, Proposal, Record, propose, slug_of
from papernotes.importing.text import text_of
from papernotes.note import library
from papernotes.note.library import Library
from papernotes.note.model import Paper
from papernotes.project import Refused


@dataclass(frozen=True)
class Given:
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
    def names(self) -> tuple[str, ...]:
        """What the minutes may call it."""
        short = self.paper.short if self.paper else self.record.title.partition(":")[0]
        title = self.paper.title if self.paper else self.record.title
        number = self.id.rpartition("v")[0]
        named = (short, title, title.partition(": ")[2], self.slug, number)
        return tuple(dict.fromkeys(each for each in named if each))


def given(root: Path, argument: str, known: Library, untouched: frozenset[str]) -> Given:
    """Read one ``--paper``: an arXiv id, with ``=`` and the path of its PDF or alone.

    ``untouched`` are pages that an import wrote and nobody changed: they are written anew.

    Raises:
        Refused: the id, the PDF or the fingerprint is not to be used.
    """
    paper_id, _, pdf = argument.partition("=")
    if not arxiv.ID.fullmatch(paper_id):
        message = (
            f"`{paper_id}`는 판까지 적은 arXiv 번호가 아니에요. "
            "`--paper 1907.11692v1=roberta.pdf`처럼 적어 주세요."
        )
        raise Refused(argument, "PN704", message)
    own = [
        note
        for note in known.notes
        if note.paper.arxiv == paper_id and f"docs/{note.path}" not in untouched
    ]
    references = [paper for note in known.notes for paper in note.references]
    paper = own[0].paper if own else next((p for p in references if p.arxiv == paper_id), None)
    slug = Path(own[0].path).stem if own else ""
    if pdf:
        try:
            made, text, _ = fingerprint_command.make(root, Path(pdf), paper_id)
        except PdfRefused as refused:
            raise Refused(pdf, "PN704", str(refused)) from refused
        stem = Path(pdf).stem.lower()
        named = re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", stem) and stem not in RESERVED
        slug = slug or (stem if named else "")
        return Given(paper_id, Source(made, text), made, titlepage.read(text), paper, slug)
    try:
        fingerprint = find_fingerprint(root, paper_id)
    except FingerprintInvalid as error:
        path = fingerprint_path(root, paper_id).relative_to(root)
        raise Refused(path, "PN704", str(error)) from error
    if fingerprint is None:
        message = (
            f"{paper_id}의 지문이 없어요. `--paper {paper_id}=논문.pdf`처럼 PDF를 함께 적어 주세요."
        )
        raise Refused(argument, "PN704", message)
    return Given(paper_id, Source(fingerprint), None, Record(), paper, slug)


def candidates(
    root: Path,
    papers: Sequence[Given],
    minutes: Minutes,
    placed: Sequence[Placed],
    untouched: frozenset[str],
) -> list[Candidate]:
    """Return the papers with their front matter, and with their notes where there are any.

    Raises:
        Refused: a note is another paper's, or two papers would have the same.
    """
    headed = [_name_in_headings(minutes, placed, i) for i in range(len(papers))]
    found = [
        _candidate(root, each, name if headed.count(name) == 1 else "", minutes, untouched)
        for each, name in zip(papers, headed, strict=True)
    ]
    paths = [each.path for each in found]
    for path in paths:
        if paths.count(path) > 1:
            message = "두 논문이 한 노트로 모여요. PDF의 이름을 서로 다르게 지어 주세요."
            raise Refused(path, "PN704", message)
    return found


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


def _spelling(title: str, minutes: Minutes) -> str:
    """Return a title's short name as the minutes spell it: the print may be all capitals."""
    short = title.partition(":")[0].strip()
    texts = (e.text if isinstance(e, Heading) else e.question.text for e in minutes.entries
             if isinstance(e, Heading | Topic))  # fmt: skip
    words = (word for text in texts for word in re.findall(r"[A-Za-z][\w+-]*", text))
    return next((w for w in words if w != short and w.casefold() == short.casefold()), "")


def _candidate(
    root: Path, paper: Given, name: str, minutes: Minutes, untouched: frozenset[str]
) -> Candidate:
    if paper.paper:
        slug = paper.slug or slug_of(paper.paper.short)
        proposal = Proposal(paper.paper, slug)
    else:
        name = _spelling(paper.record.title, minutes) if paper.record.title else name
        proposal = propose(paper.id, paper.record, slug=paper.slug, name=name)
    path = f"docs/papers/{proposal.slug}.md"
    if not (root / path).exists() or path in untouched:
        return Candidate(proposal)
    note = library.read(root, f"papers/{proposal.slug}.md").note
    if note and note.paper.arxiv != paper.id:
        message = f"다른 논문({note.paper.arxiv})의 노트예요. PDF의 이름을 바꿔 다시 해 주세요."
        raise Refused(path, "PN704", message)
    return Candidate(proposal, text_of(root / path, path))
