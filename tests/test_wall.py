"""What malice reaches from a snippet, behind each wall that this machine can build."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent, indent

import pytest

from papernotes.snippets import records, wall
from papernotes.snippets.runner import Result, run
from papernotes.snippets.snippet import snippets
from papernotes.snippets.wall import Wall
from tests.conftest import ROOT

# The audit hook is no wall: this is how it is switched off.
UNHOOK = """\
import gc
for found in gc.get_objects():
    if type(found).__name__ == "Guard":
        found.on = False
"""
# Each tries one thing; it prints "reached" where that went through.
ATTEMPTS = {
    "reads_a_secret_file": "print('reached', open('SECRET').read())",
    "reads_the_runners_environment": """
        import os
        for pid in [name for name in os.listdir('/proc') if name.isdigit()]:
            if b'DEPLOY_TOKEN' in open(f'/proc/{pid}/environ', 'rb').read():
                print('reached')
        """,
    "lists_a_home": "import os; print('reached', os.listdir('HOME'))",
    "writes_a_file": "open('TARGET', 'w').write('x'); print('reached')",
    "appends_to_itself": "open(__file__, 'a'); print('reached')",
    "makes_a_folder": "import os; os.mkdir('FOLDER/new'); print('reached')",
    "removes_a_file": "import os; os.remove('SECRET'); print('reached')",
    "renames_a_file": "import os; os.rename('SECRET', 'SECRET.x'); print('reached')",
    "links_a_file": "import os; os.symlink('SECRET', 'FOLDER/link'); print('reached')",
    "changes_rights": "import os; os.chmod('SECRET', 0); print('reached')",
    "changes_times": "import os; os.utime('SECRET'); print('reached')",
    "truncates_a_file": "import os; os.truncate('SECRET', 0); print('reached')",
    "watches_a_home": """
        import ctypes
        libc = ctypes.CDLL(None)
        if libc.inotify_add_watch(libc.inotify_init(), b'HOME', 0xFFF) >= 0:
            print('reached')
        """,
    "opens_by_handle": """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        handle = ctypes.create_string_buffer(bytes.fromhex('HANDLE'))
        root = os.open('/', os.O_RDONLY)
        for flags in (os.O_RDONLY, os.O_WRONLY | os.O_TRUNC):
            if libc.open_by_handle_at(root, handle, flags) >= 0:
                print('reached')
        """,
    "takes_the_runners_files": """
        import ctypes
        libc = ctypes.CDLL(None)
        held = libc.syscall(434, RUNNER, 0)
        if held >= 0 and libc.syscall(438, held, 1, 0) >= 0:
            print('reached')
        """,
    "limits_the_runner": """
        import resource
        resource.prlimit(RUNNER, resource.RLIMIT_NOFILE, (0, 0))
        print('reached')
        """,
    "signals_the_runner": "import os; os.kill(RUNNER, 0); print('reached')",
    "signals_through_a_pipe": """
        import fcntl, os, signal, time
        reading, writing = os.pipe()
        fcntl.fcntl(reading, fcntl.F_SETOWN, RUNNER)
        fcntl.fcntl(reading, 10, signal.SIGTERM)
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
        os.write(writing, b'x')
        time.sleep(0.1)
        """,
    "traces_the_runner": """
        import ctypes
        if ctypes.CDLL(None).ptrace(16, RUNNER, 0, 0) == 0:
            print('reached')
        """,
    "connects": """
        import socket
        socket.create_connection(('127.0.0.1', PORT), 1).send(b'hello')
        print('reached')
        """,
    "connects_by_a_path": """
        import socket
        with socket.socket(socket.AF_UNIX) as line:
            line.connect('SOCKET')
        print('reached')
        """,
    "forks": "import os; os.fork(); print('reached')",
    "forks_by_number": """
        import ctypes
        if ctypes.CDLL(None).syscall(56, 17, 0, 0, 0, 0) >= 0:
            print('reached')
        """,
    "starts_a_program": "import os; os.execv('/bin/true', ['true']); print('reached')",
    "starts_a_thread": "import _thread; _thread.start_new_thread(print, ()); print('reached')",
    "makes_namespaces": """
        import ctypes
        if ctypes.CDLL(None).unshare(0x10000000) == 0:
            print('reached')
        """,
    "keeps_a_key": """
        import ctypes
        if ctypes.CDLL(None).syscall(248, b'user', b'name', b'secret', 6, -3) >= 0:
            print('reached')
        """,
    "outlives": """
        import ctypes, os, signal
        libc = ctypes.CDLL(None)
        libc.prctl(1, 0)
        os.kill(os.getppid(), signal.SIGKILL)
        while True:
            pass
        """,
}


STANDING = wall.standing()


# A machine that forbids namespaces has the other wall to show.
@pytest.fixture(scope="module", params=dict.fromkeys([STANDING, Wall.LANDLOCK]))
def behind(request: pytest.FixtureRequest) -> Iterator[Wall]:
    """Have snippets run behind each wall, the weaker ones as on a machine without the better."""
    chosen: Wall = request.param
    assert chosen in (Wall.NAMESPACES, Wall.LANDLOCK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wall, "standing", lambda: chosen)
        yield chosen


class Line:
    """A server on loopback and one in a folder: they count who came."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "s"
        self.network = socket.create_server(("127.0.0.1", 0))
        self.local = socket.socket(socket.AF_UNIX)
        self.local.bind(str(self.path))
        self.local.listen()
        self.came = 0
        for server in (self.network, self.local):
            threading.Thread(target=self._serve, args=(server,), daemon=True).start()

    def _serve(self, server: socket.socket) -> None:
        while True:
            server.accept()
            self.came += 1


def file_handle(file: Path) -> str:
    """Return a file's handle as hexadecimal digits: open_by_handle_at(2) opens it from anywhere."""
    import ctypes

    libc = ctypes.CDLL(None)
    handle = ctypes.create_string_buffer(4 + 132)
    handle.raw = (128).to_bytes(4, sys.byteorder) + bytes(132)
    mount = ctypes.c_int()
    libc.name_to_handle_at(-100, os.fsencode(file), handle, ctypes.byref(mount), 0)
    return handle.raw.hex()


@pytest.fixture(scope="module")
def tried(
    behind: Wall, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, Result], dict[str, str], Line, Path]]:
    """Every attempt, run behind one wall: results and outputs by name."""
    root = tmp_path_factory.mktemp("tried")
    outside = Path("/tmp") / f"papernotes-outside-{os.getpid()}"
    outside.mkdir()
    secret = outside / "secret"
    secret.write_text("secret")
    line = Line(outside)
    words = {
        "SECRET": str(secret),
        "HOME": str(outside),
        "TARGET": str(outside / "written"),
        "FOLDER": str(outside),
        "HANDLE": file_handle(secret),
        "RUNNER": str(os.getpid()),
        "PORT": str(line.network.getsockname()[1]),
        "SOCKET": str(line.path),
    }
    folder = root / "snippets" / "p"
    folder.mkdir(parents=True)
    for name, attempt in ATTEMPTS.items():
        body = dedent(attempt).strip()
        for word, value in words.items():
            body = body.replace(word, value)
        source = (
            f"{UNHOOK}try:\n{indent(body, '    ')}\nexcept (OSError, RuntimeError):\n    pass\n"
        )
        (folder / f"{name}.py").write_text(f"{source}print('end')\nvalue = 1\nassert value\n")
    (folder / "fine.py").write_text("import numpy\nprint(1)\nvalue = 1\nassert value\n")
    os.environ["DEPLOY_TOKEN"] = "secret"
    results = {
        Path(each.snippet.path).stem: each for each in run(snippets(root), jobs=2, record=True)
    }
    del os.environ["DEPLOY_TOKEN"]
    outputs = {
        name: file.read_text()
        for name in ATTEMPTS
        if (file := root / records.output_path(results[name].snippet)).is_file()
    }
    yield results, outputs, line, outside
    shutil.rmtree(outside)


@pytest.mark.parametrize("name", [name for name in ATTEMPTS if name != "outlives"])
def test_nothing_outside_is_reached(
    name: str, behind: Wall, tried: tuple[dict[str, Result], dict[str, str], Line, Path]
) -> None:
    results, outputs, _, _ = tried
    found = outputs.get(name, "")
    assert "reached" not in found, [str(each) for each in results[name].problems]
    assert found or results[name].problems  # it ran, and ended in what is told


def test_honest_code_runs(
    tried: tuple[dict[str, Result], dict[str, str], Line, Path],
) -> None:
    results, outputs, _, _ = tried
    assert [str(each) for each in results["fine"].problems] == []
    assert sum("end" in output for output in outputs.values()) > len(ATTEMPTS) / 2


def test_what_lies_outside_is_as_it_was(
    tried: tuple[dict[str, Result], dict[str, str], Line, Path],
) -> None:
    _, _, line, outside = tried
    assert line.came == 0
    assert sorted(file.name for file in outside.iterdir()) == ["s", "secret"]
    assert (outside / "secret").read_text() == "secret"
    assert (outside / "secret").stat().st_mode & 0o777


def test_nothing_outlives_its_run(
    behind: Wall, tried: tuple[dict[str, Result], dict[str, str], Line, Path]
) -> None:
    results, outputs, _, _ = tried
    assert results["outlives"].problems or outputs["outlives"] == "end\n"  # ended, or refused
    wait_until_gone("outlives.py")


def wait_until_gone(text: str) -> None:
    """Wait until no process has ``text`` in its command line."""
    end = time.monotonic() + 5
    while any(text in command for command in _commands()):
        assert time.monotonic() < end
        time.sleep(0.05)


def _commands() -> list[str]:
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(file.read_text())
        except OSError:
            continue
    return found


FORGERIES = {
    # what it does with the report's file, and the code that must be told
    "a_figure_with_a_script": ("EVENT(event='figure', svg='<svg><script/></svg>')", "PN418"),
    "a_second_end": ("EVENT(event='finished')", "PN417"),
    "an_unknown_event": ("EVENT(event='recorded')", "PN417"),
    "a_line_below_zero": ("EVENT(event='raised', line=-1)", "PN417"),
    "an_event_of_another_form": ("EVENT(event='finished', svg=[1])", "PN417"),
    "half_a_line": ("os.write(REPORT, b'{')", "PN417"),
    "a_place_outside": ("EVENT(event='raised', path='/etc/passwd', type='x')", "PN404"),
    "an_early_end": ("EVENT(event='finished'); os.abort()", "PN408"),
    "a_patched_savefig": (
        "import matplotlib.figure as f, matplotlib.pyplot as plt\n"
        "f.Figure.savefig = lambda self, file, **_: file.write(b'<svg><script/></svg>')\n"
        "plt.figure()",
        "PN418",
    ),
    "a_link_in_a_figure": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])[0].set_url('javascript:alert(1)')",
        "PN418",
    ),
    "many_figures": (
        "import matplotlib.pyplot as plt\nplt.rcParams['figure.max_open_warning'] = 0\n"
        "for _ in range(21):\n    plt.figure()",
        "PN407",
    ),
    "a_traceback_of_another": (
        "os.write(REPORT, b'File \"SELF\", line ' + b'9' * 5000 + b'\\n'); os.abort()",
        "PN408",
    ),
    "an_escape_that_is_none": (
        "os.write(REPORT, b'File \"\\\\N{x\", line 3\\n'); os.abort()",
        "PN408",
    ),
    "a_command_in_a_traceback": (
        "EVENT(event='raised', type='x', traceback='::error::x\\n\\x1b[2J\\u202e')",
        "PN404",
    ),
    "a_signal_without_a_name": ("import signal; signal.raise_signal(40)", "PN408"),
}
FORGE = (
    UNHOOK
    + """\
import json, os
REPORT = next(f.fd for f in gc.get_objects() if type(f).__name__ == "Report")
def EVENT(**event):
    os.write(REPORT, json.dumps(event).encode() + b"\\n")
"""
)


def test_what_a_snippet_says_of_its_run_is_no_evidence(tmp_path: Path) -> None:
    folder = tmp_path / "snippets" / "p"
    folder.mkdir(parents=True)
    for name, (forgery, _) in FORGERIES.items():
        forgery = forgery.replace("SELF", str(folder / f"{name}.py"))
        (folder / f"{name}.py").write_text(f"{FORGE}{forgery}\nprint(1)\nvalue = 1\nassert value\n")
    (folder / "fine.py").write_text("print(1)\nvalue = 1\nassert value\n")
    ran = run(snippets(tmp_path), jobs=2, record=True)
    results = {Path(each.snippet.path).stem: [*each.problems] for each in ran}
    shown = [str(finding).split("\n") for each in ran for finding in each.problems]
    for line in (line for lines in shown for line in lines):
        assert line.isprintable()
        assert not line.strip().startswith("::")
    assert results.pop("fine") == []
    told = {name: [problem.code for problem in found] for name, found in results.items()}
    assert told == {name: [code] for name, (_, code) in FORGERIES.items()}
    assert {p.path for found in results.values() for p in found} == {
        f"snippets/p/{name}.py" for name in FORGERIES
    }
    assert [file.name for file in folder.glob("*.svg")] == []


# Has the kernel refuse this process what it names, then runs the command: such a kernel's answers.
REFUSING = """\
import errno, sys
import pyseccomp as seccomp
from papernotes import cli

NEW_USER = 0x10000000
found = seccomp.SyscallFilter(seccomp.ALLOW)
refused = seccomp.ERRNO(errno.EPERM)
unknown = seccomp.ERRNO(errno.ENOSYS)
words = sys.argv[1].split()
if "namespaces" in words:
    found.add_rule(unknown, "clone3")
    for call in ("clone", "unshare"):
        found.add_rule(refused, call, seccomp.Arg(0, seccomp.MASKED_EQ, NEW_USER, NEW_USER))
if "landlock" in words:
    found.add_rule(unknown, "landlock_create_ruleset")
found.load()
sys.exit(cli.main(sys.argv[2:]))
"""


@pytest.mark.parametrize("refused", ["", "namespaces", "namespaces landlock"])
def test_a_run_passes_and_says_first_which_wall_stands(refused: str, tmp_path: Path) -> None:
    folder = tmp_path / "snippets" / "p"
    folder.mkdir(parents=True)
    (folder / "fine.py").write_text("print(1)\nvalue = 1\nassert value\n")
    command = [sys.executable, "-c", REFUSING, refused, "run", "--root", str(tmp_path), "--record"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    stands = {"": STANDING, "namespaces": Wall.LANDLOCK}.get(refused, Wall.SECCOMP)
    assert (done.returncode, done.stderr) == (0, f"{stands.label}\n")
    assert (folder / "fine.txt").read_text() == "1\n"
