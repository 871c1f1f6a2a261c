// Which of our papers a file is, from what the site publishes of each.

import { read } from "./fingerprint.js";
import { FIRST_PAGES, identify } from "./identify.js";

/** @typedef {{id: string, short: string, title: string, note: string | null, notes: string}} Listed */
/** @typedef {(path: string) => Promise<any>} FetchData */

/**
 * @param {import("./pages.js").Pages} pages
 * @param {FetchData} fetchData - Reads JSON of the site
 */
export async function which(pages, fetchData) {
  const first = Array.from({ length: FIRST_PAGES }, (_, index) => index + 1);
  const [texts, sketches, { papers }] = await Promise.all([
    pages.some(first), fetchData("reader/fingerprints/sketches.json"), fetchData("reader/papers.json"),
  ]);
  const load = async (/** @type {string} */ id) =>
    read(await fetchData(`reader/fingerprints/${id.replace("/", "-")}.json`));
  const found = await identify(texts, pages.count, sketches, load);
  const paper = /** @type {Listed[]} */ (papers).find(({ id }) => id === found.paper?.id);
  return { ...found, fingerprint: found.paper, paper };
}
