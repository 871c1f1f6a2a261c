"""A live preview in a process of its own, as a person starts it."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from tests.conftest import ROOT

MAKEFILE = ROOT / "Makefile"


def options() -> list[str]:
    """Return the options that ``make serve`` gives to MkDocs, but for the address."""
    found = re.search(r"mkdocs serve \$\(if \$\(FULL\),,(--\S+)\)", MAKEFILE.read_text("utf-8"))
    assert found
    return [found[1]]


class Preview:
    """A real preview of a project at ``url``, by MkDocs or by Zensical, in a ``with`` block."""

    def __init__(
        self, project: Path, *options: str, engine: str = "mkdocs", patience: float = 60
    ) -> None:
        """Start it on a free port, and wait (at most ``patience`` seconds) until it serves."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{address}/"
        self.project = project
        self.log = project / "preview.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", engine, "serve", *options, "--dev-addr", address],
                cwd=project,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NOTEBOOKS": "false"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self.wait_for(f"http://{address}", patience)
        except BaseException:
            self.__exit__()  # or its end would be told in the middle of another test
            raise

    def __enter__(self) -> Self:
        """Return the preview, which runs already."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()

    @property
    def said(self) -> str:
        """All that it said so far."""
        return self.log.read_text("utf-8")

    def wait_for(self, words: str, patience: float = 60) -> None:
        """Wait, at most ``patience`` seconds, until it has said ``words``."""
        until = time.monotonic() + patience
        while words not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.05)

    @property
    def problems(self) -> list[str]:
        """The places and codes of the problems that it told, in order."""
        return re.findall(r"^(\S+:\d+:\d+: PN\d+)", self.said, re.M)
