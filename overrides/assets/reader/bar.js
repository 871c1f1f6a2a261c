// What a reader does with the paper: turn pages, zoom, search, follow its outline, keep it.

import { button, part } from "../search/elements.js";

/** @typedef {Awaited<ReturnType<import("./open.js").Pdf["getOutline"]>>} Outline */

export class Bar {
  root = part("div", "pn-bar");
  #said = part("p", "pn-bar__said");
  #page = Object.assign(document.createElement("input"), { type: "number", min: "1", className: "pn-bar__page" });
  #count = part("span", "");
  #tools = part("div", "pn-bar__tools");
  #find = part("form", "pn-bar__find");
  #words = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off" });
  #found = part("span", "pn-bar__found");
  #view;

  /**
   * @param {import("./view.js").View} view
   * @param {AbortSignal} signal - Ends it
   */
  constructor(view, signal) {
    this.#view = view;
    this.#said.role = "status";
    this.#page.ariaLabel = "쪽";
    this.#tools.role = "toolbar";
    this.#tools.ariaLabel = "원문 다루기";
    this.#tools.append(part("span", "pn-bar__pages", this.#page, this.#count));
    this.add("−", "작게", () => view.zoom(-1));
    this.add("+", "크게", () => view.zoom(1));
    this.add("맞춤", "폭에 맞추기", () => view.fit());
    this.add("찾기", "원문에서 찾기", () => this.#openFind());
    this.#page.addEventListener("change", () => view.turn(Number(this.#page.value)));
    this.#buildFind();
    this.root.append(this.#tools, this.#find, this.#said);
    document.addEventListener("keydown", (event) => this.#press(event), { signal });
  }

  /**
   * Add a button.
   *
   * @param {string} text
   * @param {string} name - Begins with or holds the text where that is a word
   * @param {() => void} does
   */
  add(text, name, does) {
    const made = button("", text);
    made.ariaLabel = name;
    made.addEventListener("click", does);
    this.#tools.append(made);
    return made;
  }

  /** @param {import("./open.js").Pdf} pdf */
  async open(pdf) {
    this.#page.max = String(pdf.numPages);
    this.#page.value = "1";
    this.#count.textContent = ` / ${pdf.numPages}쪽`;
    const { events } = this.#view;
    events?.on("pagechanging", (/** @type {{pageNumber: number}} */ { pageNumber }) => {
      this.#page.value = String(pageNumber);
    });
    const count = (/** @type {{matchesCount: {current: number, total: number}}} */ { matchesCount }) => {
      const { current, total } = matchesCount;
      this.#found.textContent = total ? `${total}곳 가운데 ${current}번째` : this.#words.value && "없어요";
    };
    events?.on("updatefindmatchescount", count);
    events?.on("updatefindcontrolstate", count);
    const outline = await pdf.getOutline();
    if (outline?.length) this.#tools.append(this.#outline(outline));
  }

  /** @param {string} text */
  say(text) {
    this.#said.textContent = text;
  }

  #buildFind() {
    this.#find.hidden = true;
    this.#find.role = "search";
    this.#words.ariaLabel = "원문에서 찾을 말";
    this.#found.role = "status";
    const before = button("", "이전");
    const next = button("", "다음");
    const close = button("", "닫기");
    close.ariaLabel = "찾기 닫기";
    before.addEventListener("click", () => this.#search("again", true));
    next.addEventListener("click", () => this.#search("again"));
    close.addEventListener("click", () => this.#closeFind());
    this.#words.addEventListener("input", () => this.#search(""));
    this.#find.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#search("again");
    });
    this.#find.append(this.#words, before, next, close, this.#found);
  }

  #openFind() {
    this.#find.hidden = false;
    this.#words.focus();
    this.#words.select();
  }

  #closeFind() {
    this.#find.hidden = true;
    this.#view.events?.dispatch("findbarclose", { source: this });
    this.#view.room.focus({ preventScroll: true });
  }

  /**
   * @param {"" | "again"} type
   * @param {boolean} [back]
   */
  #search(type, back = false) {
    this.#view.events?.dispatch("find", {
      source: this,
      type,
      query: this.#words.value,
      caseSensitive: false,
      entireWord: false,
      highlightAll: true,
      findPrevious: back,
      matchDiacritics: false,
    });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const isTyping = event.target instanceof HTMLElement && event.target.closest("input, textarea, dialog");
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key === "f") this.#openFind();
    else if (event.key === "Escape" && !this.#find.hidden) this.#closeFind();
    else if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "+" || event.key === "=") this.#view.zoom(1);
    else if (event.key === "-") this.#view.zoom(-1);
    else if (event.key === "0") this.#view.fit();
    else return;
    event.preventDefault();
  }

  /** @param {Outline} outline */
  #outline(outline) {
    const fold = document.createElement("details");
    fold.className = "pn-bar__outline";
    fold.append(part("summary", "", "목차"), this.#entries(outline, fold));
    fold.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      fold.open = false;
      fold.querySelector("summary")?.focus();
    });
    return fold;
  }

  /**
   * @param {Outline} outline
   * @param {HTMLDetailsElement} fold
   * @returns {HTMLElement}
   */
  #entries(outline, fold) {
    return part("ul", "", ...outline.map(({ title, dest, items }) => {
      const go = button("", title);
      go.addEventListener("click", () => {
        fold.open = false;
        if (dest) this.#view.links?.goToDestination(dest);
      });
      return part("li", "", go, ...(items.length ? [this.#entries(items, fold)] : []));
    }));
  }
}
