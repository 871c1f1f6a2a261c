"""Pages that list others are shown anew once a page has come or gone.

``make serve`` builds only what was saved, so that hundreds of notes do not slow it down: a new
note is on its own page then, and on no list. A list counts as saved when its time is now.
"""

import os
from pathlib import Path

from papernotes.note import library
from papernotes.note.model import Listing


def freshen(root: Path) -> None:
    """Set the time of every page that has a list to now; its words stay."""
    for page in library.load(root).pages:
        if any(isinstance(block, Listing) for block in page.blocks):
            os.utime(root / page.file)
