"""The live preview, started as ``make serve`` starts it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

MAKEFILE = ROOT / "Makefile"


def options() -> list[str]:
    """Return the options that ``make serve`` gives to MkDocs, but for the address."""
    found = re.search(r"mkdocs serve \$\(if \$\(FULL\),,(--\S+)\)", MAKEFILE.read_text("utf-8"))
    assert found
    return [found[1]]


@contextmanager
def serve(project: Path, log: Path) -> Iterator[str]:
    """Serve ``project``; yield its address once the first build is done.

    Raises:
        RuntimeError: the preview ended by itself; with what it said.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with log.open("w") as said:
        running = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", *options(), "--dev-addr", address],
            cwd=project,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NOTEBOOKS": "false"},
            stdout=said,
            stderr=said,
        )
    try:
        while "Serving on" not in log.read_text("utf-8"):
            if running.poll() is not None:
                raise RuntimeError(log.read_text("utf-8"))
            time.sleep(0.2)
        yield f"http://{address}/"
    finally:
        running.terminate()
        running.wait()
