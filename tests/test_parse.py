"""A note's source becomes the model, or a list of problems with their lines."""

import dataclasses
from pathlib import Path

import pytest

from papernotes.note import frontmatter
from papernotes.note.kinds import parse_place
from papernotes.note.model import Answer, Correction, Listing, Note, Quote, Status, Translation
from papernotes.note.parse import parse_page, parse_partial, parse_session

NOTE = """\
---
title: "A Paper"
short: Paper
description: 한 줄 소개예요.
authors: [Ada Lovelace, Alan Turing]
year: 2019
venue: arXiv
arxiv: 1907.11692v1
references:
  - short: Other
    title: Another
    authors: [Grace Hopper]
    year: 2018
    venue: ACL 2018
    arxiv: 1810.04805v2
---

소개예요.

## 첫 구절 { #first-passage }

/// quote | §4.1, pp. 4-5
To avoid using the same mask for each training instance.
///

/// translation
같은 마스크를 쓰지 않도록.
///

/// question | 하늘
    status: corrected
    tags: [masking, glue]

무슨 뜻인가요?
///

/// gist
    source: Paper §4.1, p. 4
짧은 답이에요.
///

/// answer | 바다
이런 뜻이에요.
///

/// addition | 바다
    source: Paper §4.2, p. 5
하나 더 있어요.
///

/// correction | 바다
    source: Paper §4.1, p. 4; 우리의 계산
조금 달라요.
///

/// explanation
    source: Paper Table 1, p. 4
풀이예요.

```text
/// not-a-block
```
///

/// evidence | Table 2, p. 7
    paper: Other
Some models do not have scores.
///

/// open
모르는 것이에요.
///
"""


def read(text: str) -> Note:
    note, problems = parse_partial(text, "papers/paper.md")
    assert not problems
    assert note
    return note


def complaints(text: str) -> list[str]:
    _, problems = parse_partial(text, "papers/paper.md", "docs/papers/paper.md")
    return [f"{problem.line}:{problem.column} {problem.code}" for problem in problems]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_note_is_read_whole() -> None:
    note = read(NOTE)
    assert note.paper.authors == ("Ada Lovelace", "Alan Turing")
    assert [paper.short for paper in note.references] == ["Other"]
    (passage,) = note.passages
    assert (passage.id, passage.title) == ("first-passage", "첫 구절")
    assert passage.status is Status.CORRECTED
    assert passage.question.tags == ("masking", "glue")
    assert passage.people == ("하늘", "바다")
    assert passage.quote.place.where == "§4.1"
    assert passage.quote.place.pages == (4, 5)
    assert [quote.paper.short for quote in passage.quotes] == ["Paper", "Other"]
    assert [type(block).__name__ for block in passage.blocks] == [
        *("Quote", "Translation", "Question", "Gist", "Answer", "Addition"),
        *("Correction", "Explanation", "Quote", "Open"),
    ]


def test_blocks_know_their_lines() -> None:
    note = read(NOTE)
    for block in note.passages[0].blocks:
        lines = NOTE.split("\n")
        assert lines[block.line - 1].startswith("///")
        assert lines[block.text_line - 1] == block.text.split("\n")[0]


def test_sources_are_split_at_semicolons() -> None:
    correction = next(b for b in read(NOTE).passages[0].blocks if isinstance(b, Correction))
    assert correction.sources == ("Paper §4.1, p. 4", "우리의 계산")


@pytest.mark.parametrize(
    ("status", "codes"),
    [("open", []), ("mentor", []), ("answered", ["PN223"]), ("corrected", ["PN223"])],
)
def test_a_settled_question_has_a_short_answer(status: str, codes: list[str]) -> None:
    gist = "/// gist\n    source: Paper §4.1, p. 4\n짧은 답이에요.\n///\n"
    text = NOTE.replace(gist, "").replace("status: corrected", f"status: {status}")
    assert gist in NOTE
    found = [problem.code for problem in parse_partial(text, "papers/paper.md")[1]]
    assert found == codes


def test_a_short_answer_still_to_be_written_needs_no_source_yet() -> None:
    asked = "/// gist\n<!-- 채우기: 이 질문을 한 사람이 알아야 할 것을 적어 주세요. -->"
    text = NOTE.replace("/// gist\n    source: Paper §4.1, p. 4\n짧은 답이에요.", asked)
    assert text != NOTE
    gist = read(text).passages[0].gist
    assert gist
    assert gist.sources == ()


def test_a_short_answer_is_measured_in_letters_that_readers_see() -> None:
    longest = "[**가나 `다라`**](https://example.org/) " + "마 " * 86
    passage = read(NOTE.replace("짧은 답이에요.", longest)).passages[0]
    assert passage.gist
    assert passage.gist.sources == ("Paper §4.1, p. 4",)


def test_code_fences_hide_block_marks() -> None:
    text = next(b for b in read(NOTE).passages[0].blocks if type(b).__name__ == "Explanation").text
    assert "/// not-a-block" in text


@pytest.mark.parametrize("change", ["\r\n", "\ufeff"])
def test_windows_line_ends_and_byte_order_marks_do_not_matter(change: str) -> None:
    text = NOTE.replace("\n", change) if change == "\r\n" else change + NOTE
    assert read(text) == read(NOTE)


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("---\ntitle", "title", "PN101", None),
        ('title: "A Paper"', 'title: "A Paper', "PN101", None),
        ("year: 2019\n", "", "PN102", None),
        ("year: 2019", "year: 20x9", "PN104", "year: 20x9"),
        ("arxiv: 1907.11692v1", "arxiv: '1907.11692'", "PN104", "arxiv: '1907.11692'"),
        ("venue: arXiv\n", "venue: arXiv\nvenu: x\n", "PN103", "venu: x"),
        ("/// answer | 바다", "/// anwser | 바다", "PN201", "/// anwser"),
        ("    status: corrected", "    status: done", "PN203", "    status: done"),
        ("    status: corrected", "    state: open", "PN202", "    state: open"),
        ("    status: corrected\n    tags: [masking, glue]\n", "", "PN203", "/// question"),
        ("tags: [masking, glue]", "tags: [마스킹]", "PN203", "    tags"),
        ("    tags: [masking, glue]", "    tags: [masking", "PN203", "    status"),
        ("/// answer | 바다\n이런 뜻이에요.\n///\n", "/// answer | 바다\n이런\n", "PN214", None),
        ("모르는 것이에요.\n///", "모르는 것이에요.", "PN204", "/// open"),
        ("/// answer | 바다", "/// answer", "PN205", "/// answer"),
        ("/// correction | 바다", "/// correction", "PN205", "/// correction"),
        ("/// correction | 바다", "/// correction | 하늘", "PN218", "/// correction"),
        ("    source: Paper §4.1, p. 4; 우리의 계산\n", "", "PN217", "/// correction"),
        ("/// addition | 바다", "/// addition", "PN205", "/// addition"),
        ("/// addition | 바다", "/// addition | 하늘", "PN218", "/// addition"),
        ("    source: Paper §4.2, p. 5\n", "", "PN217", "/// addition"),
        ("/// gist\n    source: Paper §4.1, p. 4\n", "/// gist\n", "PN217", "/// gist"),
        ("짧은 답이에요.", "길어요. " * 31, "PN222", "길어요."),
        ("/// open", "/// gist\n    source: 우리의 추론\n둘\n///\n\n/// open", "PN215", None),
        ("/// quote | §4.1, pp. 4-5", "/// quote | 4쪽", "PN208", "/// quote"),
        ("/// quote | §4.1, pp. 4-5", "/// quote | §4.1, pp. 5-4", "PN208", "/// quote"),
        ("{ #first-passage }", "", "PN209", "## 첫"),
        ("#first-passage", "#첫-구절", "PN210", "## 첫"),
        ("#first-passage", "#First", "PN210", "## 첫"),
        ("이런 뜻이에요.\n", "", "PN212", "/// answer"),
        ("\n소개예요.", "\n/// open\n모름\n///", "PN213", "/// open"),
        ("    paper: Other", "    paper: Another", "PN219", "    paper: Another"),
        ("/// translation\n", "/// answer | 누구\n말\n///\n\n/// translation\n", "PN216", None),
        ("모르는 것이에요.\n///", "모르는 것이에요.\n///\n\n///", "PN220", None),
        ("source: Paper §4.2, p. 5", 'source: "\\u202ePaper"', "PN203", '    source: "'),
        ("source: Paper §4.2, p. 5", 'source: "\\0Paper"', "PN203", '    source: "'),
        ("source: Paper §4.2, p. 5", "source: [Paper]", "PN203", "    source: ["),
        ("source: Paper §4.2, p. 5", "source: {Paper: 1}", "PN203", "    source: {"),
        ("source: Paper §4.2, p. 5", "source: !!binary aGk=", "PN203", "    source: !"),
        ("source: Paper §4.2, p. 5", "source: a\n    source: b", "PN203", None),
        ("tags: [masking, glue]", "session: ../../README", "PN203", "    session"),
        ("tags: [masking, glue]", f"session: {'a' * 5000}", "PN203", "    session"),
        ("tags: [masking, glue]", 'session: "a\\0b"', "PN203", "    session"),
        ("/// answer | 바다", f"/// answer | {'바' * 3000}", "PN203", "/// answer"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, code: str, at: str | None) -> None:
    assert old in NOTE
    broken = NOTE.replace(old, new, 1)
    found = complaints(broken)
    assert code in {entry.split()[1] for entry in found}
    if at:
        lines = {entry.split(":")[0] for entry in found if entry.endswith(code)}
        assert str(line_of(broken, at)) in lines


@pytest.mark.parametrize("indent", ["", "  ", "\t", "\n    "])
def test_an_option_where_none_is_read_is_not_told_to_be_missing(indent: str) -> None:
    old = "    status: corrected\n    tags"
    broken = NOTE.replace(old, f"{indent}status: corrected\n{indent}tags")
    _, problems = parse_partial(broken, "papers/paper.md", "docs/papers/paper.md")
    assert [(p.code, p.line) for p in problems] == [("PN203", line_of(broken, "status:"))]
    assert "네 칸" in problems[0].message


def test_options_may_be_nothing_but_a_comment() -> None:
    assert not complaints(NOTE.replace("/// answer | 바다\n", "/// answer | 바다\n    # 2모둠\n"))


@pytest.mark.parametrize(("name", "code"), [("quote", "PN206"), ("question", "PN207")])
def test_a_passage_needs_a_quote_and_a_question(name: str, code: str) -> None:
    start = NOTE.index(f"/// {name}")
    end = NOTE.index("///\n", start + 4) + 4
    assert code in " ".join(complaints(NOTE[:start] + NOTE[end:]))


def test_an_id_is_used_once() -> None:
    twice = NOTE + NOTE[NOTE.index("## 첫") :]
    assert complaints(twice) == [f"{len(NOTE.splitlines()) + 1}:1 PN211"]


def test_all_problems_are_reported_at_once() -> None:
    broken = NOTE.replace("year: 2019\n", "").replace("#first-passage", "#No").replace("done", "x")
    broken = broken.replace("status: corrected", "status: nothing")
    assert {entry.split()[1] for entry in complaints(broken)} == {"PN102", "PN210", "PN203"}


@pytest.mark.parametrize(
    "text", ["", "\x00", "---\n---\n", "---\n: :\n---", "## a\n" * 2000, "/// quote\n" * 2000]
)
def test_any_text_ends_in_problems_not_in_an_exception(text: str) -> None:
    assert complaints(text)


@pytest.mark.parametrize(
    ("text", "where", "pages"),
    [
        ("§4.1, p. 4", "§4.1", (4,)),
        ("§4.2, pp. 4-5", "§4.2", (4, 5)),
        ("§4.2, pp. 4–5", "§4.2", (4, 5)),
        ("Table 2, p. 5", "Table 2", (5,)),
        ("Abstract, p.1", "Abstract", (1,)),
        ("p. 12", None, (12,)),
    ],
)
def test_places(text: str, where: str | None, pages: tuple[int, ...]) -> None:
    place = parse_place(text)
    assert place
    assert (place.where, place.pages) == (where, pages)


@pytest.mark.parametrize("text", ["", "4", "§4.1", "p. 0", "pp. 3-99", "§4.1 p. 4, p. 5 6"])
def test_what_is_no_place(text: str) -> None:
    assert parse_place(text) is None


def test_an_ordinary_page_takes_no_note_blocks() -> None:
    _, problems = parse_page("/// quote | p. 1\nx\n///", "index.md")
    assert [problem.code for problem in problems] == ["PN213"]


@pytest.mark.parametrize(
    ("option", "statuses"),
    [
        ("", ()),
        ("    status: open\n", (Status.OPEN,)),
        ("    status: [open, mentor]\n", (Status.OPEN, Status.MENTOR)),
    ],
)
def test_a_list_of_passages_may_hold_several_statuses(
    option: str, statuses: tuple[Status, ...]
) -> None:
    blocks, problems = parse_page(f"/// passage-list\n{option}///", "index.md")
    assert not problems
    assert [block.statuses for block in blocks if isinstance(block, Listing)] == [statuses]


TERM = "/// term | 가림\n    id: mask\n    en: mask\n\n뜻이에요.\n///\n"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id: mask", "id: pn-mask", "PN210"),
        ("id: mask", "id: md-mask", "PN210"),
        ("id: mask", "id: __config", "PN210"),
        ("id: mask", 'id: "a\\" onload=\\"x"', "PN210"),
        ("id: mask", "id: &a mask\n    aliases: [*a]", "PN203"),
        ("id: mask", "id: a\n    id: b", "PN203"),
        ("id: mask", "id: mask\n    onclick: x", "PN202"),
        ("en: mask", "en: mask\n    aliases: 3", "PN203"),
        ("en: mask", "en: mask\n    aliases: [[a]]", "PN203"),
        ("en: mask", 'en: mask\n    aliases: ["", " "]', "PN203"),
        ("en: mask", 'en: "m\\u200bask"', "PN203"),
        ("가림", "가" * 200, "PN203"),
        ("///\n", f"///\n\n{TERM}", "PN211"),
    ],
)
def test_a_term_that_cannot_be_found_by_its_names_is_told(old: str, new: str, code: str) -> None:
    assert parse_page(TERM, "glossary.md")[1] == []
    assert code in {each.code for each in parse_page(_last(TERM, old, new), "glossary.md")[1]}


def _last(text: str, old: str, new: str) -> str:
    return new.join(text.rsplit(old, 1))


def test_terms_stand_on_the_glossary_alone() -> None:
    assert [each.code for each in parse_page(TERM, "about.md")[1]] == ["PN213"]


def test_a_list_of_passages_has_no_unknown_status() -> None:
    _, problems = parse_page("/// passage-list\n    status: [open, closed]\n///", "index.md")
    assert [problem.code for problem in problems] == ["PN203"]


def test_a_session_names_who_was_there() -> None:
    _, problems = parse_session(
        "---\ntitle: t\ndescription: d\npapers: [a]\n---\n", "sessions/a.md"
    )
    assert [problem.code for problem in problems] == ["PN102"]
    assert "participants" in problems[0].message


def test_the_model_cannot_be_changed() -> None:
    quote = read(NOTE).passages[0].quote
    assert isinstance(quote, Quote)
    with pytest.raises(dataclasses.FrozenInstanceError):
        quote.text = "other"  # type: ignore[misc]


def test_translations_follow_their_quotation() -> None:
    blocks = read(NOTE).passages[0].blocks
    assert isinstance(blocks[1], Translation)
    assert isinstance(blocks[4], Answer)


def test_problems_name_the_file(tmp_path: Path) -> None:
    _, problems = parse_partial("", "papers/x.md", "docs/papers/x.md")
    assert str(problems[0]).startswith("docs/papers/x.md:1:1: PN101 ")


def test_a_body_begins_where_its_first_words_are() -> None:
    page = frontmatter.split("---\ntitle: x\n---\n  \n\t\n- 글\n")
    assert (page.body, page.body_line) == ("- 글\n", 6)
