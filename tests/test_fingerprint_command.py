"""``papernotes fingerprint``: one command from a paper to the file that checks quotations."""

import json
from pathlib import Path

import pytest

from papernotes import cli
from tests.pdf import ID, Text, pdf

LINES = [
    "Nobody reads a paper from its",
    "first word to its last word",
    "without being stuck once.",
]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf([[Text(72, 700 - 14 * i, line) for i, line in enumerate(LINES)]]))
    return file


def run(*arguments: str | Path, root: Path) -> int:
    return cli.main(["fingerprint", *map(str, arguments), "--root", str(root)])


def test_a_paper_becomes_a_file_of_the_same_bytes_each_time(paper: Path, tmp_path: Path) -> None:
    target = tmp_path / "fingerprints" / f"{ID}.json"
    assert run(paper, "--id", ID, root=tmp_path) == 0
    first = target.read_bytes()
    assert run(paper, "--id", ID, root=tmp_path) == 0
    assert target.read_bytes() == first
    assert b"Nobody" not in first


def test_sections_that_a_person_corrected_are_kept(paper: Path, tmp_path: Path) -> None:
    run(paper, "--id", ID, root=tmp_path)
    target = tmp_path / "fingerprints" / f"{ID}.json"
    data = json.loads(target.read_text("utf-8"))
    data["sections"] = [{"number": "1", "title": "Introduction", "page": 1}]
    target.write_text(json.dumps(data), "utf-8")
    run(paper, "--id", ID, root=tmp_path)
    assert json.loads(target.read_text("utf-8"))["sections"] == data["sections"]


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\xff" * 5000])
def test_what_is_no_paper_is_refused_and_the_old_file_stays(
    paper: Path, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    run(paper, "--id", ID, root=tmp_path)
    target = tmp_path / "fingerprints" / f"{ID}.json"
    before = target.read_bytes()
    paper.write_bytes(content)
    capsys.readouterr()
    assert run(paper, "--id", ID, root=tmp_path) == 1
    assert capsys.readouterr().err.strip().endswith("요.")
    assert target.read_bytes() == before


@pytest.mark.parametrize("identifier", ["1706.03762", "v1", "../x v1", "attention"])
def test_an_id_needs_its_version(paper: Path, tmp_path: Path, identifier: str) -> None:
    assert run(paper, "--id", identifier, root=tmp_path) == 2
    assert not (tmp_path / "fingerprints").exists()
