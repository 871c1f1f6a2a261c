// Opens the search, and marks its words on the page that a result leads to. All else of the search
// is fetched once the reader turns to it; what is typed meanwhile lands in its field already.
(() => {
  /** @typedef {typeof import("./box.js") & typeof import("./marks.js")} Parts */
  /** @typedef {{parts: Parts, ask: import("./box.js").Ask}} Loaded */

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const HERE = new URL("./", script.src);
  const BASE = new URL("../../", HERE);
  const address = new URL(location.href);

  /** @type {Promise<Loaded> | undefined} */
  let loading;
  /** @type {HTMLDialogElement | undefined} */
  let dialog;

  /** @returns {Promise<Loaded>} */
  async function load() {
    if (location.protocol === "file:") return loadFile();
    const [box, marks, { connect }] = await Promise.all([
      import("./box.js"), import("./marks.js"), import("./client.js"),
    ]);
    return { parts: { ...box, ...marks }, ask: connect(BASE) };
  }

  /** Modules do not load from files: papernotes export puts them and the index into one script. */
  async function loadFile() {
    await new Promise((resolve, reject) => {
      const made = document.createElement("script");
      Object.assign(made, { src: new URL("offline.js", HERE).href, onload: resolve, onerror: reject });
      document.head.append(made);
    });
    return /** @type {any} */ (globalThis).papernotesSearch;
  }

  /** @param {string} text - What to look for at once */
  async function open(text) {
    dialog ??= makeDialog();
    const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
    if (!dialog.open) dialog.showModal();
    if (text) field.value = text;
    field.focus();
    field.select();
    const pushed = !new URLSearchParams(location.search).has("q");
    try {
      const { parts, ask } = await (loading ??= load());
      if (dialog.open) parts.show(dialog, BASE, ask, pushed);
    } catch (error) {
      loading = undefined;
      dialog.append("검색을 불러오지 못했어요. 네트워크를 살핀 뒤 다시 열어 주세요.");
      throw error;
    }
  }

  function makeDialog() {
    const made = document.createElement("dialog");
    made.className = "pn-search";
    made.setAttribute("role", "dialog");
    made.setAttribute("aria-label", "검색");
    made.innerHTML = `
      <form class="pn-search__form" method="dialog" role="search">
        <input class="pn-search__field" type="text" role="combobox" aria-label="찾을 말" name="q"
          placeholder="궁금한 말이나 문장" aria-expanded="false" aria-autocomplete="list"
          aria-controls="pn-search-list" inputmode="search" enterkeyhint="go" autocapitalize="off"
          autocomplete="off" autocorrect="off" spellcheck="false">
        <button type="button" class="pn-search__close">닫기</button>
      </form>`;
    // Unseen until its looks are there, and focused all the same.
    made.style.opacity = "0";
    const looks = document.createElement("link");
    const shown = () => { made.style.opacity = ""; };
    Object.assign(looks, {
      rel: "stylesheet", href: new URL("search.css", HERE).href, onload: shown, onerror: shown,
    });
    document.head.append(looks);
    document.body.append(made);
    return made;
  }

  addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey, target } = event;
    const typing = target instanceof Element && target.closest("input, select, textarea, [contenteditable]");
    const slash = key === "/" && !typing && !altKey && !ctrlKey && !metaKey;
    const letter = key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && !shiftKey;
    if (!slash && !letter) return;
    event.preventDefault();
    open("");
  });
  for (const opener of document.querySelectorAll("[data-search]")) {
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-haspopup", "dialog");
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      open("");
    });
    opener.addEventListener("keydown", (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== " ") return;
      event.preventDefault();
      open("");
    });
  }
  addEventListener("popstate", () => {
    const text = new URLSearchParams(location.search).get("q");
    if (text === null) dialog?.close();
    else open(text);
  });

  const asked = address.searchParams.get("q");
  if (asked !== null) open(asked);

  // The address is then the passage's own, to be passed on.
  const words = address.searchParams.getAll("h");
  if (words.length) {
    address.searchParams.delete("h");
    history.replaceState(history.state, "", address);
    const marks = location.protocol === "file:" ? loadFile().then(({ parts }) => parts) : import("./marks.js");
    marks.then(({ mark }) => mark(document.querySelector("article") ?? document.body, words));
  }
})();
