"""Front matter: reading it within bounds, and checking it with pydantic.

Templates put front matter into pages, and some of its names mean something to the theme or the
engines (``template``, ``status``, ``hide``, …): what is not named here is refused, on every page.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
)

from papernotes import arxiv
from papernotes.note.invisible import INVISIBLE
from papernotes.note.model import Paper
from papernotes.problems import Problem

# The same delimiters as mkdocs.utils.meta, so that both cut a page at the same line.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)

_BLANK = re.compile(r"\A(?:[ \t]*\n)+")
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_SPECIAL = re.compile("[&*!]")

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_MOST_YAML = 50_000
_MOST_NODES = 5_000
_MOST_DEPTH = 8
"""Characters, parts and levels of front matter: no person writes more."""

# A first line that MkDocs takes for MultiMarkdown's head (mkdocs/utils/meta.py, META_RE).
_BARE_HEAD = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")
_OPEN_HEAD = re.compile(r"---[ \t]*\n[ ]*[A-Za-z0-9_-]+:(?:[ \n]|\Z)")


def _visible(text: str) -> str:
    controls = () if text.isprintable() else (unicodedata.category(sign) for sign in text)
    if INVISIBLE.search(text) or {"Cc", "Cs"}.intersection(controls):
        raise ValueError(text)
    return text


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1000),
    AfterValidator(_visible),
]
ArxivId = Annotated[str, StringConstraints(pattern=rf"^{arxiv.ID.pattern}$")]


def _an_id(text: str) -> str:
    if re.search(r"^(?:pn-|md-|fn|_)|[\s<>\"'&]", text):  # the site's own begin so
        raise ValueError(text)
    return text


FormerId = Annotated[Text, AfterValidator(_an_id)]
"""The id that a passage once had, which leads to it still."""

Slug = Annotated[str, StringConstraints(pattern=r"^\w[\w.-]*$", max_length=200)]
"""A note's path without folder and ending."""

Fields = TypeVar("Fields", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PaperFields(_Strict):
    """The bibliographic fields of one paper."""

    short: Text
    title: Text
    authors: list[Text] = Field(min_length=1)
    year: int = Field(ge=1900, le=2200)
    venue: Text
    arxiv: ArxivId

    def to_paper(self) -> Paper:
        """Return the paper as the model keeps it."""
        fields = {name: getattr(self, name) for name in PaperFields.model_fields}
        return Paper(**{**fields, "authors": tuple(self.authors)})


class NoteFields(PaperFields):
    """Front matter of ``docs/papers/<slug>.md``."""

    description: Text
    references: list[PaperFields] = []
    moved: dict[FormerId, Text] = {}


class SessionFields(_Strict):
    """Front matter of ``docs/sessions/<slug>.md``."""

    title: Text
    description: Text
    participants: list[Text] = Field(min_length=1)
    papers: list[Slug] = Field(min_length=1)


class Search(_Strict):
    """How the search takes a page (Material for MkDocs, "Search", page settings)."""

    exclude: StrictBool = False
    boost: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)] = 1


class PageFields(_Strict):
    """Front matter of any other page; all may be left out."""

    title: Text | None = None
    description: Text | None = None
    search: Search | None = None
    hide: list[Literal["navigation", "toc"]] | None = None


class RuleFields(_Strict):
    """Front matter of ``docs/rules/<code>.md``."""

    title: Annotated[str, StringConstraints(pattern=r"^PN\d{3} · \S.*$")]
    description: Text
    search: Search | None = None


class _Kernel(_Strict):
    """A notebook's kernel: without both names (nbformat's v4 schema) no page is made of it."""

    name: Text
    display_name: Text
    language: Literal["python"] = "python"


class _TextRepresentation(_Strict):
    extension: Literal[".py"]
    format_name: Literal["percent"]
    format_version: Text | None = None
    jupytext_version: Text | None = None


class _Jupytext(_Strict):
    formats: Text | None = None
    cell_metadata_filter: Text | None = None
    notebook_metadata_filter: Text | None = None
    text_representation: _TextRepresentation | None = None


class _Jupyter(_Strict):
    jupytext: _Jupytext | None = None
    kernelspec: _Kernel | None = None


class NotebookFields(_Strict):
    """Front matter of a notebook, as jupytext writes it."""

    jupyter: _Jupyter


@dataclass(frozen=True)
class Page:
    """A page cut in two. ``body_line`` is the line on which ``body`` begins (from 1)."""

    yaml: str | None
    body: str
    body_line: int


def split(text: str) -> Page:
    """Cut a page's source into front matter (None where there is none) and body.

    As in MkDocs (``mkdocs.utils.meta``), the body begins with a line that is not empty; nor is it
    of spaces, with which Python-Markdown would go on to the next.
    """
    match = _FRONT_MATTER.match(text)
    body = _BLANK.sub("", text[match.end() if match else 0 :])
    first_line = text.count("\n", 0, len(text) - len(body)) + 1
    return Page(match[1] if match else None, body, first_line)


def validate(page: Page, fields: type[Fields], path: str) -> tuple[Fields | None, list[Problem]]:
    """Check a page's front matter against ``fields``; return it, and what is wrong with it."""
    if page.yaml is None:
        message = "맨 위에 front matter(--- 두 줄 사이의 YAML)가 없어요. 첫 줄부터 적어 주세요."
        return None, [Problem(path, 1, 1, "PN101", message)]
    try:
        node, data = read_yaml(page.yaml)
    except YamlRefused as error:
        return None, [_at(error.mark, path, error.code, str(error))]
    if not isinstance(data, dict):
        message = "front matter가 `이름: 값` 꼴이 아니에요. 한 줄에 하나씩 적어 주세요."
        return None, [Problem(path, 2, 1, "PN101", message)]
    try:
        return fields.model_validate(data), []
    except ValidationError as error:
        return None, [_field_problem(detail, node, path) for detail in error.errors()]


def markup_problems(page: Page, path: str) -> list[Problem]:
    """Return front matter that holds HTML: templates put it into the page as it is."""
    if page.yaml is None or not re.search(r"[<\\]", page.yaml):  # or \x3c in quotes
        return []
    try:
        node, _ = read_yaml(page.yaml)
    except YamlRefused:  # told by validate
        return []
    message = "front matter에는 HTML을 쓸 수 없어요. 글자만 적어 주세요."
    return [
        _at(each.start_mark, path, "PN508", message)
        for each, _ in _nodes(node)
        if isinstance(each, yaml.ScalarNode) and _MARKUP.search(each.value)
    ]


def _at(mark: yaml.Mark | None, path: str, code: str, message: str) -> Problem:
    """Return a problem where YAML has a mark, which counts from 0; above is the opening ``---``."""
    line, column = (mark.line + 2, mark.column + 1) if mark else (2, 1)
    return Problem(path, line, column, code, message)


def validate_any(page: Page, path: str) -> list[Problem]:
    """Return what is wrong with the front matter of a page that needs none."""
    if page.yaml is not None:
        return validate(page, PageFields, path)[1]
    if page.body_line == 1 and _OPEN_HEAD.match(page.body):
        message = "front matter를 닫는 `---` 줄이 없어요. 아래에 적어 주세요."
        return [Problem(path, 1, 1, "PN101", message)]
    if page.body_line == 1 and _BARE_HEAD.match(page.body):
        message = (
            "첫 줄이 `이름: 값` 꼴이라 사이트가 글이 아니라 머리로 읽어요. "
            "front matter라면 앞뒤를 `---` 줄로 감싸고, 글이라면 위에 제목을 적어 주세요."
        )
        return [Problem(path, 1, 1, "PN105", message)]
    return []


class YamlRefused(Exception):
    """YAML that is not to be read; the message says what to do, ``mark`` where."""

    def __init__(self, message: str, mark: Any = None, code: str = "PN106") -> None:
        super().__init__(message)
        self.mark = mark
        self.code = code


def read_yaml(source: str) -> tuple[yaml.Node, Any]:
    """Return a YAML text's nodes, and what they stand for.

    Raises YamlRefused where it is none, or has what grows, names types or says a thing twice.
    """
    if len(source) > _MOST_YAML:
        raise YamlRefused("front matter가 너무 길어요. 본문으로 옮겨 주세요.")
    loader = Loader(source)
    try:
        if _SPECIAL.search(source):
            _refuse_special(source)
        node = loader.get_single_node()
        _refuse_much(node)
        return node, loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        message = "front matter를 YAML로 읽을 수 없어요. 따옴표, 들여쓰기, 쌍점을 살펴 주세요."
        raise YamlRefused(message, getattr(error, "problem_mark", None), "PN101") from error
    finally:
        loader.dispose()


def _refuse_special(source: str) -> None:
    """Refuse aliases, which can stand for another a thousand times over, and tags."""
    for event in yaml.parse(source, Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "YAML의 별칭(`&`, `*`)은 쓸 수 없어요. 값을 그대로 적어 주세요."
            raise YamlRefused(message, event.start_mark)
        if getattr(event, "tag", None):
            message = "YAML의 태그(`!`)는 쓸 수 없어요. 지우고 값만 적어 주세요."
            raise YamlRefused(message, event.start_mark)


def _refuse_much(root: yaml.Node | None) -> None:
    for count, (node, depth) in enumerate(_nodes(root)):
        if depth > _MOST_DEPTH or count > _MOST_NODES:
            message = "front matter가 너무 깊거나 많아요. 본문으로 옮겨 주세요."
            raise YamlRefused(message, node.start_mark)
        names = set()
        for name in (key for key, _ in node.value) if isinstance(node, yaml.MappingNode) else ():
            if name.value == "<<":
                message = "YAML의 `<<`는 쓸 수 없어요. 값을 그대로 적어 주세요."
                raise YamlRefused(message, name.start_mark)
            if str(name.value) in names:
                message = f"같은 항목이 두 번 나와요: `{name.value}`. 하나만 남겨 주세요."
                raise YamlRefused(message, name.start_mark)
            names.add(str(name.value))


def _nodes(root: yaml.Node | None) -> Iterator[tuple[yaml.Node, int]]:
    """Yield all nodes, each with the number of those around it."""
    waiting = deque([(root, 0)] if root else [])
    while waiting:
        node, depth = waiting.popleft()
        yield node, depth
        if isinstance(node, yaml.MappingNode):
            waiting += ((part, depth + 1) for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            waiting += ((part, depth + 1) for part in node.value)


def _field_problem(detail: Any, node: yaml.Node, path: str) -> Problem:
    """Turn one pydantic error into a problem on the line of the value that it is about."""
    location: tuple[str | int, ...] = detail["loc"]
    name = ".".join(str(part) for part in location)
    mark = None
    for part in location:
        child = _child(node, part)
        if child is None:
            break
        node, mark = child
    match detail["type"]:
        case "missing":
            code, message = "PN102", f"front matter에 빠진 항목이 있어요: `{name}`. 적어 주세요."
        case "extra_forbidden":
            code, message = "PN103", f"모르는 항목이에요: `{name}`. 철자를 살피거나 지워 주세요."
        case "value_error" if location[0] == "moved":
            code, message = "PN104", "`moved`에 적을 수 없는 주소예요. 공개했던 주소만 적어 주세요."
        case "string_pattern_mismatch" if location[0] == "papers":
            code = "PN104"
            message = f"`{name}`에는 노트의 파일 이름이 와요. `roberta`처럼 적어 주세요."
        case "string_pattern_mismatch" if location[-1] == "arxiv":
            code = "PN104"
            message = f"`{name}`에는 판까지 적은 arXiv 번호가 와요. 1907.11692v1처럼 적어 주세요."
        case _:
            code = "PN104"
            message = f"`{name}`의 값이 맞지 않아요({_expected(detail)}). 고쳐 주세요."
    return _at(mark, path, code, message)


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node, yaml.Mark] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value, key.start_mark
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark
    return None


def _expected(detail: Any) -> str:
    kinds = {
        "string_type": "글자여야 해요. 따옴표로 감싸 보세요",
        "invalid_key": "항목의 이름은 글자여야 해요. 따옴표로 감싸 보세요",
        "string_too_short": "비어 있어요",
        "int_parsing": "정수여야 해요",
        "int_type": "정수여야 해요",
        "int_from_float": "정수여야 해요",
        "list_type": "목록이어야 해요. [하나, 둘]처럼 적어요",
        "too_short": "하나는 있어야 해요",
        "greater_than_equal": "너무 작아요",
        "less_than_equal": "너무 커요",
        "model_type": "`이름: 값`의 묶음이어야 해요",
        "dict_type": "`이름: 값`의 묶음이어야 해요",
        "bool_type": "true나 false여야 해요",
        "bool_parsing": "true나 false여야 해요",
        "float_type": "수여야 해요",
        "float_parsing": "수여야 해요",
        "finite_number": "끝이 있는 수여야 해요",
        "greater_than": "0보다 커야 해요",
        "literal_error": f"{detail.get('ctx', {}).get('expected')}만 쓸 수 있어요",
        "string_too_long": "너무 길어요",
        "value_error": "보이지 않는 글자가 있어요",
        "string_pattern_mismatch": "`PN301 · 무엇이 잘못인지`의 꼴이어야 해요",
    }
    return kinds.get(detail["type"], str(detail["msg"]))
