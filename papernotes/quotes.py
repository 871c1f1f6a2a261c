"""Whether a quotation is what the paper says."""

import re
from pathlib import Path

from papernotes.model import Quote
from papernotes.plain import plain

_GAP = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?|\[[^\]]*\])\s*")


def first_piece(text: str) -> str:
    """Return a quotation's words up to its first ellipsis or bracket."""
    return next((piece for piece in _GAP.split(plain(text)) if piece.strip()), "")


def is_verified(quote: Quote, root: Path) -> bool:
    """Whether every word of the quotation was found, in order, on its pages."""
    return False
