"""A built page that holds what no theme and no note put there is not published."""

from pathlib import Path

import pytest

from papernotes.export import result
from papernotes.render import policy

HEAD = '<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{}">'

FOREIGN = [
    "<script>alert(1)</script>",
    "<script>alert(1)",
    "<script data-src=x>alert(1)</script>",
    '<script type="module" data-type="application/json">alert(1)</script>',
    "<script src=//e.example/x.js></script>",
    '<script src="//e.example/x.js" defer></script>',
    '<script type="application/ld+json" src="x.js"></script>',
    '<script type="speculationrules">{}</script>',
    '<svg><script href="//e.example/x.js"/></svg>',
    "<META/HTTP-EQUIV=refresh>",
    '<meta http-equiv="&#114;efresh" content="0;url=//e.example">',
    '<meta name=">" http-equiv=refresh>',
    "<base href=//e.example/>",
    "<body><STYLE>p{display:none}</STYLE>",
    "<link rel=preconnect href=//e.example>",
    '<link rel="dns-prefetch" href="//e.example">',
    '<link rel="stylesheet" href="x.css" onload="alert(1)">',
    '<iframe srcdoc="x"></iframe>',
    "<object data=x></object>",
    "<embed src=x>",
    "<img src=x onerror=alert(1)>",
    '<img alt=">" onerror=alert(1)>',
    '<img alt="x"onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "<form action= JaVascript:alert(1)>",
]


def found(folder: Path, body: str) -> list[str]:
    text = HEAD.format(next(iter(policy.published()))) + body
    (folder / "index.html").write_text(text, "utf-8")
    return [each.code for each in result.page_problems(folder)]


@pytest.mark.parametrize("body", FOREIGN)
def test_what_runs_loads_or_leads_away_is_found(tmp_path: Path, body: str) -> None:
    assert set(found(tmp_path, f"<p>글</p>{body}")) == {"PN911"}


def test_words_and_data_are_left_alone(tmp_path: Path) -> None:
    words = (
        '<p title="on=1 <b>">one=1 &lt;script&gt; onload=x <a href="../">on</a> a href=javascript:'
    )
    data = '<script type="application/ld+json">{"a": "b"}</script><meta name="a" content="on=1">'
    assert found(tmp_path, words + data) == []
