"""What the snippet's process tells the runner: JSON lines on a private pipe."""

import json
import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from types import FrameType, TracebackType
from typing import Any


class Report:
    """The private pipe, and where in the snippets something happened.

    The snippet can reach it, too: the runner takes nothing here for granted. What
    ``faulthandler`` writes when the process is stopped or crashes shares it, as plain lines.
    """

    def __init__(self, fd: int, snippet: str, folder: str) -> None:
        """Write to ``fd``; a place is a line of ``snippet`` or of a module under ``folder``."""
        self.fd = fd
        self._snippet, self._folder = snippet, folder + os.sep

    def send(self, event: str, **details: Any) -> None:
        """Write one line."""
        # Half a surrogate pair, which an exception's words may hold, is no text elsewhere.
        told = {name: _readable(value) for name, value in details.items()}
        data = memoryview(json.dumps({"event": event, **told}).encode() + b"\n")
        while data:
            data = data[os.write(self.fd, data) :]

    def send_here(self, event: str, **details: Any) -> None:
        """Write one line with the innermost place in the snippets that is running now."""
        outermost_first = reversed(list(_running(sys._getframe(1))))
        self.send(event, **details, **self._innermost(outermost_first))

    def send_error(self, event: str, error: BaseException, **details: Any) -> None:
        """Write one line with the innermost place in the snippets that ``error`` passed."""
        frames = traceback.walk_tb(error.__traceback__)
        place = self._innermost((frame.f_code.co_filename, line) for frame, line in frames)
        if isinstance(error, SyntaxError) and str(error.filename).startswith(self._folder):
            place = {"path": str(error.filename), "line": error.lineno or 1}
        self.send(event, **details, **place)

    def traceback(self, error: BaseException) -> str:
        """Return the traceback of ``error`` from its first frame in the snippets on."""
        start: TracebackType | None = error.__traceback__
        while start and not start.tb_frame.f_code.co_filename.startswith(self._folder):
            start = start.tb_next
        return "".join(traceback.format_exception(type(error), error, start))

    def _innermost(self, places: Iterable[tuple[str, int]]) -> dict[str, Any]:
        found = (self._snippet, 1)
        for path, line in places:
            if path.startswith(self._folder):
                found = (path, line)
        return {"path": found[0], "line": found[1]}


def _running(frame: FrameType | None) -> Iterator[tuple[str, int]]:
    while frame:
        yield frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back


def _readable(value: Any) -> Any:
    return value.encode(errors="backslashreplace").decode() if isinstance(value, str) else value
