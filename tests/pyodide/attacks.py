"""What malice asks for from readers' code in the browser, and a server that hears it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from tests.loopback import Request, Response, answering

# The policy refuses eval, but a script of a blob has every right that Python has there. Firefox
# lets none in where there is no origin: there it runs in a worker of the worker's.
JS = """\
import builtins
import js
from pyodide.ffi import JsException, create_proxy, to_js
builtins.heard, builtins.held = [], []  # a worker that nothing holds may end before it has tried
def blob(script):
    return js.URL.createObjectURL(js.Blob.new(to_js([script])))
try:
    js.importScripts(blob(""))
    run_js = lambda script: js.importScripts(blob(script))
except JsException:
    def run_js(script):
        worker = js.Worker.new(blob(script))
        builtins.held.append(worker)
        worker.onmessage = create_proxy(lambda event: builtins.heard.append(event.data.text))
"""
WAIT = """\
Atomics.wait(new Int32Array(
    new WebAssembly.Memory({initial: 1, maximum: 1, shared: true}).buffer), 0, 0)
"""
"""JavaScript that never ends and costs nothing, where a loop would keep a core busy."""
REQUESTS = {
    "fetch_of_the_prototype": "WorkerGlobalScope.prototype.fetch.call(self, 'URL').catch(() => {})",
    "fetch_uncovered": "delete self.fetch; fetch('URL').catch(() => {})",
    "import": "import('URL').catch(() => {})",
    "import_scripts": "try { importScripts('URL') } catch {}",
    "nested_worker": "try { self.held = new Worker(URL.createObjectURL(new Blob("
    "['postMessage(1); fetch(\"URL\")']))) } catch {}",
    "nested_worker_elsewhere": "try { new Worker('URL') } catch {}",
    "font": "new FontFace('x', 'url(URL)').load().catch(() => {})",
    "eval": "try { eval('fetch(\"URL\")') } catch {}",
    "socket": "try { new (Object.getOwnPropertyDescriptor(self, 'WebSocket').value ?? Object)"
    "('URL') } catch {}",
    "module_of_a_blob": "import(URL.createObjectURL(new Blob(['import \"URL\"'],"
    " {type: 'text/javascript'}))).catch(() => {})",
    "a_page_of_ours": "WorkerGlobalScope.prototype.fetch.call(self, 'SITE').then((a) => a.text())"
    ".then((text) => postMessage({type: 'output', stream: 'out', text: 'rea' + 'ched ' + text}))"
    ".catch(() => {})",
    "cache": "try { caches.open('x').then(() => postMessage({type: 'output', stream: 'out',"
    " text: 'rea' + 'ched'})).catch(() => {}) } catch {}",
    "database": "try { indexedDB.open('x').onsuccess = () => postMessage({type: 'output',"
    " stream: 'out', text: 'rea' + 'ched'}) } catch {}",
    "lock_of_a_page": "try { new BroadcastChannel('x').postMessage('x') } catch {}",
}

FROM_PYTHON = {
    "scripts_from_python": "js.importScripts(URL)",
    "fetch_from_python": "js.WorkerGlobalScope.prototype.fetch.call(js.self, URL)",
    "font_from_python": "js.FontFace.new('x', f'url({URL})').load()",
    "fetch_of_pyodide": "__import__('pyodide.http').http.pyfetch(URL).send(None)",
    "open_url_of_pyodide": "__import__('pyodide.http').http.open_url(URL)",
}


def scripts(elsewhere: str, site: str) -> dict[str, str]:
    """Return JavaScript by its name, to reach the server ``elsewhere`` or ``site``'s data."""
    return {
        name: re.sub(r"\bURL\b(?!\.)", elsewhere + name, attempt).replace("SITE", site)
        for name, attempt in REQUESTS.items()
    }


def programs(elsewhere: str) -> dict[str, str]:
    """Return Python by its name, to reach the server ``elsewhere``."""
    return {
        name: f"try:\n    {attempt.replace('URL', repr(elsewhere + name))}\n"
        "except Exception:\n    pass\n"
        for name, attempt in FROM_PYTHON.items()
    }


@contextmanager
def another_server() -> Iterator[tuple[str, list[str]]]:
    """Serve on loopback; yield the address, and every path that is asked for there."""
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.path)
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
        return Response(headers=headers)

    with answering(answer) as url:
        yield f"{url}/", asked
