"""``papernotes summary``: what a change does to the notes, in Markdown for its reviewers.

Everything that a contributor wrote goes through :mod:`papernotes.review.literal`.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from papernotes import git
from papernotes.check import check, quotes
from papernotes.check.check import Report
from papernotes.git import Change
from papernotes.note.kinds import kind_of
from papernotes.note.model import PassageBlock, Place, Quote
from papernotes.problems import Problem
from papernotes.project import UsageError, add_root, require
from papernotes.review.changed_notes import Kind, NoteChange, PassageChange, changed_notes
from papernotes.review.literal import block, span
from papernotes.review.others import others
from papernotes.snippets import records
from papernotes.snippets.snippet import FOLDER

MOST_PASSAGES = 100
MOST_SNIPPETS = 40
MOST_PROBLEMS = 50
MOST_WORDS = 40
"""What is shown of each: GitHub takes 1 MiB a step, and people read less."""

_GAP = re.compile(r"…|\.\.\.|\[[^\]]*\]")
"""Where a quotation leaves words out or puts some in."""

_SITE = """\
### 지어진 사이트 보기

이 쪽의 **Artifacts**에서 `site`를 내려받아 풀고, 그 폴더에서 서버를 켜면 바뀐 쪽을 볼 수 있어요. \
`site`가 없으면 검사나 빌드가 멈춘 것이니 고칠 곳을 먼저 봐 주세요.

```sh
unzip site.zip -d site
python3 -m http.server --directory site   # http://127.0.0.1:8000
```"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "--base", metavar="REF", default="main", help="견줄 브랜치나 커밋 (기본: main)"
    )
    add_root(parser)


def main(args: argparse.Namespace) -> int:
    """Print the summary; return 0. Raises UsageError where there is nothing to compare with."""
    root = require(args.root)
    try:
        print(summary(root, args.base))
    except ValueError as error:
        raise UsageError(error) from error
    return 0


def summary(root: Path, base: str) -> str:
    """Return what changed in the project at ``root`` since it left ``base``, as Markdown.

    Raises ``ValueError``, in Korean, where git cannot tell.
    """
    commit = git.merge_base(root, base)
    changes = git.changes(root, commit)
    notes = changed_notes(root, commit, changes)
    report = check.check(root)
    parts = [
        *others(root, changes, report),
        *(f"### {_title(each)}\n\n{_passages(each, report)}" for each in notes),
        *_shares(notes, report),
        *_snippets(changes),
    ]
    return "\n\n".join(
        [
            "## 노트에 생기는 변화",
            *(parts or ["노트와 스니펫은 그대로예요."]),
            _problems(report.problems),
            _SITE,
        ]
    )


def _title(change: NoteChange) -> str:
    before, after = change.before, change.after
    what = "고침" if before and after else "새 노트" if after else "지움"
    if before and after and before.path != after.path:
        what = f"이름 바꿈 (전에는 {span(before.path)})"
    version = after or before
    assert version  # git told of the one or the other
    paper = f" {span(version.note.paper.arxiv)}" if version.note else ""
    return f"{span(version.path)}{paper} {what}"


def _passages(change: NoteChange, report: Report) -> str:
    if change.after and not change.after.note:
        return "front matter를 읽을 수 없어서 구절을 비교하지 못했어요. 고칠 곳을 먼저 봐 주세요."
    passages = change.passages
    if not passages:
        return "구절은 그대로예요."
    verdicts = _verdicts(change, report)
    rest = len(passages) - MOST_PASSAGES
    return "\n".join(
        [
            "| 구절 | 변화 | 인용 | 원문 대조 |",
            "| --- | --- | --- | --- |",
            *(row for each in passages[:MOST_PASSAGES] for row in _rows(each, verdicts)),
            *([f"\n이 밖에 구절 {rest}개가 더 바뀌어요."] if rest > 0 else []),
            *_words(passages),
        ]
    )


def _words(passages: Sequence[PassageChange]) -> list[str]:
    """Show what was said before and after, where it was edited; what is new shows in the file."""
    lines = [
        f"- {span(f'#{passage.id}')} {_edit(before, after)}"
        for passage in passages
        for before, after in passage.words
    ]
    rest = len(lines) - MOST_WORDS
    more = [f"- 이 밖에 {rest}곳이 더 바뀌어요."] if rest > 0 else []
    return ["", *lines[:MOST_WORDS], *more] if lines else []


def _edit(before: PassageBlock, after: PassageBlock | None) -> str:
    by = getattr(before, "by", "")
    what = kind_of(before).label + (f" · {span(by)}" if by else "")
    if after is None:
        return f"{what} 지움: {span(before.text)}"
    now = getattr(after, "by", "")
    name = f" (이름 {span(by)} → {span(now)})" if now != by else ""
    if before.text == after.text:
        return f"{what} 고침{name or ': 글 밖의 것'}"
    old, new = _from_difference(before.text, after.text)
    return f"{what} 고침{name}: {span(old)} → {span(new)}"


def _rows(change: PassageChange, verdicts: dict[int, str]) -> Iterator[str]:
    """Yield a row for each quotation that came, changed or went, at least one."""
    passage = change.after or change.before
    title = (f"{span(passage.title)} " if passage else "") + span(f"#{change.id}")
    what = ": ".join(filter(None, [change.kind, ", ".join(change.details)]))
    for cells in [_cells(*each, verdicts) for each in change.quotes] or ["– | –"]:
        yield f"| {title} | {what} | {cells} |"
        title = what = "〃"


def _cells(before: Quote | None, after: Quote | None, verdicts: dict[int, str]) -> str:
    kind = Kind.CHANGED if before and after else Kind.NEW if after else Kind.GONE
    quote = after or before
    assert quote  # one of the two is there
    place = span(f"{quote.paper.short} {quote.place.label}")
    words = span(quote.text)
    if before and after and before.text != after.text:
        words = " → ".join(map(span, _from_difference(before.text, after.text)))
    gaps = len(_GAP.findall(quote.text))
    if gaps:
        words += f" (건너뛴 곳 {gaps}군데)"
    verdict = verdicts.get(after.line, "노트의 고칠 곳부터 고치면 대조해요") if after else "–"
    return f"{kind} {place} {words} | {verdict}"


def _from_difference(old: str, new: str) -> tuple[str, str]:
    """Return both texts from two words before the first that differs."""
    before, after = old.split(), new.split()
    pairs = enumerate(zip(before, after, strict=False))
    first = next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))
    start = max(first - 2, 0)
    lead = "… " if start else ""
    return lead + " ".join(before[start:]), lead + " ".join(after[start:])


def _verdicts(change: NoteChange, report: Report) -> dict[int, str]:
    """Say of each quotation that was checked whether it is as it should be, by its line."""
    after = change.after
    passages = after.note.passages if after and after.note else ()
    places = {quote.line: quote.place for each in passages for quote in each.quotes}
    return {
        checked.line: " ".join(f"❌ {problem.code}" for problem in checked.problems)
        or f"✅ {Place(None, places[checked.line].pages).label}에 그대로"
        for checked in report.quotations
        if after and checked.path == after.path
    }


def _shares(notes: Sequence[NoteChange], report: Report) -> list[str]:
    """Say how much is quoted of each paper that the changed notes quote."""
    paths = {change.after.path for change in notes if change.after}
    quoted = {checked.arxiv for checked in report.quotations if checked.path in paths}
    lines = [
        f"- {span(share.short)} {span(share.arxiv)}: 낱말 {share.quoted}/{share.words}개 "
        f"({share.part:.1%}, 한도 {quotes.MOST_QUOTED:.0%})"
        for share in quotes.shares(report.quotations)
        if share.arxiv in quoted
    ]
    return ["### 논문마다 인용한 비율\n\n" + "\n".join(lines)] if lines else []


def _snippets(changes: Sequence[Change]) -> list[str]:
    """Say which records change; how, GitHub's own view of the files shows."""
    touched: dict[str, list[Change]] = {}
    for change in changes:
        if change.path.startswith(f"{FOLDER}/"):
            touched.setdefault(records.snippet_path(change.path), []).append(change)
    lines = [
        f"- {span(path)}: {_records(touched[path])}" for path in sorted(touched)[:MOST_SNIPPETS]
    ]
    rest = len(touched) - MOST_SNIPPETS
    if rest > 0:
        lines.append(f"\n이 밖에 스니펫 {rest}개가 더 바뀌어요.")
    return ["### 스니펫의 출력\n\n" + "\n".join(lines)] if lines else []


def _records(changes: Sequence[Change]) -> str:
    kinds = {".txt": "출력", ".svg": "그림"}
    said = [
        f"{kinds[ending]} {span(Path(change.path).name)} {_fate(change)}"
        for change in changes
        if (ending := Path(change.path).suffix) in kinds
    ]
    return ", ".join(said) or "출력과 그림은 그대로예요"


def _fate(change: Change) -> str:
    if not change.before or not change.after:
        return "새로" if change.after else "지움"
    return "고침" if change.before == change.after else "옮김"


def _problems(problems: Sequence[Problem]) -> str:
    if not problems:
        return "### 고칠 곳\n\n검사가 찾은 것은 없어요."
    rest = len(problems) - MOST_PROBLEMS
    more = f"\n\n이 밖에 {rest}개가 더 있어요." if rest > 0 else ""
    shown = block("\n".join(map(str, problems[:MOST_PROBLEMS])))
    return f"### 고칠 곳 {len(problems)}개\n\n{shown}{more}"
