"""`papernotes runtime`: what is taken, what is refused, and what is said where nothing answers."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.progress import Progress

from papernotes import cli
from papernotes import runtime as command
from papernotes.bundle import Source, from_address
from papernotes.pyodide import manifest, pins
from papernotes.pyodide.bundle import PYODIDE
from tests.conftest import ROOT
from tests.static_site import StaticSite

WHEEL = pins.wheels("numpy")[0]


@pytest.fixture
def asked() -> list[str]:
    """The names of the files that sources were asked for."""
    return []


@pytest.fixture
def use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, runtime: Path, asked: list[str]
) -> Callable[..., None]:
    """Return a function that puts sources in the place of the real ones; the cache is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))

    def give_instead(*changes: dict[str, bytes] | OSError) -> None:
        def source(change: dict[str, bytes] | OSError) -> Source:
            def give(names: list[str], progress: Progress) -> Iterator[tuple[str, bytes]]:
                asked.extend(names)
                if isinstance(change, OSError):
                    raise change
                for name in names:
                    yield name, change.get(name) or (runtime / name).read_bytes()

            return give

        offer(monkeypatch, *map(source, changes))

    return give_instead


def offer(monkeypatch: pytest.MonkeyPatch, *sources: Source) -> None:
    """Let ``papernotes runtime`` fetch Python alone, from ``sources``."""
    monkeypatch.setattr(command, "BUNDLES", [replace(PYODIDE, sources=sources)])


def run(project: Path, *options: str) -> int:
    return cli.main(["runtime", "--root", str(project), *options])


def flipped(file: Path) -> bytes:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    return bytes(data)


def test_the_files_are_those_of_the_lock(project: Path, use: Callable[..., None]) -> None:
    use({})
    assert run(project, "--required") == 0
    folder = project / manifest.FOLDER
    for name, digest in pins.downloads().items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert (folder / pins.LOCK).read_text("utf-8") == pins.lock_text()
    described = json.loads((folder / manifest.NAME).read_text("utf-8"))
    for name, file in described["files"].items():
        assert file["size"] == (folder / name).stat().st_size
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == file["sha256"]
    assert len(described["packages"]["matplotlib"]) == 12
    assert "Mozilla Public License" in (folder / "NOTICE.txt").read_text("utf-8")


def test_a_second_time_and_a_second_clone_fetch_nothing(
    project: Path, use: Callable[..., None], asked: list[str]
) -> None:
    use({})
    assert run(project) == 0
    asked.clear()
    assert run(project) == 0
    manifest_file = project / manifest.FOLDER / manifest.NAME
    manifest_file.unlink()
    assert run(project) == 0
    assert manifest_file.exists()
    assert asked == []


def test_a_flipped_byte_from_a_source_is_refused_and_the_next_source_asked(
    project: Path, use: Callable[..., None], runtime: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use({WHEEL: flipped(runtime / WHEEL)}, {})
    assert run(project) == 0
    assert f"{WHEEL}:1:1: PN901 받은 파일이 공식 목록의 SHA-256과 달라" in capsys.readouterr().out
    assert PYODIDE.wanting(project / manifest.FOLDER) == []


def test_where_only_flipped_bytes_are_to_be_had_there_is_no_runtime(
    project: Path, use: Callable[..., None], runtime: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use({"pyodide.asm.wasm": flipped(runtime / "pyodide.asm.wasm")})
    assert run(project, "--required") == 1
    assert "PN901" in capsys.readouterr().out
    assert not (project / manifest.FOLDER).exists()


@pytest.mark.parametrize("where", ["cache", "site"])
def test_a_file_that_went_bad_is_replaced(
    project: Path,
    use: Callable[..., None],
    tmp_path: Path,
    asked: list[str],
    capsys: pytest.CaptureFixture[str],
    where: str,
) -> None:
    use({})
    assert run(project) == 0
    asked.clear()
    folders = {
        "cache": tmp_path / "caches" / "papernotes" / f"pyodide-{pins.VERSION}",
        "site": project / manifest.FOLDER,
    }
    bad = folders[where] / WHEEL
    bad.write_bytes(flipped(bad))
    assert run(project) == 0
    assert PYODIDE.wanting(folders[where]) == []
    said = capsys.readouterr().out
    assert asked == ([WHEEL] if where == "cache" else [])
    assert (f"{bad}:1:1: PN902" in said) == (where == "cache")


@pytest.mark.parametrize(("options", "status"), [((), 0), (("--required",), 1)])
def test_where_no_source_answers_one_line_says_so(
    project: Path,
    use: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    status: int,
) -> None:
    use(OSError("no network"), OSError("no index"))
    assert run(project, *options) == status
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("실행 단추 없이 지어요. 브라우저용 파이썬(Pyodide): 받지 못했어요")


def test_a_cache_that_cannot_be_written_is_no_traceback(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    offer(monkeypatch)
    assert run(project, "--required") == 1
    assert "실행 단추 없이 지어요." in capsys.readouterr().out


def test_an_interrupted_download_leaves_no_traceback_and_no_half_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(names: list[str], progress: Progress) -> Iterator[tuple[str, bytes]]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    offer(monkeypatch, interrupted)
    assert run(project) == 130
    assert not list((tmp_path / "caches").rglob("*.*"))


def test_outside_a_project_nothing_is_fetched(tmp_path: Path) -> None:
    assert run(tmp_path) == 2


def test_the_cdn_is_read_file_by_file(runtime: Path) -> None:
    with StaticSite(runtime, "/full/") as served, Progress(disable=True) as progress:
        names = ["pyodide.mjs", WHEEL]
        given = dict(from_address(served.url)(names, progress))
    assert given == {name: (runtime / name).read_bytes() for name in names}


def test_nothing_of_the_runtime_is_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {"/overrides/assets/pyodide/", "/overrides/assets/pdfjs/"} <= set(ignored)
