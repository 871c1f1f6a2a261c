"""What GitHub's Markdown has looks the same on the site, or the check tells it."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from markdown_it import MarkdownIt

from papernotes.check import style
from papernotes.check.check import check_page
from tests.rendering import stock

ALIKE = {
    "heading": "## 제목\n\n### 다음 ###\n",
    "heading behind text": "글이에요.\n## 제목\n",
    "rule": "글\n\n---\n\n***\n\n___\n\n- - -\n",
    "rule behind text": "글\n***\n글\n",
    "emphasis": "*기울임* **굵게** ***둘 다*** _밑줄_ __굵게__\n",
    "emphasis in emphasis": "*가 **나** 다* **라 *마* 바** 2 * 3 ** 4 * 5\n",
    "numbers beside asterisks": "1. *가*와 2**10, *나*\n2. [다](https://example.com)\n",
    "underscores in words": "snake_case_name __init__ 가_나_다\n",
    "strike": "~~지운 글~~은 남아요. 가~~나~~다.\n",
    "one tilde": "1~2장이에요.\n\n3~4장이에요.\n",
    "code span": "`a` ``b ` c`` `` ` ``\n",
    "code span with shebang": "`#!python print(1)` `:::python x`\n",
    "fence": "```python\nprint(1)\n```\n\n~~~\n<b>\n~~~\n",
    "fence with words": "```python 예 하나\nprint(1)\n```\n",
    "fence in a list": "- 하나\n\n    ```\n    a\n    ```\n",
    "tab in code": "```\na	b\n```\n",
    "list": "- 하나\n- 둘\n    - 안\n- 셋\n",
    "other bullets": "* 하나\n* 둘\n\n글\n\n+ 셋\n",
    "numbers": "1. 하나\n2. 둘\n",
    "numbers from three": "3. 셋\n4. 넷\n",
    "bullets in numbers": "1. 하나\n    - 안\n2. 둘\n    - 안\n    - 안\n3. 셋\n",
    "numbers in bullets": "- 하나\n    1. 안\n- 둘\n",
    "bullets behind numbers": "1. 하나\n2. 둘\n\n* 셋\n* 넷\n",
    "paragraph in an item": "- 하나\n\n    둘\n",
    "quotation": "> 글\n> 둘\n\n글\n",
    "lazy quotation": "> 글\n둘\n",
    "quotation in a quotation": "> > 글\n",
    "table": "| 가 | 나 |\n|---|---:|\n| 1 | 2 |\n",
    "table without edges": "가 | 나\n---|---\n1 | 2\n",
    "tildes in cells": "| 1~2장 | 3~4장 |\n|---|---|\n| 1~2 | 3~4 |\n",
    "escaped bar": "| 가 | 나 |\n|---|---|\n| a \\| b | c |\n",
    "link": '[글](https://example.com "제목") [글](<https://example.com/a>)\n',
    "link with brackets": "[글](https://example.com/a_(b))\n",
    "references": "[a], [b]\n\n[a]: https://example.com/1\n[b]: https://example.com/2\n",
    "reference behind a heading": "## 글\n[a]: https://example.com\n\n[a]\n",
    "reference": "[글][a] [a]\n\n[a]: https://example.com\n",
    "address": "<https://example.com> <a@example.com>\n",
    "hard break": "글  \n둘\n",
    "escapes": "\\*글\\* \\# \\_ \\` \\[a\\] \\! \\- \\. \\+ \\{ \\}\n",
    "escaped tilde": "1\\~2장, 3\\~4장\n",
    "escaped dollar": "\\$5와 \\$10\n",
    "entities": "&copy; &amp; &lt; &#35;\n",
    "angle": "a < b > c\n",
    "list behind a heading": "## 글\n- 하나\n",
    "quotation in an item": "1. > 글\n\n글\n\n2. > 둘\n",
    "list behind a rule": "글\n\n***\n- 하나\n",
    "list behind a comment": "<!-- 메모 -->\n- 하나\n",
    "table behind a heading": "## 글\n| 가 |\n|---|\n| 1 |\n",
    "heading behind a list": "- 하나\n## 글\n",
    "line that goes on in an item": "- 하나\n이어서\n- 둘\n",
    "quotation behind text": "글\n> 둘\n",
    "lists that take turns": "- 하나\n\n1. 둘\n\n- 셋\n",
    "markers of lists in lists": "- 하나\n    * 안\n- 둘\n    + 안\n",
    "marker for contents": "[TOC]\n",
    "hangul list numbers": "2019. 논문이 나왔어요.\n",
    "number in text": "글\n14. 글\n",
    "heading behind code": "```\na\n```\n## 제목\n",
    "quotation behind code": "```\na\n```\n> 글\n",
    "bars that make no table": "|V|는 어휘의 크기예요.\n이어지는 글이에요.\n|x| < 1\n",
    "grid of signs": "+--+\n| 가 |\n+==+\n",
    "product": "256 * 512 * 10과 2 ** 3 ** 4예요.\n",
    "rule behind code": "```\na\n```\n***\n",
    "list in a quotation behind text": "글\n> - 하나\n",
    "code in a quotation behind text": "글\n> ```\n> a\n> ```\n",
    "code in an item": "- 하나\n    ```\n    a\n    ```\n- 둘\n",
    "quotation right in an item": "1. 하나\n   > 둘\n2. 셋\n",
    "list that is indented": "글\n\n  - 하나\n  - 둘\n",
    "line that is indented too far": "1. 하나\n\n    글\n        둘\n",
    "comment behind code": "```\na\n```\n<!-- 메모 -->\n",
    "bullets apart by code": "- 하나\n\n```\na\n```\n\n* 둘\n",
    "bullets apart by a heading": "- 하나\n## 제목\n* 둘\n",
    "code behind a number in text": "글\n2. 글\n```\na\n```\n",
    "starred bullets with strong words": "* **하나**\n* **둘**\n* 셋\n",
    "escaped brackets": "\\[글\\](주소)\n",
    "list behind an inner paragraph": "- 가\n    - 안\n\n        글\n\n    - 둘\n\n- 나\n",
    "html": "H<sub>2</sub>O<br>글\n",
    "comment": "글 <!-- 메모 --> 글\n",
}
"""What both show the same, and the check leaves alone."""

TOLD = {
    "comment that is not closed": "글 <!-- 뒤",
    "comment that closes at once": "<!-->글",
    "list in lists": "".join(f"{'    ' * depth}- 가\n" for depth in range(12)),
    "attributes of code": "```{ .python .pn-verified }\na\n```\n",
    "quotations in quotations": "> > > > > > > > > 글\n",
    "list behind a quotation": "> 글\n- 하나\n",
    "list behind text in a quotation": "> 글\n> - 하나\n",
    "numbers behind a quotation": "> 글\n1. 하나\n",
    "list behind code": "`글`\n- 하나\n",
    "list behind a table": "| 가 |\n|---|\n| 1 |\n- 하나\n",
    "heading behind a table": "| 가 |\n|---|\n| 1 |\n## 제목\n",
    "table behind text in a quotation": "> 글\n> | 가 |\n> |---|\n> | 1 |\n",
    "table behind an item": "- 글\n| 가 | 나 |\n|---|---|\n| 1 | 2 |\n",
    "other list behind an inner item": "1. 하나\n    - 안\n- 둘\n",
    "other list behind an item": "1. 하나\n- 둘\n",
    "number behind a paragraph of the item above": "1. 하나\n\n    글\n2. 둘\n",
    "inner item behind a paragraph": "- 하나\n\n    - 안\n\n        글\n    - 안\n",
    "item behind an inner one of a loose list": "- 가\n    - 안\n\n        글\n\n    - 둘\n- 나\n",
    "item behind an inner item of a quotation": ">- 가\n>\n>    - 안\n>- 나\n",
    "numbers nested by three": "1. 하나\n   1. 안\n   2. 안\n2. 둘\n",
    "numbers nested by two": "- 하나\n\n  1. 안\n",
    "inner list behind a paragraph of an item": "1. 하나\n\n    글\n    - 안\n",
    "nested by eight": "- 하나\n        - 안\n",
    "nested number that is not the first": "- 하나\n    2. 안\n",
    "quotation behind an item": "- 하나\n> 인용\n",
    "quotation by four behind an item": "- 하나\n    > 인용\n",
    "number behind an empty line of a quotation": "> 글\n>\n2019년의 글\n",
    "table behind an empty line of a quotation": "> 글\n>\n| 가 |\n|---|\n| 1 |\n",
    "code behind an item": "- 하나\n```\na\n```\n",
    "code behind an item of a quotation": "> - 하나\n> ```\n> a\n> ```\n",
    "code behind a quotation": "> 인용\n```\na\n```\n",
    "code behind a table": "| 가 |\n|---|\n| 1 |\n```\na\n```\n",
    "rule behind a table": "| 가 |\n|---|\n| 1 |\n---\n",
    "indented code behind text": "글\n    ```\n    a\n    ```\n",
    "number sign in an item": "- #1 문제를 봐요.\n",
    "number sign in a quotation": "> #1 문제를 봐요.\n",
    "asterisk in strong emphasis": "**A*는** 길이에요.\n",
    "asterisks of unlike number": "*가* 2**10 A* 나\n",
    "names with asterisks": "A*와 IDA*를 견줘요.\n",
    "underline behind code": "```\na\n```\n---\n글\n",
    "number behind a quotation": "> 글\n2019. 글\n",
    "date": "2024. 3. 5. 모임을 했어요.\n",
    "date in an item": "- 2019. 7. 26에 나왔어요.\n",
    "box": '!!! note "알림"\n    글\n',
    "box to open": "??? tip\n    글\n",
    "box in an item": "- 글\n\n    !!! note\n        글\n",
    "fenced box": ":::warning\n글\n:::\n",
    "product without spaces": "2*3*4 = 24예요.\n",
    "space before the asterisks": "**굵게 **는 글이에요.\n",
    "two markers": "- 하나\n* 둘\n",
    "two markers, apart": "- 하나\n\n+ 둘\n",
    "two markers, the first indented": "  * 하나\n- 둘\n",
    "quotation behind a paragraph of an item": "- 하나\n\n    글\n> 인용\n",
    "two markers in a list": "- 하나\n    - 안\n    * 둘\n",
    "quotation that ends empty": "> 글\n>\n둘\n",
    "a mark alone between items": "- 글\n-\n- 둘\n",
    "a mark alone": "-\n",
    "a mark and a space alone": "글\n\n* \n\n글\n",
    "a number alone": "1.\n",
    "heading by one sign": "글\n-\n",
    "heading by one sign, indented": "글\n -\n",
    "heading in a list": "- 글\n    ---\n",
    "rule behind a rule": "***\n---\n",
    "line of HTML": "<br>\n**글**\n",
    "fence right behind text": "글\n```\na\n```\n글\n",
    "indented heading": "글\n\n ## 제목\n",
    "seven marks": "####### 글\n",
    "heading that ends in a mark": "## C#\n",
    "heading without a space": "##제목\n",
    "underlined heading": "글\n둘째 줄\n---\n",
    "underlined with =": "글\n둘째\n===\n",
    "emphasis and particles": "**글리프(Glyph)**는 크고 *이것*은 작아요.\n",
    "spaces in emphasis": "** 굵게 **\n",
    "single tilde": "1~2장과 3~4장이에요.\n",
    "fence that ends longer": "```\na\n````\n",
    "fence without end": "```\na\n",
    "indented code": "글\n\n    a = 1\n",
    "references side by side": "[a] [b]\n\n[a]: https://example.com/1\n[b]: https://example.com\n",
    "address twice": "[a]\n\n[a]: https://example.com/1\n[a]: https://example.com/2\n",
    "address behind text": "글\n[a]: https://example.com\n\n[a]\n",
    "address with code": "[`a`]\n\n[`a`]: https://example.com\n",
    "title in brackets": "[글](https://example.com (제목))\n",
    "link in a link": "[글 [둘](https://example.com) 셋](https://example.com)\n",
    "number of ten digits": "1234567890. 글\n",
    "place of footnotes": "글[^1]\n\n///Footnotes Go Here///\n\n[^1]: 둘\n",
    "unknown entity": "&notanentity; 글\n",
    "text behind a comment": "<!-- 메모 -->**글**\n",
    "line behind a table": "| 가 |\n|---|\n| 1 |\n글\n",
    "item behind a line that looks like one": "글\n    - 하나\n- 둘\n",
    "asterisks that cross": "2*3**4*5 = 486\n",
    "asterisks that cross, apart": "가*나 **다 * 라*마바\n",
    "mermaid": "```mermaid\ngraph TD\n```\n",
    "math fence": "```math\nx\n```\n",
    "numbers with a bracket": "1) 하나\n2) 둘\n",
    "list behind text": "글\n- 하나\n",
    "nested by two": "- 하나\n  - 둘\n",
    "tasks": "- [ ] 할 일\n- [x] 한 일\n",
    "alert": "> [!NOTE]\n> 알림\n",
    "table behind text": "글\n| 가 | 나 |\n|---|---|\n| 1 | 2 |\n",
    "table with too few cells": "| 가 | 나 |\n|---|---|\n| 1 |\n",
    "bare address": "https://example.com 을 봐요.\n",
    "www": "www.example.com 을 봐요.\n",
    "backslash break": "글\\\n둘\n",
    "other escapes": '\\" 글\n',
    "escaped angle": "\\<s>\n",
    "emoji": ":smile: 좋아요\n",
    "undefined footnote": "글[^1]\n",
    "formula in code": "$`x`$ 글\n",
    "escaped bar in code, without edges": "가 | 나\n---|---\n`a \\| b` | c\n",
    "escaped bar in a formula": "| 가 |\n|---|\n| $a \\| b$ |\n",
    "formula right behind letters": "글$x$ 글\n",
    "letters right behind a formula": "$x$th 글\n",
    "formula right behind a formula": "글 $x$$y$ 글\n",
    "escaped bar in code": "| 가 | 나 |\n|---|---|\n| `a \\| b` | c |\n",
}


@pytest.fixture(scope="module")
def site() -> Markdown:
    return stock()


GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(html: str) -> list[str]:
    """Return the elements that a reader sees and the words in them, in order."""
    soup = BeautifulSoup(html, "html.parser")
    for each in soup(["colgroup"]):
        each.decompose()
    for each in soup.find_all(class_="headerlink"):
        each.decompose()
    for each in soup.find_all(["div", "span", "thead", "tbody"]):
        each.unwrap()
    # A list is loose or tight: the same words, a little more room.
    for each in soup.select("li > p"):
        each.unwrap()
    for each in soup.find_all("s"):
        each.name = "del"
    for each in soup.find_all(["strong", "em"]):
        each.name = "em"
    found = []
    for tag in soup.find_all(True):
        found.append(f"{tag.name}{tag.get('start') or ''}{tag.get('href') or ''}")
    code = [each.get_text() for each in soup.find_all("code")]
    return [*found, *code, "".join(soup.get_text().split())]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the check says of each construct, on a page of its own."""
    root = tmp_path_factory.mktemp("project")
    (root / "docs").mkdir()
    names = {f"{number}.md": name for number, name in enumerate([*ALIKE, *TOLD])}
    for path, name in names.items():
        text = f"---\ntitle: 글\n---\n\n{ALIKE.get(name) or TOLD[name]}"
        (root / "docs" / path).write_text(text, "utf-8")
    found = [problem for path in names for problem in check_page(root, path).problems]
    found += style.problems(root, list(names))
    said: dict[str, list[str]] = {name: [] for name in names.values()}
    for problem in found:
        said[names[problem.path.removeprefix("docs/")]].append(problem.message)
    return said


@pytest.mark.parametrize("name", ALIKE)
def test_github_and_the_site_show_the_same(
    name: str, site: Markdown, told: dict[str, list[str]]
) -> None:
    site.reset()
    assert shown(site.convert(ALIKE[name])) == shown(GITHUB.render(ALIKE[name]))
    assert told[name] == []


@pytest.mark.parametrize("name", TOLD)
def test_what_they_show_otherwise_is_told(name: str, told: dict[str, list[str]]) -> None:
    assert told[name]


@pytest.mark.parametrize("code", ["a\tb", "s = 'a\t\tb'", "\n\na", "\tif x:\n\t\ty", "a\n\n\nb"])
def test_code_is_as_it_was_written(site: Markdown, code: str) -> None:
    site.reset()
    page = BeautifulSoup(site.convert(f"글\n\n```text\n{code}\n```\n"), "html.parser")
    shown_code = page.find("code")
    assert shown_code
    assert shown_code.get_text() == f"{code}\n"
