// Asks the search's worker: one question at a time, and of those that wait only the newest.

/** @typedef {import("./worker.js").Asked} Asked */
/** @typedef {import("./worker.js").Told} Told */

/**
 * Start the worker.
 *
 * @param {URL} base - The site's address
 * @returns {import("./box.js").Ask}
 */
export function connect(base) {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  /** @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  let last = 0;
  /** @param {Asked} message */
  const tell = (message) => worker.postMessage(message);

  worker.addEventListener("message", (/** @type {MessageEvent<Told>} */ { data }) => {
    const asker = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.answer) asker?.resolve(data.answer);
    else asker?.reject(new Error(data.failed));
  });
  worker.addEventListener("error", ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  });
  tell({ open: new URL("search/index.json", base).href });
  return (text, filters) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    tell({ id: last, text, filters });
  });
}
