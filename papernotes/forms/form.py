"""The form that somebody filled in, read from the text that GitHub makes of it.

GitHub writes a filled-in form as Markdown, for each field a heading of the third level, its value
and a blank line; ``_No response_`` stands for an empty one ("Syntax for GitHub's form schema" and
issues made by forms). The labels are read from the forms themselves, so that both cannot differ.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

from papernotes.note.invisible import INVISIBLE
from papernotes.note.parse import clean
from papernotes.render.sheet import ASKED, FIELDS, LINK

FOLDER = ".github/ISSUE_TEMPLATE"
PASSAGE, ANSWER = "passage", "answer"
_EMPTY = "_No response_"
_HEADING = re.compile(r"[ ]{0,3}### +(\S.*)")
_LABEL = re.compile(rf"\W*({'|'.join(FIELDS.values())})\W*")
"""A label alone on a line of a sheet, which whoever wrote on it may have changed around it."""
_BOX = re.compile(r"\s*[-*+] \[([ xX])\] (.*)")
_SIGNATURE = re.compile(r"\n-- ?\n(?![\s\S]*\n### )[\s\S]*\Z")
"""Of a mail, below all fields (RFC 3676, section 4.3)."""
_QUESTION = re.compile(r"## +\d+[.)] ")
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

    ``required`` are the ids that may not be empty; ``consents`` what must be ticked in ``boxes``.
    """

    name: str
    fields: Mapping[str, str]
    required: frozenset[str]
    consents: tuple[str, ...]
    boxes: frozenset[str]

    @property
    def needed(self) -> frozenset[str]:
        """The labels of what may not be empty."""
        return frozenset(label for label, id in self.fields.items() if id in self.required)

    def label(self, id: str) -> str:
        """Return the label of a field."""
        return next(label for label, each in self.fields.items() if each == id)


@dataclass(frozen=True)
class Form:
    """A filled-in form: which one it is, and its values by the ids of its fields.

    ``has_more`` says that somebody wrote outside of its fields, too.
    """

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    has_more: bool = False

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
    forms = [*_read(normalize("NFC", clean(body)).replace("\u00a0", " "), templates)]
    if any("\n" in each["name"] for each in forms):
        raise Unplaced("이름 칸에 여러 줄이 있어요. 이름만 한 줄로 적어 주세요.")
    if any(len(each.by) > _MOST_OF_NAME for each in forms):
        raise Unplaced(f"이름이 {_MOST_OF_NAME}자를 넘어요. 줄여 주세요.")
    return forms


def _read(body: str, templates: Sequence[Template]) -> Iterable[Form]:
    body = _unquoted(body)
    lines = [*_headings(body)]
    labels = [label for _, label in lines]
    near = max(
        templates,
        key=lambda each: (len(each.fields.keys() & set(labels)), each.needed <= set(labels)),
        default=None,
    )
    if near is None or not near.fields.keys() & set(labels):
        raise Unplaced(
            "양식의 제목 줄(`### 구절` 같은 줄)을 찾지 못했어요. 사이트의 **답 보내기**나 "
            "**질문하기**로 새로 보내 주세요."
        )
    named = {near.fields[label] for label in labels if label in near.fields}
    if near.name == ANSWER and {PASSAGE, ANSWER} <= named <= FIELDS.keys():
        return _sheet(near, body)
    own = [(at, label) for at, label in lines if label in near.fields]
    if twice := [label for label in near.fields if labels.count(label) > 1]:
        shown = ", ".join(f"`### {label}`" for label in twice)
        raise Unplaced(
            f"양식의 제목과 똑같은 줄이 글 안에도 있어서 어디까지가 한 칸인지 몰라요: {shown}. "
            "글 안의 그 줄을 조금 다르게 적어 주세요."
        )
    if gone := [label for label in near.fields if label in near.needed - set(labels)]:
        shown = ", ".join(f"`### {label}`" for label in gone)
        raise Unplaced(f"양식의 제목 줄이 지워졌어요: {shown}. 그 줄과 그 칸을 되살려 주세요.")
    return [_checked(near, body, own)]


def _unquoted(body: str) -> str:
    """Return a reply by mail without the signs before what it answers."""
    while re.search(r"^> ?### ", body, re.M) and not re.search(r"^ ?### ", body, re.M):
        body = re.sub(r"^> ?", "", body, flags=re.M)
    return body


def _sheet(template: Template, body: str) -> Iterator[Form]:
    """Yield the answers on a sheet: each begins with its passage; the name stands once, above.

    What the sheet says itself, from a question's title to its passage, is nobody's answer.
    """
    body = _SIGNATURE.sub("", body)
    lines = body.split("\n")
    own = [(at, label) for at, label in _headings(body, _LABEL) if label in template.fields]
    starts = [i for i, (_, label) in enumerate(own) if template.fields[label] == PASSAGE]
    titles = [_title(lines, own[i - 1][0] if i else 0, own[i][0]) for i in starts]
    stops = [*titles[1:], len(lines)]
    above = _values(template, body, own[: starts[0]], titles[0])
    for start, end, stop in zip(starts, [*starts[1:], len(own)], stops, strict=True):
        part = own[start:end]
        if len({label for _, label in part}) < len(part):
            again = "한 질문의 칸이 둘이에요. `### ` 제목 줄은 질문마다 하나씩만 두어 주세요."
            raise Unplaced(again)
        values = {**above, **_values(template, body, part, stop)}
        address = values[PASSAGE].split("\n")
        _refuse([line for line in address if any("#" not in word for word in line.split())])
        if any(letter.isalnum() for letter in values.get(ANSWER, "")):
            yield Form(template.name, values)
        elif values.get("source"):
            _refuse([values["source"]])


def _title(lines: Sequence[str], first: int, behind: int) -> int:
    """Return the line on which the sheet's own words before the line ``behind`` begin."""
    found = [at for at in range(first, behind) if _QUESTION.match(lines[at])]
    at = found[-1] if found else behind
    own = "\n".join(lines[at:behind])
    if "\n>" not in own:
        raise Unplaced(
            f"`{lines[behind]}` 위의 제목 줄(`## 1. …`)이나 인용(`> …`)이 지워져서 앞의 답이 "
            "어디에서 끝나는지 몰라요. 보낸 종이의 그 줄을 되살려 주세요."
        )
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", own.strip())]
    _refuse([part for part in parts[2:] if not part.startswith((">", ASKED, LINK, f"[{LINK}"))])
    return at


def _refuse(strays: Sequence[str]) -> None:
    """Refuse a sheet with somebody's words where no answer is looked for."""
    if strays:
        raise Unplaced(
            f"`### 답` 아래가 아닌 곳에 글이 있어요: ‘{' '.join(strays[0].split())[:60]}’ "
            "답이면 그 질문의 `### 답` 아래로 옮겨 주세요."
        )


def _checked(template: Template, body: str, own: Sequence[tuple[int, str]]) -> Form:
    lines = body.split("\n")
    values = _values(template, body, own, len(lines))
    boxes = [line for id in template.boxes for line in values.get(id, "").split("\n")]
    more = [*lines[: own[0][0]], *(line for line in boxes if not _BOX.match(line))]
    form = Form(template.name, values, has_more=any(line.strip() for line in more))
    missing = [
        f"**{template.label(id)}** 칸이 비어 있어요. 채워 주세요."
        for id in template.fields.values()
        if id in template.required and not form[id]
    ]
    found = filter(None, map(_BOX.match, boxes))
    ticked = {" ".join(each[2].split()) for each in found if each[1] in "xX"}
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
    ends = [*(at for at, _ in own), stop][1:]
    return {
        template.fields[label]: _value("\n".join(lines[at + 1 : end]))
        for (at, label), end in zip(own, ends, strict=True)
    }


def _value(text: str) -> str:
    """Return a value as its writer meant it: letters whole, and none that nobody sees."""
    kept = INVISIBLE.sub("", text).strip()
    return "" if kept == _EMPTY else kept


def _headings(body: str, pattern: re.Pattern[str] = _HEADING) -> Iterator[tuple[int, str]]:
    for at, line in enumerate(body.split("\n")):
        if found := pattern.fullmatch(line):
            yield at, found[1].rstrip()


def _template(file: Path) -> Template:
    loaded: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    fields, required = dict[str, str](), set[str]()
    consents, boxes = list[str](), set[str]()
    for each in loaded["body"]:
        if each["type"] == "markdown":
            continue
        fields[each["attributes"]["label"]] = each["id"]
        if each.get("validations", {}).get("required"):
            required.add(each["id"])
        if each["type"] == "checkboxes":
            boxes.add(each["id"])
        for option in each["attributes"].get("options", ()):
            if option.get("required"):
                consents.append(option["label"])
                required.add(each["id"])
    return Template(file.stem, fields, frozenset(required), tuple(consents), frozenset(boxes))
