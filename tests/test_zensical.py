"""The next engine builds the same passages from the same mkdocs.yml."""

import os
import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup

from tests.conftest import build


def passages(site: Path) -> dict[str, tuple[str, list[str], list[str]]]:
    """Each passage's page, quotations and snippets by its id."""
    found = {}
    for file in sorted(site.rglob("index.html")):
        soup = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        for section in soup.select("[data-passage]"):
            found[str(section["data-passage"])] = (
                str(file.relative_to(site)),
                [
                    f"{quote['cite']} {quote.get('data-verified')} {quote.get_text()}"
                    for quote in section.select("blockquote[cite]")
                ],
                [str(each["data-snippet"]) for each in section.select("[data-snippet]")],
            )
    return found


def test_zensical_builds_the_same_passages(project: Path, tmp_path: Path) -> None:
    home = project / "docs" / "index.md"
    home.write_text(home.read_text("utf-8") + "\n**글리프(glyph)**는 글자예요.\n", "utf-8")
    assert build(project, tmp_path / "mkdocs").returncode == 0
    program = Path(sys.executable).with_name("zensical")
    done = subprocess.run(
        [program, "build"], cwd=project, capture_output=True, text=True, env={**os.environ}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No issues found" in done.stdout + done.stderr
    expected = passages(tmp_path / "mkdocs")
    assert len(expected) == 8
    assert passages(project / "site") == expected
    for site in (tmp_path / "mkdocs", project / "site"):
        assert "<strong>글리프(glyph)</strong>는" in (site / "index.html").read_text("utf-8")
