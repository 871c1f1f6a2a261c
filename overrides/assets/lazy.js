// Reading needs none of the theme's script, its search worker or the search index, which are
// more than half of a page's bytes. The script waits for the reader's first move; the worker
// and the index wait until the reader turns to the search.
((LoadedWorker) => {
  const query = new URLSearchParams(location.search);
  /** @type {HTMLInputElement[]} */
  const palette = [...document.querySelectorAll("[data-md-component=palette] input")].map(
    (input) => /** @type {HTMLInputElement} */ (input),
  );
  const moves = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin"];

  /** @param {KeyboardEvent} event */
  const isSearchKey = ({ key, altKey, ctrlKey, metaKey }) =>
    ["/", "f", "s"].includes(key) && !altKey && !ctrlKey && !metaKey;

  // What the script would do to the first view is done here, so that nothing moves later.
  document.documentElement.classList.replace("no-js", "js");
  palette[stored("__palette")?.index ?? 0]?.nextElementSibling?.removeAttribute("hidden");

  /** @param {URL} address */
  const load = (address) => new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = address.href;
    script.onload = resolve;
    document.head.append(script);
  });

  /** @param {Event} event */
  function start(event) {
    for (const name of moves) removeEventListener(name, start, true);
    const typing = closest(event.target, "input, select, textarea");
    if (event instanceof KeyboardEvent && event.type === "keydown" && isSearchKey(event) && !typing) {
      // What is typed next, before the script is there, belongs to the search.
      /** @type {HTMLElement | null} */ (document.querySelector(".md-search__input"))?.focus();
      event.preventDefault();
    }
    // The theme takes what is an alternate, and only that, for a language and asks for its sitemap.
    for (const link of document.querySelectorAll("link[rel=alternate]")) {
      /** @type {HTMLLinkElement} */ (link).relList.add("data");
    }
    const later = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-later]"));
    const script = document.createElement("script");
    script.src = later.src;
    script.onload = () => catchUp(event);
    later.replaceWith(script);
  }

  /**
   * What the reader did before the script could listen counts too.
   * @param {Event} event
   */
  function catchUp(event) {
    document.dispatchEvent(new Event("DOMContentLoaded")); // the theme mounts its parts on it
    palette.find((input) => input.checked)?.dispatchEvent(new Event("change", { bubbles: true }));
    const field = document.activeElement;
    if (field?.matches(".md-search__input")) {
      field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    } else if (event instanceof KeyboardEvent && event.type === "keydown" && event.key.length === 1) {
      event.target?.dispatchEvent(new KeyboardEvent("keydown", event));
    }
  }

  /**
   * @param {EventTarget | null} target
   * @param {string} selector
   */
  function closest(target, selector) {
    return target instanceof Element ? target.closest(selector) : null;
  }

  // A result of the search leads to ?h=, its words, which are marked here in place of the theme's
  // own way: that needs the whole index. The address is then the passage's own, to be passed on.
  const words = query.get("h");
  if (words !== null) {
    const url = new URL(location.href);
    const { base } = JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
    const article = document.querySelector("article") ?? document.body;
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

  /** @type {Promise<void>} */
  const wanted = new Promise((resolve) => {
    if (query.has("q")) resolve();
    for (const name of ["focusin", "pointerover", "keydown"]) {
      addEventListener(name, (event) => {
        const key = event instanceof KeyboardEvent && isSearchKey(event);
        if (key || closest(event.target, ".md-search, [for=__search]")) resolve();
      });
    }
    document.getElementById("__search")?.addEventListener("change", () => resolve());
  });

  // The theme searches on keyup: not what is pasted, or chosen from an input method by mouse or
  // touch.
  addEventListener("input", ({ target }) => {
    const keyup = new KeyboardEvent("keyup", { bubbles: true });
    if (closest(target, ".md-search__input")) target?.dispatchEvent(keyup);
  });

  /**
   * To the theme : ^ ~ and * have meanings that readers do not know, and a quoted phrase is only
   * words that must be there. It stays in one piece here, with U+2060 for its spaces.
   * @param {string} query
   */
  const plain = (query) => query
    .normalize("NFC")
    .replace(/[“”]/g, '"')
    .replace(/"([^"]*)"/g, (_, phrase) => ` +${phrase.trim().replace(/[\s\p{P}]+/gu, "\u2060")} `)
    .replace(/[:^~*\\"]|(?<=^|\s)[+-](?=\s|$)/g, " ");

  const { open, send } = XMLHttpRequest.prototype;
  /** @type {WeakSet<XMLHttpRequest>} */
  const held = new WeakSet();
  XMLHttpRequest.prototype.open = function (
    /** @type {string} */ method,
    /** @type {string | URL} */ url,
    /** @type {[boolean?, string?, string?]} */ ...rest
  ) {
    if (/\/search\/search_index\.json$/.test(new URL(url, location.href).pathname)) held.add(this);
    return open.apply(this, /** @type {Parameters<typeof open>} */ ([method, url, ...rest]));
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (held.has(this)) wanted.then(() => send.call(this, body));
    else send.call(this, body);
  };

  // Looks like a worker to the theme; becomes one when it is wanted. Modules are not the theme's.
  class LaterWorker extends EventTarget {
    /** @type {Promise<Worker>} */
    #worker;
    /**
     * @param {string | URL} url
     * @param {WorkerOptions} [options]
     */
    constructor(url, options) {
      super();
      this.#worker = wanted.then(() => {
        const worker = new LoadedWorker(url, options);
        worker.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
        return worker;
      });
    }
    /** @param { {data?: unknown} } message */
    postMessage(message) {
      const { data } = message;
      const sent = typeof data === "string" ? { ...message, data: plain(data) } : message;
      this.#worker.then((worker) => worker.postMessage(sent));
    }
  }
  window.Worker = new Proxy(LoadedWorker, {
    construct: (loaded, /** @type {[string | URL, WorkerOptions?]} */ [url, options]) =>
      options?.type === "module" ? new loaded(url, options) : new LaterWorker(url, options),
  });
})(window.Worker);
