r"""Formulas: what papers write comes out whole, and what cannot is told with its place."""

import time
import xml.etree.ElementTree as etree
from html import escape
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from papernotes.check.check import check_page
from papernotes.note import latex
from papernotes.render import math
from tests.conftest import ROOT
from tests.rendering import stock

KINDS: dict[str, list[str]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "formulas.yml").read_text("utf-8")
)
REFUSED = {r"\color{red}{x}", r"\textcolor{blue}{y}", r"a \tag{1}"}
"""Commands that GitHub draws and we do not."""
FORMULAS = [source for kind in KINDS.values() for source in kind if source not in REFUSED]
MATHML_3 = {"columnalign", "rowspacing", "columnspacing", "columnlines", "rowlines", "notation"}


def letters(math_: etree.Element) -> str:
    return "".join(math_.itertext())


@pytest.mark.parametrize("display", [False, True], ids=["inline", "block"])
@pytest.mark.parametrize("source", FORMULAS)
def test_what_papers_write_comes_out_whole(source: str, display: bool) -> None:
    made = latex.to_mathml(source, display=display)
    assert "\\" not in letters(made).replace("∖", "").replace(r"\backslash", "") or (
        r"\backslash" in source
    )
    for each in made.iter():
        assert MATHML_3.isdisjoint(each.attrib)
        assert each.get("mathvariant", "normal") == "normal"
        assert each.tag not in ("menclose", "mfenced", "maction", "semantics")


@pytest.mark.parametrize("source", sorted(REFUSED))
def test_what_github_alone_draws_is_told(source: str) -> None:
    found = latex.error(source, display=True)
    assert found
    assert found.message.endswith("주세요.")


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        (r"\mathbf x", "𝐱"),
        (r"\boldsymbol{\theta}", "𝜽"),
        (r"\bm{W}", "𝑾"),
        (r"\mathbb{1}", "𝟙"),
        (r"\mathbb{R}", "ℝ"),
        (r"\mathfrak{g}", "𝔤"),
        (r"\mathtt{ab}", "𝚊𝚋"),
        (r"{\bf x}", "𝐱"),
        (r"\text{Q\&A}", "Q&A"),
        (r"\text{<s>}", "<s>"),
        (r"\text{정답}", "정답"),
        (r"x<y", "x<y"),
        (r"\left<x\right>", "⟨x⟩"),
        (r"\text{만약 $x > 0$이면}", "만약\u00a0x>0이면"),
    ],
)
def test_letters_are_those_that_browsers_draw(source: str, drawn: str) -> None:
    assert letters(latex.to_mathml(source, display=True)).replace("\ufe00", "") == drawn


@pytest.mark.parametrize("name", [r"\max", r"\lim", r"\argmax", r"\operatorname*{arg\,max}"])
def test_limits_stand_below_in_a_block_and_beside_in_a_line(name: str) -> None:
    below = latex.to_mathml(rf"{name}_{{x}} f", display=True)
    beside = latex.to_mathml(rf"{name}_{{x}} f", display=False)
    assert below.find(".//munder") is not None
    assert beside.find(".//msub") is not None or beside.find(".//munder") is not None


def test_columns_are_aligned_by_what_browsers_know() -> None:
    made = latex.to_mathml(r"\begin{aligned} a &= b \\ &< c \end{aligned}", display=True)
    assert [cell.get("style", "")[:16] for cell in made.iter("mtd")] == [
        *("text-align: righ", "text-align: left"),
        *("text-align: righ", "text-align: left"),
    ]


def test_limits_of_more_than_one_line_are_as_small_as_others() -> None:
    made = latex.to_mathml(r"\sum_{\substack{i=1 \\ i \neq j}} x_i", display=True)
    [table] = made.iter("mtable")
    assert "scriptlevel" not in table.attrib


@pytest.mark.parametrize("name", ["align", "alignat{2}", "equation", "gather", "multline"])
def test_no_formula_has_a_number(name: str) -> None:
    bare, brace, columns = name.partition("{")
    made = latex.to_mathml(rf"\begin{{{bare}}}{brace}{columns} a \end{{{bare}}}", display=True)
    assert letters(made).strip() == "a"


def test_where_lines_are_set_is_no_part_of_a_formula() -> None:
    made = latex.to_mathml(r"\begin{aligned}[t] x &\sim p \end{aligned}", display=True)
    assert letters(made) == "x∼p"


BROKEN = {
    r"\KL(p \| q)": ("\\KL", 0),
    r"x + \KL": ("\\KL", 4),
    r"\begin{alignedat}{2} a &= b \KL \end{alignedat}": ("\\KL", 28),
    r"\frac{a": ("}", 7),
    r"x^": ("빠졌", 2),
    r"x_": ("빠졌", 2),
    r"x^2^3": ("겹쳤", 3),
    r"\left( x": ("right", 8),
    r"\begin{cases} a": ("end", 15),
    r"\end{cases}": ("end", 0),
    r"\begin{foo} a \end{foo}": ("foo", 6),
    r"% only a comment": ("사라져요", 0),
    r"50% x": ("사라져요", 2),
    r"a \\ b": ("줄바꿈", 2),
    r"\text{R&D}": ("text", 7),
    r"a & b": ("&", 2),
    r"\label{eq:1} x": ("번호", 0),
    r"\eqref{eq:1}": ("번호", 0),
    r"\href{javascript:alert(1)}{x}": ("링크", 0),
    r"\style{position:fixed}{x}": ("모양", 0),
    r"\class{pn-verified}{x}": ("모양", 0),
    r"\cssId{__config}{x}": ("모양", 0),
    r"\htmlId{a}{x}": ("모양", 0),
    r"\url{https://example.com}": ("링크", 0),
    r"\newcommand{\x}{\x\x}\x": ("명령", 0),
    r"\def\x{a}\x": ("명령", 0),
    r"\kern-100em x": ("em", 0),
    r"\hspace{1000em}x": ("em", 0),
    r"\includegraphics{a.png}": ("모르는", 0),
    r"\unicode{60}": ("모르는", 0),
    r"\mathchoice{a}{b}{c}{d}": ("하나만", 0),
    r"x = \mathop{\mathrm{argmax}}_y": ("operatorname", 4),
    r"a \middle| b": ("짝", 2),
    r"\left( a \right) \middle| b": ("짝", 17),
    r"x + \hat{}": ("비어", 0),
    r"\overline{}": ("비어", 0),
    r"\vec{} x": ("비어", 0),
    "a # b": ("#", 2),
    "a\x00": ("보이지", 1),
    "\\text{a\u200bb}": ("보이지", 7),
    "a\u2062": ("보이지", 1),
    r"\phantom{x}": ("비어", 0),
    r"\left. \right.": ("비어", 0),
    r"x \kern-3em \kern-3em y": ("em", 0),
}


@pytest.mark.parametrize("source", BROKEN)
def test_a_broken_formula_is_told_with_its_place(source: str) -> None:
    said, offset = BROKEN[source]
    found = latex.error(source, display=True)
    assert found
    assert said in found.message
    assert found.message.endswith("주세요.")
    assert found.offset == offset


@pytest.mark.parametrize(
    "source",
    [
        *("(" * 60, r"\bigl(" * 60, "{" * 4000, r"\frac" * 900, r"\sqrt{" * 800, "|" * 4000),
        *(r"\left(" * 500, "x" * 6000, r"\begin{matrix}" * 300, r"\not" * 900),
        "([" * 40 + ")]" * 40,
    ],
)
def test_a_formula_that_would_take_long_or_overflow_ends_at_once(source: str) -> None:
    started = time.perf_counter()
    latex.error(source, display=True)
    assert time.perf_counter() - started < 5


PIECES = r"\frac { } ( ) [ ] ^ _ x & \\ \left( \right) \text{ \bigl( < 가 \max | \end{cases}"


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(PIECES.split()),
        max_size=40,
    ).map("".join)
)
def test_whatever_is_written_there_is_a_formula_or_a_problem(source: str) -> None:
    found = latex.error(source, display=True)
    assert found is None or found.message.endswith("주세요.")


@pytest.fixture(scope="module")
def renderer() -> Markdown:
    return stock()


FORMS = {
    "inline": ("글 ${}$ 글", False),
    "block": ("글\n\n$$\n{}\n$$\n\n글", True),
    "in one line": ("글\n\n$${}$$\n", True),
    "in a list": ("- ${}$\n", False),
    "in a list's block": ("- 글\n\n    $${}$$\n", True),
    "in a table": ("| 가 | 나 |\n|---|---|\n| ${}$ | 나 |\n", False),
    "in a heading": ("## 글 ${}$\n", False),
    "in a quotation": ("> ${}$\n", False),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sign", ["a < b", "a > b", r"a \& b", r"x_{<t}", r"\text{<s>\&}"])
def test_signs_of_html_come_out_right_in_every_place(
    renderer: Markdown, form: str, sign: str
) -> None:
    text, display = FORMS[form]
    from markdown.treeprocessors import Treeprocessor

    class Convert(Treeprocessor):
        def run(self, root: etree.Element) -> None:
            assert math.convert(root) == []

    renderer.reset()
    renderer.treeprocessors.register(Convert(renderer), "formulas", 16)
    page = BeautifulSoup(renderer.convert(text.replace("{}", sign)), "html.parser")
    found = page.find("math")
    assert found
    expected = letters(latex.to_mathml(sign, display=display))
    assert found.get_text() == expected
    assert escape(expected) != expected


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("언어 모델은 $p(x_t \\mid x_{<t})$를 배워요. $x<y$, $0<p<1$", None, 0),
        ("훈련 한 번에 $5 쯤 들고 하루면 $10 쯤이에요.", None, 0),
        ("비용은 **$5부터 $10까지**예요.", None, 0),
        ("훈련 한 번에 $5 쯤, 하루면 $10 쯤이에요. 비용은 **$5예요.", "PN806", 19),
        ("costs $5/$10", "PN806", 7),
        ("한 번에 $5~$10쯤 들어요.", "PN806", 6),
        ("costs $5 per hour, $10 per day (in US$).", "PN806", 20),
        ("글 $가 + b$ 글", "PN806", 3),
        (r"글 $\text{가} + b$ 글", None, 0),
        (r"글 $\KL(p)$ 글", "PN805", 4),
        (r"글 $a + \KL(p)$ 글", "PN805", 8),
        ("글\n$$\nx\n$$", "PN806", 1),
        ("글 $$x$$ 글", "PN806", 3),
        (r"글 \(x_i\) 글", "PN806", 3),
        (r"글 \(괄호\) 글", None, 0),
        (r"\[MASK\] 글", None, 0),
        ("글\n\n\\begin{align}\na &= b\n\\end{align}", "PN806", 1),
        ("글 `$\\KL$` 글", None, 0),
        ("```\n$\\KL$\n```", None, 0),
        (r"\$5와 \$10", None, 0),
        ("$5예요.", None, 0),
        ("1달러($)와 100엔(¥)", None, 0),
        ("[글](https://e.com/$a$)", "PN806", 19),
        ('[글](https://e.com "값 $a$")', "PN806", 22),
        ("<https://e.com/$a$>", "PN806", 16),
        ("[$x$의 글](https://e.com) ($y$)", None, 0),
    ],
)
def test_a_page_tells_formulas_from_money(
    tmp_path: Path, text: str, code: str | None, column: int
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(f"---\ntitle: 글\n---\n\n{text}\n", "utf-8")
    found = check_page(tmp_path, "a.md").problems
    assert [each.code for each in found][:1] == ([code] if code else [])
    if code:
        assert found[0].column == column


@pytest.mark.parametrize(
    ("source", "tags"),
    [(r"A^{\prime}", "mi mo"), ("f''", "mi mo"), ("A'_i", "msub mo")],
)
def test_a_prime_is_as_large_as_its_letter(source: str, tags: str) -> None:
    root = etree.fromstring("<p><span class='arithmatex'/></p>")
    root[0].text = rf"\({source}\)"
    assert math.convert(root) == []
    [row] = root.iter("mrow")
    assert [child.tag for child in row] == tags.split()
    assert root.find(".//msup") is None
