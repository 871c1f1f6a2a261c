"""What stands in minutes of many hands is read rightly, as far as the truth beside them says."""

from pathlib import Path

import pytest

from papernotes.check.check import check
from tests.minutes import (
    IDS,
    Score,
    Truth,
    asked,
    corpus,
    drafted,
    empty,
    import_minutes,
    kinds,
    score,
    truth,
)

KINDS = {name: (text, right) for name, text, right in kinds()}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_difficulty_is_read_rightly(name: str, tmp_path: Path) -> None:
    text, right = KINDS[name]
    assert imported(text, right, empty(tmp_path / "project")).wrong == []


@pytest.mark.parametrize("name", [name for name in KINDS if name.endswith("-0")])
def test_a_paper_whose_name_nothing_tells_is_read_as_well(name: str, tmp_path: Path) -> None:
    text, right = KINDS[name]
    root = empty(tmp_path / "project", named=False)
    minutes = tmp_path / "minutes.md"
    minutes.write_text(text, "utf-8")
    import_minutes(root, minutes, [IDS[paper] for paper in right.papers])
    papers = {each.paper for each in asked(root)} or set(right.papers)
    assert len(papers) == 1
    (paper,) = papers
    questions = [each.__class__(**{**vars(each), "paper": paper}) for each in right.questions]
    assert score(asked(root), Truth((paper,), tuple(questions))).wrong == []


def imported(text: str, right: Truth, root: Path) -> Score:
    minutes = root.parent / "minutes.md"
    minutes.write_text(text, "utf-8")
    import_minutes(root, minutes, [IDS[paper] for paper in right.papers])
    found = score(asked(root), right)
    asking = {problem.code for problem in check(root).problems if problem.path.startswith("docs/")}
    found.wrong += [f"check: {code}" for code in sorted(asking - {"PN221"})]
    return found


def test_the_corpus_is_read_as_well_as_it_should_be(tmp_path: Path) -> None:
    total = Score()
    for file in corpus():
        right = truth(file)
        total.add(score(drafted(file, right.papers, tmp_path / file.stem), right))
    assert len(corpus()) >= 40
    assert total.questions.precision >= 0.95, total.wrong
    assert total.questions.recall >= 0.85, total.wrong
    assert total.speakers.recall >= 0.95, total.wrong
    assert total.quotations.precision == 1, total.wrong
