"""What is parsed and written back is the same note."""

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from papernotes.note import write
from papernotes.note.kinds import parse_place, write_place
from papernotes.note.library import Library
from papernotes.note.model import Note, Passage, Place, Session, Term
from papernotes.note.parse import parse_page, parse_partial, parse_session

FRONT = """\
---
title: A Paper
short: Paper
description: 소개예요.
authors: [Ada Lovelace]
year: 2019
venue: arXiv
arxiv: 1907.11692v1
---
"""


def without_lines(note: Note) -> Note:
    """Where a block stands in the source is no part of what it says."""

    def plain(passage: Passage) -> Passage:
        blocks = [dataclasses.replace(each, line=0, text_line=0) for each in passage.blocks]
        return dataclasses.replace(passage, line=0, blocks=tuple(blocks))

    return dataclasses.replace(note, passages=tuple(map(plain, note.passages)))


def test_the_repositorys_notes_come_back_as_they_are(notes: Library) -> None:
    assert notes.notes
    for note in notes.notes:
        again, problems = parse_partial(write.note(note), note.path)
        assert problems == []
        assert again
        assert without_lines(again) == without_lines(note)


def test_the_repositorys_terms_come_back_as_they_are(notes: Library) -> None:
    assert notes.terms
    for term in notes.terms:
        (again,), problems = parse_page(write.block(term), "glossary.md")
        assert problems == []
        assert isinstance(again, Term)
        same = dataclasses.replace(term, line=0, text_line=0)
        # Aliases that repeat the name are no aliases.
        assert dataclasses.replace(again, line=0, text_line=0) == same


LINES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20),
    st.sampled_from(
        [
            "",
            "답이에요.",
            "    코드처럼 들여쓴 줄",
            "- 목록",
            "## 제목",
            "////",
            "/// 모르는-블록",
            "```",
            "~~~~",
            "| a | b |",
            "<!-- 채우기: 여기 -->",
            "    name: value",
        ]
    ),
)
# Mostly what a person could write, so that many notes are sound.
TEXTS = st.one_of(
    st.lists(st.sampled_from(["한 줄", "- 하나", "", "    들여쓴 줄", "////"]), max_size=4).map(
        lambda lines: "\n".join(["글이에요.", *lines])
    ),
    st.lists(LINES, min_size=1, max_size=4).map("\n".join),
)
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="{}'"), min_size=1, max_size=16
)


@st.composite
def sources(draw: st.DrawFn) -> str:
    """A note's source that is often, not always, sound."""
    passages = []
    for number in range(draw(st.integers(1, 2))):
        blocks = [
            f"/// quote | §4.1, pp. 4-5\n    lang: {draw(st.sampled_from(['en', 'ko', 'de']))}\n\n"
            f"{draw(TEXTS)}\n///",
            f"/// question | {draw(WORDS)}\n    status: open\n    tags: [a, b-2]\n\n"
            f"{draw(TEXTS)}\n///",
            f"//// answer | {draw(WORDS)}\n{draw(TEXTS)}\n////",
            f"/// gist\n    source: '{draw(WORDS)}'\n\n{draw(WORDS)}\n///",
            f"/// explanation\n    source: '{draw(WORDS)}; {draw(WORDS)}'\n\n{draw(TEXTS)}\n///",
            f"/// evidence | Table 2, p. 3\n    paper: Paper\n\n{draw(TEXTS)}\n///",
        ]
        passages.append(f"## {draw(WORDS)} {{ #passage-{number} }}\n\n" + "\n\n".join(blocks))
    return FRONT + "\n" + "\n\n".join(passages) + "\n"


@settings(max_examples=150)
@given(sources())
def test_whatever_is_read_as_a_note_is_written_back_as_the_same_note(source: str) -> None:
    note, _ = parse_partial(source, "papers/x.md")
    if note:
        again, problems = parse_partial(write.note(note), "papers/x.md")
        assert problems == []
        assert again
        assert without_lines(again) == without_lines(note)


@given(
    st.none()
    | st.text(st.characters(exclude_characters=",", exclude_categories=["Cs"]), min_size=1),
    st.integers(1, 9000),
    st.integers(0, 3),
)
def test_a_place_is_written_as_it_is_read(where: str | None, first: int, more: int) -> None:
    place = Place(where, tuple(range(first, first + more + 1)))
    read = parse_place(write_place(place))
    if read and read.where == where:  # not every text can be the name of a section
        assert read == place
    assert parse_place(write_place(Place("§4.1", place.pages))) == Place("§4.1", place.pages)


@given(WORDS, WORDS, st.lists(WORDS, min_size=1, max_size=4), st.text(max_size=40))
def test_a_session_is_written_as_it_is_read(
    title: str, description: str, people: list[str], body: str
) -> None:
    session = Session("sessions/x.md", title, description, tuple(people), ("roberta",))
    source = write.session(session, body, {"title": "채우기: 제목."})
    assert parse_session(source, session.path) == (session, [])
