"""Splitting work among machines: ``--shard 3/8`` is the third of eight parts."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Shard:
    """Part number ``part`` (from 1) of ``parts``; items go round in turn, as cards are dealt."""

    part: int = 1
    parts: int = 1

    def has(self, index: int) -> bool:
        """Whether the item at ``index`` (from 0) is in this part."""
        return index % self.parts == self.part - 1

    def of(self, items: Sequence[Item]) -> list[Item]:
        """Return the items of this part, in order."""
        return list(items[self.part - 1 :: self.parts])


WHOLE = Shard()


def add_shard(parser: argparse.ArgumentParser) -> None:
    """Add the option ``--shard I/N``, a :class:`Shard`."""
    parser.add_argument(
        "--shard",
        metavar="I/N",
        type=_parse,
        default=WHOLE,
        help="N으로 나눈 것 중 I번째만 봐요 (기계 여러 대로 나눌 때)",
    )


def _parse(text: str) -> Shard:
    parts = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text)
    if not parts or int(parts[1]) > int(parts[2]):
        raise argparse.ArgumentTypeError("1/4처럼 적어 주세요.")
    return Shard(int(parts[1]), int(parts[2]))
