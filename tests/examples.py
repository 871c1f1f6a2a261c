"""The examples on the pages under docs/rules/, and how to run one in a small project.

Each page has two sections of examples: "나쁜 예" gives exactly the page's code in the small
project (tests/data/project/), "좋은 예" mends that. An example is one or more fences:

* A fence with a title is a file of the project. In a note it may be a part: front matter takes
  the place of the note's own, a ``##`` section that of the section with the same id, a block
  that of the blocks with its name; what has no counterpart is added at the end.
* A ``sh`` fence holds commands, run in the project's folder.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from papernotes.check.check import check
from papernotes.fingerprint import fingerprint
from papernotes.note import frontmatter
from papernotes.note.scan import Heading, Item, RawBlock, scan
from papernotes.problems import Problem
from papernotes.snippets import snippet
from papernotes.snippets.process import Limits
from papernotes.snippets.runner import run
from tests.conftest import PROJECT, ROOT
from tests.pdf import column, pdf

PAGES = sorted((ROOT / "docs" / "rules").glob("pn*.md"))
BASE = ROOT / "tests" / "data" / "project"
ONE_PAGE = "2401.00001v1"
FINGERPRINT = "fingerprints/1907.11692v1.json"
LIMITS = Limits(seconds=6.0, memory=1 << 29)
BRIEF = replace(LIMITS, seconds=1.0)
"""For what never ends."""

_TITLE = re.compile(r'title="([^"]+)"')
_PRINTED = re.compile(r"^\S+?:\d+:\d+: (PN\d{3}) ", re.M)


@dataclass(frozen=True)
class Fence:
    """A fence: ``path`` is the file it stands for, None where it holds commands."""

    language: str
    path: str | None
    text: str


def fences(page: Path) -> dict[str, list[Fence]]:
    """Return a page's fences by the heading of their section."""
    found: dict[str, list[Fence]] = {}
    heading = ""
    tokens = MarkdownIt().parse(frontmatter.split(page.read_text("utf-8")).body)
    for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        if token.type == "heading_open":
            heading = following.content
        elif token.type == "fence":
            title = _TITLE.search(token.info)
            fence = Fence(token.info.split()[0], title and title[1], token.content)
            found.setdefault(heading, []).append(fence)
    return found


def small_project(folder: Path) -> Path:
    """Make a copy of the small project, which has no problems.

    It quotes RoBERTa and a paper of one page, 쪽글, which was made up for it.
    """
    project = folder / "project"
    shutil.copytree(BASE, project)
    (project / "fingerprints").mkdir()
    shutil.copy2(PROJECT / FINGERPRINT, project / FINGERPRINT)
    (project / "fingerprints" / f"{ONE_PAGE}.json").write_text(_one_page_fingerprint(), "utf-8")
    return project


@cache
def _one_page_fingerprint() -> str:
    lines = (BASE.parent / "one_page_paper.txt").read_text("utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.pdf"
        paper.write_bytes(pdf([column(lines)]))
        return fingerprint.from_pdf(paper, ONE_PAGE).dumps()


def put(project: Path, example: list[Fence]) -> set[str]:
    """Do to the project what an example says; return the codes that its commands printed."""
    printed: set[str] = set()
    fresh: set[str] = set()
    for fence in example:
        if fence.path is None:
            printed |= _command(project, fence.text)
            continue
        file, base = project / fence.path, BASE / fence.path
        if fence.path not in fresh and base.exists():
            shutil.copy2(base, file)
        fresh.add(fence.path)
        file.parent.mkdir(parents=True, exist_ok=True)
        is_note = fence.path.startswith("docs/papers/") and base.exists()
        text = _merged(file.read_text("utf-8"), fence.text) if is_note else fence.text
        file.write_text(text, "utf-8")
    return printed


def problems(project: Path, limits: Limits = LIMITS) -> list[Problem]:
    """Return all that ``check`` and ``run`` find; snippets as they were are not run again."""
    found = check(project).problems
    if _files(project / "snippets") != _files(BASE / "snippets"):
        results = run(snippet.snippets(project), jobs=2, limits=limits)
        found += [problem for result in results for problem in result.problems]
    return found


def _files(folder: Path) -> dict[Path, bytes]:
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*.*")}


def _command(project: Path, text: str) -> set[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", text],
        cwd=project,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode in (0, 1), done.stdout
    assert "Traceback" not in done.stdout
    return set(_PRINTED.findall(done.stdout))


def _merged(note: str, part: str) -> str:
    """Put a part of a note in its place."""
    old, new = frontmatter.split(note), frontmatter.split(part)
    head = new if new.yaml is not None else old
    body = old.body
    items = list(scan(new.body))
    ids = {item.id for item in items if isinstance(item, Heading)}
    names = {item.name for item in items if isinstance(item, RawBlock)}
    lines = body.split("\n")
    for first, last in reversed(list(_replaced(list(scan(body)), ids, names, len(lines)))):
        del lines[first - 1 : last]
    body = "\n".join(lines).rstrip()
    return f"---\n{head.yaml}---\n\n{body}\n\n{new.body.strip()}\n"


def _replaced(
    items: list[Item], ids: set[str | None], names: set[str], end: int
) -> list[tuple[int, int]]:
    """Return the first and last lines of what a part with these ids or blocks replaces."""
    if ids:
        headings = [item for item in items if isinstance(item, Heading) and item.level == 2]
        ends = [*(heading.line - 1 for heading in headings[1:]), end]
        spans = zip(headings, ends, strict=True)
        return [(heading.line, last) for heading, last in spans if heading.id in ids]
    blocks = [item for item in items if isinstance(item, RawBlock) and item.name in names]
    return [(block.line, block.end_line or end) for block in blocks]
