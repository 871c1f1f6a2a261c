"""Every code has a page, and every page's examples do what the page says."""

import ast
from pathlib import Path

import pytest

from papernotes import cli
from papernotes.note import library
from papernotes.note.library import Library
from papernotes.note.model import Listing
from papernotes.note.scan import Heading, scan
from papernotes.snippets import snippet
from papernotes.snippets.runner import run
from tests import examples
from tests.conftest import ROOT

BAD, GOOD = "나쁜 예", "좋은 예"
DRAFT, ENDLESS = "PN221", "PN405"


def emitted() -> set[str]:
    """Return every code that stands as a string in the source."""
    return {
        node.value
        for file in (ROOT / "papernotes").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.startswith("PN") and node.value[2:].isdigit()
    }


ELSEWHERE = {
    "PN901": "tests/pyodide/test_assemble.py",
    "PN902": "tests/pyodide/test_assemble.py",
}
"""Codes whose bad example is no file of a project but bytes from elsewhere, and their tests."""


@pytest.fixture(scope="module")
def notes() -> Library:
    """The repository's pages of rules, which belong to the code."""
    return library.load(ROOT)


def test_every_code_has_a_page_and_every_page_a_code(notes: Library) -> None:
    assert {rule.code for rule in notes.rules} == emitted()
    for rule in notes.rules:
        assert rule.path == f"rules/{rule.code.lower()}.md"


def test_every_code_is_on_the_index_page(notes: Library) -> None:
    [index] = [page for page in notes.pages if page.path == "rules/index.md"]
    groups = tuple(block.group for block in index.blocks if isinstance(block, Listing))
    assert [rule.code for rule in notes.rules if not rule.code.startswith(groups)] == []


def test_the_small_project_has_no_problem(tmp_path: Path) -> None:
    project = examples.small_project(tmp_path)
    assert examples.problems(project) == []
    assert run(snippet.snippets(project), jobs=1)[0].problems == ()


@pytest.mark.parametrize("page", examples.PAGES, ids=lambda page: page.stem)
def test_the_bad_example_gives_the_code_and_the_good_one_mends_it(
    page: Path, tmp_path: Path
) -> None:
    found = examples.fences(page)
    assert found.keys() == {BAD, GOOD}
    code = page.stem.upper()
    if code in ELSEWHERE:
        assert code in (ROOT / ELSEWHERE[code]).read_text("utf-8")
        return
    project = examples.small_project(tmp_path)
    printed = examples.put(project, found[BAD])
    # What a command drafts asks a person for more, which is not what the page is about.
    limits = examples.BRIEF if code == ENDLESS else examples.LIMITS
    given = examples.problems(project, limits)
    drafted = {DRAFT} & {problem.code for problem in given} - {code}
    problems = [each for each in given if each.code not in drafted]
    assert {problem.code for problem in problems} | printed == {code}
    for problem in problems:
        advice = problem.message.rpartition("요. ")[2]
        assert "세요" in advice, "a message ends in what to do"
    examples.put(project, found[GOOD])
    left = {problem.code for problem in examples.problems(project)}
    assert left <= drafted


@pytest.mark.parametrize("page", examples.PAGES, ids=lambda page: page.stem)
def test_a_page_is_short_and_has_the_same_parts_as_all(page: Path) -> None:
    lines = page.read_text("utf-8").splitlines()
    assert len(lines) <= 66
    headings = [item.title for item in scan("\n".join(lines)) if isinstance(item, Heading)]
    assert headings == ["왜", BAD, GOOD, "고치는 법"]


def test_explain_prints_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "pn301", "--root", str(ROOT)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# PN301")
    assert "## 고치는 법" in printed


def test_explain_lists_every_code(capsys: pytest.CaptureFixture[str], notes: Library) -> None:
    assert cli.main(["explain", "--root", str(ROOT)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"{rule.code}  {rule.title}" for rule in notes.rules]


def test_explain_suggests_the_nearest_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "PN3O1", "--root", str(ROOT)]) == 2
    assert "PN301" in capsys.readouterr().err


def test_explain_away_from_a_project_says_where_to_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["explain", "PN301", "--root", str(tmp_path)]) == 2
    assert "--root" in capsys.readouterr().err
