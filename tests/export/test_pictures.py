"""The pictures that links show in a chat."""

import io

from PIL import Image

from papernotes.export import pictures
from papernotes.export.pictures import Card, Face
from papernotes.note.library import Library
from tests.export.test_about import tags
from tests.export.test_command import pages
from tests.static_site import Site

LONG = "낱말이 " * 200


def test_every_page_has_a_picture_of_the_size_that_previews_want(exported: Site) -> None:
    seen = set()
    for url, soup in pages(exported):
        if url.endswith("404.html"):
            continue
        said = tags(soup, "property", "og:image")
        (address,) = said[""]
        file = exported.folder / address.removeprefix(exported.url)
        with Image.open(file) as image:
            assert image.size == (int(said[":width"][0]), int(said[":height"][0])) == (1200, 630)
        assert file.stat().st_size <= 25_000, file
        assert said[":alt"][0].strip()
        assert tags(soup, "name", "twitter:") == {"card": ["summary_large_image"]}
        seen.add(address)
    assert len(seen) == 1 + 2 + 8


def test_the_same_words_give_the_same_bytes_and_other_words_others(notes: Library) -> None:
    note, passage = next(iter(notes.passages))
    card = pictures.of_passage(note, passage, "노트")
    assert pictures.draw(card) == pictures.draw(card)
    assert pictures.draw(card) != pictures.draw(pictures.of_note(note, "노트"))


def test_nothing_is_cut_and_nothing_covers_the_margins() -> None:
    dense = (
        "마스크를 열 벌 만들어 두고 " * 20,
        "The masks were duplicated 10 times, gradually " * 20,
    )
    for card in (
        Card(LONG, LONG, LONG, LONG),
        Card("가" * 900, "a" * 900, "나" * 900, "b" * 900),
        Card(dense[0], dense[1], dense[0], dense[1]),
    ):
        drawn = pictures.draw(card)
        assert len(drawn) <= 25_000
        image = Image.open(io.BytesIO(drawn)).convert("L")
        width, height = image.size
        for edge in ((width - 60, 0, width, height), (24, height - 30, width, height)):
            assert image.crop(edge).getextrema() == (255, 255), card.title[:3]


def test_lines_break_between_words_and_end_at_one() -> None:
    face = Face("Sans", 32, 0)
    lines = pictures.lines("“저자들은 아마 그럴 것이라고 말해요. " + LONG + "”", face, 500, 3)
    assert len(lines) == 3
    assert lines[0].startswith("“저자들은 아마")
    assert lines[-1].endswith("낱말이 …”")
    assert all(face.width(line) <= 500 for line in lines)


def test_a_letter_is_drawn_by_a_font_that_has_it_or_left_out() -> None:
    runs = list(Face("Serif", 32, 0).runs("한β∑ℝř⟨x⟩\U000f0000\u200b"))
    assert "".join(run for _, run in runs).rstrip("\u200b") == "한β∑ℝř⟨x⟩"
    assert {font.getname()[0] for font, _ in runs} == {"Noto Serif KR", "DejaVu Sans"}
