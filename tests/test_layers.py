"""Data flows one way: no module imports, in the end, itself, and no folder one above it."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import papernotes

HOME = Path(papernotes.__file__).parent
BASE = 0
"""What stands right below papernotes/ every folder may use, but for the program's ends."""
ENDS = {"cli": 9, "extension": 9, "__main__": 9, "runtime": 9}
LAYERS = [
    {"note"},
    {"fingerprint", "pdfjs", "pyodide"},
    {"snippets"},
    {"check", "render"},
    {"export", "importing", "review"},
    {"forms", "preview"},
]
"""A folder may import those of the rows above its own, and none beside it."""


def modules() -> dict[str, Path]:
    return {
        ".".join(("papernotes", *file.relative_to(HOME).with_suffix("").parts)): file
        for file in HOME.rglob("*.py")
    }


def imported(file: Path, known: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from {inner, node.module} & known.keys() if inner not in known else {inner}
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & known.keys()


def layer(module: str) -> int:
    folder, *inner = module.split(".")[1:]
    if not inner:
        return ENDS.get(folder, BASE)
    return next(number for number, names in enumerate(LAYERS, 1) if folder in names)


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    known = modules()
    return {name: set(imported(file, known)) for name, file in known.items()}


def test_no_module_imports_itself_in_the_end(graph: dict[str, set[str]]) -> None:
    order = list(TopologicalSorter(graph).static_order())  # raises CycleError
    assert set(order) == set(graph)


def test_a_folder_imports_only_those_below_it(graph: dict[str, set[str]]) -> None:
    wrong = [
        f"{module} imports {other}"
        for module, others in graph.items()
        for other in others
        if module.split(".")[1:2] != other.split(".")[1:2]
        and (layer(other) > layer(module) or layer(other) == layer(module) != BASE)
    ]
    assert wrong == []


def test_a_step_back_is_seen(graph: dict[str, set[str]]) -> None:
    assert graph["papernotes.check.links"] >= {"papernotes.note.library"}
    assert layer("papernotes.check.links") > layer("papernotes.note.library")
