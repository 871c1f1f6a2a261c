// The search in a thread of its own, so that typing never waits for it.

import { Answers } from "./answers.js";

/** @type {Promise<Answers>} */
let ready;

/**
 * @typedef {{open: string} | {id: number, text: string, filters: import("./answers.js").Filters}} Asked
 * @typedef {{id: number, answer?: import("./answers.js").Answer, failed?: string}} Told
 */

addEventListener("message", async (/** @type {MessageEvent<Asked>} */ { data }) => {
  if ("open" in data) {
    ready = load(data.open);
    ready.catch(() => {}); // told with the first answer
    return;
  }
  /** @type {Told} */
  let told;
  try {
    told = { id: data.id, answer: (await ready).answer(data.text, data.filters) };
  } catch (error) {
    told = { id: data.id, failed: `${error}` };
  }
  postMessage(told);
});

/** @param {string} url - The index's */
async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Answers(await response.json());
}
