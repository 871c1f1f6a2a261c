"""A passage that is talked about on GitHub links there; without a token nobody is asked."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from papernotes import cli
from papernotes.note import library
from papernotes.render.discussions import FILE, Discussion, load
from tests.conftest import PROJECT, REPOSITORY
from tests.github import TOKEN, State, stand_in
from tests.rendering import Build


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tests' project."""
    return Path(shutil.copytree(PROJECT, tmp_path / "project", symlinks=True))


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    with stand_in({"discussions": "read"}) as (state, url):
        monkeypatch.setenv("GITHUB_GRAPHQL_URL", f"{url}/graphql")
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        monkeypatch.setenv("REPO_URL", REPOSITORY)
        yield state


def ask(root: Path) -> int:
    return cli.main(["discussions", "--root", str(root)])


def links(root: Path, repo: str = REPOSITORY) -> dict[str, tuple[str, str]]:
    """Return what each passage of a note links to as its discussion, with the words for it."""
    options = {"papernotes.extension": {"root": str(root), "repo_url": repo}}
    extensions = ("attr_list", "toc", "pymdownx.superfences", "papernotes.extension")
    page = Build(root, extensions, options).page("papers/roberta.md")
    return {
        str(section["data-passage"]): (str(found["href"]), found.get_text())
        for section in page.select("[data-passage]")
        for found in section.select(".pn-actions > a[href*='/discussions/']")
    }


def test_a_passage_links_to_its_discussion_with_the_number_of_comments(
    root: Path, github: State
) -> None:
    note = root / "docs/papers/roberta.md"
    head = "moved:\n  mask-once: static-masking\n---\n"
    note.write_text(note.read_text("utf-8").replace("\n---\n", f"\n{head}", 1), "utf-8")
    github.talk("잡담", "cross-entropy-for-mlm, #static-masking-2, #12", 9)
    github.talk("RoBERTa #mask-once", "", 3)
    github.talk("<b>", "https://s.github.io/g/papers/roberta/#cross-entropy-for-mlm)?", 0)
    github.talk("오래된 것", "#static-masking", 7)
    assert ask(root) == 0
    assert links(root) == {
        "static-masking": (f"{REPOSITORY}/discussions/201", "토론 (댓글 3개)"),
        "cross-entropy-for-mlm": (f"{REPOSITORY}/discussions/202", "토론 (댓글 0개)"),
    }
    assert links(root, "") == {}


def test_without_a_token_nobody_is_asked_and_nothing_is_shown(
    root: Path, github: State, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    github.talk("#static-masking", "", 3)
    assert ask(root) == 0
    assert links(root)
    monkeypatch.delenv("GITHUB_TOKEN")
    assert ask(root) == 2
    assert "GITHUB_TOKEN" in capsys.readouterr().err
    assert links(root) == {}


@pytest.mark.parametrize(
    ("name", "value", "lasts"),
    [
        ("GITHUB_TOKEN", "wrong", True),
        ("REPO_URL", "https://github.com/some/other", True),
        ("GITHUB_GRAPHQL_URL", "http://127.0.0.1:9/graphql", False),
    ],
)
def test_what_github_refuses_leaves_the_site_without_links(
    root: Path,
    github: State,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    lasts: bool,
) -> None:
    github.talk("#static-masking", "", 3)
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert ask(root) == 0
    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith("::warning::토론을" if lasts else "토론을")
    assert load(root) == {}


def test_the_right_to_read_discussions_is_needed(root: Path, github: State) -> None:
    github.talk("#static-masking", "", 3)
    github.rights.clear()
    assert ask(root) == 0
    assert load(root) == {}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": ["x", 1]}', '{"a": [1]}'])
def test_a_file_that_is_broken_counts_as_none(root: Path, text: str) -> None:
    (root / FILE).parent.mkdir()
    (root / FILE).write_text(text, "utf-8")
    assert load(root) == {}


def test_what_was_found_is_kept_as_two_numbers(root: Path, github: State) -> None:
    ids = [passage.id for _, passage in library.load(root).passages]
    for id in ids:
        github.talk("", f"<script>#{id}", 1)
    assert ask(root) == 0
    assert load(root) == {id: Discussion(200 + i, 1) for i, id in enumerate(ids)}
    assert "script" not in (root / FILE).read_text("utf-8")
