"""Papers as they come: fonts that do not tell their letters, margins, headings of all kinds."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from papernotes import cli
from papernotes.fingerprint import box
from papernotes.fingerprint.fingerprint import PdfRefused
from papernotes.fingerprint.verify import Kind, verify
from papernotes.importing.scaffold import Record, propose
from tests.pdf import FILLER, ID, Text, column, pdf
from tests.test_fingerprint import Maker, is_true


@pytest.fixture
def made(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


def test_ligatures_that_a_font_hides_are_read_by_the_words_they_make(made: Maker) -> None:
    lines = [
        "We veri!ed that the !rst of the classi!ers is speci!c, and",
        "the !nal one is bene!cial for every !eld of the study so far.",
    ]
    bold = [Text(72, 600, 'The di"erent e"ects are su"ered in a su"ix o"set.', 10, "F2")]
    paper = made([*column(FILLER), *column(lines, top=640), *bold])
    assert is_true("We verified that the first of the classifiers is specific, and", paper)
    assert is_true("the final one is beneficial for every field of the study", paper)
    assert is_true("The different effects are suffered in a suffix offset.", paper)
    assert not is_true("We verified that the worst of the classifiers is specific", paper)


def test_a_piece_begins_a_sentence_behind_a_heading_and_ends_one_in_a_caption(made: Maker) -> None:
    heading = [Text(72, 640, "3.4 LARGE MODELS")]
    below = column(
        ["We train our big models on the best of the data that was left", "over."], top=616
    )
    caption = column(["Figure 1: What they are, while this one is a good old approach."], top=560)
    paper = made([*column(FILLER), *heading, *below, *caption, *column(["goes on so."], top=540)])
    assert is_true("We train our big models … data that was left over.", paper)
    assert is_true("Figure 1: What they are, while … is a good old approach.", paper)


def test_a_mark_that_is_no_ligature_stays_one(made: Maker) -> None:
    paper = made(column([*FILLER, 'What a result! "Really" said the first of them, R&D at once.']))
    assert is_true("What a result! “Really” said the first of them, R&D at once.", paper)


def test_ligatures_of_old_tex_fonts_are_read_by_their_codes(made: Maker) -> None:
    lines = [
        "We \x0crst \x0cnd that e\x0ecient \x0cnetuning of the \x0crst \x0cve of",
        "the o\x0bers is di\x0ecult, and that the \x0dow is ba\x0fed by it.",
    ]
    small = [*column(FILLER), *(t._replace(font="F5") for t in column(lines, top=600))]
    paper = made(small)
    assert is_true("We first find that efficient finetuning of the first five of the offers", paper)
    assert is_true("is difficult, and that the flow is baffled by it.", paper)


def test_lost_letters_are_told_with_their_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf([column([*FILLER, "An unknown gl®ph and an®ther one in a w®rd of it."])]))
    assert cli.main(["fingerprint", str(file), "--id", ID, "--root", str(tmp_path)]) == 0
    assert "낱말 3개" in capsys.readouterr().out


def test_angle_brackets_of_tex_are_no_letters(made: Maker) -> None:
    row = [
        Text(72, 620, "both a sentence and a pair of them"),
        Text(235, 620, "h", 10, "F6"),
        Text(240, 620, "Question, Answer"),
        Text(318, 620, "i", 10, "F6"),
        Text(325, 620, "in one sequence."),
    ]
    paper = made([*column(FILLER), *row])
    assert is_true("a pair of them ⟨Question, Answer⟩ in one sequence.", paper)


@pytest.mark.parametrize("side", [40, 560])
@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_in_a_margin_are_no_words(side: int, step: int, made: Maker) -> None:
    text = [
        *FILLER,
        *FILLER,
        *FILLER,
        "a careful look at the impact of",
        "many key choices is due.",
    ]
    lines = []
    for i, each in enumerate(column(text)):
        lines += [each, Text(side, each.y, str(10 + step * i), 10)]
    paper = made(lines)
    assert is_true("a careful look at the impact of many key choices is due.", paper)
    assert not is_true("a careful look at the impact of 21 many key choices", paper)


def test_numbers_that_begin_lines_of_text_stay(made: Maker) -> None:
    paper = made(column([*FILLER, "the number of cards was", "8 and that of the days was", "4"]))
    assert is_true("the number of cards was 8 and that of the days was 4", paper)
    assert not is_true("the number of cards was and that of the days", paper)


def test_a_note_in_the_margin_stands_in_no_sentence_and_is_no_heading(made: Maker) -> None:
    first = [Text(72, 730, "1 Introduction", 12, "F2"), *column([*FILLER] * 6)]
    first += [Text(72, 470, "Whoever turns the page in the middle of")]
    notes = [Text(420, 640, "2 Good idea", 11), Text(420, 600, "3 Really", 11)]
    second = column(["a sentence wants to read on at once.", *FILLER * 6])
    third = [Text(72, 730, "2 Method", 12, "F2"), *column(FILLER)]
    paper = made([*first, *notes], second, third)
    assert is_true("turns the page in the middle of a sentence wants to read on", paper, 1, 2)
    assert [(s.number, s.page) for s in paper.sections] == [("1", 1), ("2", 3)]


def found(paper: object) -> list[tuple[str, str, int]]:
    return [(s.number, s.title, s.page) for s in paper.sections]  # type: ignore[attr-defined]


def titled(text: str, size: float = 12, font: str = "F2", x: float = 72) -> list[Text]:
    return [Text(x, 730, text, size, font), *column([*FILLER, *FILLER])]


def test_roman_numbers_with_letters_below_them_are_sections(made: Maker) -> None:
    def upper(text: str, *below: str) -> list[Text]:
        parts = [Text(72, 560 - 60 * i, each, 10, "F7") for i, each in enumerate(below)]
        return [*titled(text, 10, "F1", 130), *parts]

    table = [Text(150, 640, "TABLE II", 8), Text(120, 628, "SCORES OF TWO MODELS", 8)]
    paper = made(
        upper("I. INTRODUCTION"),
        upper("II. METHOD", "A. Notation", "B. Encoder"),
        [*upper("III. EXPERIMENTS", "A. Datasets"), *table],
        upper("IV. CONCLUSION"),
    )
    assert found(paper) == [
        ("I", "INTRODUCTION", 1),
        ("II", "METHOD", 2),
        ("II-A", "Notation", 2),
        ("II-B", "Encoder", 2),
        ("III", "EXPERIMENTS", 3),
        ("III-A", "Datasets", 3),
        ("IV", "CONCLUSION", 4),
    ]
    assert paper.floats == {"Table II": 3}
    quote = " ".join(FILLER)
    for where in ("§III", "§III-A", "§III.A", "Section III", "Table II", "Table 2", "TABLE II"):
        assert verify(quote, (3,), where, paper) == [], where
    assert [each.kind for each in verify(quote, (1,), "§III", paper)] == [Kind.WRONG_SECTION]


def test_small_capitals_without_a_space_are_sections(made: Maker) -> None:
    paper = made(
        titled("1INTRODUCTION", 12, "F1"),
        titled("2THE MODEL", 12, "F1"),
        titled("2.1 ATTENTION", 10, "F1"),
        titled("AAPPENDIX", 12, "F1"),
    )
    assert [number for number, _, _ in found(paper)] == ["1", "2", "2.1", "A"]


def test_sections_without_numbers_are_those_set_like_the_usual_ones(made: Maker) -> None:
    names = ["Introduction", "Materials and methods", "Mice and men", "Results", "Discussion"]
    paper = made(*[titled(name) for name in names])
    assert [title for _, title, _ in found(paper)] == [
        "Introduction",
        "Materials and methods",
        "Mice and men",
        "Results",
        "Discussion",
    ]


def test_one_false_heading_does_not_delete_the_rest(made: Maker) -> None:
    false = [Text(72, 400, "A Z", 14, "F2"), Text(72, 380, "I É", 14, "F2")]
    paper = made(
        [*titled("1 Introduction"), *false],
        [*titled("2 Method"), Text(72, 400, "9 Lives", 14, "F2")],
        titled("3 Results"),
        titled("A Proofs"),
    )
    assert [number for number, _, _ in found(paper)] == ["1", "2", "3", "A"]


def test_a_contents_page_has_no_headings(made: Maker) -> None:
    names = ["Introduction", "Method", "Data", "Results", "Outlook"]
    contents = [f"{i} {name} . . . . . . . . {i + 1}" for i, name in enumerate(names, 1)]
    rows = [Text(72, 700 - 14 * i, each, 12, "F2") for i, each in enumerate(contents)]
    pages = [titled(f"{i} {name}") for i, name in enumerate(names, 1)]
    paper = made([*rows, *column(FILLER, top=560)], *pages)
    assert found(paper) == [(str(i), name, i + 1) for i, name in enumerate(names, 1)]


def test_bookmarks_to_wrong_pages_are_set_right_by_the_print(made: Maker) -> None:
    marks = [("1 Introduction", 0), ("2 Method", 0), ("3 Results", 0), ("A Proofs", 0)]
    pages: Sequence[list[Text]] = [titled(title) for title, _ in marks]
    paper = made(*pages, bookmarks=marks)
    assert [page for _, _, page in found(paper)] == [1, 2, 3, 4]


def bomb(size: int) -> bytes:
    """Return a small PDF whose page unfolds to ``size`` bytes."""
    drawn = b"BT /F1 10 Tf 72 700 Td (The quick brown fox jumps over a dog) Tj ET\n"
    stream = zlib.compress(drawn * (size // len(drawn)), 9)
    length = f"<</Length {len(stream)}/Filter/FlateDecode>>stream\n".encode()
    whole = pdf([column(FILLER)])
    start = whole.index(b"stream\n", whole.index(b"17 0 obj"))
    head = whole.rindex(b"<<", 0, start)
    end = whole.index(b"\nendstream", start)
    return whole[:head] + length + stream + whole[end:]


def test_a_pdf_that_grows_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(bomb(30_000_000))
    assert file.stat().st_size < 200_000
    monkeypatch.setenv("PAPERNOTES_PDF_MEMORY", "400000000")
    with pytest.raises(PdfRefused, match="메모리나 시간"):
        box.read(file)


@pytest.mark.parametrize(
    "title",
    ["Se s", "DEBERTA:DECODING-ENHANCED BERT WITH", "x@y.org", "A Study of", "\ufffd\ufffd Models"],
)
def test_a_title_that_makes_no_sense_is_marked(title: str) -> None:
    assert "title" in propose(ID, Record(title, ("A. B. Cee",), year=2024)).marks


def test_a_title_that_makes_sense_is_not() -> None:
    sound = "Attention Is All You Need"
    assert "title" not in propose(ID, Record(sound, ("A. B. Cee",), year=2024)).marks
