"""The one list of what may be published: every file that an engine would take, read or refused.

MkDocs and Zensical publish whatever lies under docs/, behind links too, but what begins with a dot
(MkDocs 1.6 ``structure/files.py``, default of ``exclude_docs``; Zensical 0.0.73 was seen to do the
same). So a file is allowed by its place and kind or refused, and nothing is opened here: its type
and size are known before anybody reads it.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papernotes.problems import Problem

PAGE = ".md"
PICTURES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
MOST_BYTES = 2_000_000
"""Of one file: a picture of this size is already more than a phone should fetch."""

SNIPPETS = "docs/snippets"
_SNIPPETS_TARGET = "../snippets"
_FOLDERS = ("docs", "snippets", "fingerprints", "ids", "overrides")
_OUTPUTS = frozenset({".json", ".py", ".svg", ".txt"})
_NOTEBOOKS = "docs/notebooks"

_NOT_ALLOWED = {
    ".ipynb": "노트북은 빌드가 만들어요. 지우고 docs/notebooks/에 .py(py:percent)로 넣어 주세요.",
    ".pdf": "논문 파일은 저장소에 넣지 않아요. 지우고 지문(fingerprints/)만 남겨 주세요.",
}
_MARKDOWN = frozenset({".markdown", ".mdown", ".mkdn", ".mkd"})
"""Endings that MkDocs takes for pages, too (``mkdocs.utils.markdown_extensions``)."""

# Letters and digits of any script; a space or a mark only between them.
_NAME = re.compile(r"\w(?:[\w .,+()-]*[\w)])?")
# Letters to Unicode, and nothing to the eye.
_BLANK = re.compile("[\u115f\u1160\u3164\uffa0]")
_FIRST = {"index.md": "index.md", "readme.md": "README.md"}
_FILE_LIKE = re.compile(r"\.(?=\d*[A-Za-z])\w{2,}$")
"""How a page or folder may not end: the engines and exports write files of such names."""
_WINDOWS = frozenset(
    ["aux", "con", "nul", "prn", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))]
)
"""Names that no file can have on Windows (Microsoft, "Naming Files, Paths, and Namespaces")."""
_LONGEST = 200
_SAME = {"readme": "index"}
"""Names of pages that both engines publish at the address of another."""


@dataclass(frozen=True)
class Published:
    """What lies in a project: ``files`` by their paths from the root, and what is refused.

    ``files`` holds what may be read; what docs/snippets leads to is listed under snippets/ alone.
    """

    files: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The Markdown pages, relative to ``docs/``."""
        return tuple(
            path.removeprefix("docs/")
            for path in self.files
            if path.startswith("docs/") and path.endswith(PAGE)
        )

    @property
    def unsafe(self) -> tuple[Problem, ...]:
        """What nobody may follow or read: links, devices, pipes and files of any size."""
        return tuple(each for each in self.problems if each.code in ("PN603", "PN604"))


def look(root: Path) -> Published:
    """List the files of the project at ``root``; the order is that of their paths."""
    files: list[str] = []
    problems: list[Problem] = []
    for folder in _FOLDERS:
        _walk(root, folder, files, problems)
    return Published(tuple(sorted(files)), tuple(sorted([*problems, *_doubles(files)])))


def _walk(root: Path, start: str, files: list[str], problems: list[Problem]) -> None:
    waiting = [start]
    while waiting:
        path = waiting.pop()
        name = path.rpartition("/")[2]
        try:
            facts = os.lstat(root / path)
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(_unreadable(path, error))
            continue
        if refusal := _refusal(root, path, name, facts):
            problems.append(Problem(path, 1, 1, *refusal))
        elif stat.S_ISDIR(facts.st_mode):
            try:
                names = os.listdir(root / path)
            except OSError as error:
                problems.append(_unreadable(path, error))
                continue
            waiting += [f"{path}/{each}" for each in names if not each.startswith(".")]
        elif path != SNIPPETS:
            files.append(path)


_Refusal = tuple[str, str]
"""A code, and a message that says what to do."""


def _refusal(root: Path, path: str, name: str, facts: os.stat_result) -> _Refusal | None:
    """Return why the file or folder at ``path`` may not be there; None where it may."""
    mode = facts.st_mode
    if path == SNIPPETS:
        return _snippets_refusal(root, mode)
    if stat.S_ISLNK(mode):
        return "PN604", "링크는 다른 곳의 파일을 싣게 돼요. 지우고 파일을 그대로 넣어 주세요."
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        return "PN604", "보통 파일이 아니에요(장치, 파이프, 소켓). 지워 주세요."
    if len(os.fsencode(path)) > _LONGEST:
        return "PN605", "경로가 너무 길어요. 짧게 바꿔 주세요."
    if not _is_name(name) and path not in _FOLDERS:
        message = (
            "이름에 쓸 수 없는 글자가 있어요. 글자, 숫자, `-`, `_`, `.`만 쓴 이름(한글은 완성형)"
            "으로 바꿔 주세요."
        )
        return "PN605", message
    if path.startswith("docs/") and name.lower() in _FIRST and name not in _FIRST.values():
        return "PN605", f"엔진마다 주소가 달라져요. `{_FIRST[name.lower()]}`로 바꿔 주세요."
    makes_folder = path.startswith("docs/") and (stat.S_ISDIR(mode) or name.endswith(PAGE))
    folder = name.removesuffix(PAGE)
    if makes_folder and (_FILE_LIKE.search(folder) or folder.endswith((" ", "."))):
        return "PN605", "주소가 파일처럼 끝나거나 점, 빈칸으로 끝나요. 이름의 끝을 고쳐 주세요."
    if stat.S_ISDIR(mode):
        if path == "docs/templates":
            message = "이 이름의 폴더는 사이트에 실리지 않아요. 다른 이름으로 바꿔 주세요."
            return "PN605", message
        return None
    kind = _kind_problem(path, name)
    if kind:
        return "PN602", kind
    if facts.st_size > MOST_BYTES and not path.startswith("overrides/"):
        return "PN603", f"파일이 {MOST_BYTES // 1_000_000}MB를 넘어요. 줄이거나 나눠 주세요."
    return None


def _snippets_refusal(root: Path, mode: int) -> _Refusal | None:
    """Check the one link that is allowed: it makes figures and downloads part of the site."""
    if stat.S_ISLNK(mode) and os.readlink(root / SNIPPETS) == _SNIPPETS_TARGET:
        return None
    if stat.S_ISREG(mode):
        message = (
            "링크여야 하는데 파일이에요. 윈도우라면 `git config core.symlinks true` 뒤에 "
            f"`git checkout {SNIPPETS}`로 다시 받아 주세요."
        )
    else:
        message = (
            f"`{_SNIPPETS_TARGET}`로 가는 링크여야 해요. `git checkout {SNIPPETS}`로 되돌려 주세요."
        )
    return "PN604", message


def _is_name(name: str) -> bool:
    """Tell whether a name can be printed, linked to and checked out everywhere."""
    return bool(
        _NAME.fullmatch(name)
        and not _BLANK.search(name)
        and unicodedata.is_normalized("NFKC", name)
        and len(name.encode()) <= 200
        and name.partition(".")[0].lower() not in _WINDOWS
    )


def _kind_problem(path: str, name: str) -> str:
    """Return what to do with a file whose kind is not allowed where it lies; nothing if it is."""
    folder, _, _ = path.rpartition("/")
    top = path.partition("/")[0]
    ending = os.path.splitext(name)[1]
    lower = ending.lower()
    if lower in _NOT_ALLOWED:
        return _NOT_ALLOWED[lower]
    if top == "overrides" or (
        top in ("fingerprints", "ids") and ending in (".json", ".md", ".txt")
    ):
        return ""
    if top == "snippets":
        kinds = _OUTPUTS
    elif folder == _NOTEBOOKS:
        kinds = frozenset({PAGE, ".py"})
    elif top == "docs":
        kinds = PICTURES | {PAGE}
    else:
        kinds = frozenset({".json", ".txt"})
    if ending in kinds:
        return ""
    if top == "docs" and (lower in _MARKDOWN or lower == PAGE):
        return f"쪽의 이름은 `{PAGE}`로 끝나요. 이름을 고쳐 주세요."
    if lower in kinds:
        return f"이름의 끝을 소문자(`{lower}`)로 고쳐 주세요."
    listed = ", ".join(sorted(kinds))
    return f"이 폴더에 둘 수 없는 종류의 파일이에요({listed}만 둬요). 지우거나 옮겨 주세요."


def _doubles(files: list[str]) -> Iterator[Problem]:
    """Yield a problem for each file that is published, or checked out, at another's place."""
    taken: dict[str, str] = {}
    for path in sorted(files):
        place = unicodedata.normalize("NFC", path).casefold()
        if place.startswith("docs/") and place.endswith((PAGE, ".py")):
            folder, _, name = place.rpartition("/")
            stem = os.path.splitext(name)[0]
            stem = _SAME.get(stem, stem)
            place = f"{folder}/" if stem == "index" else f"{folder}/{stem}/"
        if place in taken:
            message = f"`{taken[place]}`와 같은 주소가 돼요. 둘 가운데 하나의 이름을 바꿔 주세요."
            yield Problem(path, 1, 1, "PN605", message)
        else:
            taken[place] = path


def _unreadable(path: str, error: OSError) -> Problem:
    message = f"읽을 수 없어요({error.strerror}). 권한을 살펴 주세요."
    return Problem(path, 1, 1, "PN604", message)
