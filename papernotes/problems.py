"""What is wrong with an input, and where: the one form in which every check reports."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing a person has to mend.

    ``path`` is relative to the project's root; ``line`` and ``column`` count from 1;
    ``message`` is Korean and ends in what to do.
    """

    path: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        """Return ``path:line:column: CODE message``, the form editors and CI link to."""
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"
