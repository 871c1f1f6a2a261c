"""The repository's own content, as readers get it: what may be asked of it whatever it says."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from papernotes import cli
from tests.conftest import REPOSITORY, ROOT, Shared, build
from tests.static_site import Site, StaticSite

BUILT = os.environ.get("LIVE_SITE")
"""The folder of the site that ``make build`` has just built, with the same settings as here."""

SETTINGS = {"EXPORTED": "1", "NOTEBOOKS": "true"}
if not BUILT:
    SETTINGS |= {"REPO_URL": REPOSITORY, "SITE_URL": ""}


@pytest.fixture(scope="session")
def live(shared: Shared) -> Iterator[Site]:
    """The site of the repository's content, notebooks and exports included."""

    def make(folder: Path) -> None:
        assert cli.main(["runtime", "--required", "--root", str(ROOT)]) == 0
        done = build(ROOT, folder, **SETTINGS)
        assert done.returncode == 0, done.stderr
        assert cli.main(["export", str(folder), "--root", str(ROOT)]) == 0

    with StaticSite(ROOT / BUILT if BUILT else shared.once("live", make)) as served:
        yield served
