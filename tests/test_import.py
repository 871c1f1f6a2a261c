"""Minutes become drafts: nothing is lost, nothing is made up, nothing of a person's is changed."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

from papernotes import cli
from papernotes.check.check import check
from papernotes.importing import labels
from papernotes.importing.people import People
from papernotes.importing.read import read
from papernotes.note import library
from papernotes.note.model import Answer, Passage
from papernotes.note.parse import clean
from tests.conftest import ROOT, build
from tests.minutes import empty
from tests.pdf import FILLER, ID, Text, column, pdf

MINUTES = ROOT / "tests" / "data" / "minutes"
REAL = MINUTES / "roberta-electra.md"
IDS = ("1907.11692v1", "2003.10555v1", "1810.04805v2")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return empty(tmp_path / "project")


def run(minutes: Path, root: Path, *papers: str) -> int:
    options = [option for paper in papers or IDS for option in ("--paper", paper)]
    return cli.main(["import", str(minutes), *options, "--root", str(root)])


def passages(root: Path) -> list[Passage]:
    """The drafted passages in the minutes' order."""
    found = [passage for _, passage in library.load(root).passages]
    return sorted(found, key=lambda passage: _asked_on(root, passage))


def _asked_on(root: Path, passage: Passage) -> int:
    for note in library.load(root).notes:
        if passage in note.passages:
            source = (root / "docs" / note.path).read_text("utf-8")
            mark = re.search(r"\(회의록 (\d+)행\)", source.split(f"{{ #{passage.id} }}")[1])
            assert mark
            return int(mark[1])
    raise AssertionError(passage.id)


def told(capsys: pytest.CaptureFixture[str], minutes: Path) -> dict[int, str]:
    """The leftovers that were printed: line and code, the lines told in passing included."""
    found = {}
    for line in capsys.readouterr().out.splitlines():
        if match := re.match(rf"{re.escape(str(minutes))}:(\d+):1: (PN70\d) .*요\.", line):
            found[int(match[1])] = match[2]
            also = re.search(r"\(이 줄도: ([\d, ]+)행\)", line)
            found |= {int(each): match[2] for each in (also[1] if also else "").split(", ") if each}
    return found


def everything(root: Path) -> str:
    """All that was drafted, as letters and digits to look a member's words up in."""
    pages = [p.read_text("utf-8") for p in sorted((root / "docs").rglob("*.md"))]
    return " ".join(map(letters, unescape(" ".join(pages)).split()))


def letters(text: str) -> str:
    """A word without signs: a hyphen of a line break may go, and so may quotation marks."""
    return "".join(filter(str.isalnum, text.casefold()))


QUESTIONS = [
    # the quotation's first and last words, its place, the question, status, who answered
    (None, None, "1쪽", "cross-entropy가 MLM 과정에서", "open", ["이름 없음"]),
    (
        "we do not",
        "of updates.",
        "3쪽",
        "이 부분 무슨 의미인가요?",
        "answered",
        ["재영", "이름 없음"],
    ),
    (
        "To avoid",
        "during training.",
        "4쪽",
        "이부분 이해가 잘 안되요",
        "answered",
        ["세진", "상민", "재영"],
    ),
    (
        None,
        None,
        "1쪽",
        "SENTENCE-PAIR+NSP 와 SEGMENT-PAIR 와의 차이",
        "answered",
        ["재영", "세진"],
    ),
    ("the median", "set results", "7쪽", "중앙값 개발 세트 결과?", "answered", ["상민"]),
    (
        "QNLI: Recent",
        "classified as positive",
        "8쪽",
        "pairwise ranking formulation 이란?",
        "answered",
        ["재영", "우창", "이름 없음"],
    ),
    ("Our approach", "(Yang et al., 2019)", "2쪽", "KLUE 대회에서", "open", ["상민"]),
    ("We found", "of the discriminator.", "§3.2, 5쪽", "특히", "mentor", ["상민"]),
]


def test_the_groups_own_minutes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(REAL, root) == 0
    assert told(capsys, REAL) == {13: "PN701", 32: "PN701"}
    drafted = passages(root)
    assert len(drafted) == len(QUESTIONS)
    for passage, expected in zip(drafted, QUESTIONS, strict=True):
        first, last, place, question, status, people = expected
        if first and last:
            assert passage.quote.text.startswith(first)
            assert passage.quote.text.endswith(last)
        else:
            assert passage.quote.text.startswith("<!-- 채우기: 이 질문이 선 원문을")
        assert passage.quote.place.label == place
        assert passage.question.text.startswith(question)
        assert passage.status == status
        assert [b.by for b in passage.blocks if isinstance(b, Answer)] == people
    assert check_codes(root) == {"PN221"}
    session = library.read(root, "sessions/roberta-electra.md")
    assert session.session
    assert session.session.participants[0] == "김신곤"
    assert {passage.question.session for passage in drafted} == {"roberta-electra"}
    assert session.body.count("/// discussed") == 1
    assert "멘토님께 물어보겠음" in session.body


def check_codes(root: Path) -> set[str]:
    """What a check finds, apart from what the stub around the drafts lacks."""
    return {p.code for p in check(root).problems if p.path.startswith("docs/")}


def test_members_words_are_kept_to_the_letter(root: Path) -> None:
    run(REAL, root)
    said = [b.text for p in passages(root) for b in p.blocks if isinstance(b, Answer)]
    assert "KoElectra 가 large 모델이 없었다. 그래서 사람들이 안찾아본게 아닐까?" in said
    assert "Transforemr 에서는" in " ".join(said)  # spelt as in the minutes


ANSWERS = re.compile(r"^\* (?=답변|\S\S :|!|Trans|qeus|멘토)", re.M)
OTHER_MARKDOWN: dict[str, Callable[[str], str]] = {
    "dashes": lambda text: re.sub(r"^\* ", "- ", text, flags=re.M),
    "bullets": lambda text: re.sub(r"^\* ", "• ", text, flags=re.M),
    "windows": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "nested": lambda text: ANSWERS.sub("    * ", text),
    "tabs": lambda text: ANSWERS.sub("\t- ", text),
    "headings": lambda text: re.sub(r"^> (\d\. .*)$", r"### \1", text, flags=re.M),
    "plain headings": lambda text: re.sub(r"^> (\d\. .*)$", r"\1", text, flags=re.M),
    "labels": lambda text: re.sub(r"\n\n\* ", "\n\n* **Q.** ", text).replace("답변:", "A."),
    "bold names": lambda text: re.sub(r"^\* (\S\S) : ", r"* **\1** : ", text, flags=re.M),
    "polite names": lambda text: re.sub(r"^\* (\S\S) : ", r"* \1님: ", text, flags=re.M),
    "nobody listed": lambda text: text[text.index("## 피어세션") :],
}


@pytest.mark.parametrize("how", OTHER_MARKDOWN)
def test_the_same_minutes_in_other_markdown_say_the_same(how: str) -> None:
    def told_in(text: str) -> list[tuple[str, list[tuple[str | None, str]], int]]:
        return [
            (each.question.text, [(s.by, s.text) for s in each.answers], len(each.deferred))
            for each in read(clean(text), ("RoBERTa", "ELECTRA")).topics
        ]

    text = REAL.read_text("utf-8")
    assert told_in(OTHER_MARKDOWN[how](text)) == told_in(text)


@pytest.mark.parametrize(
    ("line", "by", "rest"),
    [
        ("재영: 그래요", "재영", "그래요"),
        ("재영 : 그래요", "재영", "그래요"),
        ("김재영 - 그래요", "김재영", "그래요"),
        ("[재영] 그래요", "재영", "그래요"),
        ("재영님 의견: 그래요", "재영", "그래요"),
        ("답변: 그래요 (재영)", "재영", "그래요"),
        ("답변: 재영: 그래요", "재영", "그래요"),
        ("답변(재영): 그래요", "재영", "그래요"),
        ("재영 답변: 그래요", "재영", "그래요"),
        ("**재영**: 그래요", "재영", "그래요"),
        ("재영님: 그래요", "재영", "그래요"),
        ("→ 재영: 그래요", "재영", "그래요"),
        ("[재영] [오후 3:12] 그래요", "재영", "그래요"),
        ("2021년 10월 12일 오후 3:12, 재영 : 그래요", "재영", "그래요"),
        ("15:12 재영: 그래요", "재영", "그래요"),
        ("멘토님: 그래요", "멘토님", "그래요"),
        ("답변: 그래요", None, "그래요"),
        # Nobody's name: whoever it was, it must not be put into a mouth.
        ("QNLI: Recent submissions", None, None),
        ("결론: 그래요", None, "그래요"),
        ("하늘: 그래요", None, None),
        ("비율은 3:12", None, None),
        ("https://example.com", None, None),
        ("답변: 결론: 그래요", None, "결론: 그래요"),
    ],
)
def test_a_name_is_one_only_where_the_minutes_say_so(
    line: str, by: str | None, rest: str | None
) -> None:
    label = labels.parse(line, People.of(["김재영", "전상민"], []))
    assert (label.by, label.rest) == (by, rest) if label else (by, rest) == (None, None)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([], "open"),
        (["재영: 마스크를 새로 뽑아서요"], "answered"),
        (["재영: 새로 뽑아서 그런 게 아닐까?"], "open"),
        (["재영: 아닐까?", "상민: 논문에 그렇게 있어요"], "answered"),
        (["답변: 잘 모르겠어요"], "open"),
        (["답변: 없음"], "open"),
        (["답변: 일반적이어서 쓴 듯한데 멘토님에게 더 여쭤보면 좋을 것 같음"], "open"),
        (["멘토님께 물어보겠음"], "mentor"),
        (["재영: 아닐까?", "다음 주에 조교님께 여쭤보기로 함"], "mentor"),
        (["멘토님께 물어보겠음", "멘토님: 새로 뽑아서 그래요"], "answered"),
    ],
)
def test_a_status_is_what_the_minutes_show(
    answers: list[str], status: str, root: Path, tmp_path: Path
) -> None:
    minutes = tmp_path / "status.md"
    minutes.write_text(
        "참석자: 김재영, 전상민\n\n* Dynamic masking 은 왜 좋은가요?\n"
        + "".join(f"* {answer}\n" for answer in answers),
        "utf-8",
    )
    run(minutes, root, IDS[0])
    (passage,) = passages(root)
    assert passage.status == status


def test_a_paper_is_not_named_inside_another_name(root: Path, tmp_path: Path) -> None:
    minutes = tmp_path / "names.md"
    minutes.write_text(
        "# RoBERTa 논문\n\n- batch size 는 왜 키우나요?\n\n"
        "# 모르는 제목\n\n- BERT 는 왜 NSP 를 썼나요?\n\n- 그럼 loss 는 왜 더하나요?\n",
        "utf-8",
    )
    run(minutes, root)
    placed = {p.title: Path(n.path).stem for n in library.load(root).notes for p in n.passages}
    assert list(placed.values()).count("roberta") == 1
    assert placed["BERT 는 왜 NSP 를 썼나요?"] == "bert"
    assert "그럼 loss 는 왜 더하나요?" in (root / "docs/sessions/names.md").read_text("utf-8")


def test_a_picture_within_a_sentence_is_told_and_the_words_stay(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    minutes = tmp_path / "picture.md"
    quoted = "Thus, each training sequence was seen with the same mask ![](https://x.y/a.png) four"
    minutes.write_text(
        f"- {quoted} times during training. 왜죠?\n- 답변: 이래서요 ![a](https://x.y/b.png) 끝\n",
        "utf-8",
    )
    run(minutes, root, IDS[0])
    assert told(capsys, minutes) == {1: "PN701", 2: "PN701"}
    (passage,) = passages(root)
    said = [b.text for b in passage.blocks if isinstance(b, Answer)]
    assert said == ["이래서요  끝"]
    assert check_codes(root) == {"PN221"}


def test_a_picture_is_told_on_the_line_on_which_it_stands(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    minutes = tmp_path / "picture.md"
    minutes.write_text(
        "- 마스크는 언제 뽑나요?\n- 재영님: 넣을 때요\n  그림을 보세요\n"
        "  ![a](https://x.y/b.png) 이렇게\n",
        "utf-8",
    )
    run(minutes, root, IDS[0])
    assert told(capsys, minutes) == {4: "PN701"}


def test_lines_below_a_label_that_asks_nothing_stay_with_it(root: Path, tmp_path: Path) -> None:
    minutes = tmp_path / "facts.md"
    minutes.write_text(
        "일시: 10월 12일\n저녁 여덟 시\n\n답변:\n아직 아무도 묻지 않았어요\n\n"
        "# 질문\n\n- Dynamic masking 은 뭔가요?\n- 답변: 새로 뽑는 것\n",
        "utf-8",
    )
    run(minutes, root, IDS[0])
    session = library.read(root, "sessions/facts.md")
    assert "> 일시: 10월 12일\n> 저녁 여덟 시" in session.body
    assert "> 답변:\n> 아직 아무도 묻지 않았어요" in session.body


def test_what_looks_like_markup_is_read_as_it_was_written(root: Path, tmp_path: Path) -> None:
    minutes = tmp_path / "tokens.md"
    minutes.write_text(
        "- <mask> 토큰은 왜 loss 에서 빼나요?\n- 답변: <s> 와 </s> 도 빼요\n  /// 이렇게\n",
        "utf-8",
    )
    run(minutes, root, IDS[0])
    (passage,) = passages(root)
    assert passage.question.text == "&lt;mask> 토큰은 왜 loss 에서 빼나요?"
    (answer,) = (b for b in passage.blocks if isinstance(b, Answer))
    assert unescape(answer.text) == "<s> 와 </s> 도 빼요\n/// 이렇게"
    assert check_codes(root) == {"PN221"}


def test_a_sentence_of_another_paper_is_not_quoted(root: Path, tmp_path: Path) -> None:
    minutes = tmp_path / "other.md"
    foreign = "The dominant sequence transduction models are based on complex recurrent networks."
    minutes.write_text(f"* {foreign} 무슨 뜻인가요?\n* 답변: 그런 뜻이에요\n", "utf-8")
    run(minutes, root, IDS[0])
    (passage,) = passages(root)
    assert "질문 속의 영어를 원문에서 찾지 못했어요" in passage.quote.text
    assert passage.question.text == f"{foreign} 무슨 뜻인가요?"


# For each hand: the questions' papers, statuses and speakers, the pages of the quotations that
# were found (None where the minutes quote nothing, or nothing that the paper has), leftovers.
HANDS = {
    "headings": (
        ["roberta answered 하늘,바다", "roberta mentor ", "bert answered 누리"],
        [5, None, 4],
        {},
    ),
    "bold_labels": (
        ["bert answered 이름 없음", "bert answered 이름 없음", "bert open "],
        [4, None, None],
        {},
    ),
    "numbered": (
        [
            "roberta answered 하늘,바다",
            "roberta open 가람",
            "roberta open ",
            "electra answered 이바다",
        ],
        [1, 7, None, None],
        {},
    ),
    "chat": (
        ["electra answered 바다,바다,가람", "electra mentor 바다"],
        [1, None],
        {7: "PN701"},
    ),
    "table": (
        ["roberta answered 하늘", "roberta answered 바다,하늘", "roberta open "],
        [5, None, 5],
        {3: "PN702", 4: "PN702"},
    ),
    "windows_tabs": (
        ["roberta answered 하늘,바다", "roberta answered 이름 없음", "electra open 바다"],
        [None, 4, None],
        {},
    ),
    "mixed": (
        [
            "bert answered 하늘",
            "electra answered 바다",
            "electra open 가람",
            "electra answered 하늘",
        ],
        [2, 3, None, None],
        {},
    ),
    "plain": (
        ["bert answered 이름 없음", "bert answered 이름 없음", "bert open "],
        [4, 3, None],
        {14: "PN702"},
    ),
    "arrows": (
        [
            "electra answered 이름 없음,하늘",
            "electra answered 바다,이름 없음",
            "electra answered 조교님",
        ],
        [None, 3, None],
        {},
    ),
    "quotes_first": (
        ["roberta answered 하늘", "roberta answered 바다,이름 없음"],
        [2, 2],
        {3: "PN701", 14: "PN701", 16: "PN702", 24: "PN702"},
    ),
}


@pytest.mark.parametrize("hand", HANDS)
def test_minutes_in_another_hand(hand: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    minutes = MINUTES / f"{hand}.md"
    topics, pages, leftovers = HANDS[hand]
    assert run(minutes, root) == 0
    printed = told(capsys, minutes)
    assert printed == leftovers
    drafted = passages(root)
    notes = {p.id: Path(n.path).stem for n in library.load(root).notes for p in n.passages}
    found = []
    for passage in drafted:
        people = ",".join(b.by for b in passage.blocks if isinstance(b, Answer))
        found.append(f"{notes[passage.id]} {passage.status} {people}")
    assert found == topics
    quoted = ["채우기" not in p.quote.text for p in drafted]
    assert [
        p.quote.place.pages[0] if q else None for p, q in zip(drafted, quoted, strict=True)
    ] == pages
    assert check_codes(root) == {"PN221"}
    lines = clean(minutes.read_text("utf-8")).split("\n")
    assert set(lost(lines, root, set(printed))) == set()


# What a label says is in the form of a block, not in its words.
LABELS = re.compile(
    r"^\|\s*\d+\s*(?=\|)|^\s*[-•+]\s+\[[ x]\]|^\s*(?:→|=>|->|ㄴ|ㄱ\.|A1\.|h2\.)|\[!question\]"
    r"|\[?(?:참석자?|원문|질문|답변|[QA])\d{0,2}\]?\s*(?=[:.(])|오[전후] \d+:\d+|^\s*\d+\."
    r"|commented on .*|\(논문: BERT\)|</?li>|&nbsp;|<br>|->|답변\s*$|[#*>|]"
)


def lost(lines: list[str], root: Path, told_of: set[int]) -> Iterator[int]:
    """Yield the lines that are neither told of nor in a draft, word for word."""
    drafted = everything(root)
    for number, line in enumerate(lines, 1):
        if number in told_of or not line.strip():
            continue
        bare = LABELS.sub(" ", line)
        if any(letters(word) not in drafted for word in unescape(bare).split()):
            yield number


def test_imported_again_nothing_changes(root: Path) -> None:
    run(REAL, root)
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    assert run(REAL, root) == 0
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_what_a_person_changed_stays_and_what_is_new_is_added_below(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(REAL, root)
    note = root / "docs" / "papers" / "electra.md"
    mended = note.read_text("utf-8").replace("안찾아본게", "안 찾아본 게")
    mended = mended.replace("## KLUE 대회에서", "## 큰 규모와 KLUE, 그리고 대회에서")
    note.write_bytes(mended.replace("\n", "\r\n").encode())
    before = note.read_bytes()
    longer = tmp_path / "longer.md"
    longer.write_text(
        REAL.read_text("utf-8").rstrip()
        + "\n* 상민 : 나중에 찾아보니 전혀 다른 이야기라고 합니다\n\n"
        + "* generator 와 discriminator 의 embedding 을 공유하는 이유는?\n* 재영 : 잘 모르겠어요\n",
        "utf-8",
    )
    capsys.readouterr()
    assert run(longer, root) == 0
    assert note.read_bytes().startswith(before)
    added = note.read_bytes()[len(before) :].decode()
    assert added.count("\n## ") == 1
    assert "공유하는 이유는?" in added
    assert "\r" not in added
    assert told(capsys, longer)[44] == "PN703"  # a new answer to a question that is there


def test_another_question_about_a_sentence_that_is_there_is_told(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(REAL, root)
    later = tmp_path / "later.md"
    later.write_text(
        "* Thus, each training sequence was seen with the same mask four times during training. "
        "그럼 epoch 를 80번으로 늘리면 몇 번 보게 되나요?\n* 상민 : 여덟 번이요\n",
        "utf-8",
    )
    capsys.readouterr()
    run(later, root)
    assert told(capsys, later) == {1: "PN703", 2: "PN703"}


def test_the_same_question_about_another_sentence_is_another_passage(
    root: Path, tmp_path: Path
) -> None:
    run(REAL, root)
    later = tmp_path / "later.md"
    later.write_text(
        "* BERT uniformly selects 15% of the input tokens for possible replacement. "
        "이부분 이해가 잘 안되요\n* 상민 : 저도요\n",
        "utf-8",
    )
    before = len(passages(root))
    run(later, root)
    run(later, root)
    assert len(passages(root)) == before + 1


def test_finished_notes_are_known_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The editors mended spelling, filled in quotations and made them longer."""
    before = {p: p.read_bytes() for p in (project / "docs").rglob("*.md")}
    assert run(REAL, project, *IDS[:2]) == 0
    assert {p: p.read_bytes() for p in (project / "docs").rglob("*.md")} == before
    printed = told(capsys, REAL)
    assert {printed.pop(13), printed.pop(32)} == {"PN701"}
    assert set(printed) == {4, 6, 36}  # headings that the session's page does not have


def test_what_a_session_page_that_is_there_does_not_have_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(REAL, root)
    session = root / "docs" / "sessions" / "roberta-electra.md"
    mended = session.read_text("utf-8").replace("## 피어세션 내용", "## 이야기한 것")
    session.write_text(mended.replace("멘토님께 물어보겠음", "멘토에게 물어봐요"), "utf-8")
    capsys.readouterr()
    run(REAL, root)
    assert told(capsys, REAL) == {4: "PN703", 13: "PN701", 32: "PN701", 43: "PN703"}
    assert session.read_text("utf-8").count("피어세션") == 0


def test_a_draft_is_told_of_until_it_is_filled_in(root: Path) -> None:
    run(REAL, root, *IDS[:2])
    path = "docs/papers/roberta.md"
    marks = [p for p in check(root).problems if p.code == "PN221" and p.path == path]
    source = (root / path).read_text("utf-8")
    assert len(marks) == source.count("채우기:")
    for mark in marks:
        assert "채우기" in source.split("\n")[mark.line - 1][mark.column - 1 :]
        assert mark.message.endswith("표시를 지워 주세요.")


def test_ids_are_not_published_before_a_draft_is_filled_in(root: Path) -> None:
    run(REAL, root)
    cli.main(["check", "--fix", "--root", str(root)])
    assert not (root / "ids" / "electra.txt").exists()
    note = root / "docs" / "papers" / "electra.md"
    filled = re.sub(r"<!-- 채우기:.*?-->", "", note.read_text("utf-8"))
    note.write_text(filled.replace("/// translation\n\n///", ""), "utf-8")
    assert "PN512" in check_codes(root)
    cli.main(["check", "--fix", "--root", str(root)])
    listed = (root / "ids" / "electra.txt").read_text("utf-8").split()
    assert listed == ["klue-roberta", "beyond-majority-class"]


def test_a_mark_in_code_is_an_example(root: Path) -> None:
    page = root / "docs" / "help.md"
    page.write_text("`<!-- 채우기: 이렇게 -->`\n\n```\n<!-- 채우기: 저렇게 -->\n```\n", "utf-8")
    assert library.read(root, "help.md").marks == ()
    page.write_text("글 `코드` <!-- 채우기: 여기 -->\n", "utf-8")
    assert [mark.column for mark in library.read(root, "help.md").marks] == [8]


PRINTED = [
    [
        Text(72, 740, "Stuck: On Reading Papers", 18, "F2"),
        Text(72, 700, "Ada Lovelace", 10, "F2"),
        Text(72, 660, "Abstract", 12, "F2"),
        *column(FILLER, top=640),
        Text(72, 560, "1 Introduction", 12, "F2"),
        *column(["Readers sometimes stop at one sentence for a day.", *FILLER], top=540),
        Text(72, 460, "2 Method", 12, "F2"),
        *column(["We let every reader ask what a sentence means, and others", "some-"], top=440),
        *column(["times answer within the hour. A self-made rule follows.", *FILLER], top=416),
    ]
]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "stuck.pdf"
    file.write_bytes(pdf(PRINTED))
    return file


def test_with_the_pdf_sections_and_broken_words_are_known(
    root: Path, paper: Path, tmp_path: Path
) -> None:
    minutes = tmp_path / "first.md"
    minutes.write_text(
        "* We let every reader ask what a sentence means, and others some-times answer within "
        "the hour. A self-made rule follows. 왜 한 시간인가요?\n* 답변: 모르겠음\n",
        "utf-8",
    )
    assert run(minutes, root, f"{ID}={paper}") == 0
    note = next(n for n in library.load(root).notes if n.paper.arxiv == ID)
    (passage,) = note.passages
    assert note.path == "papers/stuck.md"
    assert note.paper.title == "Stuck: On Reading Papers"
    assert note.paper.authors == ("Ada Lovelace",)
    assert passage.quote.place.label == "§2, 1쪽"
    assert "others sometimes answer" in passage.quote.text
    assert "A self-made rule" in passage.quote.text
    assert passage.question.text == "왜 한 시간인가요?"
    assert passage.status == "open"
    assert (root / "fingerprints" / f"{ID}.json").exists()
    assert not any(paper.name in p.name for p in root.rglob("*"))


@pytest.mark.parametrize(
    ("pasted", "drafted"),
    [
        ("would some- times fail to learn at all", "would sometimes fail to learn at all"),
        ("would some-\n  times fail to learn at all", "would sometimes fail to learn at all"),
        ("would some-times fail to learn at all", "would some-times fail to learn at all"),
    ],
)
def test_a_word_cut_by_a_line_break_is_whole_where_the_print_says_so(
    pasted: str, drafted: str, root: Path, tmp_path: Path
) -> None:
    minutes = tmp_path / "broken.md"
    start = "We found that without the weight initialization the discriminator"
    minutes.write_text(f"- {start} {pasted} beyond the majority class 왜죠?\n", "utf-8")
    run(minutes, root, IDS[1])
    (passage,) = passages(root)
    assert passage.quote.text == f"{start} {drafted} beyond the majority class"
    assert passage.question.text == "왜죠?"
    assert "붙임표가 줄이 바뀌며" in (root / "docs" / "papers" / "electra.md").read_text("utf-8")
    assert check_codes(root) == {"PN221"}


def test_links_that_lead_nowhere_from_here_are_words(root: Path, tmp_path: Path) -> None:
    minutes = tmp_path / "links.md"
    minutes.write_text(
        "[목차](#없는-곳) 과 [다른 글](a/b.md) 과 [밖](https://example.com)\nhttps://example.com/a?b=c\n",
        "utf-8",
    )
    run(minutes, root, IDS[0])
    assert check_codes(root) == {"PN221"}
    body = library.read(root, "sessions/links.md").body
    assert "[밖](https://example.com)" in body
    assert "<https://example.com/a?b=c>" in body


def test_a_few_common_words_here_and_there_are_no_quotation(root: Path, tmp_path: Path) -> None:
    minutes = tmp_path / "common.md"
    minutes.write_text(
        "- you can keep your license by taking all practical steps to comply within 30 days "
        "after the notice. If you do not do so, your license ends immediately. 맞나요?\n",
        "utf-8",
    )
    run(minutes, root, IDS[1])
    assert [passage.quote.text.startswith("<!--") for passage in passages(root)] == [True]


def test_words_that_differ_from_the_paper_are_kept_and_marked(root: Path, tmp_path: Path) -> None:
    minutes = tmp_path / "changed.md"
    minutes.write_text(
        "- Thus, each training sequence was seen with an identical mask four times during "
        "training. 무슨 뜻인가요?\n",
        "utf-8",
    )
    run(minutes, root, IDS[0])
    source = (root / "docs" / "papers" / "roberta.md").read_text("utf-8")
    assert "was seen with an identical mask four times" in source
    assert "인용에 원문과 다른 데가 있어요" in source
    assert check_codes(root) == {"PN221", "PN301"}


def test_terms_are_taken_from_the_minutes_and_their_meaning_is_asked_for(
    root: Path, tmp_path: Path
) -> None:
    minutes = tmp_path / "terms.md"
    minutes.write_text(
        "- 세그먼트 임베딩(segment embedding)이 왜 필요한가요? 동적 마스킹(dynamic masking)은요?\n",
        "utf-8",
    )
    before = (root / "docs" / "glossary.md").read_text("utf-8")
    run(minutes, root, IDS[0])
    after = (root / "docs" / "glossary.md").read_text("utf-8")
    assert after.startswith(before.rstrip())
    terms = library.read(root, "glossary.md").terms
    assert terms[-1].name == "세그먼트 임베딩"
    assert terms[-1].english == "segment embedding"
    assert "채우기" in terms[-1].text
    assert sum(term.english == "dynamic masking" for term in terms) == 1


@pytest.mark.parametrize(
    ("minutes", "papers"),
    [
        (b"\xff\xfe", [IDS[0]]),
        (None, [IDS[0]]),
        (b"x" * 30_000, [IDS[0]]),
        (b"- q?\n", ["1907.11692"]),
        (b"- q?\n", ["2401.00009v1"]),
        (b"- q?\n", ["2401.00009v1=nowhere.pdf"]),
        (b"- q?\n", ["2401.00009v1=survey.pdf"]),
        (b"- q?\n", ["2401.00009v1=two.pdf", "2401.00008v1=two.pdf"]),
    ],
)
def test_what_cannot_be_imported_is_refused_and_nothing_is_written(
    minutes: bytes | None,
    papers: list[str],
    root: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "survey.pdf").write_bytes(pdf(PRINTED))  # the name of another paper's note
    (tmp_path / "two.pdf").write_bytes(pdf(PRINTED))
    file = tmp_path / "minutes.md"
    if minutes is not None:
        file.write_bytes(minutes)
    before = sorted(root.rglob("*"))
    assert run(file, root, *papers) == 1
    error = capsys.readouterr().err
    assert re.fullmatch(r"\S+:\d+:\d+: PN704 .*요\.\n", error)
    assert sorted(root.rglob("*")) == before


def test_a_folder_that_cannot_be_written_is_named_and_nothing_else_is_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "docs" / "sessions").write_text("no folder", "utf-8")
    before = {file: file.read_bytes() for file in root.rglob("*.*")}
    assert run(REAL, root) == 1
    assert {file: file.read_bytes() for file in root.rglob("*.*")} == before
    assert re.fullmatch(r"\S+/docs/sessions/\S+: 쓸 수 없어요.*요\.\n", capsys.readouterr().err)


def test_drafts_can_be_looked_at(project: Path, tmp_path: Path) -> None:
    assert run(MINUTES / "headings.md", project, "1810.04805v2", "1907.11692v1") == 0
    assert run(MINUTES / "plain.md", project, "1810.04805v2") == 0
    done = build(project, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "papers" / "bert" / "index.html").read_text("utf-8")
    assert "대조 안 됨" in page
    assert "누리" in page


def test_a_sessions_list_has_the_passages_that_were_added_to_a_note(
    tmp_path: Path,
) -> None:
    root = empty(tmp_path / "project")
    first, second = tmp_path / "first.md", tmp_path / "second.md"
    first.write_text("# RoBERTa\n- 가온: 배치는 왜 키우나요?\n  - 나래: 빨라져서요.\n", "utf-8")
    second.write_text(
        "# RoBERTa\n- 가온: 학습률은 왜 키우나요?\n  - 나래: 배치가 커서요.\n", "utf-8"
    )
    paper = ["--paper", "1907.11692v1", "--root", str(root)]
    assert cli.main(["import", str(first), *paper]) == 0
    note = root / "docs" / "papers" / "roberta.md"
    note.write_text(note.read_text("utf-8") + "\n사람이 고친 글이에요.\n", "utf-8")
    for _ in range(2):
        assert cli.main(["import", str(second), *paper]) == 0
        assert "/// discussed" in (root / "docs" / "sessions" / "second.md").read_text("utf-8")
        assert note.read_text("utf-8").count("session: second\n") == 1


def test_minutes_that_are_not_there_are_told_of_in_korean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = empty(tmp_path / "project")
    gone = str(tmp_path / "없는.md")
    assert cli.main(["import", gone, "--paper", "1907.11692v1", "--root", str(root)]) == 1
    assert capsys.readouterr().err == (
        f"{gone}:1:1: PN704 이런 파일이 없어요. 경로와 철자를 살펴 주세요.\n"
    )
