"""A paper of the tests' own, a note on it, and the exported site with what the site tells of it."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from papernotes.export import fingerprints, reader
from papernotes.fingerprint import fingerprint
from papernotes.note import library
from tests.conftest import DESK, opener
from tests.pdf import Text, column, pdf
from tests.static_site import Site, StaticSite

ID = "2401.00001v1"

LEFT = [
    "Small machines learn to count by looking at heaps of",
    "pebbles. We call this the pebble method and find that",
    "it needs no teacher at all. Every heap is shown four",
    "times during training and never again after that, be-",
    "cause the machine remembers what it has once seen. Our",
]
RIGHT = [
    "second finding is that larger heaps help more than a",
    "longer training does. Perhaps this is so because large",
    "heaps hold more kinds of pebbles, which we leave open.",
]
SECOND = [
    "The appendix lists every heap that was shown, with its",
    "number of pebbles and the answer of the machine to it.",
    "No answer was wrong by more than two pebbles per heap.",
]


def filler(page: int) -> list[Text]:
    """A page's foot, in two columns: a fingerprint wants some hundred words to tell a page by."""
    lines = [
        f"w{page}{n} heap{n}{page} of {n * 7 + page} pebbles x{n * page} was y{n}{page}"
        for n in range(60)
    ]
    return [*column(lines[:30], top=600), *column(lines[30:], 330, 600)]


NOTE = f"""---
title: The Pebble Method
short: Pebble
description: 조약돌로 세는 법을 배우는 논문이에요.
authors: [A. Person]
year: 2024
venue: arXiv
arxiv: {ID}
---

조약돌을 세는 논문이에요.

## 네 번 본다는 말 {{ #four-times }}

/// quote | p. 1
Every heap is shown four times during training and never again after that, because the machine
remembers what it has once seen.
///

/// question
    status: answered

왜 네 번인가요?
///

/// gist
    source: Pebble, p. 1

한 번 본 것을 기억하기 때문이에요.
///

/// evidence | p. 2
The appendix lists every heap that was shown, with its number of pebbles
///

## 왜 큰 더미인가 {{ #larger-heaps }}

/// quote | p. 1
Our second finding is that larger heaps help more than a longer training does.
///

/// question
    status: open

왜 그런가요?
///
"""


def paper(second: list[str] = SECOND, pages: int = 3) -> bytes:
    """The paper: a page in two columns, whose sentence goes on in the next, and two more pages."""
    title = [Text(72, 740, "The Pebble Method", 16, "F2")]
    parts = [[*title, *column(LEFT), *column(RIGHT, 330)], column(second), []]
    whole = [[*page, *filler(number)] for number, page in enumerate(parts[:pages], 1)]
    return pdf(whole, bookmarks=[("Pebbles", 0), ("Appendix", 1)])


@dataclass
class Papers:
    """The site's address, what its server was asked for, and files to open."""

    site: StaticSite
    folder: Path

    def file(self, name: str, data: bytes) -> Path:
        """Write a file for the browser to choose."""
        made = self.folder / name
        made.write_bytes(data)
        return made


@pytest.fixture(scope="session")
def papers(exported: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Papers]:
    """The exported site, with the tests' paper in place of the project's own."""
    folder = tmp_path_factory.mktemp("reader")
    made = Papers(StaticSite(folder / "site"), folder)
    shutil.copytree(exported.folder, folder / "site", copy_function=os.link)
    publish(NOTE, made.file("paper.pdf", paper()), folder / "site")
    with made.site:
        yield made


def publish(note: str, pdf: Path, site: Path) -> None:
    """Put ``note``, on the paper of :data:`ID` in ``pdf``, in the place of a site's own notes."""
    shutil.rmtree(site / "reader/notes")
    shutil.rmtree(site / "reader/fingerprints")
    (site / "reader/papers.json").unlink()
    project = pdf.parent / "project"
    write(project / "docs/papers/pebble.md", note)
    write(project / "fingerprints" / f"{ID}.json", fingerprint.from_pdf(pdf, ID).dumps())
    notes = library.load(project)
    assert not notes.problems
    for path, data in reader.files(notes):
        write(site / path, json.dumps(data))
    for path, text in fingerprints.files(project):
        write(site / path, text)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


class Reader:
    """The page /reader/."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._address = page.url.partition("#")[0]

    def visit(self, fragment: str = "") -> None:
        """Open the page anew."""
        self.page.goto(self._address + fragment)
        self.is_there()

    def is_there(self) -> None:
        """Wait until a file can be chosen."""
        expect(self.page.locator("input[type=file]")).to_be_attached()

    def choose(self, file: Path) -> None:
        """Choose a file."""
        self.page.set_input_files("input[type=file]", file)

    def says(self, words: str) -> None:
        """Wait until the reader says something of the file."""
        told = self.page.locator(".pn-bar__said, .pn-reader__said:not(:empty)")
        expect(told).to_contain_text(words, timeout=15_000)

    def marked(self) -> list[str]:
        """The passages of the marks on the paper, in the order of the marks."""
        marks = self.page.locator("[data-mark]").all()
        return [mark.get_attribute("data-mark") or "" for mark in marks]


OpenReader = Callable[..., Reader]
"""Opens the page: at a fragment, in a window's size, with a browser context's options."""


@pytest.fixture
def open_reader(page_for_all: Page, papers: Papers) -> Iterator[OpenReader]:
    """Return what opens the page; consoles must stay empty."""
    with opener(page_for_all, papers.site) as open_:

        def reader(fragment: str = "", size: dict[str, int] = DESK, **options: object) -> Reader:
            made = Reader(open_(f"reader/{fragment}", size, **options))
            made.page.emulate_media(reduced_motion="reduce")  # where a mark is, it stays
            made.is_there()
            return made

        yield reader


def words(text: str) -> list[str]:
    """The words of a text, for comparing what was read back with what was quoted."""
    return re.findall(r"[a-z]+", text.lower())
