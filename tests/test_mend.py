"""``papernotes check --fix`` puts letters together that were taken apart, and no more."""

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papernotes import cli
from papernotes.check import letters
from papernotes.check.letters import composed

Edit = Callable[[str, str, str], Path]
ELECTRA = "docs/papers/electra.md"
APART = normalize("NFD", "생성자가 바꿔요.")

PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "  ", "---\n", "```\n", "````md\n", "~~~\n", "/// quote | p. 4\n", "///\n"),
        *("- 목록", f"`{APART}`", f"${APART}$", f"{APART}\n", "\\", "cafe\u0301", "<!-- a  b -->"),
    ]
)
SOURCES = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)


@settings(deadline=None)
@given(SOURCES)
def test_no_letter_becomes_another(source: str) -> None:
    once = composed(source)
    assert composed(once) == once
    assert normalize("NFD", once) == normalize("NFD", source)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (APART, "생성자가 바꿔요."),
        (f"글이에요.  \n{APART} \n\n\n", "글이에요.  \n생성자가 바꿔요. \n\n\n"),
        (f"```\n{APART}\n```\n", f"```\n{APART}\n```\n"),
        (f"`{APART}` 뒤예요.", f"`{APART}` 뒤예요."),
        ("", ""),
    ],
)
def test_code_is_left_as_it_is(before: str, after: str) -> None:
    assert composed(before) == after


@pytest.fixture
def project(unbuilt: Path) -> Path:
    """A project that is checked and not built."""
    return unbuilt


def fix(project: Path) -> int:
    return cli.main(["check", "--root", str(project), "--fix"])


def test_what_changed_is_told_and_nothing_else_is_touched(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / ELECTRA
    whole = file.read_bytes()
    edit(ELECTRA, "\n\nELECTRA는", f"\n\n{normalize('NFD', 'ELECTRA는')}")
    others = {each: each.stat().st_mtime_ns for each in project.rglob("*.md") if each != file}
    assert fix(project) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith(f"{ELECTRA}의 글자를")
    assert file.read_bytes() == whole
    assert others == {each: each.stat().st_mtime_ns for each in others}


def test_a_file_that_cannot_be_read_is_left_as_it_is(project: Path) -> None:
    file = project / "docs/papers/strange.md"
    file.write_bytes("---\ntitle: 가 \n".encode("cp949"))
    before = file.read_bytes()
    assert fix(project) == 1
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_without_a_traceback(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "docs")

    monkeypatch.setattr(letters, "write_whole", refuse)
    file = edit(ELECTRA, "\n\nELECTRA는", f"\n\n{normalize('NFD', 'ELECTRA는')}")
    before = file.read_bytes()
    assert fix(project) == 1
    assert "권한" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_a_link_to_a_file_is_not_followed(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(APART)
    (project / "docs/linked.md").symlink_to(outside)
    fix(project)
    assert (project / "docs/linked.md").is_symlink()
    assert outside.read_text() == APART
