"""A new note: begun in one command, told of until it is filled in, then sound."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from papernotes import arxiv, cli
from papernotes.check.check import check
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.pdftext import Layer, Line, PdfText, Style
from papernotes.importing import titlepage
from papernotes.importing.scaffold import Record, propose, slug_of
from papernotes.note import library
from tests.loopback import answering, by_path
from tests.pdf import FILLER, ID, Text, column, pdf

NOWHERE = "http://127.0.0.1:9/"

FIRST_PAGE = [
    Text(72, 740, "Stuck: On Reading Papers", 18, "F2"),
    Text(72, 722, "Together", 18, "F2"),
    Text(72, 700, "Ada Lovelace and Alan Turing", 10, "F2"),
    Text(72, 688, "Analytical Engines Ltd."),
    Text(72, 660, "Abstract", 12, "F2"),
    *column(FILLER, top=640),
    Text(72, 580, "1 Introduction", 12, "F2"),
    *column(["Nobody reads a paper from its first word to its last", *FILLER], top=560),
    Text(20, 300, f"arXiv:{ID} [cs.CL] 3 Jan 2024", 14, upright=True),
]


def atom(entry: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()


ENTRY = f"""<entry><id>http://arxiv.org/abs/{ID}</id><title>Stuck: On Reading
 Papers Together</title><published>2023-12-30T00:00:00Z</published>
<updated>2024-01-03T00:00:00Z</updated>
<author><name>Ada Lovelace</name></author><author><name>Alan M. Turing</name></author></entry>"""


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """What arXiv answers, by path."""
    answers: dict[str, bytes] = {}
    with answering(by_path(answers, [])) as url:
        monkeypatch.setattr(arxiv, "API", f"{url}/api")
        monkeypatch.setattr(fingerprint, "ARXIV_PDF", f"{url}/pdf/")
        yield answers


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project without a network."""
    monkeypatch.setattr(arxiv, "API", NOWHERE)
    monkeypatch.setattr(fingerprint, "ARXIV_PDF", NOWHERE)
    (tmp_path / "project" / "docs" / "papers").mkdir(parents=True)
    return tmp_path / "project"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf([FIRST_PAGE]))
    return file


def run(*arguments: str | Path, root: Path) -> int:
    return cli.main(["new", *map(str, arguments), "--root", str(root)])


def test_what_is_still_to_be_written_is_all_that_a_check_finds(root: Path, paper: Path) -> None:
    assert run(ID, "--pdf", paper, root=root) == 0
    problems = check(root).problems
    assert {problem.code for problem in problems} == {"PN221"}
    (note,) = library.load(root).notes
    assert note.path == "papers/stuck.md"
    assert note.paper.title == "Stuck: On Reading Papers Together"
    assert note.paper.authors == ("Ada Lovelace", "Alan Turing")
    assert (note.paper.year, note.paper.venue, note.paper.arxiv) == (2024, "arXiv", ID)
    asked = " ".join(problem.message for problem in problems)
    for part in ("저자", "소개", "제목과 주소", "원문 그대로", "우리말", "무엇이 막혔는지"):
        assert part in asked
    assert (root / "fingerprints" / f"{ID}.json").exists()
    assert (root / "snippets" / "stuck").is_dir()


def test_filled_in_it_passes(root: Path, paper: Path) -> None:
    run(ID, "--pdf", paper, root=root)
    note = root / "docs" / "papers" / "stuck.md"
    source = note.read_text("utf-8")
    source = source.replace("/// quote | p. 1", "/// quote | §1, p. 1")
    source = re.sub("<!-- 채우기: 막힌 문장.*?-->", "Nobody reads a paper from its", source)
    source = re.sub("<!-- 채우기: 인용을.*?-->", "아무도 논문을 처음부터 읽지 않는다.", source)
    source = re.sub("<!-- 채우기: 무엇이.*?-->", "왜 그런가요?", source)
    source = re.sub("<!-- 채우기.*?-->|# 채우기.*", "", source)
    note.write_text(source, "utf-8")
    assert [problem.code for problem in check(root).problems] == ["PN512"]
    assert cli.main(["check", "--fix", "--root", str(root)]) == 0
    assert (root / "ids" / "stuck.txt").read_text("utf-8") == "stuck-first\n"


def test_with_a_network_the_number_is_enough(root: Path, online: dict[str, bytes]) -> None:
    online[f"/pdf/{ID}"] = pdf([FIRST_PAGE])
    online[f"/api?id_list={ID}&max_results=1"] = atom(ENTRY)
    assert run(ID, "--slug", "reading", root=root) == 0
    (note,) = library.load(root).notes
    assert note.path == "papers/reading.md"
    assert note.paper.title == "Stuck: On Reading Papers Together"
    assert note.paper.authors == ("Ada Lovelace", "Alan M. Turing")
    assert note.paper.year == 2024
    assert "저자" not in " ".join(problem.message for problem in check(root).problems)


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", atom(""), atom("<entry><id>other</id></entry>")]
)
def test_an_answer_without_the_record_is_as_good_as_none(
    answer: bytes, root: Path, paper: Path, online: dict[str, bytes]
) -> None:
    online[f"/api?id_list={ID}&max_results=1"] = answer
    assert run(ID, "--pdf", paper, root=root) == 0
    (note,) = library.load(root).notes
    assert note.paper.authors == ("Ada Lovelace", "Alan Turing")


def test_without_a_network_it_says_how_to_pass_the_file(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(ID, root=root) == 1
    error = capsys.readouterr().err
    assert re.match(rf"{ID}:1:1: PN705 ", error)
    assert f"`papernotes new --pdf 파일.pdf {ID}`" in error
    assert sorted(root.rglob("*.*")) == []


def test_a_note_that_is_there_is_not_begun_again(
    root: Path, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(ID, "--pdf", paper, root=root)
    before = {p: p.read_bytes() for p in root.rglob("*.*")}
    for slug in ("stuck", "another"):
        assert run(ID, "--pdf", paper, "--slug", slug, root=root) == 1
        assert capsys.readouterr().err.startswith("docs/papers/stuck.md:1:1: PN706 ")
    assert {p: p.read_bytes() for p in root.rglob("*.*")} == before


def test_a_folder_that_cannot_be_written_is_named_and_nothing_else_is_written(
    root: Path, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "docs" / "papers").rmdir()
    (root / "docs" / "papers").write_text("no folder", "utf-8")
    assert run(ID, "--pdf", paper, root=root) == 1
    assert re.fullmatch(r"\S+/docs/papers/stuck.md: 쓸 수 없어요.*요\.\n", capsys.readouterr().err)
    assert not list(root.glob("fingerprints/*"))


@pytest.mark.parametrize(
    "arguments",
    [("1706.03762",), (ID, "--slug", "../x"), (ID, "--slug", "한글"), (ID, "--slug", "index")],
)
def test_what_is_no_number_or_no_name_is_refused(arguments: tuple[str, ...], root: Path) -> None:
    assert run(*arguments, root=root) == 2
    assert run(ID, root=root / "nowhere") == 2
    assert sorted(root.rglob("*.*")) == []


def line(text: str, *, bold: bool = True, raised: str = "") -> Line:
    style = Style.BOLD if bold else Style.PLAIN
    styles = bytes(style | (Style.RAISED if sign in raised else 0) for sign in text)
    return Line(1, text, styles, 10.0, 72.0, 700.0, False, Layer.ASIDE)


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ([line("Yinhan Liu ∗§ Myle Ott ∗ § Veselin Stoyanov §")], 3),
        ([line("Ada Lovelace1, Alan Turing2", raised="12")], 2),
        ([line("Quoc V. Le"), line("Google Brain", bold=False), line("Guido van Rossum")], 2),
        # No sign sets these apart: a person has to.
        ([line("Jacob Devlin Ming-Wei Chang Kenton Lee Kristina Toutanova")], 0),
        ([line("University of Somewhere, Department of Everything Else There Is")], 0),
    ],
)
def test_authors_are_read_where_the_print_sets_them_apart(
    printed: list[Line], authors: int
) -> None:
    title = Line(1, "A Title of Some Words", b"", 18.0, 72.0, 740.0, False)
    end = line("Abstract")
    record = titlepage.read(PdfText(1, (title, *printed, end), ()))
    assert record.title == "A Title of Some Words"
    assert len(record.authors) == authors
    assert record.authors_line


@pytest.mark.parametrize(
    ("paper_id", "year"), [("1706.03762v5", 2017), ("cs/9901001v1", 1999), ("2401.00001v1", 2024)]
)
def test_a_paper_of_which_nothing_is_known_is_asked_for(paper_id: str, year: int) -> None:
    proposal = propose(paper_id, Record())
    assert proposal.paper.year == year
    assert set(proposal.marks) == {"title", "short", "authors", "year"}
    assert re.fullmatch(r"arxiv(-[a-z0-9]+)+", proposal.slug)


def test_a_long_name_is_cut_between_words() -> None:
    cut = slug_of("Momentum Contrast for Unsupervised Visual Representation Learning")
    assert cut == "momentum-contrast-for-unsupervised-visual-representation"
    assert slug_of("x" * 70) == "x" * 60
