"""Firefox, which Playwright cannot drive where it is Debian's: a script of ours does."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.browser import firefox_path
from tests.conftest import ROOT
from tests.pyodide.node import NODE, node_modules


def visit(script: Path, **given: str | list[str]) -> dict[str, Any]:
    """Return what ``script`` sees in Firefox, with the page's errors in ``complaints``.

    Its default export is called with puppeteer's page, ``given`` and the list of errors.
    """
    node_modules()
    done = subprocess.run(
        [NODE, "tests/firefox.js", firefox_path(), script],
        input=json.dumps(given),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen
