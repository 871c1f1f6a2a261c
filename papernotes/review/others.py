"""What in a change is no note: named first, for it reaches further than its few lines show."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from papernotes.check.check import Report
from papernotes.fingerprint.quotations import fingerprint_path
from papernotes.git import Change
from papernotes.note.library import is_note
from papernotes.review.literal import span

MOST_FILES = 20
"""What is named of each kind."""

_KINDS = (
    ("워크플로: 저장소의 권한으로 돌아요", r"\.github/workflows/.*|\.github/.*\.sh|\.ci/.*"),
    ("검사와 사이트의 코드", r"papernotes/.*"),
    ("틀과 스크립트: 모든 쪽에 실려요", r"overrides/.*"),
    (
        "설정",
        r"mkdocs\.yml|Makefile|pyproject\.toml|package\.json|tsconfig\.json|\.git\w+"
        r"|\.pre-commit-config\.yaml|\.editorconfig|\.github/.*",
    ),
    ("잠금과 의존", r"requirements.*|package-lock\.json|.*\.lock"),
    ("지문: 인용이 맞는지를 정해요", r"fingerprints/.*\.json"),
    ("공개한 주소", r"ids/.*\.txt"),
    ("빌드에서 도는 노트북", r"docs/notebooks/.*\.py"),
    ("스니펫의 코드", r"snippets/.*\.py"),
    ("그림", r"docs/.*\.(?:gif|jpe?g|png|svg|webp)"),
    ("테스트와 측정", r"(?:tests|bench)/.*"),
    ("그 밖의 쪽", r"docs/.*\.md"),
    ("저장소의 글", r"[\w-]+\.md|LICENSE.*|fingerprints/README\.md"),
)
"""What a change may hold beside notes and records, the furthest-reaching first."""
_RECORDS = re.compile(r"snippets/.*\.(?:json|svg|txt)")
_NEW_KIND = "새로운 종류의 파일: 무엇인지 확인해 주세요"
_LINK, _PROGRAM, _FILE = "120000", "100755", "100644"
"""Modes (git-diff(1), gitdatamodel(7))."""


def others(root: Path, changes: Sequence[Change], report: Report) -> list[str]:
    """Return the part of the summary on what is no note, empty where all that changes is one."""
    kinds: dict[str, list[Change]] = {}
    for change in changes:
        for path in dict.fromkeys(filter(None, (change.after, change.before))):
            # A name that leaves one kind for another is told in both.
            kinds.setdefault(_kind(path), []).append(change)
    kinds.pop("", None)
    odd = [each for each in changes if _oddities(root, each)]
    if not (kinds or odd):
        return []
    order = [label for label, _ in _KINDS]
    lines = [
        f"- **{label}** {_names(root, kinds[label])}"
        for label in [_NEW_KIND, *order]
        if label in kinds
    ]
    told = {change for each in kinds.values() for change in each}
    rest = [change for change in odd if change not in told]
    if rest:
        lines.insert(0, f"- **보통 파일이 아닌 것** {_names(root, rest)}")
    lines += _resting(kinds.get(order[5], []), report)
    return ["### 먼저 볼 것: 노트가 아닌 것\n\n" + "\n".join(lines)]


def _kind(path: str) -> str:
    if is_note(path) or _RECORDS.fullmatch(path):
        return ""
    return next((label for label, known in _KINDS if re.fullmatch(known, path)), _NEW_KIND)


def _names(root: Path, changes: Sequence[Change]) -> str:
    unique = list(dict.fromkeys(changes))
    shown = ", ".join(_name(root, each) for each in unique[:MOST_FILES])
    rest = len(unique) - MOST_FILES
    return shown + (f" 외 {rest}개" if rest > 0 else "")


def _name(root: Path, change: Change) -> str:
    if not change.before:
        fate = ["새로"]
    elif not change.after:
        fate = ["지움"]
    else:
        fate = [] if change.before == change.after else [f"전에는 {span(change.before)}"]
    said = [*fate, *_oddities(root, change)]
    return span(change.path) + (f" ({', '.join(said)})" if said else "")


def _oddities(root: Path, change: Change) -> list[str]:
    """Say what a file is beside its text: a link, a program, another repository."""
    before, after = change.modes
    if not after and change.after:  # not yet added
        after = _mode(root / change.after)
    said = []
    if after == _LINK and change.after:
        said.append(f"링크 → {span(os.readlink(root / change.after))}")
    elif after == _PROGRAM and before != _PROGRAM:
        said.append("실행할 수 있게 됨")
    elif before == _PROGRAM and after == _FILE:
        said.append("실행할 수 없게 됨")
    elif after not in (_LINK, _PROGRAM, _FILE, "000000", ""):
        said.append(f"종류 {after}")
    return said


def _mode(file: Path) -> str:
    mode = file.lstat().st_mode
    if stat.S_ISLNK(mode):
        return _LINK
    return _PROGRAM if mode & stat.S_IXUSR else _FILE


def _resting(fingerprints: Sequence[Change], report: Report) -> Iterator[str]:
    """Say which quotations rest on a fingerprint that this very change brings."""
    for change in fingerprints:
        name = Path(change.path).name
        lines = [
            f"{span(f'{each.path}:{each.line}')}"
            for each in report.quotations
            if fingerprint_path(Path(), each.arxiv).name == name
        ]
        if change.after and lines:
            more = f" 외 {len(lines) - MOST_FILES}곳" if len(lines) > MOST_FILES else ""
            yield (
                f"- ⚠️ {span(name)} 지문이 함께 바뀌어요. 이 인용 {len(lines)}개의 ✅는 "
                f"그 지문이 맞을 때만 맞아요: {', '.join(lines[:MOST_FILES])}{more}"
            )
