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
        return "\n".join([str(self.problem), *(f"    {x}" for x in self.details.splitlines())])
