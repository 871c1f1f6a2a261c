"""From a page's source to the model, or to the list of what is wrong with it.

Nothing is raised for bad input: every function returns what it could read together with
all the problems it found, so that one run shows them all. What a kind of block takes and how
it is read stands in :mod:`papernotes.note.kinds`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from papernotes.note import frontmatter
from papernotes.note.invisible import INVISIBLE
from papernotes.note.kinds import FOLDS, FOREIGN, ID, KINDS, Kind, Source
from papernotes.note.model import (
    Block,
    Listing,
    Note,
    Paper,
    Passage,
    PassageBlock,
    Question,
    Rule,
    Session,
    Term,
)
from papernotes.note.scan import Heading, RawBlock, StrayEnd, scan, scan_marks
from papernotes.problems import FileProblems, Problem

GLOSSARY = "glossary.md"
"""The page of the terms, relative to ``docs/``."""
_MOST_OF_ARGUMENT = 300
_NUMBER = re.compile(r"(?:\^?\d{1,4}(?:\.\d{1,4}){0,3})?")
"""The number of a caption (pymdownx.blocks.caption)."""


def clean(text: str) -> str:
    """Return ``text`` without a byte-order mark and with Unix line ends only."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def parse_partial(
    text: str, path: str, file: str | None = None
) -> tuple[Note | None, list[Problem]]:
    """Read of a note what can be read: the passages of which every block could be.

    ``path`` is relative to ``docs/``; ``file`` is what problems name. None where the front
    matter does not tell the paper.
    """
    problems = FileProblems(file or path)
    page = frontmatter.split(clean(text))
    fields, wrong = frontmatter.validate(page, frontmatter.NoteFields, problems.path)
    problems.found.extend(wrong)
    paper = fields.to_paper() if fields else None
    references = tuple(other.to_paper() for other in fields.references) if fields else ()
    papers = {each.short: each for each in (*references, paper) if each}
    passages = tuple(_Passages(paper, papers, problems).read(page))
    if not (fields and paper):
        return None, sorted(problems.found)
    note = Note(path, fields.description, paper, references, passages, fields.moved)
    return note, sorted(problems.found)


def parse_session(
    text: str, path: str, file: str | None = None
) -> tuple[Session | None, list[Problem]]:
    """Read a session page; only its front matter has a form."""
    page = frontmatter.split(clean(text))
    fields, problems = frontmatter.validate(page, frontmatter.SessionFields, file or path)
    if not fields:
        return None, problems
    return Session(
        path, fields.title, fields.description, tuple(fields.participants), tuple(fields.papers)
    ), []


def parse_rule(text: str, path: str, file: str | None = None) -> tuple[Rule | None, list[Problem]]:
    """Read a page that explains a code; only its front matter has a form."""
    page = frontmatter.split(clean(text))
    fields, problems = frontmatter.validate(page, frontmatter.RuleFields, file or path)
    if not fields:
        return None, problems
    code, _, title = fields.title.partition(" · ")
    return Rule(code, title, path), []


def parse_page(
    text: str, path: str, file: str | None = None
) -> tuple[tuple[Term | Listing, ...], list[Problem]]:
    """Read the blocks of an ordinary page: glossary terms and lists."""
    problems = FileProblems(file or path)
    page = frontmatter.split(clean(text))
    blocks = [
        _read(Source(raw, problems), on_pages=True)
        for raw in _items(page, problems)
        if isinstance(raw, RawBlock)
    ]
    found = [block for block in cast("list[Term | Listing | None]", blocks) if block]
    taken: dict[str, int] = {}
    for term in (block for block in found if isinstance(block, Term)):
        if path != GLOSSARY:
            message = f"용어는 docs/{GLOSSARY}에만 적어요. 그 쪽으로 옮겨 주세요."
            problems.add(term.line, "PN213", message)
        elif term.id in taken:
            message = f"{taken[term.id]}행의 용어와 주소가 같아요: `{term.id}`. 하나를 고쳐 주세요."
            problems.add(term.line, "PN211", message)
        taken.setdefault(term.id, term.line)
    return tuple(found), sorted(problems.found)


def mark_problems(text: str, file: str) -> list[Problem]:
    """Return a problem for everything that a draft still asks a person for."""
    return [
        Problem(
            file,
            mark.line,
            mark.column,
            "PN221",
            f"아직 채우지 않은 곳이에요: {mark.what or '할 일이 적혀 있지 않아요'} "
            "다 했으면 이 표시를 지워 주세요.",
        )
        for mark in scan_marks(text)
    ]


def _items(page: frontmatter.Page, problems: FileProblems) -> Iterator[Heading | RawBlock]:
    """Yield a page's headings and our blocks; tell what is wrong between them."""
    for item in scan(page.body, page.body_line):
        if isinstance(item, StrayEnd):
            message = "여는 줄이 없는 `///`예요. 지우거나 블록을 열어 주세요."
            problems.add(item.line, "PN220", message)
        elif isinstance(item, Heading) or item.name not in FOREIGN:
            yield item
        elif item.options and "attrs" in item.options:
            # A block of pymdown-extensions must not put attributes into the page.
            message = f"`{item.name}` 블록에 `attrs` 옵션은 쓸 수 없어요. 지워 주세요."
            problems.add(item.option_lines["attrs"], "PN202", message, 5)
        elif item.options and str(item.options.get("type", "note")) not in FOLDS:
            message = (
                f"모르는 종류의 접기예요. 이 가운데서 골라 주세요: {', '.join(sorted(FOLDS))}."
            )
            problems.add(item.option_lines["type"], "PN203", message, 5)
        elif item.name != "details" and not _NUMBER.fullmatch(item.argument or ""):
            message = "그림과 표의 이름 뒤에는 번호만 적어요. `| 1.2`처럼 고치거나 지워 주세요."
            problems.add(item.line, "PN203", message)


def _read(source: Source, *, on_pages: bool) -> Block | None:
    """Read a block; tell what is wrong with it and return None where it cannot be read."""
    raw = source.raw
    if not _is_sound(source):
        return None
    kind = KINDS[raw.name]
    if kind.on_pages and not on_pages:
        source.problem(
            "PN213", f"`{raw.name}` 블록은 구절 안에 쓰지 않아요. 다른 쪽으로 옮겨 주세요."
        )
    elif on_pages and not kind.on_pages:
        source.problem(
            "PN213", f"`{raw.name}` 블록은 docs/papers/의 노트에만 써요. 노트로 옮겨 주세요."
        )
    elif kind.needs_text and not raw.text:
        source.problem("PN212", f"`{raw.name}` 블록이 비어 있어요. 내용을 적어 주세요.")
    else:
        return kind.read(source)
    return None


def _is_sound(source: Source) -> bool:
    """Check what all blocks share: the name, the end, the options' names."""
    raw = source.raw
    kind = KINDS.get(raw.name)
    if kind is None:
        known = ", ".join(sorted(each.name for each in KINDS.values() if not each.on_pages))
        message = f"모르는 블록이에요: `{raw.name}`. 이 가운데서 골라 주세요: {known}."
        source.problem("PN201", message)
        return False
    if raw.end_line is None:
        message = f"`{raw.name}` 블록이 닫히지 않았어요. 끝에 `///` 한 줄을 적어 주세요."
        source.problem("PN204", message)
        return False
    if raw.options is None:
        message = (
            "블록 옵션을 읽을 수 없어요. 네 칸 들여 `이름: 값`으로 한 줄에 하나씩 적어 주세요."
        )
        source.problems.add(raw.line + 1, "PN203", message)
        return False
    if misplaced := _misplaced_option(raw, kind):
        name, line = misplaced
        message = (
            f"`{name}:`은 옵션인데 본문으로 읽혀요. 여는 줄 바로 아래에 빈칸(스페이스)으로 "
            "네 칸 들여 적어 주세요. 탭은 안 돼요."
        )
        source.problems.add(line, "PN203", message)
        return False
    within = [(name, line) for name, line in raw.inner if name in KINDS]
    for name, line in within:
        message = f"`{raw.name}` 안에 `{name}` 블록이 있어요. 앞 블록을 먼저 `///`로 닫아 주세요."
        source.problems.add(line, "PN214", message)
    unknown = [name for name in raw.options if name not in kind.options]
    for name in unknown:
        known = ", ".join(sorted(kind.options))
        advice = f"이 가운데서 골라 주세요: {known}." if known else "지워 주세요."
        source.problem("PN202", f"`{raw.name}` 블록에 `{name}` 옵션은 없어요. {advice}", name)
    odd = [name for name, value in raw.options.items() if not _is_plain(value)]
    for name in odd:
        message = f"`{name}`의 값에 보이지 않는 글자나 묶음이 있어요. 글자로만 적어 주세요."
        source.problem("PN203", message, name)
    if len(raw.argument) > _MOST_OF_ARGUMENT:
        message = f"`|` 뒤의 말이 {_MOST_OF_ARGUMENT}자를 넘어요. 줄여 주세요."
        source.problem("PN203", message)
    return not (within or unknown or odd or len(raw.argument) > _MOST_OF_ARGUMENT)


def _is_plain(value: object, *, listed: bool = False) -> bool:
    """Tell whether an option holds words, or a list of them: escapes can spell what none sees."""
    if isinstance(value, list) and not listed:
        return all(_is_plain(each, listed=True) for each in value)
    return not isinstance(value, list | dict | set | bytes) and not INVISIBLE.search(str(value))


def _misplaced_option(raw: RawBlock, kind: Kind) -> tuple[str, int] | None:
    """Return the option that a block's text begins with, and its line: it is wrongly indented."""
    if not kind.options:
        return None
    first = raw.text.lstrip().partition("\n")[0].rstrip()
    name, colon, _ = first.partition(":")
    if not colon or name not in kind.options or name in (raw.options or {}):
        return None
    return name, raw.text_line


@dataclass(frozen=True)
class _Passages:
    """Reads the passages of one note; ``seen`` are their ids with the lines of their headings."""

    paper: Paper | None
    papers: Mapping[str, Paper]
    problems: FileProblems
    seen: dict[str, int] = field(default_factory=dict)

    def read(self, page: frontmatter.Page) -> Iterator[Passage]:
        """Yield each passage that can be read whole."""
        heading: Heading | None = None
        blocks: list[RawBlock] = []
        for item in _items(page, self.problems):
            if isinstance(item, RawBlock):
                blocks.append(item)
            elif item.level == 2:
                yield from self._section(heading, blocks)
                heading, blocks = item, []
        yield from self._section(heading, blocks)

    def _section(self, heading: Heading | None, blocks: list[RawBlock]) -> Iterator[Passage]:
        if heading:
            yield from self._passage(heading, blocks)
            return
        for raw in blocks:
            source = Source(raw, self.problems)
            if _is_sound(source):
                message = f"`{raw.name}` 블록이 `##` 제목보다 앞에 있어요. 제목 아래로 옮겨 주세요."
                source.problem("PN213", message)

    def _passage(self, heading: Heading, raw_blocks: list[RawBlock]) -> Iterator[Passage]:
        before = len(self.problems.found)
        self._check_id(heading)
        answerers = frozenset(raw.argument for raw in raw_blocks if raw.name == "answer")
        above = ["", *(raw.name for raw in raw_blocks)]
        blocks = [
            _read(
                Source(raw, self.problems, self.paper, self.papers, answerers, name), on_pages=False
            )
            for raw, name in zip(raw_blocks, above, strict=False)
        ]
        asked = next((block for block in blocks if isinstance(block, Question)), None)
        self._check_numbers(heading, raw_blocks, asked)
        if self.paper and len(self.problems.found) == before:
            made = tuple(cast("list[PassageBlock]", blocks))
            yield Passage(heading.id or "", heading.title, heading.line, made)

    def _check_id(self, heading: Heading) -> None:
        id, line = heading.id, heading.line
        if id is None:
            message = "제목에 주소(id)가 없어요. `## 제목 { #짧은-영어-이름 }`처럼 적어 주세요."
            self.problems.add(line, "PN209", message)
        elif not ID.match(id):
            message = f"쓸 수 없는 주소예요: `{id}`. 영어 소문자, 숫자, 붙임표로만 적어 주세요."
            self.problems.add(line, "PN210", message)
        elif id in self.seen:
            message = f"{self.seen[id]}행에서 이미 쓴 주소예요: `{id}`. 다르게 지어 주세요."
            self.problems.add(line, "PN211", message)
        else:
            self.seen[id] = line

    def _check_numbers(
        self, heading: Heading, blocks: Iterable[RawBlock], asked: Question | None
    ) -> None:
        """Tell of what a passage has too little or too much."""
        lines: dict[str, list[int]] = {}
        for raw in blocks:
            lines.setdefault(raw.name, []).append(raw.line)
        is_settled = asked is not None and asked.status.is_settled
        for name, kind in KINDS.items():
            if not (once := kind.once):
                continue
            if name not in lines and (is_settled or not once.if_settled):
                self.problems.add(heading.line, once.code, once.missing)
            for line in lines.get(name, [])[1:]:
                message = f"한 구절에 `{name}` 블록이 둘이에요. {once.second}"
                self.problems.add(line, "PN215", message)
