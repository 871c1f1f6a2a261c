"""Node.js and its packages, for the tests of the site's scripts."""

import fcntl
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

NODE = Path(sys.executable).with_name("node")
"""Installed with the other test requirements, like npm."""


@cache
def node_modules() -> Path:
    """Return the folder of the packages that package-lock.json pins, installed if need be."""
    folder = ROOT / "node_modules"
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one process installs, the others wait and find
        if not _is_fresh(folder / ".package-lock.json"):
            path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
            subprocess.run(
                [NODE.with_name("npm"), "ci", "--no-audit", "--no-fund"],
                cwd=ROOT,
                env={**os.environ, "PATH": path},
                check=True,
                stdout=subprocess.DEVNULL,
            )
    return folder


def _is_fresh(installed: Path) -> bool:
    locked = ROOT / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= locked.stat().st_mtime
