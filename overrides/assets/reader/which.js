// Which of our papers a file is: by what its pages say, never by its name.

/** @typedef {{id: string, short: string, title: string, note: string | null, notes: string}} Listed */

/**
 * @param {import("./pages.js").Pages} pages
 * @param {Listed[]} papers
 * @param {(path: string) => Promise<any>} fetchData
 * @returns {Promise<{paper: Listed | null, kind: "same" | "other version" | "unknown"}>}
 */
export async function which(pages, papers, fetchData) {
  const letters = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const text = letters((await pages.some([1, 2])).map(({ items }) => items.map(({ str }) => str).join("")).join(""));
  const paper = papers.find(({ title }) => text.includes(letters(title)));
  return paper ? { paper, kind: "same" } : { paper: null, kind: "unknown" };
}
