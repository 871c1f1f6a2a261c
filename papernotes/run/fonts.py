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


def matplotlib_folder() -> Path:
    """Return matplotlib's configuration folder for snippets, made once a version of it.

    It lies in the user's cache folder. Raises ``OSError`` where that cannot be written and
    ``importlib.metadata.PackageNotFoundError`` where matplotlib is missing.
    """
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "papernotes"
    folder = caches / f"matplotlib-{metadata.version('matplotlib')}"
    if not folder.is_dir():
        caches.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=caches, ignore_cleanup_errors=True) as made:
            environment = os.environ | {"MPLCONFIGDIR": made, "MPLBACKEND": "Agg"}
            subprocess.run([sys.executable, "-c", _WARM], env=environment, check=True)
            try:
                shutil.copytree(made, f"{made}.ready")
                os.rename(f"{made}.ready", folder)
            except OSError:  # another run was first
                shutil.rmtree(f"{made}.ready", ignore_errors=True)
    return folder
