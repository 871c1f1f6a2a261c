"""Reading a paper beside its notes: what is marked, what is told, and what leaves the browser."""

import re
from gzip import compress

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.conftest import DESK, PHONE
from tests.looks import faults
from tests.pdf import column, pdf
from tests.reader.conftest import ID, SECOND, OpenReader, Papers, paper, words

pytestmark = pytest.mark.browser

ALL = "인용 3곳을 모두 표시했어요."


def test_every_quotation_is_marked_at_its_words(open_reader: OpenReader, papers: Papers) -> None:
    file = papers.file("paper.pdf", paper())
    reader = open_reader()
    reader.choose(file)
    reader.says(f"Pebble 논문이에요(arXiv:{ID}). {ALL}")
    assert set(reader.marked()) == {"four-times", "larger-heaps"}
    marks = reader.page.eval_on_selector_all(
        "[data-mark]",
        """marks => marks.map((mark) => {
            const page = mark.parentElement.getBoundingClientRect();
            const box = mark.getBoundingClientRect();
            return {
              passage: mark.dataset.mark,
              evidence: mark.classList.contains("pn-mark--evidence"),
              page: [...document.querySelectorAll(".pdfViewer .page")].findIndex((each) =>
                Math.abs(each.getBoundingClientRect().top - page.top) < 2),
              left: (box.left - page.left) / page.width,
              right: (box.right - page.left) / page.width,
              top: (box.top - page.top) / page.height,
              bottom: (box.bottom - page.top) / page.height,
            };
        })""",
    )
    document = pypdfium2.PdfDocument(file)
    found: dict[tuple[str, bool], str] = {}
    for mark in marks:
        page = document[mark["page"]]
        width, height = page.get_size()
        text = page.get_textpage().get_text_bounded(
            mark["left"] * width - 0.5,
            height - mark["bottom"] * height,
            mark["right"] * width + 0.5,
            height - mark["top"] * height,
        )
        key = (mark["passage"], mark["evidence"])
        found[key] = f"{found.get(key, '')} {text}"
    document.close()
    assert words(re.sub(r"[-\ufffe\x02]\s+", "", found["four-times", False])) == words(
        "Every heap is shown four times during training and never again after that, because the "
        "machine remembers what it has once seen."
    )
    assert words(found["larger-heaps", False]) == words(
        "Our second finding is that larger heaps help more than a longer training does."
    )
    assert words(found["four-times", True]) == words(
        "The appendix lists every heap that was shown, with its number of pebbles"
    )


def test_a_note_opens_at_its_quotation_and_leads_to_its_page(
    open_reader: OpenReader, papers: Papers
) -> None:
    reader = open_reader(f"#paper={ID}&passage=larger-heaps")
    expect(reader.page.get_by_text("Pebble의 PDF를 열어 주세요.")).to_be_visible()
    reader.choose(papers.file("paper.pdf", paper()))
    reader.says(ALL)
    note = reader.page.locator(".pn-notes__note").filter(has_text="왜 큰 더미인가")
    assert note.locator("details").get_attribute("open") is not None
    assert note.get_attribute("data-status") == "open"
    lit = reader.page.locator(".pn-mark--lit")
    assert {each.get_attribute("data-mark") for each in lit.all()} == {"larger-heaps"}
    href = note.get_by_role("link", name="노트 읽기").get_attribute("href")
    assert href == papers.site.url + "papers/pebble/#larger-heaps"
    # Folded, it is its status and short answer, at the height of its mark.
    other = reader.page.locator(".pn-notes__note").filter(has_text="네 번 본다는 말")
    expect(other.locator("summary")).to_contain_text("한 번 본 것을 기억하기 때문이에요.")
    expect(other.get_by_role("link")).to_be_hidden()
    first = reader.page.locator("[data-mark=four-times]").first.bounding_box()
    beside = other.bounding_box()
    assert first
    assert beside
    assert abs(first["y"] - beside["y"]) < 30
    # A press on a mark opens its note.
    reader.page.mouse.click(first["x"] + 10, first["y"] + 5)
    expect(other.get_by_role("link", name="노트 읽기")).to_be_visible()


def test_nothing_of_a_file_leaves_or_stays_unless_it_is_kept(
    open_reader: OpenReader, papers: Papers
) -> None:
    reader = open_reader()
    reader.page.wait_for_load_state("networkidle")
    before = len(papers.site.asked)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    name = "a name that nobody has to know.pdf"
    reader.choose(papers.file(name, paper()))
    reader.says(ALL)
    reader.page.mouse.move(400, 400)
    reader.page.mouse.wheel(0, 300)
    reader.page.wait_for_function("() => localStorage['papernotes.reader.places']")
    stored = """async () => JSON.stringify([
        {...localStorage}, {...sessionStorage}, document.cookie,
        (await indexedDB.databases()).map(({ name }) => name), await caches.keys(),
    ])"""
    kept = reader.page.evaluate(stored)
    assert "papernotes.reader.places" in kept
    assert "nobody" not in kept
    assert len(kept) < 500
    here = papers.site.url
    assert all(
        re.match(r"GET (blob:)?" + re.escape(here.split("/papernotes")[0]), line) for line in asked
    )
    told = "\n".join([*asked, *papers.site.asked[before:]])
    assert "nobody" not in told
    assert not re.search(r"(?m)^(?!GET |HEAD )", told)
    # Kept on request, offered again, forgotten on request.
    reader.page.get_by_role("button", name="이 브라우저에 보관").click()
    reader.says("이 브라우저에 보관했어요.")
    reader.visit()
    reader.page.get_by_role("button", name=name, exact=True).click()
    reader.says(ALL)
    reader.page.get_by_role("button", name="보관 지우기").click()
    reader.says("이 브라우저에서 지웠어요.")
    reader.page.get_by_role("button", name="이 브라우저에 보관").click()
    reader.says("이 브라우저에 보관했어요.")
    reader.page.get_by_role("button", name="다른 파일 열기").click()
    reader.page.get_by_role("button", name=f"{name} 지우기").click()
    expect(reader.page.get_by_text("이 브라우저에 보관한 파일")).to_be_hidden()
    assert reader.page.evaluate("localStorage['papernotes.reader.places']") == "[]"


OTHERS = {
    "PDF 파일이 아니에요.": b"hello",
    "파일이 깨져서 열 수 없어요.": b"%PDF-1.7\n" + b"\xff" * 5000,
    "열 수 없어요. 논문을 다시": pdf([]),
    "아직 노트가 없는 논문이에요.": pdf([column(["Nobody wrote a note about this page."] * 9)]),
    "글자가 없는 PDF예요.": pdf([[]]),
    "Pebble 논문의 다른 판이에요. 노트는 arXiv:2401.00001v1를 보고 썼어요. "
    "인용 3곳 가운데 2곳을 표시했어요.": paper(
        second=["Nothing here is as it was in the version that the note is about."], pages=2
    ),
}


def test_what_other_files_are_is_said(open_reader: OpenReader, papers: Papers) -> None:
    reader = open_reader()
    for said, data in OTHERS.items():
        reader.choose(papers.file("other.pdf", data))
        reader.says(said)
        back = reader.page.get_by_role("button", name="다른 파일 열기")
        if back.is_visible():
            back.click()
    reader.choose(papers.file("locked.pdf", pdf([column(SECOND)], password=b"open")))
    field = reader.page.get_by_label("암호로 잠긴 PDF예요.")
    field.fill("wrong")
    field.press("Enter")
    field = reader.page.get_by_label("암호가 달라요.")
    field.fill("open")
    field.press("Enter")
    reader.page.get_by_role("button", name="다른 파일 열기").click()
    reader.choose(papers.folder / "locked.pdf")
    reader.page.get_by_role("button", name="그만두기").click()
    reader.says("암호가 없어 열지 않았어요.")


def test_a_large_file_is_read_in_parts(open_reader: OpenReader, papers: Papers) -> None:
    large = papers.folder / "large.pdf"
    data = paper()
    large.write_bytes(data)
    with large.open("r+b") as file:  # 200 MB, as a book of scans has: sparse, with the paper's end
        file.truncate(200 << 20)
        file.seek(0, 2)
        start = int(data.rpartition(b"startxref\n")[2].split()[0])
        file.write(data[start:])
    reader = open_reader()
    reader.page.set_input_files("input[type=file]", large)
    reader.says(ALL)


def test_pages_are_drawn_when_they_come_into_view(open_reader: OpenReader, papers: Papers) -> None:
    pages = [column([f"This is page {n + 1} of a long paper.", *SECOND]) for n in range(300)]
    reader = open_reader()
    reader.choose(papers.file("long.pdf", pdf(pages)))
    reader.says("아직 노트가 없는 논문이에요.")
    drawn = reader.page.locator(".page canvas")
    expect(drawn.first).to_be_visible()
    assert drawn.count() < 12
    field = reader.page.get_by_label("쪽", exact=True)
    field.fill("200")
    field.press("Enter")
    expect(reader.page.get_by_text("This is page 200 of a long paper")).to_be_visible()
    assert drawn.count() < 24
    # Somebody who comes back goes on where they were.
    reader.page.wait_for_timeout(300)
    reader.visit()
    reader.choose(papers.folder / "long.pdf")
    expect(reader.page.get_by_text("This is page 200 of a long paper")).to_be_visible()


def test_by_keyboard_and_for_screen_readers(open_reader: OpenReader, papers: Papers) -> None:
    for scheme, size in (("light", DESK), ("dark", PHONE)):
        still = {"reduced_motion": "reduce", "bypass_csp": True, "color_scheme": scheme}
        reader = open_reader(f"#paper={ID}", size, **still)
        page = reader.page

        expect(page.get_by_text("Pebble의 PDF를 열어 주세요.")).to_be_visible()
        assert faults(page) == []
        reader.choose(papers.file("paper.pdf", paper()))
        reader.says(ALL)
        assert faults(page) == []
        # The list of notes comes before the paper.
        order = page.evaluate(
            "() => document.querySelector('.pn-notes').compareDocumentPosition("
            "document.querySelector('.pdfViewer')) & Node.DOCUMENT_POSITION_FOLLOWING"
        )
        assert order
        page.keyboard.press("Control+f")
        page.keyboard.type("pebbles")
        expect(page.get_by_text(re.compile(r"\d+곳 가운데 1번째"))).to_be_visible()
        assert faults(page, ".pn-bar") == []
        page.keyboard.press("Escape")
        summary = page.locator(".pn-notes__note summary").first
        summary.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator(".pn-mark--lit").count() >= 2
        assert faults(page, ".pn-notes") == []
        page.locator(".pn-bar__outline summary").press("Enter")
        assert faults(page, ".pn-bar") == []
        page.get_by_role("button", name="Appendix").press("Enter")
        expect(page.get_by_label("쪽", exact=True)).to_have_value(re.compile("[23]"))


def test_on_a_phone_a_mark_shows_its_note_over_the_paper(
    open_reader: OpenReader, papers: Papers
) -> None:
    reader = open_reader("", PHONE, has_touch=True, device_scale_factor=3)
    reader.choose(papers.file("paper.pdf", paper()))
    reader.says(ALL)
    page = reader.page
    notes, paper_ = (page.locator(each).bounding_box() for each in (".pn-notes", ".pdfViewer"))
    assert notes
    assert paper_
    assert notes["y"] < paper_["y"]
    mark = page.locator("[data-mark=larger-heaps]").last
    page.locator(".page").first.scroll_into_view_if_needed()
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    sheet = page.get_by_label("왜 큰 더미인가", exact=True)
    expect(sheet.get_by_role("link", name="노트 읽기")).to_be_visible()
    width = page.evaluate("() => document.querySelector('.page').getBoundingClientRect().width")
    assert 340 <= width <= 360
    hidden = "({ scrollWidth, clientWidth }) => scrollWidth - clientWidth"
    assert page.locator(".pn-bar__tools").evaluate(hidden) == 0  # every tool is in sight
    areas = "all => all.map(({ width, height }) => width * height)"
    assert max(page.eval_on_selector_all(".page canvas", areas)) <= 16_777_216


def test_before_a_file_little_is_loaded(open_reader: OpenReader, papers: Papers) -> None:
    before = len(papers.site.asked)
    reader = open_reader(service_workers="block")  # a browser of its own, whose cache is empty
    reader.page.wait_for_load_state("networkidle")
    asked = [line.split()[1] for line in papers.site.asked[before:]]
    assert "/papernotes/assets/reader/reader.js" in asked
    assert not [path for path in asked if "pdfjs" in path or "/papernotes/reader/" in path[:-1]]
    ours = [path.removeprefix("/papernotes/") for path in asked if "/assets/reader/" in path]
    sent = sum(len(compress((papers.site.folder / path).read_bytes())) for path in ours)
    assert sent < 60_000
