"""PDFs for tests, written by hand: what is drawn where, in which font, and no more."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

ID = "2401.00001v1"
"""An arXiv id for such a paper."""


class Text(NamedTuple):
    """Text in a font: F1 regular, F2 bold, F3 a font of variables, F4 Hangul, F5 a Type 3 font
    as dvips wrote it, F6 TeX's symbols, F7 italics."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "F1"
    upright: bool = False


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encryption(password: bytes) -> str:
    """Return the standard security handler's dictionary, revision 2 (PDF 1.7, 7.6.3)."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    padded = (password + padding)[:32]
    owner = rc4(hashlib.md5(padded).digest()[:5], padded)
    start = padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"0123456789abcdef"
    user = rc4(hashlib.md5(start).digest()[:5], padding)
    return f"<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{user.hex()}>>>"


def pdf(
    pages: Sequence[Sequence[Text]],
    bookmarks: Sequence[tuple[str, int]] = (),
    password: bytes | None = None,
    link: str = "",
) -> bytes:
    """Return a PDF that draws ``pages`` in order; ``bookmarks`` are titles and page indexes.

    ``link`` is a rectangle on each page, ``left bottom right top``, that leads to the last page.
    """
    hangul = sorted({c for page in pages for text in page if text.font == "F4" for c in text.text})
    codes = "".join(f"<{ord(c):04x}> <{ord(c):04x}>\n" for c in hangul)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(hangul)} beginbfchar\n{codes}endbfchar endcmap end end"
    )
    kids = " ".join(f"{16 + 2 * i} 0 R" for i in range(len(pages)))
    marks = 16 + 2 * len(pages)
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R/Outlines {marks} 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        5: "<</Type/Font/Subtype/Type1/BaseFont/CMMI10/Encoding/WinAnsiEncoding>>",
        6: "<</Type/Font/Subtype/Type0/BaseFont/Korean/Encoding/Identity-H"
        "/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>",
        7: "<</Type/Font/Subtype/CIDFontType2/BaseFont/Korean/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        8: f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    }
    codes5 = [*range(11, 16), *range(32, 127)]
    names = " ".join(f"{code}/a{code}" for code in codes5)
    glyphs = "".join(f"/a{code} 10 0 R" for code in codes5)
    objects |= {
        9: "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]"
        f"/FirstChar 0/LastChar 126/Widths[{'500 ' * 127}]/CharProcs<<{glyphs}>>"
        f"/Encoding<</Type/Encoding/Differences[{names}]>>/Resources<<>>>>",
        10: "<</Length 27>>stream\n500 0 d0 0 0 400 600 re f  \nendstream",
        11: "<</Type/Font/Subtype/Type1/BaseFont/CMSY10/Encoding/WinAnsiEncoding>>",
        12: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Oblique/Encoding/WinAnsiEncoding>>",
    }
    leads = f"/Subtype/Link/Rect[{link}]/Dest[{14 + 2 * len(pages)} 0 R/Fit]"
    links = f"/Annots[<</Type/Annot{leads}>>]" if link else ""
    for i, page in enumerate(pages):
        drawn = ""
        for text in page:
            if text.font == "F4":
                string = f"<{text.text.encode('utf-16-be').hex()}>"
            else:
                string = f"<{text.text.encode('latin-1').hex()}>"
            turned = "0 1 -1 0" if text.upright else "1 0 0 1"
            drawn += (
                f"BT /{text.font} {text.size} Tf {turned} {text.x} {text.y} Tm {string} Tj ET\n"
            )
        fonts = "/F1 3 0 R/F2 4 0 R/F3 5 0 R/F4 6 0 R/F5 9 0 R/F6 11 0 R/F7 12 0 R"
        objects[16 + 2 * i] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {17 + 2 * i} 0 R"
            f"/Resources<</Font<<{fonts}>>>>{links}>>"
        )
        objects[17 + 2 * i] = f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream"
    last = marks + len(bookmarks)
    objects[marks] = f"<</First {marks + 1} 0 R/Last {last} 0 R>>" if bookmarks else "<<>>"
    for i, (title, page_index) in enumerate(bookmarks, marks + 1):
        following = f"/Next {i + 1} 0 R" if i < last else ""
        objects[i] = (
            f"<</Title({title})/Parent {marks} 0 R{following}"
            f"/Dest[{16 + 2 * page_index} 0 R/XYZ 0 0 0]>>"
        )
    trailer = f"/Size {last + 2}/Root 1 0 R/ID[<{b'0123456789abcdef'.hex()}><00>]"
    if password is not None:
        objects[last + 1] = encryption(password)
        trailer += f"/Encrypt {last + 1} 0 R"
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    rows = "".join(f"{n} 1\n{place:010d} 00000 n \n" for n, place in places.items())
    end = f"xref\n0 1\n0000000000 65535 f \n{rows}trailer<<{trailer}>>\nstartxref\n{start}\n%%EOF"
    return out + end.encode("latin-1")


def column(lines: Sequence[str], x: float = 72, top: float = 700) -> list[Text]:
    return [Text(x, top - 12 * i, line) for i, line in enumerate(lines)]


FILLER = [
    "The quick brown fox jumps over the lazy dog while",
    "many other animals look on and wonder what it is",
    "that makes foxes jump over dogs in such a manner.",
]
