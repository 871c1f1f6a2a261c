// What a reader does with the paper: turn pages, zoom, search, and see what the file is.

import { button, part } from "../search/elements.js";

export class Bar {
  root = part("div", "pn-bar");
  #said = part("p", "pn-bar__said");
  #page = Object.assign(document.createElement("input"), { type: "number", min: "1", className: "pn-bar__page" });
  #count = part("span", "");
  #view;

  /**
   * @param {import("./view.js").View} view
   * @param {() => void} onOther - The reader wants another file
   */
  constructor(view, onOther) {
    this.#view = view;
    this.#said.role = "status";
    this.#page.ariaLabel = "쪽";
    const act = (/** @type {string} */ text, /** @type {string} */ name, /** @type {() => void} */ does) => {
      const made = button("", text);
      made.ariaLabel = name;
      made.addEventListener("click", does);
      return made;
    };
    const tools = part("div", "pn-bar__tools",
      part("span", "pn-bar__pages", this.#page, this.#count),
      act("−", "작게", () => view.zoom(-1)),
      act("+", "크게", () => view.zoom(1)),
      act("맞춤", "폭에 맞추기", () => view.fit()),
      act("다른 파일", "다른 파일 열기", onOther),
    );
    tools.role = "toolbar";
    tools.ariaLabel = "원문 다루기";
    this.root.append(tools, this.#said);
    this.#page.addEventListener("change", () => {
      const number = Number(this.#page.value);
      if (view.viewer && number >= 1 && number <= view.viewer.pagesCount) view.viewer.currentPageNumber = number;
    });
  }

  /** @param {import("./open.js").Pdf} pdf */
  open(pdf) {
    this.#page.max = String(pdf.numPages);
    this.#page.value = "1";
    this.#count.textContent = ` / ${pdf.numPages}쪽`;
    this.#view.events?.on("pagechanging", (/** @type {{pageNumber: number}} */ { pageNumber }) => {
      this.#page.value = String(pageNumber);
    });
  }

  /** @param {string} text */
  say(text) {
    this.#said.textContent = text;
  }
}
