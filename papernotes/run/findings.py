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
        # An exception's words may hold what no terminal can print.
        return "\n".join(lines).encode(errors="backslashreplace").decode()
