"""The query sets (queries.yml and beginner.yml), and how to score an engine's answers to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SETS = ("queries", "beginner")


@dataclass(frozen=True)
class Query:
    """What a reader types, its kind, and the addresses (relative to the site) that answer it."""

    text: str
    kind: str
    places: frozenset[str]


@dataclass(frozen=True)
class Scores:
    """Shares of the queries (0 to 1), and the mean reciprocal rank within the first ten."""

    hit1: float
    hit3: float
    mrr10: float
    none: float


def load(name: str = "queries") -> tuple[list[Query], list[str]]:
    """Read a set's queries, and the ones that must find nothing."""
    file = Path(__file__).with_name(f"{name}.yml")
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))

    def address(place: str) -> str:
        page, hash_, section = place.partition("#")
        return f"{data['places'][page]}{hash_}{section}"

    queries = [
        Query(text, kind, frozenset(map(address, places)))
        for kind, group in data["queries"].items()
        for text, places in group.items()
    ]
    return queries, data["nothing"]


def score(queries: Iterable[Query], search: Callable[[str], list[str]]) -> Scores:
    """Score ``search``, which returns the addresses it finds for a text, the best first."""
    ranks: list[int | None] = []
    empty = 0
    for query in queries:
        found = search(query.text)
        empty += not found
        ranks.append(next((i for i, place in enumerate(found, 1) if place in query.places), None))
    count = len(ranks)

    def share(last: int) -> float:
        return sum(rank is not None and rank <= last for rank in ranks) / count

    reciprocal = sum(1 / rank for rank in ranks if rank and rank <= 10)
    return Scores(share(1), share(3), reciprocal / count, empty / count)
