"""Notes for programs that read: each as the Markdown it is, and the site in one file.

Source of ``llms.txt`` (a title, a summary in a quotation, lists of links under headings) and of
``llms-full.txt`` (all of it in one file): llmstxt.org.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from papernotes.export.site import Site
from papernotes.note.kinds import kind_of
from papernotes.note.library import Library
from papernotes.note.model import (
    NAMELESS,
    Addition,
    Answer,
    Correction,
    Note,
    Passage,
    PassageBlock,
    Question,
    Quote,
    SnippetRef,
    Sourced,
)
from papernotes.note.plain import plain
from papernotes.snippets.snippet import FOLDER

LIST = "llms.txt"
FULL = "llms-full.txt"

_SUMMARY = (
    "> 논문을 읽다 막힌 문장을 원문 그대로 인용하고, 질문과 답과 설명을 붙인 노트예요. "
    "인용은 논문의 그 판과 낱말마다 대조해요."
)
_WHOSE = """\
- **인용**과 **근거 원문**은 논문 저자의 말이에요. `…`과 `[수식]`은 뺀 자리예요.
- 인용에서 다른 `[ ]` 안은 우리가 넣은 말이에요.
- **질문**과 **답**은 이름이 적힌 사람의 말이고, 틀렸을 수 있어요.
- 틀린 답 뒤에는 **바로잡음**이 있어요.
- **번역**, **짧은 답**, **바로잡음**, **덧붙임**, **설명**은 우리가 쓴 말이고, 괄호 안이 출처예요.
- **아직 모르는 것**은 논문에 답이 없거나 확인하지 못한 것이에요. 답으로 읽지 마세요.
- 옮길 때는 구절의 주소를 적어 주세요.
- 글은 CC BY 4.0이고, 인용한 문장의 저작권은 논문 저자에게 있어요."""


def files(library: Library, root: Path, site: Site) -> Iterator[tuple[str, str]]:
    """Yield each file's path in the site and its text."""
    for note in library.notes:
        yield note.path, (root / "docs" / note.path).read_text("utf-8")
    yield LIST, "\n\n".join(_list(library, site)) + "\n"
    yield FULL, "\n\n".join(_full(library, site)) + "\n"


def _list(library: Library, site: Site) -> Iterator[str]:
    yield from (f"# {site.name}", _SUMMARY, _WHOSE, "## 논문")
    yield "\n".join(
        f"- [{_named(note)}]({site.url}{note.path}): {plain(note.description)}"
        for note in library.notes
    )
    yield "## 한꺼번에"
    yield (
        f"- [모든 노트의 글]({site.url}{FULL}): 구절마다 누구의 말인지 적혀 있어요\n"
        f"- [모든 노트의 데이터]({site.url}notes.json): 꼴은 notes.schema.json에 있어요"
    )
    yield "## Optional"
    yield f"- [용어집]({site.link('glossary.md')}): 노트에 나오는 말"


def _named(note: Note) -> str:
    """What a note's link is called: a bracket would end it, and so could a tick."""
    name = f"{note.paper.short}: {note.paper.title.removeprefix(f'{note.paper.short}: ')}"
    # The convention's own reader knows no escaped bracket, so that it is an entity.
    return re.sub(
        r"[\[\]<&]", lambda sign: f"&#{ord(sign[0])};", re.sub(r"[\\`*_]", r"\\\g<0>", name)
    )


def _full(library: Library, site: Site) -> Iterator[str]:
    yield from (f"# {site.name}", _SUMMARY, _WHOSE)
    for note in library.notes:
        paper = note.paper
        yield f"## {paper.title}"
        yield f"{', '.join(paper.authors)}. {paper.published}. {paper.abs_url}"
        for passage in note.passages:
            yield from _passage(note, passage, site)


def _passage(note: Note, passage: Passage, site: Site) -> Iterator[str]:
    yield f"### {plain(passage.title)}"
    yield (
        f"{note.paper.short} {passage.quote.place.label} · {passage.status.label} · "
        f"{site.link(note.path, passage.id)}"
    )
    for block in passage.blocks:
        yield f"**{kind_of(block).label}**{_facts(block)}"
        if isinstance(block, SnippetRef):
            yield f"{site.url}{FOLDER}/{Path(block.path).with_suffix('.ipynb').as_posix()}"
        else:
            yield _quoted(block.text) if isinstance(block, Quote) else block.text


def _facts(block: PassageBlock) -> str:
    """Whose words they are or where they come from, in brackets."""
    match block:
        case Quote():
            facts = [f"{block.paper.short}, arXiv:{block.paper.arxiv}, {block.place.label}"]
        case Question():
            facts = [block.by or NAMELESS]
        case Answer():
            facts = [block.by]
        case Correction() | Addition():
            facts = [f"{', '.join(block.of)}의 답에 대해", *block.sources]
        case Sourced():
            facts = list(block.sources)
        case _:
            facts = []
    return f" ({'; '.join(facts)})" if facts else ""


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
