"""A small page a passage, for links that are shared: its question, short answer and quotation.

A crawler drops what follows ``#``, so a note's address names the whole note. These pages give each
passage a title, a description and an address of its own, which is the canonical one of just this
page; what the passage *is* keeps its permanent name on the note (``url`` in the page's data). They
are made of the note's page as it was built, so that nothing here draws a block.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from lxml import html
from lxml.html import HtmlElement
from pydantic_core import to_json

from papernotes.export import pictures, search
from papernotes.export.result import HEAD
from papernotes.export.site import LICENSE, Json, Site
from papernotes.note import address
from papernotes.note.library import Library
from papernotes.note.model import NAMELESS, Note, Passage
from papernotes.note.plain import plain
from papernotes.render.policy import OVERRIDES

Dates = Mapping[tuple[str, str], datetime]

_SHOWN = ("pn-facts", "pn-ask", "pn-open", "pn-quote")
_LINKS = ("stylesheet", "icon", "alternate")


def files(library: Library, folder: Path, site: Site, dates: Dates) -> Iterator[tuple[str, str]]:
    """Yield each page's path in the site in ``folder`` and its text.

    A copy whose pages are files has none: it is shared with nobody. What a passage was once
    called leads to the same page.

    Raises:
        Stale: The note's built page has not the passage.
    """
    if search.is_flat(library, folder):
        return
    for note in library.notes:
        text = (folder / address.published(note.path) / "index.html").read_text("utf-8")
        page = html.document_fromstring(text, html.HTMLParser(encoding="utf-8"))
        head, frame = HEAD.search(text), _frame(page)
        for passage in note.passages:
            section = page.find(f".//section[@data-passage='{passage.id}']")
            if section is None or head is None:
                raise search.Stale(f"docs/{note.path}")
            made = _page(note, passage, site, dates, _shown(section), frame, head[0])
            former = (old for old, new in note.moved.items() if new == passage.id)
            for id in (passage.id, *former):
                if path := address.alone(note.path, id):
                    yield f"{path}index.html", made


def describe(passage: Passage) -> str:
    """Return what a passage comes to: its short answer, or what it asks."""
    return plain((passage.gist or passage.question).text, 200)


def _shown(section: HtmlElement) -> str:
    """The parts in view of a passage, as they stand on the note's page, one folder deeper."""
    parts = []
    for child in section:
        names = str(child.get("class", "")).split()
        if not any(name in names for name in _SHOWN) or "pn-quote--evidence" in names:
            continue
        part = deepcopy(child)
        for each in list(part.iter("button")):
            each.drop_tree()
        for each in part.iter("*"):
            each.attrib.pop("id", None)
            each.attrib.pop("data-gist", None)
            each.tag = "p" if each.tag == "h3" else each.tag
            for name in ("href", "src"):
                if name in each.attrib:
                    each.set(name, _deeper(each.get(name)))
        parts.append(html.tostring(part, encoding="unicode", with_tail=False))
    return "\n".join(parts)


def _deeper(link: str) -> str:
    away = link.startswith("data:") or link.partition("/")[0].endswith(":")
    return link if away else f"../{link}"


def _frame(page: HtmlElement) -> dict[str, str]:
    """What a page shares with the note's: style sheets, icon, feeds, its body's attributes."""
    links = [each for each in page.iter("link") if each.get("rel") in _LINKS]
    for each in links:
        each.set("href", _deeper(each.get("href")))
    body = page.body.attrib
    return {
        "links": "".join(
            html.tostring(each, encoding="unicode", with_tail=False) for each in links
        ),
        "body": "".join(f' {name}="{escape(value)}"' for name, value in body.items()),
    }


@cache
def _script(name: str) -> str:
    """One of the inline scripts that the policy knows."""
    return (OVERRIDES / "assets" / name).read_text("utf-8").removesuffix("\n")


def _page(
    note: Note,
    passage: Passage,
    site: Site,
    dates: Dates,
    shown: str,
    frame: Mapping[str, str],
    policy: str,
) -> str:
    path = address.alone(note.path, passage.id)
    here = f"{site.url}{quote(path)}" if site.url and path else ""
    changed = dates.get((note.path, passage.id))
    title = plain(passage.title)
    place = f"{note.paper.short} {passage.quote.place.label}"
    up = "../" * (note.path.count("/") + 2)
    properties = {
        "og:type": "article",
        "og:site_name": site.name,
        "og:locale": "ko_KR",
        "og:title": f"{title} ({place})",
        "og:description": describe(passage),
        "og:url": here,
        "og:image": f"{here}{pictures.NAME}" if here else "",
        "og:image:alt": f"{title}: {describe(passage)}",
        "og:image:width": str(pictures.SIZE[0]),
        "og:image:height": str(pictures.SIZE[1]),
        "article:modified_time": changed.isoformat() if changed else "",
    }
    tags = "\n".join(
        f'<meta property="{name}" content="{escape(value)}">'
        for name, value in properties.items()
        if value
    )
    canonical = f'<link rel="canonical" href="{escape(here)}">' if here else ""
    data = to_json(_data(note, passage, site, here, changed)).decode("utf-8")
    data = data.replace("<", r"\u003c")  # or a word could end the script
    return f"""<!doctype html>
<html lang="ko">
<head>
{policy}
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{escape(f"{title} ({place}) - {site.name}")}</title>
<meta name="description" content="{escape(describe(passage))}">
<meta name="author" content="{escape(site.editors)}">
<meta name="twitter:card" content="summary_large_image">
{canonical}
{tags}
<script type="application/ld+json">{data}</script>
{frame["links"]}
<link rel="stylesheet" href="{up}assets/papernotes.css">
<script data-base="{up}">{_script("base.js")}</script>
</head>
<body{frame["body"]}>
<script>{_script("scheme.js")}</script>
<header class="md-header"><div class="md-header__inner md-grid"><div class="md-header__title">\
<a class="md-ellipsis" href="{up}">{escape(site.name)}</a></div></div></header>
<main class="md-main"><div class="md-main__inner md-grid"><div class="md-content">\
<article class="md-content__inner md-typeset">
<p><a href="../">{escape(note.paper.short)} 노트</a></p>
<h1>{escape(title)}</h1>
<section class="pn-passage">
{shown}
</section>
<p><a class="pn-button" href="../#{quote(passage.id)}">노트에서 답과 설명 이어 읽기</a></p>
</article></div></div></main>
</body>
</html>
"""


def _data(note: Note, passage: Passage, site: Site, here: str, changed: datetime | None) -> Json:
    """The page as a schema.org ``QAPage``: a short answer is accepted once nobody waits for one.

    Source: Google Search Central, "Education Q&A and Q&A (QAPage) structured data".
    """
    by = passage.question.by
    asked: Json = {
        "@type": "Question",
        "name": plain(passage.title),
        "text": plain(passage.question.text),
        "answerCount": 1 if passage.gist else 0,
        **({"author": {"@type": "Person", "name": by}} if by and by != NAMELESS else {}),
    }
    if passage.gist:
        kind = "acceptedAnswer" if passage.status.is_settled else "suggestedAnswer"
        asked[kind] = {
            "@type": "Answer",
            "text": plain(passage.gist.text),
            "url": site.link(note.path, passage.id),
            "author": {"@type": "Organization", "name": site.editors},
        }
    paper = note.paper
    return {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "inLanguage": "ko",
        "license": LICENSE,
        **({"url": here} if here else {}),
        **({"dateModified": changed.isoformat()} if changed else {}),
        "mainEntity": asked,
        "citation": {
            "@type": "ScholarlyArticle",
            "name": paper.title,
            "author": [{"@type": "Person", "name": name} for name in paper.authors],
            "datePublished": str(paper.year),
            "sameAs": paper.abs_url,
        },
    }
