"""The built site as GitHub Pages serves it: under a sub-path, gzipped, with 404.html."""

import base64
import gzip
import hashlib
import mimetypes
import re
import sys
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, unquote, urlsplit

TYPES = {
    ".bib": "text/plain",
    ".jsonld": "application/ld+json",
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".py": "text/x-python",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
COMPRESSED = ("text/", "application/", "image/svg+xml")
PACKED = "application/zip"
"""Small already: as elsewhere, nobody compresses it again."""


@dataclass
class Site:
    """A built site: its folder, and the address at which somebody serves it."""

    folder: Path
    url: str


class StaticSite(Site):
    """Serves ``folder`` at ``url``, on loopback, while its ``with`` block runs."""

    def __init__(self, folder: Path, prefix: str = "/papernotes/", *, strict: bool = False) -> None:
        """Take a port at once; ``prefix`` begins and ends with a slash.

        The folder may come later. A ``strict`` site sends a Content-Security-Policy with each
        answer.
        """
        server = _Server(folder.resolve(), prefix, strict)
        super().__init__(server.folder, f"http://127.0.0.1:{server.server_port}{prefix}")
        self._server = server
        self.asked = server.asked

    def __enter__(self) -> Self:
        """Begin to answer."""
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop and give the port back."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path, prefix: str, strict: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.strict = strict
        self.folder = folder
        self.asked: list[str] = []
        self.prefix = prefix

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a browser that left early
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def parse_request(self) -> bool:
        """Note the first line of every request, understood or not."""
        understood = super().parse_request()
        self.server.asked.append(self.requestline)
        return understood

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.server.prefix):
            return self._send(HTTPStatus.NOT_FOUND, b"outside the site", "text/plain")
        file = (self.server.folder / path.removeprefix(self.server.prefix)).resolve()
        if not file.is_relative_to(self.server.folder):
            return self._send(HTTPStatus.NOT_FOUND, b"outside the site", "text/plain")
        if file.is_dir():
            if not path.endswith("/"):
                return self._redirect(path + "/")
            file /= "index.html"
        if file.is_file():
            return self._send_file(HTTPStatus.OK, file)
        return self._send_file(HTTPStatus.NOT_FOUND, self.server.folder / "404.html")

    do_HEAD = do_GET

    def _redirect(self, path: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", quote(path))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_file(self, status: HTTPStatus, file: Path) -> None:
        kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
        self._send(status, file.read_bytes(), kind or "application/octet-stream")

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        if self.server.strict and not self.path.endswith(".htm"):  # the box has a policy of its own
            self.send_header("Content-Security-Policy", policy(body if "html" in kind else b""))
        if kind.startswith(COMPRESSED) and kind != PACKED:
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                self.send_header("Content-Encoding", "gzip")
                body = compressed(body)
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output to the tests."""


def policy(page: bytes) -> str:
    """Return a policy that allows this site, WebAssembly, and what is inline in ``page``, by hash.

    Only style attributes are allowed as such: they have no hash of their own (columns of tables
    that Markdown aligns carry one).
    """
    scripts, styles = (
        " ".join(
            f"'sha256-{base64.b64encode(hashlib.sha256(each).digest()).decode()}'"
            for each in re.findall(rb"<%b(?![^>]*\bsrc=)[^>]*>(.*?)</%b>" % (tag, tag), page, re.S)
        )
        for tag in (b"script", b"style")
    )
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {scripts}; "
        f"style-src-elem 'self' {styles}; style-src-attr 'unsafe-inline'; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'"
    )


@cache
def compressed(body: bytes) -> bytes:
    """Return what a server that compresses sends for ``body``."""
    return gzip.compress(body, 6, mtime=0)
