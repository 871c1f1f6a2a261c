"""The sheet for a mentor on the site: what waits, with room for answers and ways to send them."""

import re

from papernotes.forms import form
from papernotes.note import library
from papernotes.render import sheet
from tests.conftest import PROJECT, REPOSITORY, ROOT
from tests.rendering import Build

EXTENSIONS = ("attr_list", "toc", "pymdownx.superfences", "papernotes.extension")


def test_the_page_has_each_question_that_waits_and_the_text_to_send() -> None:
    urls = {"repo_url": REPOSITORY, "site_url": "https://someone.github.io/reading-group/"}
    options = {"papernotes.extension": {"root": str(PROJECT), **urls}}
    page = Build(PROJECT, EXTENSIONS, options).page("mentor.md")
    found = sheet.waiting(library.load(PROJECT).notes)
    assert len(found) > 1
    for (note, passage), asked in zip(found, page.select(".pn-sheet__asked"), strict=True):
        said = " ".join(asked.get_text(" ").split())
        for words in (passage.title, passage.quote.text, passage.question.text):
            assert " ".join(words.split()) in said
        assert f"{note.paper.short} {passage.quote.place.label}" in said
        assert f"{urls['site_url']}papers/{note.path[7:-3]}/#{passage.id}" in said
        assert asked.select("a[href*='/issues/new?template=answer.yml']")
        assert len(asked.select(".pn-sheet__room")) == 2
    (text,) = page.select(".pn-mentor-sheet > .pn-sheet__text pre")
    filled = text.get_text().replace("### 답\n", "### 답\n\n네.\n")
    assert [each["passage"].partition("#")[2] for each in form.read(filled, form.load(ROOT))] == [
        passage.id for _, passage in found
    ]
    for path in {note.path for note, _ in found}:
        assert page.select(f"[href='#paper-{path[7:-3]}']")
        (alone,) = page.select(f"section#paper-{path[7:-3]} > .pn-sheet__text pre")
        here = [passage.id for note, passage in found if note.path == path]
        assert re.findall(r"/#(\S+)\n\n### 답", alone.get_text()) == here


def test_the_sheet_calls_its_fields_as_the_form_does() -> None:
    (answer,) = [each for each in form.load(ROOT) if each.name == "answer"]
    assert {id: answer.label(id) for id in sheet.FIELDS} == sheet.FIELDS
