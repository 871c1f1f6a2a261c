"""Firefox runs the main path, too."""

from pathlib import Path

import pytest

from papernotes.snippets import records
from papernotes.snippets.snippet import Snippet
from tests import firefox
from tests.conftest import PROJECT
from tests.pyodide.attacks import JS, another_server, programs, scripts
from tests.static_site import Site, StaticSite

pytestmark = pytest.mark.browser

REFUSED = ("fetch_of_the_prototype", "import", "nested_worker", "font", "module_of_a_blob")
"""What Firefox says that it refused, among the attacks."""


def test_firefox_runs_draws_stops_and_keeps_code_in_its_box(site: Site) -> None:
    with (
        StaticSite(site.folder, strict=True) as strict,
        another_server() as (elsewhere, asked),
    ):
        # One worker for all, and a worker of its own before all else: Firefox waits for ever where
        # workers and scripts start side by side.
        attempts = scripts(elsewhere, strict.url + "notes.json")
        nested = attempts.pop("nested_worker")
        others = ";\n".join(attempts.values())
        script = f"postMessage({{text: 1}}); {nested}; held.onmessage = () => {{ {others} }}"
        attack = f"{JS}{''.join(programs(elsewhere).values())}run_js({script!r})\nprint('tried')"
        seen = firefox.visit(
            Path(__file__).with_name("firefox.js"),
            address=f"{strict.url}papers/roberta/",
            attack=attack,
            elsewhere=elsewhere,
            refused=[f"{elsewhere}{name}" for name in REFUSED],
        )
    assert seen["complaints"] == []
    for name, result in seen["results"].items():
        record = records.read(Snippet(PROJECT, f"snippets/{name}"))
        assert isinstance(record, records.Record)
        assert result["printed"] == record.output
        assert result["figures"] == len(record.figures)
        assert (result["state"], result["same"]) == ("done", "true")
        assert result["status"].startswith("기록된 출력과 같아요.")
    assert len(seen["results"]) == 2
    # Code ran, also in a worker of its own, and asked nobody; the address bar, last, did.
    assert seen["attacked"] == ["tried\n", "", "[1]\n"]
    assert seen["kept"] == [[], []]
    assert [path for path in asked if path != "/favicon.ico"] == ["/control"]
    refused = "\n".join(seen["refused"])
    for name in REFUSED:
        assert f"{elsewhere}{name}" in refused
