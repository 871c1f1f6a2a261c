"""What the heads of pages say to link previews, reference managers and search engines.

Documented rules: ogp.me; Google Scholar's inclusion guidelines ("Indexing", Highwire Press tags);
Zotero's Embedded Metadata translator; schema.org.
"""

import gzip
import json
import re
import xml.etree.ElementTree as etree
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.parse import urljoin

import pytest
from bibtexparser.entrypoint import parse_string
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader

from papernotes.export import passages
from papernotes.export.search import Stale
from papernotes.note import address
from papernotes.note.library import Library
from papernotes.note.plain import plain
from tests.conftest import ROOT, git
from tests.export import nasty
from tests.export.conftest import NOWHERE, SITE
from tests.export.test_command import fetch, pages
from tests.static_site import Site


def tags(soup: BeautifulSoup, name: str, prefix: str) -> dict[str, list[str]]:
    """The values of each ``meta`` whose ``name`` or ``property`` begins with ``prefix``."""
    found: dict[str, list[str]] = {}
    for meta in soup.select(f"head meta[{name}^='{prefix}']"):
        found.setdefault(str(meta[name]).removeprefix(prefix), []).append(str(meta["content"]))
    return found


def data(soup: BeautifulSoup) -> list[dict[str, object]]:
    return [json.loads(str(each.string)) for each in soup.select("[type='application/ld+json']")
            if each.name == "script"]  # fmt: skip


def test_every_page_says_what_it_is_to_those_that_preview_links(exported: Site) -> None:
    titles = []
    for url, soup in pages(exported):
        if url.endswith("404.html"):
            continue
        said = tags(soup, "property", "og:")
        assert {name: len(values) for name, values in said.items()} == dict.fromkeys(said, 1), url
        assert {"type", "site_name", "locale", "title", "description", "url"} <= said.keys(), url
        assert said["url"] == [url]
        assert said["locale"] == ["ko_KR"]
        assert soup.title
        assert soup.title.text.startswith(said["title"][0])
        titles.append(soup.title.text)
    assert len(titles) == len(set(titles)) > 10


def test_a_note_gives_its_paper_to_reference_managers(exported: Site, notes: Library) -> None:
    found = dict(pages(exported))
    for note in notes.notes:
        paper, url = note.paper, f"{exported.url}{note.path.removesuffix('.md')}/"
        said = tags(found[url], "name", "citation_")
        # Scholar wants these three of every paper, the authors one a tag, dates as YYYY[/MM[/DD]].
        assert said["title"] == [paper.title]
        assert said["author"] == list(paper.authors)
        assert said["publication_date"] == [str(paper.year)]
        assert said["pdf_url"] == [paper.pdf]
        assert said["public_url"] == [paper.abs_url]
        # Without it Zotero calls our description the paper's abstract.
        assert said["abstract"][0].endswith(f"의 소개] {note.description}")
        assert re.fullmatch(r"\d{4}\.\d{4,5}", said["arxiv_id"][0])
        # Zotero takes it for a conference's paper or a report, and not for a journal's article.
        assert {"conference_title", "technical_report_institution"} & said.keys()
        (article,) = data(found[url])
        assert article["@type"] == "Article"
        assert article["url"] == url
        cited = article["citation"]
        assert isinstance(cited, dict)
        assert (cited["@type"], cited["name"]) == ("ScholarlyArticle", paper.title)
        assert [author["name"] for author in cited["author"]] == list(paper.authors)


def test_a_note_says_how_it_is_cited_with_its_date(
    exported: Site, notes: Library, original: Path
) -> None:
    found = dict(pages(exported))
    seconds = int(git(original, "log", "-1", "--format=%ct"))
    day = f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
    for note in notes.notes:
        url = f"{exported.url}{note.path.removesuffix('.md')}/"
        fold = found[url].select_one(".pn-paper details")
        assert fold
        said, *_ = [each.get_text() for each in fold.select("p:not(.pn-label)")]
        assert f"({day} 판). {note.paper.short} 노트: " in said
        assert said.endswith(url)
        ours, theirs = (parse_string(each.get_text()).entries[0] for each in fold.select("code"))
        assert ours["url"] == url
        assert ours["note"] == f"{day} 판"
        assert theirs["url"] == note.paper.abs_url
        assert ours.key != theirs.key
        assert len(fold.select("button.pn-copy")) == 3


def test_each_passage_has_a_page_that_leads_into_the_note(exported: Site, notes: Library) -> None:
    found = dict(pages(exported))
    for note, passage in notes.passages:
        home = f"{exported.url}{note.path.removesuffix('.md')}/"
        url = f"{home}{passage.id}/"
        soup = found[url]
        canonical = soup.select_one("link[rel=canonical]")
        assert canonical
        assert canonical["href"] == url
        ways = {urljoin(url, str(a["href"])) for a in soup.select("a[href]")}
        assert {home, f"{home}#{passage.id}"} <= ways
        assert url in {urljoin(home, str(a["href"])) for a in found[home].select("a[href]")}
        text = " ".join(soup.select("article")[0].get_text().split())
        (page,) = data(soup)
        asked = page["mainEntity"]
        assert isinstance(asked, dict)
        assert page["@type"] == "QAPage"
        assert asked["text"] in text
        assert asked["answerCount"] == (1 if passage.gist else 0)
        assert ("acceptedAnswer" in asked) == bool(passage.gist and passage.status.is_settled)
        for kind in ("acceptedAnswer", "suggestedAnswer"):  # what is said there must be in view
            assert kind not in asked or asked[kind]["text"] in text
        assert not soup.select("[data-passage], button")


def test_words_of_a_passage_are_words_on_its_own_page(
    exported: Site, notes: Library, tmp_path: Path
) -> None:
    text = (exported.folder / "papers/electra/index.html").read_text("utf-8")
    for id, other in zip(("large-scale-and-klue", "majority-class"), nasty.IDS, strict=True):
        text = text.replace(f'data-passage="{id}"', f'data-passage="{other}"')
    (tmp_path / "papers/nasty").mkdir(parents=True)
    (tmp_path / "papers/nasty/index.html").write_text(text, "utf-8")
    title = '</title></script><script>alert(1)</script> --> ]]> "x" 😀 \u202e'
    note = nasty.note()
    note = replace(note, passages=tuple(replace(each, title=title) for each in note.passages))
    library = SimpleNamespace(root=notes.root, pages=(), notes=[note])
    made = dict(passages.files(cast(Library, library), tmp_path, SITE, {}))
    assert len(made) == len(nasty.IDS)
    for page in made.values():
        soup = BeautifulSoup(page, "html.parser")
        scripts = [each for each in soup.select("script") if "alert" in str(each.string)]
        assert [each["type"] for each in scripts] == ["application/ld+json"]
        assert soup.title
        assert soup.title.text.startswith(plain(title))
        (data_,) = data(soup)
        asked = data_["mainEntity"]
        assert isinstance(asked, dict)
        assert asked["name"] == plain(title)
        assert tags(soup, "property", "og:")["title"][0].startswith(plain(title))


def test_an_id_that_is_no_name_of_a_folder_gets_no_page(exported: Site, notes: Library) -> None:
    note = notes.notes[0]
    strange = replace(note.passages[0], id="../../../../elsewhere")
    library = SimpleNamespace(
        root=notes.root, pages=notes.pages, notes=[replace(note, passages=(strange,))]
    )
    folder = Path(exported.folder)
    text = (folder / "papers/electra/index.html").read_text("utf-8")
    assert "data-passage" in text
    made = passages.files(cast(Library, library), folder, NOWHERE, {})
    with pytest.raises(Stale):  # and if there were such a passage on the page, no file either
        list(made)
    assert address.alone(note.path, strange.id) is None


def test_the_sitemap_dates_what_git_dates_and_nothing_else(
    exported: Site, notes: Library, original: Path
) -> None:
    _, text = fetch(exported.url + "sitemap.xml")
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    dated = {
        str(each.findtext(f"{namespace}loc")): each.findtext(f"{namespace}lastmod")
        for each in etree.fromstring(text)
    }
    assert dated.keys() == {url for url, _ in pages(exported) if not url.endswith(".html")}
    committed = git(original, "log", "-1", "--format=%ct").strip()
    at = datetime.fromtimestamp(int(committed), UTC).isoformat()
    for url, date in dated.items():
        held = url.removeprefix(exported.url).startswith(("papers/roberta/", "papers/electra/"))
        assert date == (at if held else None), url
    assert gzip.decompress((exported.folder / "sitemap.xml.gz").read_bytes()).decode() == text


def test_words_of_a_note_are_words_in_its_head_and_no_address_is_guessed() -> None:
    note = nasty.note()
    meta = {
        **{name: getattr(note.paper, name) for name in ("short", "title", "year", "venue")},
        "authors": [*nasty.AUTHORS, '</script><script>alert("1")</script>'],
        "arxiv": "solv-int/9701001v12",
        "description": note.description,
    }
    page = SimpleNamespace(meta=meta, canonical_url=None, url="papers/nasty/")
    config = SimpleNamespace(
        site_name='"막힌" <문장>', site_description="", site_url=None, extra={}
    )
    about = Environment(loader=FileSystemLoader(ROOT / "overrides")).get_template(
        "partials/about.html"
    )
    html = about.render(page=page, config=config, title=note.paper.title)
    soup = BeautifulSoup(f"<head>{html}</head>", "html.parser")
    assert {each.name for each in soup.select("head *")} == {"meta", "script"}
    assert tags(soup, "name", "citation_")["author"] == meta["authors"]
    assert tags(soup, "name", "citation_")["arxiv_id"] == ["solv-int/9701001"]
    assert tags(soup, "property", "og:")["site_name"] == ['"막힌" <문장>']
    assert data(soup)[0]["headline"] == note.paper.title
    assert not {"url", "image"} & tags(soup, "property", "og:").keys()
