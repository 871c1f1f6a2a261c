"""``picture.png``: what a link to a page shows in a chat, drawn when the site is built.

1200 × 630 pixels is the size that Facebook's "Images in link shares" asks for, and others take. The
letters are Noto Sans and Noto Serif KR (SIL OFL 1.1, from a locked wheel), and DejaVu Sans, which
comes with matplotlib, where these have none; a letter that none has is left out.
"""

import hashlib
import io
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, ImageFont

from papernotes.export.site import Site
from papernotes.files import write_whole
from papernotes.note import address
from papernotes.note.library import Library
from papernotes.note.model import Note, Passage
from papernotes.note.plain import plain

NAME = "picture.png"
SIZE = (1200, 630)
MOST_BYTES = 25_000

_CACHE = ".cache/pictures"
_MARGIN = 72
_INK, _SOFT, _ACCENT, _GROUND = "#1d2a30", "#4a5a62", "#14475a", "#f1f5f7"


@dataclass(frozen=True)
class Card:
    """What a picture says: a title, words of a paper, words of ours, and a last line."""

    title: str
    quote: str
    answer: str
    place: str


def of_note(note: Note, name: str) -> Card:
    """Return the card of a note on the site called ``name``."""
    paper = note.paper
    said = f"{name} · {paper.published}"
    return Card(f"{paper.short} 노트", paper.title, plain(note.description), said)


def of_passage(note: Note, passage: Passage, name: str) -> Card:
    """Return the card of a passage."""
    place = f"{name} · {note.paper.short} {passage.quote.place.label} · {passage.status.label}"
    said = passage.gist or passage.question
    return Card(plain(passage.title), f"“{plain(passage.quote.markdown)}”", plain(said.text), place)


def files(library: Library, root: Path, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of the site, of each note and of each passage, with their paths in it."""
    cards = [(NAME, Card(site.name, site.description, "", site.url.partition("//")[2].rstrip("/")))]
    for note in library.notes:
        cards.append((address.published(note.path) + NAME, of_note(note, site.name)))
        for passage in note.passages:
            if path := address.alone(note.path, passage.id):
                cards.append((path + NAME, of_passage(note, passage, site.name)))
    for path, card in cards:
        yield path, picture(card, root)


def picture(card: Card, root: Path) -> bytes:
    """Return the card as a PNG: drawn, or as it was drawn before for the project at ``root``."""
    drawing = (Path(__file__).read_bytes(), PIL.__version__, card)
    kept = root / _CACHE / f"{hashlib.sha256(repr(drawing).encode()).hexdigest()}.png"
    with suppress(OSError):
        return kept.read_bytes()
    made = draw(card)
    with suppress(OSError):
        write_whole(kept, made)
    return made


def draw(card: Card) -> bytes:
    """Draw a card; the same words give the same bytes."""
    image = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(image)
    width = SIZE[0] - 2 * _MARGIN
    pen.rectangle((0, 0, 20, SIZE[1]), fill=_ACCENT)
    top = _write(pen, card.title, (_MARGIN, 56), Face("Sans", 48, 1), _INK, width, 2) + 22
    answer = Face("Sans", 32, 0)
    said = lines(card.answer, answer, width - 48, 4)
    box = SIZE[1] - 100 - len(said) * answer.leading - 40
    quote = Face("Serif", 32, 0)
    _write(pen, card.quote, (_MARGIN, top), quote, _SOFT, width, (box - 16 - top) // quote.leading)
    if said:
        pen.rounded_rectangle((_MARGIN, box, SIZE[0] - _MARGIN, SIZE[1] - 100), 12, fill=_GROUND)
        _write(pen, card.answer, (_MARGIN + 24, box + 18), answer, _INK, width - 48, 4)
    _write(pen, card.place, (_MARGIN, SIZE[1] - 78), Face("Sans", 26, 0), _ACCENT, width, 1)
    packed = io.BytesIO()
    for colours in range(8, 1, -1):  # fewer shades at the letters' edges, until it is small
        packed = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(packed, "PNG", compress_level=9)
        if packed.tell() <= MOST_BYTES:
            break
    return packed.getvalue()


@dataclass(frozen=True)
class Face:
    """Letters of one kind and size in pixels; ``bold`` thickens them, in pixels."""

    kind: str
    size: int
    bold: int

    @property
    def leading(self) -> int:
        """From one line to the next, in pixels."""
        return round(self.size * 1.45)

    def runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """Yield pieces of ``text`` with the font that has their letters."""
        fonts = ("NotoSerifKR" if self.kind == "Serif" else "NotoSansKR", "DejaVuSans")
        holding = [(next((f for f in fonts if ord(c) in _letters(f)), None), c) for c in text]
        for font, letters in groupby(holding, key=lambda each: each[0]):
            if font:
                yield _font(font, self.size), "".join(letter for _, letter in letters)

    def width(self, text: str) -> float:
        """How wide ``text`` is on one line, in pixels."""
        words = text.split(" ")
        return sum(_width(self, word) for word in words) + _width(self, " ") * (len(words) - 1)


@lru_cache(maxsize=4096)
def _width(face: Face, word: str) -> float:
    return sum(font.getlength(run) for font, run in face.runs(word))


def _write(
    pen: ImageDraw.ImageDraw,
    text: str,
    at: tuple[int, int],
    face: Face,
    colour: str,
    width: int,
    most: int,
) -> int:
    """Write ``text`` on at most ``most`` lines; return where the next thing can stand."""
    left, top = at
    for line in lines(text, face, width, most):
        x = float(left)
        for font, run in face.runs(line):
            # On one baseline, whichever font: "ls".
            place = (x, top + face.size)
            pen.text(place, run, colour, font, "ls", stroke_width=face.bold, stroke_fill=colour)
            x += font.getlength(run)
        top += face.leading
    return top


def lines(text: str, face: Face, width: int, most: int) -> list[str]:
    """Break between words, as Korean readers want it; what has no room ends in an ellipsis."""
    found = [""]
    for word in unicodedata.normalize("NFC", text).split():
        longer = f"{found[-1]} {word}".strip()
        if face.width(longer) <= width:
            found[-1] = longer
            continue
        found.append("")
        for letter in word:  # one word may be wider than all: an address, a formula
            if face.width(found[-1] + letter) > width:
                found.append("")
            found[-1] += letter
    found = [line for line in found if line]
    if len(found) <= most or most < 1:
        return found[: max(most, 0)]
    end = " …”" if text.endswith("”") else " …"
    last = found[most - 1]
    while face.width(last + end) > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*found[: most - 1], last.rstrip(" ,.;:") + end]


@cache
def _file(name: str) -> Path:
    package, path = {
        "DejaVuSans": ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
        "NotoSansKR": ("pylopdf_fonts_ko", "NotoSansKR-Regular.otf"),
        "NotoSerifKR": ("pylopdf_fonts_ko", "NotoSerifKR-Regular.otf"),
    }[name]
    found = find_spec(package)
    assert found
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / path


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_file(name), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _letters(name: str) -> frozenset[int]:
    """The code points that a font has letters for."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # not where nothing is drawn

    with TTFont(_file(name), lazy=True) as font:
        return frozenset(font.getBestCmap())
