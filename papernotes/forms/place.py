"""Which passage, or which paper and where in it, somebody means."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from papernotes import arxiv
from papernotes.fingerprint.verify import verify
from papernotes.forms.form import Unplaced
from papernotes.importing import place
from papernotes.importing.place import Found, Source
from papernotes.note.kinds import parse_place
from papernotes.note.library import Library
from papernotes.note.model import Note, Passage, Place

_ARXIV = re.compile(rf"(?<!\d)(?<!\d\.){arxiv.ID.pattern}(?!\d)", re.IGNORECASE)
_NAMED = re.compile(r"#([\w-]+)|papers/[\w-]+/([\w-]+)")
"""A passage in an address: of the note's page, or of its own."""
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})")
_RANGE = r"(\d+)(?:[ ]*[-–~][ ]*(\d+))?"
_PAGES = re.compile(rf"\bpp?\.?[ ]*{_RANGE}|{_RANGE}[ ]*쪽")
_WHERE = re.compile(
    r"(?:(?:§ ?|[A-Za-z]+\.? |[가-힣]+ )?[\dA-Z][\w.]{0,9}(?: ?절)?|[A-Za-z]+|[가-힣]+)?"
)
"""``§4.1``, ``Table 2``, ``표 3``, ``4.1절``, ``Abstract``: no sentence."""
_MARKS = [*zip("\"“'‘`「『«", "\"”'’`」』»", strict=True)]


def passage_of(library: Library, text: str) -> tuple[Note, Passage] | None:
    """Return the passage that a form names: by its address, its title, or its place.

    The address may be an older one, that of the passage's own page, or the id alone.
    """
    text = unquote(text).strip(" <>`\"'“”‘’.")
    path = re.search(r"papers/([\w-]+)", text)
    named = {(one or two).casefold() for one, two in _NAMED.findall(text)}
    ids = named or {text.casefold()}
    found = [
        (note, passage)
        for note in library.notes
        if not path or note.path == f"papers/{path[1]}.md"
        for passage in note.passages
        if ids & {passage.id, *(old for old, new in note.moved.items() if new == passage.id)}
        or text == passage.title
    ]
    if named or found:
        return found[0] if len(found) == 1 else None
    paper, at = paper_of(library, text)
    here = [each for each in paper.passages if at and each.quote.place == at] if paper else []
    return (paper, here[0]) if paper and len(here) == 1 else None


def paper_of(library: Library, text: str) -> tuple[Note | None, Place | None]:
    """Return the note whose paper ``text`` names (``RoBERTa §4.1, p. 4``), and the place in it."""
    for note in sorted(library.notes, key=lambda each: -len(each.paper.short)):
        names = (note.paper.short, note.paper.title, note.paper.arxiv, note.path)
        for name in names:
            pattern = rf"(?<![^\W_])(?:docs/)?{re.escape(name)}(?![^\W_])"
            if found := re.search(pattern, text, re.IGNORECASE):
                return note, place_in(text[: found.start()] + text[found.end() :])
    return None, None


def place_in(text: str) -> Place | None:
    """Return the place that ``text`` is, as people write it: ``§4.1 p.4``, ``4.1절, 4쪽``."""
    pages = _PAGES.search(text)
    where = _PAGES.sub("", text, count=1).strip(" ,:()[]")
    if not pages or not _WHERE.fullmatch(where):
        return parse_place(text)
    where = re.sub(r"^([\dA-Z][\d.]*) ?절$", r"§\1", where)
    first, last = pages[1] or pages[3], pages[2] or pages[4]
    return parse_place(f"{where}{', ' if where else ''}p. {first}{f'-{last}' if last else ''}")


def choices(library: Library, text: str) -> str:
    """Return, in Korean, the passages that could be meant, for somebody to copy one's address."""
    note, _ = paper_of(library, text)
    notes = [note] if note else library.notes
    listed = [f"`{each.path}#{passage.id}`" for each in notes for passage in each.passages]
    return ", ".join(listed[:30])


def arxiv_ids(text: str) -> Sequence[str]:
    """Return the arXiv ids with a version in ``text``: alone or in addresses of any form."""
    found = (re.sub(r"V(?=\d)", "v", each[0]) for each in _ARXIV.finditer(text))
    return list(dict.fromkeys(found))


def bare(text: str) -> str:
    """Return a quotation's words on one line, without the marks that say it is one."""
    lines = [re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line) for line in text.split("\n")]
    words = " ".join(" ".join(each for each in lines if not _FENCE.match(each)).split())
    for first, last in _MARKS:
        inside = words[1:-1]
        if words[:1] == first and words[-1:] == last and not {first, last} & set(inside):
            words = inside.strip()
    return words


def quotation(words: str, at: Place | None, source: Source) -> Found | None:
    """Return a quotation of which every word was found; None where it could not be verified.

    ``at`` is where somebody says that it stands; where that is wrong, it is looked for.
    """
    paper = source.fingerprint
    if at and not verify(words, at.pages, at.where, paper):
        return Found(words, "", at, len(words.split()), weak=False, doubts=())
    found = place.find(words, source)
    if found is None or found.rest:
        return None
    at = found.place
    return None if verify(found.quote, at.pages, at.where, paper) else found


def cut(text: str) -> Sequence[tuple[Place | None, str]]:
    """Return the quotations of a form, one a paragraph, each with the place beside it."""
    found: list[tuple[Place | None, str]] = []
    waiting: Place | None = None
    for part in re.split(r"\n[ \t]*\n", text):
        lines = part.strip().split("\n")
        at = None
        for end in (0, -1):
            if at is None and lines and (at := place_in(lines[end])):
                lines.pop(end)
        if words := bare("\n".join(lines)):
            found.append((at or waiting, words))
            waiting = None
        else:
            waiting = at
    if waiting and found and found[-1][0] is None:
        found[-1] = (waiting, found[-1][1])
    return found


def need_passage(library: Library, text: str) -> tuple[Note, Passage]:
    """Return the passage that a form names.

    Raises:
        Unplaced: There is none, or more than one.
    """
    found = passage_of(library, text)
    if found is None:
        raise Unplaced(
            "어느 구절인지 찾지 못했어요. **구절** 칸에 구절의 주소를 적어 주세요. "
            f"이 가운데 있나요? {choices(library, text)}"
        )
    return found
