"""Forms as GitHub delivers them, and mentors' sheets, become blocks of notes, and nothing else."""

import json
import re
import shutil
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from papernotes import arxiv, cli
from papernotes.check.check import check
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.command import CACHE
from papernotes.forms import form, place, words
from papernotes.forms.issue import read as issue_of
from papernotes.note import library
from papernotes.note.invisible import INVISIBLE
from papernotes.note.model import Answer, Passage, Status
from tests.conftest import PROJECT, ROOT
from tests.pdf import ID, pdf
from tests.test_new import FIRST_PAGE, NOWHERE

NOTE = "docs/papers/roberta.md"
SENTENCE = "Thus, each training sequence was seen with the same mask four times during training."
FORMS = {each.name: each for each in form.load(ROOT)}

Sent = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tests' project with the repository's forms."""
    folder = tmp_path / "project"
    shutil.copytree(PROJECT, folder, symlinks=True)
    shutil.copytree(ROOT / form.FOLDER, folder / form.FOLDER)
    return folder


def body(name: str, values: dict[str, str], ticked: bool = True) -> str:
    """Return what GitHub makes of a form."""
    template = FORMS[name]
    boxes = "\n".join(f"- [{'x' if ticked else ' '}] {each}" for each in template.consents)
    given = {"checks": boxes, **values}
    parts = [
        f"### {label}\n\n{given.get(id) or '_No response_'}"
        for label, id in template.fields.items()
    ]
    return "\n\n".join(parts).replace("\n", "\r\n")


def issue(text: str, login: str = "octo-cat") -> str:
    """Return what GitHub's API says of an issue."""
    url = "https://github.com/someone/reading-group/issues/12"
    user = {"login": login, "id": 583231}
    return json.dumps(
        {"number": 12, "title": "[답] …", "html_url": url, "user": user, "body": text}
    )


def send(root: Path, text: str, *options: str) -> int:
    file = root.parent / "sent.json"
    file.write_text(text, "utf-8", newline="")
    return cli.main(["transcribe", str(file), "--root", str(root), *options])


def filled(root: Path, name: str, /, **values: str) -> int:
    return send(root, issue(body(name, values)))


def passage(root: Path, id: str) -> Passage:
    return next(each for _, each in library.load(root).passages if each.id == id)


def contents(root: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    "named",
    [
        "static-masking",
        "https://someone.github.io/reading-group/papers/roberta/#static-masking",
        "papers/roberta.md#static-masking",
        "[제목](https://someone.github.io/g/papers/roberta/static-masking/) (휴대폰에서)",
        "RoBERTa §4.1, p. 4",
        "roberta 4.1절 4쪽",
    ],
)
def test_an_answer_goes_below_the_last_one_and_credits_its_writer(root: Path, named: str) -> None:
    before = passage(root, "static-masking")
    source = (root / NOTE).read_text("utf-8")
    assert filled(root, "answer", passage=named, answer="네 번이에요.", name="도윤") == 0
    after = passage(root, "static-masking")
    answers = [each for each in after.blocks if isinstance(each, Answer)]
    assert (answers[-1].by, answers[-1].text) == ("도윤", "네 번이에요.")
    assert len(after.blocks) == len(before.blocks) + 1
    added = "/// answer | 도윤\n네 번이에요.\n///\n\n"
    assert (root / NOTE).read_text("utf-8").replace(added, "") == source
    assert check(root).problems == []


@pytest.mark.parametrize(
    ("written", "by"),
    [
        ("세진 | 상민, 하린", "세진 · 상민 · 하린"),
        ("[도윤](https://x.invalid) **~도~**", "도윤 도"),
        ("///", "이름 없음"),
        (",", "이름 없음"),
        ("😀", "😀"),
    ],
)
def test_a_name_is_a_name_and_no_markup(written: str, by: str) -> None:
    assert (words.name(written) or "이름 없음") == by


def test_a_name_that_is_known_is_to_be_looked_at(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {"passage": "static-masking", "answer": "네 번이에요.", "name": "세진"}
    assert filled(root, "answer", **values) == 0
    assert "이미 있는 이름이에요: `세진`" in capsys.readouterr().out


def test_fields_in_another_order_or_without_what_may_be_empty_are_read(root: Path) -> None:
    given = body("answer", {"passage": "static-masking", "answer": "네 번이에요.", "name": "도윤"})
    _, *parts = re.split("### ", unicodedata.normalize("NFD", given).replace("\r", ""))
    kept = [part for part in parts if "_No response_" not in part]
    assert len(kept) == len(parts) - 2
    assert send(root, issue("".join(f"### {part.strip()}\n\n" for part in reversed(kept)))) == 0
    assert "도윤" in passage(root, "static-masking").people
    assert check(root).problems == []


def test_pictures_and_open_fences_are_carried_over(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = "https://github.com/user-attachments/assets/1-2"
    text = (
        f'<img width="9" alt="image" src="{at}" /> ![곡선]({at} "t") `![x](y)`\n'
        "```python\n# 그대로\n/// answer | 남"
    )
    assert filled(root, "answer", passage="static-masking", answer=text, source="p. 4") == 0
    said = [b.text for b in passage(root, "static-masking").blocks if isinstance(b, Answer)][-1]
    assert said == (
        f"[그림]({at}) [곡선]({at}) `![x](y)`\n"
        "```python\n# 그대로\n/// answer | 남\n```\n\n근거: p. 4"
    )
    assert "docs/assets/에 넣고" in capsys.readouterr().out.partition("## 받은 글")[0]
    assert check(root).problems == []


def test_words_outside_of_the_fields_are_to_be_looked_at(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = body("answer", {"passage": "static-masking", "answer": "| 몇 | 번 |\n| - | - |"})
    for given, more in ((text, False), (f"안녕하세요.\n\n{text}", True), (f"{text}\n\n덧.", True)):
        assert send(root, issue(given)) == 0
        assert ("칸 밖에도 글이" in capsys.readouterr().out) is more
    assert check(root).problems == []


def test_what_belongs_to_an_answer_stays_below_it(root: Path) -> None:
    filled(root, "answer", passage="static-masking", answer="네 번이에요.")
    blocks = passage(root, "static-masking").blocks
    at = next(i for i, each in enumerate(blocks) if getattr(each, "text", "") == "네 번이에요.")
    answer = blocks[at]
    assert isinstance(answer, Answer)
    assert answer.by == "이름 없음"
    assert blocks[at - 1].kind in ("answer", "correction", "addition", "quote", "translation")
    assert blocks[at + 1].kind not in ("correction", "addition")


def test_a_passage_is_found_by_an_id_that_it_once_had(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = root / NOTE
    head = "moved:\n  mask-once: static-masking\n---\n"
    note.write_text(note.read_text("utf-8").replace("\n---\n", f"\n{head}", 1), "utf-8")
    assert filled(root, "answer", passage="#mask-once", answer="네 번이에요.") == 0
    assert "roberta.md#static-masking" in capsys.readouterr().out


def test_a_second_run_changes_no_byte(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"passage": "RoBERTa §4.1, p. 4", "quote": SENTENCE, "question": "왜 넷인가요?"}
    told = {"passage": "static-masking", "wrong": "열 번", "right": "네 번", "source": "p. 4"}
    said = {"passage": "static-masking", "answer": "# 네 번\n\n{ #x }이에요."}
    for name, values in (("answer", said), ("question", asked), ("correction", told)):
        assert filled(root, name, **values) == 0
        once = contents(root)
        capsys.readouterr()
        assert filled(root, name, **values) == 0
        assert contents(root) == once
        assert "이미 있어서" in capsys.readouterr().out


def test_a_question_becomes_an_open_passage_whose_quotation_is_verified(root: Path) -> None:
    asked = {"passage": "RoBERTa §4.1, p. 4", "quote": SENTENCE, "question": "왜 four times인가요?"}
    assert filled(root, "question", **asked, name="도윤") == 0
    made = library.load(root).page("papers/roberta.md")
    assert made is not None
    assert made.note is not None
    new = made.note.passages[-1]
    assert (new.quote.text, new.quote.place.label) == (SENTENCE, "§4.1, 4쪽")
    assert (new.question.by, new.question.text) == ("도윤", asked["question"])
    assert new.status is Status.OPEN
    assert {each.code for each in check(root).problems} == {"PN221"}  # to be translated


@pytest.mark.parametrize(
    "written",
    [
        "“{}”",
        "> {}",
        "```\n{}\n```",
        "§4.1, p. 4\n\n{}",
        "4.1절 4쪽\n{}",
        "{}\n(§4.1 p.4)",
        "{}\n\n§4.1, 4쪽",
    ],
)
def test_a_quotation_is_known_whatever_marks_it(root: Path, written: str) -> None:
    quote = written.format(SENTENCE.replace(" with", " \nwith"))
    passage = "RoBERTa" if "4.1" in written else "RoBERTa §4.1, p. 4"
    assert filled(root, "question", passage=passage, quote=quote, question="왜요?") == 0
    assert f"/// quote | §4.1, p. 4\n{SENTENCE}\n///" in (root / NOTE).read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("1907.11692v1", ["1907.11692v1"]),
        ("http://arxiv.org/pdf/1907.11692v2.pdf", ["1907.11692v2"]),
        ("www.arxiv.org/html/1907.11692v1#S4", ["1907.11692v1"]),
        ("https://export.arxiv.org/abs/hep-th/9901001V2", ["hep-th/9901001v2"]),
        ("[x](https://doi.org/10.48550/arXiv.1907.11692v1)", ["1907.11692v1"]),
        ("cs.CV/0001001v1와 1907.11692v1", ["cs.CV/0001001v1", "1907.11692v1"]),
        ("arXiv:1907.11692", []),
        ("11907.11692v1, 1907.11692v100", []),
    ],
)
def test_an_arxiv_id_is_found_in_addresses_of_any_form(written: str, ids: list[str]) -> None:
    assert place.arxiv_ids(written) == ids


def test_a_sentence_that_the_paper_does_not_have_is_no_quotation(root: Path) -> None:
    wrong = "Every training sequence was seen with one mask a thousand times during training."
    assert filled(root, "question", passage="RoBERTa", quote=wrong, question="왜요?") == 0
    source = (root / NOTE).read_text("utf-8")
    assert f"<!-- 채우기: 원문과 맞는지 확인하지 못했어요: ‘{wrong}’" in source
    assert {each.code for each in check(root).problems} == {"PN221"}


def test_one_more_question_on_a_passage_has_its_quotation_and_translation(root: Path) -> None:
    asked = passage(root, "static-masking")
    assert filled(root, "question", passage="static-masking", question="그럼 열 번은요?") == 0
    new = library.load(root).notes[1].passages[-1]
    assert new.quote.text == asked.quote.text
    assert new.blocks[1].text == asked.blocks[1].text
    assert {each.code for each in check(root).problems} == {"PN221"}


def test_a_readers_correction_is_the_readers_word_until_an_editor_has_looked(root: Path) -> None:
    told = {"passage": "static-masking", "wrong": "매번 --> 새로", "right": "열 벌을 돌려요."}
    assert filled(root, "correction", **told, source="RoBERTa §4.1, p. 4", name="하린") == 0
    answers = [each for each in passage(root, "static-masking").blocks if isinstance(each, Answer)]
    assert answers[-1].by == "하린"
    assert answers[-1].text == "열 벌을 돌려요.\n\n근거: RoBERTa §4.1, p. 4"
    (problem,) = check(root).problems
    assert problem.code == "PN221"
    assert "매번 –› 새로" in problem.message


@pytest.fixture
def paper(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a paper where what was fetched from arXiv is kept; there is no network."""
    monkeypatch.setattr(arxiv, "API", NOWHERE)
    monkeypatch.setattr(fingerprint, "ARXIV_PDF", NOWHERE)
    (root / CACHE).mkdir(parents=True)
    (root / CACHE / f"{ID}.pdf").write_bytes(pdf([FIRST_PAGE]))


@pytest.mark.usefixtures("paper")
def test_a_new_paper_begins_as_the_command_new_begins_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Nobody reads a paper from its first word to its last"
    given = {"arxiv": f"https://arxiv.org/abs/{ID}", "quote": f"§1, p. 1\n{words}"}
    sent = issue(body("paper", {**given, "question": "왜 아무도 안 읽나요?", "minutes": "…"}))
    outcome = root.parent / "outcome.json"
    assert send(root, sent, "--pull-request", str(outcome)) == 0
    assert json.loads(outcome.read_text("utf-8"))["title"].startswith("[새 논문] stuck: ")
    note = next(each for each in library.load(root).notes if each.paper.arxiv == ID)
    assert note.paper.title == "Stuck: On Reading Papers Together"
    assert [each.quote.text for each in note.passages] == [words]
    assert (root / "fingerprints" / f"{ID}.json").is_file()
    found = {each.code for each in check(root).problems}
    assert found - {"PN306"} == {"PN221"}  # of a paper of one page a sentence is much
    assert "papernotes import" in capsys.readouterr().out
    once = contents(root)
    assert filled(root, "paper", **given, question="왜 아무도 안 읽나요?") == 0
    assert contents(root) == once


HOSTILE = """앞 @someone #123 ${{ secrets.TOKEN }} 뒤
::set-output name=x::y

---
draft: true
---

### 가짜 칸

## 가짜 구절 { #static-masking }

문단 { #cross-entropy-for-mlm }

제목
===

<script>alert(1)</script> <!-- 숨은 말 --> \u202e거꾸로\u2066 \u0000

/// answer | 남의 이름
남의 말
///

///

[링크](javascript:alert(1)) ![그림](https://evil.invalid/x.png) <img src=x onerror=alert(1)>
"""


def test_hostile_text_stays_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [each.id for _, each in library.load(root).passages]
    given = {"passage": "static-masking", "answer": HOSTILE, "name": "@남 | {x} <b>"}
    assert filled(root, "answer", **given) == 0
    made = passage(root, "static-masking")
    assert [each.id for _, each in library.load(root).passages] == ids
    (said,) = [b for b in made.blocks if isinstance(b, Answer) and "가짜 구절" in b.text]
    assert said.by == "남 · x b"
    assert "남의 이름" not in made.people
    for each in ("@someone #123 ${{ secrets.TOKEN }}", "::set-output name=x::y", "남의 말"):
        assert each in said.text
    for opened in ("<script", "<!--", "<img", "\n## ", "\n///", "\n### ", " { #"):
        assert opened not in said.text
    assert check(root).problems == []
    shown = capsys.readouterr().out
    fence = shown.index("```text")
    assert "someone" not in shown[:fence]
    assert shown.count("```") == 2
    assert not INVISIBLE.search(shown)


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("answer", {"passage": "no-such-passage", "answer": "네."}, "`papers/roberta.md#"),
        ("answer", {"passage": "papers/electra.md#static-masking", "answer": "네."}, "구절"),
        ("answer", {"passage": "static-masking"}, "**답** 칸이 비어"),
        ("answer", {"passage": "static-masking", "answer": "가\n### 근거\n나"}, "`### 근거`"),
        ("answer", {"passage": "static-masking", "answer": "가" * 20_000}, "너무 길"),
        ("answer", {"passage": "static-masking", "answer": "네.", "name": "가" * 99}, "60자"),
        ("answer", {"passage": "static-masking", "answer": "![](x.png)"}, "그림"),
        ("question", {"passage": "static-masking", "question": "[" * 20_000}, "너무 많"),
        ("question", {"passage": "BERT", "question": "왜요?"}, "어느 논문"),
        ("question", {"passage": "RoBERTa", "question": "왜요?"}, "**원문** 칸"),
        ("paper", {"arxiv": ID, "quote": "§4.1, p. 4", "question": "?"}, "자리만"),
        ("paper", {"arxiv": f"{ID} 1907.11692v1", "quote": "x", "question": "?"}, "여럿이에요"),
        ("answer", {"passage": "static-masking", "answer": "네.", "name": "가\n\n나"}, "한 줄로"),
        ("paper", {"arxiv": "1907.11692", "quote": "x", "question": "?"}, "판까지 적은"),
        ("paper", {"arxiv": "../../x", "quote": "x", "question": "?"}, "판까지 적은"),
    ],
)
def test_what_has_no_place_is_told_kindly_and_nothing_is_written(
    root: Path,
    name: str,
    values: dict[str, str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = contents(root)
    assert filled(root, name, **values) == 1
    assert contents(root) == before
    out, err = capsys.readouterr()
    assert out.startswith("고마워요!")
    assert said in out
    assert ":1:1: PN707 " in err
    assert "Traceback" not in err


def test_nothing_is_taken_without_the_writers_consent(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {"passage": "static-masking", "answer": "네 번이에요."}
    assert send(root, issue(body("answer", values, ticked=False))) == 1
    assert "CC BY 4.0" in capsys.readouterr().out
    (box,) = [each for each in FORMS["answer"].consents if "CC BY" in each]
    given = body("answer", {**values, "answer": f"네 번이에요.\n- [x] {box}"})
    assert send(root, issue(given[::-1].replace(f"- [x] {box}"[::-1], "", 1)[::-1])) == 1
    assert "CC BY 4.0" in capsys.readouterr().out
    asked = FORMS["answer"].label("checks")
    assert send(root, issue(body("answer", values).partition(f"### {asked}")[0])) == 1
    assert f"`### {asked}`" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "[]", "{}", "\0", '{"body": null}', "그냥 글", "### 구절\n"])
def test_what_is_no_form_is_told_kindly(root: Path, text: str) -> None:
    assert send(root, text) == 1


def test_the_words_alone_and_the_event_are_read_like_the_issue(root: Path) -> None:
    text = body("answer", {"passage": "static-masking", "answer": "가\u0301 네 번이에요."})
    once = None
    for sent in (text, json.dumps({"action": "labeled", "issue": json.loads(issue(text))})):
        assert send(root, sent) == 0
        once = once or contents(root)
    assert contents(root) == once


def test_who_wrote_is_credited_as_github_wants_it() -> None:
    assert issue_of(issue("x")).credit == (
        "Co-authored-by: octo-cat <583231+octo-cat@users.noreply.github.com>"
    )
    assert issue_of(issue("x", "a>\nCo-authored-by: b <b@b>")).credit == ""


def waiting(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main(["open", *arguments, "--root", str(root)]) == 0
    return capsys.readouterr().out


def answered(sheet: str, number: int, **written: str) -> str:
    """Write below headings of a sheet's question (from 1), as a mentor does."""
    parts = re.split(r"\n## (?=\d+\. .*\n\n.*\n\n> )", sheet)
    for id, said in written.items():
        heading = f"### {FORMS['answer'].label(id)}\n"
        part = 0 if id == "name" else number
        assert heading in parts[part]
        parts[part] = parts[part].replace(heading, f"{heading}\n{said}\n", 1)
    return "\n## ".join(parts)


def test_a_mentors_sheet_goes_out_and_its_answers_come_back(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPO_URL", "https://github.com/someone/reading-group")
    monkeypatch.setenv("SITE_URL", "https://someone.github.io/reading-group/")
    asked = [(n, p) for n, p in library.load(root).passages if not p.status.is_settled]
    assert len(asked) > 1
    sheet = waiting(root, capsys, "--for-mentor")
    for note, each in asked:
        assert f"> {each.quote.text}" in sheet
        assert f"{note.paper.short} {each.quote.place.label}" in sheet
        assert f"/reading-group/papers/{Path(note.path).stem}/#{each.id}\n" in sheet
    assert sheet.count("/issues/new?template=answer.yml") == len(asked)
    before = contents(root)
    assert send(root, sheet) == 1  # nothing is written on it
    assert contents(root) == before

    back = answered(
        sheet, 1, answer="하나예요.\n\n## 1. 둘", source="BERT §3.1, p. 4", name="윤 멘토"
    )
    assert send(root, back.replace("\n", "\r\n")) == 0
    first, *others = (passage(root, each.id) for _, each in asked)
    answers = [each for each in first.blocks if isinstance(each, Answer)]
    assert answers[-1].by == "윤 멘토"
    assert answers[-1].text == "하나예요.\n\n\\## 1. 둘\n\n근거: BERT §3.1, p. 4"
    assert [each.people for each in others] == [each.people for _, each in asked[1:]]
    assert send(root, answered(back, 2, answer="둘이에요.")) == 0
    assert "윤 멘토" in passage(root, asked[1][1].id).people
    assert check(root).problems == []


def quoted(sheet: str) -> str:
    head = "안녕하세요.\n\n2026년 11월 28일, 민수 <m@x.invalid>님이 작성:\n\n"
    return head + "\n".join(f"> {line}".rstrip() for line in sheet.split("\n"))


def wrapped(sheet: str) -> str:
    lines = (textwrap.wrap(line, 72, break_on_hyphens=False) or [""] for line in sheet.split("\n"))
    return "\n".join(line for each in lines for line in each)


def test_what_mail_and_editors_do_to_a_sheet_does_no_harm(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPO_URL", "https://github.com/someone/reading-group")
    sheet = waiting(root, capsys, "--for-mentor")
    back = answered(sheet, 2, answer="둘이에요.", source="p. 4", name="윤 멘토")
    once = None
    for changed in (
        back,
        quoted(back),
        re.sub("^> (둘이에요|p\\. 4|윤 멘토)", r"\1", quoted(back), flags=re.M),
        quoted(wrapped(back)),
        wrapped(quoted(back)),
        back.replace(" ", "\u00a0").replace("\n", "  \n"),
        re.sub(r"^## \d+\.", "## 7)", back, flags=re.M),
        f"{back}\n-- \n윤\n연구소",
        re.sub(r"^### (답|근거)$", r" ### **\1**", back, count=1, flags=re.M),
        re.sub(r"^### 근거$", "근거:", back, flags=re.M),
        re.sub(r"^(## 1\. .*)\n\n(.*)\n\n", r"\1\n\2\n", back, flags=re.M),
        answered(back, 1, answer="____\n\n____"),
    ):
        assert send(root, changed) == 0
        once = once or contents(root)
        assert contents(root) == once
    assert "윤 멘토" in passage(root, "cross-entropy-for-mlm").people
    assert check(root).problems == []
    assert send(root, back.partition("## 1. ")[2].join(["## 1. ", ""])) == 0  # no name above
    assert "이름 없음" in passage(root, "cross-entropy-for-mlm").people


def test_words_on_a_sheet_where_no_answer_stands_are_not_lost(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = waiting(root, capsys, "--for-mentor")
    before = contents(root)
    for changed, told in (
        (answered(sheet, 1, passage="여기에 적었어요."), "‘여기에 적었어요.’"),
        (answered(sheet, 1, passage="# 여기에 적었어요."), "‘# 여기에 적었어요.’"),
        (answered(sheet, 2, source="여기에 적었어요."), "‘여기에 적었어요.’"),
        (
            sheet.replace("\n\n### 구절", "\n\n여기에 적었어요.\n\n### 구절", 1),
            "‘여기에 적었어요.’",
        ),
        (re.sub(r"^## 2\. .*\n", "", sheet, flags=re.M), "앞의 답이"),
        (answered(sheet, 1, answer="하나\n### 답\n둘"), "칸이 둘"),
    ):
        assert send(root, changed) == 1
        assert told in capsys.readouterr().out
    assert contents(root) == before


def test_a_sheet_on_which_one_answer_has_no_place_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = waiting(root, capsys, "--for-mentor")
    sheet = answered(answered(sheet, 1, answer="하나예요."), 2, answer="둘이에요.")
    before = contents(root)
    last = passage(root, "cross-entropy-for-mlm").id
    assert send(root, sheet.replace(f"#{last}\n", "#gone\n")) == 1
    assert contents(root) == before


def test_the_questions_that_wait_are_listed_for_all_papers_or_one(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = waiting(root, capsys).splitlines()
    of_one = waiting(root, capsys, "roberta").splitlines()
    assert set(of_one) < set(lines)
    assert all(line.startswith("docs/papers/roberta.md:") for line in of_one)
    assert cli.main(["open", "GPT", "--root", str(root)]) == 2
    assert "RoBERTa" in capsys.readouterr().err
