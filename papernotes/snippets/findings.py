"""A problem of a snippet with what helps to mend it."""

from dataclasses import dataclass

from papernotes.problems import Problem, printable


@dataclass(frozen=True, order=True)
class Finding:
    """A problem, and the lines to show under it: a traceback, a difference."""

    problem: Problem
    details: str = ""

    def __str__(self) -> str:
        """Return the problem's line with the details under it."""
        # The bar: GitHub takes a line for a command even where spaces stand before its colons.
        return "\n".join([str(self.problem), *(f"    | {line}" for line in self._lines())])

    @property
    def annotation(self) -> str:
        """The problem as a workflow command, with the details below its message."""
        return self.problem.annotation("\n".join(self._lines()))

    def _lines(self) -> list[str]:
        return [printable(line) for line in self.details.splitlines()]
