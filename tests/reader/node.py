"""The reader's scripts, run in Node."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.conftest import ROOT
from tests.pyodide.node import NODE

SCRIPTS = ROOT / "overrides/assets/reader"

ANSWERING = """
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
"""


@contextmanager
def started(script: str, **known: Any) -> Iterator[Callable[[Any], Any]]:
    """Start a module, and give what asks its function ``answer``, as often as one likes.

    It has what is ``known`` by these names, and imports the reader's scripts from ``./``.
    """
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    module = head + script.replace('from "./', f'from "{SCRIPTS.as_uri()}/') + ANSWERING
    command = [str(NODE), "--input-type=module", "--eval", module]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as node:
        questions, answers = node.stdin, node.stdout
        assert questions
        assert answers

        def ask(given: Any) -> Any:
            print(json.dumps(given), file=questions, flush=True)
            return json.loads(answers.readline())

        yield ask
