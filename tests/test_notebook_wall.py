"""A notebook is somebody's code, too: the build runs it behind the wall."""

import os
from pathlib import Path

import nbformat
import pytest
from nbconvert.preprocessors import ExecutePreprocessor

from papernotes.snippets import wall
from papernotes.snippets.wall import Wall
from tests.test_wall import Line, wait_until_gone

NOTEBOOK = """\
import os, socket, subprocess
attempts = {
    "writes": lambda: open("SITE/index.html", "w"),
    "lists": lambda: os.listdir("SITE"),
    "connects": lambda: socket.create_connection(("127.0.0.1", PORT), 1),
    "signals": lambda: os.kill(RUNNER, 0),
}
for name, attempt in attempts.items():
    try:
        attempt()
        print("reached", name)
    except OSError:
        pass
print("TOKEN" in os.environ, subprocess.Popen(["sleep", "4321"]).pid > 0)
"""


def test_a_notebook_that_the_build_runs_stands_behind_the_wall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if wall.standing() is not Wall.NAMESPACES:
        return  # then a warning stands in its place, and the publishing build refuses
    line = Line(tmp_path)
    (tmp_path / "index.html").write_text("whole")
    monkeypatch.setenv("TOKEN", "secret")
    monkeypatch.delenv("JUPYTER_DEFAULT_PROVISIONER_NAME", raising=False)
    wall.box_notebooks()
    source = NOTEBOOK.replace("SITE", str(tmp_path)).replace("RUNNER", str(os.getpid()))
    source = source.replace("PORT", str(line.network.getsockname()[1]))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    where = {"metadata": {"path": str(tmp_path)}}
    ExecutePreprocessor(kernel_name="python3", timeout=60).preprocess(notebook, where)
    assert notebook.cells[0].outputs[0].text == "False True\n"
    assert (tmp_path / "index.html").read_text() == "whole"
    assert line.came == 0
    wait_until_gone("sleep\0004321")


def test_where_a_wall_is_required_a_notebook_is_not_run_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wall, "standing", lambda: Wall.LANDLOCK)
    monkeypatch.setenv("WALL", "required")
    wall.box_notebooks()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(1)")])
    with pytest.raises(RuntimeError, match="이름공간"):
        ExecutePreprocessor(kernel_name="python3").preprocess(notebook, {})
