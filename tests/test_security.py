"""What SECURITY.md promises is what a test shows."""

import ast
import re

from tests.conftest import ROOT

PROMISE = re.compile(
    r"^\| (?P<words>[^|]+) \| `(?P<file>tests/[\w/]+\.py)::(?P<test>\w+)` \|$", re.M
)


def test_every_promise_names_a_test_that_is_there() -> None:
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    promises = PROMISE.findall(page)
    assert len(promises) == page.count("`tests/")
    for _, file, test in promises:
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        assert test in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, test
