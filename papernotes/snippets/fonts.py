"""matplotlib's settings and fonts, the same on every machine."""

import os
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

# matplotlib scans the machine's fonts once and caches the list; only its own are kept in it.
_WARM = """
import pathlib
from matplotlib import font_manager, get_cachedir, get_data_path
manager = font_manager.fontManager
own = get_data_path()
manager.ttflist = [font for font in manager.ttflist if font.fname.startswith(own)]
manager.afmlist = [font for font in manager.afmlist if font.fname.startswith(own)]
[cache] = pathlib.Path(get_cachedir()).glob("fontlist*.json")
font_manager.json_dump(manager, cache)
"""


def matplotlib_folder(scratch: Path) -> Path:
    """Return matplotlib's configuration folder for snippets, made once a version of it.

    It lies in the user's cache folder or, where that cannot be written, in ``scratch``; where
    matplotlib is missing or broken the folder stays empty, and the snippets will tell.
    """
    try:
        version = metadata.version("matplotlib")
    except metadata.PackageNotFoundError:
        return scratch
    try:
        caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "papernotes"
        folder = caches / f"matplotlib-{version}"
        if folder.is_dir():
            return folder
        caches.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=caches))
    except (OSError, RuntimeError):  # no home, or a read-only one
        folder, made = scratch / "matplotlib", Path(tempfile.mkdtemp(dir=scratch))
    try:
        environment = os.environ | {"MPLCONFIGDIR": str(made), "MPLBACKEND": "Agg"}
        subprocess.run(
            [sys.executable, "-c", _WARM], env=environment, check=True, capture_output=True
        )
        made.rename(folder)
    except (OSError, subprocess.CalledProcessError):
        pass  # another run was first, or matplotlib does not work here
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder if folder.is_dir() else scratch
