"""What every command shares: its project (``--root``), and being called in a wrong way."""

import argparse
from pathlib import Path

from papernotes.problems import Problem


class UsageError(Exception):
    """The command was called in a wrong way; the message, in Korean, says how it is right.

    :func:`papernotes.cli.main` prints it on standard error and ends with 2.
    """


class Refused(Exception):
    """A command cannot take something in or put it anywhere; the message is a :class:`Problem`.

    :func:`papernotes.cli.main` prints it on standard error and ends with 1.
    """

    def __init__(
        self, path: Path | str, code: str, message: str, line: int = 1, column: int = 1
    ) -> None:
        """Say what is wrong, where, and what to do."""
        super().__init__(str(Problem(str(path), line, column, code, message)))


def add_root(parser: argparse.ArgumentParser) -> None:
    """Add the option ``--root``."""
    parser.add_argument("--root", type=Path, default=Path(), help="프로젝트 폴더 (기본: 여기)")


def require(root: Path, part: str = "docs") -> Path:
    """Return ``root``, absolute; raise UsageError where it lacks ``part``, and so is no project."""
    if not (root / part).exists():
        advice = "옮겨 가거나 --root를 적어 주세요."
        raise UsageError(f"프로젝트 폴더가 아니에요: {root}에 {part} 없음. {advice}")
    return root.resolve()
