"""The form that somebody filled in, read from the text that GitHub makes of it.

GitHub writes a filled-in form as Markdown, for each field a heading of the third level, its value
and a blank line; ``_No response_`` stands for an empty one ("Syntax for GitHub's form schema" and
issues made by forms). The labels are read from the forms themselves, so that both cannot differ.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

from papernotes.note.invisible import INVISIBLE
from papernotes.note.parse import clean

FOLDER = ".github/ISSUE_TEMPLATE"
PASSAGE, ANSWER = "passage", "answer"
_EMPTY = "_No response_"
_HEADING = re.compile(r"### (\S.*)")
_MOST_OF_NAME = 60


class Unplaced(Exception):
    """What was sent cannot be put into a note; ``reasons`` are Korean and say what is missing."""

    def __init__(self, *reasons: str) -> None:
        """Say why."""
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True)
class Template:
    """A form: the ids of its fields by their labels, in its order.

    ``required`` are the ids that may not be empty; ``consents`` what must be ticked.
    """

    name: str
    fields: Mapping[str, str]
    required: frozenset[str]
    consents: tuple[str, ...]

    def label(self, id: str) -> str:
        """Return the label of a field."""
        return next(label for label, each in self.fields.items() if each == id)


@dataclass(frozen=True)
class Form:
    """A filled-in form: which one it is, and its values by the ids of its fields."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, id: str) -> str:
        """Return a value, empty where nothing was written."""
        return self.values.get(id, "")

    @property
    def by(self) -> str:
        """The name that is to stand in the note, on one line."""
        return " ".join(self["name"].split())


def load(root: Path) -> tuple[Template, ...]:
    """Return the project's forms."""
    files = sorted((root / FOLDER).glob("*.yml"))
    return tuple(_template(file) for file in files if file.name != "config.yml")


def read(body: str, templates: Sequence[Template]) -> list[Form]:
    """Return the forms in a text: the one of an issue, or the answers on a mentor's sheet.

    Raises:
        Unplaced: It is no form of ours, or one that can be read in two ways, or lacks something.
    """
    forms = [*_read(clean(body), templates)]
    if any(len(each.by) > _MOST_OF_NAME for each in forms):
        raise Unplaced(f"이름이 {_MOST_OF_NAME}자를 넘어요. 줄여 주세요.")
    return forms


def _read(body: str, templates: Sequence[Template]) -> list[Form]:
    lines = [*_headings(body)]
    answer = next((each for each in templates if each.name == ANSWER), None)
    labels = [label for _, label in lines]
    ours = [each for each in templates if each.fields.keys() <= set(labels)]
    for template in sorted(ours, key=lambda each: -len(each.fields)):
        own = [(at, label) for at, label in lines if label in template.fields]
        if [label for _, label in own] == list(template.fields):
            return [_checked(template, body, own)]
    if ours:
        shown = ", ".join(f"`### {label}`" for label in ours[0].fields if labels.count(label) > 1)
        raise Unplaced(
            f"양식의 제목과 똑같은 줄이 글 안에도 있어서 어디까지가 한 칸인지 몰라요: {shown}. "
            "글 안의 그 줄을 조금 다르게 적어 주세요."
        )
    if answer:
        asked = _asked(answer)
        if asked.search(body):
            return [*_sheet(answer, asked.sub("", body))]
    near = max(templates, key=lambda each: len(each.fields.keys() & set(labels)), default=None)
    if near is None or not near.fields.keys() & set(labels):
        raise Unplaced(
            "양식의 제목 줄(`### 구절` 같은 줄)을 찾지 못했어요. 사이트의 **답 보내기**나 "
            "**질문하기**로 새로 보내 주세요."
        )
    gone = ", ".join(f"`### {label}`" for label in near.fields if label not in labels)
    raise Unplaced(f"양식의 제목 줄이 지워졌어요: {gone}. 그 줄과 그 칸을 되살려 주세요.")


def _asked(template: Template) -> re.Pattern[str]:
    """Return what a question on a sheet begins with: title, place, quotation, down to its form."""
    label = re.escape(template.label(PASSAGE))
    return re.compile(
        rf"^## \d+\. .*\n\s*\S.*\n\s*> (?:(?!^###? )[\s\S])*?(?=^### {label}[ \t]*$)", re.MULTILINE
    )


def _sheet(template: Template, body: str) -> Iterator[Form]:
    """Yield the answers on a sheet: each begins with its passage; the name stands once, above."""
    own = [(at, label) for at, label in _headings(body) if label in template.fields]
    starts = [i for i, (_, label) in enumerate(own) if template.fields[label] == PASSAGE]
    above = _values(template, body, own[: starts[0]], own[starts[0]][0])
    for start, end in zip(starts, [*starts[1:], len(own)], strict=True):
        part = own[start:end]
        if len({label for _, label in part}) < len(part):
            again = "한 질문의 칸이 둘이에요. `### ` 제목 줄은 질문마다 하나씩만 두어 주세요."
            raise Unplaced(again)
        stop = own[end][0] if end < len(own) else len(body.split("\n"))
        values = {**above, **_values(template, body, part, stop)}
        if values.get(ANSWER):
            yield Form(template.name, values)


def _checked(template: Template, body: str, own: Sequence[tuple[int, str]]) -> Form:
    form = Form(template.name, _values(template, body, own, len(body.split("\n"))))
    missing = [
        f"**{template.label(id)}** 칸이 비어 있어요. 채워 주세요."
        for id in template.fields.values()
        if id in template.required and not form[id]
    ]
    ticked = {" ".join(each.split()) for each in re.findall(r"- \[[xX]\] (.*)", body)}
    missing += [
        f"‘{consent}’에 표시가 없어요. 그래도 되면 `[x]`로 표시해 주세요."
        for consent in template.consents
        if " ".join(consent.split()) not in ticked
    ]
    if missing:
        raise Unplaced(*missing)
    return form


def _values(
    template: Template, body: str, own: Sequence[tuple[int, str]], stop: int
) -> dict[str, str]:
    lines = body.split("\n")
    ends = [*(at for at, _ in own[1:]), stop]
    return {
        template.fields[label]: _value("\n".join(lines[at + 1 : end]))
        for (at, label), end in zip(own, ends, strict=True)
    }


def _value(text: str) -> str:
    """Return a value as its writer meant it: letters whole, and none that nobody sees."""
    kept = INVISIBLE.sub("", normalize("NFC", text)).strip()
    return "" if kept == _EMPTY else kept


def _headings(body: str) -> Iterator[tuple[int, str]]:
    for at, line in enumerate(body.split("\n")):
        if found := _HEADING.fullmatch(line):
            yield at, normalize("NFC", found[1].rstrip())


def _template(file: Path) -> Template:
    loaded: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    fields, required, consents = dict[str, str](), set[str](), list[str]()
    for each in loaded["body"]:
        if each["type"] == "markdown":
            continue
        fields[each["attributes"]["label"]] = each["id"]
        if each.get("validations", {}).get("required"):
            required.add(each["id"])
        for option in each["attributes"].get("options", ()):
            if option.get("required"):
                consents.append(option["label"])
    return Template(file.stem, fields, frozenset(required), tuple(consents))
