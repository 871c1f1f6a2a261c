"""The same words as plain Markdown, for stock Material: what notes are measured against.

Each block of ours becomes what a person would write without it: a quotation a ``>`` quote,
a label a line in bold, a snippet its code and its output in fences with the figure under them,
the facts and links around a passage a line of text with links. Headings, tables, formulas,
footnotes and fences stay as they are. Glossary terms are no links, for nobody makes those by hand.
Lists name what ours name, in rows of the same words.
"""

import shutil
from pathlib import Path

from papernotes.fingerprint.quotations import first_piece
from papernotes.note import bibtex, library
from papernotes.note.library import Library, Page
from papernotes.note.model import (
    Addition,
    Answer,
    Block,
    Correction,
    Explanation,
    Gist,
    Listing,
    Note,
    Open,
    Passage,
    Question,
    Quote,
    SnippetRef,
    Sourced,
    Term,
    Translation,
)
from papernotes.note.plain import plain
from papernotes.snippets import records
from papernotes.snippets.snippet import FOLDER, Snippet

CONFIG = """\
site_name: 막힌 문장 노트
site_url: http://127.0.0.1/
theme:
  name: material
  language: ko
nav:
  - 처음: index.md
  - 논문: papers/index.md
  - 모임: sessions/index.md
  - 질문: questions.md
  - 용어: glossary.md
  - 참여하기: contributing.md
plugins:
  - search:
      lang: ko
markdown_extensions:
  - attr_list
  - footnotes
  - tables
  - toc:
      permalink: true
  - pymdownx.arithmatex:
      generic: true
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.superfences
validation:
  nav:
    omitted_files: ignore
"""
_SITE = "https://example.org"
_REPOSITORY = "https://github.com/someone/reading-group"


def write_plain(project: Path, folder: Path) -> None:
    """Write the pages of the generated ``project`` into ``folder`` as plain Markdown."""
    shutil.copytree(project / "docs", folder / "docs", symlinks=False)
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    found = library.load(project.resolve())
    for page in found.pages:
        text = "\n".join(_page(page, found))
        (folder / page.file).write_text(text, "utf-8")


def _page(page: Page, found: Library) -> list[str]:
    lines = page.body.split("\n")
    for block in reversed(page.blocks):
        start, text = block.line - page.first_line, block.text_line - page.first_line
        end = lines.index("///", text)
        lines[start : end + 1] = _block(block, lines[text:end], page, found)
    return _around_passages(lines, page.note) if page.note else lines


def _block(block: Block, text: list[str], page: Page, found: Library) -> list[str]:
    """Return what stands in place of a block, whose Markdown is ``text``."""
    match block:
        case Quote():
            place = f"{block.paper.short} {block.place.label}"
            pdf, html = block.paper.pdf_url(1), block.paper.html_url(first_piece(block.text))
            links = f"{place} [원문에서 보기]({pdf}) [ar5iv]({html}) 원문과 대조함"
            return [*(f"> {line}" for line in text), "", links, ""]
        case Translation():
            return ["**번역 · 편집**", "", *text]
        case Question():
            return ["**질문**", "", *text]
        case Answer():
            return [f"**답 · {block.by}**", "", *text]
        case Gist():
            return ["**짧은 답 · 편집**", "", *_sourced(block, text)]
        case Addition():
            return [f"**덧붙임 · 편집 → {', '.join(block.of)}의 답**", "", *_sourced(block, text)]
        case Correction():
            return [f"**바로잡음 · 편집 → {', '.join(block.of)}의 답**", "", *_sourced(block, text)]
        case Explanation():
            return ["**설명 · 편집**", "", *_sourced(block, text)]
        case Open():
            return ["**아직 모르는 것 · 편집**", "", *_sourced(block, text)]
        case SnippetRef():
            return _snippet(block, found.root)
        case Listing():
            return _listing(block, page, found)
        case Term():
            return [f"## {block.name} {{ #{block.id} }}", "", " · ".join(block.names), "", *text]
        case _:
            return text


def _sourced(block: Sourced, text: list[str]) -> list[str]:
    return [*text, "", f"출처: {' · '.join(block.sources)}"] if block.sources else text


def _snippet(block: SnippetRef, root: Path) -> list[str]:
    snippet = Snippet(root, f"{FOLDER}/{block.path}")
    code = snippet.file.read_text("utf-8").rstrip("\n")
    output = snippet.file.with_suffix(".txt").read_text("utf-8").rstrip("\n")
    lines = [f"**코드로 확인 · {block.path}**", "", f"코드 {code.count(chr(10)) + 1}줄", ""]
    lines += ['```python linenums="1"', *code.split("\n"), "```", "", "기록된 출력", ""]
    lines += ["```text", *output.split("\n"), "```", ""]
    for figure in records.figure_paths(snippet):
        lines += [f"[![{block.alt}](../{figure})](../{figure})", ""]
    repository = f"{_REPOSITORY}/blob/main/{snippet.path}"
    return [*lines, f"[{snippet.path}](../{snippet.path}) [GitHub에서 보기]({repository})", ""]


def _listing(listing: Listing, page: Page, found: Library) -> list[str]:
    rows = []
    if listing.name == "paper-list":
        rows = [
            f"- [{note.paper.short}]({page.link(note.path)}) {note.paper.title} "
            f"{note.paper.venue} · {note.paper.year} {note.description}"
            for note in found.notes
        ]
    elif listing.name == "session-list":
        rows = [
            f"- [{session.title}]({page.link(session.path)}) {' · '.join(session.papers)} "
            f"{session.description} {', '.join(session.participants)}"
            for session in found.sessions
        ]
    elif listing.name == "passage-list":
        rows = [
            f"- [{passage.title}]({page.link(note.path)}#{passage.id}) {passage.status.label} "
            f"{note.paper.short} {plain(passage.question.text, 140)} {', '.join(passage.people)}"
            for note, passage in found.passages
            if not listing.statuses or passage.status in listing.statuses
        ]
    return ["", *rows, ""]


def _around_passages(lines: list[str], note: Note) -> list[str]:
    """Add the paper's facts on top, and a passage's facts, links and citation around it."""
    paper = note.paper
    made = [f"# {paper.title}", "", ", ".join(paper.authors), ""]
    made += [f"{paper.venue} · {paper.year} · [arXiv:{paper.arxiv}]({paper.abs_url})", ""]
    passages = {f"{{ #{passage.id} }}": passage for passage in note.passages}
    current: Passage | None = None
    for line in [*lines, "## "]:
        if line.startswith("## "):
            if current:
                made += _after(current, note)
            current = next((p for mark, p in passages.items() if line.endswith(mark)), None)
            if current:
                made += [line, "", _facts(current, note), ""]
                continue
        made.append(line)
    return made[:-1]


def _facts(passage: Passage, note: Note) -> str:
    tags = " ".join(f"[#{tag}](../questions.md)" for tag in passage.question.tags)
    place = f"{note.paper.short} {passage.quote.place.label}"
    return f"{passage.status.label} {place} 말한 사람: {', '.join(passage.people)} {tags}"


def _after(passage: Passage, note: Note) -> list[str]:
    address = f"{_SITE}/{note.path.removesuffix('.md')}/#{passage.id}"
    cited = f"“{plain(first_piece(passage.quote.text), 80)}” {note.paper.short}"
    others = [f"[{each.title}](#{each.id})" for each in note.passages if each is not passage]
    return [
        "",
        f"[이 구절에 질문하기]({_REPOSITORY}/issues/new) "
        f"[GitHub에서 고치기]({_REPOSITORY}/edit/main/docs/{note.path})",
        "",
        f"인용하기 {cited} [{address}]({address})",
        "",
        "```",
        *bibtex.entry(note.paper).rstrip("\n").split("\n"),
        "```",
        "",
        " ".join(others[:2]),
        "",
    ]
