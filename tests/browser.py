"""Real browsers for the tests and the benchmark: found, or installed where that is possible."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
"""Chromium without a window's code, as Playwright drives it: a page costs half as much."""
CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
FIREFOXES = ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox")

# The pages are our own, on loopback: root needs no sandbox, and the browser no errands of its own.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@cache
def chromium_path() -> str | None:
    """Return a Chromium or Chrome that starts, installing one if there is none.

    Tried in this order: ``$CHROME`` and a headless shell on the PATH; Debian's headless shell, if
    we are root; Playwright's, downloaded if need be; a whole browser on the PATH.
    """
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one process installs, the others wait and find
        return (
            _first((os.environ.get("CHROME"), *SHELLS))
            or _from_debian()
            or _from_playwright()
            or _first((*CHROMES, MACOS))
        )


@cache
def firefox_path() -> str:
    """Return a Firefox that starts, installing Debian's if there is none and we are root.

    Raises:
        RuntimeError: No Firefox was found and none could be installed.
    """
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = _first(FIREFOXES)
        if path is None and _apt_get("firefox-esr"):
            path = _first(FIREFOXES)
    if path is None:
        raise RuntimeError("Firefox를 찾지도 설치하지도 못했어요. firefox를 설치해 주세요.")
    return path


@contextmanager
def launch() -> Iterator[Browser]:
    """Start a headless Chromium and close it at the end.

    Raises:
        RuntimeError: No Chromium was found and none could be installed.
    """
    path = chromium_path()
    if path is None:
        raise RuntimeError(
            "Chromium을 찾지도 설치하지도 못했어요. chromium이나 Google Chrome을 설치하거나, "
            "실행 파일의 경로를 환경 변수 CHROME에 넣어 주세요."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def _first(names: Iterable[str | None]) -> str | None:
    candidates = (shutil.which(name) for name in names if name)
    return next((path for path in candidates if _starts(path)), None)


def _from_debian() -> str | None:
    # Playwright's driver needs libatomic1, and a screenshot of Korean needs a Korean font.
    done = _apt_get("chromium-headless-shell", "fonts-nanum", "libatomic1")
    return _first(SHELLS) if done else None


def _from_playwright() -> str | None:
    install = (sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")
    if not _run(*install):
        return None
    told = subprocess.run((*install, "--dry-run"), capture_output=True, text=True, check=True)
    folder = re.search(r"Install location: *(.+)", told.stdout)
    return _first(map(str, Path(folder[1]).rglob("*headless*shell*"))) if folder else None


def _apt_get(*packages: str) -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    _run("apt-get", "update")
    return _run("apt-get", "install", "-y", "--no-install-recommends", *packages)


def _starts(path: str | None) -> bool:
    """Tell whether the program is there with all its libraries (a snap's stub is not)."""
    if not path or not Path(path).exists():
        return False
    return _run(path, "--version", timeout=60)


def _run(*command: str, timeout: int = 900) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
