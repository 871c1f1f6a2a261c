"""``papernotes verify``: whether the quotations in any Markdown are what their papers say.

For groups that keep their notes in another way. Nothing else of a project is needed: where
``fingerprints/`` has no fingerprint of a paper, one is made from its PDF (``--pdf``, or arXiv's).
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from papernotes import arxiv
from papernotes.check.quotes import CODES
from papernotes.fingerprint import blockquotes, fingerprint
from papernotes.fingerprint.blockquotes import Quoted
from papernotes.fingerprint.command import CACHE
from papernotes.fingerprint.fingerprint import Fingerprint, FingerprintInvalid, PdfRefused
from papernotes.fingerprint.quotations import find_fingerprint
from papernotes.fingerprint.verify import found_on, uncompared, verify
from papernotes.note.model import Note, Place
from papernotes.note.parse import clean, parse_partial
from papernotes.problems import Problem
from papernotes.project import UsageError


@dataclass(frozen=True)
class Result:
    """What came out for one quotation, as ``--format json`` prints it.

    ``pages`` are those on which it stands, none where it does not; ``gaps`` and ``formulas``
    count what was not compared.
    """

    path: str
    line: int
    paper: str
    quote: str
    verified: bool
    pages: tuple[int, ...]
    gaps: int
    formulas: int
    problems: tuple[Problem, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("files", nargs="+", type=Path, help="Markdown 파일")
    parser.add_argument("--paper", default="", help="파일에 논문이 적혀 있지 않을 때의 arXiv 번호")
    parser.add_argument("--pdf", type=Path, help="--paper의 PDF (없으면 arXiv에서 받아요)")
    where = "fingerprints/와 받은 PDF를 둘 폴더 (기본: 여기)"
    parser.add_argument("--root", type=Path, default=Path(), help=where)
    forms = "결과를 적는 꼴: text, github(풀 리퀘스트의 줄에 다는 주석), json"
    parser.add_argument("--format", choices=["text", "github", "json"], default="text", help=forms)


def main(args: argparse.Namespace) -> int:
    """Print a line for each quotation; return 0, 1 (one is not verified) or 2 (usage)."""
    if args.paper:
        arxiv.require_id(args.paper)
    if args.pdf and not args.paper:
        raise UsageError("--pdf에는 어느 논문인지 --paper도 적어 주세요.")
    results: list[Result] = []
    left: list[str] = []
    for file, text in [(file, _read(file)) for file in args.files]:
        note, _ = parse_partial(text, str(file))
        quoted = _of_note(note) if note else blockquotes.find(text)
        results += [_result(each, str(file), args) for each in quoted]
        if not note:
            left += [f"{file}:{line}" for line in blockquotes.without_source(text)]
    if args.format == "json":
        print(json.dumps([asdict(each) for each in results], ensure_ascii=False, indent=1))
        return int(not all(each.verified for each in results))
    for each in results:
        for problem in each.problems:
            print(problem.annotation() if args.format == "github" else problem)
        if each.verified:
            print(f"{each.path}:{each.line}: ✓ {each.paper} {_said(each)}")
    verified = sum(each.verified for each in results)
    print(f"인용 {verified}/{len(results)}개를 원문과 대조했어요.")
    if left:
        print(f"출처의 줄이 없어서 보지 않은 인용문 {len(left)}개: {', '.join(left)}")
    return int(verified < len(results))


def _said(result: Result) -> str:
    left = [f"빈칸 {result.gaps}곳"] * bool(result.gaps)
    left += [f"수식 {result.formulas}개"] * bool(result.formulas)
    return Place(None, result.pages).label + (
        f" (대조하지 않음: {', '.join(left)})" if left else ""
    )


def _read(file: Path) -> str:
    try:
        return clean(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"{file}: 이런 파일이 없어요. 경로와 철자를 살펴 주세요.") from error
    except IsADirectoryError as error:
        raise UsageError(f"{file}: 폴더예요. `{file}/*.md`처럼 파일을 적어 주세요.") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{file}: UTF-8로 적힌 Markdown이 아니에요. UTF-8로 저장하고, PDF는 --pdf로 알려 "
            "주세요."
        ) from error
    except OSError as error:
        raise UsageError(f"{file}: 읽을 수 없어요({error.strerror}).") from error


def _of_note(note: Note) -> Iterator[Quoted]:
    """Yield the quotations of a note of this project's own."""
    for passage in note.passages:
        for quote in passage.quotes:
            columns = (1,) * (quote.text.count("\n") + 1)
            place = quote.place
            arxiv = quote.paper.arxiv
            yield Quoted(quote.text, quote.text_line, columns, arxiv, place.where, place.pages)


def _result(quoted: Quoted, path: str, args: argparse.Namespace) -> Result:
    paper_id = quoted.paper or args.paper
    left = uncompared(quoted.text)
    try:
        paper = _paper(args.root, paper_id, args.pdf if paper_id == args.paper else None)
    except (PdfRefused, FingerprintInvalid) as error:
        problems = [Problem(path, quoted.line, 1, "PN302", str(error))]
        pages: tuple[int, ...] = ()
    else:
        pages = quoted.pages or found_on(quoted.text, paper) or (1,)
        problems = []
        for finding in verify(quoted.text, pages, quoted.where, paper):
            line, column = quoted.position(finding.offset)
            problems.append(Problem(path, line, column, CODES[finding.kind], finding.message))
        pages = found_on(quoted.text, paper) if problems else pages
    return Result(
        *(path, quoted.line, paper_id, quoted.text, not problems),
        *(pages, left.gaps, left.formulas, tuple(problems)),
    )


@lru_cache(maxsize=64)
def _paper(root: Path, paper_id: str, pdf: Path | None) -> Fingerprint:
    if not paper_id:
        raise PdfRefused(
            "어느 논문의 어느 판인지 적혀 있지 않아요. `— arXiv:1706.03762v5, p. 4`처럼 판까지 "
            "적거나 --paper로 알려 주세요."
        )
    found = None if pdf else find_fingerprint(root, paper_id)
    if found:
        return found
    return fingerprint.from_pdf(pdf or fingerprint.fetch(paper_id, root / CACHE), paper_id)
