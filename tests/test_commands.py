"""What every command shares: how it is called, and how a file or a folder is put in its place."""

import multiprocessing
import os
import resource
import socket
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unicodedata import normalize

import pytest

from papernotes import cli
from papernotes.files import move_folder, write_all
from papernotes.note import library
from papernotes.preview import address
from papernotes.usage import Parser
from tests.conftest import ROOT, copy_project, make
from tests.pdf import FILLER, ID, column, pdf

COMMANDS = [
    "check",
    "export",
    "fingerprint",
    "import",
    "new",
    "rot",
    "run",
    "runtime",
    "summary",
    "explain",
]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "빠진 것이 있어요: 명령"),
        (["chek"], "쓸 수 없는 값이에요: 'chek'"),
        (["check", "--fxi"], "모르는 것이에요: --fxi"),
        (["check", "--format"], "--format 뒤에 값을 적어 주세요"),
        (["check", "--format", "xml"], "--format에 쓸 수 없는 값이에요: 'xml'"),
        (["check", "--shard", "9/2"], "--shard: 1/4처럼"),
        (["check", "--fix=yes"], "--fix에는 값이 없어요"),
        (["new"], "빠진 것이 있어요: paper"),
        (["import", "minutes.md"], "빠진 것이 있어요: --paper"),
        (["run", "--jobs", "0"], "--jobs: 1 이상의 수"),
    ],
)
def test_a_command_called_in_a_wrong_way_says_so_in_korean_on_standard_error(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    printed = capsys.readouterr()
    assert ended.value.code == 2
    assert not printed.out
    assert printed.err.startswith("쓰는 법: papernotes")
    assert said in printed.err


@pytest.mark.parametrize(
    "arguments",
    [
        *(["check"], ["explain"], ["export", "site"], ["rot"], ["run"], ["runtime"], ["summary"]),
        *(["import", "m.md", "--paper", "1907.11692v1"], ["new", "1907.11692v1"]),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_outside_a_project_says_so_on_standard_error(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*arguments, "--root", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert not printed.out
    assert printed.err.startswith("프로젝트 폴더가 아니에요")


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_in_korean(command: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"] if command else ["--help"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert printed.startswith("쓰는 법: ")
    assert not {"usage:", "options:", "positional", "show this"} & set(printed.split("\n"))


def test_the_version_is_the_one_that_the_project_and_the_change_log_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    printed = capsys.readouterr().out.strip()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert printed == project["version"]
    assert f"\n## [{printed}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_what_argparse_says_and_is_not_known_is_passed_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        Parser(prog="x").error("something new")
    assert "x: something new" in capsys.readouterr().err


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a").write_text("old")
    for wrong in [tmp_path / "b", tmp_path / ("가" * 100), tmp_path / "a" / "below"]:
        with pytest.raises(OSError, match=r".") as raised:
            write_all({tmp_path / "a": "new", wrong: "x"})
        assert raised.value.filename == str(wrong)
        assert (tmp_path / "a").read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "b"]


def test_what_a_killed_program_left_is_no_file_of_git_and_goes_with_the_next_writing(
    tmp_path: Path,
) -> None:
    left, fresh = tmp_path / ".papernotes-left", tmp_path / ".papernotes-fresh"
    left.touch()
    fresh.touch()
    os.utime(left, (0, 0))
    write_all({tmp_path / "a": "new"})
    assert not left.exists()
    assert fresh.exists()
    asked = ["git", "check-ignore", "--quiet", "docs/papers/.papernotes-x1y2"]
    assert subprocess.run(asked, cwd=ROOT).returncode == 0


def _build(folder: Path, number: int) -> None:
    for turn in range(20):
        made = folder / f"made-{number}-{turn}"
        made.mkdir()
        for name in range(5):
            (made / f"{name}").write_text(f"{number}-{turn}")
        move_folder(made, folder / "site")


def test_builds_at_once_leave_one_of_them_whole(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.starmap(_build, [(tmp_path, number) for number in range(3)])
    site = tmp_path / "site"
    assert len({(site / f"{name}").read_text() for name in range(5)}) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_a_site_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "site").write_text("mine")
    with pytest.raises(OSError, match=r"."):
        move_folder(tmp_path / "made", tmp_path / "site")
    assert (tmp_path / "site").read_text() == "mine"
    assert (tmp_path / "made").is_dir()


def test_an_address_that_is_taken_is_told_before_the_preview_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = f"127.0.0.1:{taken.getsockname()[1]}"
        asked = [sys.executable, "-m", "papernotes.preview.address", busy]
        done = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 1
        assert done.stderr.startswith(f"{busy}에서 켤 수 없어요")
        assert "Traceback" not in done.stderr
    assert address.refusal(busy) == ""
    assert "주소가 아니에요" in address.refusal("8000")


def _no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.mark.parametrize(
    "arguments",
    [
        ["fingerprint", "{paper}", "--id", ID],
        ["new", ID, "--pdf", "{paper}"],
        ["check", "--fix"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_full_disk_is_told_and_nothing_is_left_half_written(
    unbuilt: Path, tmp_path: Path, arguments: list[str]
) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(pdf([column(FILLER)]))
    glossary = unbuilt / "docs/glossary.md"
    apart = normalize("NFD", "끝이에요.")
    glossary.write_text(f"{glossary.read_text('utf-8')}\n{apart}\n", "utf-8")
    before = {file: file.read_bytes() for file in unbuilt.rglob("*") if file.is_file()}
    given = [each.format(paper=paper) for each in arguments]
    code = "import sys; from papernotes.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, *given, "--root", str(unbuilt)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=_no_room)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "Traceback" not in said
    assert "쓸 수 없어요" in said
    assert {file: file.read_bytes() for file in unbuilt.rglob("*") if file.is_file()} == before


def test_a_build_checks_first_and_two_at_once_are_whole(tmp_path: Path) -> None:
    """All under a path with a space and Hangul."""
    project = copy_project(tmp_path / "바탕 화면" / "내 노트")
    old = project / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("the earlier site")
    note = project / "docs/papers/electra.md"
    sound = note.read_text("utf-8")
    assert "beyond the majority class" in sound
    note.write_text(sound.replace("beyond the majority class", "beyond the minority class"))
    failed = make(project, "build", NOTEBOOKS="false")
    assert failed.returncode != 0
    assert "PN301" in failed.stdout
    assert [*old.parent.iterdir()] == [old]
    assert old.read_text() == "the earlier site"
    note.write_text(sound, "utf-8")
    with ThreadPoolExecutor() as threads:
        both = [threads.submit(make, project, "build", NOTEBOOKS="false") for _ in range(2)]
    for each in both:
        assert each.result().returncode == 0, each.result().stdout + each.result().stderr
    pages = [file for file in (project / "docs").rglob("*.md") if "snippets" not in file.parts]
    passages = [*library.load(project).passages]  # each has a small page of its own
    assert len([*(project / "site").rglob("index.html")]) == len(pages) + len(passages)
    assert [*(project / "build").iterdir()] == []
