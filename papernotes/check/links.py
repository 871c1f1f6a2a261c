"""Links that lead nowhere, images from elsewhere, and markup that could run code."""

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from os.path import isfile
from pathlib import Path
from urllib.parse import unquote, urldefrag

from papernotes.note import library
from papernotes.note.library import Page
from papernotes.note.model import Answer, Question, SnippetRef
from papernotes.note.prose import Target, attribute_lists, foreign_markup, may_give, scheme, targets
from papernotes.note.spans import Kind, mask, spans
from papernotes.problems import Problem
from papernotes.snippets import records
from papernotes.snippets.snippet import FOLDER, Snippet

_MARKS = re.compile("[<\\]{]")
"""What every link, image, tag and attribute list holds."""

_RESERVED = re.compile(r"\n#{1,6}[ \t]+[^\n]*?(?:__|pn-|md-)[^\n]*", re.I)

_UNSAFE_SCHEMES = frozenset({"javascript", "vbscript", "data", "file", "blob"})
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
_HOST = re.compile(r"(?:https?:)?//(?:www\.)?([^/?#\s]+)", re.I)
_FOREIGN_LETTERS = re.compile(r"[^\x00-\x7f가-힣]")
_SIGNS = {"class": ".", "id": "#"}
_FOREIGN_TAG = re.compile(r"</?([^\s<>`]*)")
_INSTEAD = {
    **dict.fromkeys(["details", "summary"], "접는 글이면 `/// details | 제목`으로 적어 주세요."),
    **dict.fromkeys(["img", "picture"], "그림이면 `![무엇을 보이는지](경로)`로 적어 주세요."),
    **dict.fromkeys(["table", "tr", "th", "td"], "표이면 Markdown 표로 적어 주세요."),
    "a": "링크면 `[글](주소)`로 적어 주세요.",
    **dict.fromkeys(
        ["br", "kbd", "rp", "rt", "ruby", "sub", "sup", "wbr"],
        "멤버의 말이 아니면 속성 없이, 같은 문단에서 닫아 주세요.",
    ),
}


def foreign_markup_message(html: str) -> str:
    """Say what to write instead of HTML that begins with ``html``."""
    if html.startswith("<!--"):
        return "주석 안에는 `<`와 `>`를 쓸 수 없어요. 지우고, 보일 글이면 앞뒤를 `로 감싸 주세요."
    tag = _FOREIGN_TAG.match(html)
    name, shown = (tag[1].lower(), tag[0]) if tag else ("", "<")
    instead = _INSTEAD.get(name, "꾸민 것이면 Markdown으로 적어 주세요.")
    return f"HTML로 읽혀요: `{shown}>`. 글자면 앞뒤를 `로 감싸고, {instead}"


@dataclass(frozen=True)
class Anchored:
    """A link to an ``anchor`` of ``page``; where that has none, the link has this ``problem``.

    Who knows all pages can tell: so no page is read for another one's links.
    """

    page: str
    anchor: str
    problem: Problem


def problems(page: Page, root: Path) -> Iterator[Problem | Anchored]:
    """Yield what is wrong with the links, images, raw HTML and snippets of a page.

    What the page becomes is looked at once more by :mod:`papernotes.render.guard`.
    """
    yield from _prose_problems(page.body, page, root)
    for source, lines in page.sources.items():
        for found in _prose_problems(source, page, root):
            yield from (_moved(found, line) for line in lines)
    yield from _heading_problems(page)
    yield from _session_problems(page, root)
    yield from _snippet_problems(page, root)


def _moved(found: Problem | Anchored, line: int) -> Problem | Anchored:
    """Place at a block's ``line`` what was found in its source."""
    if isinstance(found, Anchored):
        return replace(found, problem=replace(found.problem, line=line, column=1))
    return replace(found, line=line, column=1)


def linked(page: Page) -> frozenset[str]:
    """Return the files that a page's links lead to, there or not, relative to ``docs/``."""
    found = targets(page.body)
    return frozenset(_path(each, page) for each in found if not scheme(each.url))


def dead(page: Page, root: Path) -> frozenset[str]:
    """Return the links and images of a page that lead nowhere, as they are written."""

    def anchors(path: str) -> Container[str]:
        return library.read(root, path).anchors

    found = (each for each in targets(page.body) if not scheme(each.url))
    return frozenset(
        each.url for each in found if any(settled(_dead_link(each, page, root), anchors))
    )


def settled(
    found: Iterable[Problem | Anchored], anchors: Callable[[str], Container[str]]
) -> Iterator[Problem]:
    """Yield the problems that there are, knowing the ``anchors`` of each page by its path."""
    for each in found:
        if isinstance(each, Problem):
            yield each
        elif each.anchor not in anchors(each.page):
            yield each.problem


def _prose_problems(text: str, page: Page, root: Path) -> Iterator[Problem | Anchored]:
    if not _MARKS.search(text):  # most sources: nothing is marked up in them
        return
    for target in targets(text):
        yield from _target_problems(target, page, root)
    yield from _markup_problems(text, page)


def _markup_problems(text: str, page: Page) -> Iterator[Problem]:
    for offset, given in attribute_lists(text):
        yield from _brace_problems(offset, given, page)
    for offset in sorted({*foreign_markup(text), *_tags_of_members(text, page)}):
        yield page.problem(offset, "PN508", foreign_markup_message(text[offset : offset + 40]))


def _tags_of_members(text: str, page: Page) -> Iterator[int]:
    """Yield where HTML stands in what members said: there it is always a word."""
    if text is not page.body:
        return
    said = [block for block in page.blocks if isinstance(block, Question | Answer)]
    found = [span for span in spans(text) if span.kind is Kind.TAG] if said else []
    for span in found:
        line = page.problem(span.start, "PN508", "").line
        if any(b.text_line <= line <= b.text_line + b.text.count("\n") for b in said):
            yield span.start


def _target_problems(target: Target, page: Page, root: Path) -> Iterator[Problem | Anchored]:
    if target.image and not target.text.strip() and scheme(target.url) not in _UNSAFE_SCHEMES:
        message = "그림에 대체 글이 없어요. `![무엇을 보이는 그림인지](경로)`처럼 적어 주세요."
        yield page.problem(target.offset, "PN504", message)
    if scheme(target.url) or target.url.startswith("//"):
        yield from foreign_target(target, page)
    else:
        yield from _dead_link(target, page, root)


def foreign_target(target: Target, page: Page) -> Iterator[Problem]:
    """Yield what is wrong with a link or image that leads out of the site."""
    yield from _feigned(target, page)
    kind = scheme(target.url)
    if kind in _UNSAFE_SCHEMES:
        message = f"`{kind}:` 주소는 쓸 수 없어요. https 주소나 저장소 안의 파일로 바꿔 주세요."
        yield page.problem(target.offset, "PN505", message)
        return
    if target.image:
        message = "다른 곳의 그림은 언젠가 사라져요. docs/assets/에 넣고 그 경로로 바꿔 주세요."
        yield page.problem(target.offset, "PN503", message)
    if kind and kind not in _SAFE_SCHEMES:
        message = f"`{kind}:` 주소는 쓸 수 없어요. https 주소로 바꿔 주세요."
        yield page.problem(target.offset, "PN505", message)


def _feigned(target: Target, page: Page) -> Iterator[Problem]:
    """Yield links that lead elsewhere than they seem to."""
    host = _HOST.match(target.url)
    said = _HOST.match(target.text.strip())
    if host and "@" in host[1]:
        message = "주소의 `@` 앞이 다른 사이트처럼 보여요. 지워 주세요."
        yield page.problem(target.offset, "PN505", message)
    elif host and _FOREIGN_LETTERS.search(host[1]):
        message = "사이트의 이름에 로마자나 한글이 아닌 글자가 있어요. `xn--…`으로 적어 주세요."
        yield page.problem(target.offset, "PN505", message)
    elif host and said and said[1].lower() != host[1].lower():
        message = "글에 적힌 주소와 다른 곳으로 가는 링크예요. 둘을 맞추거나 글을 바꿔 주세요."
        yield page.problem(target.offset, "PN505", message)


def _dead_link(target: Target, page: Page, root: Path) -> Iterator[Problem | Anchored]:
    address, fragment = urldefrag(unquote(target.url))
    path = _path(target, page)
    outside = path.startswith("..") or address.startswith("/")
    if address and (outside or not isfile(f"{root}/docs/{path}")):
        message = f"링크가 가리키는 파일이 없어요: `{target.url}`. 경로와 철자를 살펴 주세요."
        yield page.problem(target.offset, "PN501", message)
        return
    if fragment and path.endswith(".md"):
        message = f"`{path}`에 `#{fragment}` 자리가 없어요. 제목의 주소를 살펴 주세요."
        yield Anchored(path, fragment, page.problem(target.offset, "PN502", message))


def _path(target: Target, page: Page) -> str:
    address = urldefrag(unquote(target.url))[0]
    if not address:
        return page.path
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address))


def _brace_problems(offset: int, given: list[tuple[str, str]], page: Page) -> Iterator[Problem]:
    """Yield what an attribute list may not give; where it stands on a picture is seen later."""
    wrong = [
        f"`{_SIGNS.get(name, '')}{value if name in _SIGNS else name}`"
        for name, value in given or [("=", "")]  # what is no attribute is gone all the same
        if not may_give("img", name, value)
    ]
    if wrong:
        message = (
            f"`{{ }}` 안에 쓸 수 없어요: {', '.join(wrong)}. 지우거나, 글자면 `\\{{`로 적어 주세요."
        )
        yield page.problem(offset, "PN507", message)


def _heading_problems(page: Page) -> Iterator[Problem]:
    """Yield headings whose own address is one that scripts of the theme or of ours look for."""
    if not _RESERVED.search(f"\n{page.body}"):
        return
    for match in _RESERVED.finditer("\n" + mask(page.body, [Kind.FENCE])):
        title = match[0].lstrip("\n#").strip()
        own = re.search(r"\{[^{}]*#[^{}]*\}[ #]*$", title)
        if own or not library.slug(title).startswith(("__", "md-", "pn-")):
            continue
        message = "제목의 주소가 사이트가 쓰는 것이에요. 제목 끝에 `{ #다른-주소 }`를 적어 주세요."
        yield page.problem(match.start(), "PN507", message)


def _session_problems(page: Page, root: Path) -> Iterator[Problem]:
    asked = [block for block in page.blocks if isinstance(block, Question) and block.session]
    paths = {f"sessions/{block.session}.md" for block in asked}
    there = {path for path in paths if isfile(f"{root}/docs/{path}")}
    for block in asked:
        if (path := f"sessions/{block.session}.md") not in there:
            message = f"모임 기록이 없어요: `{path}`. 철자를 살피거나 쪽을 만들어 주세요."
            yield Problem(page.file, block.line, 1, "PN501", message)


def _snippet_problems(page: Page, root: Path) -> Iterator[Problem]:
    for block in page.blocks:
        if not isinstance(block, SnippetRef):
            continue
        snippet = Snippet(root, f"{FOLDER}/{block.path}")
        if not isfile(f"{root}/{snippet.path}"):
            message = f"`{snippet.path}` 파일이 없어요. 경로를 고치거나 파일을 만들어 주세요."
            yield Problem(page.file, block.line, 1, "PN416", message)
        elif not block.alt.strip() and records.figure_paths(snippet):
            message = "스니펫의 그림에 대체 글이 없어요. `alt: 무엇을 보이는지`처럼 적어 주세요."
            yield Problem(page.file, block.line, 1, "PN504", message)
