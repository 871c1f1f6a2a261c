"""From the model back to a note's source: the reverse of :mod:`papernotes.note.parse`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from papernotes.note.kinds import kind_of
from papernotes.note.model import Note, Paper, Passage, PassageBlock, Session, Term

_OPENS_LIST = re.compile(r" {4}|[-*+] |\d+[.)] |\|")
_SLASHES = re.compile(r"^[ ]{0,3}(/{3,})", re.M)


def note(made: Note, marks: Mapping[str, str] | None = None, intro: str = "") -> str:
    """Return the source of a note.

    ``marks`` are comments for the lines of the front matter, by the names of its fields;
    ``intro`` is the Markdown above the first passage.
    """
    fields = _paper(made.paper)
    fields = {**dict(list(fields.items())[:2]), "description": made.description, **fields}
    if made.references:
        fields["references"] = [_paper(each) for each in made.references]
    if made.moved:
        fields["moved"] = dict(made.moved)
    parts = [front_matter(fields, marks or {}), *([f"{intro}\n"] if intro else [])]
    return "\n".join([*parts, *map(passage, made.passages)])


def session(made: Session, body: str, marks: Mapping[str, str] | None = None) -> str:
    """Return the source of a session page whose Markdown is ``body``."""
    fields = {
        "title": made.title,
        "description": made.description,
        "participants": list(made.participants),
        "papers": list(made.papers),
    }
    return f"{front_matter(fields, marks or {})}\n{body}"


def passage(made: Passage, marks: Sequence[str] = ()) -> str:
    """Return the source of a passage, with ``marks`` below its heading."""
    heading = f"## {made.title} {{ #{made.id} }}\n"
    return "\n".join([heading, *(f"{mark}\n" for mark in marks), *map(block, made.blocks)])


def block(made: PassageBlock | Term) -> str:
    """Return the source of one block of a note, or of a glossary term."""
    kind = kind_of(made)
    argument, options = kind.head(made)
    options = {name: value for name, value in options.items() if value}
    # A line of slashes in the text must not close the block.
    longest = max((len(found) for found in _SLASHES.findall(made.text)), default=2)
    fence = "/" * max(3, longest + 1)
    lines = [f"{fence} {kind.name} | {argument}" if argument else f"{fence} {kind.name}"]
    lines += [f"    {_yaml({key: value}).rstrip()}" for key, value in options.items()]
    if options or _OPENS_LIST.match(made.text):
        lines.append("")
    if made.text:
        lines.append(made.text)
    if made.text.rpartition("\n")[2].lstrip().startswith("|"):
        lines.append("")  # or GitHub takes the fence for the table's last row
    return "\n".join([*lines, f"{fence}\n"])


def front_matter(fields: Mapping[str, Any], marks: Mapping[str, str]) -> str:
    """Return front matter, each mark as a comment above the line of its field."""
    lines = []
    for name, value in fields.items():
        if name in marks:
            lines.append(f"# {marks[name]}\n")
        lines.append(_yaml({name: value}))
    return f"---\n{''.join(lines)}---\n"


def below(existing: str, added: str) -> str:
    """Return a page with something new at its end; what is there stays to the byte."""
    return f"{existing}{'' if existing.endswith(chr(10)) else chr(10)}\n{added}"


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "title": paper.title,
        "short": paper.short,
        "authors": list(paper.authors),
        "year": paper.year,
        "venue": paper.venue,
        "arxiv": paper.arxiv,
    }


class _Dumper(yaml.SafeDumper):
    """Writes pairs on lines of their own, and a list of texts or a text on one line."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        quoted = ": " in text or not text.isprintable()
        return self.represent_scalar("tag:yaml.org,2002:str", text, '"' if quoted else None)

    def represent_pairs(self, pairs: dict[str, Any]) -> yaml.MappingNode:
        return self.represent_mapping("tag:yaml.org,2002:map", pairs, flow_style=False)

    def represent_items(self, items: list[Any]) -> yaml.SequenceNode:
        flow = all(isinstance(each, str) for each in items)
        return self.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)


_Dumper.add_representer(str, _Dumper.represent_text)
_Dumper.add_representer(dict, _Dumper.represent_pairs)
_Dumper.add_representer(list, _Dumper.represent_items)


def _yaml(data: dict[str, Any]) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf"))
