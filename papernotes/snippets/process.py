"""Run one Python file in a process of its own, within limits, and tell what it did."""

import contextlib
import json
import math
import os
import secrets
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import IO, Any

from papernotes.snippets.snippet import FOLDER, Snippet

_HARNESS = Path(__file__).parent / "child" / "harness.py"
# -P and -s: nothing is imported that is not installed or beside the snippet.
_OPTIONS = ("-P", "-s", "-B", "-X", "utf8", "-W", "error")
_READ = 1 << 16  # bytes read at a time
_REPORT_LIMIT = 8 << 20  # bytes: figures, and what else the harness reports
_POLL = 0.2  # seconds between two looks at whether the whole run was called off
_PATIENCE = 5.0  # seconds that the harness has to end its process once it was told to
_THREADS = ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")
_LOADER = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # where some Pythons find their own library


@dataclass(frozen=True)
class Limits:
    """What one snippet may use: ``seconds`` of wall time, ``memory`` in bytes of address space.

    ``lines`` and ``size`` (bytes) bound what it prints.
    """

    seconds: float = 20.0
    memory: int = 1 << 30
    lines: int = 200
    size: int = 64 << 10


@dataclass(frozen=True)
class Execution:
    """What a process did: ``seconds`` of wall time, ``peak`` bytes of resident memory.

    ``stopped`` says why the runner ended it, if it did: ``time``, ``output``, ``report``
    (figures too large) or ``interrupt``. ``events`` are the harness's reports; ``crash`` is
    what ``faulthandler`` wrote, ``errors`` the standard error. ``leftovers`` are the files it
    made. ``status`` is its exit status, negative for a signal, None if that is not known.
    """

    output: bytes
    errors: str
    events: tuple[dict[str, Any], ...]
    crash: str
    stopped: str
    leftovers: tuple[str, ...]
    seconds: float
    peak: int
    status: int | None


def execute(
    snippet: Snippet, limits: Limits, work: Path, fonts: Path, called_off: Event
) -> Execution:
    """Run ``snippet`` in the empty folder ``work`` and return what it did.

    ``fonts`` is matplotlib's configuration folder. The process and all that it started are
    gone when this returns, within the limits and a few seconds, or soon after the event
    ``called_off``.
    """
    started = time.monotonic()
    token = secrets.token_hex(16)
    with contextlib.ExitStack() as files:
        reports, report = _pipe(files)
        lifeline, hold = _pipe(files)
        order = {
            "snippet": str(snippet.file),
            "folder": str(snippet.root / FOLDER),
            "token": token,
            "report": report.fileno(),
            "lifeline": lifeline.fileno(),
            "memory": limits.memory,
            "lines": limits.lines,
            "size": limits.size,
            "cpu": math.ceil(limits.seconds) + 2,
        }
        process = subprocess.Popen(
            [sys.executable, *_OPTIONS, str(_HARNESS), json.dumps(order)],
            # Opened for writing: reading it fails at once, waiting for it is impossible.
            stdin=files.enter_context(open(os.devnull, "wb")),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=work,
            env=_environment(work, fonts),
            pass_fds=(report.fileno(), lifeline.fileno()),
            start_new_session=True,
        )
        files.enter_context(process)
        files.callback(_end, process)
        report.close()
        lifeline.close()
        assert process.stdout
        assert process.stderr
        pipes = {"output": process.stdout, "errors": process.stderr, "report": reports}
        read, stopped = _follow(pipes, hold, limits, started, called_off)
    events, crash = _sort(bytes(read["report"]), token)
    ended = next((event for event in events if event["event"] == "ended"), {})
    return Execution(
        output=bytes(read["output"]),
        errors=read["errors"].decode(errors="replace"),
        events=events,
        crash=crash,
        stopped=stopped,
        leftovers=tuple(sorted(os.listdir(work))),
        seconds=time.monotonic() - started,
        peak=ended.get("peak", 0),
        status=ended.get("status"),
    )


def _pipe(files: contextlib.ExitStack) -> tuple[IO[bytes], IO[bytes]]:
    reading, writing = os.pipe()
    return (
        files.enter_context(os.fdopen(reading, "rb", 0)),
        files.enter_context(os.fdopen(writing, "wb", 0)),
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the harness, should it still be there; the kernel then ends the snippet with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _environment(work: Path, fonts: Path) -> dict[str, str]:
    """Return the whole environment of a snippet: nothing of the runner's own but loader paths."""
    loader = {name: os.environ[name] for name in _LOADER if name in os.environ}
    return (
        loader
        | {f"{library}_NUM_THREADS": "1" for library in _THREADS}
        | {
            "HOME": str(work),
            "LANG": "C.UTF-8",
            "MPLBACKEND": "Agg",
            "MPLCONFIGDIR": str(fonts),
            "PATH": os.defpath,
            "PYTHONHASHSEED": "0",
            "TMPDIR": str(work),
            "TZ": "UTC",
        }
    )


def _follow(
    pipes: dict[str, IO[bytes]],
    hold: IO[bytes],
    limits: Limits,
    started: float,
    called_off: Event,
) -> tuple[dict[str, bytearray], str]:
    """Read all pipes to their ends; hang up, by closing ``hold``, when a limit is passed.

    Returns what was read (of a flooded pipe, its beginning) and why it hung up, if it did.
    """
    read = {name: bytearray() for name in pipes}
    stopped, patience = "", math.inf
    with selectors.DefaultSelector() as selector:
        for name, pipe in pipes.items():
            selector.register(pipe, selectors.EVENT_READ, name)
        while selector.get_map() and time.monotonic() < patience:
            for key, _ in selector.select(_POLL):
                data = os.read(key.fd, _READ)
                if not data:
                    selector.unregister(key.fileobj)
                elif not stopped or key.data == "report":
                    read[key.data] += data[: max(0, _REPORT_LIMIT - len(read[key.data]))]
            if not stopped:
                stopped = _limit_passed(read, limits, time.monotonic() - started, called_off)
                if stopped:
                    hold.close()
                    patience = time.monotonic() + _PATIENCE
    return read, stopped


def _limit_passed(
    read: dict[str, bytearray], limits: Limits, seconds: float, called_off: Event
) -> str:
    if called_off.is_set():
        return "interrupt"
    if len(read["output"]) > limits.size or len(read["errors"]) > limits.size:
        return "output"
    if read["output"].count(b"\n") > limits.lines:
        return "output"
    if len(read["report"]) >= _REPORT_LIMIT:
        return "report"
    return "time" if seconds > limits.seconds else ""


def _sort(report: bytes, token: str) -> tuple[tuple[dict[str, Any], ...], str]:
    """Part the harness's events, known by their token, from the other lines."""
    events, rest = [], []
    for line in report.decode(errors="replace").splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            rest.append(line)
            continue
        if isinstance(event, dict) and event.get("token") == token:
            events.append(event)
    return tuple(events), "\n".join(rest)
