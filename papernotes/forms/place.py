"""Which passage, or which paper and where in it, somebody means."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from papernotes.fingerprint.verify import verify
from papernotes.forms.form import Unplaced
from papernotes.importing import place
from papernotes.importing.place import Found, Source
from papernotes.note.kinds import parse_place
from papernotes.note.library import Library
from papernotes.note.model import Note, Passage, Place

_ARXIV = re.compile(r"(?:arxiv:\s*|https?://arxiv\.org/(?:abs|pdf)/)?(\S+?)(?:\.pdf)?", re.I)


def passage_of(library: Library, text: str) -> tuple[Note, Passage] | None:
    """Return the passage that a form names: by its address, an id it once had, or its place."""
    address, hash_, id = unquote(text).strip(" <>`.").rpartition("#")
    path = re.search(r"papers/([\w-]+)", address)
    for note in library.notes:
        if path and note.path != f"papers/{path[1]}.md":
            continue
        now = note.moved.get(id, id)
        if found := next((each for each in note.passages if each.id == now), None):
            return note, found
    if hash_ and path:
        return None
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
                rest = text[: found.start()] + text[found.end() :]
                return note, parse_place(rest.strip(" ,:"))
    return None, None


def choices(library: Library, text: str) -> str:
    """Return, in Korean, the passages that could be meant, for somebody to copy one's address."""
    note, _ = paper_of(library, text)
    notes = [note] if note else library.notes
    listed = [f"`{each.path}#{passage.id}`" for each in notes for passage in each.passages]
    return ", ".join(listed[:30])


def arxiv_id(text: str) -> str:
    """Return the arXiv id in ``text``, which may be its address on arXiv."""
    found = _ARXIV.fullmatch(text.strip())
    return found[1] if found else text.strip()


def quotation(words: str, at: Place | None, source: Source) -> Found | None:
    """Return a quotation of which every word was found; None where it could not be verified.

    ``at`` is where somebody says that it stands; where that is wrong, it is looked for.
    """
    words = " ".join(words.split())
    paper = source.fingerprint
    if at and not verify(words, at.pages, at.where, paper):
        return Found(words, "", at, len(words.split()), weak=False, doubts=())
    found = place.find(words, source)
    if found is None or found.rest:
        return None
    at = found.place
    return None if verify(found.quote, at.pages, at.where, paper) else found


def cut(text: str) -> Sequence[tuple[Place | None, str]]:
    """Return the quotations of a form, one a paragraph, each with the place above or before it."""
    found: list[tuple[Place | None, str]] = []
    waiting: Place | None = None
    for part in re.split(r"\n[ \t]*\n", text):
        first, _, rest = part.strip().partition("\n")
        at = parse_place(first)
        words = rest.strip() if at else part.strip()
        if words:
            found.append((at or waiting, words))
            waiting = None
        else:
            waiting = at
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
