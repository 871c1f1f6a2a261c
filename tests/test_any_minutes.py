"""Whatever stands in minutes or in a note, nothing is lost and nothing breaks."""

import shutil
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papernotes.check.check import check
from papernotes.note import library
from papernotes.note.parse import clean
from tests.minutes import NAMES, empty, import_minutes
from tests.test_import import IDS, lost

KOREAN = (
    "마스킹",
    "왜",
    "그런가요",
    "질문",
    "답변",
    "멘토님께",
    "여쭤보겠음",
    "이유는?",
    "재영",
    "없음",
)
LATIN = ("loss", "BERT", "$x$", "글리프(Glyph)", "`code", "**굵게**", "{#id}", "&lt;")
WORD = st.sampled_from((*KOREAN, *LATIN))
PIECES = st.one_of(
    st.lists(WORD, min_size=1, max_size=6).map(" ".join),
    st.sampled_from(
        [
            "Thus, each training sequence was seen with the same mask four times during training.",
            "![image](https://example.com/a.png)",
            "<script>alert(1)</script>",
            "```",
            "///",
            "/// answer | 상민",
            "| 질문 | 답변 | 이름 |",
            "|---|---|---|",
            "| 왜? | 상민: 몰라요 | 재영 |",
            "[상민] [오후 3:12] 왜 loss 인가요?",
            "**sangmin** commented on Oct 21, 2021",
            "왜 loss 인가요? -> 재영: 그래서요",
            "배치는 왜 키우나요? (논문: BERT)",
            "<li>왜요?</li><br>",
            "[글](#없는-곳) 과 https://example.com/a?b=c",
            "> [!question] 왜요?",
            "h2. 질문",
            "답변",
            "&nbsp; - &nbsp; 왜요?",
            "---",
            "<!-- 채우기: 가짜 -->",
            "{ #id onclick=x }",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
PREFIXES = st.sampled_from(
    [
        "",
        "",
        "* ",
        "- ",
        "1. ",
        "> ",
        "# ",
        "## ",
        "\t- ",
        "    ",
        "Q: ",
        "답변: ",
        "재영 : ",
        "→ ",
        "  - ",
        "** ",
        "ㄱ. ",
        "A1. ",
        "기록: ",
        "<!-- ",
    ]
)
LINES = st.tuples(PREFIXES, PIECES).map("".join)
WRITTEN = st.tuples(
    st.sampled_from(["", "## 참석자\n김재영, 전상민\n\n", "\ufeff"]),
    st.lists(st.one_of(LINES, st.just("")), max_size=14).map("\n".join),
).map("".join)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared")


@given(WRITTEN)
def test_no_line_of_any_text_is_lost_and_twice_is_as_good_as_once(shared: Path, text: str) -> None:
    shutil.rmtree(shared / "docs", ignore_errors=True)
    shutil.rmtree(shared / ".cache", ignore_errors=True)
    minutes = shared / "minutes.md"
    minutes.write_text(text, "utf-8", newline="")
    drafts = import_minutes(empty(shared), minutes, IDS[:2])
    told_of = {number for each in drafts.leftovers for number in each.lines}
    lines = normalize("NFC", clean(text)).split("\n")
    assert {n for n, line in enumerate(lines, 1) if line.strip()} <= drafts.taken | told_of
    assert set(lost(lines, shared, told_of)) == set()
    assert library.load(shared).problems == ()  # so that it can be looked at
    check(shared)
    before = {p: p.read_bytes() for p in (shared / "docs").rglob("*.md")}
    for _ in ("nobody changed a page", "all that is known of the pages is gone"):
        again = import_minutes(shared, minutes, IDS[:2])
        assert {p: p.read_bytes() for p in (shared / "docs").rglob("*.md")} == before
        told_of = {number for each in again.leftovers for number in each.lines}
        assert {n for n, line in enumerate(lines, 1) if line.strip()} <= again.taken | told_of
        shutil.rmtree(shared / ".cache")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | WRITTEN)
def test_no_text_as_a_note_makes_a_traceback(shared: Path, text: str) -> None:
    shutil.rmtree(shared / "docs", ignore_errors=True)
    empty(shared)
    front = NAMES.partition("references")[0].replace("2101.00001v1", IDS[0])
    (shared / "docs" / "papers" / "any.md").write_text(text, "utf-8")
    (shared / "docs" / "papers" / "sound.md").write_text(f"{front}---\n{text}", "utf-8")
    check(shared)
