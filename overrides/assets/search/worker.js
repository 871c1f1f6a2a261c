// The search in a thread of its own, so that typing never waits for it.

import { Answers } from "./answers.js";

let index = "";
/** @type {Promise<Answers> | undefined} */
let ready;

/**
 * @typedef {{open: string} | {id: number, text: string, filters: import("./answers.js").Filters}} Asked
 * @typedef {{id: number, answer?: import("./answers.js").Answer, failed?: string}} Told
 */

addEventListener("message", async (/** @type {MessageEvent<Asked>} */ { data }) => {
  if ("open" in data) {
    index = data.open;
    load().catch(() => {}); // told with the first answer
    return;
  }
  /** @type {Told} */
  let told;
  try {
    told = { id: data.id, answer: (await load()).answer(data.text, data.filters) };
  } catch (error) {
    told = { id: data.id, failed: `${error}` };
  }
  postMessage(told);
});

/** Load the index once; where that fails, the next question tries again. */
function load() {
  ready ??= fetchIndex().catch((error) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

async function fetchIndex() {
  const response = await fetch(index);
  if (!response.ok) throw new Error(`${index}: ${response.status}`);
  return new Answers(await response.json());
}
