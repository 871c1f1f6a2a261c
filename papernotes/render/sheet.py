"""The questions that wait, as one sheet for a mentor: a page to print, and a text to send.

The text has the answer form's own headings, so that ``papernotes transcribe`` reads what comes
back as it reads a form; :mod:`papernotes.forms.form` knows where the sheet's own words stand.
"""

import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from papernotes.note.model import Note, Passage, Status
from papernotes.note.plain import plain
from papernotes.render import blocks
from papernotes.render.context import Context, Form
from papernotes.render.html import copy_button, element, link, span

ASKED, LINK = "물은 것", "이 질문에 답하는 양식"
"""What stands before a question, and on the way to its form."""

FIELDS = {"passage": "구절", "answer": "답", "source": "근거", "name": "노트에 남길 이름"}
"""The answer form's labels of what a sheet has, by their ids."""

_ROOM = "\n" * 4
"""To write in by hand, where the text is printed."""

_HEAD = """# 여쭙고 싶은 것: {papers}

논문을 읽다가 막힌 질문 {count}개예요. 아는 것만, 짧아도, 확실하지 않아도 괜찮아요.

`### 답` 아래에 적어서 이 글을 그대로 돌려주세요. 절과 쪽은 `### 근거` 아래에 적어 주세요.
비워 둔 질문은 그대로 둬요. 적어 주신 답은 이름과 함께 CC BY 4.0으로 노트에 실어요.
"""

Waiting = tuple[Note, Passage]


def waiting(notes: Iterable[Note]) -> list[Waiting]:
    """Return the passages whose questions nobody has settled, the mentor's first in each note."""
    return [
        (note, passage)
        for note in notes
        for status in (Status.MENTOR, Status.OPEN)
        for passage in note.passages
        if passage.status is status
    ]


def text(found: Sequence[Waiting], context: Context) -> str:
    """Return the sheet as text: each question with its quotation and place, and room below."""
    papers = ", ".join(dict.fromkeys(note.paper.short for note, _ in found))
    parts = [_HEAD.format(papers=papers, count=len(found)), _blank("name")]
    for number, (note, passage) in enumerate(found, 1):
        parts += [_question(note, passage, number, context)]
        parts += [f"### {FIELDS['passage']}\n\n{_address(note, passage, context)}\n"]
        parts += [_blank("answer"), _blank("source")]
    return "\n".join(parts)


def page(context: Context, most: int) -> Iterator[etree.Element]:
    """Yield the sheet as a page: at most ``most`` questions by their papers, then the text."""
    every = waiting(context.library.notes)
    found = every[:most]
    if not found:
        yield element("p", "기다리는 질문이 지금은 없어요.")
        return
    papers = [(note, list(group)) for note, group in groupby(found, key=lambda each: each[0])]
    if len(papers) > 1:
        lines = [
            element("li", _within(f"#{_id(note)}", f"{note.paper.short} ({len(group)})"))
            for note, group in papers
        ]
        label = element("p", {"class": "pn-label"}, "한 논문만 보기")
        yield element("nav", {"class": "pn-sheet__papers"}, label, element("ul", *lines))
    yield element("div", {"class": "pn-sheet__room pn-sheet__room--name"}, _field("name"))
    for note, group in papers:
        yield element(
            "section",
            {"class": "pn-sheet__paper", "id": _id(note)},
            element("h2", note.paper.short),
            *(
                _asked(note, passage, number, context)
                for number, (_, passage) in enumerate(group, 1)
            ),
            *_alone(group, context, many=len(papers) > 1),
        )
    if len(every) > most:
        rest = (
            f"나머지 질문 {len(every) - most}개는 `papernotes open --for-mentor 논문`으로 뽑아요."
        )
        yield element("p", rest)
    yield _to_send(found, context)


def _to_send(found: Sequence[Waiting], context: Context) -> etree.Element:
    return element(
        "details",
        {"class": "pn-sheet__text"},
        element("summary", "메일에 붙일 글"),
        element("p", "이 글에 적은 답은 그대로 노트로 옮길 수 있어요."),
        element("pre", element("code", {"tabindex": "0"}, text(found, context))),
        element("p", copy_button("글 복사", "data-copy-above")),
    )


def _alone(group: Sequence[Waiting], context: Context, *, many: bool) -> Iterator[etree.Element]:
    """Yield what is shown where one paper of ``many`` is."""
    if many:
        yield element("p", {"class": "pn-sheet__all"}, _within("#", "모든 논문 보기"))
        yield _to_send(group, context)


def _asked(note: Note, passage: Passage, number: int, context: Context) -> etree.Element:
    url = context.form_url(Form.ANSWER, note, passage)
    quote, by = passage.quote, passage.question.by
    home = f"{context.page.link(note.path)}#{passage.id}"
    return element(
        "section",
        {"class": "pn-sheet__asked"},
        element("h3", f"{number}. ", link(home, passage.title)),
        blocks.quotation(quote, [element("p", plain(quote.text))], context),
        element("p", {"class": "pn-label"}, f"{ASKED} · {by}" if by else ASKED),
        element("p", plain(passage.question.text)),
        element("p", link(url, LINK, rel="external")) if url else None,
        element("div", {"class": "pn-sheet__room"}, _field("answer")),
        element("div", {"class": "pn-sheet__room"}, _field("source")),
        element("p", {"class": "pn-sheet__address"}, _address(note, passage, context)),
    )


def _field(id: str) -> etree.Element:
    return span(FIELDS[id], "pn-label")


def _id(note: Note) -> str:
    return f"paper-{note.path.rpartition('/')[2].removesuffix('.md')}"


def _within(href: str, text: str) -> etree.Element:
    """Link to a place of this page that MkDocs, which has looked for anchors, does not know."""
    return element("exported-link", {"href": href}, text)


def _question(note: Note, passage: Passage, number: int, context: Context) -> str:
    url = context.form_url(Form.ANSWER, note, passage)
    parts = [
        f"## {number}. {passage.title}",
        f"{note.paper.short} {passage.quote.place.label} ({passage.status.label})",
        _quoted(passage.quote.text),
        f"{ASKED}{f' ({passage.question.by})' if passage.question.by else ''}:",
        _quoted(passage.question.text),
        f"[{LINK}]({url})" if url else "",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _address(note: Note, passage: Passage, context: Context) -> str:
    return context.passage_url(note, passage) or f"{note.path}#{passage.id}"


def _blank(id: str) -> str:
    return f"### {FIELDS[id]}\n{_ROOM}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
