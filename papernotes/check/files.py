"""Files that must not be published: their kinds and names, and what pictures and notebooks hold."""

from collections.abc import Iterator
from pathlib import Path

from papernotes.check import notebooks, pictures
from papernotes.note.publishable import PICTURES, Published
from papernotes.problems import Problem


def problems(root: Path, found: Published) -> Iterator[Problem]:
    """Yield what is wrong with the files of the project at ``root``, of which ``found`` tells."""
    yield from found.problems
    for path in found.files:
        ending = Path(path).suffix
        if ending in PICTURES and not path.startswith("overrides/"):
            yield from pictures.problems(root, path)
        elif path.startswith("docs/notebooks/") and ending == ".py":
            yield from notebooks.problems(root, path)
