"""From a page's source to the model, or to the list of what is wrong with it.

Nothing is raised for bad input: every function returns what it could read together with
all the problems it found, so that one run shows them all.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from papernotes.note import frontmatter
from papernotes.note.model import (
    Addition,
    Answer,
    Correction,
    Explanation,
    Gist,
    Listing,
    Note,
    Open,
    Paper,
    Passage,
    PassageBlock,
    Place,
    Question,
    Quote,
    Rule,
    Session,
    SnippetRef,
    Status,
    Term,
    Translation,
)
from papernotes.note.plain import plain
from papernotes.note.scan import Heading, RawBlock, StrayEnd, scan, scan_marks
from papernotes.problems import Problem

FOREIGN_BLOCKS = frozenset({"caption", "figure-caption", "table-caption", "details"})
"""Blocks of pymdown-extensions that mkdocs.yml enables: allowed, and not ours."""

LIST_BLOCKS = frozenset(
    {"paper-list", "session-list", "passage-list", "rule-list", "data-list", "offline-copy"}
)
"""Blocks that list what the whole site holds; they stand on ordinary pages."""

OPTIONS: dict[str, frozenset[str]] = {
    "quote": frozenset({"lang"}),
    "evidence": frozenset({"paper", "lang"}),
    "translation": frozenset(),
    "question": frozenset({"status", "tags"}),
    "gist": frozenset({"source"}),
    "answer": frozenset(),
    "correction": frozenset({"source"}),
    "addition": frozenset({"source"}),
    "explanation": frozenset({"source"}),
    "open": frozenset({"source"}),
    "snippet": frozenset({"alt"}),
    "term": frozenset({"id", "en", "aliases"}),
    "paper-list": frozenset(),
    "session-list": frozenset(),
    "passage-list": frozenset({"status"}),
    "rule-list": frozenset({"group"}),
    "data-list": frozenset(),
    "offline-copy": frozenset(),
}
"""Every block of ours with the options that it takes."""

NOTE_BLOCKS = frozenset(OPTIONS) - LIST_BLOCKS - {"term"}

ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
"""Permanent ids: ASCII kebab-case, so that a link survives every mail program and shell."""

MOST_OF_GIST = 90
"""The letters of a short answer, white space and marks not counted: five lines on a phone."""

_PLACE = re.compile(
    r"^(?:(?P<where>[^,]+?),\s*)?pp?\.\s*(?P<first>[1-9]\d{0,3})(?:\s*[-–]\s*(?P<last>[1-9]\d{0,3}))?$"
)


@dataclass
class _Report:
    path: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, code: str, message: str, column: int = 1) -> None:
        self.problems.append(Problem(self.path, line, column, code, message))


def clean(text: str) -> str:
    """Return ``text`` without a byte-order mark and with Unix line ends only."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def parse_note(text: str, path: str, file: str | None = None) -> tuple[Note | None, list[Problem]]:
    """Read a note, all of it or none: None where there are problems."""
    note, problems = parse_draft(text, path, file)
    return (None if problems else note), problems


def parse_draft(text: str, path: str, file: str | None = None) -> tuple[Note | None, list[Problem]]:
    """Read of a note what can be read: the passages of which every block could be.

    ``path`` is relative to ``docs/``; ``file`` is what problems name. None where the front
    matter does not tell the paper.
    """
    report = _Report(file or path)
    page = frontmatter.split(clean(text))
    fields, problems = frontmatter.validate(page, frontmatter.NoteFields, report.path)
    report.problems += problems
    paper = fields.to_paper() if fields else None
    references = tuple(other.to_paper() for other in fields.references) if fields else ()
    papers = {each.short: each for each in (*references, paper) if each}
    passages = tuple(_passages(page, paper, papers, report))
    if not (fields and paper):
        return None, sorted(report.problems)
    note = Note(path, fields.description, paper, references, passages, fields.moved)
    return note, sorted(report.problems)


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
    report = _Report(file or path)
    page = frontmatter.split(clean(text))
    blocks: list[Term | Listing] = []
    for item in scan(page.body, page.body_line):
        if not isinstance(item, RawBlock):
            continue
        if item.name in FOREIGN_BLOCKS:
            _check_foreign(item, report)
            continue
        if not _sound(item, report):
            continue
        block = _page_block(item, report)
        if block:
            blocks.append(block)
    return tuple(blocks), sorted(report.problems)


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


def parse_place(text: str) -> Place | None:
    """Read ``§4.1, p. 4`` or ``Table 2, pp. 4-5``; None where it has another form."""
    match = _PLACE.match(text.strip())
    if not match:
        return None
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if not first <= last < first + 4:
        return None
    return Place(match["where"], tuple(range(first, last + 1)))


def _passages(
    page: frontmatter.Page, paper: Paper | None, papers: dict[str, Paper], report: _Report
) -> Iterator[Passage]:
    heading: Heading | None = None
    blocks: list[RawBlock] = []
    seen: dict[str, int] = {}
    for item in scan(page.body, page.body_line):
        match item:
            case Heading(level=2):
                if heading:
                    yield from _passage(heading, blocks, paper, papers, seen, report)
                heading, blocks = item, []
            case RawBlock() if item.name in FOREIGN_BLOCKS:
                _check_foreign(item, report)
            case RawBlock():
                if not _sound(item, report):
                    # A later check must not complain that this block is missing.
                    item.options = None
                if heading:
                    blocks.append(item)
                elif item.name in NOTE_BLOCKS:
                    report.add(
                        item.line,
                        "PN213",
                        f"`{item.name}` 블록이 `##` 제목보다 앞에 있어요. 제목 아래로 옮겨 주세요.",
                    )
            case StrayEnd():
                report.add(
                    item.line, "PN220", "여는 줄이 없는 `///`예요. 지우거나 블록을 열어 주세요."
                )
    if heading:
        yield from _passage(heading, blocks, paper, papers, seen, report)


def _passage(
    heading: Heading,
    raw_blocks: list[RawBlock],
    paper: Paper | None,
    papers: dict[str, Paper],
    seen: dict[str, int],
    report: _Report,
) -> Iterator[Passage]:
    """Build one passage; yields nothing where it is not whole."""
    before = len(report.problems)
    _check_id(heading, seen, report)
    names = [raw.name for raw in raw_blocks]
    if "quote" not in names:
        report.add(
            heading.line,
            "PN206",
            "구절에 인용이 없어요. `/// quote | §4.1, p. 4` 블록으로 원문을 옮겨 주세요.",
        )
    if "question" not in names:
        report.add(
            heading.line,
            "PN207",
            "구절에 질문이 없어요. `/// question` 블록에 무엇이 막혔는지 적어 주세요.",
        )
    for name, advice in _ONLY_ONE.items():
        for extra in [raw for raw in raw_blocks if raw.name == name][1:]:
            report.add(extra.line, "PN215", f"한 구절에 `{name}` 블록이 둘이에요. {advice}")
    builder = _Builder(paper, papers, _answerers(raw_blocks), report)
    blocks = [builder.build(raw, raw_blocks[:i]) for i, raw in enumerate(raw_blocks)]
    if len(report.problems) == before and all(raw.options is not None for raw in raw_blocks):
        yield Passage(
            heading.id or "",
            heading.title,
            heading.line,
            tuple(block for block in blocks if block),
        )


_ONLY_ONE = {
    "quote": "근거로 든 원문이면 `evidence`로 바꿔 주세요.",
    "question": "새 `##` 구절로 나눠 주세요.",
    "gist": "하나로 줄이고, 남는 말은 `explanation`으로 옮겨 주세요.",
}
"""Blocks of which a passage has one, and what to do with another."""


def _check_id(heading: Heading, seen: dict[str, int], report: _Report) -> None:
    if heading.id is None:
        message = "제목에 주소(id)가 없어요. `## 제목 { #짧은-영어-이름 }`처럼 적어 주세요."
        report.add(heading.line, "PN209", message)
    elif not ID.match(heading.id):
        message = f"쓸 수 없는 주소예요: `{heading.id}`. 영어 소문자, 숫자, 붙임표로만 적어 주세요."
        report.add(heading.line, "PN210", message)
    elif heading.id in seen:
        message = f"{seen[heading.id]}행에서 이미 쓴 주소예요: `{heading.id}`. 다르게 지어 주세요."
        report.add(heading.line, "PN211", message)
    else:
        seen[heading.id] = heading.line


def _answerers(raw_blocks: list[RawBlock]) -> frozenset[str]:
    return frozenset(raw.argument for raw in raw_blocks if raw.name == "answer")


def _check_foreign(raw: RawBlock, report: _Report) -> None:
    """A block of pymdown-extensions may be used, but not to put attributes into the page."""
    if raw.options and "attrs" in raw.options:
        message = f"`{raw.name}` 블록에 `attrs` 옵션은 쓸 수 없어요. 지워 주세요."
        report.add(raw.option_lines["attrs"], "PN202", message, 5)


def _sound(raw: RawBlock, report: _Report) -> bool:
    """Check what all blocks share: the name, the end, the options' names."""
    if raw.name not in OPTIONS:
        known = ", ".join(sorted(NOTE_BLOCKS))
        report.add(
            raw.line, "PN201", f"모르는 블록이에요: `{raw.name}`. 이 가운데서 골라 주세요: {known}."
        )
        return False
    if raw.end_line is None:
        report.add(
            raw.line,
            "PN204",
            f"`{raw.name}` 블록이 닫히지 않았어요. 끝에 `///` 한 줄을 적어 주세요.",
        )
        return False
    sound = True
    for name, line in raw.inner:
        if name in OPTIONS:
            message = (
                f"`{raw.name}` 안에 `{name}` 블록이 있어요. 앞 블록을 먼저 `///`로 닫아 주세요."
            )
            report.add(line, "PN214", message)
            sound = False
    if raw.options is None:
        message = (
            "블록 옵션을 읽을 수 없어요. 네 칸 들여 `이름: 값`으로 한 줄에 하나씩 적어 주세요."
        )
        report.add(raw.line + 1, "PN203", message)
        return False
    for name in raw.options:
        if name not in OPTIONS[raw.name]:
            known = ", ".join(sorted(OPTIONS[raw.name]))
            advice = f"이 가운데서 골라 주세요: {known}." if known else "지워 주세요."
            message = f"`{raw.name}` 블록에 `{name}` 옵션은 없어요. {advice}"
            report.add(raw.option_lines.get(name, raw.line), "PN202", message, 5)
            sound = False
    return sound


@dataclass(frozen=True)
class _Builder:
    """Turns the raw blocks of one passage into the model's."""

    paper: Paper | None
    papers: dict[str, Paper]
    answerers: frozenset[str]
    report: _Report

    def build(self, raw: RawBlock, before: list[RawBlock]) -> PassageBlock | None:
        if raw.options is None:
            return None
        if raw.name == "translation":
            return self._translation(raw, before)
        makers: dict[str, Callable[[RawBlock, dict[str, Any]], PassageBlock | None]] = {
            "quote": self._quote,
            "evidence": self._quote,
            "question": self._question,
            "gist": self._gist,
            "answer": self._answer,
            "correction": self._on_answer,
            "addition": self._on_answer,
            "explanation": self._explanation,
            "open": self._open,
            "snippet": self._snippet,
        }
        maker = makers.get(raw.name)
        if maker is None:
            message = f"`{raw.name}` 블록은 구절 안에 쓰지 않아요. 다른 쪽으로 옮겨 주세요."
            self.report.add(raw.line, "PN213", message)
            return None
        if raw.name != "snippet" and not raw.text:
            self.report.add(
                raw.line, "PN212", f"`{raw.name}` 블록이 비어 있어요. 내용을 적어 주세요."
            )
            return None
        return maker(raw, raw.options)

    def _problem(self, raw: RawBlock, option: str, code: str, message: str) -> None:
        line = raw.option_lines.get(option, raw.line)
        self.report.add(line, code, message, 5 if option in raw.option_lines else 1)

    def _quote(self, raw: RawBlock, options: dict[str, Any]) -> Quote | None:
        place = parse_place(raw.argument)
        if place is None:
            message = (
                "인용이 선 자리를 읽을 수 없어요. `§4.1, p. 4`나 `§4.2, pp. 4-5`처럼 적어 주세요."
            )
            self.report.add(raw.line, "PN208", message)
        paper = self.paper
        if raw.name == "evidence":
            short = str(options.get("paper", self.paper.short if self.paper else ""))
            paper = self.papers.get(short)
            if paper is None and self.paper:
                message = (
                    f"모르는 논문이에요: `{short}`. front matter의 references에 적거나 "
                    f"이 가운데서 골라 주세요: {', '.join(self.papers)}."
                )
                self._problem(raw, "paper", "PN219", message)
        lang = str(options.get("lang", "en"))
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", lang):
            message = f"모르는 언어예요: `{lang}`. en, ko, zh-Hant처럼 적어 주세요."
            self._problem(raw, "lang", "PN203", message)
            return None
        if place is None or paper is None:
            return None
        return Quote(raw.text, raw.line, raw.text_line, paper, place, lang, raw.name == "evidence")

    def _translation(self, raw: RawBlock, before: list[RawBlock]) -> Translation | None:
        if not before or before[-1].name not in ("quote", "evidence"):
            message = (
                "옮긴 글 바로 위에 인용이 없어요. `quote`나 `evidence` 바로 아래로 옮겨 주세요."
            )
            self.report.add(raw.line, "PN216", message)
            return None
        if not raw.text:
            self.report.add(
                raw.line, "PN212", "`translation` 블록이 비어 있어요. 내용을 적어 주세요."
            )
            return None
        return Translation(raw.text, raw.line, raw.text_line)

    def _question(self, raw: RawBlock, options: dict[str, Any]) -> Question | None:
        try:
            status = Status(str(options.get("status", "")))
        except ValueError:
            known = ", ".join(f"{each.value}({each.label})" for each in Status)
            found = (
                f"없는 상태예요: `{options['status']}`" if "status" in options else "상태가 없어요"
            )
            message = f"{found}. `status:`에 이 가운데 하나를 적어 주세요: {known}."
            self._problem(raw, "status", "PN203", message)
            return None
        tags = options.get("tags", [])
        if not isinstance(tags, list) or not all(ID.match(str(tag)) for tag in tags):
            message = "tags는 영어 소문자 이름의 목록이에요. [masking, glue]처럼 적어 주세요."
            self._problem(raw, "tags", "PN203", message)
            return None
        return Question(
            raw.text,
            raw.line,
            raw.text_line,
            raw.argument or None,
            status,
            tuple(str(tag) for tag in tags),
        )

    def _answer(self, raw: RawBlock, _: dict[str, Any]) -> Answer | None:
        if not raw.argument:
            message = (
                "누구의 답인지 없어요. `/// answer | 이름`처럼 적고, "
                "모르면 `이름 없음`이라 적어 주세요."
            )
            self.report.add(raw.line, "PN205", message)
            return None
        return Answer(raw.text, raw.line, raw.text_line, raw.argument)

    def _gist(self, raw: RawBlock, options: dict[str, Any]) -> Gist:
        letters = len("".join(plain(raw.text).split()))
        if letters > MOST_OF_GIST:
            message = (
                f"짧은 답이 {letters}자예요(빈칸 빼고). {MOST_OF_GIST}자까지 줄이고, "
                "남는 말은 `explanation`으로 옮겨 주세요."
            )
            self.report.add(raw.text_line, "PN222", message)
        return Gist(raw.text, raw.line, raw.text_line, self._sources(raw, options, required=True))

    def _on_answer(self, raw: RawBlock, options: dict[str, Any]) -> Correction | Addition | None:
        of = tuple(name.strip() for name in raw.argument.split(",") if name.strip())
        if not of:
            message = f"누구의 답에 대한 말인지 없어요. `/// {raw.name} | 이름`처럼 적어 주세요."
            self.report.add(raw.line, "PN205", message)
            return None
        for name in of:
            if name not in self.answerers:
                message = f"이 구절에 `{name}`의 답이 없어요. `answer` 블록의 이름과 맞춰 주세요."
                self.report.add(raw.line, "PN218", message)
        sources = self._sources(raw, options, required=True)
        made = Correction if raw.name == "correction" else Addition
        return made(raw.text, raw.line, raw.text_line, sources, of)

    def _explanation(self, raw: RawBlock, options: dict[str, Any]) -> Explanation:
        sources = self._sources(raw, options, required=True)
        return Explanation(raw.text, raw.line, raw.text_line, sources)

    def _open(self, raw: RawBlock, options: dict[str, Any]) -> Open:
        sources = self._sources(raw, options, required=False)
        return Open(raw.text, raw.line, raw.text_line, sources)

    def _sources(
        self, raw: RawBlock, options: dict[str, Any], *, required: bool
    ) -> tuple[str, ...]:
        value = options.get("source", "")
        sources = tuple(part.strip() for part in str(value or "").split(";") if part.strip())
        if required and not sources:
            message = (
                f"`{raw.name}`에는 출처가 있어야 해요. "
                "`source: RoBERTa §4.1, p. 4`처럼 적어 주세요."
            )
            self._problem(raw, "source", "PN217", message)
        return sources

    def _snippet(self, raw: RawBlock, options: dict[str, Any]) -> SnippetRef | None:
        if not re.fullmatch(r"[\w-]+/[\w-]+\.py", raw.argument, re.ASCII):
            message = (
                "snippet의 경로를 읽을 수 없어요. `roberta/static_masking.py`처럼 적어 주세요."
            )
            self.report.add(raw.line, "PN205", message)
            return None
        return SnippetRef(
            raw.text, raw.line, raw.text_line, raw.argument, str(options.get("alt", ""))
        )


def _page_block(raw: RawBlock, report: _Report) -> Term | Listing | None:
    if raw.name == "term":
        return _term(raw, report)
    if raw.name not in LIST_BLOCKS:
        message = f"`{raw.name}` 블록은 docs/papers/의 노트에만 써요. 노트로 옮겨 주세요."
        report.add(raw.line, "PN213", message)
        return None
    value = (raw.options or {}).get("status")
    if value is not None and value not in list(Status):
        message = f"없는 상태예요: `{value}`. 이 가운데 하나를 적어 주세요: {', '.join(Status)}."
        report.add(raw.option_lines["status"], "PN203", message, 5)
        return None
    status = Status(value) if value else None
    group = str((raw.options or {}).get("group", ""))
    return Listing(raw.text, raw.line, raw.text_line, raw.name, status, group)


def _term(raw: RawBlock, report: _Report) -> Term | None:
    options = raw.options or {}
    identifier, english = str(options.get("id", "")), str(options.get("en", ""))
    aliases = options.get("aliases", [])
    if not raw.argument or not raw.text:
        report.add(raw.line, "PN212", "용어의 이름이나 뜻이 비어 있어요. 적어 주세요.")
    elif not ID.match(identifier):
        message = "용어에 주소가 없어요. `id: 짧은-영어-이름`처럼 적어 주세요."
        report.add(raw.option_lines.get("id", raw.line), "PN210", message)
    elif not english:
        report.add(raw.line, "PN205", "용어에 영어 이름이 없어요. `en: 영어 이름`처럼 적어 주세요.")
    elif not isinstance(aliases, list):
        message = "aliases는 목록이에요. [MLM, 마스크드 언어 모델]처럼 적어 주세요."
        report.add(raw.option_lines.get("aliases", raw.line), "PN203", message)
    else:
        names = dict.fromkeys([raw.argument, english, *(str(alias) for alias in aliases)])
        return Term(
            raw.text, raw.line, raw.text_line, identifier, raw.argument, english, tuple(names)
        )
    return None
