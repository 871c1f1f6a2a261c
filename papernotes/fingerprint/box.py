"""Reading a PDF in a process of its own, within limits.

A PDF of some kilobytes can unfold to gigabytes, and PDFium is a large program that reads what
anybody sends. So it runs in a child that the kernel stops when it takes too much memory or time,
and that hands back plain JSON.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

from papernotes.fingerprint.pdftext import Layer, Line, PdfRefused, PdfText

MAX_MEMORY = 2_000_000_000
"""Bytes of address space, unless ``PAPERNOTES_PDF_MEMORY`` says otherwise. A paper of 20 pages
keeps 60 MB in memory, one of 1,000 pages 260 MB."""

MAX_SECONDS = 300
"""Seconds of processor time; 1,000 pages take less than a minute."""

_FIELDS = [each.name for each in fields(Line)]
_GROWS = (
    "PDF를 읽는 데 메모리나 시간이 너무 많이 들어서 그만두었어요. "
    "arXiv에서 새로 받은 논문 PDF인지 확인해 주세요."
)


def read(path: Path) -> PdfText:
    """Return the text of a PDF, as :func:`papernotes.fingerprint.pdfium.read` does.

    Raises PdfRefused where it cannot be read, or not within the limits.
    """
    command = [sys.executable, "-P", "-m", "papernotes.fingerprint.box", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * MAX_SECONDS)
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise PdfRefused(_GROWS) from error
    if answer is None:
        raise PdfRefused(_GROWS)
    if "refused" in answer:
        raise PdfRefused(str(answer["refused"]))
    lines = (dict(zip(_FIELDS, values, strict=True)) for values in answer["lines"])
    read = tuple(
        Line(**line | {"styles": bytes.fromhex(line["styles"]), "layer": Layer[line["layer"]]})
        for line in lines
    )
    outline = tuple((title, page) for title, page in answer["outline"])
    return PdfText(answer["pages"], read, outline, tuple(answer["lost"]))


def _child(path: Path) -> None:
    """Read the PDF and print what it holds, or why it was refused."""
    memory = int(os.environ.get("PAPERNOTES_PDF_MEMORY", MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from papernotes.fingerprint import pdfium  # large, and needed here alone

    try:
        pdf = pdfium.read(path)
        lines = [[getattr(line, name) for name in _FIELDS] for line in pdf.lines]
        said = {"pages": pdf.pages, "outline": pdf.outline, "lines": lines, "lost": pdf.lost}
    except PdfRefused as refused:
        said = {"refused": str(refused)}
    except MemoryError:
        os._exit(1)
    print(json.dumps(said, default=_plain))


def _plain(value: bytes | Layer) -> str:
    return value.name if isinstance(value, Layer) else value.hex()


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
