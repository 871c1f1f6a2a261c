"""A PDF is somebody's file: what it names, links to and carries neither runs nor asks."""

import re

from playwright.sync_api import expect

from tests.reader.conftest import OpenReader, Papers, paper

IMG = "<img src=//elsewhere.test/x onerror=window.ran=1>"
JS = "<</S/JavaScript/JS(window.ran=1;app.alert\\(1\\))>>"
RECT = "/Rect[{0} {0} 500 700]/Border[0 0 1]"
ACTIONS = [
    "<</S/URI/URI(javascript:window.ran=1)>>",
    "<</S/URI/URI(data:text/html,<script>alert\\(1\\)</script>)>>",
    "<</S/URI/URI(https://elsewhere.test/)>>",
    "<</S/Launch/F(calc.exe)>>",
    "<</S/GoToR/F(javascript:window.ran=1)/D[0/Fit]>>",
    "<</S/SubmitForm/F(https://elsewhere.test/)>>",
    "<</S/Named/N(Print)>>",
    JS,
]
ANNOTATIONS = [
    *(f"<</Type/Annot/Subtype/Link{RECT.format(60)}/A{action}>>" for action in ACTIONS),
    f"<</Type/Annot/Subtype/Text{RECT.format(80)}/T({IMG})/Contents({IMG})>>",
    f"<</Type/Annot/Subtype/FreeText{RECT.format(90)}/DA(/F1 9 Tf)/Contents({IMG})/RC({IMG})>>",
    f"<</Type/Annot/Subtype/Widget/FT/Btn/T({IMG}){RECT.format(95)}/A{JS}/AA<</E{JS}/U{JS}>>>>",
    f"<</Type/Annot/Subtype/Widget/FT/Tx/T(x)/V({IMG}){RECT.format(99)}/AA<</K{JS}/F{JS}>>>>",
    f"<</Type/Annot/Subtype/FileAttachment{RECT.format(70)}/FS<</F({IMG})>>>>",
]


def hostile() -> bytes:
    """The tests' paper with all that a PDF could try put into it (PDF 1.7, 7.5.6: an update)."""
    whole = paper()
    pages = [int(n) for n in re.findall(rb"(\d+) 0 obj\s*<</Type/Page/", whole)]
    first = re.search(rb"%d 0 obj\s*<<(/Type/Page/.*?)>>\s*endobj" % pages[0], whole, re.S)
    assert first
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R/Outlines 900 0 R/OpenAction{JS}/AA<</WC{JS}>>"
        f"/Names<</JavaScript<</Names[(a){JS}]>>>>/AcroForm<</Fields[]>>"
        f"/URI<</Base(javascript:window.ran=1//)>>>>",
        pages[0]: f"<<{first[1].decode('latin-1')}/Annots[{' '.join(ANNOTATIONS)}]/AA<</O{JS}>>>>",
        900: "<</Type/Outlines/First 901 0 R/Last 901 0 R/Count 1>>",
        901: f"<</Title({IMG})/Parent 900 0 R/A<</S/URI/URI(javascript:window.ran=1)>>>>",
        902: f"<</Title({IMG})/Author({IMG})>>",
    }
    made = bytearray(whole.rstrip() + b"\n")
    table = b"xref\n"
    for number, text in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(made))
        made += f"{number} 0 obj{text}endobj\n".encode("latin-1")
    before = whole.rindex(b"startxref")
    at = len(made)
    made += table + b"trailer<</Size 903/Root 1 0 R/Info 902 0 R/Prev %d>>\n" % int(
        whole[before:].split()[1]
    )
    return bytes(made + b"startxref\n%d\n%%%%EOF" % at)


def test_nothing_in_a_file_runs_or_asks(open_reader: OpenReader, papers: Papers) -> None:
    reader = open_reader()
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.choose(papers.file("hostile.pdf", hostile()))
    reader.says("표시했어요.")
    links = reader.page.locator(".annotationLayer a[href]").all()
    assert [link.get_attribute("href") for link in links] == ["https://elsewhere.test/"]
    for each in reader.page.locator(".annotationLayer section").all():
        each.dispatch_event("mouseover")
        each.dispatch_event("click")
    expect(reader.page.get_by_text(IMG).first).to_be_attached()  # as words
    here = papers.site.url.split("/papernotes")[0]
    assert [url for url in asked if not url.removeprefix("blob:").startswith(here)] == []
    assert reader.page.evaluate("window.ran") is None
