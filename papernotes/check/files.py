"""Files that must not be committed: papers, and notebooks that a build makes."""

import os
from collections.abc import Iterator
from pathlib import Path

from papernotes.problems import Problem

_FOLDERS = ("docs", "snippets", "fingerprints", "overrides")
_REFUSED = {
    ".ipynb": "노트북은 빌드가 만들어요. 지우고 docs/notebooks/에 .py(py:percent)로 넣어 주세요.",
    ".pdf": "논문 파일은 저장소에 넣지 않아요. 지우고 지문(fingerprints/)만 남겨 주세요.",
}


def problems(root: Path) -> Iterator[Problem]:
    """Yield each file of a kind that does not belong into the repository."""
    for folder in _FOLDERS:
        for parent, _, names in os.walk(root / folder):
            for name in sorted(names):
                message = _REFUSED.get(Path(name).suffix.lower())
                if message:
                    path = (Path(parent) / name).relative_to(root).as_posix()
                    yield Problem(path, 1, 1, "PN602", message)
