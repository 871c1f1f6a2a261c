"""What ``papernotes export`` writes into a built site, and how pages lead to it."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import feedparser
import jupytext
import pytest
from bs4 import BeautifulSoup

from papernotes import cli
from papernotes.note.library import Library
from tests.conftest import PROJECT
from tests.static_site import Site


def pages(site: Site) -> Iterator[tuple[str, BeautifulSoup]]:
    """Every page with its address."""
    for file in sorted(site.folder.rglob("*.html")):
        path = file.relative_to(site.folder).as_posix().removesuffix("index.html")
        yield site.url + path, BeautifulSoup(file.read_text("utf-8"), "html.parser")


def fetch(url: str) -> tuple[str, str]:
    with urlopen(url) as answer:
        return answer.headers.get_content_type(), answer.read().decode("utf-8")


def test_each_snippet_is_a_notebook_that_its_page_links_to(exported: Site) -> None:
    linked = []
    for page in (exported.folder / "papers").glob("*/index.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for snippet in soup.select("[data-snippet]"):
            anchor = snippet.select_one("a[href$='.ipynb']")
            assert anchor
            target = (page.parent / str(anchor["href"])).resolve()
            source = (PROJECT / "snippets" / str(snippet["data-snippet"])).read_text("utf-8")
            assert jupytext.reads(target.read_text("utf-8"), fmt="ipynb").cells[0].source.strip()
            assert (
                jupytext.writes(jupytext.read(target), fmt="py:light")
                .strip()
                .endswith(source.strip().splitlines()[-1])
            )
            linked.append(target)
    assert len(linked) == len(set(linked)) >= 8


def test_every_link_to_data_leads_to_data_of_its_kind(exported: Site) -> None:
    read: dict[str, Callable[[str], object]] = {
        "application/atom+xml": lambda text: not feedparser.parse(text).bozo,
        "application/ld+json": lambda text: json.loads(text)["type"] == "AnnotationCollection",
        "application/json": lambda text: json.loads(text)["notes"],
        "text/markdown": lambda text: text.startswith("---\n"),
        "application/x-bibtex": lambda text: text.startswith("@"),
    }
    seen = set()
    for url, soup in pages(exported):
        links = soup.select("head link[rel=alternate]")
        assert len(links) >= 5, url
        for link in links:
            assert link["title"]
            _, text = fetch(urljoin(url, str(link["href"])))
            assert read[str(link["type"])](text), (url, link)
            seen.add(link["type"])
    assert seen == set(read)


def test_a_notes_head_leads_to_the_data_of_its_own_paper(exported: Site, notes: Library) -> None:
    found = dict(pages(exported))
    for note in notes.notes:
        url = f"{exported.url}{note.path.removesuffix('.md')}/"
        links = {a.get_text(): str(a["href"]) for a in found[url].select(".pn-paper a")}
        _, bib = fetch(urljoin(url, links["BibTeX"]))
        assert note.paper.arxiv in bib
        _, text = fetch(urljoin(url, links["JSON-LD"]))
        ids = [item["id"] for item in json.loads(text)["first"]["items"]]
        assert ids == [f"{url}#{passage.id}" for passage in note.passages]


def test_the_page_about_data_leads_to_every_file(exported: Site) -> None:
    url = exported.url + "data/"
    links = [str(a["href"]) for a in dict(pages(exported))[url].select(".pn-data-list a")]
    assert links
    for link in links:
        with urlopen(urljoin(url, link)) as answer:
            assert answer.read()
    written = {path.name for path in exported.folder.iterdir() if path.suffix in (".json", ".xml")}
    written |= {"annotations.jsonld", "cards.apkg", "llms.txt", "llms-full.txt"}
    assert {link.rpartition("/")[2] for link in links} == (
        written - {"offline.json", "questions.json", "sitemap.xml"}
    )


def test_an_id_leads_to_the_very_passage(exported: Site) -> None:
    _, text = fetch(exported.url + "annotations.jsonld")
    found = dict(pages(exported))
    items = json.loads(text)["first"]["items"]
    assert len(items) == 8
    for item in items:
        url, id = urldefrag(item["id"])
        section = found[url].select_one(f"[data-passage='{id}']")
        assert section
        status = next(each for each in item["body"] if each.get("purpose") == "classifying")
        assert section["data-status"] == status["value"]
        quote = section.select_one("blockquote[cite]")
        assert quote
        assert str(quote["cite"]).startswith(item["target"]["source"]["id"])


def export(project: Path, site: Path) -> dict[str, bytes]:
    """Export, and return every file that is no page, by its path."""
    assert cli.main(["export", str(site), "--root", str(project)]) == 0
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.suffix in (".json", ".jsonld", ".bib", ".xml", ".ipynb", ".webmanifest")
        and file.name != "search.json"
        and file.parent.name != "pyodide"  # copied, not exported
    }


def test_exporting_twice_changes_nothing(
    exported: Site, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", exported.url)
    assert export(original, exported.folder) == export(original, exported.folder)


def test_a_site_that_is_not_exported_links_to_no_data(site: Site) -> None:
    text = (site.folder / "papers/roberta/index.html").read_text("utf-8")
    for name in (".ipynb", ".bib", ".jsonld", "feed.xml", "webmanifest"):
        assert name not in text, name


def test_without_a_site_there_is_nothing_to_export(tmp_path: Path) -> None:
    assert cli.main(["export", str(tmp_path)]) == 2


def test_without_a_project_there_is_nothing_to_export(exported: Site, tmp_path: Path) -> None:
    assert cli.main(["export", str(exported.folder), "--root", str(tmp_path)]) == 2


def test_a_site_older_than_the_notes_is_refused(
    project: Path, exported: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    shutil.copytree(exported.folder, site)
    (site / "papers/roberta/index.html").unlink()
    (site / "notes.json").unlink()
    assert cli.main(["export", str(site), "--root", str(project)]) == 1
    assert "docs/papers/roberta.md:1:1: PN910 " in capsys.readouterr().out
    assert not (site / "notes.json").exists()


def test_notes_that_cannot_be_read_are_not_exported_in_part(
    project: Path, exported: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    note = project / "docs/papers/roberta.md"
    note.write_text(note.read_text("utf-8").replace("year: 2019", "year: soon", 1), "utf-8")
    assert cli.main(["export", str(exported.folder), "--root", str(project)]) == 1
    assert "PN104" in capsys.readouterr().out
