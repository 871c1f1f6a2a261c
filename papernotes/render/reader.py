"""Where a reader opens their own copy of a paper beside its notes, and the ways there."""

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from urllib.parse import urlencode

from papernotes.note.model import Paper, Quote
from papernotes.pdfjs import pins
from papernotes.pdfjs.bundle import is_there
from papernotes.render.context import Context
from papernotes.render.html import element

PAGE = "reader.md"


def place(context: Context) -> Iterator[etree.Element]:
    """Yield where assets/reader/reader.js builds the reader; or why it cannot be here."""
    if context.settings["offline"]:
        yield element(
            "p",
            "내려받은 사본에서는 열 수 없어요. 파일로 연 쪽에서는 브라우저가 PDF를 그리는 "
            "스크립트를 막아요. 공개된 사이트에서 열어 주세요.",
        )
    elif not _is_here(context):
        yield element("p", "미리 보기와 pdf.js 없이 지은 사이트에서는 열 수 없어요.")
    else:
        attributes = {"data-reader": pins.VERSION, "data-repo": context.settings["repo_url"]}
        needs = element("p", "원문을 여기에서 열려면 스크립트가 켜져 있어야 해요.")
        yield element("div", attributes, needs)


def way(context: Context, paper: Paper, quote: Quote | None = None) -> etree.Element | None:
    """Link to the reader for a paper, at a quotation of this page; None where the site has none."""
    library = context.library
    if not _is_here(context) or not library.page(PAGE):
        return None
    passages = context.page.note.passages if context.page.note else ()
    at = next((passage.id for passage in passages if quote in passage.quotes), None)
    asked = {"paper": paper.arxiv} | ({"passage": at} if at else {})
    # To the engines a page's fragment is one of its headings: this link is none of theirs.
    href = f"{context.exported_link('reader')}/#{urlencode(asked)}"
    return element("exported-link", {"href": href}, "원문 곁에서 읽기")


def _is_here(context: Context) -> bool:
    served = context.settings["exported"] and not context.settings["offline"]
    return bool(served) and is_there(context.library.root)
