"""The site as MkDocs and as Zensical build it, compared page by page.

``python -m tests.engines site site-zensical`` prints how many of each kind of thing the two have,
what differs for a known reason, and what differs for none; it ends with 1 if anything does.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

from lxml import etree, html

ROOT_URL = "http://site/"
"""Stands for the site's address, so that links can be resolved."""

KINDS = {
    "구절의 주소와 상태": "*[@data-passage]",
    "주소(id)": "*[@id]",
    "인용": "blockquote[@cite]",
    "원문과 대조한 인용": "*[@data-verified]",
    "스니펫": "*[@data-snippet]",
    "코드와 출력": "pre",
    "그림": "img",
    "수식": "math",
    "용어": "a[contains(concat(' ', @class, ' '), ' pn-term ')]",
    "링크": "a[@href]",
}
"""What must be the same, each by the XPath that finds it in an article."""

SKIP = "Zensical은 본문 맨 앞에 건너뛰기 링크가 닿을 빈 `a#__skip`을 넣어요"
NOTEBOOK = "Zensical에는 mkdocs-jupyter가 없어서 노트북이 쪽이 아니라 .py 파일이에요"
REASONS = (SKIP, NOTEBOOK)

_ENGINES_OWN = (
    "assets/images/",
    "assets/javascripts/",
    "assets/stylesheets/",
    "notebooks/",
    "offline.json",  # names the engine's own files
    "search.json",  # Zensical's own, which nothing asks for
    "sitemap.xml",
)


@dataclass(frozen=True)
class Comparison:
    """How two builds compare: things by kind on either side, and differences.

    ``explained`` counts the differences for a known reason; ``unexplained`` names all others.
    """

    pages: int
    files: int
    counts: dict[str, tuple[int, int]]
    explained: Counter[str]
    unexplained: tuple[str, ...]


def compare(mkdocs: Path, zensical: Path) -> Comparison:
    """Compare two built sites."""
    explained: Counter[str] = Counter()
    unexplained: list[str] = []
    counts = dict.fromkeys(KINDS, (0, 0))
    theirs = {file for file in _files(zensical) if file.endswith(".html")}
    shared = []
    for page in sorted({file for file in _files(mkdocs) if file.endswith(".html")} | theirs):
        if page.startswith("notebooks/"):
            explained[NOTEBOOK] += 1
        elif page in theirs and (mkdocs / page).is_file():
            shared.append(page)
        else:
            unexplained.append(f"{page}: 한쪽에만 있어요")
    for page in shared:
        url = urljoin(ROOT_URL, page.removesuffix("index.html"))
        sides = [_read(folder / page, url, explained) for folder in (mkdocs, zensical)]
        for kind, path in KINDS.items():
            found = [side.xpath(f".//{path}") for side in sides]
            counts[kind] = (counts[kind][0] + len(found[0]), counts[kind][1] + len(found[1]))
        lines = [list(_lines(side)) for side in sides]
        unexplained += [f"{page}: {line}" for line in _difference(*lines)]
    files, differing = _compare_files(mkdocs, zensical)
    unexplained += differing
    return Comparison(len(shared), files, counts, explained, tuple(unexplained))


_HEAD = (
    "//title | //meta[@name='description' or starts-with(@name, 'citation_') "
    "or starts-with(@property, 'og:')] | //link[@rel='canonical'] "
    "| //script[contains(@src, 'papernotes.js') or @type='application/ld+json']"
)
_CONTENTS = (
    "//*[contains(@class, 'md-sidebar--secondary')]"
    "//a[contains(concat(' ', @class, ' '), ' md-nav__link ')]"
)


def _read(file: Path, url: str, explained: Counter[str]) -> Any:
    """Return a page's head, contents and article as one tree with all links resolved."""
    tree = html.document_fromstring(file.read_text("utf-8"))
    article = tree.find(".//article")
    assert article is not None, file
    for skip in article.xpath(".//a[@id='__skip']"):
        skip.drop_tree()
        explained[SKIP] += 1
    head, contents = tree.xpath(_HEAD), tree.xpath(_CONTENTS)
    for element in [*head, *contents, *article.xpath(".//*[@href or @src]")]:
        for name in ("href", "src"):
            if element.get(name):
                element.set(name, _resolve(url, element.get(name), explained))
    whole = html.Element("page")
    for link in contents:
        target = link.get("href", "").removeprefix(url)
        words = " ".join(link.text_content().split())
        etree.SubElement(whole, "contents", {"to": target, "text": words})
    for element in head:
        if element.get("type") == "application/ld+json":
            element.text = json.dumps(json.loads(element.text), ensure_ascii=False)
        whole.append(element)
    whole.append(article)
    return whole


def _resolve(url: str, link: str, explained: Counter[str]) -> str:
    target = urljoin(url, link)
    path, _ = urldefrag(target.removeprefix(ROOT_URL))
    if path.startswith("notebooks/") and path.endswith("/"):
        explained[NOTEBOOK] += 1
        return f"{ROOT_URL}{path.removesuffix('/')}.py"
    return target


def _lines(tree: Any, depth: int = 0) -> Iterator[str]:
    """Yield a line an element and a line a text: equal lines are equal trees."""
    yield from _words(tree.text, depth)
    for child in tree:
        attributes = " ".join(
            f"{name}={' '.join(value.split()) if name == 'class' else value}"
            for name, value in sorted(child.attrib.items())
        )
        yield f"{depth} <{child.tag} {attributes}>"
        yield from _lines(child, depth + 1)
        yield from _words(child.tail, depth)


def _words(text: str | None, depth: int) -> Iterator[str]:
    if words := " ".join((text or "").split()):
        yield f"{depth} {words}"


def _difference(ours: list[str], theirs: list[str]) -> list[str]:
    return list(unified_diff(ours, theirs, "MkDocs", "Zensical", lineterm="", n=0))


def _compare_files(mkdocs: Path, zensical: Path) -> tuple[int, list[str]]:
    """Compare what is no page and not the engine's own, exports among them, byte by byte."""
    ours, theirs = (set(_no_pages(folder)) for folder in (mkdocs, zensical))
    differing = [f"{path}: 한쪽에만 있어요" for path in sorted(ours ^ theirs)]
    differing += [
        f"{path}: 내용이 달라요"
        for path in sorted(ours & theirs)
        if _content(mkdocs / path) != _content(zensical / path)
    ]
    return len(ours & theirs), differing


def _content(file: Path) -> bytes:
    """Return a file's bytes; of the search's index, those without the pages of notebooks."""
    if not file.match("search/index.json"):
        return file.read_bytes()
    index = json.loads(file.read_bytes())
    index["entries"] = [e for e in index["entries"] if not e["at"].startswith("notebooks/")]
    return json.dumps(index).encode()


def _no_pages(site: Path) -> Iterable[str]:
    return (
        path
        for path in _files(site)
        if not path.endswith(".html") and not path.startswith(_ENGINES_OWN)
    )


def _files(site: Path) -> Iterator[str]:
    return (file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())


def main(mkdocs: Path, zensical: Path) -> int:
    """Print the comparison, in Markdown; return 1 if a difference has no known reason."""
    found = compare(mkdocs, zensical)
    print(f"같은 쪽 {found.pages}개와 쪽이 아닌 파일 {found.files}개를 견줬어요.\n")
    print("| 무엇 | MkDocs | Zensical |\n|---|---:|---:|")
    for kind, (ours, theirs) in found.counts.items():
        print(f"| {kind} | {ours} | {theirs} |")
    print("\n이유를 아는 차이예요.")
    for reason, number in found.explained.items():
        print(f"- {reason}: {number}곳")
    print(f"\n이유를 모르는 차이는 {len(found.unexplained)}개예요.")
    for each in found.unexplained:
        print(f"- {each}")
    return 1 if found.unexplained else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
