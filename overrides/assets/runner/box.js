// The frame without an origin that Python lives in, as the page sees it: start, send, end, and what
// comes back, of which nothing is believed before its form has been looked at.

/**
 * @typedef {object} PythonError
 * @property {"memory" | "size" | "module" | "input" | "other"} kind
 * @property {string} traceback From the reader's own code on.
 */
/**
 * @typedef {{ type: "output", stream: "out" | "err", text: string }
 *   | { type: "figure", png: string, width: number, height: number, texts: string[],
 *       boxes: boolean }
 *   | { type: "started" }
 *   | { type: "finished", error: PythonError | null, dropped: number, seconds: number }} RunEvent
 */
/** @typedef {RunEvent | { type: "ready" | "idle" } | { type: "crashed", message: string }} BoxEvent */

const KINDS = ["memory", "size", "module", "input", "other"];
const MOST_TEXT = 200_000; // letters: twice what the harness lets through
const MOST_PICTURE = 20_000_000;
const MOST_PIXELS = 10_000;
const PATIENCE = 5000; // ms from a page's being there to its first word: not ours, if it says none
const UNKNOWN = /** @type {BoxEvent} */ ({ type: "crashed", message: "unknown message" });

/**
 * Returns what a message from the box says, null where the harness would not say it so.
 * @param {any} data
 * @returns {BoxEvent | null}
 */
export function read(data) {
  switch (data?.type) {
    case "ready":
    case "idle":
    case "started":
      return { type: data.type };
    case "crashed":
      return isText(data.message) ? { type: "crashed", message: data.message } : null;
    case "output":
      if (!isText(data.text) || !["out", "err"].includes(data.stream)) return null;
      return { type: "output", stream: data.stream, text: data.text };
    case "figure": {
      const { png, width, height, texts } = data;
      const isPicture = typeof png === "string" && png.length <= MOST_PICTURE
        && /^[A-Za-z0-9+/]*={0,2}$/.test(png);
      const isSized = [width, height].every((each) => isCount(each) && each <= MOST_PIXELS);
      if (!isPicture || !isSized || !Array.isArray(texts) || !texts.every(isText)) return null;
      return { type: "figure", png, width, height, texts, boxes: data.boxes === true };
    }
    case "finished": {
      const { error, dropped, seconds } = data;
      if (!isCount(dropped) || !Number.isFinite(seconds)) return null;
      if (error && !(KINDS.includes(error.kind) && isText(error.traceback))) return null;
      const told = error ? { kind: error.kind, traceback: error.traceback } : null;
      return { type: "finished", error: told, dropped, seconds };
    }
    default:
      return null;
  }
}

/** @param {unknown} value @returns {value is string} */
function isText(value) {
  return typeof value === "string" && value.length <= MOST_TEXT;
}

/** @param {unknown} value */
function isCount(value) {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** One frame for the page; in it one worker at a time. */
export class Box {
  #frame = document.createElement("iframe");
  /** Which worker of the frame is listened to: what an ended one still says is nobody's. */
  #number = 0;
  /** @type {(event: BoxEvent) => void} */
  #hear = () => {};
  /** Resolved when the frame can be talked to; rejected where it did not come. */
  loaded = new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
    this.#frame.addEventListener("load", () => setTimeout(reject, PATIENCE, new Error("frame")));
    addEventListener("message", ({ source, data }) => {
      if (source !== this.#frame.contentWindow) return;
      if (data?.number === 0) resolve();
      else if (data?.number === this.#number) this.#hear(read(data.data) ?? UNKNOWN);
    });
  });

  constructor() {
    this.loaded.catch(() => {}); // told when it is to start something
    this.#frame.src = new URL("frame.htm", import.meta.url).href;
    this.#frame.sandbox.add("allow-scripts");
    this.#frame.title = "파이썬";
    this.#frame.hidden = true;
    document.body.append(this.#frame);
  }

  /**
   * Ends the worker, if there is one, and starts another.
   * @param {{ script: string, wasm: Uint8Array | null, message: object }} parts The worker's
   *   script, Python's WebAssembly (the frame keeps it) and the worker's first message.
   * @param {(event: BoxEvent) => void} hear
   */
  start(parts, hear) {
    this.#hear = hear;
    this.#number += 1;
    this.#post({ act: "start", number: this.#number, ...parts });
  }

  /** @param {object} message */
  send(message) {
    this.#post({ act: "send", message });
  }

  end() {
    this.#hear = () => {};
    this.#post({ act: "end" });
  }

  remove() {
    this.#frame.remove();
  }

  /** @param {object} message */
  #post(message) {
    this.#frame.contentWindow?.postMessage(message, "*"); // it has no origin to be named
  }
}
