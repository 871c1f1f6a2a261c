"""The discussions of passages, as ``papernotes discussions`` wrote them down before the build."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(".cache") / "discussions.json"
"""By the passages' ids, the discussion's number and how many comments it has; not in git."""


@dataclass(frozen=True)
class Discussion:
    """A discussion on GitHub."""

    number: int
    comments: int


def load(root: Path) -> Mapping[str, Discussion]:
    """Return the discussions by the ids of their passages; none where none were asked for."""
    try:
        found = json.loads((root / FILE).read_text("utf-8"))
        return {id: Discussion(int(number), int(count)) for id, (number, count) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def dump(found: Mapping[str, Discussion]) -> str:
    """Return the file of discussions."""
    return json.dumps({id: (each.number, each.comments) for id, each in sorted(found.items())})
