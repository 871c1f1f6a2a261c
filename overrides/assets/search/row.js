// All texts laid out in one row of letters. Pairs of neighbouring letters lead to the places of a
// string in it, and the flags of its letters tell how well a place fits what was looked for.

import { NOMINAL, SHORT, TAIL } from "./endings.js";
import { CAMEL, HANGUL, HARD, KIND, LATIN, START, scan } from "./letters.js";

/**
 * @typedef {{first: number, last: number, string: string, start: number, end: number}} Mark - Where
 *   a string for the query's words from `first` to `last` stands: offsets into a text
 */

const ENGLISH_ENDINGS = new Set(["s", "d", "es", "ed", "ing"]);

/**
 * The first place in a sorted array, from `low` to `high`, whose value is not below `value`.
 *
 * @param {ArrayLike<number>} sorted
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function lowerBound(sorted, value, low, high) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where each pair of neighbouring letters stands, the places sorted by pair.
 *
 * @param {Uint16Array} codes
 * @param {Uint8Array} flags
 * @param {number} size
 */
function countPairs(codes, flags, size) {
  const numbers = new Uint16Array(0x10000);
  for (let i = 0; i < size; i++) numbers[codes[i]] = 1;
  let alphabet = 1; // 0: nothing follows
  for (let code = 0; code < numbers.length; code++) if (numbers[code]) numbers[code] = alphabet++;
  const pair = (/** @type {number} */ i) =>
    numbers[codes[i]] * alphabet + (flags[i + 1] & HARD ? 0 : numbers[codes[i + 1]]);
  const listed = (/** @type {number} */ i) => KIND[codes[i]] === HANGUL || flags[i] & (START | CAMEL);
  const ends = new Uint32Array(alphabet * alphabet + 1);
  for (let i = 0; i < size; i++) if (listed(i)) ends[pair(i) + 1]++;
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  const places = new Uint32Array(ends[ends.length - 1]);
  const next = ends.slice();
  for (let i = 0; i < size; i++) if (listed(i)) places[next[pair(i)]++] = i;
  return { numbers, alphabet, ends, places };
}

export class Row {
  /** @param {string[]} texts - Each stays apart from its neighbours: no place reaches over */
  constructor(texts) {
    const room = texts.reduce((sum, text) => sum + text.length, 1);
    this.texts = texts;
    this.codes = new Uint16Array(room);
    this.flags = new Uint8Array(room);
    /** Where each text begins, and where the last one ends. */
    this.starts = new Uint32Array(texts.length + 1);
    this.size = 0;
    texts.forEach((text, number) => {
      scan(text, (code, flags) => {
        this.codes[this.size] = code;
        this.flags[this.size++] = flags;
      });
      this.starts[number + 1] = this.size;
    });
    this.flags[this.size] = START | HARD;
    const { numbers, alphabet, ends, places } = countPairs(this.codes, this.flags, this.size);
    /** Each letter's number in the row's alphabet. */
    this.numbers = numbers;
    this.alphabet = alphabet;
    /** Where, by pair of letters, the pair's places end in `places`. */
    this.ends = ends;
    this.places = places;
  }

  /**
   * The number of the text that a place belongs to.
   *
   * @param {number} at
   */
  textAt(at) {
    return lowerBound(this.starts, at + 1, 0, this.starts.length) - 1;
  }

  /**
   * The offset into its text of each letter of a text.
   *
   * @param {number} number - The text's
   */
  offsets(number) {
    /** @type {number[]} */
    const found = [];
    scan(this.texts[number], (_code, _flags, offset) => { found.push(offset); });
    return found;
  }

  /**
   * Tell whether a test holds at one of the places where a string of letters stands, in the row
   * or in a part of it. A test that always returns false sees all places.
   *
   * @param {string} string
   * @param {(at: number) => unknown} test
   */
  some(string, test, from = 0, to = this.size) {
    const { codes, flags, numbers, alphabet, ends, places } = this;
    const { length } = string;
    const single = length === 1;
    let [low, high, offset] = [0, Infinity, 0];
    for (let i = 0; i < (single ? 1 : length - 1); i++) {
      const code = string.charCodeAt(i);
      if (i && KIND[code] !== HANGUL) continue; // other pairs are listed at a word's start only
      const row = numbers[code] * alphabet;
      const next = single ? 0 : numbers[string.charCodeAt(i + 1)];
      if (!row || !(single || next)) return false;
      const [a, b] = [ends[row + next], ends[single ? row + alphabet : row + next + 1]];
      if (b - a < high - low) [low, high, offset] = [a, b, i];
    }
    if (from && !single) low = lowerBound(places, from + offset, low, high);
    next: for (let i = low; i < high; i++) {
      const at = places[i] - offset;
      if (at < from || at + length > to) {
        if (single) continue;
        break;
      }
      for (let k = 0; k < length; k++) {
        if (codes[at + k] !== string.charCodeAt(k) || (k && flags[at + k] & HARD)) continue next;
      }
      if (test(at)) return true;
    }
    return false;
  }

  /**
   * How many letters of a word are left from a place on.
   *
   * @param {number} at
   */
  rest(at) {
    let rest = 0;
    while (!(this.flags[at + rest] & START)) rest++;
    return rest;
  }

  /**
   * How well a place fits, from 0 to 1: a whole word is better than a piece of a longer one, and
   * a piece of a word may not reach into the next word.
   *
   * @param {number} at - Where it begins
   * @param {number} length - How many letters
   * @param {boolean} known - Whether these letters are a word elsewhere
   * @param {boolean} alone - Whether nothing else is looked for
   */
  fit(at, length, known, alone) {
    const { codes, flags } = this;
    const end = at + length;
    const atStart = flags[at] & START;
    let lastStart = at;
    for (let i = at + 1; i < end; i++) if (flags[i] & START) lastStart = i;
    const rest = this.rest(end);
    const kind = KIND[codes[end - 1]];
    if (!atStart && lastStart > at) return 0;
    if (!atStart && KIND[codes[at]] !== HANGUL) return flags[at] & CAMEL && !rest ? 0.8 : 0;
    let fit = 1;
    if (rest) {
      if (kind === HANGUL) {
        const whole = length > 1 ? rest <= 4 && TAIL[codes[end]] : rest < 2 && SHORT[codes[end]];
        fit = whole ? 1 : known || length > 2 ? 0.7 : 0.5;
      } else if (kind === LATIN) fit = this.isPlural(end, rest) ? 0.95 : length > 2 ? 0.6 : 0;
      else return 0;
    }
    if (fit < 1 && lastStart > at && end - lastStart < 2) return 0;
    if (fit < 1 && length === 1) return alone ? 0.5 : 0;
    if (!atStart) {
      if (length === 1) return 0;
      let lead = 1;
      while (!(flags[at - lead] & START)) lead++;
      if (!known && length < 3 && (fit < 1 || lead < 2)) return 0;
      fit *= 0.7;
    }
    return fit;
  }

  /**
   * Whether a word goes on with s, d, es, ed or ing.
   *
   * @param {number} at
   * @param {number} rest - How many letters are left
   */
  isPlural(at, rest) {
    if (rest > 3) return false;
    return ENGLISH_ENDINGS.has(String.fromCharCode(...this.codes.subarray(at, at + rest)));
  }

  /**
   * Whether a string is a word of its own somewhere.
   *
   * @param {string} string
   */
  isWord(string) {
    const { length } = string;
    return this.some(string, (at) => this.flags[at] & START && this.fit(at, length, false, true) === 1);
  }

  /**
   * Whether a string is found anywhere.
   *
   * @param {string} string
   */
  has(string) {
    return this.some(string, (at) => this.fit(at, string.length, false, false));
  }

  /**
   * Whether the texts put particles behind a word that only nouns take.
   *
   * @param {string} word
   */
  isNoun(word) {
    return this.some(word, (at) => {
      const rest = this.rest(at + word.length);
      return this.flags[at] & START && rest > 0 && rest < 3 && NOMINAL[this.codes[at + word.length]];
    });
  }

  /**
   * Where some strings stand in one text, in order and without overlaps. A particle is left out,
   * but not an English plural's s.
   *
   * @param {number} number - The text's
   * @param {{string: string, known: boolean, first: number, last: number}[]} keys
   * @param {boolean} alone - Whether nothing else is looked for
   * @returns {Mark[]}
   */
  marks(number, keys, alone) {
    const from = this.starts[number];
    /** @type {{at: number, end: number, first: number, last: number, string: string}[]} */
    const found = [];
    for (const { string, known, first, last } of keys) {
      this.some(string, (at) => {
        if (!this.fit(at, string.length, known, alone)) return;
        const end = at + string.length;
        const rest = this.rest(end);
        const plural = rest && KIND[this.codes[end - 1]] === LATIN && this.isPlural(end, rest);
        found.push({ at, end: plural ? end + rest : end, first, last, string });
      }, from, this.starts[number + 1]);
    }
    if (!found.length) return [];
    found.sort((a, b) => a.at - b.at || b.end - a.end);
    const offsets = this.offsets(number);
    const marks = [];
    let reach = 0;
    for (const { at, end, first, last, string } of found) {
      if (end <= reach) continue;
      const stop = offsets[end - 1 - from] + 1;
      if (at < reach) marks[marks.length - 1].end = stop;
      else marks.push({ first, last, string, start: offsets[at - from], end: stop });
      reach = end;
    }
    return marks;
  }
}
