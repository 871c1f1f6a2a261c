"""The runtime as a bundle of files."""

from papernotes.bundle import Bundle, from_address
from papernotes.pyodide import manifest, pins
from papernotes.pyodide.download import CDN, from_index

PYODIDE = Bundle(
    name="pyodide",
    version=pins.VERSION,
    files=pins.downloads(),
    folder=manifest.FOLDER,
    sources=(from_address(CDN), from_index),
    finish=manifest.write,
    called="브라우저용 파이썬(Pyodide)",
    without="실행 단추",
)
