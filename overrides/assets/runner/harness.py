"""Runs the reader's code inside Pyodide, as ``papernotes run`` does with CPython.

Each run has a namespace of its own, and matplotlib, numpy and the warnings as they are at first.
Events go to the page as JSON: ``output`` (text), ``figure`` and, last, ``finished``.
"""

import base64
import builtins
import io
import json
import linecache
import logging
import sys
import time
import traceback
import warnings

LINES, CHARACTERS, FIGURES = 1000, 100_000, 10
"""What is shown of a run; the rest is counted."""

# What numpy.set_printoptions documents as the defaults; there is no call that restores them.
_PRINTING = {
    "edgeitems": 3,
    "threshold": 1000,
    "precision": 8,
    "suppress": False,
    "linewidth": 75,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "formatter": None,
    "floatmode": "maxprec",
    "legacy": False,
}

# Where there is no screen, show() is no mistake: the figures are sent at the end.
warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive", UserWarning)
_filters = list(warnings.filters)
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # "building the font cache"


class _Screen:
    """Where both streams go: shown up to a limit, counted from there on."""

    def __init__(self, send):
        self.send, self.lines, self.characters, self.dropped = send, LINES, CHARACTERS, 0

    def show(self, stream, text):
        if self.lines <= 0 or self.characters <= 0:
            self.dropped += text.count("\n")
            return
        kept = "".join(text.splitlines(keepends=True)[: self.lines])[: self.characters]
        self.lines -= kept.count("\n")
        self.characters -= len(kept)
        self.dropped += text.count("\n") - kept.count("\n")
        self.send("output", stream=stream, text=kept)


class _Stream(io.TextIOBase):
    """Standard output or error, line by line as on a terminal."""

    encoding = "utf-8"

    def __init__(self, screen, name):
        self._screen, self._name, self._waiting = screen, name, []

    def writable(self):
        return True

    def write(self, text):
        self._waiting.append(text)
        if "\n" in text:
            self.flush()
        return len(text)

    def flush(self):
        if self._waiting:
            text = "".join(self._waiting)
            self._waiting.clear()
            self._screen.show(self._name, text)


class NoInput(RuntimeError):
    """There is nobody to ask while the code runs."""


class _NoInput(io.TextIOBase):
    def readable(self):
        return True

    def readline(self, size=-1):
        raise NoInput("input() is not available")

    read = readline


def _no_input(prompt=""):
    raise NoInput("input() is not available")


def run(code, name, post):
    """Run ``code``, called ``name`` in tracebacks; tell ``post`` what happens, as JSON."""

    def send(kind, **details):
        post(json.dumps({"type": kind, **details}))

    _refresh()
    screen = _Screen(send)
    streams = sys.stdin, sys.stdout, sys.stderr, builtins.input
    sys.stdin, sys.stdout, sys.stderr = _NoInput(), _Stream(screen, "out"), _Stream(screen, "err")
    builtins.input = _no_input
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    error = None
    started = time.perf_counter()
    try:
        exec(compile(code, name, "exec", dont_inherit=True), {"__name__": "__main__"})
        _send_figures(send)
    except SystemExit as end:
        error = _described(end, name) if end.code else None
    except BaseException as raised:
        error = _described(raised, name)
    seconds = time.perf_counter() - started
    sys.stdout.flush()
    sys.stderr.flush()
    sys.stdin, sys.stdout, sys.stderr, builtins.input = streams
    send("finished", error=error, dropped=screen.dropped, seconds=seconds)


def _refresh():
    """Undo what earlier runs may have set for the whole process."""
    warnings.filters[:] = _filters
    if numpy := sys.modules.get("numpy"):
        numpy.set_printoptions(**_PRINTING)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
        pyplot.rcdefaults()


def _send_figures(send):
    """Send every open figure as a picture twice as fine as the page's pixels."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    numbers = pyplot.get_fignums() if pyplot else []
    for number in numbers[:FIGURES]:
        figure = pyplot.figure(number)
        image = io.BytesIO()
        figure.savefig(image, format="png", dpi=192)
        width, height = figure.get_size_inches() * 96
        send(
            "figure",
            png=base64.b64encode(image.getvalue()).decode(),
            width=round(width),
            height=round(height),
            texts=_texts(figure),
        )


def _texts(figure):
    """Return the words on a figure: titles, names of axes, legends."""
    texts = [figure.get_suptitle()] if hasattr(figure, "get_suptitle") else []
    for axes in figure.axes:
        texts += [axes.get_title(), axes.get_xlabel(), axes.get_ylabel()]
        if legend := axes.get_legend():
            texts += [text.get_text() for text in legend.get_texts()]
    return [text for text in texts if text]


def _described(error, name):
    """Return the traceback from the reader's own code on, and what kind of trouble it is."""
    trace = error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename != name:
        trace = trace.tb_next
    return {
        "kind": _kind(error),
        "traceback": "".join(traceback.format_exception(type(error), error, trace)),
    }


def _kind(error):
    # One object of 2 GiB or more cannot be named in 32 bits.
    if str(error).startswith(("cannot fit 'int' into an index", "array is too big")):
        return "size"
    kinds = {"memory": MemoryError, "module": ModuleNotFoundError, "input": NoInput}
    return next((kind for kind, each in kinds.items() if isinstance(error, each)), "other")
