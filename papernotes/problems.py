"""What is wrong with an input, and where: the one form in which every check reports."""

import argparse
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """One thing a person has to mend.

    ``path`` is relative to the project's root; ``line`` and ``column`` count from 1;
    ``message`` is Korean and ends in what to do. ``details`` are lines to show below it: a
    traceback, a difference.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    details: str = ""

    @classmethod
    def at(
        cls, path: str, text: str, offset: int, code: str, message: str, first_line: int = 1
    ) -> "Problem":
        """Return one at ``offset`` characters into a text that begins on ``first_line``."""
        line = first_line + text.count("\n", 0, offset)
        return cls(path, line, offset - text.rfind("\n", 0, offset), code, message)

    def __str__(self) -> str:
        """Return ``path:line:column: CODE message``, the form editors and CI link to."""
        place = f"{self.path}:{self.line}:{self.column}"
        # The bar: GitHub takes a line for a command even where spaces stand before its colons.
        details = (f"    | {line}" for line in self._details())
        return "\n".join([printable(f"{place}: {self.code} {self.message}"), *details])

    def annotation(self) -> str:
        """Return a workflow command that GitHub shows at the line.

        Source of the form and of what is escaped: GitHub's "Workflow commands" and
        ``@actions/core``'s ``command.ts``.
        """
        place = f"file={_property(printable(self.path))},line={self.line},col={self.column}"
        text = "\n".join([printable(self.message), *self._details()])
        return f"::error {place},title={_property(self.code)}::{_data(text)}"

    def _details(self) -> list[str]:
        return [printable(line) for line in self.details.splitlines()]


@dataclass(frozen=True)
class FileProblems:
    """Gathers what is wrong with one file; ``path`` is relative to the project's root."""

    path: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, code: str, message: str, column: int = 1) -> None:
        """Add a problem."""
        self.found.append(Problem(self.path, line, column, code, message))


def printable(text: str) -> str:
    """Return ``text`` on one line, with an escape for each sign that is none to a terminal.

    A name may hold a line's end, and what stands behind it would be a line of its own: to GitHub
    a command. Half a letter could not be printed at all.
    """
    if text.isprintable():
        return text
    return "".join(sign if _is_sign(sign) else f"\\u{ord(sign):04x}" for sign in text)


def _is_sign(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add the option that says in which form a command prints problems."""
    parser.add_argument(
        "--format",
        choices=["text", "github"],
        default="text",
        help="문제를 적는 꼴: text(파일:줄:칸)나 github(풀 리퀘스트의 줄에 다는 주석)",
    )


def how_to_read_more(problems: Iterable[Problem]) -> str:
    """Say which command explains the codes of ``problems``, of which there is at least one."""
    return f"자세한 것은 `papernotes explain {min(problem.code for problem in problems)}`"
