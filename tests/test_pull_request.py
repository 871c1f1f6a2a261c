"""What was transcribed becomes one pull request an issue, by rights that suffice and no more."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from papernotes.forms import pull_request
from tests.conftest import ROOT
from tests.github import BASE_COMMIT, REPOSITORY, TOKEN, State, stand_in
from tests.test_transcribe import NOTE, body, issue, root, send

WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/transcribe.yml").read_text("utf-8"))
RIGHTS = WORKFLOW["jobs"]["propose"]["permissions"]
BRANCH = "transcribe/12"
ANSWER = {"passage": "static-masking", "answer": "네 번이에요. @someone", "name": "도윤"}

__all__ = ["root"]


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    with stand_in(dict(RIGHTS)) as (state, url):
        monkeypatch.setenv("GITHUB_API_URL", url)
        monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
        monkeypatch.setenv("GITHUB_SHA", BASE_COMMIT)
        monkeypatch.setenv("GH_TOKEN", TOKEN)
        yield state


def event(folder: Path, text: str, branch: str = "main") -> Path:
    """Write what a runner is told of a labelled issue."""
    told = {"action": "labeled", "issue": json.loads(issue(text))}
    file = folder / "event.json"
    file.write_text(json.dumps({**told, "repository": {"default_branch": branch}}), "utf-8")
    return file


def label(
    root: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, str], branch: str = "main"
) -> int:
    """Do what the workflow does, in a fresh copy of the project; return the second job's status."""
    file = event(root.parent, body("answer", values), branch)
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(file))
    before = (root / NOTE).read_bytes()
    outcome = root.parent / "outcome" / "outcome.json"
    send(root, file.read_text("utf-8"), "--pull-request", str(outcome))
    (root / NOTE).write_bytes(before)
    return pull_request.main([str(outcome)])


def test_an_issue_becomes_a_pull_request(
    root: Path, github: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert label(root, monkeypatch, ANSWER) == 0
    (pull,) = github.pulls
    assert (pull["head"], pull["base"]) == (BRANCH, "main")
    assert pull["title"] == "[답] roberta: static-masking"
    assert pull["body"].startswith("Closes #12\n")
    assert "`도윤`" in pull["body"]
    assert "Reopen" in pull["body"]
    assert "someone" not in pull["body"].partition("```text")[0]
    assert github.files(BRANCH).keys() == {NOTE}
    assert "/// answer | 도윤\n네 번이에요." in github.files(BRANCH)[NOTE]
    assert github.commits[github.branches[BRANCH]]["message"] == (
        "Transcribe issue #12\n\n"
        "Co-authored-by: octo-cat <583231+octo-cat@users.noreply.github.com>"
    )
    assert github.comments == []


def test_the_same_label_twice_makes_one_pull_request(
    root: Path, github: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert label(root, monkeypatch, ANSWER) == 0
    once = github.branches[BRANCH]
    assert label(root, monkeypatch, ANSWER) == 0
    assert github.branches[BRANCH] == once
    assert label(root, monkeypatch, {**ANSWER, "answer": "다섯 번이에요."}) == 0
    assert "다섯 번이에요." in github.files(BRANCH)[NOTE]
    assert "네 번이에요. @" not in github.files(BRANCH)[NOTE]
    (pull,) = github.pulls
    assert "다섯 번이에요." in pull["body"]


def test_what_a_person_has_mended_on_the_branch_stays(
    root: Path, github: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    label(root, monkeypatch, ANSWER)
    tree = github.commits[github.branches[BRANCH]]["tree"]["sha"]
    github.commit(BRANCH, tree, message="Mend a word")
    mended = github.branches[BRANCH]
    assert label(root, monkeypatch, {**ANSWER, "answer": "다섯 번이에요."}) == 0
    assert github.branches[BRANCH] == mended
    assert "파일은 그대로 두었어요" in github.pulls[0]["body"]


def test_what_is_there_already_is_said_and_nothing_is_opened(
    root: Path, github: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(root, issue(body("answer", ANSWER)))
    github.make_comment("12", {"body": None})
    github.comments[0]["user"] = None  # whose account is gone
    assert label(root, monkeypatch, ANSWER) == 0
    assert "이미 노트에 있어서" in github.comments[1]["body"]
    assert github.pulls == []


def test_what_is_missing_is_said_once_and_then_that_it_is_done(
    root: Path, github: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    github.make_comment("12", {"body": "다른 사람의 말"})
    github.comments[0]["user"] = {"login": "somebody"}
    for passage in ("nowhere", "no-where"):
        assert label(root, monkeypatch, {**ANSWER, "passage": passage}) == 0
    assert [each["issue"] for each in github.comments] == [12, 12]
    assert "어느 구절인지" in github.comments[1]["body"]
    assert github.pulls == []
    assert github.branches.keys() == {"main"}
    assert label(root, monkeypatch, ANSWER) == 0
    assert len(github.comments) == 2
    assert "/pull/100" in github.comments[1]["body"]


def test_every_right_is_needed_and_those_given_suffice(
    root: Path, github: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    label(root, monkeypatch, {**ANSWER, "passage": "nowhere"})
    label(root, monkeypatch, ANSWER)
    label(root, monkeypatch, {**ANSWER, "answer": "다섯 번이에요."})
    used = {tuple(right.split(":")) for _, _, right in github.asked}
    assert {name for name, level in used if level == "write"} == RIGHTS.keys()
    assert set(RIGHTS.values()) == {"write"}


@pytest.mark.parametrize("missing", RIGHTS)
def test_a_right_that_is_missing_is_told(
    root: Path,
    github: State,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    missing: str,
) -> None:
    del github.rights[missing]
    values = {**ANSWER, "passage": "nowhere"} if missing == "issues" else ANSWER
    assert label(root, monkeypatch, values) == 1
    told = capsys.readouterr().err.splitlines()[-1]
    assert "not accessible by integration" in told
    assert told.startswith('"')


def test_a_repository_that_forbids_pull_requests_is_told_where_to_allow_them(
    root: Path,
    github: State,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    github.may_create = False
    assert label(root, monkeypatch, ANSWER) == 1
    assert "Allow GitHub Actions to create" in capsys.readouterr().err
    github.may_create = True
    assert label(root, monkeypatch, ANSWER) == 0
    assert len(github.pulls) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"GH_TOKEN": "wrong"}, "401"),
        ({"GITHUB_SHA": "2" * 40}, "404"),
        ({"GITHUB_API_URL": "http://127.0.0.1:9"}, "refused"),
    ],
)
def test_what_github_refuses_is_told(
    root: Path,
    github: State,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, str],
    told: str,
) -> None:
    for name, value in change.items():
        monkeypatch.setenv(name, value)
    assert label(root, monkeypatch, ANSWER) == 1
    assert told in capsys.readouterr().err
    assert github.pulls == []


def test_a_base_that_is_not_there_is_told(
    root: Path, github: State, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert label(root, monkeypatch, ANSWER, branch="gone") == 1
    assert "base" in capsys.readouterr().err
    assert github.pulls == []


def test_a_body_is_never_longer_than_github_takes(
    root: Path, github: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "\n\n".join(["가나다라마바사 " * 500] * 15)
    assert label(root, monkeypatch, {**ANSWER, "answer": long}) == 0
    assert long.strip()[-40:] in github.files(BRANCH)[NOTE]


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/ci.yml",
        "papernotes/cli.py",
        "docs/papers/../../x.md",
        "docs/papers/x.md\n",
    ],
)
def test_no_other_file_is_ever_changed(
    github: State, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str
) -> None:
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event(tmp_path, "x")))
    outcome: dict[str, Any] = {"title": "x", "body": "x", "files": {path: "x"}}
    (tmp_path / "outcome.json").write_text(json.dumps(outcome), "utf-8")
    assert pull_request.main([str(tmp_path / "outcome.json")]) == 1
    assert github.asked == []


def test_no_package_is_needed() -> None:
    """The job with the token installs nothing."""
    code = "import papernotes.forms.pull_request, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr
