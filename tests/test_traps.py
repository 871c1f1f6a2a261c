"""Markdown that would mislead a reader is told, with its place and what to do."""

import unicodedata
from pathlib import Path

import pytest

from papernotes.check.check import check_page
from papernotes.check.letters import mend, of_snippets
from papernotes.problems import Problem


def told(root: Path, text: str) -> list[Problem]:
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs" / "a.md").write_text(f"---\ntitle: 글\n---\n\n{text}\n", "utf-8")
    return list(check_page(root, "a.md").problems)


TOKENS = [
    "RoBERTa는 문장을 <s>로 시작하고 </s>로 끝내요.",
    "배치 크기 <b>와 첨자 <i>도 있어요.",
    "<mask> 자리를 맞혀요.",
    "<unk>와 <pad>는 달라요.",
    "<u>, <q>, <var>",
    "<del>지운 글</del>",
    "<em>기울임</em>",
    "<code>코드</code>",
    "<S>",
    "</s>",
    "<bos>로 시작해요.",
    "H<sub>2O",
    "H</sub>2O",
    "<kbd>Ctrl\n\n다음 문단</kbd>",
    "<sub><sup>x</sub></sup>",
    "<kbd class=pn-run>x</kbd>",
    "<details><summary>x</summary></details>",
    "<!DOCTYPE html>",
    "<?php echo 1 ?>",
    "<![CDATA[x]]>",
    "<!-- <b> -->",
    r"\<s>",
    "| 가 |\n|---|\n| <s> |",
    "- <mask>",
    "> <s>",
    "## <s> 제목",
    "**<s>**",
]


@pytest.mark.parametrize("text", TOKENS)
def test_a_token_that_is_read_as_html_is_told(tmp_path: Path, text: str) -> None:
    found = [each for each in told(tmp_path, text) if each.code == "PN508"]
    assert found
    assert "`로 감싸" in found[0].message
    assert found[0].line >= 5


def test_html_is_told_once_with_what_to_write_instead(tmp_path: Path) -> None:
    text = '<details>\n<summary>제목</summary>\n\n글\n\n</details>\n\n<s>글</s> <a href="/">글</a>'
    messages = [each.message for each in told(tmp_path, text) if each.code == "PN508"]
    assert [each.split("`")[1] for each in messages] == ["<details>", "<summary>", "<s>", "<a>"]
    assert ["/// details" in each for each in messages] == [True, True, False, False]
    assert "[글](주소)" in messages[-1]


@pytest.mark.parametrize(
    "text",
    [
        "`<s>`로 시작하고 `</s>`로 끝내요.",
        "&lt;s&gt;로 시작해요.",
        "H<sub>2</sub>O, x<sup>2</sup><br>다음 줄, <kbd>Ctrl</kbd>+<kbd>C</kbd>",
        "<ruby>漢<rp>(</rp><rt>한</rt><rp>)</rp></ruby>",
        "a < b, b > c, 1<2, x <- y, 3 <4",
        "$x_{<t}$와 $a<b>c$",
        "<!-- 메모 -->",
        "```html\n<s>\n```",
        "| `<s>` |\n|---|\n| 글 |",
    ],
)
def test_html_that_is_closed_and_meant_is_left_alone(tmp_path: Path, text: str) -> None:
    assert [each for each in told(tmp_path, text) if each.code == "PN508"] == []


@pytest.mark.parametrize("name", ["question", "answer"])
def test_a_members_words_hold_no_html(unbuilt: Path, name: str) -> None:
    file = unbuilt / "docs/papers/electra.md"
    lines = file.read_text("utf-8").split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"/// {name}"))
    at = next(i for i in range(at, len(lines)) if lines[i] and not lines[i].startswith((" ", "/")))
    lines[at] += " H<sub>2</sub>O"
    file.write_text("\n".join(lines), "utf-8")
    found = check_page(unbuilt, "papers/electra.md").problems
    assert [(each.code, each.line) for each in found] == [("PN508", at + 1)] * 2


@pytest.mark.parametrize(
    "text",
    [
        '`{"base": "https://e.com"}`{ #__config }',
        '*원문과 대조함*{ .pn-verified title="x" }',
        "[글](https://example.com){ .pn-filter }",
        "[글](https://example.com){ .pn-run }",
        "**글**{ hidden=hidden }",
        "문단\n{ .md-search }",
        "## 제목 { #__search }",
        "## 제목 { #pn-a }",
        "## 제목 { .pn-verified }",
        "문단\n{ style=color:red }",
        "문단\n{ data-block=1 }",
        "문단\n{: #__palette }",
        "| 가 |\n|---|\n| 글 { .pn-verified } |",
        "[글](https://example.com){ onclick=alert(1) }",
        "[글](https://example.com){ href=javascript:alert(1) }",
        "- 하나\n{ .pn-verified }",
        "`글`{ .a .b }",
        "**글**{ tabindex=1 }",
        "*글*{ hidden }",
        "**집합**{1, 2}",
        "`f`{x}",
        "$x${y}",
        "[글](https://example.com){x}",
        "<https://example.com>{x}",
        "글[^1]{x}\n\n[^1]: 글",
        "## 글 {x}",
        "글\n{1, 2}",
        "글\n{1, 2}\n***\n글",
        "글\n{1, 2}\n<!-- 메모 -->\n",
        "*글*{ =x }",
        "*글*{ it's }",
        "| 가 {x} |\n|---|\n| 1 |",
    ],
)
def test_attributes_that_are_the_sites_own_are_told(tmp_path: Path, text: str) -> None:
    assert {each.code for each in told(tmp_path, text)} & {"PN507", "PN210"}


@pytest.mark.parametrize(
    "text",
    [
        "## 제목 { #static-masking }",
        "[글](https://example.com){ .pn-more }",
        "*masked language model*{ lang=en }",
        "집합 {1, 2}와 {x}, {t=1}인 때",
        "f(x){y}, [MASK]{x}, **글** {x}, H<sub>2</sub>{x}, **집합**\\{1, 2\\}",
        "`{ #id }`로 적어요.",
        "{1, 2}\n다음 줄",
        "앞 줄\n{% if x %}\n다음 줄",
        "$\\{x = 1\\}$와 $x_{i=1}$",
    ],
)
def test_attributes_that_authors_need_are_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


FEIGNED = [
    "[글](https://example.com@example.org/)",
    "[글](https://p\u0430ypal.com/)",
    "[https://example.com](https://example.org)",
    "[글]\n\n[글]: https://example.com@example.org",
]


@pytest.mark.parametrize("text", FEIGNED)
def test_a_link_that_leads_elsewhere_than_it_seems_is_told(tmp_path: Path, text: str) -> None:
    assert [each.code for each in told(tmp_path, text)] == ["PN505"]


@pytest.mark.parametrize(
    "text",
    [
        "[https://example.com](https://www.example.com/a)",
        "[예](https://예.한국/@a) <https://example.com> [run.py](https://example.com/run.py)",
        "[`https://example.com`](https://example.com)",
    ],
)
def test_a_link_that_says_where_it_leads_is_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


@pytest.mark.parametrize("before", ["> ", "- 글\n\n    ", "> - ", "1. "])
def test_an_address_in_a_quotation_or_an_item_is_read(tmp_path: Path, before: str) -> None:
    found = told(tmp_path, f"{before}[a]: javascript:alert(1)\n\n[a]")
    assert "PN505" in {each.code for each in found}


HIDDEN = {
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "no-break mark": "\ufeff",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "Arabic letter mark": "\u061c",
    "soft hyphen": "\u00ad",
    "line separator": "\u2028",
    "Hangul filler": "\u3164",
    "half-width filler": "\uffa0",
    "braille blank": "\u2800",
    "tag letter": "\U000e0041",
    "escape": "\x1b",
    "null": "\x00",
    "backspace": "\x08",
    "invisible times": "\u2062",
}


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("text", ["문장{}이에요.", "```\ncode{}\n```", "[글{}](https://e.com)"])
def test_a_letter_that_nobody_sees_is_told(tmp_path: Path, name: str, text: str) -> None:
    found = [
        each for each in told(tmp_path, text.replace("{}", HIDDEN[name])) if each.code == "PN808"
    ]
    assert len(found) == 1
    assert f"U+{ord(HIDDEN[name]):04X}" in found[0].message
    assert found[0].line == 5 + text[: text.index("{}")].count("\n")


@pytest.mark.parametrize("text", ["&zwnj;", "&#8203;", "&#x202e;", "&shy;", "&lrm;", "[&zwnj;](#)"])
def test_a_letter_that_nobody_sees_is_told_by_its_name_too(tmp_path: Path, text: str) -> None:
    assert "PN808" in {each.code for each in told(tmp_path, f"글{text}")}
    assert "PN808" not in {each.code for each in told(tmp_path, f"글 `{text}` &amp; &copy;")}


def test_emoji_and_letters_of_all_languages_are_no_secret(tmp_path: Path) -> None:
    text = "가족 👩‍👩‍👧 ❤️ é ñ 漢字 ひらがな العربية α 𝐱 ½ — “글” ㄱ ㅏ"
    assert [each for each in told(tmp_path, text) if each.code in ("PN807", "PN808")] == []


def test_hidden_letters_of_code_and_records_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "snippets" / "a"
    folder.mkdir(parents=True)
    (folder / "b.py").write_text("x = 1 # \u202e\n", "utf-8")
    (folder / "b.txt").write_text("1\n\x1b[31m2\n", "utf-8")
    (folder / "b.svg").write_text("<svg>\u202e</svg>\n", "utf-8")
    found = [(each.path, each.line, each.column) for each in of_snippets(tmp_path)]
    assert found == [
        ("snippets/a/b.py", 1, 9),
        ("snippets/a/b.svg", 1, 6),
        ("snippets/a/b.txt", 2, 1),
    ]


def test_hangul_taken_apart_is_told_and_put_together(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "한글 문장이에요. café")
    text = f"{apart}\n\n`{apart}`"
    [found] = told(tmp_path, text)
    assert (found.code, found.line, found.column) == ("PN807", 5, 1)
    assert list(mend(tmp_path)) == ["docs/a.md"]
    mended = (tmp_path / "docs" / "a.md").read_text("utf-8")
    assert "한글 문장이에요. café\n" in mended
    assert f"`{apart}`" in mended
    assert list(check_page(tmp_path, "a.md").problems) == []
