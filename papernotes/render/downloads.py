"""What readers can take along: the data of the whole site, a copy to read offline, and the zip."""

import xml.etree.ElementTree as etree
from collections.abc import Iterator

from papernotes.render.context import Context
from papernotes.render.html import element

_DATA = {
    "annotations.jsonld": "모든 구절. 구절마다 W3C 웹 주석(Web Annotation) 하나예요.",
    "notes.json": "노트, 모임, 용어집의 모든 것. 화면과 검사가 쓰는 바로 그 모형이에요.",
    "notes.schema.json": "notes.json의 꼴을 적은 JSON Schema예요.",
    "feed.xml": "새로 쓰거나 고친 구절의 Atom 피드예요.",
    "questions.xml": "답을 기다리는 질문의 Atom 피드예요.",
    "answered.xml": "답이 나온 질문의 Atom 피드예요.",
    "cards.apkg": "답이 나온 질문의 Anki 카드예요. 새로 받아도 카드가 겹치지 않고 고쳐져요.",
    "llms.txt": "언어 모델이 읽을 차례(llms.txt 규약)예요. 노트마다 Markdown으로 이어져요.",
    "llms-full.txt": "모든 노트를 담은 한 파일이에요. 누구의 말인지 적혀 있어요.",
}


def files(context: Context) -> etree.Element:
    """List the files of ``papernotes export`` that are about the whole site."""
    exported = bool(context.settings["exported"])
    items = [
        element(
            "li", context.exported(path, path) if exported else element("code", path), f": {text}"
        )
        for path, text in _DATA.items()
    ]
    return element("ul", *items)


def offline_copy(context: Context) -> Iterator[etree.Element]:
    """Yield where offline.js puts its button, where there is a server; and the zip."""
    if context.settings["offline"] or not context.settings["exported"]:
        yield element("p", "미리 보기와 내려받은 사본에서는 저장할 것이 없어요.")
        return
    yield element("div", {"data-offline-copy": ""})
    if context.settings["zipped"]:
        zipped = context.exported("site.zip", "사이트 전체를 zip으로 내려받기", download="site.zip")
        yield element("p", zipped)
