"""Lists of what the whole site holds: papers, sessions, passages, rules.

A list of up to :data:`FIRST` entries is whole. A longer one shows its first entries and leads to
the rest: the page of papers names every paper in a line, with the states of its questions, and
the questions can be filtered with the file that ``papernotes export`` writes.
"""

import xml.etree.ElementTree as etree
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from papernotes.note.model import Listing, Note, Passage, Session, Status
from papernotes.note.plain import plain
from papernotes.render import blocks, breaks, downloads, feeds, reader, rows, sheet
from papernotes.render.context import Context
from papernotes.render.html import element, joined, link, span
from papernotes.render.passage import status_chip
from papernotes.render.rows import Row

FIRST = 50
"""How many entries of a list are shown at once."""

GISTS = 3
"""How many short answers a paper's card shows."""

ALL_PAPERS = "papers/index.md"
ALL_SESSIONS = "sessions/index.md"


def fill(listing: Listing, holder: etree.Element, context: Context) -> None:
    """Turn the element that waits for a list into the list.

    Lists stay out of the search index: what they name is found where it stands.
    """
    holder.set("class", f"pn-{listing.name}")
    match listing.name:
        case "paper-list":
            holder.extend(_papers(context))
            breaks.tidy(holder)
        case "session-list":
            holder.extend(_sessions(context))
        case "passage-list":
            holder.extend(_passages(listing, context))
        case "passage-example":
            holder.extend(_example(context))
            breaks.tidy(holder)
        case "discussed":
            holder.append(_discussed(context))
        case "rule-list":
            holder.append(_rules(listing, context))
        case "data-list":
            holder.append(downloads.files(context))
        case "feed-list":
            holder.extend(feeds.listed(context, FIRST))
        case "mentor-sheet":
            holder.extend(sheet.page(context, FIRST))
        case "offline-copy":
            holder.extend(downloads.offline_copy(context))
        case "reader":
            holder.extend(reader.place(context))


def _counts(note: Note) -> list[tuple[Status, int]]:
    counts = Counter(passage.status for passage in note.passages)
    return [(status, counts[status]) for status in rows.ORDER if counts[status]]


def _papers(context: Context) -> list[etree.Element]:
    notes = context.library.notes
    long = len(notes) > FIRST
    if long:
        notes = tuple(sorted(notes, key=lambda note: (-note.paper.year, note.paper.short.lower())))
    if long and context.page.path == ALL_PAPERS:
        return _by_year(notes, context)
    cards = [_paper(note, context) for note in notes[:FIRST]]
    made = [_list_or(cards, "pn-cards", "아직 노트가 없어요. 첫 논문을 올려 주세요.")]
    if long:
        made.append(_more(ALL_PAPERS, f"논문 {len(notes)}편 모두 보기", context))
    return made


def _by_year(notes: Sequence[Note], context: Context) -> list[etree.Element]:
    """Fold the papers year by year, a line each; the newest year is open."""
    made: list[etree.Element] = []
    for year, group in groupby(notes, key=lambda note: note.paper.year):
        lines = [_paper_line(note, context) for note in group]
        folded = element(
            "details",
            {"class": "pn-year", "open": None if made else "open"},
            element("summary", f"{year}년 ({len(lines)}편)"),
            element("ul", {"class": "pn-lines"}, *lines),
        )
        made.append(folded)
    return made


def _paper_line(note: Note, context: Context) -> etree.Element:
    counts = " · ".join(f"{status.label} {count}" for status, count in _counts(note))
    name = link(context.page.link(note.path), note.paper.short)
    return element("li", name, f" {note.paper.title} ", element("small", counts))


def _paper(note: Note, context: Context) -> etree.Element:
    answered = [passage for passage in note.passages if passage.gist]
    chips = [status_chip(status, f" {count}") for status, count in _counts(note)]
    gists = [_gist(note, passage, context) for passage in answered[:GISTS]]
    if gists and len(note.passages) > GISTS:
        rest = f"구절 {len(note.passages)}개 모두 보기"
        gists.append(element("li", link(context.page.link(note.path), rest)))
    return element(
        "li",
        link(context.page.link(note.path), note.paper.short, "pn-card__title"),
        span(note.paper.title, "pn-card__subtitle"),
        span(f"{byline(note)} · {note.paper.published}", "pn-card__by"),
        span(note.description, "pn-card__text"),
        element("span", {"class": "pn-card__chips"}, *chips),
        element("ul", {"class": "pn-card__gists"}, *gists) if gists else None,
    )


def _gist(note: Note, passage: Passage, context: Context) -> etree.Element:
    """Make the line of a paper's card that says what a passage is about and its short answer."""
    name = link(f"{context.page.link(note.path)}#{passage.id}", passage.title)
    gist = plain(passage.gist.text) if passage.gist else ""
    return element("li", name, element("span", gist))


def byline(note: Note) -> str:
    """Return the authors in short: one or two by name, more as ``… 외``."""
    authors = note.paper.authors
    return ", ".join(authors) if len(authors) < 3 else f"{authors[0]} 외 {len(authors) - 1}명"


def _sessions(context: Context) -> list[etree.Element]:
    sessions = context.library.sessions
    long = len(sessions) > FIRST
    if long and context.page.path == ALL_SESSIONS:
        lines = [_session_line(session, context) for session in sessions]
        return [element("ul", {"class": "pn-lines"}, *lines)]
    cards = [_session(session, context) for session in sessions[:FIRST]]
    made = [_list_or(cards, "pn-cards", "아직 모임 기록이 없어요.")]
    if long:
        made.append(_more(ALL_SESSIONS, f"모임 {len(sessions)}번 모두 보기", context))
    return made


def _session_line(session: Session, context: Context) -> etree.Element:
    name = link(context.page.link(session.path), session.title)
    return element("li", name, " ", element("small", _papers_of(session, context)))


def _session(session: Session, context: Context) -> etree.Element:
    return element(
        "li",
        link(context.page.link(session.path), session.title, "pn-card__title"),
        span(_papers_of(session, context), "pn-card__by"),
        span(session.description, "pn-card__text"),
        span(f"참석: {', '.join(session.participants)}", "pn-card__by"),
    )


def _papers_of(session: Session, context: Context) -> str:
    shorts = context.library.shorts
    return " · ".join(shorts.get(f"papers/{slug}.md", slug) for slug in session.papers)


def _passages(listing: Listing, context: Context) -> list[etree.Element]:
    found = rows.rows(
        (note, passage)
        for note, passage in context.library.passages
        if not listing.statuses or passage.status in listing.statuses
    )
    items = [_row(row, context) for row in found[:FIRST]]
    made = [_list_or(items, "pn-rows", "여기에 드는 질문이 지금은 없어요.")]
    rest = len(found) - FIRST
    if rest > 0:
        made.append(_more(ALL_PAPERS, f"나머지 질문 {rest}개는 논문 목록에서 보기", context))
    filtered = not listing.statuses and items
    if filtered and (rest <= 0 or context.settings["exported"]):
        made.insert(0, _filter(found, context))
    return made


def _row(row: Row, context: Context) -> etree.Element:
    """Make an entry of the list; papernotes.js makes those of a long list alike."""
    questions = context.page.link("questions.md")
    tags = [link(f"{questions}?tag={tag}", f"#{tag}", "pn-tag") for tag in row.tags]
    return element(
        "li",
        {
            "data-paper": row.paper,
            "data-status": row.status,
            "data-person": "|".join(row.people),
            "data-tag": "|".join(row.tags),
        },
        status_chip(row.status),
        link(f"{context.page.link(row.page)}#{row.id}", row.title, "pn-row__title"),
        element("p", {"class": "pn-row__gist"}, row.gist or row.question),
        element(
            "p",
            {"class": "pn-row__facts"},
            *joined([span(f"{row.paper} {row.place}", "pn-row__place"), *tags], " "),
        ),
    )


def _example(context: Context) -> Iterator[etree.Element]:
    """Show one passage as a reader will meet it: the settled one that takes the least room."""
    settled = [
        (note, passage, passage.gist)
        for note, passage in context.library.passages
        if passage.gist and passage.status not in (Status.OPEN, Status.MENTOR)
    ]
    if not settled:
        return
    note, passage, gist = min(
        settled, key=lambda each: (len(each[1].quote.text) + len(each[2].text), each[1].id)
    )
    url = f"{context.page.link(note.path)}#{passage.id}"
    asked = blocks.said("question", "질문", plain(passage.question.text))
    answered = blocks.said("gist", "짧은 답", plain(gist.text))
    yield element("h2", {"class": "pn-example__title"}, link(url, passage.title))
    yield element(
        "p",
        {"class": "pn-facts"},
        status_chip(passage.status),
        span(f"{note.paper.short} {passage.quote.place.label}", "pn-facts__place"),
    )
    yield element("div", {"class": "pn-ask"}, asked, answered)
    words = element("p", plain(passage.quote.markdown))
    yield blocks.quotation(passage.quote, [words], context)
    yield element("p", link(url, "모임의 답과 설명, 코드 보기", "pn-button"))


def _discussed(context: Context) -> etree.Element:
    """List what the session of this page talked about: by its papers, as their notes have it."""
    here = context.page
    papers = here.session.papers if here.session else ()
    order = {f"papers/{slug}.md": number for number, slug in enumerate(papers)}
    found = [
        (note, passage)
        for note, passage in context.library.passages
        if f"sessions/{passage.question.session}.md" == here.path
    ]
    found.sort(key=lambda each: order.get(each[0].path, len(order)))
    items = [
        element(
            "li",
            link(f"{here.link(note.path)}#{passage.id}", passage.title),
            " ",
            status_chip(passage.status),
            " ",
            element("small", " · ".join([note.paper.short, ", ".join(passage.people)])),
        )
        for note, passage in found
    ]
    if not items:
        return element("p", "아직 노트에 옮긴 것이 없어요.")
    return element("ol", {"class": "pn-lines"}, *items)


def _rules(listing: Listing, context: Context) -> etree.Element:
    items = [
        element("li", link(context.page.link(rule.path), rule.code), f" {rule.title}")
        for rule in context.library.rules
        if rule.code.startswith(listing.group)
    ]
    return _list_or(items, "pn-rows", "여기에 드는 코드가 아직 없어요.")


def _filter(found: Sequence[Row], context: Context) -> etree.Element:
    """The filter form; hidden until the script that serves it has loaded."""
    choices = {
        "paper": ("논문", [row.paper for row in found]),
        "status": ("상태", [row.status.value for row in found]),
        "person": ("사람", [name for row in found for name in row.people]),
        "tag": ("태그", [tag for row in found for tag in row.tags]),
    }
    fields = [_select(name, label, values) for name, (label, values) in choices.items()]
    return element(
        "form",
        {
            "class": "pn-filter",
            "hidden": "hidden",
            "role": "search",
            "aria-label": "질문 고르기",
            "data-total": str(len(found)),
            "data-rows": context.exported_url(rows.PATH) if len(found) > FIRST else None,
        },
        *fields,
        element("button", {"type": "reset"}, "모두 보기"),
        element("p", {"class": "pn-filter__count", "role": "status"}),
    )


def _select(name: str, label: str, values: Iterable[str]) -> etree.Element:
    counts = Counter(values)
    labels = {status.value: status.label for status in Status} if name == "status" else {}
    options = [
        element("option", {"value": value}, f"{labels.get(value, value)} ({count})")
        for value, count in sorted(counts.items())
    ]
    return element(
        "label",
        span(label, "pn-filter__label"),
        element("select", {"name": name}, element("option", {"value": ""}, "모두"), *options),
    )


def _more(path: str, text: str, context: Context) -> etree.Element:
    return element("p", link(context.page.link(path), text, "pn-more"))


def _list_or(items: list[etree.Element], name: str, empty: str) -> etree.Element:
    return element("ul", {"class": name}, *items) if items else element("p", empty)
