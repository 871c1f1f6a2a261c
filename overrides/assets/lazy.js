// Reading needs none of the theme's script, its search worker or the search index, which are
// more than half of a page's bytes. The script waits for the reader's first move; the worker
// and the index wait until the reader turns to the search.
((LoadedWorker) => {
  const query = new URLSearchParams(location.search);
  const palette = [...document.querySelectorAll("[data-md-component=palette] input")];
  const moves = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin"];

  const isSearchKey = ({ key, altKey, ctrlKey, metaKey }) =>
    ["/", "f", "s"].includes(key) && !altKey && !ctrlKey && !metaKey;

  // What the script would do to the first view is done here, so that nothing moves later.
  document.documentElement.classList.replace("no-js", "js");
  const toggle = palette[__md_get("__palette")?.index ?? 0]?.nextElementSibling;
  if (toggle) toggle.hidden = false;

  const load = (src) => new Promise((resolve) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve }));
  });

  function start(event) {
    for (const name of moves) removeEventListener(name, start, true);
    const typing = event.target.closest?.("input, select, textarea");
    if (event.type === "keydown" && isSearchKey(event) && !typing) {
      // What is typed next, before the script is there, belongs to the search.
      document.querySelector(".md-search__input").focus();
      event.preventDefault();
    }
    // The theme takes what is an alternate, and only that, for a language and asks for its sitemap.
    for (const link of document.querySelectorAll("link[rel=alternate]")) link.relList.add("data");
    const later = document.querySelector("script[data-later]");
    const script = document.createElement("script");
    script.src = later.src;
    script.onload = () => catchUp(event);
    later.replaceWith(script);
  }

  // What the reader did before the script could listen counts too.
  function catchUp(event) {
    document.dispatchEvent(new Event("DOMContentLoaded")); // the theme mounts its parts on it
    palette.find((input) => input.checked)?.dispatchEvent(new Event("change", { bubbles: true }));
    const field = document.activeElement;
    if (field?.matches(".md-search__input")) {
      field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    } else if (event?.type === "keydown" && event.key.length === 1) {
      event.target.dispatchEvent(new KeyboardEvent("keydown", event));
    }
  }

  // A result of the search leads to ?h=, its words, which are marked here in place of the theme's
  // own way: that needs the whole index. The address is then the passage's own, to be passed on.
  const words = query.get("h");
  if (words !== null) {
    const url = new URL(location);
    const { base } = JSON.parse(document.getElementById("__config").textContent);
    const article = document.querySelector("article");
    // Not as modules: those do not load from a file.
    load(new URL(`${base}/assets/javascripts/lunr/min/lunr.ko.min.js`, url))
      .then(() => load(new URL(`${base}/assets/search-mark.js`, url)))
      .then(() => markSearch(article, words));
    url.searchParams.delete("h");
    history.replaceState(history.state, "", url);
  }

  // ?q= asks for a search: that needs all of it now.
  if (query.has("q")) addEventListener("DOMContentLoaded", start);
  else for (const name of moves) {
    addEventListener(name, start, { capture: true, passive: name !== "keydown" });
  }

  const wanted = new Promise((resolve) => {
    if (query.has("q")) resolve();
    for (const name of ["focusin", "pointerover", "keydown"]) {
      addEventListener(name, (event) => {
        const key = event.type === "keydown" && isSearchKey(event);
        if (key || event.target.closest?.(".md-search, [for=__search]")) resolve();
      });
    }
    document.getElementById("__search")?.addEventListener("change", resolve);
  });

  // The theme searches on keyup: not what is pasted, or chosen from an input method by mouse or
  // touch.
  addEventListener("input", ({ target }) => {
    const keyup = new KeyboardEvent("keyup", { bubbles: true });
    if (target.matches(".md-search__input")) target.dispatchEvent(keyup);
  });

  // To the theme : ^ ~ and * have meanings that readers do not know, and a quoted phrase is only
  // words that must be there. It stays in one piece here, with U+2060 for its spaces.
  const plain = (query) => query
    .normalize("NFC")
    .replace(/[“”]/g, '"')
    .replace(/"([^"]*)"/g, (_, phrase) => ` +${phrase.trim().replace(/[\s\p{P}]+/gu, "\u2060")} `)
    .replace(/[:^~*\\"]|(?<=^|\s)[+-](?=\s|$)/g, " ");

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

  // Looks like a worker to the theme; becomes one when it is wanted. Modules are not the theme's.
  window.Worker = class extends EventTarget {
    #worker;
    constructor(url, options) {
      super();
      if (options?.type === "module") return new LoadedWorker(url, options);
      this.#worker = wanted.then(() => {
        const worker = new LoadedWorker(url, options);
        worker.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
        return worker;
      });
    }
    postMessage(message) {
      if (typeof message.data === "string") message = { ...message, data: plain(message.data) };
      this.#worker.then((worker) => worker.postMessage(message));
    }
  };
})(window.Worker);
