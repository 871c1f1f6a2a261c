"""The Markdown extension's entry point, which mkdocs.yml names."""

import importlib
import sys
from pathlib import Path
from typing import Any

from markdown import Extension

from papernotes.render.engine import is_preview
from papernotes.render.extension import PaperNotesExtension
from papernotes.snippets import wall


def _newest_code() -> float:
    return max(file.stat().st_mtime for file in Path(__file__).parent.rglob("*.py"))


_loaded_at = _newest_code()


def makeExtension(**kwargs: Any) -> Extension:
    """Return the extension (Python-Markdown asks for it by this name).

    A preview runs in one process and watches papernotes/, too: where a module has changed since,
    all are imported again.
    """
    wall.box_notebooks()
    if not is_preview():
        return PaperNotesExtension(**kwargs)
    if _newest_code() == _loaded_at:
        from papernotes.preview.extension import PreviewExtension  # a build needs no checks

        return PreviewExtension(**kwargs)
    for name in [each for each in sys.modules if each.partition(".")[0] == "papernotes"]:
        del sys.modules[name]
    newest: Extension = importlib.import_module(__name__).makeExtension(**kwargs)
    return newest
