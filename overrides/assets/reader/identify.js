// Which paper a file is: told by what its pages say, not by its name.

import { unpacked } from "./fingerprint.js";
import { linesOf, pageWords } from "./lines.js";
import { runHash, seen } from "./pagehash.js";
import { GRAM } from "./verify.js";

/** @typedef {import("./types.js").Fingerprint} Fingerprint */
/** @typedef {import("./types.js").Identified} Identified */
/** @typedef {import("./types.js").PageHashes} PageHashes */
/** @typedef {import("./types.js").PageText} PageText */

export const FIRST_PAGES = 6; // of a file, that tell which paper it may be
const LEAST_SKETCH = 0.12; // of a paper's sketch: a file has half, or by chance some hundredths
const LEAST_SAME = 0.6; // of a page's grams: another page of the same paper has a tenth
const LEAST_KNOWN = 0.3; // of a page's grams, on any page: another version
const LEAST_PAGES = 0.25; // of another version's pages that are known

/**
 * The 16-bit hashes of every five words of a page.
 *
 * @param {PageText} page
 */
export function gramsOf(page) {
  const texts = pageWords(page).map(({ text }) => text);
  const grams = new Set();
  for (let i = 0; i + GRAM <= texts.length; i++) grams.add(seen(runHash(texts.slice(i, i + GRAM).join(" "))));
  return grams;
}

/**
 * The paper whose sketch is found best on a file's first pages; "" where none is.
 *
 * @param {Iterable<number>[]} grams - Of each of the first pages
 * @param {Record<string, string>} sketches - By id: some grams of its first pages
 */
export function candidate(grams, sketches) {
  const all = new Set(grams.flatMap((page) => [...page]));
  let best = "";
  let most = LEAST_SKETCH;
  for (const [id, packed] of Object.entries(sketches)) {
    const sketch = unpacked(packed, 2);
    const share = sketch.filter((gram) => all.has(gram)).length / sketch.length;
    if (share > most) [best, most] = [id, share];
  }
  return best;
}

/**
 * Say which paper a file is, and whether it is the version that the notes are about.
 *
 * @param {PageText[]} pages - All of the file, or at least its first FIRST_PAGES
 * @param {number} count - How many pages the file has
 * @param {Record<string, string>} sketches - reader/fingerprints/sketches.json
 * @param {(id: string) => Promise<Fingerprint>} load
 * @returns {Promise<Identified>}
 */
export async function identify(pages, count, sketches, load) {
  const grams = pages.map(gramsOf);
  const none = /** @type {Identified} */ ({ paper: null, kind: "unknown", matched: 0, of: count });
  const id = candidate(grams.slice(0, FIRST_PAGES), sketches);
  if (!id) return none;
  const paper = await load(id);
  const matched = grams.filter((page, i) => share(page, paper.pages[i]) >= LEAST_SAME).length;
  const stamp = stampOf(pages[0]);
  if (matched === pages.length && count === paper.pages.length && (!stamp || stamp === id)) {
    return { paper, kind: "same", matched, of: count };
  }
  const known = grams.filter((page) => paper.pages.some((other) => share(page, other) >= LEAST_KNOWN));
  if (known.length < LEAST_PAGES * pages.length) return none;
  return { paper, kind: "other version", matched, of: count };
}

/**
 * How much of a file's page a page of the paper has, from 0 to 1.
 *
 * @param {Set<number>} grams
 * @param {PageHashes | undefined} page
 */
function share(grams, page) {
  let found = 0;
  for (const gram of grams) if (page?.grams.has(gram)) found++;
  return found / Math.max(grams.size, 1);
}

/**
 * The id that arXiv prints up the margin of the first page; "" where there is none.
 *
 * @param {PageText} page
 */
export function stampOf(page) {
  for (const line of linesOf(page)) {
    const match = line.isRotated && /^\s*arXiv:(\S+v\d+)\b/.exec(line.text);
    if (match) return match[1];
  }
  return "";
}
