"""What is marked on a paper becomes a block that the check takes; what is quoted is found again."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from papernotes.check.check import check
from papernotes.export.fingerprints import sketch
from papernotes.files import write_whole
from papernotes.fingerprint import fingerprint
from papernotes.fingerprint.fingerprint import Fingerprint
from papernotes.fingerprint.matching import match, parts_of
from papernotes.fingerprint.normalise import words
from papernotes.fingerprint.pagehash import RunHashes
from papernotes.fingerprint.quotations import fingerprint_path
from papernotes.fingerprint.verify import verify
from papernotes.note import library
from papernotes.note.kinds import parse_place
from tests.conftest import ROOT
from tests.pyodide.node import node_modules
from tests.reader.node import started
from tests.reader.paper import FIRST, ID, SECOND, THIRD, Line, paper

SCRIPT = r"""
import { ask } from "./ask.js";
import { read as fingerprint } from "./fingerprint.js";
import { find } from "./find.js";
import { identify } from "./identify.js";
import { questionAddress, scaffold, titlePage } from "./scaffold.js";
import { Verifier } from "./verify.js";
import { read } from "HERE/pages.js";

const { pages, fonts } = await read(pdfjs, file);
const paper = fingerprint(made);

// A place before or behind words that stand once on a page.
function place([number, words], isEnd) {
  let text = "";
  const starts = [];
  for (const { str } of pages[number - 1].items) {
    starts.push(text.length);
    text += str;
  }
  const at = text.indexOf(words) + (isEnd ? words.length : 0);
  const item = starts.findLastIndex((start) => start < at + (isEnd ? 0 : 1));
  return { page: number, item, offset: at - starts[item] };
}

function text({ page, from, to }) {
  const items = pages[page - 1].items.slice(from.item, to.item + 1);
  const ends = items.map(({ str }, i) => (i + 1 < items.length ? str.length : to.offset));
  const parts = items.map(({ str, hasEOL }, i) =>
    str.slice(i ? 0 : from.offset, ends[i]) + (hasEOL ? "\n" : ""));
  return [page, parts.join("").trim()];
}

async function answer(given) {
  const asked = given.selections.map(([from, to, chosen]) => {
    const known = { paper, fonts, chosen: new Set(chosen) };
    return ask(place(from, false), place(to, true), pages, known);
  });
  const found = given.quotations.map((each) => find(each, pages)?.map(text) ?? null);
  const told = [];
  for (const some of [pages, pages.slice(0, 2), [{ ...pages[0], items: given.other }]]) {
    const is = await identify(some, some.length, sketches, async () => paper);
    told.push([is.paper?.id ?? null, is.kind, is.matched]);
  }
  const front = titlePage(pages[0]);
  const first = scaffold(front, asked[0]?.block ?? "");
  const addresses = ["short", "길".repeat(900)].map((quote) =>
    questionAddress("https://github.com/some/group/", "RoBERTa §4.1, p. 4", quote));
  const sections = given.selections.map(([from, to]) =>
    ask(place(from, false), place(to, true), pages, { fonts }).place);
  const stops = given.runs.map(([numbers, run]) =>
    new Verifier(numbers.map((number) => paper.pages[number - 1])).stop(run));
  return { asked, found, told, stops, sections, front, first, addresses };
}
""".replace("HERE", (ROOT / "tests/reader").as_uri())


@dataclass(frozen=True)
class Reader:
    """The reader's scripts on the paper, in one process for all that is asked of them."""

    ask: Callable[[Any], Any]
    paper: Fingerprint

    def __call__(self, **given: Any) -> Any:
        nothing: dict[str, Any] = {"selections": [], "quotations": [], "other": [], "runs": []}
        return self.ask(nothing | given)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    file = tmp_path_factory.mktemp("reader") / "paper.pdf"
    file.write_bytes(paper())
    made = fingerprint.from_pdf(file, ID)
    known = {
        "pdfjs": str(node_modules() / "pdfjs-dist"),
        "file": str(file),
        "made": json.loads(made.dumps()),
        "sketches": {ID: sketch(made)},
    }
    with started(SCRIPT, **known) as ask:
        yield Reader(ask, made)


# What is selected, from where to where, and the block's place and words.
BLOCKS = [
    (
        # The paper has this word with its hyphen elsewhere; the other one at no other place.
        ([1, "A second column"], [1, "that nobody has answered"]),
        "§1, p. 1",
        "A second column starts here and goes on with the long-running matter of questions that "
        "nobody has answered",
    ),
    (
        ([1, "The size of a group"], [1, "any time they wish."]),
        "§1, p. 1",
        "The size of a group is fixed in advance and members may leave it at any time they wish.",
    ),
    (
        ([1, "Every note is read by"], [1, "before it is sent."]),
        "§1, p. 1",
        "Every note is read by [수식] members before it is sent.",
    ),
    (
        ([1, "We set the share"], [1, "(Kim and Lee, 2019),"]),
        "§1, p. 1",
        "We set the share to [수식] of all notes that were written in a week, as an earlier study "
        "did (Kim and Lee, 2019),",
    ),
    (
        ([1, "found that the order"], [1, "starts here"]),  # past a footnote, into the next column
        "§1, p. 1",
        "found that the order of the notes does not matter. A second column starts here",
    ),
    (
        ([1, "The last sentence"], [2, "where a reader finds it"]),  # past a head and a table
        "§2, pp. 1-2",
        "The last sentence of this page runs over its end and is finished on the next one, where a "
        "reader finds it",
    ),
    (
        ([2, "A rate of 0.1"], [2, "that were paid."]),
        "§2.1, p. 2",
        r"A rate of 0.1 is used at first & then lowered in 10 steps of equal size; a \*star\* or "
        r"an under\_score is kept as it is printed, and so are &lt;tags> and \$5 that were paid.",
    ),
    (
        ([2, "The vector"], [2, "each of the words."]),
        "§2.1, p. 2",
        "The vector [수식] has one entry for each of the words.",
    ),
    (
        ([2, "1. A line"], [2, "of some list."]),
        "§2.1, p. 2",
        r"1\. A line may begin like the first item of some list.",
    ),
    (
        ([1, "nderstand at"], [1, "and most of them g"]),  # whole words are taken
        "§1, p. 1",
        "understand at once, and most of them go",
    ),
    (
        ([1, "Three to nine people"], [1, "to answer each"]),  # a footnote by itself
        "§1, p. 1",
        "Three to nine people, as a rule; more than that were never seen to answer each",
    ),
]


def test_a_selection_becomes_the_block_that_quotes_it(reader: Reader) -> None:
    done = reader(selections=[selection for selection, _, _ in BLOCKS])
    asked = done["asked"]
    assert done["sections"] == [place for _, place, _ in BLOCKS]  # without a fingerprint, too
    for made, (_, place, text) in zip(asked, BLOCKS, strict=True):
        assert (made["place"], made["text"]) == (place, text)
        assert made["block"] == f"/// quote | {place}\n{text}\n///"
        assert made["verdict"] == "verified", made["differs"]
        assert is_true(made, reader.paper)


def is_true(made: Any, paper: Fingerprint) -> bool:
    place = parse_place(made["place"])
    assert place is not None
    return not verify(made["text"], place.pages, place.where, paper)


def test_any_selection_of_the_text_is_verified_as_python_does(reader: Reader) -> None:
    drawn = random.Random(20)
    flow = [(1, line) for line in plain(FIRST)] + [(1, line) for line in plain(SECOND)]
    flow += [(2, line) for line in plain(THIRD)]
    selections = []
    for _ in range(60):
        start = drawn.randrange(len(flow))
        end = min(start + drawn.randrange(5), len(flow) - 1)
        (page, first), (last_page, last) = flow[start], flow[end]
        begin = drawn.randrange(max(1, len(first) // 3))
        stop = drawn.randrange(2 * len(last) // 3, len(last))
        selections.append(
            ([page, first[begin : begin + 30]], [last_page, last[stop - 20 : stop + 1]])
        )
    asked = reader(selections=selections)["asked"]
    for made in asked:
        if made["verdict"] != "too short":
            assert made["verdict"] == "verified", made
            assert is_true(made, reader.paper), made
    assert sum(made["verdict"] == "verified" for made in asked) > 50


def test_words_are_judged_as_python_judges_them(reader: Reader) -> None:
    drawn = random.Random(20)
    flow = [word.text for word in words("\n".join(plain([*FIRST, *SECOND, *THIRD])))]
    runs = []
    for pages in ([1], [2], [1, 2]):
        for _ in range(150):
            start = drawn.randrange(len(flow) - 30)
            run = flow[start : start + drawn.randrange(5, 30)]
            match drawn.randrange(4):
                case 0:
                    run[drawn.randrange(len(run))] = drawn.choice(flow)
                case 1 if len(run) > 5:
                    del run[drawn.randrange(len(run))]
            runs.append((pages, run))
    verdicts = [stop < 0 for stop in reader(runs=runs)["stops"]]
    expected = []
    for pages, run in runs:
        hashes = [reader.paper.hashes[page - 1] for page in pages]
        expected.append(match(parts_of(" ".join(run)), hashes, RunHashes()) is None)
    assert verdicts == expected
    assert 50 < sum(verdicts) < 400


def plain(lines: Sequence[Line]) -> list[str]:
    """The lines that are set in one piece, as pdf.js finds them."""
    return [line for line in lines if isinstance(line, str)]


def test_a_word_that_the_paper_cuts_and_writes_nowhere_else_is_asked_for(reader: Reader) -> None:
    selection = ([1, "Second, a quote is"], [1, "letter by letter"])
    one, two = reader(selections=[selection, (*selection, ["com-pared"])])["asked"]
    assert one["choices"] == [{"ways": ["compared", "com-pared"], "chosen": 0}]
    assert "a quote is compared with" in one["text"]
    assert two["choices"][0]["chosen"] == 1
    assert "a quote is com-pared with" in two["text"]
    assert is_true(one, reader.paper)
    assert is_true(two, reader.paper)


def test_what_is_too_short_or_not_of_the_text_is_said(reader: Reader) -> None:
    short, mixed = reader(
        selections=[
            ([1, "Readers of long"], [1, "Readers of long"]),
            ([1, "a week, as an"], [1, "Three to nine people"]),
        ]
    )["asked"]
    assert short["verdict"] == "too short"
    assert (mixed["verdict"] == "verified") == is_true(mixed, reader.paper)


QUOTATIONS: list[tuple[list[str], list[int], list[tuple[int, str]] | None]] = [
    (["on reading without a word."], [1], [(1, "on read-\ning without a word")]),
    (
        ["found that the order of the notes does not matter. A second column starts"],
        [1],
        [(1, "found that the order of the notes does not matter"), (1, "A second column starts")],
    ),
    (
        ["runs over its end and is finished on the next one"],
        [1, 2],
        [(1, "runs over its end and"), (2, "is finished on the next one")],
    ),
    (
        ["as an earlier study did, and found that"],
        [1],
        [(1, "as an earlier study did"), (1, "and found that")],
    ),
    (
        ["Every note is read by", "members before it"],
        [1],
        [(1, "Every note is read by"), (1, "members before it")],
    ),
    (["fixed in advance and members"], [1], [(1, "fixed in advance"), (1, "and members")]),
    (["a number that always changes"], [1], None),
    (["number that never changes", "a number that always changes"], [1], None),
]


def test_a_quotation_is_found_where_it_stands_or_not_at_all(reader: Reader) -> None:
    given = [{"pieces": pieces, "pages": pages} for pieces, pages, _ in QUOTATIONS]
    found = reader(quotations=given)["found"]
    for made, (pieces, _, expected) in zip(found, QUOTATIONS, strict=True):
        there = None if expected is None else [[page, text] for page, text in expected]
        assert made == there, pieces


def test_a_file_is_told_by_its_pages(reader: Reader) -> None:
    items = [
        {
            "str": "Something else that is not of the paper at all",
            "hasEOL": True,
            "height": 10,
            "width": 90,
            "transform": [10, 0, 0, 10, 60, 700],
            "fontName": "f",
        }
    ]
    told = reader(other=items)["told"]
    assert told == [[ID, "same", 3], [ID, "other version", 2], [None, "unknown", 0]]


def test_a_question_takes_the_quotation_along_where_an_address_may_be_so_long(
    reader: Reader,
) -> None:
    short, long = reader()["addresses"]
    query = parse_qs(urlsplit(short).query)
    assert query["template"] == ["question.yml"]
    assert query["passage"] == ["RoBERTa §4.1, p. 4"]
    assert query["quote"] == ["short"]
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/question.yml").read_text("utf-8"))
    assert {*query} <= {"template", "title", *(each.get("id") for each in form["body"])}
    assert long == ""


def test_a_new_paper_gets_a_whole_note_of_which_a_check_finds_only_what_is_to_be_written(
    reader: Reader, tmp_path: Path
) -> None:
    made = reader(selections=[BLOCKS[0][0]])["first"]
    assert made["path"] == "docs/papers/stuck.md"
    assert made["command"] == f"papernotes fingerprint {ID}"
    (tmp_path / "docs/papers").mkdir(parents=True)
    (tmp_path / made["path"]).write_text(made["text"], "utf-8")
    write_whole(fingerprint_path(tmp_path, ID), reader.paper.dumps())
    report = check(tmp_path)
    assert {problem.code for problem in report.problems} == {"PN221"}
    (note,) = library.load(tmp_path).notes
    assert note.paper.title == "Stuck: On Reading Papers"
    assert note.paper.authors == ("Ada Lovelace", "Alan Turing")
    assert (note.paper.short, note.paper.year, note.paper.arxiv) == ("Stuck", 2024, ID)
    assert note.passages[0].quote.text == BLOCKS[0][2]
