"""What goes bad by itself: newer versions of papers, dead links, and the one issue about it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from papernotes import cli
from papernotes.note.library import Library
from papernotes.review import rot
from tests.conftest import PROJECT, ROOT
from tests.loopback import Request, Response, answering

FOUND = ROOT / ".github" / "found.sh"
WORKFLOW = ROOT / ".github" / "workflows" / "rot.yml"

# As arXiv answers, shortened: https://info.arxiv.org/help/api/user-manual.html
FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title>{}</feed>'
ENTRY = "<entry><id>http://arxiv.org/abs/{}</id><title>x</title></entry>"


@contextmanager
def arxiv(known: dict[str, int], text: str = "") -> Iterator[tuple[str, list[list[str]]]]:
    """Answer as arXiv's API for the ids in ``known``, with a page elsewhere, and 404 at /dead.

    Yields the address, and the ids that each request asks for.
    """
    asked: list[list[str]] = []

    def answer(request: Request) -> Response:
        parts = urlsplit(request.path)
        told = text or "<html><body>ok</body></html>"
        if "id_list" in parts.query:
            query = parse_qs(parts.query)
            ids = query["id_list"][0].split(",")
            assert query["max_results"] == [str(len(ids))]
            asked.append(ids)
            found = [f"{each}v{known[each]}" for each in ids if each in known]
            told = text or FEED.format("".join(map(ENTRY.format, found)))
        status = 404 if parts.path == "/dead" else 200
        return Response(status, told.encode(), {"Content-Type": "text/html"})

    with answering(answer) as url:
        yield url, asked


def test_the_newest_version_of_each_paper_is_asked_for_in_few_requests() -> None:
    known = {f"2401.{number:05}": number % 9 + 1 for number in range(150)} | {"cs/9901001": 2}
    with arxiv(known) as (url, asked):
        assert rot.newest([*known, "2401.99999"], url, pause=0) == known
        assert [len(ids) for ids in asked] == [100, 52]


def test_a_paper_with_a_newer_version_is_named_with_its_note(
    notes: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    with arxiv({"1907.11692": 1, "2003.10555": 3}) as (url, _):
        assert cli.main(["rot", "--root", str(PROJECT), "--api", url]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": arXiv")[0].partition(": v")[0] for line in lines] == [
        "docs/papers/electra.md: ELECTRA 2003.10555v1",
        "docs/papers/roberta.md: BERT 1810.04805v2",
        "docs/papers/roberta.md: ELECTRA 2003.10555v1",
    ]
    assert "v3이 나왔어요 (https://arxiv.org/abs/2003.10555v3)" in lines[0]
    assert "이 번호를 몰라요" in lines[1]
    assert all(line.endswith("주세요.") for line in lines)


def test_papers_that_are_all_the_newest_are_no_finding(
    notes: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {
        paper.arxiv.rpartition("v")[0]: int(paper.arxiv.rpartition("v")[2])
        for note in notes.notes
        for paper in (note.paper, *note.references)
    }
    with arxiv(known) as (url, _):
        assert cli.main(["rot", "--root", str(PROJECT), "--api", url]) == 0
    assert "논문 3편이 모두" in capsys.readouterr().out


def test_a_note_that_cannot_be_read_is_told_and_not_passed_over(
    unbuilt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = unbuilt / "docs" / "papers" / "electra.md"
    note.write_text(note.read_text("utf-8").replace("year: 2020", "year: soon"), "utf-8")
    assert cli.main(["rot", "--root", str(unbuilt), "--api", "http://127.0.0.1:9"]) == 1
    assert capsys.readouterr().out.startswith("docs/papers/electra.md:6:1: PN104 ")
    assert cli.main(["rot", "--root", str(tmp_path / "nowhere")]) == 2
    assert "--root" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "Rate exceeded.", "<feed"])
def test_an_arxiv_that_does_not_answer_is_said_so(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with arxiv({}, text) as (url, _):
        address = url if text else "http://127.0.0.1:9"
        assert cli.main(["rot", "--root", str(PROJECT), "--api", address]) == 1
    assert "답을 받지 못했어요" in capsys.readouterr().out


def test_a_dead_link_is_found_and_a_living_one_is_not() -> None:
    program = Path(sys.executable).with_name("linkchecker")
    config = ROOT / ".github" / "linkcheckerrc"
    with arxiv({}) as (url, _):
        links = [f"{url}/dead", f"{url}/alive", "https://arxiv.org/abs/1907.11692v1"]
        page = "".join(f'<a href="{link}">x</a>' for link in links)
        with arxiv({}, page) as (site, _):
            done = subprocess.run(
                [program, "--config", config, site], capture_output=True, text=True
            )
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{url}/dead" in done.stdout
    assert "404" in done.stdout
    assert f"{url}/alive" not in done.stdout
    assert "arxiv.org" not in done.stdout


@pytest.mark.parametrize(
    ("command", "text"), [("true", ""), ("echo 까닭; false", "제목\n\n까닭\n\n")]
)
def test_only_what_a_command_finds_is_kept(tmp_path: Path, command: str, text: str) -> None:
    file = tmp_path / "rot" / "x.txt"
    subprocess.run(["bash", FOUND, file, "제목", "bash", "-c", command], check=True)
    assert file.read_text("utf-8") == text


class Report:
    """The step that keeps the issue, run with a stand-in for ``gh``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        program = folder / "bin" / "gh"
        program.parent.mkdir()
        program.write_text(
            '#!/bin/sh\necho "$*" >>gh.log\n[ "$2" = list ] && echo "$NUMBER"\nexit 0\n'
        )
        program.chmod(0o755)
        job = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["report"]
        [self.script] = [step["run"] for step in job["steps"] if "run" in step]

    def run(self, found: dict[str, str], number: str = "") -> list[str]:
        """Return what ``gh`` was asked after the search for the issue."""
        for name, text in found.items():
            file = self.folder / "found" / f"rot-{name}" / f"{name}.txt"
            file.parent.mkdir(parents=True)
            file.write_text(text, "utf-8")
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self.script],
            cwd=self.folder,
            env={"PATH": path, "NUMBER": number, "TITLE": "제목", "RUN": "https://run"},
            check=True,
        )
        search, *asked = (self.folder / "gh.log").read_text("utf-8").splitlines()
        assert search.startswith("issue list --state open --app github-actions ")
        return asked

    @property
    def body(self) -> str:
        return (self.folder / "issue.md").read_text("utf-8")


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return Report(tmp_path)


NOTHING = {"pinned": "", "newest": "", "links": ""}


def test_a_finding_opens_an_issue(report: Report) -> None:
    asked = report.run({**NOTHING, "newest": "다른 출력\n"})
    assert asked == ["issue create --title 제목 --body-file issue.md"]
    assert "## 가장 새 버전의 코드\n\n```text\n다른 출력\n" in report.body
    assert "고정한 버전" not in report.body


def test_a_later_finding_goes_into_the_same_issue(report: Report) -> None:
    assert report.run({**NOTHING, "links": "x"}, "7") == ["issue edit 7 --body-file issue.md"]


def test_nothing_found_opens_no_issue(report: Report) -> None:
    assert report.run(NOTHING) == []


def test_nothing_found_any_more_closes_the_issue(report: Report) -> None:
    [closed] = report.run(NOTHING, "7")
    assert closed.startswith("issue close 7 --comment ")


def test_what_could_not_be_looked_at_is_no_good_news(report: Report) -> None:
    asked = report.run({"pinned": "", "links": ""})
    assert asked == ["issue create --title 제목 --body-file issue.md"]
    assert "살피지 못했어요" in report.body


def test_text_cannot_leave_its_fence_nor_outgrow_an_issue(report: Report) -> None:
    text = "```\n@someone <img src=x>\n" + "가" * 30000
    report.run(dict.fromkeys(NOTHING, text))
    assert len(report.body) < 65536
    assert report.body.count("```") == 6
    for part in report.body.split("```text\n")[1:]:
        assert "@someone" in part.partition("\n```\n")[0]
