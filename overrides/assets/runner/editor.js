// A snippet's code, highlighted until the reader begins to edit it, then a plain textarea.

/** The code of one snippet. */
export class Editor {
  /** @type {HTMLTextAreaElement | null} */
  #field = null;

  /**
   * @param {HTMLElement} snippet
   * @param {{ onInput: () => void, onRun: () => void, onLeave: () => void, onFold: () => void }} listeners
   */
  constructor(snippet, listeners) {
    this.snippet = snippet;
    this.listeners = listeners;
    this.details = /** @type {HTMLDetailsElement} */ (snippet.querySelector(".pn-code"));
    this.summary = /** @type {HTMLElement} */ (this.details.querySelector("summary"));
    this.numbers = /** @type {HTMLElement} */ (this.details.querySelector(".linenos pre"));
    this.shown = /** @type {HTMLElement} */ (this.details.querySelector(".code pre"));
    this.original = this.shown.textContent ?? "";
    this.details.addEventListener("toggle", () => listeners.onFold());
  }

  get code() {
    return this.#field?.value ?? this.original;
  }

  get isEdited() {
    return this.code !== this.original;
  }

  get isOpen() {
    return this.#field !== null && this.details.open;
  }

  /**
   * Shows `code` to be edited.
   * @param {string} code
   */
  open(code) {
    this.details.open = true;
    if (!this.#field) {
      this.#field = this.#newField();
      this.shown.hidden = true;
      this.shown.after(this.#field);
    }
    this.#field.value = code;
    this.#fit();
  }

  /** Puts the caret at the start, in view: a page that shows the field whole stays where it is. */
  focus() {
    this.#field?.setSelectionRange(0, 0);
    this.#field?.focus({ preventScroll: true });
    this.#show();
    window.visualViewport?.addEventListener("resize", () => this.#show(), { once: true }); // the keyboard
  }

  /** Brings the buttons and the field below them into view. */
  #show() {
    const buttons = this.snippet.querySelector(".pn-run");
    if (!this.#field || !buttons) return;
    const bars = parseFloat(getComputedStyle(buttons).scrollMarginTop);
    const height = window.visualViewport?.height ?? innerHeight;
    const isWhole = this.#field.getBoundingClientRect().bottom <= height;
    if (buttons.getBoundingClientRect().top < bars || !isWhole) buttons.scrollIntoView();
  }

  /** Folds the code away; what was changed is kept. */
  fold() {
    if (!this.isEdited) this.close();
    this.details.open = false;
  }

  /** Shows the original again. */
  close() {
    this.#field?.remove();
    this.#field = null;
    this.shown.hidden = false;
    this.#fit();
  }

  /** Makes the lines' numbers, their count and the field's height fit the code. */
  #fit() {
    const count = this.code.replace(/\n$/, "").split("\n").length;
    const width = String(count).length;
    const numbers = Array.from({ length: count }, (_, index) => String(index + 1).padStart(width));
    this.numbers.textContent = numbers.join("\n");
    this.summary.textContent = `${this.isEdited ? "고친 코드" : "코드"} ${count}줄`;
    if (this.#field) this.#field.rows = this.code.split("\n").length;
  }

  #newField() {
    const field = document.createElement("textarea");
    field.className = "pn-edit";
    field.wrap = "off";
    field.spellcheck = false;
    field.autocapitalize = "off";
    field.autocomplete = "off";
    field.setAttribute("autocorrect", "off");
    field.setAttribute("aria-label", `${this.snippet.dataset.snippet} 코드 고치기`);
    field.setAttribute("aria-description", "컨트롤 엔터로 실행하고, 이에스시로 빠져나와요.");
    field.addEventListener("scroll", () => { this.numbers.scrollTop = field.scrollTop; });
    field.addEventListener("input", () => {
      this.#fit();
      this.listeners.onInput();
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.listeners.onRun();
      else if (event.key === "Enter" && !event.shiftKey) breakLine(field);
      else if (event.key === "Escape") this.listeners.onLeave();
      else return;
      event.preventDefault();
    });
    return field;
  }
}

/**
 * Breaks the line and indents the next like this one, deeper after a colon.
 * @param {HTMLTextAreaElement} field
 */
function breakLine(field) {
  const line = field.value.slice(0, field.selectionStart).split("\n").at(-1) ?? "";
  const indent = /^ */.exec(line)?.[0] ?? "";
  // Old, but the one way to insert that the reader can undo.
  document.execCommand("insertText", false, `\n${indent}${line.trimEnd().endsWith(":") ? "    " : ""}`);
}
