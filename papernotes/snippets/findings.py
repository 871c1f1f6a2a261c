"""A problem of a snippet with what helps to mend it."""

from dataclasses import dataclass

from papernotes.problems import Problem


@dataclass(frozen=True, order=True)
class Finding:
    """A problem, and the lines to show under it: a traceback, a difference."""

    problem: Problem
    details: str = ""

    def __str__(self) -> str:
        """Return the problem's line with the details under it."""
        lines = [str(self.problem), *(f"    {line}" for line in self.details.splitlines())]
        return _printable("\n".join(lines))

    @property
    def annotation(self) -> str:
        """The problem as a workflow command, with the details below its message."""
        return _printable(self.problem.annotation(self.details))


def _printable(text: str) -> str:
    """Escape what no terminal can print: an exception's words may hold anything."""
    return text.encode(errors="backslashreplace").decode()
