"""Nothing false gets in: each kind of bad input is named with its file and line."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from papernotes import cli
from papernotes.check.check import check
from papernotes.note.library import Library, load
from papernotes.note.prose import scheme
from papernotes.problems import Problem
from papernotes.shard import Shard
from tests.conftest import PROJECT

Edit = Callable[[str, str, str], Path]
ELECTRA = "docs/papers/electra.md"
ROBERTA = "docs/papers/roberta.md"
QUOTED = "would sometimes fail to learn at all beyond the majority class"


@pytest.fixture
def project(unbuilt: Path) -> Path:
    """A project that is checked and not built."""
    return unbuilt


def codes(project: Path) -> list[str]:
    return [problem.code for problem in check(project).problems]


def add(project: Path, path: str, text: str) -> int:
    """Put a paragraph before a page's first section; return its line."""
    file = project / path
    source = file.read_text("utf-8")
    head, heading, rest = source.partition("\n## ")
    file.write_text(f"{head}\n{text}\n{heading}{rest}", "utf-8")
    return head.count("\n") + 2


def test_a_sound_project_has_no_problems_and_every_quotation_is_verified(
    capsys: pytest.CaptureFixture[str], notes: Library
) -> None:
    assert cli.main(["check", "--root", str(PROJECT)]) == 0
    printed = capsys.readouterr().out
    found = re.search(r"인용 (\d+)/(\d+)개를 원문과 대조했어요", printed)
    assert found
    total = sum(len(passage.quotes) for _, passage in notes.passages)
    assert found[1] == found[2] == str(total)
    assert total >= 20
    assert re.search(r"RoBERTa 1907\.11692v1: .* \(\d\.\d%, 한도 10%\)", printed)


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        # Quotations
        (ELECTRA, QUOTED, QUOTED.replace("majority", "minority"), "PN301"),
        (ELECTRA, QUOTED, QUOTED.replace("at all ", ""), "PN301"),
        (ELECTRA, QUOTED, QUOTED.replace("fail", "not fail"), "PN301"),
        (ROBERTA, "duplicated 10 times", "duplicated 12 times", "PN301"),
        (ROBERTA, "we do not train with a reduced", "we do train with a reduced", "PN301"),
        (ROBERTA, "[MASK]. The MLM", "[MASK]. In contrast, the MLM", "PN301"),
        (ELECTRA, "/// quote | §3.2, p. 5", "/// quote | §3.2, p. 6", "PN304"),
        (ELECTRA, "/// quote | §3.2, p. 5", "/// quote | §3.2, p. 99", "PN304"),
        (ELECTRA, "/// quote | §3.2, p. 5", "/// quote | §4, p. 5", "PN305"),
        (ELECTRA, "/// quote | §3.2, p. 5", "/// quote | §9.9, p. 5", "PN305"),
        (ELECTRA, "arxiv: 2003.10555v1", "arxiv: 2003.10555v2", "PN302"),
        # Links
        (ELECTRA, "../sessions/roberta-electra.md", "../sessions/none.md", "PN501"),
        ("docs/sessions/roberta-electra.md", "#cross-entropy-for-mlm", "#cross-entropy", "PN502"),
        (ROBERTA, "session: roberta-electra", "session: roberta", "PN501"),
        # Snippets
        (
            ELECTRA,
            "/// snippet | electra/majority_class.py",
            "/// snippet | electra/no.py",
            "PN416",
        ),
        # Published ids
        (ELECTRA, "{ #majority-class }", "{ #majority }", "PN511"),
        (ELECTRA, "{ #majority-class }", "{ #majority }", "PN512"),
    ],
)
def test_what_is_false_is_named(
    project: Path, edit: Edit, path: str, old: str, new: str, code: str
) -> None:
    edit(path, old, new)
    assert code in codes(project)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[없는 쪽](../papers/none.md)", "PN501"),
        ("[절대 경로](/papers/roberta.md)", "PN501"),
        ("[밖](../../README.md)", "PN501"),
        ("[없는 자리](roberta.md#nowhere)", "PN502"),
        ("[자리]: roberta.md#nowhere", "PN502"),
        ("![그림](https://user-images.githubusercontent.com/1/2.png)", "PN503"),
        ("![그림](//cdn.example.com/2.png)", "PN503"),
        ("![](../assets/masks.svg)", "PN504"),
        ("[눌러요](javascript:alert(1))", "PN505"),
        ("[눌러요](JaVaScRiPt&#58;alert(1))", "PN505"),
        ("[눌러요](data:text/html,hi)", "PN505"),
        ("<javascript:alert(1)>", "PN505"),
        ('<img src="../assets/masks.svg">', "PN508"),
        ('<a href="java\tscript:alert(1)">눌러요</a>', "PN508"),
        ("<script>alert(1)</script>", "PN508"),
        ("<SCRIPT src=x>", "PN508"),
        ('<iframe src="https://example.com"></iframe>', "PN508"),
        ("<object data=x></object>", "PN508"),
        ("<b onclick=alert(1)>굵게</b>", "PN508"),
        ("<img src=x alt=x onerror='alert(1)'", "PN508"),
        ("문단 { onmouseover=alert(1) }", "PN507"),
    ],
)
def test_markup_that_leads_nowhere_or_runs_code_is_named(
    project: Path, text: str, code: str
) -> None:
    line = add(project, ELECTRA, text)
    found = [problem for problem in check(project).problems if problem.code == code]
    assert [(problem.path, problem.line) for problem in found][:1] == [(ELECTRA, line)]


@pytest.mark.parametrize(
    "text",
    [
        "`<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n![](x)\n```",
        "~~~\n[링크](javascript:alert(1))\n~~~",
        "[바깥](https://example.com/javascript:page)",
        "[메일](mailto:a@example.com)",
        "<https://example.com>",
        "a < b, c > d, x <= y",
        "[우리 글](roberta.md#static-masking)",
        "[첫 쪽](../index.md)",
        "**굵게** <kbd>Ctrl</kbd>",
    ],
)
def test_harmless_markup_is_left_alone(project: Path, text: str) -> None:
    add(project, ELECTRA, text)
    assert codes(project) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "PN101"),
        (b"\xff\xfe\x00", "PN601"),
        ("---\ntitle: 가".encode("cp949"), "PN601"),
        (b"\x00" * 1000, "PN101"),
        (b"a" * 5_000_000, "PN603"),
        (b"a " * 20_000, "PN603"),
        (b"---\n" + b"[" * 30_000 + b"\n---\n", "PN603"),
        (b"---\nx: " + b"[" * 15_000 + b"\n---\n", "PN603"),
        (b"---\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n", "PN106"),
        (b"---\n2020-99-99: 1\n? [1]\n: 2\n---\n", "PN101"),
        (b"# no front matter\n" * 10_000, "PN101"),
        (b"---\ntitle: t\n---\n" + b"## a\n/// quote\n" * 5_000, "PN102"),
        (b"---\ntitle: t\n---\n" + b"`" * 9_999 + b"\n" + b"``` " * 4_000, "PN603"),
    ],
)
def test_whatever_a_file_holds_ends_in_problems(project: Path, content: bytes, code: str) -> None:
    (project / "docs/papers/strange.md").write_bytes(content)
    found = check(project).problems
    assert code in {each.code for each in found if each.path == "docs/papers/strange.md"}


def test_a_link_loop_is_a_problem(project: Path) -> None:
    (project / "docs/papers/loop.md").symlink_to("loop.md")
    (project / "docs/again").symlink_to(".")
    assert {(problem.path, problem.code) for problem in check(project).problems} == {
        ("docs/again", "PN604"),
        ("docs/papers/loop.md", "PN604"),
    }


def test_notebooks_and_papers_are_not_committed(project: Path) -> None:
    (project / "docs/notebooks").mkdir(exist_ok=True)
    (project / "docs/notebooks/a.ipynb").write_text("{}")
    (project / "docs/paper.PDF").write_bytes(b"%PDF-")
    assert codes(project) == ["PN602", "PN602"]


def test_a_broken_fingerprint_is_a_problem_not_a_crash(project: Path) -> None:
    (project / "fingerprints/2003.10555v1.json").write_text('{"format": ')
    assert set(codes(project)) == {"PN302", "PN309"}


def test_too_large_a_share_of_a_paper_is_a_problem(project: Path, edit: Edit) -> None:
    file = project / ELECTRA
    passage = file.read_text("utf-8").split("\n## ")[-1]
    copies = ["\n## " + passage.replace("majority-class }", f"copy-{n} }}") for n in range(12)]
    file.write_text(file.read_text("utf-8") + "".join(copies), "utf-8")
    assert "PN306" in codes(project)


@pytest.mark.parametrize("parts", [2, 3, 5, 40])
def test_all_parts_together_find_what_one_run_finds(project: Path, edit: Edit, parts: int) -> None:
    text = (project / ELECTRA).read_text("utf-8")
    for note in range(9):  # ten notes quote too much of one paper together
        own = re.sub(r"(?<=\{ #)([\w-]+)(?= \})", rf"\1-{note}", text)
        (project / f"docs/papers/more-{note}.md").write_text(own, "utf-8")
    edit(ELECTRA, QUOTED, QUOTED.replace("majority", "minority"))
    edit("docs/papers/more-3.md", "{ #majority-class-3 }", "{ #majority-class-4 }")
    edit("docs/papers/more-5.md", "year: 2020\n", "")
    edit("docs/papers/more-6.md", "../sessions/roberta-electra.md", "../sessions/none.md")
    edit(ROBERTA, "{ #cross-entropy-for-mlm }", "{ #moved }")
    (project / "docs/a.ipynb").write_text("{}")
    (project / "fingerprints/1810.04805v2.json").unlink()
    whole = check(project)
    found = {problem.code for problem in whole.problems}
    assert {"PN102", "PN211", "PN301", "PN302", "PN306", "PN501", "PN502", "PN511"} <= found
    reports = [check(project, Shard(part, parts)) for part in range(1, parts + 1)]
    assert sorted(p for report in reports for p in report.problems) == whole.problems
    checked = [quote for report in reports for quote in report.quotations]
    assert sorted(quote.line for quote in checked) == sorted(q.line for q in whole.quotations)
    assert all(report.problems != whole.problems for report in reports)


def test_a_part_says_how_many_of_its_quotations_it_verified(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts = []
    for part in ("1/2", "2/2"):
        assert cli.main(["check", "--root", str(PROJECT), "--shard", part]) == 0
        found = re.fullmatch(r"인용 (\d+)/(\d+)개를 원문과 대조했어요\.\n", capsys.readouterr().out)
        assert found
        counts.append(int(found[2]))
    assert sum(counts) == sum(len(p.quotes) for _, p in load(PROJECT).passages)


def test_all_problems_of_all_files_are_shown_in_one_run(project: Path, edit: Edit) -> None:
    edit(ELECTRA, QUOTED, QUOTED.replace("majority", "minority"))
    edit(ROBERTA, "year: 2019\n", "")
    edit("docs/glossary.md", "    en: ", "    english: ")
    (project / "docs/a.ipynb").write_text("{}")
    assert {problem.path for problem in check(project).problems} >= {
        *(ELECTRA, ROBERTA, "docs/glossary.md", "docs/a.ipynb")
    }


def test_a_moved_passage_keeps_its_old_address(project: Path, edit: Edit) -> None:
    edit(ELECTRA, "{ #majority-class }", "{ #majority }")
    edit(ELECTRA, "arxiv: 2003.10555v1", "arxiv: 2003.10555v1\nmoved: {majority-class: majority}")
    assert cli.main(["check", "--root", str(project), "--fix"]) == 0
    assert "majority\n" in (project / "ids/electra.txt").read_text()
    assert codes(project) == []


def test_a_removed_note_is_missed(project: Path) -> None:
    (project / ELECTRA).unlink()
    assert "PN511" in codes(project)


def test_the_command_prints_one_problem_a_line_and_ends_with_1(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(ELECTRA, QUOTED, QUOTED.replace("majority", "minority"))
    assert cli.main(["check", "--root", str(project)]) == 1
    first, *_ = capsys.readouterr().out.splitlines()
    assert re.match(r"docs/papers/electra\.md:\d+:\d+: PN301 .*요\.$", first)


def test_problems_become_annotations_on_the_lines_of_a_pull_request(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(ELECTRA, QUOTED, QUOTED.replace("majority", "minority"))
    assert cli.main(["check", "--root", str(project), "--format", "github"]) == 1
    first, last = capsys.readouterr().out.splitlines()
    place = r"file=docs/papers/electra\.md,line=\d+,col=\d+,title=PN301"
    assert re.match(rf"::error {place}::.*고쳐.*", first)
    assert last.endswith("`papernotes explain PN301`")


def test_what_would_end_an_annotation_is_escaped() -> None:
    problem = Problem("docs/a,b:c%.md", 3, 2, "PN301", "90%\r\n::set-env name=A::b", "- 4\n+ 5")
    assert problem.annotation() == (
        "::error file=docs/a%2Cb%3Ac%25.md,line=3,col=2,title=PN301"
        "::90%25\\u000d\\u000a::set-env name=A::b%0A- 4%0A+ 5"
    )


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    program = "import sys; from papernotes.cli import main; sys.exit(main(['check']))"
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as command:
        assert command.stdout
        assert command.stderr
        command.stdout.close()
        assert command.stderr.read() == b""
    assert command.returncode == 1


def test_the_command_says_where_it_must_be_run(tmp_path: Path) -> None:
    assert cli.main(["check", "--root", str(tmp_path)]) == 2


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a", "https"),
        ("roberta.md#x", ""),
        ("java\nscript:x", "javascript"),
        (" javascript:x", "javascript"),
        ("&#106;avascript:x", "javascript"),
        ("jav\u200bascript:x", "javascript"),
        ("§4.1: a", ""),
    ],
)
def test_schemes_as_browsers_see_them(url: str, expected: str) -> None:
    assert scheme(url) == expected
