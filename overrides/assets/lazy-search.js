// The theme fetches the whole search index on every page. Hold that one request back until
// the reader turns to the search (or the address asks for it by ?q=).
(() => {
  if (new URLSearchParams(location.search).has("q")) return;
  const wanted = new Promise((resolve) => {
    for (const name of ["focusin", "pointerover", "keydown"]) {
      addEventListener(name, (event) => {
        const key = event.type === "keydown" && ["/", "f", "s"].includes(event.key);
        if (key || event.target.closest?.(".md-search, [for=__search]")) resolve();
      });
    }
    document.getElementById("__search")?.addEventListener("change", resolve);
  });
  const { open, send } = XMLHttpRequest.prototype;
  const held = new WeakSet();
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (/\/search\/search_index\.json$/.test(new URL(url, location.href).pathname)) held.add(this);
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (held.has(this)) wanted.then(() => send.call(this, body));
    else send.call(this, body);
  };
})();
