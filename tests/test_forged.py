"""A fingerprint that was made up is refused, or comes to light when its PDF is at hand."""

import json
import struct
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from papernotes import cli
from papernotes.check import quotes
from papernotes.fingerprint import fingerprint, quotations
from papernotes.fingerprint.fingerprint import FingerprintInvalid
from papernotes.fingerprint.pagehash import run_hash
from papernotes.fingerprint.quotations import prove
from papernotes.note.model import Paper, Place, Quote
from tests.pdf import FILLER, ID, column, pdf

INVENTED = "People never wrote this sentence in any paper at all"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one paper's PDF and fingerprint."""
    for folder in ("docs/papers", "fingerprints", ".cache/papers"):
        (tmp_path / folder).mkdir(parents=True)
    file = tmp_path / ".cache" / "papers" / f"{ID}.pdf"
    file.write_bytes(pdf([column(FILLER), column(FILLER)]))
    target = tmp_path / "fingerprints" / f"{ID}.json"
    target.write_text(fingerprint.from_pdf(file, ID).dumps(), "utf-8")
    return tmp_path


def forge(project: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    file = project / "fingerprints" / f"{ID}.json"
    data = json.loads(file.read_text("utf-8"))
    change(data)
    file.write_text(json.dumps(data), "utf-8")
    return file


def packed(values: range) -> str:
    return b64encode(b"".join(value.to_bytes(2, "little") for value in values)).decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["hashes"][0].update(grams=packed(range(65536))),
        lambda d: d["hashes"][0].update(grams=packed(range(16384))),
        lambda d: d["hashes"][0].update(grams=packed(range(500))),
        lambda d: d["hashes"][0].update(grams=""),
        lambda d: d["hashes"][0].update(words=1_000_000_000),
        lambda d: d["hashes"][0].update(words=9_000),
        lambda d: d["hashes"][0].update(words=-1),
        lambda d: d["hashes"][0].update(words=1e999),
        lambda d: d["hashes"][0].update(words=28.5),
        lambda d: d["hashes"][0].update(words="28"),
        lambda d: d["hashes"][0].update(words=True),
        lambda d: d["hashes"][0].update(words=None),
        lambda d: d["hashes"][0].update(heads=packed(range(3000))),
        lambda d: d["hashes"][0].update(guards="AAAA" * 500_000),
        lambda d: d["hashes"][0].update(guards="AA=="),
        lambda d: d["hashes"][0].update(grams="not base64!"),
        lambda d: d["hashes"][0].update(more=1),
        lambda d: d["hashes"].clear(),
        lambda d: d["hashes"].extend(d["hashes"] * 600),
        lambda d: d.update(id="2401.00002v1"),
        lambda d: d.update(id="../../etc"),
        lambda d: d.update(pdf=""),
        lambda d: d.update(pdf="x" * 64),
        lambda d: d.pop("pdf"),
        lambda d: d.update(format=1),
        lambda d: d.update(sections=[{"number": "1", "title": "A", "page": 3}]),
        lambda d: d.update(sections=[{"number": "1", "title": "A", "page": 0}]),
        lambda d: d.update(sections=[{"number": "1", "title": "A\u0007", "page": 1}]),
        lambda d: d.update(floats={"Table 1": 10**30}),
        lambda d: d.update(floats={"Table 1": 1e999}),
        lambda d: d.update(floats=[]),
    ],
)
def test_a_fingerprint_that_no_paper_has_is_refused(
    change: Callable[[dict[str, Any]], object], project: Path
) -> None:
    file = forge(project, change)
    with pytest.raises(FingerprintInvalid, match="다시 만들어 주세요"):
        fingerprint.load(file)
    (problem,) = quotes.fingerprint_problems(project, [])
    assert (problem.path, problem.code) == (f"fingerprints/{ID}.json", "PN309")


def add_invented(data: dict[str, Any]) -> None:
    """Put the grams of a sentence that nobody wrote among a page's."""
    words = INVENTED.lower().split()
    page = data["hashes"][0]
    count = len(b64decode(page["grams"])) // 2
    values = set(struct.unpack(f"<{count}H", b64decode(page["grams"])))
    values |= {run_hash(words[i : i + 5]) & 0xFFFF for i in range(len(words) - 4)}
    page["grams"] = b64encode(struct.pack(f"<{len(values)}H", *sorted(values))).decode()
    page["words"] = 200


def quote(text: str) -> Quote:
    paper = Paper("A", "A paper", ("A",), 2024, "arXiv", ID)
    return Quote(text, 1, 1, paper, Place(None, (1,)), "en", False)


def test_the_pdf_proves_its_fingerprint(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fingerprint", "--verify", "--root", str(project)]) == 0
    assert "똑같아요" in capsys.readouterr().out


def test_the_same_pdf_exposes_an_invented_sentence(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge(project, add_invented)
    assert list(quotes.fingerprint_problems(project, [])) == []  # nothing shows without the PDF
    assert cli.main(["fingerprint", "--verify", ID, "--root", str(project)]) == 1
    assert "지어낸 지문" in capsys.readouterr().out


def test_another_copy_exposes_an_invented_sentence_that_is_quoted(project: Path) -> None:
    forge(project, add_invented)
    file = forge(project, lambda data: data.update(pdf="0" * 64))
    claimed = fingerprint.load(file)
    copy = project / ".cache" / "papers" / f"{ID}.pdf"
    true = quote(" ".join(FILLER[:2]))
    assert quotations.findings(quote(INVENTED), claimed) == []
    proof = prove(claimed, copy, [true, quote(INVENTED)])
    assert not proof.holds
    assert [each.text for each in proof.refuted] == [INVENTED]
    assert prove(claimed, copy, [true]).holds


def test_hand_made_lists_survive_a_new_run(project: Path) -> None:
    forge(project, lambda d: d.update(sections=[{"number": "1", "title": "By hand", "page": 2}]))
    file = project / ".cache" / "papers" / f"{ID}.pdf"
    assert cli.main(["fingerprint", str(file), "--id", ID, "--root", str(project)]) == 0
    target = project / "fingerprints" / f"{ID}.json"
    assert fingerprint.load(target).sections[0].title == "By hand"
    forge(project, lambda d: d.update(format=1))  # one of an older format keeps them, too
    assert cli.main(["fingerprint", str(file), "--id", ID, "--root", str(project)]) == 0
    assert fingerprint.load(target).sections[0].title == "By hand"
    again = ["fingerprint", str(file), "--id", ID, "--fresh", "--root", str(project)]
    assert cli.main(again) == 0
    assert fingerprint.load(target).sections == ()
