"""What of a page is no prose: as the renderer reads it, and quickly whatever is written."""

import html
import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from papernotes.note.spans import CODE, FORMULAS, NO_PROSE, Kind, formula, mask, spans
from tests.rendering import stock

_SHOWN = re.compile(r'<(?:span|div) class="arithmatex">(.*?)</(?:span|div)>', re.S)


@pytest.fixture(scope="module")
def renderer() -> Markdown:
    return stock()


def rendered(renderer: Markdown, text: str) -> list[str]:
    renderer.reset()
    found = _SHOWN.findall(renderer.convert(text))
    # Escaped once by Markdown, the block form once more by the extension.
    return sorted(html.unescape(html.unescape(each))[2:-2].strip() for each in found)


def read(text: str) -> list[str]:
    return sorted(formula(text, s)[0].strip() for s in spans(text) if s.kind in FORMULAS)


PARTS = ["$", "$$", "a", " ", "\n", "\n\n", "\\", "`", "``", "가", "5", "<b>", "&", "_", "x^2"]
PARTS += ["\n- ", "\n> ", "|", "\n\n```\na\n```\n\n", "\n# ", "<", "{a}"]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PARTS), max_size=16).map("".join))
@example("$a$ `$` $b$")
@example("$5 쯤, **$10**, $c$")
@example("`a` $x_{<t}$ \\$ $y$")
@example("\\\\$a$")
@example("$$\na\n$$\n\n글 $b$")
@example("글\n\n| a | b |\n|---|---|\n| $a | b$ |\n| $c$ | d |\n")
@example("- $$x$$\n\n- $y$\n")
@example("> $$x$$\n")
@example("```\n$a$\n```\n\n$b$")
@example("<!-- $a$ --> $b$")
def test_formulas_are_those_that_the_renderer_finds(renderer: Markdown, text: str) -> None:
    assert read(f"글 {text}") == rendered(renderer, f"글 {text}")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("`a` <b> $c$ <https://d.e> <!-- f -->", "CODE TAG FORMULA ADDRESS COMMENT"),
        ("## 제목 { #id }", "ATTRIBUTES"),
        ("[글](a.md){ .pn-more }", "ATTRIBUTES"),
        ("글 \\{ #id .y }", ""),
        ("집합 {1, 2}는 {x}예요.", ""),
        ("x_{<t} \\`a\\`", "TAG"),
        ("```\n`a` $b$ <c>\n```", "FENCE"),
        ("```\n`a` $b$", "CODE FORMULA"),
        ("<!-- 여러\n\n줄 $a$ --> $b$", "COMMENT FORMULA"),
        ("`a\n\nb` $c$", "FORMULA"),
        ("``a`b`` `c``", "CODE"),
        ("<a@b.c>", "ADDRESS"),
        ("<i onclick=`x`>", "TAG CODE"),
    ],
)
def test_each_kind_is_found(text: str, kinds: str) -> None:
    assert " ".join(span.kind.name for span in spans(text)) == kinds.strip()


def test_a_mask_keeps_every_place() -> None:
    text = "가 `b\nc` $d$\n\n```\ne\n```\n끝"
    masked = mask(text, NO_PROSE, "·")
    assert masked == "가 ··\n·· ···\n\n···\n·\n···\n끝"
    assert mask(text, CODE).count("$") == 2
    assert [i for i, c in enumerate(text) if c == "\n"] == [
        i for i, c in enumerate(masked) if c == "\n"
    ]


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*PARTS, "{", "}", "<!--", "-->", "~~~", '"']), max_size=40))
def test_spans_lie_in_order_and_in_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    found = spans(text)
    assert list(found) == sorted(found, key=lambda each: (each.start, -each.end))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    plain = [each for each in found if each.kind is not Kind.TAG]
    assert all(a.end <= b.start for a, b in pairwise(plain))
