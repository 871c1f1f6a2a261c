"""What ``papernotes check --fix`` mends: what is safe, and nothing that needs a judgement.

No word changes, and no code: only the order of front matter, white space, and what the end of
a line left inside a quoted word.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from papernotes.check import korean, quotes
from papernotes.files import write_whole
from papernotes.note import frontmatter, library, parse
from papernotes.note.library import Library
from papernotes.note.model import Note, Quote
from papernotes.note.prose import mask_code

_ORDER = (
    *("title", "short", "description", "authors", "year", "venue", "arxiv"),
    *("participants", "papers", "references", "moved", "search"),
)
"""The order in which front matter reads best; what is not named follows."""

_CODE = "\ufffc"
_CUT = re.compile(r"(?P<start>[^\W\d_]+)-\s+(?P<end>[^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def mend(root: Path) -> list[str]:
    """Mend every page below ``root``/docs; return the paths (from ``root``) that changed.

    Links to files are left alone: what they lead to may lie anywhere.
    """
    changed = {page.file for page in library.load(root).pages if _mend_page(root, page)}
    found = library.load(root)
    spellings = _spellings(found)
    changed |= {f"docs/{n.path}" for n in found.notes if _mend_quotes(root, n, spellings)}
    return sorted(changed)


def _mend_page(root: Path, page: library.Page) -> bool:
    file = root / page.file
    if not page.readable or file.is_symlink():
        return False
    before = file.read_bytes()
    after = tidied(before.decode("utf-8"))
    if after.encode("utf-8") == before:
        return False
    write_whole(file, after)
    return True


def tidied(source: str) -> str:
    """Return a page's source tidied: line ends, front matter's order, and spaces."""
    text = parse.clean(source.lstrip("\ufeff"))
    page = frontmatter.split(text)
    head = text[: len(text) - len(page.body)]
    if page.yaml is not None:
        head = head.replace(page.yaml, _ordered(page.yaml), 1)
    body = _with_single_spaces("\n".join(_without_trailing_space(page.body)))
    text = (head + body).rstrip("\n")
    return f"{text}\n" if text else ""


def _ordered(source: str) -> str:
    """Return front matter with its fields in their order; as it was if that is not certain."""
    try:
        node = yaml.compose(source, yaml.SafeLoader)
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            return source
        ordered = _sorted_fields(source, node)
        same = yaml.safe_load(ordered) == yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return source
    return ordered if same else source


def _sorted_fields(source: str, node: yaml.MappingNode) -> str:
    lines = source.splitlines(keepends=True)
    names = [str(key.value) for key, _ in node.value]
    starts = [_with_comments(lines, key.start_mark.line) for key, _ in node.value]
    ends = [*starts[1:], len(lines)]
    pieces = ["".join(lines[a:b]) for a, b in zip(starts, ends, strict=True)]
    rank = {name: place for place, name in enumerate(_ORDER)}
    order = sorted(range(len(names)), key=lambda i: rank.get(names[i], len(rank)))
    return "".join([*lines[: starts[0]], *(pieces[i] for i in order)])


def _with_comments(lines: list[str], line: int) -> int:
    """Return where the comments begin that stand right above a field; the first has none."""
    start = line
    while start and lines[start - 1].startswith("#"):
        start -= 1
    return start if start else line


def _without_trailing_space(body: str) -> Iterator[str]:
    """Yield the lines without white space at their ends, code and hard line breaks left alone."""
    lines = body.split("\n")
    masked = mask_code(body, _CODE).split("\n")
    for line, bare, following in zip(lines, masked, [*lines[1:], ""], strict=True):
        kept = bare.rstrip(" \t")
        is_break = kept and bare.endswith("  ") and following.strip()
        yield line if is_break or kept.endswith("\\") else line[: len(kept)]


def _with_single_spaces(body: str) -> str:
    lines = body.split("\n")
    for prose in korean.own_prose(body):
        for start, end in reversed(list(korean.double_spaces(prose.text))):
            number, column = prose.place(start)
            line = lines[number]
            lines[number] = f"{line[:column]} {line[column + end - start :]}"
    return "\n".join(lines)


def _spellings(found: Library) -> dict[str, set[str]]:
    """Return the words of each paper (by its arXiv id) as its verified quotations spell them."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for _, passage in found.passages:
        for quote in passage.quotes:
            if not _CUT.search(quote.text) and quotes.is_verified(quote, found.root):
                spellings[quote.paper.arxiv].update(_WORD.findall(quote.text.lower()))
    return spellings


def _mend_quotes(root: Path, note: Note, spellings: dict[str, set[str]]) -> bool:
    file = root / "docs" / note.path
    if file.is_symlink():
        return False
    lines = file.read_text("utf-8").split("\n")
    changed = False
    for quote in reversed([quote for passage in note.passages for quote in passage.quotes]):
        whole = uncut(quote, root, spellings[quote.paper.arxiv])
        if whole != quote.text:
            first = quote.text_line - 1
            lines[first : first + quote.text.count("\n") + 1] = whole.split("\n")
            changed = True
    if changed:
        write_whole(file, "\n".join(lines))
    return changed


def uncut(quote: Quote, root: Path, spelled: set[str]) -> str:
    """Return a quotation's text with the words whole that a line's end cut in two.

    Only where the paper has the whole word: the joined quotation must verify. A fingerprint
    does not know hyphens, so the hyphen stays (``some-times``) unless the paper's other
    quotations, ``spelled``, have the word without it and never with it.
    """

    def join(cut: re.Match[str]) -> str:
        with_hyphen, without = f"{cut['start']}-{cut['end']}", cut["start"] + cut["end"]
        known = with_hyphen.lower() not in spelled and without.lower() in spelled
        return without if known else with_hyphen

    whole, before = quote.text, ""
    while whole != before:
        before, whole = whole, _CUT.sub(join, whole)
    return whole if quotes.is_verified(replace(quote, text=whole), root) else quote.text
