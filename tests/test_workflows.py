"""The machinery around the site: workflows, forms, Dependabot and the locked requirements."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.github-issue-forms": [GITHUB / "ISSUE_TEMPLATE" / "question.yml"],
}

# What a runner would put in for a fork that its owner has named otherwise.
EXPRESSIONS = {
    "github.server_url": "https://github.com",
    "github.repository": "someone/reading-group",
    "steps.pages.outputs.base_url": "https://someone.github.io/reading-group",
}


def load(workflow: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(workflow.read_text("utf-8"))
    return loaded


def steps(workflow: Path) -> Iterator[dict[str, Any]]:
    for job in load(workflow)["jobs"].values():
        yield from job["steps"]


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(name)
    return subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True)


def test_there_are_two_workflows() -> None:
    assert [workflow.name for workflow in WORKFLOWS] == ["ci.yml", "publish.yml"]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_github_would_accept_the_file(schema: str) -> None:
    done = tool("check-jsonschema", "--builtin-schema", schema, *SCHEMAS[schema])
    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing() -> None:
    done = tool("zizmor", "--offline", "--pedantic", GITHUB)
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_zizmor_would_find_an_injection(tmp_path: Path) -> None:
    bad = (GITHUB / "workflows" / "ci.yml").read_text("utf-8")
    bad = bad.replace("run: make test", 'run: echo "${{ github.event.pull_request.title }}"')
    (tmp_path / "bad.yml").write_text(bad, "utf-8")
    assert tool("zizmor", "--offline", "--pedantic", tmp_path / "bad.yml").returncode != 0


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_to_a_commit_and_names_its_version(workflow: Path) -> None:
    uses = re.findall(r"uses: (.+)", workflow.read_text("utf-8"))
    assert uses
    for action in uses:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_given_job_by_job_and_time_is_limited(workflow: Path) -> None:
    loaded = load(workflow)
    assert loaded["permissions"] == {}
    assert loaded["concurrency"]
    for job in loaded["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 30
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_the_job_that_may_publish_runs_nothing_but_the_deploy_action() -> None:
    jobs = load(GITHUB / "workflows" / "publish.yml")["jobs"]
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert [step["uses"].split("@")[0] for step in jobs["deploy"]["steps"]] == [
        "actions/deploy-pages"
    ]
    assert "write" not in jobs["build"]["permissions"].values()


def test_a_question_can_be_prefilled() -> None:
    form = load(GITHUB / "ISSUE_TEMPLATE" / "question.yml")
    assert {"passage", "question"} <= {field.get("id") for field in form["body"]}


@pytest.mark.parametrize("name", ["requirements", "requirements-test"])
def test_the_lock_holds_what_the_requirements_name(name: str) -> None:
    named = re.findall(r"^[\w.-]+==\S+", (ROOT / f"{name}.txt").read_text(), re.M)
    lock = (ROOT / f"{name}.lock").read_text()
    assert named
    assert set(named) <= set(re.findall(r"^[\w.-]+==\S+", lock, re.M)), "make lock"


def test_the_locks_agree_with_each_other() -> None:
    versions: dict[tuple[str, str], str] = {}
    for name in ("requirements.lock", "requirements-test.lock"):
        pattern = r"^([\w.-]+)==(\S+)(.*) \\$"
        for package, version, marker in re.findall(pattern, (ROOT / name).read_text(), re.M):
            assert versions.setdefault((package, marker), version) == version
    assert versions


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements.lock", "requirements-test.lock", "package-lock.json"]
)
def test_no_file_says_where_packages_come_from(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"--(extra-)?index-url|--find-links|\"resolved\"", text)


def fresh_clone(folder: Path) -> Path:
    """Clone what a commit of the working tree would hold, as the checkout action does."""
    origin = folder / "origin"
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, origin / name, follow_symlinks=False)
    git(origin, "init", "--quiet", "--initial-branch=main")
    git(origin, "add", "--all")
    git(origin, "-c", "user.name=t", "-c", "user.email=t@t.invalid", "commit", "-q", "-m", "all")
    git(folder, "clone", "--quiet", "--depth=1", origin.as_uri(), "clone")
    return folder / "clone"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode()


@pytest.mark.usefixtures("runtime")
def test_the_run_steps_pass_in_a_fresh_clone(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Runs every ``run:`` of both workflows in order, as a runner would.

    The inner ``make test`` leaves out this very test, which would never end, and those that take
    long, which the outer run has anyway.
    """
    clone = fresh_clone(tmp_path)
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "MAKE", "MFLAGS", "VIRTUAL_ENV"))
    }
    runner = {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "NOTEBOOKS": "false",  # test_notebooks.py runs them
        "PYTEST_ADDOPTS": f"-m 'not browser and not slow' --deselect '{request.node.nodeid}'",
    }
    commands = []
    for workflow in WORKFLOWS:
        for step in steps(workflow):
            if "run" not in step:
                continue
            env = {name: fill_in(value) for name, value in step.get("env", {}).items()}
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=clone,
                env={**inherited, **runner, **env},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            assert done.returncode == 0, f"{workflow.name}: {step['name']}\n{done.stdout}"
            commands.append(step["run"])
    assert commands == ["make test", "make check", "make build", "make build"]
    home = (clone / "site" / "index.html").read_text("utf-8")
    assert "https://someone.github.io/reading-group/" in home
    assert "https://github.com/someone/reading-group" in home


def fill_in(value: str) -> str:
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda match: EXPRESSIONS[match[1]], value)
