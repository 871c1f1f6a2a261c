"""Notebooks, which the build runs, behind the same wall as snippets.

mkdocs-jupyter starts its kernel through jupyter_client, which asks a provisioner for the process.
Ours puts the kernel into the box and has it talk through sockets in a folder of its own, for there
is no network in there. Source: jupyter_client, "Customizing the kernel's runtime environment".
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from papernotes.snippets import wall
from papernotes.snippets.fonts import matplotlib_folder
from papernotes.snippets.wall import Wall

_SCRATCH = 64 << 20  # bytes that a notebook may write, into memory
_KEPT = ("LANG", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_MISSING = (
    "커널의 이름공간이 없어 노트북을 벽 없이 돌려요. 모르는 사람의 노트북은 짓지 마세요 "
    "(노트북 없이: NOTEBOOKS=false)."
)


class BoxedProvisioner(LocalProvisioner):
    """Starts a kernel behind namespaces where there are any, else says that there are none."""

    _folder: "tempfile.TemporaryDirectory[str] | None" = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Return what launches the kernel; raise RuntimeError where a wall is asked for in vain."""
        if wall.standing() is not Wall.NAMESPACES:
            if os.environ.get("WALL") == "required":
                raise RuntimeError("이 컴퓨터는 이름공간을 내주지 않아 노트북을 돌리지 않아요.")
            print(_MISSING, file=sys.stderr)
            return await super().pre_launch(**kwargs)
        # A socket's path may have 107 bytes: a short folder, whatever TMPDIR says.
        self._folder = tempfile.TemporaryDirectory(prefix="pn-", dir="/tmp")
        folder = Path(self._folder.name)
        manager: Any = self.parent
        manager.transport, manager.ip = "ipc", str(folder / "k")
        manager.connection_file = str(folder / "kernel.json")
        kwargs = await super().pre_launch(**kwargs)
        fonts = matplotlib_folder(folder)
        kwargs["cmd"] = wall.boxed(
            kwargs["cmd"], writable=[folder], configuration=fonts, scratch=_SCRATCH
        )
        kwargs["env"] = {name: os.environ[name] for name in _KEPT if name in os.environ} | {
            "HOME": wall.HOME,
            "MPLCONFIGDIR": wall.CONFIGURATION,
            "PYTHONHASHSEED": "0",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        kwargs["stdout"] = subprocess.DEVNULL  # how to connect by hand
        kwargs.pop("cwd", None)  # a folder of the project, which the box does not show
        return kwargs

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the sockets with their folder."""
        await super().cleanup(restart)
        if self._folder and not restart:
            self._folder.cleanup()
            self._folder = None
