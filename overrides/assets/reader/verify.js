// Whether words in a row are a paper's: papernotes/fingerprint/matching.py for a quotation without
// gaps, which is what a selection is.

import { guard, runHash, seen } from "./pagehash.js";

/** @typedef {import("./types.js").PageHashes} PageHashes */
/** @typedef {[number, number][]} Route - The pages that words run over, each with its first gram */

export const GRAM = 5; // words; also the fewest that can be checked
export const FORMULA = "[수식]"; // what a note writes for a formula that it leaves out
const ENDS = new Set(["?", "!"]); // a fingerprint guards each of them
const LONGEST_REPEAT = 24; // words
const NEGATIONS = new Set(
  "not no never none nobody nothing nowhere neither nor cannot without hardly barely scarcely rarely seldom 못 않 없".split(
    " ",
  ),
);

/**
 * Whether a word denies, or is a sign: one run of five words is no proof of such a one.
 *
 * @param {string} word
 */
const isWeighty = (word) => NEGATIONS.has(word) || word.endsWith("n't") || /^[^\p{L}\p{N}]$/u.test(word);

export class Verifier {
  /** @type {Map<string, number>} */
  #hashes = new Map();
  #pages;

  /** @param {PageHashes[]} pages - Those that a quotation names, in order */
  constructor(pages) {
    this.#pages = pages;
  }

  /**
   * Tell whether one of the pages has five words in a row.
   *
   * @param {string[]} gram
   */
  has(gram) {
    return this.#pages.some((_, page) => this.#find(gram, page));
  }

  /**
   * The word at which words leave the pages; -1 where they do not.
   *
   * @param {string[]} words
   */
  stop(words) {
    if (words.length < GRAM) return 0;
    const grams = words.slice(GRAM - 1).map((_, i) => words.slice(i, i + GRAM));
    const [routes, at] = this.#routes(grams);
    if (!routes.length) return at > 0 ? at + GRAM - 1 : this.#firstRight(grams);
    const seams = routes.map((route) => this.#seam(words, route));
    if (!seams.includes(-1)) return seams[0];
    const last = this.#pages.length - 1; // two runs, for one could be there by chance
    if (!grams.slice(-2).every((gram) => this.#find(gram, last))) return 0;
    return this.unsure(words);
  }

  /**
   * The first or last word, where one run of five is no proof of it; -1 where neither is such a one.
   *
   * @param {string[]} words
   */
  unsure(words) {
    if (isWeighty(words[0]) && !this.#isPlaced(words.slice(0, GRAM))) return 0;
    return isWeighty(words[words.length - 1]) && !this.#isPlaced(words.slice(-GRAM)) ? words.length - 1 : -1;
  }

  /**
   * Tell whether five words begin or end a sentence of one of the pages.
   *
   * @param {string[]} gram
   */
  #isPlaced(gram) {
    return this.#pages.some(
      ({ guards }, page) => this.#find(gram, page) && guards.has(guard(this.#hash(gram))) && this.#isEdge(gram, page),
    );
  }

  /**
   * @param {string[]} gram
   * @param {number} page
   */
  #isEdge(gram, page) {
    const { heads, tails } = this.#pages[page];
    if (ENDS.has(gram[GRAM - 1])) return true;
    return heads.has(seen(this.#hash(gram.slice(0, -1)))) || tails.has(seen(this.#hash(gram.slice(1))));
  }

  /** @param {string[]} run */
  #hash(run) {
    const text = run.join(" ");
    let hash = this.#hashes.get(text);
    if (hash === undefined) this.#hashes.set(text, (hash = runHash(text)));
    return hash;
  }

  /**
   * @param {string[]} gram
   * @param {number} page
   */
  #find(gram, page) {
    const { grams, guards } = this.#pages[page];
    const run = this.#hash(gram);
    return grams.has(seen(run)) && (!this.#isEdge(gram, page) || guards.has(guard(run)));
  }

  /**
   * The ways through the pages, from the first on, that have all grams, and how many the longest has.
   *
   * @param {string[][]} grams
   * @returns {[Route[], number]}
   */
  #routes(grams) {
    /** @type {Map<number, Route>} */
    let routes = new Map(this.#find(grams[0], 0) ? [[0, [[0, 0]]]] : []);
    for (let at = 1; at < grams.length; at++) {
      if (!routes.size) return [[], at - 1];
      /** @type {Map<number, Route>} */
      const ahead = new Map();
      for (const page of this.#pages.keys()) {
        if (!this.#find(grams[at], page)) continue;
        const same = routes.get(page);
        const before = routes.get(page - 1);
        const entry = [...grams[at - 1], grams[at][GRAM - 1]];
        if (same) ahead.set(page, same);
        else if (before && this.#pages[page].guards.has(guard(this.#hash(entry)))) {
          ahead.set(page, [...before, [page, at]]);
        }
      }
      routes = ahead;
    }
    return [[...routes.values()], grams.length - (routes.size ? 0 : 1)];
  }

  /**
   * The first word that cannot be right when the first gram is on no page.
   *
   * @param {string[][]} grams
   */
  #firstRight(grams) {
    const right = grams.findIndex((gram, i) => i > 0 && this.has(gram));
    return right < 0 ? 0 : right - 1;
  }

  /**
   * The word behind a repeated run at which one sentence goes over into another; -1 where none does.
   *
   * @param {string[]} words
   * @param {Route} route
   */
  #seam(words, route) {
    for (const [i, [page, first]] of route.entries()) {
      const behind = route[i + 1]?.[1] ?? words.length - GRAM + 1;
      let before = behind; // the last four words that are not repeated
      for (let at = first; at <= behind; at++) {
        const four = words.slice(at, at + GRAM - 1);
        if (this.#pages[page].repeats.has(seen(this.#hash(four)))) continue;
        const run = words.slice(before, at + GRAM - 1);
        const isLong = at > before + 1 && run.length <= LONGEST_REPEAT;
        if (isLong && !this.#pages[page].guards.has(guard(this.#hash(run)))) return at + GRAM - 2;
        before = at;
      }
    }
    return -1;
  }
}
