"""``search.json``: what the site's search looks through, an entry a passage and a section.

It is made from the model and the pages as they were built: the same notes give the same bytes,
whichever engine built them. overrides/assets/search reads it.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import normalize

from lxml.html import HtmlElement

from papernotes.export import pagetext
from papernotes.export.site import Json
from papernotes.note import frontmatter, hangul
from papernotes.note.kinds import KINDS, kind_of
from papernotes.note.library import Library, Page
from papernotes.note.model import Answer, Correction, Note, Passage, Status, Term

FILE = "search/index.json"

_UNSEARCHED = frozenset({"snippet"})
"""Kinds of blocks that are left out: code and its output are no help to a search."""

_COMPANION = 0.7
"""What a notebook's section weighs: the note that it goes with comes first."""


class Stale(Exception):
    """A built page is not of the project as it is now; the message is its path."""


def index(found: Library, folder: Path) -> Json:
    """Return the index of the site in ``folder``.

    ``entries`` have an address (``at``), a ``title``, a ``kind`` (passage, paper, term, page), a
    ``group`` (the paper or page that they belong to) and ``parts``: words with their kind of
    block, and whose they are (``by``; ``wrong`` where they were corrected). ``labels`` are what
    readers call kinds and statuses, ``terms`` the names of each term, and of models. Tables are
    parts of their own: cells are found, but make no sentence to show.

    Raises:
        Stale: A page is missing, or another note than the project's.
    """
    notebooks = sorted(file.name for file in (found.root / "docs/notebooks").glob("*.py"))
    return {
        "labels": {name: kind.label for name, kind in sorted(KINDS.items())},
        "statuses": {status.value: status.label for status in Status},
        "terms": [*([_plain(n) for n in term.names] for term in found.terms), *hangul.MODELS],
        "entries": [
            *(entry for page in found.pages for entry in _entries(page, found, folder)),
            *(entry for each in notebooks for entry in _notebook(f"notebooks/{each}", folder)),
        ],
    }


def is_flat(found: Library, folder: Path) -> bool:
    """Tell whether the pages of a site are files beside each other, to be opened as such."""
    return any(place(page.path, folder)[0].endswith(".html") for page in found.pages)


def _entries(page: Page, found: Library, folder: Path) -> Iterator[Json]:
    settings = _settings(found.root, page)
    if settings.exclude:
        return
    address, file = place(page.path, folder)
    try:
        article = pagetext.article(file)
    except (OSError, ValueError) as error:
        raise Stale(page.file) from error
    boost = {} if settings.boost == 1 else {"boost": settings.boost}
    if page.note:
        yield _paper(page.note, address, article) | boost
        for passage in page.note.passages:
            yield _passage(passage, page.note, address, article) | boost
        return
    terms = {term.id: term for term in page.terms}
    yield from (entry | boost for entry in _sections(address, article, terms))


def _notebook(name: str, folder: Path) -> Iterator[Json]:
    """A notebook's words, where the engine makes a page of it: Zensical makes none."""
    address, file = place(name, folder)
    if file.is_file():
        for entry in _sections(address, pagetext.article(file), {}):
            yield entry | {"boost": _COMPANION}


def _sections(address: str, article: HtmlElement, terms: Mapping[str, Term]) -> Iterator[Json]:
    sections = pagetext.sections(article)
    group = _plain(sections[0].title)
    for section in sections:
        term = terms.get(section.id)
        names = " · ".join(name for name in term.names if name != term.name) if term else ""
        words = {"names": names, "text": section.text, "table": section.tables}
        yield {
            "at": f"{address}#{section.id}" if section.id else address,
            "title": _plain(section.title),
            "kind": "term" if term else "page",
            "group": group,
            **({"place": _plain(names)} if names else {}),
            "parts": [{"kind": k, "text": _plain(text)} for k, text in words.items() if text],
        }


def _settings(root: Path, page: Page) -> frontmatter.Search:
    """Return what a page's front matter says of the search."""
    split = frontmatter.split((root / page.file).read_text("utf-8"))
    if page.note or split.yaml is None:
        return frontmatter.Search()
    rule, _ = frontmatter.validate(split, frontmatter.RuleFields, page.file)
    other, _ = frontmatter.validate(split, frontmatter.PageFields, page.file)
    fields = rule or other
    return (fields.search if fields else None) or frontmatter.Search()


def place(path: str, folder: Path) -> tuple[str, Path]:
    """Return a page's address below the site's, and its file: in a folder of its own, or flat."""
    slug = path.removesuffix(".md").removesuffix(".py")
    if slug == "index" or slug.endswith("/index"):
        return slug.removesuffix("index"), folder / f"{slug}.html"
    flat = folder / f"{slug}.html"
    return (f"{slug}.html", flat) if flat.is_file() else (f"{slug}/", folder / slug / "index.html")


def _paper(note: Note, address: str, article: HtmlElement) -> Json:
    """The beginning of a note: what it says before its first passage."""
    said = []
    for child in article:
        if child.tag == "section":
            break
        said.append(child)
    authors = ", ".join(note.paper.authors)
    text = "\n".join([authors, pagetext.text(each for each in said if each.tag != "h1")])
    return {
        "at": address,
        "title": _plain(note.paper.title),
        "kind": "paper",
        "group": _plain(note.paper.short),
        "parts": [{"kind": "text", "text": _plain(text)}],
    }


def _passage(passage: Passage, note: Note, address: str, article: HtmlElement) -> Json:
    return {
        "at": f"{address}#{passage.id}",
        "title": _plain(passage.title),
        "kind": "passage",
        "group": _plain(note.paper.short),
        "status": passage.status.value,
        "place": passage.quote.place.label,
        "parts": list(_parts(passage, note, article)),
    }


def _parts(passage: Passage, note: Note, article: HtmlElement) -> Iterator[Json]:
    """Yield the words of each block; a page holds the blocks of one kind in the note's order."""
    section = article.find(f".//section[@data-passage='{passage.id}']")
    if section is None:
        raise Stale(f"docs/{note.path}")
    drawn: dict[str, deque[HtmlElement]] = defaultdict(deque)
    for element in section.iter("div", "figure"):
        for name in str(element.get("class", "")).split():
            drawn[name].append(element)
    quotes = drawn["pn-quote"]
    drawn["pn-evidence"] = deque(
        each for each in quotes if "pn-quote--evidence" in str(each.get("class"))
    )
    drawn["pn-quote"] = deque(each for each in quotes if each not in drawn["pn-evidence"])
    wrong = {name for each in passage.blocks if isinstance(each, Correction) for name in each.of}
    for block in passage.blocks:
        kind = kind_of(block)
        if kind.name in _UNSEARCHED:
            continue
        if not drawn[f"pn-{kind.name}"]:
            raise Stale(f"docs/{note.path}")
        element = drawn[f"pn-{kind.name}"].popleft()
        words = element.findall("blockquote") if element.tag == "figure" else [element]
        part: Json = {"kind": kind.name, "text": _plain(pagetext.text(words))}
        if isinstance(block, Answer):
            part |= {"by": block.by} | ({"wrong": True} if block.by in wrong else {})
        if part["text"]:
            yield part
        if cells := pagetext.tables(words):
            yield {"kind": "table", "text": _plain(cells)}


def _plain(words: str) -> str:
    return normalize("NFC", words)
