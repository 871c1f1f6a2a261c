"""Minutes with what is right to read in them, and how far an import comes to that.

``tests/data/minutes/corpus`` has minutes in many hands, ``kinds`` small ones for one difficulty
each. The file beside each of the corpus, and each entry of a kind, says what is right:

* ``papers``: the papers that the import is given, by the names of their notes;
* ``questions``: those about the papers, in order, each with ``asks``, ``status`` and, where there
  are any, ``by`` (who asked), ``paper`` (where several are given), ``quote`` and ``answers``
  (who: what). ``first words … last words`` stand for all that is between. ``extra`` says that
  more answers than those listed do no harm, ``optional_quote`` that the quotation may be left out;
* ``maybe``: first words of what may or may not be read as a question.

All other lines are the record of the session.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

from papernotes.importing.command import Reading, interpret, load_papers, make, minutes_text
from papernotes.importing.draft import Drafts
from papernotes.importing.parts import Part
from papernotes.note import library
from papernotes.note.model import NAMELESS, Answer, Passage
from tests.conftest import PROJECT, ROOT

MINUTES = ROOT / "tests" / "data" / "minutes"
CORPUS = MINUTES / "corpus"
IDS = {"roberta": "1907.11692v1", "electra": "2003.10555v1", "bert": "1810.04805v2"}
HELD_OUT = 3
"""Every third of the corpus: its totals alone were watched while the reading was written."""

NAMES = """\
---
title: A Survey
short: Survey
description: 세 논문을 인용한 논문이에요.
authors: [Ada Lovelace]
year: 2021
venue: arXiv
arxiv: 2101.00001v1
references:
  - {short: RoBERTa, title: "RoBERTa: A Robustly Optimized BERT Pretraining Approach",
     authors: [Yinhan Liu], year: 2019, venue: arXiv, arxiv: 1907.11692v1}
  - {short: ELECTRA,
     title: "ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators",
     authors: [Kevin Clark], year: 2020, venue: ICLR 2020, arxiv: 2003.10555v1}
  - {short: BERT,
     title: "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
     authors: [Jacob Devlin], year: 2019, venue: NAACL 2019, arxiv: 1810.04805v2}
---
"""
"""A note whose references tell the names of the three papers, of which no PDF is here."""

GLOSSARY = """\
---
title: 용어
description: 노트에 나오는 용어예요.
---

# 용어

/// term | 동적 마스킹
    id: dynamic-masking
    en: dynamic masking
    aliases: [다이나믹 마스킹]

넣을 때마다 마스크를 새로 뽑는 것이에요.
///
"""


def import_minutes(root: Path, file: Path, papers: Sequence[str]) -> Drafts:
    """Do as ``papernotes import`` does, and say nothing."""
    return make(root, file, papers, understand(root, file, papers, Part()))


def understand(root: Path, file: Path, papers: Sequence[str], part: Part) -> Reading:
    """Read minutes and papers, as ``papernotes import`` does before it writes."""
    return interpret(root, file, minutes_text(file), part, load_papers(root, file, papers))


def empty(root: Path, *, named: bool = True) -> Path:
    """Make a project without notes of the three papers; it has their fingerprints.

    ``named`` says whether a note that is there tells what the papers are called.
    """
    (root / "docs" / "papers").mkdir(parents=True)
    if named:
        (root / "docs" / "papers" / "survey.md").write_text(NAMES, "utf-8")
    (root / "docs" / "glossary.md").write_text(GLOSSARY, "utf-8")
    if not (root / "fingerprints").exists():
        shutil.copytree(PROJECT / "fingerprints", root / "fingerprints")
    return root


@dataclass(frozen=True)
class Asked:
    """A question as it was drafted, or as it should be; ``answers`` are pairs of who and what."""

    text: str
    paper: str
    by: str = ""
    quote: str = ""
    status: str = "open"
    answers: Sequence[tuple[str, str]] = ()
    extra: bool = False
    optional_quote: bool = False


@dataclass(frozen=True)
class Truth:
    """What is right to read in some minutes."""

    papers: tuple[str, ...]
    questions: tuple[Asked, ...]
    maybe: tuple[str, ...] = ()


@dataclass
class Count:
    """How many were ``right``, of how many that were ``drafted`` and how many were ``wanted``."""

    right: int = 0
    drafted: int = 0
    wanted: int = 0

    def add(self, other: "Count") -> None:
        """Add another count to this one."""
        self.right += other.right
        self.drafted += other.drafted
        self.wanted += other.wanted

    @property
    def precision(self) -> float:
        """Of what was drafted, the share that is right; 1 where nothing was."""
        return self.right / self.drafted if self.drafted else 1.0

    @property
    def recall(self) -> float:
        """Of what was wanted, the share that was drafted; 1 where nothing was."""
        return self.right / self.wanted if self.wanted else 1.0


@dataclass
class Score:
    """Counts of what an import read; speakers and statuses are of what was read at all."""

    questions: Count = field(default_factory=Count)
    answers: Count = field(default_factory=Count)
    speakers: Count = field(default_factory=Count)
    quotations: Count = field(default_factory=Count)
    statuses: Count = field(default_factory=Count)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Add another score to this one."""
        for name in ("questions", "answers", "speakers", "quotations", "statuses"):
            getattr(self, name).add(getattr(other, name))
        self.wrong += other.wrong


def corpus(*, held_out: bool | None = None) -> list[Path]:
    """Return the minutes of the corpus, or those that were held out, or the others."""
    found = sorted(CORPUS.glob("*.md"))
    if held_out is None:
        return found
    return [file for file in found if (int(file.name[:2]) % HELD_OUT == 0) is held_out]


def truth(minutes: Path) -> Truth:
    """Read what is right beside ``minutes``."""
    return _truth(yaml.safe_load(minutes.with_suffix(".yml").read_text("utf-8")))


def _truth(data: dict[str, Any]) -> Truth:
    papers = tuple(data["papers"])
    questions = [
        Asked(
            each["asks"],
            each.get("paper", papers[0]),
            each.get("by", ""),
            each.get("quote", ""),
            each["status"],
            [pair for said in each.get("answers", ()) for pair in _pair(said)],
            each.get("extra", False),
            each.get("optional_quote", False),
        )
        for each in data["questions"]
    ]
    return Truth(papers, tuple(questions), tuple(data.get("maybe", ())))


def _pair(said: dict[str, str] | str) -> Iterable[tuple[str, str]]:
    if isinstance(said, dict):
        return said.items()
    by, _, text = said.partition(": ")
    return [(by, text)]


def kinds() -> Iterator[tuple[str, str, Truth]]:
    """Yield small minutes, several of each kind: a name, the text and what is right."""
    for file in sorted((MINUTES / "kinds").glob("*.yml")):
        for number, data in enumerate(yaml.safe_load(file.read_text("utf-8"))):
            yield f"{file.stem}-{number}", data["minutes"], _truth(data)


def drafted(minutes: Path, papers: Iterable[str], root: Path) -> list[Asked]:
    """Import ``minutes`` into an empty project at ``root``; return what was drafted."""
    import_minutes(empty(root), minutes, [IDS[paper] for paper in papers])
    return asked(root)


def asked(root: Path) -> list[Asked]:
    """Return the questions of a project's notes."""
    return [_asked(Path(note.path).stem, passage) for note, passage in library.load(root).passages]


def _asked(paper: str, passage: Passage) -> Asked:
    quote = "" if "채우기" in passage.quote.text else passage.quote.text
    answers = [(each.by, each.text) for each in passage.blocks if isinstance(each, Answer)]
    question = passage.question
    return Asked(
        question.text, paper, question.by or "", quote, str(question.status), tuple(answers)
    )


def score(found: Sequence[Asked], right: Truth) -> Score:
    """Hold what was drafted against what is right."""
    result = Score()
    left = [each for each in found if not any(says(f"{m} …", each.text) for m in right.maybe)]
    result.questions = Count(0, len(left), len(right.questions))
    for wanted in right.questions:
        got = next((e for e in left if says(wanted.text, e.text) and wanted.paper == e.paper), None)
        result.answers.wanted += len(wanted.answers)
        result.quotations.wanted += bool(wanted.quote) and not wanted.optional_quote
        if got is None:
            result.wrong.append(f"not drafted: {wanted.text}")
            continue
        left.remove(got)
        result.questions.right += 1
        _compare(got, wanted, result)
    for each in left:
        result.answers.drafted += len(each.answers)
        result.quotations.drafted += bool(each.quote)
        result.wrong.append(f"drafted: {each.text}")
    return result


def _compare(got: Asked, wanted: Asked, result: Score) -> None:
    speakers = [(got.by, wanted.by)]
    answers = list(got.answers)
    for by, text in wanted.answers:
        said = next((each for each in answers if says(text, each[1])), None)
        if said is None:
            result.wrong.append(f"no answer {by}: {text}  to {wanted.text}")
            continue
        answers.remove(said)
        result.answers.right += 1
        speakers.append((said[0], by))
    more = 0 if wanted.extra else len(answers)
    result.wrong += [f"answer {by}: {text}  to {wanted.text}" for by, text in answers[:more]]
    result.answers.drafted += len(got.answers) - len(answers) + more
    for one, other in speakers:
        same = (one or NAMELESS) == (other or NAMELESS)
        result.speakers.add(Count(int(same), 1, 1))
        if not same:
            result.wrong.append(f"said by {one}, not {other}, to {wanted.text}")
    if got.quote or (wanted.quote and not wanted.optional_quote):
        same = says(wanted.quote, got.quote)
        counted = bool(wanted.quote) and wanted.optional_quote
        result.quotations.add(Count(int(same), int(bool(got.quote)), int(counted)))
        if not same:
            result.wrong.append(f"quotes {got.quote!r}, not {wanted.quote!r}, to {wanted.text}")
    same = got.status == wanted.status
    result.statuses.add(Count(int(same), 1, 1))
    if not same:
        result.wrong.append(f"{got.status}, not {wanted.status}: {wanted.text}")


def says(wanted: str, text: str) -> bool:
    """Whether ``text`` has the words of ``wanted``, in which … stands for any."""
    first, gap, last = wanted.partition("…")
    said = letters(text)
    if not gap:
        return said == letters(wanted)
    return said.startswith(letters(first)) and said.endswith(letters(last))


def letters(text: str) -> str:
    """Return the letters and digits of ``text``: marks, tags and signs do not count."""
    shown = unescape(text).partition("<!-- 채우기")[0]
    return "".join(filter(str.isalnum, normalize("NFC", shown).casefold()))
