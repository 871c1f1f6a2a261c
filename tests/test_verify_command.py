"""``papernotes verify``: quotations in Markdown that is none of ours."""

import json
from pathlib import Path

import pytest
import yaml

from papernotes import cli
from papernotes.fingerprint import blockquotes, fingerprint
from tests.conftest import ROOT
from tests.pdf import FILLER, ID, column, pdf

TRUE = "The quick brown fox jumps over the lazy dog while many other animals look on"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing but a paper's PDF and its fingerprint."""
    (tmp_path / "fingerprints").mkdir()
    (tmp_path / "paper.pdf").write_bytes(
        pdf([column(["Nothing of interest is here."] * 9), column(FILLER)])
    )
    made = fingerprint.from_pdf(tmp_path / "paper.pdf", ID).dumps()
    (tmp_path / "fingerprints" / f"{ID}.json").write_text(made, "utf-8")
    return tmp_path


def run(folder: Path, text: str, *more: str) -> int:
    file = folder / "notes.md"
    file.write_text(text, "utf-8")
    return cli.main(["verify", str(file), "--root", str(folder), *more])


@pytest.mark.parametrize(
    "text",
    [
        f"> {TRUE}\n> — arXiv:{ID}, p. 2\n",
        f"> {TRUE}\n>\n> — arXiv:{ID}, p. 2\n",
        f"> {TRUE}\n\n— arXiv:{ID}, p. 2\n",
        f"> {TRUE}\n(arXiv:{ID}, 2쪽)\n",
        f"> {TRUE}\n> — [A paper](https://arxiv.org/abs/{ID}), p. 2\n",
        f"> {TRUE}\n> — arXiv:{ID}\n",
        f"---\narxiv: {ID}\n---\n\n> {TRUE}\n> — p. 2\n",
        f"> {TRUE.replace(' lazy', chr(10) + '> lazy')}\n> — arXiv:{ID}, p. 2\n",
    ],
)
def test_a_blockquote_with_its_source_is_verified(
    text: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, text) == 0
    said = capsys.readouterr().out
    assert f"✓ {ID} 2쪽" in said
    assert "인용 1/1개" in said


def test_a_changed_word_is_shown_where_it_stands(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quote = "> The quick brown fox jumps\n> over the crazy dog while many other\n"
    text = f"# Notes\n\n{quote}> — arXiv:{ID}, p. 2\n"
    assert run(folder, text) == 1
    assert "notes.md:4:12: PN301" in capsys.readouterr().out


def test_other_blockquotes_and_code_are_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"> A motto.\n\nText.\n\n```\n> no quotation at all\n> — arXiv:{ID}, p. 1\n```\n"
    assert run(folder, text) == 0
    said = capsys.readouterr().out
    assert "인용 0/0개" in said
    assert f"보지 않은 인용문 1개: {folder / 'notes.md'}:1\n" in said


def test_the_result_is_to_be_had_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quote = f"{TRUE} … such a manner and more\n"
    assert (
        run(
            folder,
            f"> {TRUE}\n> — arXiv:{ID}, p. 1\n\n> {quote}> — arXiv:{ID}, p. 2\n",
            "--format",
            "json",
        )
        == 1
    )
    wrong, short = json.loads(capsys.readouterr().out)
    assert (wrong["line"], wrong["verified"], wrong["pages"]) == (1, False, [2])
    assert wrong["problems"][0]["code"] == "PN304"
    assert (short["gaps"], short["problems"][0]["code"]) == (1, "PN301")


def test_without_a_fingerprint_the_pdf_serves(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"> {TRUE}\n> — p. 2\n"
    given = ["--paper", "2401.00009v1", "--pdf", str(folder / "paper.pdf")]
    assert run(folder, text, *given) == 0
    assert run(folder, text) == 1
    assert run(folder, f"> {TRUE}\n> — arXiv:2401.00009, p. 2\n") == 1
    assert capsys.readouterr().out.count("어느 판인지") == 2


@pytest.mark.parametrize("more", [["--paper", "1234"], ["--pdf", "x.pdf"]])
def test_wrong_usage_ends_with_2(more: list[str], folder: Path) -> None:
    assert run(folder, "", *more) == 2


def test_what_is_no_markdown_is_refused_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7\n\xff\xfe")
    for file, way_out in (("scan.pdf", "--pdf"), (".", "/*.md"), ("none.md", "철자")):
        assert cli.main(["verify", str(folder / file), "--root", str(folder)]) == 2
        assert way_out in capsys.readouterr().err


def test_a_position_is_that_in_the_file() -> None:
    (quoted,) = blockquotes.find(f"x\n\n > one two\n>   three\n> — arXiv:{ID}\n")
    assert quoted.text == "one two\n  three"
    assert quoted.position(0) == (3, 4)
    assert quoted.position(quoted.text.index("three")) == (4, 5)


def test_the_hook_and_the_action_call_the_command() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"] == "papernotes verify"
    action = yaml.safe_load((ROOT / ".github/actions/verify/action.yml").read_text("utf-8"))
    assert action["runs"]["using"] == "composite"
    assert 'papernotes" verify' in action["runs"]["steps"][-1]["run"]
