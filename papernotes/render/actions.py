"""What a reader can do with a passage: pass it on, ask, answer, mend, cite, go on."""

import xml.etree.ElementTree as etree
from collections.abc import Iterator

from papernotes.fingerprint.quotations import first_piece
from papernotes.note import address
from papernotes.note.model import Note, Open, Passage, Status
from papernotes.note.plain import plain
from papernotes.render import feeds
from papernotes.render.context import Context, Form
from papernotes.render.html import Child, copy_button, element, joined, link, span


def row(passage: Passage, context: Context, note: Note) -> etree.Element:
    """Make the row under a passage: what is done often, a fold with the rest, the next passage."""
    label = f"{passage.title}: 할 수 있는 일"
    return element(
        "div",
        {"class": "pn-actions", "role": "group", "aria-label": label},
        copy_button("링크 복사", "data-copy-link", passage.id),
        _form(Form.QUESTION, "질문하기", passage, context, note),
        _discussion(passage, context),
        _more(passage, context, note),
        element(
            "nav",
            {"class": "pn-turn", "aria-label": f"{passage.title}: 앞뒤 구절"},
            *_neighbours(passage, note),
        ),
    )


def asks(passage: Passage) -> bool:
    """Tell whether an answer is wanted: then the way to send one is in view."""
    waiting = passage.status in (Status.OPEN, Status.MENTOR)
    return waiting or any(isinstance(block, Open) for block in passage.blocks)


def answer(passage: Passage, context: Context, note: Note) -> etree.Element | None:
    """Make the way to answer without git; None where no repository is known."""
    sent = _form(Form.ANSWER, "답 보내기", passage, context, note)
    if sent is None:
        return None
    sent.set("class", "pn-button")
    # A paragraph, which a search must not show: no text of the passage.
    attributes = {"class": "pn-answer-way"}
    return element("p", attributes, sent, " ", element("small", "GitHub 계정이 필요해요"))


def _form(
    form: Form, text: str, passage: Passage, context: Context, note: Note
) -> etree.Element | None:
    """Make a link to a prefilled issue form; None where no repository is known."""
    url = context.form_url(form, note, passage)
    return link(url, text, rel="external") if url else None


def _discussion(passage: Passage, context: Context) -> etree.Element | None:
    """Link to where a passage is talked about; None where it is not, or nobody asked GitHub."""
    repo, found = context.settings["repo_url"], context.discussions.get(passage.id)
    if not repo or found is None:
        return None
    url = f"{repo.rstrip('/')}/discussions/{found.number}"
    return link(url, f"토론 (댓글 {found.comments}개)", rel="external")


def _more(passage: Passage, context: Context, note: Note) -> etree.Element:
    edit = context.github("edit", f"docs/{note.path}")
    history = context.github("commits", f"docs/{note.path}")
    links = [
        None if asks(passage) else _form(Form.ANSWER, "답 보내기", passage, context, note),
        _form(Form.CORRECTION, "틀린 곳 알리기", passage, context, note),
        feeds.way(context) if asks(passage) else None,
        _alone(passage, context, note),
        link(edit, "GitHub에서 고치기", rel="external") if edit else None,
        link(history, "고친 기록", rel="external") if history else None,
    ]
    questions = context.page.link("questions.md")
    tags = [link(f"{questions}?tag={tag}", f"#{tag}", "pn-tag") for tag in passage.question.tags]
    return element(
        "details",
        {"class": "pn-more-actions"},
        element("summary", "더 보기"),
        element("ul", *(element("li", each) for each in links if each is not None)),
        element("p", {"class": "pn-tags"}, "태그: ", *joined(tags, " ")) if tags else None,
        *_citation(passage, context, note),
    )


def _alone(passage: Passage, context: Context, note: Note) -> etree.Element | None:
    """Link to the page of this passage alone; None where exports make none."""
    if not context.settings["exported"] or context.settings["offline"]:
        return None
    path = address.alone(note.path, passage.id)
    return context.exported(path, "이 구절만 보기") if path else None


def _citation(passage: Passage, context: Context, note: Note) -> Iterator[etree.Element]:
    """Yield how to cite this passage of the note, with a button that copies the words before it."""
    url = context.passage_url(note, passage)
    changed = context.changed(note, passage)
    words = f"“{plain(first_piece(passage.quote.text), 80)}” {note.paper.short}"
    dated = f"{changed:%Y-%m-%d} 고침. " if changed else ""
    cited = f"{passage.title}: {words} {passage.quote.place.label}. {dated}"
    yield element("p", {"class": "pn-label"}, "이 구절 인용하기")
    yield element("p", cited, link(url, url) if url else None)
    yield element("p", copy_button("인용 복사", "data-copy-above"))


def _neighbours(passage: Passage, note: Note) -> Iterator[Child]:
    passages = note.passages
    at = passages.index(passage)
    if at > 0:
        before = passages[at - 1]
        yield link(f"#{before.id}", "← 이전", "pn-turn__before", title=before.title)
    yield span(f"{at + 1}/{len(passages)}", "pn-turn__at")
    if at + 1 < len(passages):
        after = passages[at + 1]
        yield link(f"#{after.id}", "다음 →", "pn-turn__after", title=after.title)
