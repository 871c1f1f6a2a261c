import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.fingerprint import Fingerprint, FingerprintInvalid, PdfRefused
from papernotes.fingerprint.pagehash import MIN_GRAMS
from papernotes.fingerprint.verify import verify
from tests.conftest import PROJECT
from tests.loopback import answering, by_path
from tests.pdf import FILLER, ID, Text, column, pdf


@pytest.fixture
def made(tmp_path: Path) -> "Maker":
    return Maker(tmp_path)


class Maker(NamedTuple):
    folder: Path

    def __call__(self, *pages: Sequence[Text], **options: object) -> Fingerprint:
        return self.of(pdf(pages, **options))  # type: ignore[arg-type]

    def of(self, data: bytes) -> Fingerprint:
        file = self.folder / "paper.pdf"
        file.write_bytes(data)
        return fingerprint.from_pdf(file, ID)


def is_true(quote: str, paper: Fingerprint, *pages: int) -> bool:
    return verify(quote, pages or (1,), None, paper) == []


def test_a_sentence_goes_on_over_a_footnote_in_the_next_column(made: Maker) -> None:
    left = column([*FILLER, "Readers follow a sentence from the foot of one", "column over what-"])
    note = [Text(72, 630, "A footnote stands below the column in small type.", 8)]
    right = column(["ever is set below it to the head of the next one.", *FILLER], 320)
    paper = made([*left, *note, *right])
    assert is_true("from the foot of one column over whatever is set below it", paper)
    assert is_true("A footnote stands below the column in small type.", paper)
    assert not is_true("from the foot of one column over whatever is set above it", paper)


def test_a_sentence_goes_on_over_a_running_head_and_counts_for_both_pages(made: Maker) -> None:
    def page(number: int, *lines: str) -> list[Text]:
        head = Text(72, 760, "Published as a paper of the third conference")
        return [head, *column(lines), Text(300, 30, str(number))]

    paper = made(
        page(1, *FILLER, "Whoever turns the page in the middle of"),
        page(2, "a sentence wants to read on at once. Then it ends.", *FILLER),
        page(3, *FILLER),
    )
    quote = "Whoever turns the page in the middle of a sentence wants to read on at once."
    assert is_true(quote, paper, 1, 2)
    assert is_true(quote, paper, 1)
    assert is_true(quote, paper, 2)
    assert not is_true(quote, paper, 2, 3)
    assert not is_true(quote, paper, 3)


def test_a_mark_of_a_footnote_may_be_copied_or_left_out(made: Maker) -> None:
    lines = column([*FILLER, "leads to extremely small gradients"])
    width = 158  # of that last line in Helvetica
    mark = [
        Text(72 + width, 668, "4", 6),
        Text(72 + width + 4, 664, ". To counteract this we scale"),
    ]
    paper = made([*lines, *mark, *column(FILLER, top=640)])
    for way in ("gradients4. To", "gradients 4. To", "gradients. To"):
        assert is_true(f"leads to extremely small {way} counteract this we scale", paper), way
    assert not is_true("leads to extremely small gradients 5. To counteract this we scale", paper)


def test_a_number_that_is_no_mark_must_stay(made: Maker) -> None:
    paper = made(column([*FILLER, "We trained the model for 4 days on a machine with 8 cards."]))
    assert is_true("We trained the model for 4 days on a machine", paper)
    assert not is_true("We trained the model for days on a machine", paper)
    assert not is_true("We trained the model for 5 days on a machine", paper)


def test_a_citation_may_be_left_out_but_not_what_looks_like_one(made: Maker) -> None:
    paper = made(
        column(
            [
                *FILLER,
                "Results of the study (Liu et al., 2019b,a; Yang and Dai, 2020) were",
                "known early (July 2019) and the best ones [2] out of [10, 30] were kept.",
                "[1] One. A first reference of this paper. 2019.",
                "[2] Two. A second reference of this paper. 2019.",
                "[3] Three. A third reference of this paper. 2019.",
            ]
        )
    )
    assert is_true("Results of the study (Liu et al., 2019b,a; Yang and Dai, 2020) were", paper)
    assert is_true("Results of the study were known early (July 2019) and the best ones", paper)
    assert is_true("and the best ones out of [10, 30] were kept", paper)
    assert is_true("early (July 2019) and the best ones[2] out of [10, 30] were kept", paper)
    assert is_true("and the best ones [2] out of [10, 30] were kept", paper)
    assert not is_true("of the study were known early and the best ones", paper)
    assert not is_true("and the best ones [2] out of were kept", paper)


def test_a_formula_may_be_copied_or_marked_as_left_out(made: Maker) -> None:
    formula = [Text(72, 660, "sampled with", 10), Text(132, 660, "p", 10, "F3")]
    after = [Text(140, 660, "= 0.5 from the same document as before.")]
    paper = made([*column(FILLER), *formula, *after])
    assert is_true("sampled with p = 0.5 from the same document as before.", paper)
    assert is_true("sampled with [수식] from the same document as before.", paper)
    assert not is_true("sampled with from the same document as before.", paper)
    assert not is_true("sampled with p = 0.6 from the same document as before.", paper)


def test_the_number_of_an_equation_may_be_left_out_where_the_equation_is(made: Maker) -> None:
    formula = [Text(172, 660, "p", 10, "F3"), Text(180, 660, "= 0.5 + q.")]
    number, after = Text(400, 660, "(12)"), Text(72, 640, "Here both are chances of the model.")
    paper = made([*column([*FILLER, "The parts of it are drawn by:"]), *formula, number, after])
    for way in ("$p = 0.5 + q$. (12)", "[수식].", "[수식] (12)"):
        assert is_true(f"The parts of it are drawn by: {way} Here both are chances", paper), way
    for way in ("$p = 0.6 + q$.", "$p = 0.5 + q$.", "$p = 0.5 + q$. (13)", "", "(12)"):
        assert not is_true(f"The parts of it are drawn by: {way} Here both are", paper), way


def test_a_variable_and_its_script_are_one_word_or_two(made: Maker) -> None:
    variable = [Text(72, 660, "The output shows"), Text(154, 660, "r", 10, "F3")]
    script = [Text(158, 664, "2", 6), Text(164, 660, "for each of the models in turn.")]
    paper = made([*column(FILLER), *variable, *script])
    for way in ("r2", "r 2", "$r^2$", "$r^{2}$"):
        assert is_true(f"The output shows {way} for each of the models", paper), way
    for way in ("r", "r3", "2", "$r$"):
        assert not is_true(f"The output shows {way} for each of the models", paper), way


def test_a_caption_between_two_pages_is_passed_over(made: Maker) -> None:
    table = [
        Text(72, 700, "Model 12.5 13.5 14.5 15.5"),
        Text(72, 688, "Other 22.5 23.5 24.5 25.5"),
        Text(72, 670, "Table 1: Scores of two models on four tasks."),
    ]
    paper = made(
        column([*FILLER, "A sentence that is interrupted by a table at the"]),
        [*table, *column(["head of the next page is one sentence still.", *FILLER], top=640)],
    )
    assert is_true("interrupted by a table at the head of the next page", paper, 1, 2)
    assert is_true("Table 1: Scores of two models on four tasks.", paper, 2)
    assert paper.floats == {"Table 1": 2}


def test_korean_is_fingerprinted_too(made: Maker) -> None:
    text = "학습 자료를 열 번 복제해서 각 문장이 열 가지 방법으로 가려지게 했다"
    lines = [Text(72, 600, text[:18], 10, "F4"), Text(72, 588, text[18:], 10, "F4")]
    paper = made([*column(FILLER), *lines])
    assert is_true(text, paper)
    assert not is_true(text.replace("열 가지", "네 가지"), paper)


def test_sections_are_proposed_from_headings(made: Maker) -> None:
    paper = made(
        [Text(72, 720, "Abstract", 12, "F2"), *column(FILLER)],
        [Text(72, 720, "1 Introduction", 12, "F2"), *column(FILLER)],
        [Text(72, 720, "1.1 Static vs. Dynamic", 10, "F2"), *column(FILLER)],
        [Text(72, 720, "A Details", 12, "F2"), *column(FILLER), Text(72, 600, "9 Lives", 10)],
    )
    assert [(s.number, s.title, s.page) for s in paper.sections] == [
        ("", "Abstract", 1),
        ("1", "Introduction", 2),
        ("1.1", "Static vs. Dynamic", 3),
        ("A", "Details", 4),
    ]


def test_sections_are_proposed_from_bookmarks(made: Maker) -> None:
    marks = [("1 Introduction", 0), ("2 Method", 1), ("2.1 Data", 1), ("A Proofs", 2)]
    paper = made(column(FILLER), column(FILLER), column(FILLER), bookmarks=marks)
    assert [(s.number, s.title, s.page) for s in paper.sections] == [
        ("1", "Introduction", 1),
        ("2", "Method", 2),
        ("2.1", "Data", 2),
        ("A", "Proofs", 3),
    ]


def test_a_fingerprint_is_the_same_to_the_byte_and_can_be_read_back(
    made: Maker, tmp_path: Path
) -> None:
    data = pdf([column(FILLER), column(FILLER)])
    once, again = made.of(data), made.of(data)
    assert once.dumps() == again.dumps()
    file = tmp_path / f"{ID}.json"
    file.write_text(once.dumps(), encoding="utf-8")
    loaded = fingerprint.load(file)
    assert loaded.dumps() == once.dumps()
    assert tuple(loaded.hashes) == tuple(once.hashes)
    assert json.loads(once.dumps())["format"] == fingerprint.FORMAT


def test_a_short_page_has_as_many_hashes_as_a_long_one(made: Maker) -> None:
    paper = made(column(FILLER), column(FILLER[:2]))
    assert [len(page.grams) for page in paper.hashes] == [MIN_GRAMS, MIN_GRAMS]
    assert paper.hashes[0].grams != paper.hashes[1].grams


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "PDF가 아니에요"),
        (b"<html>not found</html>", "PDF가 아니에요"),
        (pdf([column(FILLER)])[:-200], "잘렸어요"),
        (b"%PDF-1.7\nnothing that can be read\n%%EOF", "깨졌거나"),
        (pdf([column(FILLER)], password=b"secret"), "암호"),
        (pdf([column(FILLER)], password=b""), "암호"),
        (pdf([[]]), "글자가 거의 없어요"),
        (pdf([[Text(30, 30, "Scanned by the library")]]), "글자가 거의 없어요"),
        (
            pdf(
                [column(FILLER), [Text(20, 200, "arXiv:2401.00001v2 [cs.CL]", 12, "F1", True)]][
                    ::-1
                ]
            ),
            "2401.00001v2",
        ),
    ],
    ids=["empty", "html", "cut", "junk", "locked", "owner-locked", "blank", "scan", "other"],
)
def test_a_pdf_that_cannot_serve_is_refused_with_a_reason(
    data: bytes, said: str, made: Maker
) -> None:
    with pytest.raises(PdfRefused, match=said) as refusal:
        made.of(data)
    assert str(refusal.value).endswith(("세요.", "써 주세요."))


@pytest.mark.parametrize("keep", range(0, 2000, 97))
def test_a_damaged_pdf_never_ends_in_a_traceback(keep: int, made: Maker) -> None:
    whole = pdf([column(FILLER), column(FILLER)])
    with contextlib.suppress(PdfRefused):
        made.of(whole[:keep] + whole[keep + 40 :])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PdfRefused, match="읽을 수 없어요"):
        fingerprint.from_pdf(tmp_path / "none.pdf", ID)


@pytest.mark.parametrize("paper_id", ["1907.11692", "roberta", "../x/1234567v1", "1907.11692v0"])
def test_an_id_without_a_version_is_refused(paper_id: str, tmp_path: Path) -> None:
    with pytest.raises(PdfRefused, match="arXiv 번호"):
        fingerprint.fetch(paper_id, tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 99}', "\ufffe", "[" * 100_000, '{"format": 1, "hashes": 3}'],
)
def test_a_broken_fingerprint_file_says_what_to_do(text: str, tmp_path: Path) -> None:
    file = tmp_path / f"{ID}.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FingerprintInvalid, match="다시 만들어 주세요"):
        fingerprint.load(file)


class Arxiv(NamedTuple):
    """Stands in for arXiv: its answers by path, and what it was asked."""

    answers: dict[str, bytes]
    asked: list[str]


@pytest.fixture
def arxiv(monkeypatch: pytest.MonkeyPatch) -> Iterator[Arxiv]:
    made = Arxiv({}, [])
    with answering(by_path(*made)) as url:
        monkeypatch.setattr(fingerprint, "ARXIV_PDF", f"{url}/")
        yield made


def test_a_paper_is_fetched_once_and_kept(arxiv: Arxiv, tmp_path: Path) -> None:
    arxiv.answers[f"/{ID}"] = pdf([column(FILLER)])
    cache = tmp_path / ".cache" / "papers"
    path = fingerprint.fetch(ID, cache)
    assert path.read_bytes() == arxiv.answers[f"/{ID}"]
    assert fingerprint.fetch(ID, cache) == path
    assert arxiv.asked == [f"/{ID}"]
    assert list(cache.iterdir()) == [path]


@pytest.mark.parametrize("answer", [b"<html>Too many requests</html>", None])
def test_an_answer_that_is_no_pdf_is_not_kept(
    answer: bytes | None, arxiv: Arxiv, tmp_path: Path
) -> None:
    if answer is not None:
        arxiv.answers[f"/{ID}"] = answer
    with pytest.raises(PdfRefused, match=f"--id {ID}"):
        fingerprint.fetch(ID, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_it_says_how_to_pass_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fingerprint, "ARXIV_PDF", "http://127.0.0.1:9/")
    with pytest.raises(PdfRefused, match=f"papernotes fingerprint 파일.pdf --id {ID}"):
        fingerprint.fetch(ID, tmp_path)


@pytest.mark.parametrize(
    ("paper_id", "pages", "sections", "floats"),
    [
        ("1907.11692v1", 13, {"4.1": 4, "4.2": 4, "5.1": 7, "C": 12}, {"Table 5": 8}),
        ("2003.10555v1", 18, {"3.2": 4, "B": 13, "G": 17}, {"Figure 3": 5, "Table 8": 16}),
        ("1810.04805v2", 16, {"3.1": 4, "A.2": 13, "C.2": 16}, {"Table 7": 9, "Figure 5": 16}),
    ],
)
def test_the_papers_fingerprints_are_small_and_know_their_sections(
    paper_id: str, pages: int, sections: dict[str, int], floats: dict[str, int]
) -> None:
    file = PROJECT / "fingerprints" / f"{paper_id}.json"
    assert file.stat().st_size < 200_000
    paper = fingerprint.load(file)
    assert (paper.id, paper.pages, len(paper.hashes)) == (paper_id, pages, pages)
    starts = {section.number: section.page for section in paper.sections}
    assert {number: starts[number] for number in sections} == sections
    assert {name: paper.floats[name] for name in floats} == floats
    assert {"Abstract", "References"} <= {section.title for section in paper.sections}
    assert [s.page for s in paper.sections] == sorted(s.page for s in paper.sections)
    assert paper.dumps() == file.read_text(encoding="utf-8")


def test_a_formula_that_the_font_tells_wrong_is_left_out_as_any(made: Maker) -> None:
    def line(y: float, before: str, sign: str, after: str) -> list[Text]:
        x = 72 + 5 * len(before)
        return [Text(72, y, before), Text(x, y, sign, 10, "F3"), Text(x + 12, y, after)]

    paper = made(
        [
            *column(FILLER),
            *line(620, "We test whether the variable", "\xb4", "differs from zero at all."),
            *line(600, "All is trained with log(", "W", ") and never with anything else."),
        ]
    )
    assert is_true("We test whether the variable [수식] differs from zero at all.", paper)
    assert is_true("All is trained with [수식] and never with anything else.", paper)
    assert is_true("All is trained with log([수식]) and never with anything else.", paper)
    assert not is_true("We test whether the [수식] variable differs from zero at all.", paper)


def test_a_lowered_part_of_a_word_may_be_shown_lowered(made: Maker) -> None:
    word = [Text(72, 660, "We compare with BERT"), Text(176, 658, "BASE", 6)]
    after = Text(200, 660, "in all of the tables, as it is common.")
    paper = made([*column(FILLER), *word, after])
    for way in ("BERT$_{BASE}$", r"BERT$_{\text{BASE}}$", "BERTBASE", "BERT BASE"):
        assert is_true(f"We compare with {way} in all of the tables", paper), way
    for way in ("BERT$_{CASE}$", "BERT$^{BASE}$", "$_{BERT}$ BASE", "BERT"):
        assert not is_true(f"We compare with {way} in all of the tables", paper), way


def test_variables_in_the_type_of_the_text_are_a_formula(made: Maker) -> None:
    box = [Text(72, 660, "The box is set by ("), Text(156, 660, "x"), Text(161, 658, "0", 6)]
    box += [Text(165, 660, ","), Text(171, 660, "y"), Text(176, 658, "0", 6)]
    more = [Text(180, 660, ") and by nothing else at all.")]
    paper = made([*column(FILLER), *box, *more])
    assert is_true("The box is set by [수식] and by nothing else at all.", paper)
    assert is_true("The box is set by ($x_0$, $y_0$) and by nothing else at all.", paper)
    assert not is_true("The box is set by ($x_0$, $y_1$) and by nothing else at all.", paper)


def test_a_sentence_whose_last_word_a_page_cuts_counts_for_both_pages(made: Maker) -> None:
    paper = made(
        column([*FILLER, "Trained for longer it scores higher on the bench-"]),
        column(["mark. The smaller one does so as well.", *FILLER]),
    )
    for pages in ((1,), (2,), (1, 2)):
        assert is_true("Trained for longer it scores higher on the benchmark.", paper, *pages)


def test_a_word_cut_at_a_lines_end_may_stand_beside_a_formula(made: Maker) -> None:
    formula = [Text(72, 660, "As-"), Text(72, 648, "sume that each"), Text(150, 648, "k", 10, "F3")]
    paper = made([*column(FILLER), *formula, Text(160, 648, "is one of the keys.")])
    assert is_true("As-\nsume that each $k$ is one of the keys.", paper)


def test_an_accent_set_over_an_i_without_its_dot_is_read(made: Maker) -> None:
    paper = made(column([*FILLER, "The name of the author is Lo\xefc Barrault, and it is long."]))
    assert is_true("The name of the author is Loı̈c Barrault, and it is long.", paper)


def test_a_variable_before_a_hyphen_may_be_shown_or_left_out(made: Maker) -> None:
    word = [
        Text(72, 660, "We look at the"),
        Text(140, 660, "i", 10, "F3"),
        Text(143, 660, "-th of"),
    ]
    paper = made([*column(FILLER), *word, Text(176, 660, "all the words in a sentence.")])
    for way in ("$i$-th", "*i*-th", "i-th", "[수식]-th", "[수식]th"):
        assert is_true(f"We look at the {way} of all the words in a sentence.", paper), way
    for way in ("$j$-th", "$i$", "$-i$th"):
        assert not is_true(f"We look at the {way} of all the words in a sentence.", paper), way


def test_the_papers_own_dots_cut_no_quotation(made: Maker) -> None:
    paper = made(column([*FILLER, "The words are x1, . . . , xn, and y1, . . . , ym, as we said."]))
    assert is_true("The words are x1, . . . , xn, and y1, . . . , ym, as we said.", paper)
    assert is_true("are x1, . . . , xn, and y1", paper)
    assert not is_true("The words are x1, . . . , xn, and z1, . . . , ym, as we said.", paper)


def test_a_citation_with_a_colon_begins_a_quotation(made: Maker) -> None:
    paper = made(column([*FILLER, "We follow the work of [59]: a crop is taken from an image."]))
    assert is_true("[59]: a crop is taken from an image.", paper)
