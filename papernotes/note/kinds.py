"""Every kind of block: what it is called, what it takes, how it is read and written.

A new kind is an entry of :data:`KINDS`, its data in :mod:`papernotes.note.model` and its look in
:mod:`papernotes.render`; the parser, the checks, the exports and the summary ask here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from papernotes.note.model import (
    Addition,
    Answer,
    Block,
    Correction,
    Explanation,
    Gist,
    Listing,
    Open,
    Paper,
    PassageBlock,
    Place,
    Question,
    Quote,
    SnippetRef,
    Sourced,
    Status,
    Term,
    Translation,
)
from papernotes.note.plain import plain
from papernotes.note.scan import RawBlock, without_marks
from papernotes.problems import FileProblems

ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
"""Permanent ids: ASCII kebab-case, so that a link survives every mail program and shell."""

_MOST_OF_NAME = 100
MOST_OF_GIST = 90
"""The letters of a short answer, white space and marks not counted: five lines on a phone."""

_PLACE = re.compile(
    r"^(?:(?P<where>[^,]+?),\s*)?pp?\.\s*(?P<first>[1-9]\d{0,3})(?:\s*[-–]\s*(?P<last>[1-9]\d{0,3}))?$"
)


@dataclass(slots=True)
class Source:
    """A block as it stands in a page, and what its reader must know of the page around it.

    ``above`` is the name of the block before it; ``paper`` is None where the front matter does
    not tell it.
    """

    raw: RawBlock
    problems: FileProblems
    paper: Paper | None = None
    papers: Mapping[str, Paper] = field(default_factory=dict)
    answerers: frozenset[str] = frozenset()
    above: str = ""

    @property
    def base(self) -> tuple[str, int, int]:
        """What every block has: its text, its line and its text's."""
        return self.raw.text, self.raw.line, self.raw.text_line

    def option(self, name: str, default: Any = "") -> Any:
        """Return the value of an option."""
        return (self.raw.options or {}).get(name, default)

    def problem(self, code: str, message: str, option: str = "") -> None:
        """Tell what is wrong with the block, or with one of its options."""
        line = self.raw.option_lines.get(option)
        self.problems.add(line or self.raw.line, code, message, 5 if line else 1)


Head = tuple[str, dict[str, Any]]
"""What a block's first lines say: its argument and its options."""


@dataclass(frozen=True)
class Once:
    """What holds of a kind of which a passage has one: always, or once its question is settled.

    ``code`` and ``missing`` tell that there is none, ``second`` what to do with another.
    """

    code: str
    missing: str
    second: str
    if_settled: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of block. ``label`` is what readers see, ``ours`` whether the words are the editors'.

    ``purpose`` is the W3C's word for it (Web Annotation Data Model, section 3.3.5). ``read`` tells
    what is wrong with a block and returns it where it can; ``head`` is the reverse, options without
    a value included. ``needs_text`` is whether it may not be empty.
    """

    name: str
    label: str
    purpose: str
    read: Callable[[Source], Block | None]
    head: Callable[[Any], Head] = lambda _: ("", {})
    options: tuple[str, ...] = ()
    ours: bool = False
    on_pages: bool = False
    needs_text: bool = True
    once: Once | None = None


def kind_of(block: PassageBlock | Term) -> Kind:
    """Return the kind of a block."""
    match block:
        case Quote(evidence=True):
            return KINDS["evidence"]
        case Term():
            return KINDS["term"]
        case _:
            return KINDS[block.kind]


def parse_place(text: str) -> Place | None:
    """Read ``§4.1, p. 4`` or ``Table 2, pp. 4-5``; None where it has another form."""
    match = _PLACE.match(text.strip())
    if not match:
        return None
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if not first <= last < first + 4:
        return None
    return Place(match["where"], tuple(range(first, last + 1)))


def write_place(place: Place) -> str:
    """Return a place as a quotation's head has it: ``§4.2, pp. 4-5``."""
    first, last = place.pages[0], place.pages[-1]
    pages = f"p. {first}" if first == last else f"pp. {first}-{last}"
    return f"{place.where}, {pages}" if place.where else pages


def _read_quote(source: Source) -> Quote | None:
    place = parse_place(source.raw.argument)
    if place is None:
        source.problem(
            "PN208",
            "인용이 선 자리를 읽을 수 없어요. `§4.1, p. 4`나 `§4.2, pp. 4-5`처럼 적어 주세요.",
        )
    paper = source.paper
    evidence = source.raw.name == "evidence"
    if evidence and paper:
        short = str(source.option("paper", paper.short))
        paper = source.papers.get(short)
        if paper is None:
            message = (
                f"모르는 논문이에요: `{short}`. front matter의 references에 적거나 "
                f"이 가운데서 골라 주세요: {', '.join(source.papers)}."
            )
            source.problem("PN219", message, "paper")
    lang = str(source.option("lang", "en"))
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", lang):
        message = f"모르는 언어예요: `{lang}`. en, ko, zh-Hant처럼 적어 주세요."
        source.problem("PN203", message, "lang")
        return None
    return Quote(*source.base, paper, place, lang, evidence) if place and paper else None


def _quote_head(quote: Quote) -> Head:
    paper = quote.paper.short if quote.evidence else ""
    return write_place(quote.place), {
        "paper": paper,
        "lang": "" if quote.lang == "en" else quote.lang,
    }


def _read_translation(source: Source) -> Translation | None:
    if source.above not in ("quote", "evidence"):
        source.problem(
            "PN216", "번역 바로 위에 인용이 없어요. `quote`나 `evidence` 바로 아래로 옮겨 주세요."
        )
        return None
    return Translation(*source.base)


def _read_question(source: Source) -> Question | None:
    value = source.option("status", None)
    if value not in list(Status):
        known = ", ".join(f"{each.value}({each.label})" for each in Status)
        found = "상태가 없어요" if value is None else f"없는 상태예요: `{value}`"
        message = f"{found}. `status:`에 이 가운데 하나를 적어 주세요: {known}."
        source.problem("PN203", message, "status")
        return None
    tags = source.option("tags", [])
    if not isinstance(tags, list) or not all(ID.match(str(tag)) for tag in tags):
        message = "tags는 영어 소문자 이름의 목록이에요. [masking, glue]처럼 적어 주세요."
        source.problem("PN203", message, "tags")
        return None
    by = source.raw.argument or None
    session = str(source.option("session"))
    if not re.fullmatch(r"(?:\w[\w.-]{0,199})?", session):
        message = "`session:`에는 모임 쪽의 이름을 적어요. `roberta-electra`처럼 고쳐 주세요."
        source.problem("PN203", message, "session")
        return None
    return Question(*source.base, by, Status(value), tuple(str(tag) for tag in tags), session)


def _question_head(question: Question) -> Head:
    status, tags, session = str(question.status), list(question.tags), question.session
    return question.by or "", {"status": status, "tags": tags, "session": session}


def _read_answer(source: Source) -> Answer | None:
    if not source.raw.argument:
        source.problem(
            "PN205",
            "누구의 답인지 없어요. `/// answer | 이름`처럼 적고, "
            "모르면 `이름 없음`이라 적어 주세요.",
        )
        return None
    return Answer(*source.base, source.raw.argument)


def _read_gist(source: Source) -> Gist:
    text = without_marks(source.raw.text)
    letters = len("".join(plain(text).split()))
    if letters > MOST_OF_GIST:
        message = (
            f"짧은 답이 {letters}자예요(빈칸 빼고). {MOST_OF_GIST}자까지 줄이고, "
            "남는 말은 `explanation`으로 옮겨 주세요."
        )
        source.problems.add(source.raw.text_line, "PN222", message)
    return Gist(*source.base, _sources(source, required=bool(text)))


def _of(source: Source) -> tuple[str, ...]:
    """Return whose answers a block is about; none where it does not say."""
    of = tuple(each.strip() for each in source.raw.argument.split(",") if each.strip())
    if not of:
        example = f"`/// {source.raw.name} | 이름`"
        source.problem("PN205", f"누구의 답에 대한 말인지 없어요. {example}처럼 적어 주세요.")
    for each in of:
        if each not in source.answerers:
            message = f"이 구절에 `{each}`의 답이 없어요. `answer` 블록의 이름과 맞춰 주세요."
            source.problem("PN218", message)
    return of


def _read_correction(source: Source) -> Correction | None:
    of = _of(source)
    return Correction(*source.base, _sources(source), of) if of else None


def _read_addition(source: Source) -> Addition | None:
    of = _of(source)
    return Addition(*source.base, _sources(source), of) if of else None


def _on_answer_head(block: Correction | Addition) -> Head:
    return ", ".join(block.of), {"source": "; ".join(block.sources)}


def _sources(source: Source, *, required: bool = True) -> tuple[str, ...]:
    given = source.option("source") or ""
    if not isinstance(given, str):
        source.problem("PN203", "`source:`에는 글을 적어요. 여럿은 `;`로 나눠 주세요.", "source")
        return ()
    parts = given.split(";")
    sources = tuple(part.strip() for part in parts if part.strip())
    if required and not sources:
        message = (
            f"`{source.raw.name}`에는 출처가 있어야 해요. "
            "`source: RoBERTa §4.1, p. 4`처럼 적어 주세요."
        )
        source.problem("PN217", message, "source")
    return sources


def _sourced_head(block: Sourced) -> Head:
    return "", {"source": "; ".join(block.sources)}


def _read_explanation(source: Source) -> Explanation:
    return Explanation(*source.base, _sources(source))


def _read_open(source: Source) -> Open:
    return Open(*source.base, _sources(source, required=False))


def _read_snippet(source: Source) -> SnippetRef | None:
    path = source.raw.argument
    if not re.fullmatch(r"[\w-]+/[\w-]+\.py", path, re.ASCII):
        source.problem(
            "PN205", "snippet의 경로를 읽을 수 없어요. `roberta/static_masking.py`처럼 적어 주세요."
        )
        return None
    return SnippetRef(*source.base, path, str(source.option("alt")))


def _snippet_head(snippet: SnippetRef) -> Head:
    return snippet.path, {"alt": snippet.alt}


def _read_term(source: Source) -> Term | None:
    name = source.raw.argument
    identifier, english = str(source.option("id")), str(source.option("en"))
    aliases = source.option("aliases", [])
    if not name:
        source.problem("PN212", "용어의 이름이 비어 있어요. 적어 주세요.")
    elif not ID.match(identifier) or identifier.startswith(("md-", "pn-")):
        message = "용어에 쓸 수 있는 주소가 없어요. `id: 짧은-영어-이름`처럼 적어 주세요."
        source.problem("PN210", message, "id")
    elif not english:
        source.problem("PN205", "용어에 영어 이름이 없어요. `en: 영어 이름`처럼 적어 주세요.")
    elif not isinstance(aliases, list) or any(isinstance(each, list | dict) for each in aliases):
        message = "aliases는 목록이에요. [MLM, 마스크드 언어 모델]처럼 적어 주세요."
        source.problem("PN203", message, "aliases")
    else:
        names = dict.fromkeys([name, english, *(str(alias) for alias in aliases)])
        if any(not each.strip() or len(each) > _MOST_OF_NAME for each in names):
            message = f"용어의 이름은 1자에서 {_MOST_OF_NAME}자까지예요. 고쳐 주세요."
            source.problem("PN203", message, "aliases")
            return None
        return Term(*source.base, identifier, name, english, tuple(names))
    return None


def _term_head(term: Term) -> Head:
    aliases = [each for each in term.names if each not in (term.name, term.english)]
    return term.name, {"id": term.id, "en": term.english, "aliases": aliases}


def _read_listing(source: Source) -> Listing | None:
    value = source.option("status", None) or []
    values = value if isinstance(value, list) else [value]
    unknown = [each for each in values if each not in list(Status)]
    if unknown:
        message = f"없는 상태예요: `{unknown[0]}`. 이 가운데서 적어 주세요: {', '.join(Status)}."
        source.problem("PN203", message, "status")
        return None
    statuses = tuple(Status(each) for each in values)
    return Listing(*source.base, source.raw.name, statuses, str(source.option("group")))


def _listing(name: str, label: str, *options: str) -> Kind:
    """Return a kind of block that lists what the whole site holds, on an ordinary page."""
    return Kind(name, label, "", _read_listing, options=options, on_pages=True, needs_text=False)


_ONE_QUOTE = Once(
    "PN206",
    "구절에 인용이 없어요. `/// quote | §4.1, p. 4` 블록으로 원문을 옮겨 주세요.",
    "근거로 든 원문이면 `evidence`로 바꿔 주세요.",
)
_ONE_QUESTION = Once(
    "PN207",
    "구절에 질문이 없어요. `/// question` 블록에 무엇이 막혔는지 적어 주세요.",
    "새 `##` 구절로 나눠 주세요.",
)
_ONE_GIST = Once(
    "PN223",
    "답한 질문에 짧은 답이 없어요. `/// gist` 블록에 이 질문을 한 사람이 알아야 할 것을 "
    f"{MOST_OF_GIST}자 안으로 적어 주세요.",
    "하나로 줄이고, 남는 말은 `explanation`으로 옮겨 주세요.",
    if_settled=True,
)
_SOURCE = ("source",)
_QUESTION = ("status", "tags", "session")
_EVIDENCE = ("paper", "lang")
_TERM = ("id", "en", "aliases")

_ALL = (
    Kind("quote", "인용", "", _read_quote, _quote_head, ("lang",), once=_ONE_QUOTE),
    Kind("translation", "번역", "describing", _read_translation, ours=True),
    Kind(
        "question",
        "질문",
        "questioning",
        _read_question,
        _question_head,
        _QUESTION,
        once=_ONE_QUESTION,
    ),
    Kind(
        "gist", "짧은 답", "replying", _read_gist, _sourced_head, _SOURCE, ours=True, once=_ONE_GIST
    ),
    Kind("answer", "답", "replying", _read_answer, lambda answer: (answer.by, {})),
    Kind(
        "correction", "바로잡음", "replying", _read_correction, _on_answer_head, _SOURCE, ours=True
    ),
    Kind("addition", "덧붙임", "replying", _read_addition, _on_answer_head, _SOURCE, ours=True),
    Kind("explanation", "설명", "commenting", _read_explanation, _sourced_head, _SOURCE, ours=True),
    Kind("evidence", "근거 원문", "linking", _read_quote, _quote_head, _EVIDENCE),
    Kind("open", "아직 모르는 것", "questioning", _read_open, _sourced_head, _SOURCE, ours=True),
    Kind(
        "snippet",
        "코드로 확인",
        "linking",
        _read_snippet,
        _snippet_head,
        ("alt",),
        needs_text=False,
    ),
    Kind("term", "용어", "", _read_term, _term_head, _TERM, ours=True, on_pages=True),
    _listing("paper-list", "논문 목록"),
    _listing("session-list", "모임 목록"),
    _listing("passage-list", "구절 목록", "status"),
    _listing("passage-example", "구절의 예"),
    _listing("discussed", "이야기한 구절"),
    _listing("rule-list", "검사 코드 목록", "group"),
    _listing("data-list", "데이터 목록"),
    _listing("feed-list", "피드 목록"),
    _listing("mentor-sheet", "멘토에게 물을 것"),
    _listing("offline-copy", "내려받기"),
    _listing("reader", "원문 곁에서 읽기"),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
"""Every kind of block of ours by its name: those of notes, then those of ordinary pages."""

FOREIGN = frozenset({"caption", "figure-caption", "table-caption", "details"})
"""Blocks of pymdown-extensions that mkdocs.yml enables: allowed, and not ours."""

FOLDS = frozenset(
    {"abstract", "bug", "danger", "example", "failure", "info", "note", "question", "quote"}
    | {"success", "tip", "warning"}
)
"""Kinds of a fold (``details``) that the theme knows."""
