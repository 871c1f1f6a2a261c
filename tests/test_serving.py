"""A live preview keeps going: a broken page says what is wrong with it, and is mended in place."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

NOTE = "docs/papers/roberta.md"


class Serving:
    """A real ``mkdocs serve`` over a project."""

    def __init__(self, project: Path, *command: str) -> None:
        """Start it on a free port, and wait until it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.log = project / "serve.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{self.port}"],
                cwd=project,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NOTEBOOKS": "false"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.wait_for("Serving on")

    @property
    def said(self) -> str:
        """All that it said so far."""
        return self.log.read_text("utf-8")

    def wait_for(self, words: str, times: int = 1) -> None:
        """Wait until it has said ``words`` that often."""
        until = time.monotonic() + 60
        while self.said.count(words) < times:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.05)

    @property
    def problems(self) -> list[str]:
        """The places and codes of the problems that it told, in order."""
        return re.findall(r"^(\S+:\d+:\d+: PN\d+)", self.said, re.M)


@pytest.fixture
def serving(project: Path) -> Iterator[Callable[[], Serving]]:
    """Return a function that starts the preview of the project."""
    started: list[Serving] = []

    def start() -> Serving:
        started.append(Serving(project))
        return started[-1]

    yield start
    for each in started:
        assert each.process.poll() is None, each.said
        each.process.terminate()
        each.process.wait()
        assert "Traceback" not in each.said


def test_a_broken_note_is_told_on_its_page_until_it_is_mended(
    serving: Callable[[], Serving], project: Path, edit: Callable[..., Path], browser: Browser
) -> None:
    preview = serving()
    page = browser.new_page()
    page.goto(preview.url + "papers/roberta/")
    expect(page.locator(".pn-banner")).to_have_count(0)
    edit(NOTE, "status: open", "status: opened")
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("docs/papers/roberta.md:41:5 PN203", timeout=30_000)
    expect(page.locator("[data-passage]")).to_have_count(5)
    banner.get_by_role("link", name="roberta.md:41:5").click()
    line = page.locator(".pn-draft :target")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("status: opened")
    edit(NOTE, "status: opened", "status: open")
    expect(page.locator("[data-passage]")).to_have_count(6, timeout=30_000)
    expect(page.locator(".pn-banner")).to_have_count(0)
    assert preview.problems == ["docs/papers/roberta.md:41:5: PN203"]
    assert "WARNING" not in preview.said
