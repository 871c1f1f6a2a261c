"""The machinery around the site: workflows, forms, Dependabot and the locked requirements."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import PROJECT, ROOT, git
from tests.examples import BASE as SMALL
from tests.github import BASE_COMMIT, REPOSITORY, TOKEN, State, stand_in
from tests.test_pull_request import ANSWER, BRANCH, event
from tests.test_transcribe import NOTE, body

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = [
    GITHUB / "ISSUE_TEMPLATE" / f"{name}.yml"
    for name in ("answer", "correction", "paper", "question")
]
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-uv.lock")
SCHEMAS = {
    "vendor.citation-file-format": [ROOT / "CITATION.cff"],
    "vendor.github-workflows": WORKFLOWS,
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.github-issue-forms": FORMS,
}

# What a runner would put in for a fork that its owner has named otherwise.
EXPRESSIONS = {
    "github.event_name == 'pull_request' && 'HEAD^1' || ''": "HEAD^1",
    "needs.scope.result": "success",
    "needs.content.result": "success",
    "needs.code.result": "skipped",
    "needs.scope.outputs.code": "false",
    "github.server_url": "https://github.com",
    "github.repository": "someone/reading-group",
    "steps.pages.outputs.base_url": "https://someone.github.io/reading-group",
    "matrix.versions": "newest",
    "github.token": TOKEN,
    "github.run_id": "1",
    "matrix.part": "1",
    "strategy.job-total": "4",
}


def load(workflow: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(workflow.read_text("utf-8"))
    return loaded


def steps(workflow: Path) -> Iterator[dict[str, Any]]:
    """Every step, with the environment of its job."""
    for job in load(workflow)["jobs"].values():
        for step in job["steps"]:
            yield {**step, "env": {**job.get("env", {}), **step.get("env", {})}}


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(name)
    return subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True)


def test_these_are_the_workflows() -> None:
    names = [workflow.name for workflow in WORKFLOWS]
    assert names == ["ci.yml", "parts.yml", "publish.yml", "rot.yml", "transcribe.yml"]


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
    for name, job in loaded["jobs"].items():
        assert job["permissions"] or name == "verdict"
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
    held = [step["name"] for step in jobs["build"]["steps"] if "github.token" in str(step)]
    assert held == ["Ask which passages have a discussion"]


def test_the_summary_needs_no_rights_and_no_words_of_the_pull_request() -> None:
    [job] = [
        job
        for job in load(GITHUB / "workflows" / "ci.yml")["jobs"].values()
        if any("papernotes summary" in step.get("run", "") for step in job["steps"])
    ]
    assert job["permissions"] == {"contents": "read"}
    [step] = [step for step in job["steps"] if "papernotes summary" in step.get("run", "")]
    assert "${{" not in step["run"]
    assert "pull_request" in step["if"]


@pytest.mark.parametrize(
    ("results", "code", "passes"),
    [
        ("success success success", "true", True),
        ("success success skipped", "false", True),
        ("success success success", "false", True),
        ("success success skipped", "true", False),
        ("success success skipped", "", False),
        ("success success failure", "true", False),
        ("success success cancelled", "true", False),
        ("success failure skipped", "false", False),
        ("success failure success", "true", False),
        ("failure success skipped", "", False),
        ("failure success success", "", False),
        ("skipped success success", "true", False),
    ],
)
def test_the_verdict_is_good_where_all_that_the_change_calls_for_passed(
    results: str, code: str, passes: bool
) -> None:
    job = load(GITHUB / "workflows" / "ci.yml")["jobs"]["verdict"]
    assert job["if"] == "${{ always() }}"
    [step] = job["steps"]
    env = {"RESULTS": results, "CODE": code}
    assert step["env"].keys() == env.keys()
    done = subprocess.run(["bash", "-e", "-c", step["run"]], env=env, capture_output=True)
    assert (done.returncode == 0) == passes


def test_what_changes_is_told_by_the_bases_own_code() -> None:
    jobs = load(GITHUB / "workflows" / "ci.yml")["jobs"]
    [step] = [step for step in jobs["scope"]["steps"] if "run" in step]
    assert "git show HEAD^1:papernotes/review/scope.py | python3 -I - HEAD^1" in step["run"]
    assert jobs["code"]["if"] == "${{ needs.scope.outputs.code != 'false' }}"
    assert "if" not in jobs["content"]
    assert set(jobs["verdict"]["needs"]) == jobs.keys() - {"verdict"}


def test_there_is_no_form_that_no_schema_checked() -> None:
    found = {file.name for file in (GITHUB / "ISSUE_TEMPLATE").iterdir()}
    assert found == {"config.yml", *(form.name for form in FORMS)}


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_an_example_and_ends_in_a_checklist(form: Path) -> None:
    fields = [field for field in load(form)["body"] if field["type"] != "markdown"]
    required = [field for field in fields if field.get("validations", {}).get("required")]
    assert len(required) >= 2
    assert all(field["attributes"].get("placeholder") for field in required)
    last = fields[-1]
    assert last["type"] == "checkboxes"
    assert any("CC BY 4.0" in o["label"] and o["required"] for o in last["attributes"]["options"])


def test_the_pull_request_template_asks_for_kind_licence_and_checks() -> None:
    text = (GITHUB / "pull_request_template.md").read_text("utf-8")
    assert text.count("- [ ] ") >= 10
    for words in ("어떤 변경인가요", "무엇을 살펴보았나요", "CC BY 4.0", "MIT", "make check"):
        assert words in text


def test_the_job_that_may_write_an_issue_runs_nobodys_code() -> None:
    jobs = load(GITHUB / "workflows" / "rot.yml")["jobs"]
    report = jobs.pop("report")
    assert report["permissions"] == {"issues": "write"}
    uses = [step["uses"].split("@")[0] for step in report["steps"] if "uses" in step]
    assert uses == ["actions/download-artifact"]
    for job in jobs.values():
        assert job["permissions"] == {"contents": "read"}
        assert "github.token" not in str(job)


def test_readers_words_are_read_without_a_token_and_written_without_a_package() -> None:
    workflow = GITHUB / "workflows" / "transcribe.yml"
    assert "\non:\n  issues:\n    types: [labeled]\n\n" in workflow.read_text("utf-8")
    read, propose = load(workflow)["jobs"].values()
    assert read["if"] == "github.event.label.name == '옮기기'"
    assert read["permissions"] == {"contents": "read"}
    assert "github.token" not in str(read)
    assert propose["permissions"] == dict.fromkeys(["contents", "pull-requests", "issues"], "write")
    runs = [step["run"] for step in propose["steps"] if "run" in step]
    assert runs == ["python3 -m papernotes.forms.pull_request outcome/outcome.json"]
    uses = [step["uses"].split("@")[0] for step in propose["steps"] if "uses" in step]
    assert uses == ["actions/checkout", "actions/download-artifact"]


def test_no_script_holds_an_expression() -> None:
    """What an event says could be a command: it comes by the environment, or from the file."""
    runs = [step["run"] for workflow in WORKFLOWS for step in steps(workflow) if "run" in step]
    assert runs
    assert not [run for run in runs if "${{" in run]


def test_the_site_is_published_with_its_whole_history() -> None:
    checkout = load(GITHUB / "workflows" / "publish.yml")["jobs"]["build"]["steps"][0]
    assert checkout["with"]["fetch-depth"] == 0


@pytest.mark.parametrize("name", ["requirements", "requirements-test"])
def test_the_lock_holds_what_the_requirements_name(name: str) -> None:
    named = re.findall(r"^[\w.-]+==[^\s;]+", (ROOT / f"{name}.txt").read_text(), re.M)
    lock = (ROOT / f"{name}.lock").read_text()
    assert named
    assert set(named) <= set(re.findall(r"^[\w.-]+==[^\s;]+", lock, re.M)), "make lock"


def test_the_installers_lock_is_that_of_the_tests() -> None:
    """uv installs all else, so it has a lock of its own, with the same hashes."""
    locked = [(ROOT / name).read_text().split("\n") for name in LOCKS]
    entry = [line for line in locked[2] if line and not line.startswith("#")]
    assert entry[0].startswith("uv==")
    start = locked[1].index(entry[0])
    assert locked[1][start : start + len(entry)] == entry


def test_the_locks_agree_with_each_other() -> None:
    versions: dict[tuple[str, str], str] = {}
    for name in LOCKS:
        pattern = r"^([\w.-]+)==(\S+)(.*) \\$"
        for package, version, marker in re.findall(pattern, (ROOT / name).read_text(), re.M):
            assert versions.setdefault((package, marker), version) == version
    assert versions


@pytest.mark.parametrize("name", ["requirements.txt", *LOCKS, "package-lock.json"])
def test_no_file_says_where_packages_come_from(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"--(extra-)?index-url|--find-links|\"resolved\"", text)


def fresh_clone(folder: Path) -> Path:
    """Clone what a commit of the working tree would hold, as the checkout action does.

    The content is one note, amid the pages that the theme leads to: what the steps show does not
    hang on how many notes there are. A second commit stands for a pull request's merge.

    What the same files have led to in the working tree comes along: npm's packages, what mypy has
    read, and the packages' modules as compiled.
    """
    origin = folder / "origin"
    notes = shutil.ignore_patterns("*roberta*", "*electra*", "pn*.md", "2003.*", "1810.*")
    shutil.copytree(PROJECT, origin, symlinks=True, ignore=notes)
    shutil.copytree(SMALL, origin, dirs_exist_ok=True)
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists() and not (PROJECT / name.split("/")[0]).exists():
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, origin / name, follow_symlinks=False)
    git(origin, "init", "--quiet")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message=all")
    page = origin / "docs/glossary.md"
    page.write_text(page.read_text("utf-8") + "\n한 줄 더.\n", "utf-8")
    git(origin, "commit", "--quiet", "--all", "--message=merge")
    git(folder, "clone", "--quiet", "--depth=2", origin.as_uri(), "clone")
    clone = folder / "clone"
    if (ROOT / ".mypy_cache").exists():
        shutil.copytree(ROOT / ".mypy_cache", clone / ".mypy_cache")
    if (ROOT / "node_modules").exists():
        (clone / "node_modules").symlink_to(ROOT / "node_modules")
        shutil.copystat(ROOT / "package-lock.json", clone / "package-lock.json")  # older than they
    packages = Path(sysconfig.get_path("purelib"))
    for compiled in packages.rglob("__pycache__"):  # Python takes one whose source has its date
        shutil.copytree(compiled, clone / ".venv" / compiled.relative_to(sys.prefix))
    return clone


@pytest.fixture
def github() -> Iterator[tuple[State, str]]:
    """GitHub's API, for the tokens of the jobs that ask it."""
    propose = load(GITHUB / "workflows" / "transcribe.yml")["jobs"]["propose"]
    publish = load(GITHUB / "workflows" / "publish.yml")["jobs"]["build"]
    with stand_in({**publish["permissions"], **propose["permissions"]}) as served:
        yield served


@pytest.mark.long
@pytest.mark.usefixtures("runtime")
def test_the_run_steps_pass_in_a_fresh_clone(tmp_path: Path, github: tuple[State, str]) -> None:
    """Runs every ``run:`` of the workflows in order, as a runner would.

    What leads out of the machine is a stand-in: a ``gh`` that finds no issue, GitHub's API, and for
    the links a proxy that is not there.

    The inner ``make test`` and ``make test-content`` run a few tests: the outer run has all.
    """
    clone = fresh_clone(tmp_path)
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "PYTHONDONTWRITE", "MAKE", "MFLAGS", "VIRTUAL_ENV"))
    }
    runner = {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "NOTEBOOKS": "false",  # test_notebooks.py runs them
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": str(event(tmp_path, body("answer", ANSWER))),
        "GITHUB_API_URL": github[1],
        "GITHUB_GRAPHQL_URL": f"{github[1]}/graphql",
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_SHA": BASE_COMMIT,
        "GITHUB_OUTPUT": str(tmp_path / "output.txt"),
        "PYTEST_ADDOPTS": "tests/test_aliases.py -k 'aliases or every_source_is_a_page'",
        "PYTEST_XDIST_AUTO_NUM_WORKERS": "0",
        "PATH": f"{stand_in_for_gh(tmp_path)}:{os.environ['PATH']}",
    }
    commands = []
    for workflow in WORKFLOWS:
        for step in steps(workflow):
            if "run" not in step:
                continue
            env = {name: fill_in(value) for name, value in step["env"].items()}
            if env.get("FOUND") == "rot/links.txt":
                env |= {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
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
    assert [command for command in commands if command.startswith("make ")] == [
        *("make test", "make test-content FORMAT=github"),
        *("make check", "make .venv/site.installed", "make offline build"),
        *("make .venv/site.installed", "make offline .venv/test.installed"),
        "make .venv/site.installed",
    ]
    assert (tmp_path / "output.txt").read_text() == "code=false\n"
    assert "`docs/glossary.md`" in (tmp_path / "summary.md").read_text("utf-8")
    assert "열리지 않는 링크" in (clone / "rot" / "links.txt").read_text("utf-8")
    assert "issue create --title" in (tmp_path / "gh.log").read_text("utf-8")
    assert github[0].files(BRANCH).keys() == {NOTE}
    home = (clone / "site" / "index.html").read_text("utf-8")
    assert "https://someone.github.io/reading-group/" in home
    assert "https://github.com/someone/reading-group" in home
    assert "site.zip" in (clone / "site" / "data" / "index.html").read_text("utf-8")
    assert (clone / "site" / "site.zip").is_file()


def stand_in_for_gh(folder: Path) -> Path:
    """Make a ``gh`` that writes down what it is asked; return its folder."""
    program = folder / "bin" / "gh"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$*" >>{folder}/gh.log\n')
    program.chmod(0o755)
    return program.parent


def fill_in(value: str) -> str:
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda match: EXPRESSIONS[match[1]], value)
