"""The summary of a change, from real repositories: a base commit and what a person did next."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from papernotes.cli import main
from papernotes.review.literal import block, span
from tests.conftest import git

NOTE = "docs/papers/electra.md"
RECORD = "snippets/electra/majority_class.txt"
Edit = Callable[[str, str, str], Path]


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "change")


@pytest.fixture
def project(unbuilt: Path) -> Path:
    """The project as a repository with one commit on main, and a branch to work on."""
    git(unbuilt, "init", "--quiet")
    commit(unbuilt)
    git(unbuilt, "checkout", "--quiet", "-b", "change")
    return unbuilt


@pytest.fixture
def summary(project: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return a function that makes the summary of the branch against main."""

    def make() -> str:
        assert main(["summary", "--root", str(project), "--base", "main"]) == 0
        return capsys.readouterr().out

    return make


def rows(text: str) -> list[list[str]]:
    """The cells of the table of passages, below its head."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_no_change_is_told_as_such(summary: Callable[[], str]) -> None:
    text = summary()
    assert "노트와 스니펫은 그대로예요." in text
    assert "검사가 찾은 것은 없어요." in text
    assert "http.server" in text


def test_an_answer_and_a_status_are_told_with_their_passage(
    project: Path, edit: Edit, summary: Callable[[], str]
) -> None:
    edit(NOTE, "status: open", "status: answered")
    gist = "/// gist\n    source: ELECTRA §3.1, p. 4\n\n짧은 답이에요.\n///"
    answer = "/// answer | 하늘\n한 줄 답이에요.\n///"
    edit(NOTE, "/// answer |", f"{gist}\n\n{answer}\n\n/// answer |")
    commit(project)
    text = summary()
    assert f"### `{NOTE}` `2003.10555v1` 고침" in text
    details = " ".join(cell for row in rows(text) for cell in row)
    assert "고침: 열림 → 답함, " in details
    assert "답 +1" in details
    assert "ELECTRA` `2003.10555v1`: 낱말 " in text


def test_a_changed_quotation_is_told_with_its_verdict(
    project: Path, edit: Edit, summary: Callable[[], str]
) -> None:
    note = (project / NOTE).read_text("utf-8")
    quoted = re.search(r"/// quote \| (.+?), p\. (\d+)\n(\S+ \S+)", note)
    assert quoted
    edit(NOTE, quoted[3], f"[…] {quoted[3]}")
    [row] = rows(summary())
    assert row[1].startswith("고침: 인용 고침")
    assert row[2].startswith("고침 `ELECTRA")
    assert row[3] == f"✅ {quoted[2]}쪽에 그대로"
    edit(NOTE, f"[…] {quoted[3]}", "Wholly invented words stand here")
    text = summary()
    [row] = rows(text)
    assert f"`{quoted[3]} " in row[2]
    assert "→ `Wholly invented words" in row[2]
    assert row[3] == "❌ PN301"
    assert re.search(rf"^{NOTE}:\d+:\d+: PN301 ", text, re.M)


def test_new_moved_and_deleted_passages_are_told_apart(
    project: Path, edit: Edit, summary: Callable[[], str]
) -> None:
    edit(NOTE, "{ #majority-class }", "{ #most-frequent-class }")
    edit(
        NOTE,
        "arxiv: 2003.10555v1\n",
        "arxiv: 2003.10555v1\nmoved: {majority-class: most-frequent-class}\n",
    )
    text = summary()
    [row] = rows(text)
    assert "`#most-frequent-class`" in row[0]
    assert row[1] == "고침: 그 밖의 글"
    note = (project / NOTE).read_text("utf-8")
    start, _, rest = note.partition("## ")
    (project / NOTE).write_text(start + "## " + rest.partition("\n## ")[2], "utf-8")
    assert {row[1].split(":")[0] for row in rows(summary())} >= {"지움"}


def test_a_renamed_note_is_one_note(project: Path, summary: Callable[[], str]) -> None:
    git(project, "mv", NOTE, "docs/papers/replaced.md")
    text = summary()
    assert f"### `docs/papers/replaced.md` `2003.10555v1` 이름 바꿈 (전에는 `{NOTE}`)" in text
    assert "구절은 그대로예요." in text
    assert "PN511" in text


def test_a_new_note_need_not_be_added_yet(project: Path, summary: Callable[[], str]) -> None:
    note = (project / NOTE).read_text("utf-8").replace(" { #", " { #again-")
    (project / "docs/papers/again.md").write_text(note, "utf-8")
    text = summary()
    assert "### `docs/papers/again.md` `2003.10555v1` 새 노트" in text
    assert {row[1] for row in rows(text)} == {"새로", "〃"}
    assert all(row[3].startswith("✅") for row in rows(text))


def test_a_deleted_note_is_told_with_what_went(project: Path, summary: Callable[[], str]) -> None:
    (project / NOTE).unlink()
    text = summary()
    assert f"### `{NOTE}` `2003.10555v1` 지움" in text
    assert {row[1] for row in rows(text)} == {"지움", "〃"}
    assert "PN511" in text


def test_a_note_that_cannot_be_read_says_so(edit: Edit, summary: Callable[[], str]) -> None:
    edit(NOTE, "status: open", "status: opened")
    [row] = rows(summary())
    assert row[1] == "읽을 수 없음"
    edit(NOTE, "year: 2020", "year: soon")
    text = summary()
    assert "front matter를 읽을 수 없어서" in text
    assert "PN104" in text


def test_records_that_change_are_named_and_what_changes_in_them_is_left_to_github(
    project: Path, edit: Edit, summary: Callable[[], str]
) -> None:
    first = (project / RECORD).read_text("utf-8").splitlines()[0]
    edit(RECORD, first, f"{first}!")
    edit("snippets/electra/majority_class.svg", "</svg>", " </svg>")
    edit("snippets/electra/klue_tasks.py", "\n", "\n\n")
    text = summary()
    said = text.partition("- `snippets/electra/majority_class.py`: ")[2].split("\n")[0]
    assert set(said.split(", ")) == {
        "출력 `majority_class.txt` 고침",
        "그림 `majority_class.svg` 고침",
    }
    assert "- `snippets/electra/klue_tasks.py`: 출력과 그림은 그대로예요" in text
    assert "- **스니펫의 코드** `snippets/electra/klue_tasks.py`" in text
    assert f"{first}!" not in text.partition("### 고칠 곳")[0]


def test_what_is_no_note_is_named_first(
    project: Path, edit: Edit, summary: Callable[[], str]
) -> None:
    added = {
        ".github/workflows/evil.yml": "on: push",
        "papernotes/git.py": "x",
        "overrides/assets/x.js": "x",
        "mkdocs.yml": "site_name: x",
        "Makefile": "x:",
        "requirements.lock": "x",
        "docs/notebooks/new.py": "x",
        "docs/assets/x.png": "x",
        "docs/evil.html": "x",
        "new.sh": "#!/bin/sh",
        "docs/a\n::error::x.md": "# x",
    }
    for path, text in added.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, "utf-8")
    (project / "new.sh").chmod(0o755)
    (project / "docs/host.md").symlink_to("/etc/hostname")
    edit(NOTE, "year: 2020", "year:  2020")
    text = summary()
    first, note = text.partition(f"### `{NOTE}`")[::2]
    assert note
    for path in added:
        assert span(path) in first, path
    kinds = re.findall(r"^- \*\*(.+?)\*\*", first, re.M)
    assert kinds[0].startswith("새로운 종류의 파일")
    assert kinds[1].startswith("워크플로")
    assert "`new.sh` (새로, 실행할 수 있게 됨)" in first
    assert "`docs/host.md` (새로, 링크 → `/etc/hostname`)" in first
    assert not [line for line in text.split("\n") if line.startswith("::")]


def test_a_program_that_was_none_is_told(project: Path, summary: Callable[[], str]) -> None:
    (project / NOTE).chmod(0o755)
    commit(project)
    assert f"- **보통 파일이 아닌 것** `{NOTE}` (실행할 수 있게 됨)" in summary()


def test_the_quotations_that_rest_on_a_fingerprint_of_the_change_are_named(
    edit: Edit, summary: Callable[[], str]
) -> None:
    edit("fingerprints/2003.10555v1.json", "{", "{ ")
    text = summary()
    assert "- **지문: 인용이 맞는지를 정해요** `fingerprints/2003.10555v1.json`" in text
    told = re.search(r"^- ⚠️ `2003.10555v1.json` 지문이 함께 .*: (.+)$", text, re.M)
    assert told
    assert f"`{NOTE}:" in told[1]


def test_an_answer_that_was_edited_is_shown_before_and_after(
    project: Path, edit: Edit, summary: Callable[[], str]
) -> None:
    note = (project / NOTE).read_text("utf-8")
    answer = re.search(r"/// answer \| (.+)\n(.+)", note)
    assert answer
    edit(NOTE, answer[0], f"/// answer | {answer[1]}\n아니에요, 반대예요.")
    line = next(each for each in summary().split("\n") if "반대예요" in each and "→" in each)
    assert line.startswith("- `#")
    assert f"답 · `{answer[1]}` 고침: `{answer[2][:10]}" in line
    assert "`아니에요, 반대예요." in line
    edit(NOTE, f"/// answer | {answer[1]}\n아니에요", "/// answer | 다른이\n아니에요")
    assert f"(이름 `{answer[1]}` → `다른이`)" in summary()


def test_a_quotation_with_gaps_says_so(
    project: Path, edit: Edit, summary: Callable[[], str]
) -> None:
    quoted = re.search(r"/// quote \| .+\n(\S+ \S+)", (project / NOTE).read_text("utf-8"))
    assert quoted
    edit(NOTE, quoted[1], f"[…] {quoted[1]}")
    assert "(건너뛴 곳 1군데)" in summary()


def test_a_base_that_git_does_not_know_is_an_error_with_advice(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summary", "--root", str(project), "--base", "no-such"]) == 2
    assert "`no-such`에서 갈라진 곳을 찾을 수 없어요." in capsys.readouterr().err


def test_a_shallow_clone_is_told_how_to_fetch_more(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(project)
    for depth, status in [("1", 2), ("2", 0)]:
        clone = tmp_path / depth
        git(tmp_path, "clone", "--quiet", f"--depth={depth}", project.as_uri(), str(clone))
        assert main(["summary", "--root", str(clone), "--base", "HEAD^1"]) == status
        said = capsys.readouterr()
        assert ("fetch-depth" in said.err) == (status == 2)
        assert "Traceback" not in said.err


def test_outside_of_a_repository_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs").mkdir()
    assert main(["summary", "--root", str(tmp_path), "--base", "main"]) == 2
    assert "git 저장소에서" in capsys.readouterr().err


HOSTILE = [
    "x | y | ![그림](https://e.example/a.png)",
    "[눌러 주세요](https://e.example)",
    "<img src=https://e.example/a.png>",
    "`` ` ``` | <script>alert(1)</script>",
    "https://e.example www.e.example a@e.example @someone #1",
    "</details></table>",
    "\u202ednuora",
]


def tokens(text: str) -> list[Token]:
    parsed = MarkdownIt("commonmark").enable("table").parse(text)
    return [token for each in parsed for token in (each, *(each.children or ()))]


def assert_harmless(text: str) -> None:
    made = tokens(text)
    assert not {token.type for token in made} & {"link_open", "image", "html_inline", "html_block"}
    prose = "".join(token.content for token in made if token.type == "text")
    assert "e.example" not in prose
    assert "@" not in prose
    assert "\u202e" not in text


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_becomes_markup(words: str) -> None:
    row = f"| {span(words)} | {span(f'{words}`')} |"
    table = f"| a | b |\n| --- | --- |\n{row}\n\n{block(words)}\n\nend"
    assert_harmless(table)
    assert [t.type for t in tokens(table)].count("td_open") == 2
    assert tokens(table)[-2].content == "end"


def test_the_words_of_a_contributor_stay_words(
    project: Path, edit: Edit, summary: Callable[[], str]
) -> None:
    for words in HOSTILE[:2]:
        edit(NOTE, "\n## ", f"\n## {words} ")
    edit(RECORD, "\n", "\n```\n" + "\n".join(HOSTILE) + "\n")
    answer = re.search(r"/// answer \| .+\n", (project / NOTE).read_text("utf-8"))
    assert answer
    edit(NOTE, answer[0], answer[0] + "\n\n".join(HOSTILE[2:]) + "\n")
    (project / "docs" / "새 [글](x) `쪽`.md").write_text("\n\n".join(HOSTILE), "utf-8")
    text = summary()
    assert_harmless(text)
    assert {len(row) for row in rows(text)} == {4}
    assert "</script>" in text  # in the problem's words or the output, as code
