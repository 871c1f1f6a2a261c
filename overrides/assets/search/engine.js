// Finds the entries of the index for a query, the best first.

import { PARTICLES } from "./endings.js";
import { letters } from "./letters.js";
import { Names, read } from "./query.js";
import { Row } from "./row.js";

/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./row.js").Mark} Mark */
/**
 * @typedef {{kind: string, text: string, by?: string, wrong?: boolean}} Part - `by`: the member
 *   whose words these are; `wrong`: whether they were corrected
 * @typedef {{
 *   at: string, kind: string, title: string, group: string, parts: Part[],
 *   status?: string, place?: string, boost?: number,
 * }} Entry - `at`: its address below the site's; `group`: the paper's or the page's name
 * @typedef {{entry: number, score: number}} Found
 */

// Found by trial on the query sets (tests/search), alone and among other sections.
const TITLE_WORTH = 3;
const WORTHS = /** @type {Record<string, number>} */ ({ question: 1.5, facts: 0.5 }); // others: 1
const ROW_WORTH = 0.6; // of a word right behind the one before it in the query
const SHARE_POWER = 1.5; // how hard missing words weigh
const LEAST_SHARE = 0.4; // of the query that has to be found
const LEAST_SCORE = 0.15; // of the best result's

const TITLE = 0;
const QUESTION = 1;
const OTHER = 2;

export class Engine {
  /** By text of the row: the entry that it belongs to, what it is, and its worth. */
  #owners;
  #roles;
  #worths;
  /** By entry: its first text in the row; its last one is before the next entry's. */
  #firsts;
  #titleLengths;
  /** By place in the row: bits for words of the query that end right before it. */
  #after;

  /**
   * @param {Entry[]} entries
   * @param {string[][]} terms - The names of each term of the glossary
   */
  constructor(entries, terms) {
    /** @type {string[]} */
    const texts = [];
    /** @type {number[]} */
    const owners = [];
    /** @type {number[]} */
    const roles = [];
    /** @type {number[]} */
    const worths = [];
    this.entries = entries;
    this.names = new Names(terms);
    this.#firsts = new Uint32Array(entries.length + 1);
    entries.forEach(({ title, parts }, number) => {
      texts.push(title, ...parts.map(({ text }) => text));
      owners.push(number, ...parts.map(() => number));
      roles.push(TITLE, ...parts.map(({ kind }) => (kind === "question" ? QUESTION : OTHER)));
      worths.push(1, ...parts.map(({ kind }) => WORTHS[kind] ?? 1));
      this.#firsts[number + 1] = texts.length;
    });
    this.row = new Row(texts);
    this.#owners = Uint32Array.from(owners);
    this.#roles = Uint8Array.from(roles);
    this.#worths = Float32Array.from(worths);
    this.#titleLengths = entries.map(({ title }) => letters(title).length || 1);
    this.#after = new Uint16Array(this.row.size + 1);
  }

  /**
   * @param {string} text - What is looked for
   * @returns {Query}
   */
  read(text) {
    return read(text, this.row, this.names);
  }

  /**
   * Find the entries for a query, the best first.
   *
   * @param {Query} query
   * @returns {Found[]}
   */
  search({ words, keys }) {
    const count = this.entries.length;
    const cells = words.length * count;
    const title = new Float32Array(cells);
    const question = new Float32Array(cells);
    const body = new Float32Array(cells);
    const rows = new Float32Array(cells);
    const best = new Float32Array(cells);
    const cover = new Float32Array(count); // letters of the title that were looked for
    /** @type {number[]} */
    const touched = [];
    const alone = words.length === 1;
    const { row } = this;
    for (const { string, worth, first, last, known, part } of keys) {
      let text = 0;
      let seen = -1;
      row.some(string, (at) => {
        const fit = worth * row.fit(at, string.length, known, alone);
        if (!fit) return;
        if (at < row.starts[text] || at >= row.starts[text + 1]) text = row.textAt(at);
        const entry = this.#owners[text];
        const role = this.#roles[text];
        const worthHere = this.#worths[text];
        const rowed = first && this.#after[at] & (1 << (first - 1));
        for (let word = first; word <= last; word++) {
          const cell = word * count + entry;
          if (role === TITLE) {
            if (!title[cell]) cover[entry] += string.length / (last - first + 1);
            title[cell] = Math.max(title[cell], fit);
          } else if (role === QUESTION) question[cell] += fit;
          else body[cell] += fit * worthHere;
          if (word > first || rowed) rows[cell] = Math.max(rows[cell], fit * worthHere);
          if (!part) best[cell] = Math.max(best[cell], fit);
          else if (seen !== entry) best[cell] = Math.min(1, best[cell] + fit);
        }
        seen = entry;
        if (last + 1 === words.length) return;
        const next = at + string.length + row.rest(at + string.length);
        this.#after[next] |= 1 << last;
        touched.push(next);
      });
    }
    for (const place of touched) this.#after[place] = 0;
    return this.#rank(words, { title, question, body, rows, best, cover });
  }

  /**
   * @param {Query["words"]} words
   * @param {Record<"title" | "question" | "body" | "rows" | "best" | "cover", Float32Array>} found
   *   - How well each word (in rows) was found in each entry
   */
  #rank(words, { title, question, body, rows, best, cover }) {
    const count = this.entries.length;
    const foundIn = words.map((_, word) =>
      best.subarray(word * count, (word + 1) * count).reduce((sum, fit) => sum + Number(fit >= 0.5), 0));
    const rarity = words.map(({ weight }, word) =>
      weight * Math.log(1 + (count - foundIn[word] + 0.5) / (Math.max(foundIn[word], 1) + 0.5)));
    const shares = rarity.map((each, word) => Math.sqrt(each * words[word].weight));
    const whole = sum(shares);
    // A word that is in other notes speaks less against a note than one that is in none.
    const least = LEAST_SHARE * (sum(shares.filter((_, word) => !foundIn[word])) + whole) / 2;
    /** @type {Found[]} */
    const results = [];
    for (let entry = 0; entry < count; entry++) {
      const covered = Math.min(1, cover[entry] / this.#titleLengths[entry]);
      const titleWorth = TITLE_WORTH * (0.5 + 0.5 * covered);
      let score = 0;
      let share = 0;
      let barred = true;
      for (let word = 0; word < words.length; word++) {
        const cell = word * count + entry;
        if (best[cell] > 0.3) barred = false;
        else if (words[word].phrase) {
          barred = true;
          break;
        }
        share += shares[word] * best[cell];
        const asked = WORTHS.question * saturate(question[cell]);
        score += rarity[word] * (titleWorth * title[cell] + asked + saturate(body[cell]));
        if (word) score += ROW_WORTH * Math.min(rarity[word], rarity[word - 1]) * rows[cell];
      }
      if (barred || share < least) continue;
      score *= (share / whole) ** SHARE_POWER * (this.entries[entry].boost ?? 1);
      results.push({ entry, score });
    }
    results.sort((a, b) => b.score - a.score);
    return results.filter(({ score }) => score > LEAST_SCORE * results[0].score);
  }

  /**
   * The places of a query in one entry: of its title, and of each of its parts.
   *
   * @param {Query} query
   * @param {number} entry
   * @returns {Mark[][]}
   */
  marks({ words, keys }, entry) {
    const bare = (/** @type {Query["keys"][0]} */ key) => keys.some((other) =>
      other !== key && other.first === key.first && other.last === key.last &&
      key.string.startsWith(other.string) && PARTICLES.includes(key.string.slice(other.string.length)));
    const wanted = keys.filter((key) =>
      words.slice(key.first, key.last + 1).some(({ marked }) => marked) && !bare(key));
    const texts = Array.from(
      { length: this.#firsts[entry + 1] - this.#firsts[entry] },
      (_, i) => this.#firsts[entry] + i,
    );
    return texts.map((text) => this.row.marks(text, wanted, words.length === 1));
  }
}

/** @param {number} amount */
const saturate = (amount) => (2.2 * amount) / (amount + 1.2);

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
