"""A question while it is read: what asks it, and what is answered below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from papernotes.importing.items import Item
from papernotes.importing.labels import Role
from papernotes.importing.lines import Kind
from papernotes.importing.model import Said, Subject, Topic
from papernotes.importing.sections import tagged


@dataclass
class OpenAnswer:
    """What one member said, piece by piece: a sentence, then the list below it."""

    pieces: list[Item]
    doubt: str = ""

    @property
    def by(self) -> str | None:
        """Who said it, where somebody is named."""
        return self.pieces[0].by

    @property
    def indent(self) -> int:
        """The columns before its first line."""
        return self.pieces[0].indent

    @property
    def is_empty(self) -> bool:
        """Whether it is a label alone, with what was said below it."""
        return not any(piece.text for piece in self.pieces)

    def said(self) -> Said:
        """Return it as a whole."""
        numbers = tuple(dict.fromkeys(n for piece in self.pieces for n in piece.numbers))
        pieces = [piece for piece in self.pieces if piece.text]
        return Said(self.by, _joined(pieces), numbers, self.doubt)


@dataclass
class OpenTopic:
    """A topic being read; ``listed`` says that the item above it in the list asks as well."""

    first: Item
    question: list[Item]
    subject: Subject
    answers: list[OpenAnswer] = field(default_factory=list)
    deferred: list[Said] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    evidence: list[Said] = field(default_factory=list)
    listed: bool = False

    @property
    def indent(self) -> int:
        """The columns before its question."""
        return self.first.indent

    @property
    def last(self) -> OpenAnswer | None:
        """The answer that was given last."""
        return self.answers[-1] if self.answers else None

    @property
    def heads(self) -> bool:
        """Whether its question is a heading, so that all below belongs to it."""
        return self.first.line.kind is Kind.HEADING

    @property
    def text(self) -> str:
        """The words of its question."""
        return "\n".join(item.text for item in self.question if item.text)

    @property
    def number(self) -> str:
        """The number of its question, in the label or in the list."""
        given = (item.label.number for item in self.question if item.label)
        return next(filter(None, given), digits(self.first.marker))

    def is_peer(self, item: Item) -> bool:
        """Whether an item is marked and indented as the question is."""
        numbered = self.first.marker[:1].isalnum() and item.marker[:1].isalnum()
        same = numbered or self.first.marker == item.marker
        return bool(item.marker) and same and self.indent == item.indent

    def is_beside_asker(self, item: Item) -> bool:
        """Whether an item stands beside the one that asks, and all answers stand below that."""
        return (
            bool(item.marker and self.answers)
            and any(
                each.by and (each.marker, each.indent) == (item.marker, item.indent)
                for each in self.question
            )
            and all(answer.indent > item.indent for answer in self.answers)
        )

    @property
    def has_peers(self) -> bool:
        """Whether its answers stand beside it in the same list, not below it."""
        return any(self.is_peer(answer.pieces[0]) for answer in self.answers)

    def closed(self) -> Topic:
        """Return it as it is when all is read."""
        numbers = tuple(number for item in self.question for number in item.numbers)
        # One may have pasted the sentence, and another asked about it.
        by = ", ".join(dict.fromkeys(item.by for item in self.question if item.by)) or None
        text, name = tagged(self.text)
        return Topic(
            Said(by, text, numbers),
            tuple(answer.said() for answer in self.answers),
            tuple(self.deferred),
            tuple(self.pictures),
            tuple(self.evidence),
            name or self.first.paper,
            self.subject,
        )


def digits(marker: str) -> str:
    """Return the number of a list marker (``1.``, ``(1)``); empty where it is a sign."""
    return marker.strip("().") if marker[:2].strip("(")[:1].isdigit() else ""


def _joined(pieces: Sequence[Item]) -> str:
    """Return pieces as Markdown: what has list markers as a list, all else as paragraphs."""
    if len(pieces) < 2:
        return "".join(piece.text for piece in pieces)
    bullets = [bool(piece.marker) and not piece.label for piece in pieces]
    indents = {piece.indent for piece, bullet in zip(pieces, bullets, strict=True) if bullet}
    parts: list[str] = []
    in_list = False
    for piece, bullet in zip(pieces, bullets, strict=True):
        if bullet:
            depth = sum(each < piece.indent for each in indents) if in_list else 0
            sign = piece.marker if re.fullmatch(r"\d+[.)]", piece.marker) else "-"
            body = piece.text.replace("\n", "\n" + " " * 4 * (depth + 1))
            parts += ["\n" if in_list else "\n\n", " " * 4 * depth, f"{sign} {body}"]
        elif in_list and piece.role is Role.ANSWER:  # "=> …" below an item goes on with it
            parts.append("\n    " + piece.whole.replace("\n", "\n    "))
            continue
        else:
            parts += ["\n\n", piece.text]
        in_list = bullet
    return "".join(parts).strip("\n")
