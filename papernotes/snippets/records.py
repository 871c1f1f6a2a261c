"""What a run recorded beside its snippet, and how a fresh run differs from it.

``<name>.txt`` is what the snippet printed, ``<name>.svg``, ``<name>-2.svg``, … are its figures,
and ``<name>.json`` tells the versions that this came from and the number of assertions that
held. All stay as they are while a new run agrees, so that no change is noise.
"""

import difflib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papernotes.files import write_all
from papernotes.problems import Problem
from papernotes.snippets.snippet import FOLDER, Snippet, modules

_SHOWN_LINES = 40
_SHOWN_WIDTH = 160
_CONTEXT = 2
_RECORD = re.compile(r"(?P<name>.+?)(?:\.txt|\.json|(?:-(?P<number>[2-9]|[1-9]\d+))?\.svg)")


@dataclass(frozen=True)
class Record:
    """What a run of a snippet came to; ``figures`` are canonical SVG texts.

    ``versions`` names Python and the packages that the snippet imported.
    """

    output: str
    figures: tuple[str, ...]
    assertions: int
    versions: dict[str, str]


def output_path(snippet: Snippet) -> str:
    """Return where what it printed is recorded, relative to the root."""
    return snippet.path.removesuffix(".py") + ".txt"


def figure_path(snippet: Snippet, number: int) -> str:
    """Return where its figure ``number`` (from 1) is recorded, relative to the root."""
    suffix = "" if number == 1 else f"-{number}"
    return snippet.path.removesuffix(".py") + suffix + ".svg"


def facts_path(snippet: Snippet) -> str:
    """Return where versions and assertions are recorded, relative to the root."""
    return snippet.path.removesuffix(".py") + ".json"


def snippet_path(path: str) -> str:
    """Return the path of the snippet that a recorded file belongs to."""
    parts = _RECORD.fullmatch(path)
    return f"{parts['name']}.py" if parts else path


def figure_paths(snippet: Snippet) -> list[str]:
    """Return every recorded figure that lies beside ``snippet``, in order."""
    numbers = []
    folder, stem = os.path.split(f"{snippet.root}/{snippet.path.removesuffix('.py')}")
    for name in os.listdir(folder):
        parts = _RECORD.fullmatch(name) if name.startswith(stem) else None
        if parts and name.endswith(".svg") and parts["name"] == stem:
            numbers.append(int(parts["number"] or 1))
    return [figure_path(snippet, number) for number in sorted(numbers)]


def read(snippet: Snippet) -> Record | Problem:
    """Return what is recorded for ``snippet``, or why that cannot be read."""
    path = output_path(snippet)
    try:
        output = _text(snippet.root / path)
        figures: list[str] = []
        while (snippet.root / (path := figure_path(snippet, len(figures) + 1))).exists():
            figures.append(_text(snippet.root / path))
        path = facts_path(snippet)
        facts = json.loads(_text(snippet.root / path))
        assertions = facts.pop("assertions")
        if not isinstance(assertions, int) or not all(isinstance(v, str) for v in facts.values()):
            raise ValueError(path)
    except FileNotFoundError:
        message = f"기록이 없어요 (`{path}`). {_how_to_record(snippet)} 기록해 주세요."
        return snippet.problem(1, "PN401", message)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"기록이 UTF-8이 아니에요. {_how_to_record(snippet)} 다시 기록해 주세요."
        return Problem(path, line, 1, "PN412", message)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = f"기록을 읽을 수 없어요. {_how_to_record(snippet)} 다시 기록해 주세요."
        return Problem(path, 1, 1, "PN401", message)
    return Record(output, tuple(figures), assertions, facts)


def write(snippet: Snippet, record: Record) -> bool:
    """Record ``record`` and tell whether that changed anything.

    Every file is complete before the first is put in its place, so that what is recorded is
    whole at any moment; figures that are drawn no more are removed.
    """
    stale = _stale_figures(snippet, record)
    # Figures that are drawn no more are no difference of the others.
    unchanged = _same(read(snippet), record, len(record.figures))
    if not unchanged:
        facts = {"assertions": record.assertions, **record.versions}
        contents = {
            output_path(snippet): record.output,
            facts_path(snippet): json.dumps(facts, indent=2) + "\n",
        }
        for number, figure in enumerate(record.figures, 1):
            contents[figure_path(snippet, number)] = figure
        write_all({snippet.root / path: content for path, content in contents.items()})
    for path in stale:
        (snippet.root / path).unlink()
    return bool(stale) or not unchanged


def differences(snippet: Snippet, recorded: Record, fresh: Record) -> Iterator[Problem]:
    """Yield how a fresh run differs from what is recorded, at the first line that does."""
    again = f"{_how_to_record(snippet)} 다시 기록해 주세요."
    if recorded.output != fresh.output:
        path = output_path(snippet)
        yield _difference(path, recorded.output, fresh.output, "PN402", again)
    for number, (old, new) in enumerate(zip(recorded.figures, fresh.figures, strict=False), 1):
        if old != new:
            yield _difference(figure_path(snippet, number), old, new, "PN403", again)
    for path in _stale_figures(snippet, fresh):
        yield Problem(path, 1, 1, "PN403", f"이제 그리지 않는 그림이에요. {again}")
    for number in range(len(recorded.figures) + 1, len(fresh.figures) + 1):
        message = f"그림의 기록이 없어요 (`{figure_path(snippet, number)}`). {again}"
        yield snippet.problem(1, "PN401", message)


def problems(root: Path) -> list[Problem]:
    """Return what is wrong with the snippets and their records as can be told without a run."""
    root = root.resolve()
    found: list[Problem] = []
    names: set[Path] = set()
    for module in modules(root):
        found += module.problems()
        if not isinstance(module, Snippet):
            continue
        names.add(module.file.with_suffix(""))
        recorded = read(module)
        if isinstance(recorded, Problem):
            found.append(recorded)
        else:
            found += assertion_problems(module, recorded)
    for file in sorted((root / FOLDER).rglob("*")):
        parts = _RECORD.fullmatch(file.name)
        if parts and file.with_name(parts["name"]) not in names:
            path = file.relative_to(root).as_posix()
            message = "스니펫이 없는 기록이에요. 지우거나 스니펫을 되돌려 주세요."
            found.append(Problem(path, 1, 1, "PN414", message))
    return found


def assertion_problems(snippet: Snippet, recorded: Record) -> Iterator[Problem]:
    """Yield a problem where assertions came or went since the record was made."""
    lines = snippet.assertions
    if lines and len(lines) != recorded.assertions:
        yield snippet.problem(
            lines[-1],
            "PN411",
            f"기록할 때는 `assert`가 {recorded.assertions}개였는데 이제 {len(lines)}개예요. "
            f"되돌리거나, 바꾼 것이 맞으면 {_how_to_record(snippet)} 다시 기록해 주세요.",
        )


def _same(recorded: Record | Problem, fresh: Record, figures: int) -> bool:
    """Tell whether they agree up to ``figures``; versions are no reason to record again."""
    return isinstance(recorded, Record) and (
        (recorded.output, recorded.figures[:figures], recorded.assertions)
        == (fresh.output, fresh.figures, fresh.assertions)
    )


def _stale_figures(snippet: Snippet, fresh: Record) -> list[str]:
    drawn = {figure_path(snippet, number + 1) for number in range(len(fresh.figures))}
    return [path for path in figure_paths(snippet) if path not in drawn]


def _difference(path: str, recorded: str, fresh: str, code: str, again: str) -> Problem:
    """Return the first line that differs and, as details, a unified difference from there."""
    old, new = recorded.split("\n"), fresh.split("\n")
    pairs = enumerate(zip(old, new, strict=False))
    first = next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)) - 1)
    start = max(first - _CONTEXT, 0)
    end = start + _SHOWN_LINES
    lines = difflib.unified_diff(
        old[start:end], new[start:end], f"{path} (기록)", "이번 실행", lineterm="", n=_CONTEXT
    )
    # The lines' numbers would count from the window's start: the problem has the true one.
    details = ["@@" if line.startswith("@@") else _short(line) for line in lines]
    letters = zip(old[first], new[first], strict=False)
    shared = min(len(old[first]), len(new[first]))
    column = next((i for i, (a, b) in enumerate(letters) if a != b), shared)
    start = max(column - 20, 0)  # a little of what both have, then what differs
    message = (
        f"이번 실행이 기록과 달라요. 기록: `{_short(old[first][start:], 50)}`, "
        f"이번 실행: `{_short(new[first][start:], 50)}`. "
        f"맞는 쪽을 확인하고, 이번 실행이 맞으면 {again}"
    )
    shown = "\n".join(details[:_SHOWN_LINES])
    return Problem(path, first + 1, column + 1, code, message, shown)


def _short(line: str, width: int = _SHOWN_WIDTH) -> str:
    return line if len(line) <= width else line[: width - 1] + "…"


def _text(file: Path) -> str:
    """Return a file's text with its line ends as they are."""
    return file.read_bytes().decode()


def _how_to_record(snippet: Snippet) -> str:
    return f"`papernotes run --record {snippet.path}`로"
