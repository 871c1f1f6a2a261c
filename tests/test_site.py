"""The built site: the page's contract, its links, and what survives a failed build."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import yaml
from bs4 import BeautifulSoup, Tag

from papernotes.note.library import Library
from papernotes.note.model import Open
from tests.conftest import PROJECT, REPOSITORY, ROOT, build, refusal
from tests.static_site import Site

MINUTES = ROOT / "tests" / "data" / "minutes" / "roberta-electra.md"
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
PAPERS = ("papers/roberta/", "papers/electra/")


def page(site: Site, path: str) -> BeautifulSoup:
    with urlopen(site.url + path) as answer:
        return BeautifulSoup(answer.read(), "html.parser")


def pages(site: Site) -> Iterator[tuple[str, BeautifulSoup]]:
    """Every page of the site by its address, from the sitemap, and the 404 page."""
    with urlopen(site.url + "sitemap.xml") as answer:
        found = re.findall(r"<loc>(.*?)</loc>", answer.read().decode())
    assert len(found) >= 8
    for url in [*found, site.url + "404.html"]:
        yield url, page(site, url.removeprefix(site.url))


def passages(site: Site) -> list[Tag]:
    return [section for path in PAPERS for section in page(site, path).select("[data-passage]")]


def test_the_eight_questions_of_the_minutes_are_passages(site: Site) -> None:
    found = passages(site)
    assert len(found) == 8
    for section in found:
        heading = section.find("h2")
        assert isinstance(heading, Tag)
        assert heading["id"] == section["data-passage"]
        assert section["data-status"] in ("open", "mentor", "answered", "corrected")
        quote = section.select_one("blockquote[lang][cite]")
        assert quote
        assert re.search(r"arxiv\.org/pdf/\d{4}\.\d{5}v\d+#page=\d+$", str(quote["cite"]))
        assert section.select_one(".pn-question p:not(.pn-label)")
        assert section.select_one(".pn-translation")


def test_a_passage_leads_to_the_paper_to_a_question_and_to_its_neighbours(
    site: Site,
) -> None:
    sections = page(site, "papers/roberta/").select("[data-passage]")
    section = sections[2]
    links = {anchor.get_text(): str(anchor["href"]) for anchor in section.select("a")}
    original, html = [str(anchor["href"]) for anchor in section.select("figcaption a")[:2]]
    assert original == "https://arxiv.org/pdf/1907.11692v1#page=4"
    assert html.startswith("https://ar5iv.labs.arxiv.org/html/1907.11692#:~:text=The")
    assert links["질문하기"].startswith(f"{REPOSITORY}/issues/new?template=question.yml&")
    assert site.url + "papers/roberta/#static-masking" in unquote(links["질문하기"])
    assert links["GitHub에서 고치기"] == f"{REPOSITORY}/edit/main/docs/papers/roberta.md"
    turns = [str(anchor["href"]) for anchor in section.select(".pn-turn a")]
    assert turns == [f"#{sections[1]['data-passage']}", f"#{sections[3]['data-passage']}"]
    cite = section.select_one(".pn-more-actions")
    assert cite
    assert (
        "@misc{liu2019roberta," in page(site, "papers/roberta/").select(".pn-paper")[0].get_text()
    )
    assert f"{site.url}papers/roberta/#static-masking" in cite.get_text()


def test_an_answer_is_asked_for_where_one_is_wanted(site: Site, notes: Library) -> None:
    wanted = {
        passage.id
        for _, passage in notes.passages
        if passage.status in ("open", "mentor") or any(isinstance(b, Open) for b in passage.blocks)
    }
    assert wanted
    for section in passages(site):
        way = section.select_one(".pn-open .pn-answer-way")
        assert bool(way) == (section["data-passage"] in wanted)
        assert not way or "GitHub 계정이 필요해요" in way.get_text()


def test_every_link_to_a_form_fills_in_fields_that_the_form_has(site: Site) -> None:
    seen = set()
    for path in (*PAPERS, "questions/"):
        for anchor in page(site, path).select("a[href*='/issues/new']"):
            fields = dict(parse_qsl(urlsplit(str(anchor["href"])).query))
            form = yaml.safe_load((FORMS / fields.pop("template")).read_text("utf-8"))
            assert fields.pop("title").startswith(form["title"].strip())
            assert fields["passage"].startswith(f"{site.url}papers/")
            assert set(fields) <= {field.get("id") for field in form["body"]}
            seen.add(form["name"])
    assert len(seen) == 3


def test_every_link_and_anchor_inside_the_site_resolves(site: Site) -> None:
    found = dict(pages(site))
    ids = {url: {str(tag["id"]) for tag in soup.select("[id]")} for url, soup in found.items()}
    checked = 0
    for url, soup in found.items():
        for tag, attribute in [("a", "href"), ("img", "src"), ("link", "href"), ("script", "src")]:
            for element in soup.find_all(tag, {attribute: True}):
                target, fragment = urldefrag(urljoin(url, str(element[attribute])))
                if not target.startswith(site.url):
                    continue
                target = target.split("?")[0]
                checked += 1
                if target in found:
                    assert not fragment or unquote(fragment) in ids[target], (url, element)
                else:
                    with urlopen(target) as answer:
                        assert answer.status == 200
    assert checked > 300


def test_every_page_has_a_title_a_description_and_one_main_heading(site: Site) -> None:
    descriptions: dict[str, str] = {}
    for url, soup in pages(site):
        assert soup.title
        assert len(soup.select("h1")) == 1, url
        description = soup.select_one("meta[name=description]")
        assert description, url
        # Firefox fetches what is next, and the policy forbids it.
        assert not soup.select("link[rel=next]"), url
        descriptions.setdefault(str(description["content"]), url)
        assert soup.html
        assert soup.html["lang"] == "ko"
    assert len(descriptions) >= 7


def test_no_page_says_that_markdown_was_left_unparsed(site: Site) -> None:
    for url, soup in pages(site):
        for code in soup.select("pre, code, math"):
            code.decompose()
        text = soup.get_text()
        assert "///" not in text, url
        assert "**" not in text, url
        assert "arithmatex" not in str(soup), url


def test_formulas_are_mathml_made_by_the_build(site: Site) -> None:
    soup = page(site, "papers/roberta/")
    assert len(soup.select("math")) > 10
    assert not soup.select("script[src*=math i]")


def test_the_list_of_questions_is_complete_without_scripts(site: Site, notes: Library) -> None:
    rows = page(site, "questions/").select(".pn-rows > li")
    assert len(rows) == len(list(notes.passages)) == 8
    statuses = [str(row["data-status"]) for row in rows]
    assert statuses == sorted(statuses, key=["open", "mentor", "corrected", "answered"].index)
    for row in rows:
        assert row.select_one("a[href*='#']")
        assert row["data-paper"]
        assert row["data-person"]
        assert row["data-tag"]


def test_the_glossary_holds_terms_that_the_notes_link_to(site: Site, notes: Library) -> None:
    assert len(notes.terms) >= 25
    soup = page(site, "papers/roberta/")
    linked = soup.select("a.pn-term")
    assert len(linked) > 50
    assert not soup.select("h1 a.pn-term, h2 a.pn-term, code a.pn-term, a a.pn-term")
    for anchor in linked:
        meaning = soup.find(id="term-" + str(anchor["href"]).partition("#")[2])
        assert isinstance(meaning, Tag)
        assert len(meaning.get_text()) > 10
    used = {
        str(anchor["href"]).partition("#")[2]
        for path in PAPERS
        for anchor in page(site, path).select("a.pn-term")
    }
    assert len(used) >= 25


def test_particles_do_not_hide_a_term(site: Site) -> None:
    text = str(page(site, "papers/roberta/"))
    assert re.search(r'class="pn-term"[^>]*>[가-힣]+</a>[을를은는]', text)


def test_the_session_keeps_who_was_there_and_links_each_question(site: Site) -> None:
    soup = page(site, "sessions/roberta-electra/")
    text = soup.get_text()
    for name in ("김신곤", "김재영", "박세진", "손희락", "심우창", "이상준", "전상민"):
        assert name in text
    targets = {str(anchor["href"]).partition("#")[2] for anchor in soup.select("article a")}
    assert {str(section["data-passage"]) for section in passages(site)} <= targets


def test_pages_that_cannot_be_read_stop_the_build_and_keep_the_old_site(
    project: Path, edit: Callable[[str, str, str], Path]
) -> None:
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("the earlier site")
    expected = set()
    for path, old, new, code in [
        ("docs/papers/electra.md", "year: 2020\n", "", "PN102"),
        ("docs/papers/electra.md", "/// answer | 상민", "/// anser | 상민", "PN201"),
        ("docs/papers/electra.md", "status: open", "status: opened", "PN203"),
        ("docs/papers/roberta.md", "    status: ", "    stat: ", "PN202"),
        ("docs/papers/roberta.md", "/// quote | §3.1", "/// evidence | §3.1", "PN206"),
        ("docs/papers/roberta.md", "/// question\n    status: answered", "/// open", "PN207"),
        ("docs/papers/roberta.md", "{ #median-of-five-runs }", "{ #static-masking }", "PN211"),
        ("docs/sessions/roberta-electra.md", "participants:", "people:", "PN102"),
        ("docs/glossary.md", "    en: ", "    english: ", "PN202"),
    ]:
        edit(path, old, new)
        expected.add((path, code))
    said = refusal(project, site)
    told = re.findall(r"^(docs/\S+):\d+:\d+: (PN\d+) .*세요[.:]", said, re.M)
    assert expected <= set(told), said
    assert "Traceback" not in said
    assert (site / "index.html").read_text() == "the earlier site"


def test_a_dead_link_stops_a_strict_build(
    project: Path, edit: Callable[[str, str, str], Path]
) -> None:
    edit("docs/sessions/roberta-electra.md", "#majority-class", "#no-such-passage")
    assert "no-such-passage" in refusal(project, project / "site")


def test_a_site_of_less_shows_no_more_and_front_matter_is_words(
    project: Path, edit: Callable[[str, str, str], Path]
) -> None:
    edit("docs/questions.md", "title: 질문", 'title: 묻고 & 답하고 "둘"')
    words = '0;url=https://e.invalid" http-equiv="refresh'
    edit("docs/questions.md", "description: ", f"description: '{words}' #")
    edit("docs/papers/electra.md", "    session: roberta-electra\n", "")
    done = build(project, project / "site", SITE_URL="", REPO_URL="")
    assert done.returncode == 0, done.stderr
    # Without a repository, no link leads nowhere.
    text = (project / "site/papers/roberta/index.html").read_text("utf-8")
    assert "질문하기" not in text
    assert "issues/new" not in text
    assert 'href="None' not in text
    # Without Python for the browser, no button runs anything.
    found = BeautifulSoup(text, "html.parser")
    assert found.select("[data-snippet]")
    assert not found.select(".pn-run, .pn-run__status, .pn-snippet button:not([data-copy-code])")
    assert not (project / "site/assets/pyodide").exists()
    # What the front matter says is words.
    html = (project / "site/questions/index.html").read_text("utf-8")
    assert 'http-equiv="refresh' not in html
    assert html.count("묻고 &amp; 답하고 &#34;둘&#34;") == 2
    described = BeautifulSoup(html, "html.parser").select_one("meta[name=description]")
    assert described
    assert described["content"] == words
    # A passage that no session discussed is on no session's list.
    text = (project / "site/sessions/roberta-electra/index.html").read_text("utf-8")
    listed = BeautifulSoup(text, "html.parser").select_one(".pn-discussed")
    assert listed
    assert "다수 클래스를 넘지 못한다는 말" in listed.get_text()
    assert "큰 규모에서도 잘된다는 말" not in listed.get_text()


def test_a_session_lists_what_it_discussed_as_the_notes_have_it(site: Site, notes: Library) -> None:
    items = page(site, "sessions/roberta-electra/").select(".pn-discussed > ol > li")
    at = {f"papers/{slug}.md": slug for slug in ("roberta", "electra")}  # as its papers stand
    passages = sorted(notes.passages, key=lambda each: list(at).index(each[0].path))
    for item, (note, passage) in zip(items, passages, strict=True):
        assert item.a
        assert item.a["href"] == f"../../papers/{at[note.path]}/#{passage.id}"
        words = item.get_text()
        for part in (passage.title, passage.status.label, note.paper.short, *passage.people):
            assert part in words


def test_each_question_has_a_snippet_with_its_recorded_output(site: Site, notes: Library) -> None:
    for section in passages(site):
        snippets = section.select("[data-snippet]")
        assert snippets, section["data-passage"]
        for snippet in snippets:
            path = PROJECT / "snippets" / str(snippet["data-snippet"])
            blocks = [pre.get_text() for pre in snippet.select("pre code")]
            assert blocks[-1].rstrip() == path.read_text("utf-8").rstrip()
            assert blocks[-2].rstrip() == path.with_suffix(".txt").read_text("utf-8").rstrip()
            assert len(snippet.select("img")) == path.with_suffix(".svg").exists()
            for image in snippet.select("img"):
                assert str(image["alt"]).endswith("요.")
                assert image["width"]
                assert image["height"]
            assert "에서 기록했어요" in snippet.get_text()
