"""The last look before publishing: every file of a built site is one that somebody may know.

An engine publishes more than pages, and what runs while a site is built can write into it. So each
file is a page of the project, a copy of a file that was looked at, the theme's, or one that the
engine or an export makes; and pages hold the scripts that the policy names, and no others.
"""

import filecmp
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from papernotes.note import publishable
from papernotes.problems import Problem
from papernotes.render import policy

_MADE = ("404.html", "objects.inv", "search.json", "site.zip", "sitemap.xml", "sitemap.xml.gz")
"""What the engines make beside pages; and the zip, which `make offline` made from a site."""
HEAD = re.compile(
    r'<meta charset="?utf-8"?>\s*<meta http-equiv="?Content-Security-Policy"? content="([^"]*)">'
)
"""How every page begins: with its policy."""
_SCRIPT = re.compile(r"<script([^>]*)>(.*?)(?:</script|\Z)", re.DOTALL | re.IGNORECASE)
_LOADING = re.compile(
    r"<(?:applet|base|embed|fencedframe|frame|frameset|iframe|link|meta|object|portal|script)\b[^>]*>?",
    re.IGNORECASE,
)
"""What runs, loads, or leads a reader away, which no policy of a page can forbid."""
_KNOWN = re.compile(
    r"""<(?:
    script(?:[ ]id="__config"[ ]type="application/json"|[ ]type="application/ld\+json"
      |[ ]data-base="(?!//)[\w./~%-]*"
      |(?:[ ]type="text/plain"[ ]data-later)?[ ]src="(?!//)[\w./~%-]+\.js"(?:[ ]defer)?)?
    |meta[ ](?:charset="?utf-8"?|(?:name|property)="[\w:-]+"[ ]content="[^"<>]*"
      |http-equiv="?Content-Security-Policy"?[ ]content="[^"<>]*")
    |link[ ]rel="(?:alternate|apple-touch-icon|canonical|icon|manifest|next|prev|stylesheet)"
      (?:[ ](?:href|hreflang|title|type)="[^"<>]*")*
    )[ ]?/?>""",
    re.VERBOSE,
)
"""The same as the theme and the exports write it."""
_EVENT = re.compile(
    r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*'){0,1000}?(?<=[\s"'/])(?:on[a-z]+\s*=
    |(?:action|data|formaction|href|src)\s*=\s*["']?\s*(?:javascript|vbscript):)""",
    re.IGNORECASE | re.VERBOSE,
)

_STYLE = re.compile(r"<style\b[^>]*>?", re.IGNORECASE)


def page_problems(folder: Path) -> Iterator[Problem]:
    """Yield where a page of the site in ``folder`` lacks the policy, or holds a script unknown."""
    for file in sorted(folder.rglob("*.html")):
        if file.is_file() and not file.is_symlink():
            yield from _page_problems(file, file.relative_to(folder).as_posix())


def file_problems(root: Path, folder: Path, exported: frozenset[str]) -> Iterator[Problem]:
    """Yield what in the site in ``folder`` is neither of the project at ``root`` nor a tool's.

    ``exported`` are the files that the exports write, relative to ``folder``.
    """
    found = publishable.look(root)
    pages = {page for path in found.files for page in _pages(path)}
    copies = {copy: root / path for path in found.files for copy in _copies(path)}
    themes = [root / "overrides", *_themes()]
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_symlink() or not (file.is_file() or file.is_dir()):
            yield _problem(path, "보통 파일이 아니에요.")
        elif file.is_dir() or path in exported or path in pages:
            continue
        elif path in copies:
            if not filecmp.cmp(copies[path], file, shallow=False):
                yield _problem(path, f"{copies[path].relative_to(root)}와 내용이 달라요.")
        elif path not in _MADE and not _is_theme(path, file, themes):
            yield _problem(path, "저장소에도 테마에도 없는 파일이에요.")


def _pages(path: str) -> Iterator[str]:
    """Yield where the page made from ``path`` may lie, in folders or flat."""
    folder, _, name = path.partition("/")
    stem, dot, ending = name.rpartition(".")
    if folder != "docs" or f"{dot}{ending}" not in (publishable.PAGE, ".py"):
        return
    if stem.rpartition("/")[2].lower() in ("index", "readme"):
        parent = stem.rpartition("/")[0]
        yield f"{parent}/index.html".lstrip("/")
        return
    yield f"{stem}/index.html"
    yield f"{stem}.html"


def _copies(path: str) -> Iterator[str]:
    """Yield where a copy of the file at ``path`` may lie."""
    folder, _, name = path.partition("/")
    if folder == "snippets":
        yield path
    elif folder == "docs" and not name.endswith(publishable.PAGE):
        yield name
        if name.endswith(".py"):  # mkdocs-jupyter's include_source
            stem = name.removesuffix(".py")
            yield f"{stem}/{stem.rpartition('/')[2]}.py"


def _themes() -> Iterator[Path]:
    for name in ("material", "zensical"):
        found = find_spec(name)
        for folder in found.submodule_search_locations or () if found else ():
            yield Path(folder) / "templates"


def _is_theme(path: str, file: Path, themes: list[Path]) -> bool:
    same = (theme / path for theme in themes)
    return any(each.is_file() and filecmp.cmp(each, file, shallow=False) for each in same)


def _page_problems(file: Path, path: str) -> Iterator[Problem]:
    text = file.read_text("utf-8", "replace")
    head = HEAD.search(text)
    if not head or head.start() > text.find("<head>") + 100 or head[1] not in policy.published():
        yield _problem(path, "맨 앞에 이 사이트의 Content-Security-Policy가 없어요.")
    allowed = policy.hashes()
    for attributes, script in _SCRIPT.findall(text):
        known = " src=" in attributes or "application/" in attributes
        if not known and policy.hash_of(script) not in allowed:
            yield _problem(path, f"모르는 스크립트가 있어요(`{_brief(script)}`).")
    found = [each[0] for each in _LOADING.finditer(text) if not _KNOWN.fullmatch(each[0])]
    bare = _SCRIPT.sub("", text)
    found += [each[0] for each in _EVENT.finditer(bare)]
    found += _STYLE.findall(bare.partition("<body")[2])  # the theme's stand before
    for each in found:
        yield _problem(path, f"실행하거나 불러오거나 데려가는 것이 있어요(`{_brief(each)}`).")


def _brief(text: str) -> str:
    return " ".join(text.split())[:60]


def _problem(path: str, what: str) -> Problem:
    return Problem(
        path, 1, 1, "PN911", f"{what} 어디에서 왔는지 살피고 `make build`로 다시 지어 주세요."
    )
