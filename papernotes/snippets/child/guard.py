"""What a snippet may not do, refused inside its interpreter, where its line is known.

Not a wall against an attacker, which Python's audit hooks cannot be: ``confine`` is that.
"""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from papernotes.snippets.child.report import Report

# Prefixes of what Python announces before doing it:
# https://docs.python.org/3/library/audit_events.html
_REFUSED = {
    "process": (
        *("os.fork", "os.exec", "os.spawn", "os.posix_spawn", "os.system", "os.startfile"),
        *("os.kill", "signal.pthread_kill", "subprocess.", "pty.", "_thread.start_"),
        *("ctypes.dl", "ctypes.call_function", "resource."),
    ),
    "network": ("socket.", "syslog."),
    "file": (
        *("os.chflags", "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename"),
        *("os.rmdir", "os.symlink", "os.truncate", "os.utime", "os.setxattr", "shutil."),
        "tempfile.",
    ),
    "input": ("builtins.input", "builtins.breakpoint"),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


_end_now = os._exit


class Refused(PermissionError):
    """The snippet tried what no snippet may do; this has been reported."""


class Guard:
    """The audit hook. A snippet reads Python's own files and modules beside it, nothing else.

    Data files would not reach the reader's browser, and ``--changed`` would not see them.
    """

    def __init__(self, report: Report, folder: str) -> None:
        """Let modules under ``folder`` be read, and what Python and its packages consist of."""
        self._report = report
        self._modules = folder + os.sep
        packages = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[1]), os.getcwd())
        self._readable = tuple(
            root.rstrip(os.sep) + os.sep
            for root in (*packages, os.environ.get("MPLCONFIGDIR") or sys.prefix)
        )
        self.on = True
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.on and (what := self._refused(event, arguments)):
            action = " ".join([event, *(a for a in arguments[:1] if isinstance(a, str))])
            self._report.send_here("refused", what=what, action=action)
            raise Refused(action)

    def _refused(self, event: str, arguments: tuple[Any, ...]) -> str | None:
        if event == "open":
            return None if self._may_open(arguments[0], arguments[2]) else "file"
        if event == "os.mkdir" and os.path.isdir(arguments[0]):
            return None  # mkdir(exist_ok=True), as matplotlib does with its own folders
        kinds = (kind for kind, names in _REFUSED.items() if event.startswith(names))
        return next(kinds, None)

    def _may_open(self, path: Any, flags: int) -> bool:
        if isinstance(path, int):
            return True
        name = os.path.abspath(os.fsdecode(path))
        module = name.startswith(self._modules) and name.endswith((".py", ".pyc"))
        return not flags & _WRITING and (module or name.startswith(self._readable))


class _Output(io.FileIO):
    """Standard output that knows the snippet's line where it is flooded or not UTF-8."""

    def __init__(self, report: Report, lines: int, size: int) -> None:
        super().__init__(1, "w", closefd=False)
        self._report, self._lines, self._size = report, lines, size

    def write(self, data: Any, /) -> int:
        try:
            bytes(data).decode()
        except UnicodeDecodeError:
            self._report.send_here("not-utf8")
        self._lines -= bytes(data).count(b"\n")
        self._size -= len(data)
        if self._lines < 0 or self._size < 0:
            self._report.send_here("flooded")
            _end_now(1)
        return super().write(data)


class _NoInput(io.RawIOBase):
    """Standard input that refuses to be read."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> NoReturn:
        self._report.send_here("refused", what="input", action="sys.stdin")
        raise Refused("sys.stdin")


def replace_streams(report: Report, lines: int, size: int) -> None:
    """Put output that is checked and input that is refused in the place of Python's own.

    The output may have ``lines`` and ``size`` bytes.
    """
    raw: Any = _Output(report, lines, size)  # unbuffered, like python -u
    output = io.TextIOWrapper(raw, encoding="utf-8", newline="\n", write_through=True)
    no_input = io.TextIOWrapper(io.BufferedReader(_NoInput(report)))
    streams: Any = sys
    streams.stdin = streams.__stdin__ = no_input
    streams.stdout = streams.__stdout__ = output


def report_exits(report: Report) -> None:
    """Report ``os._exit``, which Python does not announce."""

    def leave(status: int) -> NoReturn:
        report.send_here("exited", action=f"os._exit({status!r})")
        _end_now(status)

    modules: Sequence[Any] = (os, sys.modules["posix"])
    for module in modules:
        module._exit = leave
