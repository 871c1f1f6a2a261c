"""A paper has a new version: what became of each quotation, and one command that follows."""

from pathlib import Path

import pytest

from papernotes import cli
from papernotes.fingerprint import fingerprint
from papernotes.note import library
from papernotes.review import rot
from tests.pdf import FILLER, Text, column, pdf

OLD, NEW = "2401.00001v1", "2401.00001v2"
KEPT = "The first of the sentences stands where it has always stood"
MOVED = "The second of the sentences has gone over to another page"
EDITED = "The third of the sentences took {} days of work to write"
SECTION = "The fourth of the sentences is now in another section"
PASSAGE = """
## {0} {{ #{0} }}

/// quote | {1}
{2}
///

/// question
    status: open

왜요?
///
"""


def heading(text: str) -> Text:
    return Text(72, 730, text, 12, "F2")


def paper(words: str, *, new: bool) -> bytes:
    more = [heading("2 Method"), *column([*FILLER, MOVED, SECTION])]
    first = [heading("1 Introduction"), *column([*FILLER, KEPT, EDITED.format(words)])]
    if not new:
        return pdf([first, more])
    middle = [heading("1.1 Added"), *column([*FILLER, *FILLER[::-1]])]
    later = [heading("2 Method"), *column([*FILLER, MOVED])]
    results = [heading("3 Results"), *column(FILLER)]
    return pdf([first, middle, later, results, column([*FILLER, SECTION])])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("docs/papers", "fingerprints", ".cache/papers"):
        (tmp_path / folder).mkdir(parents=True)
    cache = tmp_path / ".cache" / "papers"
    (cache / f"{OLD}.pdf").write_bytes(paper("three", new=False))
    (cache / f"{NEW}.pdf").write_bytes(paper("four", new=True))
    made = fingerprint.from_pdf(cache / f"{OLD}.pdf", OLD).dumps()
    (tmp_path / "fingerprints" / f"{OLD}.json").write_text(made, "utf-8")
    head = (
        "---\ntitle: A paper\nshort: Paper\ndescription: 논문 하나를 읽어요.\n"
        f"authors: [A. B. Cee]\nyear: 2024\nvenue: arXiv\narxiv: {OLD}\n---\n"
    )
    passages = [
        ("kept", "§1, p. 1", KEPT),
        ("moved", "§2, p. 2", MOVED),
        ("edited", "§1, p. 1", EDITED.format("three")),
        ("section", "§2, p. 2", SECTION),
    ]
    body = "".join(PASSAGE.format(*each) for each in passages)
    (tmp_path / "docs" / "papers" / "paper.md").write_text(head + body, "utf-8")
    return tmp_path


def test_the_project_is_sound(project: Path) -> None:
    assert library.load(project).problems == ()


def test_each_quotation_is_told_what_became_of_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*.*") if file.is_file()}
    assert cli.main(["follow", NEW, "--dry-run", "--root", str(project)]) == 1
    said = capsys.readouterr().out
    assert "인용 4개: 그대로 1개, 자리만 옮김 2개, 달라짐 1개" in said
    assert "자리만 옮김: §2, 2쪽 → §2, 3쪽" in said
    assert "자리만 옮김: §2, 2쪽 → §3, 5쪽" in said
    assert "달라짐: §1, 1쪽. " in said
    assert "‘three’부터예요" in said
    assert {file: file.read_bytes() for file in before} == before


def test_one_command_follows(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["follow", NEW, "--root", str(project)]) == 1
    text = (project / "docs" / "papers" / "paper.md").read_text("utf-8")
    assert f"arxiv: {NEW}" in text
    assert OLD not in text
    assert f"/// quote | §2, p. 3\n{MOVED}" in text
    assert f"/// quote | §3, p. 5\n{SECTION}" in text
    assert f"/// quote | §1, p. 1\n{EDITED.format('three')}" in text  # for a person to mend
    assert [file.name for file in (project / "fingerprints").iterdir()] == [f"{NEW}.json"]
    capsys.readouterr()
    assert cli.main(["verify", str(project / "docs/papers/paper.md"), "--root", str(project)]) == 1
    assert "인용 3/4개" in capsys.readouterr().out


def test_the_weekly_look_compares_as_well(project: Path) -> None:
    notes = library.load(project).notes
    lines = list(rot.compared(notes, {"2401.00001": 2}, project / ".cache" / "papers"))
    assert lines[0] == f"{OLD} → {NEW}"
    assert "자리만 옮김 2개" in lines[1]


@pytest.mark.parametrize("paper_id", ["2401.00001", "2401.00009v2", OLD])
def test_a_version_that_no_note_can_follow_is_wrong_usage(paper_id: str, project: Path) -> None:
    assert cli.main(["follow", paper_id, "--root", str(project)]) == 2
