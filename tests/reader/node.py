"""The reader's scripts, run in Node."""

import json
import subprocess
from typing import Any

from tests.conftest import ROOT
from tests.pyodide.node import NODE

SCRIPTS = ROOT / "overrides/assets/reader"


def call(script: str, given: Any) -> Any:
    """Run a module in which ``given`` is known, and return the value that it hands to ``tell``.

    The scripts' own names are imported from ``./``.
    """
    head = """
    import { readFileSync } from "node:fs";
    const given = JSON.parse(readFileSync(0, "utf-8"));
    const tell = (value) => console.log(JSON.stringify(value));
    """
    module = (head + script).replace('from "./', f'from "{SCRIPTS.as_uri()}/')
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", module],
        input=json.dumps(given),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
