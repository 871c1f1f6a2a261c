"""A live preview shows what was just saved, says what is wrong with it, and stays cheap.

The real server with a real browser is in test_serving.py.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config

from papernotes.check import check
from papernotes.check.check import PageReport
from papernotes.note import library
from papernotes.preview import extension as preview_extension
from papernotes.preview.preview import Preview
from papernotes.render.engine import is_preview
from tests.conftest import ROOT
from tests.rendering import Build
from tests.test_guard import ACTIVE, HARMLESS, PAGE

NOTE = "docs/papers/electra.md"
ACTIVE_ELEMENTS = {"audio", "iframe", "input", "object", "script", "svg", "video"}
FEIGNED = {"data-block", "data-verified", "poster", "srcset", "style"}
Edit = Callable[[str, str, str], Path]

SCRIPT = r"""
import os, re, sys, time
from pathlib import Path
sys.argv = ["mkdocs", "serve"]
sys.path.append(sys.orig_argv[-1])
from tests.rendering import Build

def page():
    return Build(Path().resolve()).html("papers/roberta.md")

def change(path, old, new):
    file = Path(path)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    later = time.time() + 5
    os.utime(file, (later, later))
    time.sleep(0.3)

first = page()
title = re.search(r"## (.*) {", Path("docs/papers/roberta.md").read_text("utf-8"))[1]
change("docs/papers/roberta.md", title, "새 제목")
record = next(Path("snippets/roberta").glob("*.txt"))
change(record, record.read_text("utf-8"), "새로 기록한 출력")
change("papernotes/note/kinds.py", '"짧은 답"', '"한 줄 답"')
second = page()
for name, old, new in [
    ("note", f"{title}</h2>", "새 제목</h2>"),
    ("record", "새로 기록한 출력", "새로 기록한 출력"),
    ("code", ">짧은 답</h3>", ">한 줄 답</h3>"),
]:
    print(name, old in first, new in first, old in second, new in second)
change("docs/papers/roberta.md", "year: 2019", "year: 2091")
print("front matter", "2091" in second, "2091" in page())
"""


def test_a_rebuild_in_one_process_shows_what_was_saved(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(ROOT)], cwd=project, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "note True False False True",
        "record False False True True",
        "code True False False True",
        "front matter False True",
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["serve"], True),
        (["serve", "--dev-addr", "127.0.0.1:8000"], True),
        (["--quiet", "serve"], True),
        (["build"], False),
        (["build", "--site-dir", "serve"], False),
        ([], False),
    ],
)
def test_only_the_serve_command_is_a_preview(arguments: list[str], expected: bool) -> None:
    assert is_preview(arguments) == expected


def test_a_preview_tells_what_a_check_tells_of_pages(project: Path, edit: Edit) -> None:
    edit("docs/papers/roberta.md", "status: open", "status: opened")
    edit("docs/glossary.md", "    en: ", "    english: ")
    edit("docs/questions.md", "# 질문", "# 질문\n\n[없는 쪽](nowhere.md) <b onclick=x>굵게</b>")
    edit(NOTE, "/// quote | §1, p. 2", "/// quote | §1, p. 3")
    edit(NOTE, "{ #majority-class }", "{ #other-class }")
    (project / "docs/cp949.md").write_bytes("한글".encode("cp949"))
    preview = Preview()
    preview.look(library.load(project))
    checked = [p for p in check.check(project).problems if p.path.startswith(("docs/", "ids/"))]
    assert preview.problems == checked
    assert len({problem.code for problem in checked}) >= 8


def test_only_what_a_save_could_change_is_checked_again(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    real = check.check_page

    def counted(root: Path, path: str) -> PageReport:
        looked.append(path)
        return real(root, path)

    monkeypatch.setattr(check, "check_page", counted)
    preview = Preview()

    def checked() -> set[str]:
        looked.clear()
        preview.look(library.load(project))
        return set(looked)

    def touch(path: str) -> None:
        stat = (project / path).stat()
        os.utime(project / path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))

    assert len(checked()) == len(list((project / "docs").rglob("*.md")))
    assert checked() == set()
    touch("docs/contributing.md")
    assert checked() == {"contributing.md", "index.md", "rules/pn201.md"}
    touch("fingerprints/1810.04805v2.json")
    assert checked() == {"papers/roberta.md"}
    edit("docs/sessions/roberta-electra.md", "{ #", "{ #new-")
    assert "papers/roberta.md" in checked()
    (project / "snippets/electra/majority_class.py").unlink()
    assert checked() == {"papers/electra.md"}
    assert "PN416" in {problem.code for problem in preview.problems}


def test_the_terminal_hears_of_each_problem_once(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    preview = Preview()

    def told() -> list[str]:
        preview.look(library.load(project))
        return [line[:60] for line in capsys.readouterr().err.splitlines()]

    assert told() == []
    edit("docs/glossary.md", "    en: ", "    english: ")
    [first] = told()
    assert first.startswith("docs/glossary.md:12:5: PN202 ")
    edit("docs/glossary.md", "# 용어", "한 줄 더.\n\n# 용어")
    assert told() == []
    edit("docs/glossary.md", "    id: ", "    identifier: ")
    assert len(told()) == 1
    edit("docs/glossary.md", "    identifier: ", "    id: ")
    edit("docs/glossary.md", "    english: ", "    en: ")
    assert told() == ["고칠 곳이 모두 없어졌어요."]
    edit("docs/glossary.md", "    en: ", "    english: ")
    assert len(told()) == 1


@pytest.fixture
def shown(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], BeautifulSoup]:
    """Return a function that renders a page as a preview does, with the real mkdocs.yml."""
    monkeypatch.chdir(project)
    monkeypatch.setenv("NOTEBOOKS", "false")
    monkeypatch.setattr(sys, "argv", ["mkdocs", "serve"])
    monkeypatch.setattr(preview_extension, "_preview", Preview())

    def render(path: str) -> BeautifulSoup:
        config: Any = load_config("mkdocs.yml")
        build = Build(project, config.markdown_extensions, config.mdx_configs)
        return build.page(path.removeprefix("docs/"))

    return render


def test_a_preview_shows_nothing_active(
    project: Path, shown: Callable[[str], BeautifulSoup]
) -> None:
    source = (project / PAGE).read_text("utf-8")
    for text in ACTIVE:
        (project / PAGE).write_text(f"{source}\n{text}\n", "utf-8")
        soup = shown(PAGE)
        assert soup.select_one(".pn-banner[role=alert]"), text
        assert soup.select_one("#license"), text
        for made in soup.select("*"):
            assert made.name not in ACTIVE_ELEMENTS, text
            assert not {name for name in made.attrs if name.startswith("on")}, text
            assert not FEIGNED & set(made.attrs), text
            assert not str(made.get("href", "")).lower().startswith(("javascript:", "data:")), text
            assert not str(made.get("src", "")).startswith(("http", "//")), text


def test_harmless_content_needs_no_banner(
    project: Path, shown: Callable[[str], BeautifulSoup]
) -> None:
    with (project / PAGE).open("a", encoding="utf-8") as page:
        page.write("\n" + "\n\n".join(HARMLESS) + "\n")
    assert not shown(PAGE).select(".pn-banner")


@pytest.mark.parametrize(
    ("old", "new", "passages", "wrong"),
    [
        ("status: open", "status: opened", 1, "status: opened"),
        ("/// answer |", "/// anser |", 1, "/// anser |"),
        ("## ", "/// quote | p. 1\n너무 이른 인용\n///\n\n## ", 2, "/// quote | p. 1"),
        ("year: 2020", "year: soon", 0, None),
        ("---\ntitle", "---\n: [\ntitle", 0, None),
    ],
)
def test_what_cannot_be_read_is_shown_as_source_and_the_rest_as_usual(
    edit: Edit,
    shown: Callable[[str], BeautifulSoup],
    old: str,
    new: str,
    passages: int,
    wrong: str | None,
) -> None:
    edit(NOTE, old, new)
    soup = shown(NOTE)
    assert len(soup.select("[data-passage]")) == passages
    assert (
        soup.select_one(".pn-banner a[href^='#pn-line-']") if wrong else soup.select(".pn-banner")
    )
    lines = soup.select(".pn-unread code")
    assert lines
    marked = [line.get_text().lstrip("0123456789") for line in lines if line.get("class")]
    assert [line.strip()[: len(wrong)] for line in marked] == [wrong] if wrong else not marked
    assert not [p for p in soup.select("p") if p.get_text().startswith("///")]


def test_a_page_that_cannot_be_rendered_is_shown_as_its_source(
    edit: Edit, shown: Callable[[str], BeautifulSoup], capsys: pytest.CaptureFixture[str]
) -> None:
    included = "  - pymdownx.snippets:\n      check_paths: true\n"
    edit("mkdocs.yml", "markdown_extensions:\n", f"markdown_extensions:\n{included}")
    edit("docs/questions.md", "# 질문", '# 질문\n\n--8<-- "nowhere.md"')
    for _ in range(2):
        soup = shown("docs/questions.md")
        banner = soup.select_one(".pn-banner")
        assert banner
        assert "PN710" in banner.get_text()
        assert "nowhere.md" in banner.get_text()
        assert '--8<-- "nowhere.md"' in soup.get_text()
    assert capsys.readouterr().err.count("PN710") == 1


def test_a_dead_link_is_told_and_leads_nowhere(
    edit: Edit, shown: Callable[[str], BeautifulSoup]
) -> None:
    edit(
        "docs/questions.md",
        "# 질문",
        "# 질문\n\n[글](nowhere.md) ![그림](none.svg) [용어](glossary.md)",
    )
    soup = shown("docs/questions.md")
    assert [mark.get_text() for mark in soup.select("mark.pn-dead")] == ["글", "그림"]
    assert soup.find("a", string="용어")
