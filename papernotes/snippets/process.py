"""Run one Python file in a process of its own, within limits, and tell what it did."""

import contextlib
import json
import math
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from papernotes.snippets import wall
from papernotes.snippets.snippet import FOLDER, Snippet
from papernotes.snippets.wall import Wall

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

    ``lines`` and ``size`` (bytes) bound what it prints, ``figures`` what it draws.
    """

    seconds: float = 20.0
    memory: int = 1 << 30
    lines: int = 200
    size: int = 64 << 10
    figures: int = 20


class Event(BaseModel):
    """What the half with the snippet says of the run: a hint for a message, never evidence."""

    model_config = ConfigDict(frozen=True, strict=True)

    event: Literal["refused", "flooded", "not-utf8", "exited", "raised", "figure", "finished"]
    path: str = ""
    line: int = Field(default=1, ge=1, le=1_000_000)
    what: Literal["process", "network", "file", "input"] = "process"
    action: str = ""
    type: str = ""
    message: str = ""
    memory: bool = False
    forbidden: bool = False
    traceback: str = ""
    svg: str = ""


class _Ending(BaseModel):
    status: int
    peak: int = Field(ge=0)


@dataclass(frozen=True)
class Execution:
    """What a process did: ``seconds`` of wall time, ``peak`` bytes of resident memory.

    ``stopped`` says why the runner ended it, if it did: ``time``, ``output``, ``report``
    (figures too large) or ``interrupt``. ``events`` are the reports of the half that runs the
    snippet, ``odd`` whether some were none of the harness's making; ``crash`` is what
    ``faulthandler`` wrote, ``errors`` the standard error. ``leftovers`` are the files it made.
    ``status`` is its exit status, negative for a signal, None if that is not known.
    """

    output: bytes
    errors: str
    events: tuple[Event, ...]
    odd: bool
    crash: str
    stopped: str
    leftovers: tuple[str, ...]
    seconds: float
    peak: int
    status: int | None


def execute(
    snippet: Snippet, limits: Limits, work: Path, fonts: Path, called_off: threading.Event
) -> Execution:
    """Run ``snippet`` in the empty folder ``work`` and return what it did.

    ``fonts`` is matplotlib's configuration folder. The process and all that it started are
    gone when this returns, within the limits and a few seconds, or soon after the event
    ``called_off``.
    """
    started = time.monotonic()
    standing = wall.standing()
    folder = snippet.root / FOLDER
    with contextlib.ExitStack() as files:
        reports, report = _pipe(files)
        lifeline, hold = _pipe(files)
        endings, ending = _pipe(files)
        order = {
            "snippet": str(snippet.file),
            "folder": str(folder),
            "wall": standing,
            "readable": wall.readable_from_inside([folder, fonts, work]),
            "report": report.fileno(),
            "lifeline": lifeline.fileno(),
            "ending": ending.fileno(),
            "memory": limits.memory,
            "lines": limits.lines,
            "size": limits.size,
            "cpu": math.ceil(limits.seconds) + 2,
        }
        command = [sys.executable, *_OPTIONS, str(_HARNESS), json.dumps(order)]
        home, configuration = str(work), str(fonts)
        if standing is Wall.NAMESPACES:
            command = wall.boxed(command, readable=[folder], configuration=fonts)
            home, configuration = wall.HOME, wall.CONFIGURATION
        process = subprocess.Popen(
            command,
            # Opened for writing: reading it fails at once, waiting for it is impossible.
            stdin=files.enter_context(open(os.devnull, "wb")),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=work,
            env=_environment(home, configuration),
            pass_fds=(report.fileno(), lifeline.fileno(), ending.fileno()),
            start_new_session=True,
        )
        files.enter_context(process)
        files.callback(_end, process)
        report.close()
        lifeline.close()
        ending.close()
        assert process.stdout
        assert process.stderr
        pipes = {
            "output": process.stdout,
            "errors": process.stderr,
            "report": reports,
            "ending": endings,
        }
        read, stopped = _follow(pipes, hold, limits, started, called_off)
    events, odd, crash = _sort(bytes(read["report"]))
    ended = _ended(bytes(read["ending"]))
    return Execution(
        output=bytes(read["output"]),
        errors=read["errors"].decode(errors="replace"),
        events=events,
        odd=odd,
        crash=crash,
        stopped=stopped,
        leftovers=tuple(sorted(os.listdir(work))),
        seconds=time.monotonic() - started,
        peak=ended.peak if ended else 0,
        status=ended.status if ended else None,
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


def _environment(home: str, configuration: str) -> dict[str, str]:
    """Return the whole environment of a snippet: nothing of the runner's own but loader paths."""
    loader = {name: os.environ[name] for name in _LOADER if name in os.environ}
    return (
        loader
        | {f"{library}_NUM_THREADS": "1" for library in _THREADS}
        | {
            "HOME": home,
            "LANG": "C.UTF-8",
            "MPLBACKEND": "Agg",
            "MPLCONFIGDIR": configuration,
            "PATH": os.defpath,
            "PYTHONHASHSEED": "0",
            "TMPDIR": home,
            "TZ": "UTC",
        }
    )


def _follow(
    pipes: dict[str, IO[bytes]],
    hold: IO[bytes],
    limits: Limits,
    started: float,
    called_off: threading.Event,
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
    read: dict[str, bytearray], limits: Limits, seconds: float, called_off: threading.Event
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


def _sort(report: bytes) -> tuple[tuple[Event, ...], bool, str]:
    """Return the events, whether any is none of the harness's, and the lines that are no events.

    Once it has finished, the harness says nothing more.
    """
    events: list[Event] = []
    rest: list[str] = []
    odd = False
    for line in report.decode(errors="replace").splitlines():
        if not line.startswith("{"):
            rest.append(line)
            continue
        try:
            event = Event.model_validate_json(line)
        except ValidationError:
            odd = True
            continue
        odd = odd or any(before.event == "finished" for before in events)
        events.append(event)
    return tuple(events), odd, "\n".join(rest)


def _ended(report: bytes) -> _Ending | None:
    try:
        return _Ending.model_validate_json(report)
    except ValidationError:  # it was ended before it could tell
        return None
