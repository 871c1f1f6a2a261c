"""Nothing active gets onto a page, whichever way it is written: tried on both lines of defence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from mkdocs.config import load_config

from papernotes.check.check import check

PAGE = "docs/contributing.md"

ACTIVE = [
    "<script>alert(1)</script>",
    "글 <SCRIPT src=//e.com/x.js></SCRIPT>",
    "<b/onclick=alert(1)>x</b>",
    "<b onclick=alert(1)>x</b>",
    "<img src=x alt=y\nonerror=alert(1)>",
    "`x` <i onclick=`x`>y</i>",
    "<input autofocus onfocus=alert(1)>",
    '<iframe src="https://e.com"></iframe>',
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a xlink:href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[[x]](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](JaVa&#115;cript:alert(1))",
    "[x](data:text/html,x)",
    "[x]\n\n[x]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "문단\n{ onclick=alert(1) }",
    '문단\n{ title="}" onclick="x" }',
    "[링크](index.md){ href=javascript:alert(1) }",
    "[링크](index.md){ style=position:fixed }",
    '/// details | x\n    attrs: {onclick: "alert(1)"}\ny\n///',
    "![그림](https://e.com/a.png)",
    "![그림](//e.com/a.png)",
    "![그림][r]\n\n[r]: https://e.com/a.png",
    "![r]\n\n[r]: https://e.com/a.png",
    "> [r]: javascript:alert(1)\n\n[x][r]",
    '<img src="assets/masks.svg" alt="x" srcset="https://e.com/a.png 2x">',
    '<video poster="https://e.com/a.png"></video>',
    '<audio src="https://e.com/a.mp3"></audio>',
    "문단\n{ data-verified=1907.11692v1 }",
    "문단\n{ data-block=1 }",
    '<blockquote data-verified="1907.11692v1">내 말</blockquote>',
    '<div markdown data-verified="1907.11692v1">\n내 말\n</div>',
    r"\`<b onclick=alert(1)>x</b>\`",
    "```\n<script>alert(1)</script>",
    "~~~ python\n<script>alert(1)</script>\n```",
    "## __config",
    "## `__palette` 글",
    "## pn-verified",
]

HARMLESS = [
    "<kbd>Ctrl</kbd>+<kbd>C</kbd>, H<sub>2</sub>O<br>다음 줄",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "~~~\n<b onclick=x>\n~~~",
    "$\\sum_{i=1}^{n} x_{one=1}$, a < b, c > d, x<=y",
    "![그림](assets/masks.svg){ width=100 }",
    "[바깥](https://example.com), <https://example.com>, <mailto:a@example.com>",
    "문단 { #here .pn-more }",
    "| 가 | 나 |\n|---|---:|\n| 1 | 2 |",
    "/// details | 더 보기\n숨은 글\n///",
    "각주[^1]\n\n[^1]: 글",
    "<!-- 나중에 볼 것 -->",
    "## `__init__` { #init }",
    "```python\n# __init__\n```",
]


@pytest.fixture
def project(unbuilt: Path) -> Path:
    """A project that is checked and not built."""
    return unbuilt


@pytest.fixture(scope="module")
def config(original: Path) -> Iterator[Any]:
    """The real mkdocs.yml."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(original)
        patch.setenv("NOTEBOOKS", "false")
        yield load_config("mkdocs.yml")


@pytest.fixture
def markdown(config: Any) -> Markdown:
    """Markdown as the real mkdocs.yml sets it up."""
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


@pytest.mark.parametrize("text", ACTIVE)
def test_active_content_is_found_in_the_source(project: Path, text: str) -> None:
    with (project / PAGE).open("a", encoding="utf-8") as page:
        page.write(f"\n{text}\n")
    found = [problem for problem in check(project).problems if problem.path == PAGE]
    assert found
    last = (project / PAGE).read_text("utf-8").count("\n") + 1
    assert all(problem.line > last - 7 for problem in found)


@pytest.mark.parametrize("text", ACTIVE)
def test_active_content_that_the_renderer_makes_stops_it(markdown: Markdown, text: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        markdown.convert(f"글\n\n{text}\n")
    assert "PN507" in str(stopped.value) or "PN508" in str(stopped.value)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_content_passes_both(project: Path, markdown: Markdown, text: str) -> None:
    with (project / PAGE).open("a", encoding="utf-8") as page:
        page.write(f"\n{text}\n")
    assert [problem for problem in check(project).problems if problem.path == PAGE] == []
    assert markdown.convert(f"글\n\n{text}\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("description: ", 'description: "\\"><script>alert(1)</script>" #'),
        ("description: ", 'description: "\\x3cscript\\x3e" #'),
        ("title: ", "title: <b>굵게</b> #"),
    ],
)
def test_front_matter_holds_no_html(project: Path, old: str, new: str) -> None:
    file = project / PAGE
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert [problem.code for problem in check(project).problems] == ["PN508"]


def test_escapes_in_a_source_are_seen_through(project: Path) -> None:
    file = project / "docs/papers/electra.md"
    text = file.read_text("utf-8")
    head, _, rest = text.partition('    source: "')
    file.write_text(f'{head}    source: "\\x3cscript\\x3ealert(1); {rest}', "utf-8")
    assert "PN508" in {problem.code for problem in check(project).problems}
