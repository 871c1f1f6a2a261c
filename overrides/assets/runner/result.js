// What a run printed and drew, shown as it comes; at the end, what differs from the record.

import { compare } from "./diff.js";
import * as messages from "./messages.js";

/** @typedef {import("./box.js").RunEvent} RunEvent */

/** Where the result of one run is shown. */
export class Result {
  /** What went to standard output: what the record holds. */
  output = "";
  figures = 0;
  seconds = 0;
  /** Whether all that the code printed is here. */
  isWhole = true;
  #errors = "";
  /** @type {(string | Node)[]} */
  #waiting = [];

  constructor() {
    const label = element("p", "pn-label", "이번에 실행한 결과");
    this.code = Object.assign(element("code"), { tabIndex: 0 });
    this.block = wrapped(element("div", "highlight"), wrapped(element("pre"), this.code));
    this.block.hidden = true;
    this.root = wrapped(element("div", "pn-result"), label, this.block);
    this.root.hidden = true;
  }

  /** @param {RunEvent} event */
  show(event) {
    if (event.type === "output") {
      if (event.stream === "out") this.output += event.text;
      else this.#errors += event.text;
      this.#write(event.stream === "out" ? event.text : stderr(event.text));
    } else if (event.type === "figure") {
      this.figures += 1;
      this.#add(figure(event, this.figures));
      if (event.boxes) this.#add(element("p", "pn-run__more", messages.BOXES));
    } else if (event.type === "finished") {
      this.flush();
      this.seconds = event.seconds;
      this.isWhole = event.dropped === 0;
      if (event.dropped) {
        const rest = event.dropped.toLocaleString("ko");
        this.block.after(element("p", "pn-run__more", `출력이 길어서 ${rest}줄은 보이지 않아요.`));
      }
      if (event.error) {
        const trace = Object.assign(element("code", "", event.error.traceback), { tabIndex: 0 });
        this.#add(wrapped(element("div", "highlight pn-error"), wrapped(element("pre"), trace)));
      }
    }
  }

  /**
   * Marks the lines that are not as recorded, where some are; returns how many differ.
   * @param {string} recorded
   */
  mark(recorded) {
    const changes = compare(recorded, this.output);
    const [same, gone, come] = ["same", "old", "new"].map(
      (kind) => changes.filter((change) => change.kind === kind).length,
    );
    const differ = Math.max(gone, come);
    if (differ && same) {
      this.code.replaceChildren(...changes.map(({ kind, line }) => {
        const tag = kind === "same" ? "span" : kind === "old" ? "del" : "ins";
        return element(tag, "", `${line}\n`);
      }), ...(this.#errors ? [stderr(this.#errors)] : []));
    }
    return differ;
  }

  /** @param {Node} part What comes after the output. */
  #add(part) {
    this.root.hidden = false;
    this.root.append(part);
  }

  /** @param {string | Node} part */
  #write(part) {
    if (this.#waiting.length === 0) requestAnimationFrame(() => this.flush());
    this.#waiting.push(part);
  }

  /** Shows what has come so far. */
  flush() {
    if (this.#waiting.length === 0) return;
    this.root.hidden = false;
    this.block.hidden = false;
    this.code.append(...this.#waiting);
    this.#waiting = [];
  }
}

/** How far the first load is, and then how long the code has been running. */
export class Progress {
  #timer = 0;

  constructor() {
    this.bar = Object.assign(element("progress"), { ariaLabel: "파이썬을 받은 만큼", hidden: true });
    this.text = element("span");
    this.text.ariaHidden = "true";
    this.root = wrapped(element("p", "pn-run__progress"), this.bar, this.text);
  }

  /**
   * @param {number} loaded Bytes.
   * @param {number} total
   */
  show(loaded, total) {
    this.bar.hidden = false;
    this.bar.value = loaded / total;
    this.text.textContent = messages.size(loaded, total);
  }

  startClock() {
    this.bar.hidden = true;
    this.text.textContent = "";
    const started = performance.now();
    this.#timer = setInterval(() => {
      this.text.textContent = messages.duration((performance.now() - started) / 1000);
    }, 1000);
  }

  end() {
    clearInterval(this.#timer);
    this.root.remove();
  }
}

/** @param {string} text */
function stderr(text) {
  return element("span", "pn-stderr", text);
}

/**
 * @param {Extract<RunEvent, { type: "figure" }>} drawn
 * @param {number} number
 */
function figure({ png, width, height, texts }, number) {
  const src = `data:image/png;base64,${png}`;
  const words = texts.length ? `: ${texts.join(", ")}` : "";
  const image = Object.assign(new Image(width, height), { src, alt: `방금 그린 그림 ${number}${words}` });
  const link = Object.assign(element("a", "pn-zoomable"), { href: src });
  return wrapped(element("p", "pn-figure"), wrapped(link, image));
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [name]
 * @param {string} [text]
 */
function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

/**
 * @template {Element} Parent
 * @param {Parent} parent
 * @param {Node[]} children
 */
function wrapped(parent, ...children) {
  parent.append(...children);
  return parent;
}
