"""Lists of a large site: a first part on the page, and the rest within reach."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, ViewportSize, expect

from bench.generate import generate
from papernotes import cli
from papernotes.note import library
from papernotes.note.library import Library
from papernotes.render import lists
from tests.conftest import Open, Shared, build, copy_project, opener
from tests.looks import SCHEMES, faults
from tests.rendering import Build
from tests.static_site import Site

FEW = 1
"""So short that the lists of the repository's own notes are long ones."""


@pytest.fixture(scope="module")
def long_site(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The exported site, where lists hold no more than FEW entries."""

    def make(folder: Path) -> None:
        project = copy_project(tmp_path_factory.mktemp("long") / "project")
        module = project / "papernotes" / "render" / "lists.py"
        text = module.read_text("utf-8")
        shortened = text.replace(f"\nFIRST = {lists.FIRST}\n", f"\nFIRST = {FEW}\n")
        assert shortened != text
        module.write_text(shortened, "utf-8")
        done = build(project, folder, SITE_URL=shared.urls["long"], EXPORTED="1")
        assert done.returncode == 0, done.stderr
        assert cli.main(["export", str(folder), "--root", str(project)]) == 0

    return shared.site("long", make)


@pytest.fixture
def open_long(page_for_all: Page, long_site: Site) -> Iterator[Open]:
    """Return a function that opens a page of the site; consoles must stay empty."""
    with opener(page_for_all, long_site) as open_:
        yield open_


def soup(site: Site, path: str) -> BeautifulSoup:
    with urlopen(site.url + path) as answer:
        return BeautifulSoup(answer.read(), "html.parser")


def test_without_scripts_links_lead_to_every_passage(long_site: Site, notes: Library) -> None:
    for path in ("", "questions/"):
        page = soup(long_site, path)
        assert len(page.select(".pn-rows > li")) == FEW
        assert page.select_one("a.pn-more[href$='papers/']"), path
    years = soup(long_site, "papers/").select("details.pn-year")
    assert [str(year.summary.get_text()) for year in years if year.summary] == [
        "2020년 (1편)",
        "2019년 (1편)",
    ]
    lines = soup(long_site, "papers/").select(".pn-lines > li")
    assert {line.a["href"] for line in lines if line.a} == {
        f"{Path(note.path).stem}/" for note in notes.notes
    }
    for line, note in zip(lines, notes.notes, strict=True):
        small = line.select_one("small")
        assert small
        counted = [int(part.rpartition(" ")[2]) for part in small.get_text().split(" · ")]
        assert sum(counted) == len(note.passages)


def test_the_filter_finds_what_is_not_on_the_page(open_long: Open, notes: Library) -> None:
    page = open_long("questions/")
    rows = page.locator(".pn-rows > li")
    total = len(list(notes.passages))
    expect(rows).to_have_count(FEW)
    expect(page.get_by_role("status")).to_have_text(f"질문 {total}개 가운데 {FEW}개를 보여요.")
    page.get_by_label("상태").select_option("corrected")
    expect(rows).to_have_count(FEW)
    expect(page.get_by_role("status")).to_contain_text("고른 조건에 맞는 것은 4개예요.")
    page.get_by_label("논문").select_option("ELECTRA")
    expect(rows).to_have_count(1)
    rows.locator(".pn-row__title").click()
    page.wait_for_url("**/papers/electra/#majority-class")


def test_the_rest_of_the_list_looks_like_its_beginning(
    open_long: Open, site: Site, long_site: Site
) -> None:
    page = open_long("questions/")
    more = page.get_by_role("button", name="더 보기")
    for shown in range(2, 9):
        more.click()
        expect(page.locator(".pn-rows > li")).to_have_count(shown)
    expect(more).to_be_hidden()
    made = BeautifulSoup(page.locator(".pn-rows").inner_html(), "html.parser")
    built = soup(site, "questions/").select(".pn-rows > li")
    for entry, expected in zip(made.select("li"), built, strict=True):
        for name in [name for name in expected.attrs if name.startswith("data-")]:
            del expected[name]
        assert entry.a
        assert expected.a
        address = str(entry.a["href"]).removeprefix(long_site.url)
        assert address == str(expected.a["href"]).removeprefix("../")
        entry.a["href"] = expected.a["href"]
        if entry is not made.li:
            assert entry.attrs == {}
        assert entry.decode_contents() == expected.decode_contents()


def test_the_address_chooses_among_all_questions(open_long: Open) -> None:
    page = open_long("questions/?tag=nsp")
    expect(page.locator(".pn-rows > li")).to_have_count(1)
    expect(page.locator(".pn-rows > li")).to_contain_text("#nsp")


def test_a_reader_without_the_file_is_told_where_to_look(browser: Browser, long_site: Site) -> None:
    page = browser.new_page()
    page.route("**/questions.json", lambda route: route.abort())
    page.goto(long_site.url + "questions/")
    page.get_by_label("상태").select_option("open")
    expect(page.get_by_role("status")).to_contain_text("논문 목록에서 찾아 주세요")
    expect(page.locator(".pn-rows > li")).to_have_count(FEW)
    page.close()


def test_the_file_holds_every_question_in_the_order_of_the_list(
    long_site: Site, site: Site
) -> None:
    with urlopen(long_site.url + "questions.json") as answer:
        rows = json.load(answer)
    built = soup(site, "questions/").select(".pn-rows > li")
    assert [row["title"] for row in rows] == [
        link.get_text() for link in (row.a for row in built) if link
    ]


def test_a_long_list_is_accessible_and_fits_a_phone(browser: Browser, long_site: Site) -> None:
    page = browser.new_page(viewport=ViewportSize(width=360, height=740))
    for scheme, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for path in ("", "papers/", "questions/"):
            page.goto(long_site.url + path)
            page.evaluate("document.querySelectorAll('details').forEach((e) => e.open = true)")
            assert faults(page, None, rules) == [], (scheme, path)
    page.close()


def test_with_many_notes_the_lists_name_each_in_a_line(tmp_path: Path) -> None:
    count = 2 * lists.FIRST + 2  # and half as many sessions
    generate(tmp_path, count)
    build = Build(tmp_path, ["attr_list", "tables"])
    listed = {}
    for path in ("index.md", "papers/index.md", "sessions/index.md", "questions.md"):
        listed[path] = build.page(path)
    assert len(listed["index.md"].select(".pn-cards > li")) == lists.FIRST
    assert len(listed["index.md"].select(".pn-rows > li")) == lists.FIRST
    assert len(listed["questions.md"].select(".pn-rows > li")) == lists.FIRST
    for path, entries in (("papers/index.md", count), ("sessions/index.md", count // 2)):
        links = [str(link["href"]) for link in listed[path].select(".pn-lines > li > a")]
        assert len(set(links)) == len(links) == entries
        assert all((tmp_path / "docs" / path).parent.joinpath(link).is_file() for link in links)
    years = listed["papers/index.md"].select("details.pn-year")
    assert len(years) == 10
    assert [year.has_attr("open") for year in years] == [True] + 9 * [False]
    found = library.load(tmp_path)
    for line in listed["papers/index.md"].select(".pn-lines > li"):
        assert line.a
        note = next(n for n in found.notes if n.path == f"papers/{line.a['href']}")
        assert note.paper.title in line.get_text()
