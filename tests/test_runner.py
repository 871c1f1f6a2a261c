"""The runner: snippets in processes of their own, within limits, compared with their records."""

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from papernotes import cli
from papernotes.snippets import changes, records
from papernotes.snippets.figures import canonical
from papernotes.snippets.process import Limits
from papernotes.snippets.runner import Result, run
from papernotes.snippets.snippet import Snippet, snippets

FINE = """\
    numbers = [1, 2, 3]
    print("합", sum(numbers))
    assert sum(numbers) == 6
    """
FIGURE = """\
    import matplotlib.pyplot as plt
    import numpy as np

    for power in (1, 2):
        plt.figure()
        plt.plot(np.arange(4.0) ** power / 3, marker="o", label="power")
        plt.imshow(np.eye(3))
        plt.legend()
    print("figures", len(plt.get_fignums()))
    assert len(plt.get_fignums()) == 2
    """
# name: source, code and line of the one problem that must be reported
HOSTILE = {
    "accepts_input": ("\nanswer = input()", "PN409", 2),
    "allocates_10_gb": ("\nblock = bytearray(10 << 30)", "PN406", 2),
    "bombs_with_forks": (
        "import os\nfor _ in range(4):\n    os.fork()\n",
        "PN409",
        3,
    ),
    "calls_os_exit": ("import os\nprint(1)\nos._exit(0)", "PN408", 3),
    "calls_sys_exit": ("import sys\nprint(1)\nsys.exit(0)", "PN408", 3),
    "catches_the_refusal": (
        "import os\ntry:\n    os.remove('/etc/passwd')\nexcept OSError:\n    print(1)",
        "PN409",
        3,
    ),
    "connects_to_loopback": (
        "import socket\nsocket.create_connection(('127.0.0.1', PORT))",
        "PN409",
        2,
    ),
    "crashes": ("import os\n\nos.abort()", "PN408", 3),
    "fails_its_assertion": ("print(1)\none = 1\nassert one == 2", "PN404", 3),
    "floods": ("while True:\n    print('x' * 1000)", "PN407", 2),
    "floods_errors": ("import os\nwhile True:\n    os.write(2, b'x' * 1000)", "PN407", 3),
    "loads_machine_code": ("import ctypes\nctypes.CDLL(None).fork()", "PN409", 2),
    "makes_a_named_pipe": ("import os\nos.mkfifo('pipe')", "PN409", 2),
    "prints_nothing": ("one = 1", "PN410", 1),
    "prints_bytes": ("import sys\nprint(1)\nsys.stdout.buffer.write(b'\\xff')", "PN412", 3),
    "prints_too_many_lines": ("for n in range(201):\n    print(n)", "PN407", 2),
    "raises": ("def f():\n    raise KeyError('k')\nf()", "PN404", 2),
    "reads_a_file": ("print(open('/etc/passwd').read())", "PN409", 1),
    "reads_standard_input": ("import sys\nsys.stdin.read()", "PN409", 2),
    "starts_a_program": ("import subprocess\nsubprocess.run(['true'])", "PN409", 2),
    "starts_a_thread": (
        "import threading\nthreading.Thread(target=print).start()",
        "PN409",
        2,
    ),
    "warns": ("import warnings\nwarnings.warn('old')", "PN404", 2),
    "warns_where_none_can_catch": (
        "class Box:\n    def __del__(self):\n        int('x')\nBox()\nprint(1)",
        "PN404",
        3,
    ),
    "writes_inside": ("open('out.txt', 'w').write('x')", "PN409", 1),
    "writes_outside": ("\n\nopen('TARGET', 'w').write('x')", "PN409", 3),
}
# With a limit of two seconds
SLOW = {
    "loops": ("def f():\n    while True: pass\nf()", "PN405", 2),
    "sleeps_through_signals": (
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)",
        "PN405",
        1,
    ),
}
ASSERTION = "\nvalue = 1\nassert value\n"


def project(root: Path, **snippet_sources: str) -> list[Snippet]:
    """Write ``snippets/p/<name>.py`` for each source and return the snippets."""
    folder = root / "snippets" / "p"
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in snippet_sources.items():
        (folder / f"{name}.py").write_text(dedent(source))
    return snippets(root)


def record(root: Path, **snippet_sources: str) -> list[Snippet]:
    """Write snippets and record them, all of which must go well."""
    snippets = project(root, **snippet_sources)
    assert [str(f) for r in run(snippets, jobs=2, record=True) for f in r.problems] == []
    return snippets


def problems(snippets: list[Snippet]) -> list[str]:
    """Run ``snippets`` and return where what was found: ``path:line CODE``."""
    problems = [f for result in run(snippets, jobs=2) for f in result.problems]
    return [f"{p.path.removeprefix('snippets/p/')}:{p.line} {p.code}" for p in problems]


def processes_with(text: str) -> list[str]:
    """Return the command lines of running processes that name ``text``."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(file.read_text().replace("\0", " "))
        except OSError:
            continue
    return [line for line in lines if text in line]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Result]]:
    """Every hostile snippet, run with a harmless one after it, and recorded if it went well."""
    root = tmp_path_factory.mktemp("hostile")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        texts = {
            name: source.replace("PORT", str(server.getsockname()[1])).replace(
                "TARGET", str(root / "written")
            )
            + ASSERTION
            for name, (source, _, _) in (HOSTILE | SLOW).items()
        }
        snippets = project(root, **texts, z_fine=FINE)
        slow = [s for s in snippets if Path(s.path).stem in SLOW]
        rest = [s for s in snippets if s not in slow]
        results = run(rest, jobs=2, record=True)
        results += run(slow, jobs=2, record=True, limits=Limits(seconds=2))
        with pytest.raises(BlockingIOError):
            server.accept()
    return root, {Path(result.snippet.path).stem: result for result in results}


@pytest.mark.parametrize("name", [*HOSTILE, *SLOW])
def test_a_hostile_snippet_is_one_problem_with_its_line(
    name: str, hostile: tuple[Path, dict[str, Result]]
) -> None:
    _, code, line = (HOSTILE | SLOW)[name]
    found = hostile[1][name].problems
    assert [(p.path, p.line, p.code) for p in found] == [(f"snippets/p/{name}.py", line, code)]
    assert re.search(r"[가-힣].*세요\.$", found[0].message)


def test_hostile_snippets_stay_within_their_limits(
    hostile: tuple[Path, dict[str, Result]],
) -> None:
    results = hostile[1]
    assert max(result.peak for result in results.values()) < 200 << 20
    assert all(2 < results[name].seconds < 12 for name in SLOW)


def test_hostile_snippets_leave_nothing_and_the_next_one_ran(
    hostile: tuple[Path, dict[str, Result]],
) -> None:
    root, results = hostile
    assert results["z_fine"].recorded
    left = [p.name for p in root.rglob("*") if p.is_file() and p.suffix != ".py"]
    assert sorted(left) == ["z_fine.json", "z_fine.txt"]
    assert processes_with(str(root)) == []


def test_a_snippet_prints_the_same_alone(tmp_path: Path) -> None:
    [snippet] = record(
        tmp_path, fine="import _help\nprint(__name__, _help.X)\n" + dedent(FINE), _help="X = 1\n"
    )
    alone = subprocess.run(
        [sys.executable, snippet.file], cwd=tmp_path, capture_output=True, check=True
    )
    assert alone.stdout == (tmp_path / records.output_path(snippet)).read_bytes()
    assert alone.stdout.decode() == "__main__ 1\n합 6\n"


def test_a_snippet_inherits_nothing_and_finds_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPLOY_TOKEN", "secret")
    source = """\
        import os
        value = sorted(os.environ)
        print(value, os.listdir(), hash("a"))
        assert "DEPLOY_TOKEN" not in value and os.environ["TZ"] == "UTC"
        """
    [snippet] = record(tmp_path, looks=source)
    assert problems([snippet]) == []
    assert " [] " in (tmp_path / records.output_path(snippet)).read_text()


def test_figures_are_recorded_and_reproduced(tmp_path: Path) -> None:
    [snippet] = record(tmp_path, draws=FIGURE)
    first, second = (tmp_path / path for path in records.figure_paths(snippet))
    assert (first.name, second.name) == ("draws.svg", "draws-2.svg")
    assert "<dc:date>" not in first.read_text()
    assert first.read_text() != second.read_text()
    facts = json.loads((tmp_path / records.facts_path(snippet)).read_text())
    assert list(facts) == ["assertions", "python", "numpy", "matplotlib"]

    (tmp_path / "snippets/p/draws-3.svg").write_text("<svg/>")
    lines = second.read_text().split("\n")
    changed = next(number for number, line in enumerate(lines) if line.startswith("L "))
    digit = re.search(r"\d", lines[changed])
    assert digit
    lines[changed] = lines[changed].replace(digit[0], str((int(digit[0]) + 1) % 10), 1)
    second.write_text("\n".join(lines))
    assert problems([snippet]) == [f"draws-2.svg:{changed + 1} PN403", "draws-3.svg:1 PN403"]

    second.unlink()
    assert problems([snippet]) == ["draws-3.svg:1 PN403", "draws.py:1 PN401"]
    run([snippet], jobs=1, record=True)
    assert problems([snippet]) == []
    assert not (tmp_path / "snippets/p/draws-3.svg").exists()


def test_a_canonical_figure_is_still_one_that_browsers_draw() -> None:
    declared = (
        '<?xml version="1.0" encoding="utf-8"?>\n<svg version="1.1"><path d="M 1.0"/></svg>\n'
    )
    assert canonical(declared) == declared.replace("M 1.0", "M 1")


def test_a_canonical_figure_hides_noise_and_nothing_else() -> None:
    def svg(number: str, name: str, colour: str = "#1f77b4") -> str:
        return (
            f'<path id="m{name}" d="M {number} -0.00 "/><!-- 0.5 -->\n'
            f'<use xlink:href="#m{name}" style="fill: {colour}"/><g clip-path="url(#p{name})"/>\n'
            f'<clipPath id="p{name}"/>'
        )

    first = canonical(svg("12.3456781", "0123456789"))
    assert first == canonical(svg("12.3456784", "abcdef0123"))
    assert first == canonical(first)
    assert 'id="m.1" d="M 12.3457 0 "' in first
    assert first != canonical(svg("12.3467", "0123456789"))
    assert first != canonical(svg("12.3456781", "0123456789", "#1f77b5"))


def test_a_changed_digit_names_the_recorded_line(tmp_path: Path) -> None:
    [snippet] = record(tmp_path, fine="print('first')\n" + dedent(FINE))
    output = tmp_path / records.output_path(snippet)
    output.write_text(output.read_text().replace("합 6", "합 7"))
    [result] = run([snippet], jobs=1)
    [problem] = result.problems
    assert str(problem).startswith("snippets/p/fine.txt:2:3: PN402 ")
    assert {"-합 7", "+합 6"} <= set(problem.details.splitlines())
    assert "papernotes run --record snippets/p/fine.py" in problem.message


def test_a_deleted_assertion_is_a_problem_with_and_without_a_run(tmp_path: Path) -> None:
    [snippet] = record(tmp_path, fine=dedent(FINE) + "assert numbers\n")
    for kept, line in ((dedent(FINE), 3), ("print('합 6')\n", 1)):
        snippet.file.write_text(kept)
        again = snippets(tmp_path)
        assert problems(again) == [f"fine.py:{line} PN411"]
        assert [(p.line, p.code) for p in records.problems(tmp_path)] == [(line, "PN411")]


def test_a_failed_run_leaves_the_record_as_it_was(tmp_path: Path) -> None:
    [snippet] = record(tmp_path, fine=FINE)
    before = {p.name: p.read_bytes() for p in snippet.file.parent.iterdir() if p.suffix != ".py"}
    [broken] = project(tmp_path, fine="print('new')\n" + dedent(FINE) + "raise ValueError\n")
    [result] = run([broken], jobs=1, record=True)
    assert [f.code for f in result.problems] == ["PN404"]
    assert before == {
        p.name: p.read_bytes() for p in snippet.file.parent.iterdir() if p.suffix != ".py"
    }


def test_recording_what_has_not_changed_touches_nothing(tmp_path: Path) -> None:
    [snippet] = record(tmp_path, fine=FINE)
    facts = tmp_path / records.facts_path(snippet)
    facts.write_text(facts.read_text().replace('"python": "', '"python": "2.'))
    [result] = run([snippet], jobs=1, record=True)
    assert not result.recorded
    assert '"python": "2.' in facts.read_text()


def test_a_record_that_cannot_be_written_is_a_problem_and_not_half_a_record(
    tmp_path: Path,
) -> None:
    [snippet] = project(tmp_path, fine=FINE)
    (tmp_path / records.output_path(snippet)).mkdir()
    [result] = run([snippet], jobs=1, record=True)
    assert [f.code for f in result.problems] == ["PN401"]
    assert sorted(p.name for p in snippet.file.parent.iterdir()) == ["fine.py", "fine.txt"]


def test_problems_that_need_no_run(tmp_path: Path) -> None:
    project(
        tmp_path,
        fine=FINE,
        always_true="print(1)\nassert True\nassert (1 == 2, 'text')\n",
        syntax="print(1)\nx = = 1\n",
        imports="import _help\nimport requests\nprint(1)\nx = 1\nassert x\n",
        _help="import pandas\n",
    )
    folder = tmp_path / "snippets/p"
    (folder / "latin.py").write_bytes(b"# fine\n# \xe9\n")
    (folder / "gone.txt").write_text("")
    (folder / "gone-2.svg").write_text("")
    (folder / "fine.txt").write_bytes(b"a\n\xff\n")
    (folder / "syntax.txt").write_text("")
    (folder / "syntax.json").write_text("[1]")
    (folder / "loop.py").symlink_to(folder / "loop.py")
    found = {f"{Path(p.path).name}:{p.line} {p.code}" for p in records.problems(tmp_path)}
    assert found == {
        "always_true.py:1 PN401",
        "always_true.py:3 PN411",
        "imports.py:1 PN401",
        "imports.py:2 PN415",
        "_help.py:1 PN415",
        "syntax.py:2 PN413",
        "syntax.json:1 PN401",
        "latin.py:2 PN412",
        "latin.py:1 PN401",
        "gone.txt:1 PN414",
        "gone-2.svg:1 PN414",
        "fine.txt:2 PN412",
    }


def test_hangul_in_a_figure_is_told_with_what_to_do(tmp_path: Path) -> None:
    code = "import matplotlib.pyplot as plt\nplt.title('제목')\nassert plt\nprint(1)\n"
    [result] = run(project(tmp_path, draws=code), jobs=1)
    [problem] = result.problems
    assert problem.code == "PN404"
    assert "영어로 적고" in problem.message


def test_an_error_in_a_helper_is_reported_there(tmp_path: Path) -> None:
    snippets = project(
        tmp_path,
        asks="import _help\nprint(_help.half(0))\nassert _help\n",
        _help="def half(n):\n    return 1 / n\n",
    )
    assert problems(snippets) == ["_help.py:2 PN404"]


def test_a_change_runs_what_it_touches(tmp_path: Path) -> None:
    snippets = project(
        tmp_path,
        one="import _deep\nprint(1)\n",
        two="print(2)\n",
        three="print(3)\n",
        _deep="import _deeper\n",
        _deeper="",
    )
    folder = tmp_path / "snippets/p"
    (folder / "two-2.svg").write_text("")
    (tmp_path / "requirements.lock").write_text("")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *arguments], check=True)

    def touched() -> list[str]:
        return [Path(s.path).stem for s in changes.touched(tmp_path, snippets, "HEAD")]

    assert touched() == []
    (folder / "three.json").write_text("{}")  # untracked
    assert touched() == ["three"]
    (folder / "_deeper.py").unlink()
    assert touched() == ["one", "three"]
    (folder / "two-2.svg").unlink()
    assert touched() == ["one", "three", "two"]
    (folder / "three.json").unlink()
    (tmp_path / "README.md").write_text("")
    assert touched() == ["one", "two"]
    (tmp_path / "requirements.lock").write_text("numpy")
    assert touched() == ["one", "three", "two"]
    with pytest.raises(ValueError, match="nowhere"):
        changes.touched(tmp_path, snippets, "nowhere")


def call(*arguments: str) -> int:
    """Call ``papernotes run`` with ``arguments``."""
    return cli.main(["run", *arguments])


def test_the_command_prints_problems_and_ends_with_their_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path, fine=FINE, raises="value = 1\nassert value > 1, 'no\\udc80'\n")
    root = ("--root", str(tmp_path))
    assert call(*root, "--record") == 1
    out = capsys.readouterr().out
    assert "기록 snippets/p/fine.py" in out
    assert "snippets/p/raises.py:2:1: PN404 `assert`가 거짓이에요" in out
    assert "    | AssertionError: no\\udc80" in out
    assert call(*root, "snippets/p/fine.py") == 0
    assert "통과 1, 문제 0" in capsys.readouterr().out


def test_the_command_writes_annotations_that_a_snippet_cannot_forge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path, a="a = 1\nassert a > 1, '\\n::set-output name=a::b'\n")
    assert call("--root", str(tmp_path), "--format", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert len(commands) == 1
    assert commands[0].startswith("::error file=snippets/p/a.py,line=2,col=1,title=PN404::")
    assert "Traceback" in commands[0]


def test_shards_share_all_snippets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path, **{f"s{number}": "print(1)\n" for number in range(5)})
    seen: list[str] = []
    for shard in ("1/3", "2/3", "3/3"):
        call("--root", str(tmp_path), "--shard", shard)
        seen += re.findall(r"^문제 snippets/p/(\S+)\.py", capsys.readouterr().out, re.MULTILINE)
    assert sorted(seen) == ["s0", "s1", "s2", "s3", "s4"]


@pytest.mark.parametrize(
    "arguments",
    [["nothing.py"], ["--changed", "--output=x"], ["--changed=no-such"], ["--root", "/no/such"]],
)
def test_wrong_usage_ends_with_2(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path, fine=FINE)
    try:
        status = call("--root", str(tmp_path), *arguments)
    except SystemExit as error:  # argparse's own
        status = int(error.code or 0)
    assert status == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "a/b"])
def test_an_impossible_shard_is_wrong_usage(shard: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        call("--shard", shard)


def test_a_terminal_shows_a_bar(tmp_path: Path) -> None:
    record(tmp_path, fine=FINE)
    terminal, side = pty.openpty()
    done = start(tmp_path, stderr=side).communicate()
    os.close(side)
    shown = os.read(terminal, 1 << 16).decode()
    os.close(terminal)
    assert "1/1" in shown
    assert b"snippets/p/fine.py" not in done[0]


def start(root: Path, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start ``papernotes run`` on ``root``.

    Ctrl-C is listened to even where the tests themselves were started in the background, which
    makes a shell have them ignore it.
    """
    program = (
        "import argparse, signal, sys; from papernotes.snippets import command; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); p = argparse.ArgumentParser(); "
        "command.add_arguments(p); sys.exit(command.main(p.parse_args()))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, "--root", str(root)],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_snippet_outlives_a_runner_that_is_ended(how: signal.Signals, tmp_path: Path) -> None:
    project(tmp_path, sleeps="import time\ntime.sleep(60)\nassert time\n")
    snippet = str(tmp_path / "snippets/p/sleeps.py")
    with start(tmp_path) as runner:
        wait_until(lambda: len(processes_with(snippet)) >= 2)
        runner.send_signal(how)
        assert runner.wait(10) == (130 if how == signal.SIGINT else -how)
    wait_until(lambda: processes_with(snippet) == [])


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait up to ten seconds."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_processes_that_escape_their_group_are_ended(tmp_path: Path) -> None:
    script = """\
        import os, sys, time
        sys.path.insert(0, sys.argv[1])
        from papernotes.snippets.child import confine, harness
        confine.adopt_orphans()
        inner = os.fork()
        if not inner:
            os.setsid()
            for _ in range(2):
                if os.fork():
                    os._exit(0)
                os.setsid()
            time.sleep(60)
        os.waitpid(inner, 0)
        harness._end_descendants(inner)
        print("ended")
        """
    file = tmp_path / "escapes.py"
    file.write_text(dedent(script))
    done = subprocess.run(
        [sys.executable, file, Path(__file__).parents[1]], capture_output=True, check=True
    )
    assert done.stdout == b"ended\n"
    assert processes_with(str(file)) == []
