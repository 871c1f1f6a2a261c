"""Run one snippet: ``python harness.py '{...}'``, started by ``papernotes.snippets.process``.

The process splits in two. The outer half waits, ends whatever the snippet leaves behind and
tells, on a pipe of its own, how it ended; the inner half gives up its rights, runs the snippet as
``__main__`` and saves its figures. The snippet shares the inner half, so nothing that comes from
there is evidence.
"""

import errno
import faulthandler
import io
import json
import os
import resource
import runpy
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).parents[3]))  # a script run by its path has no package
from papernotes.snippets.child import confine, guard
from papernotes.snippets.child.report import Report

del sys.path[0]

_SECONDS_FOR_A_TRACEBACK = 1.0
_BALLAST = 16 << 20  # bytes kept back, so that running out of memory can still be reported
_TRACEBACK_LENGTH = 4000
_SVG = {"svg.hashsalt": "papernotes", "svg.fonttype": "path"}
_NO_THREAD = "can't start new thread"  # CPython's words for the kernel's refusal
_end_now = os._exit


def main() -> None:
    """Read the order and split into the half that watches and the half that runs."""
    order = json.loads(sys.argv[1])
    os.environ.pop("PWD", None)  # bubblewrap's; a snippet must not see which wall stands
    confine.adopt_orphans()
    inner = os.fork()
    if inner:
        os.close(order["report"])
        _watch(inner, order["lifeline"], order["ending"])
    else:
        os.close(order["lifeline"])
        os.close(order["ending"])
        _run(order, Report(order["report"], order["snippet"], order["folder"]))


def _watch(inner: int, lifeline: int, ending: int) -> NoReturn:
    """Wait for the inner half; end it when the runner hangs up or is gone."""
    threading.Thread(target=_end_on_hangup, args=(inner, lifeline), daemon=True).start()
    _, status, usage = os.wait4(inner, 0)
    _end_descendants(inner)
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes there, kilobytes here
    ended = {"status": os.waitstatus_to_exitcode(status), "peak": usage.ru_maxrss * unit}
    os.write(ending, json.dumps(ended).encode())
    _end_now(0)


def _end_on_hangup(inner: int, lifeline: int) -> None:
    os.read(lifeline, 1)
    with suppress(ProcessLookupError):
        os.kill(inner, signal.SIGTERM)  # answered with a traceback: the line where it was
        time.sleep(_SECONDS_FOR_A_TRACEBACK)
        os.kill(inner, signal.SIGKILL)


def _end_descendants(inner: int) -> None:
    """End all that the snippet left running, whatever session or parent it moved to."""
    with suppress(OSError):
        os.killpg(inner, signal.SIGKILL)
    with suppress(ChildProcessError):
        while True:  # orphans became children of this process: confine.adopt_orphans
            for status in Path("/proc").glob("[0-9]*/stat"):
                with suppress(OSError):
                    parent = status.read_text().rpartition(")")[2].split()[1]
                    if int(parent) == os.getpid():
                        os.kill(int(status.parent.name), signal.SIGKILL)
            os.wait()


def _run(order: dict[str, Any], report: Report) -> NoReturn:
    """Run the snippet to its end and report what became of it."""
    snippet = order["snippet"]
    os.setsid()
    faulthandler.enable(report.fd)
    faulthandler.register(signal.SIGTERM, report.fd, chain=True)
    confine.end_with_parent()
    confine.refuse(order["wall"], order["readable"])
    # Not before: to find the kernel's library takes a process, of which there may be none now.
    _limit(order["memory"], order["cpu"])
    guard.replace_streams(report, order["lines"], order["size"])
    guard.report_exits(report)
    sys.unraisablehook = lambda unraisable: _raised(report, unraisable.exc_value)
    sys.argv[:] = [snippet]
    sys.path.insert(0, str(Path(snippet).parent))
    ballast = bytearray(_BALLAST)
    guarded = guard.Guard(report, order["folder"])
    try:
        runpy.run_path(snippet, run_name="__main__")
        sys.stdout.flush()
        guarded.on = False
        _send_figures(report)
        report.send("finished")
    except SystemExit as error:
        report.send_error("exited", error, action=f"sys.exit({error.code!r})")
    except BaseException as error:
        guarded.on = False
        del ballast
        _raised(report, error)
    _end_now(0)


def _limit(memory: int, cpu: int) -> None:
    """Set the kernel's limits: address space in bytes, processor time in seconds."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,  # binds everyone but root
    }
    for limit, value in limits.items():
        with suppress(ValueError, OSError):  # macOS does not take all of them
            hard = resource.getrlimit(limit)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(limit, (value, value))


def _raised(report: Report, error: BaseException | None) -> None:
    if error is None or isinstance(error, guard.Refused):
        return
    report.send_error(
        "raised",
        error,
        type=type(error).__name__,
        message=str(error),
        memory=isinstance(error, MemoryError),
        forbidden=isinstance(error, PermissionError) or _refused_by_the_kernel(error),
        traceback=report.traceback(error)[-_TRACEBACK_LENGTH:],
    )


def _refused_by_the_kernel(error: BaseException) -> bool:
    read_only = isinstance(error, OSError) and error.errno == errno.EROFS
    return read_only or str(error) == _NO_THREAD


def _send_figures(report: Report) -> None:
    """Send every open figure of matplotlib's, by number, as SVG that two runs agree on."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    for number in pyplot.get_fignums() if pyplot else ():
        image = io.BytesIO()
        with pyplot.rc_context(_SVG):
            pyplot.figure(number).savefig(
                image, format="svg", metadata={"Date": None, "Creator": None}
            )
        report.send("figure", svg=image.getvalue().decode())


if __name__ == "__main__":
    main()
