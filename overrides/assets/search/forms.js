// The strings by which a word of a query is looked for: without its particles, in other endings,
// finished, mended where it is misspelt, cut where it is run together.

import { ENDS, VERBAL } from "./endings.js";
import { DIGIT, KIND, LATIN, START } from "./letters.js";
import { composed, inflected, isSyllable, oneJamoOff } from "./syllables.js";

/** @typedef {import("./row.js").Row} Row */
/** @typedef {{string: string, worth: number, part?: boolean}} Form - `part`: of a word run together */

/**
 * The strings by which a word is looked for, each with its worth (up to 1).
 *
 * @param {string} word - One piece of a query, of one script
 * @param {boolean} typing - Whether it may be unfinished
 * @param {Row} row
 * @param {{has: (name: string) => boolean}} names - Of the glossary, as letters
 * @returns {Form[]}
 */
export function forms(word, typing, row, names) {
  const kind = KIND[word.charCodeAt(0)];
  if (kind === DIGIT) return [{ string: word, worth: 1 }];
  const tried = kind === LATIN ? latin(word) : hangul(word, row);
  const found = tried.filter(({ string }) => row.has(string) || names.has(string));
  if (found.length) return found;
  if (kind === LATIN) return mendedLatin(word, row);
  const guesses = [
    () => (typing ? expand(...composed(word), 0.9, row) : []),
    () => mendedHangul(word, row, names),
    () => cut(word, row),
  ];
  for (const guess of guesses) {
    const guessed = guess();
    if (guessed.length) return guessed;
  }
  return [];
}

/**
 * @param {string} word
 * @returns {Form[]}
 */
function latin(word) {
  const stem = word.replace(/(?:ing|ed|es|s)$/, "");
  const made = [{ string: word, worth: 1 }];
  if (stem !== word && stem.length > 3) made.push({ string: stem, worth: 0.9 });
  return made;
}

/**
 * @param {string} word
 * @param {Row} row
 * @returns {Form[]}
 */
function hangul(word, row) {
  const made = [{ string: word, worth: 1 }];
  if (row.isNoun(word)) return made;
  for (let stem = word; ;) {
    const ending = ENDS.find((each) => stem.length > each.length && stem.endsWith(each));
    if (!ending) break;
    stem = stem.slice(0, -ending.length);
    if (stem.length > 1) {
      made.push({ string: stem, worth: 0.95 });
      if (row.isNoun(stem)) break;
    }
    if (VERBAL.has(ending)) made.push(...verbs(stem, row));
  }
  if (word.length > 2 && made.length === 1) made.push(...verbs(word, row));
  return made;
}

/**
 * The forms of a verb whose stem this may be.
 *
 * @param {string} stem
 * @param {Row} row
 */
function verbs(stem, row) {
  const last = stem[stem.length - 1];
  return isSyllable(last) ? expand(stem.slice(0, -1), inflected(last), 0.8, row) : [];
}

/**
 * @param {string} head
 * @param {string[]} letters - What may follow it
 * @param {number} worth
 * @param {Row} row
 * @returns {Form[]}
 */
function expand(head, letters, worth, row) {
  if (!head) return [];
  const made = letters.map((letter) => ({ string: head + letter, worth }));
  return made.filter(({ string }) => row.has(string));
}

/**
 * The word with one jamo mended. Short words are mended to names in the glossary only.
 *
 * @param {string} word
 * @param {Row} row
 * @param {{has: (name: string) => boolean}} names
 */
function mendedHangul(word, row, names) {
  /** @type {Form[]} */
  const made = [];
  for (const stem of new Set(hangul(word, row).map(({ string }) => string))) {
    for (let i = 0; i < stem.length; i++) {
      if (!isSyllable(stem[i])) continue;
      for (const letter of oneJamoOff(stem[i])) {
        const string = stem.slice(0, i) + letter + stem.slice(i + 1);
        if (names.has(string) || (stem.length > 2 && row.isWord(string))) made.push({ string, worth: 0.7 });
      }
    }
    if (made.length) break;
  }
  return made;
}

/**
 * The words of the texts that begin alike and are one letter away.
 *
 * @param {string} word
 * @param {Row} row
 * @returns {Form[]}
 */
function mendedLatin(word, row) {
  if (word.length < 5) return [];
  const { codes, flags, numbers, alphabet, ends, places } = row;
  const first = numbers[word.charCodeAt(0)] * alphabet;
  /** @type {Set<string>} */
  const found = new Set();
  for (let i = ends[first]; i < ends[first + alphabet]; i++) {
    const at = places[i];
    const length = row.rest(at + 1) + 1;
    if (!(flags[at] & START) || Math.abs(length - word.length) > 1) continue;
    const string = String.fromCharCode(...codes.subarray(at, at + length));
    if (!found.has(string) && isOneLetterOff(string, word)) found.add(string);
  }
  return Array.from(found, (string) => ({ string, worth: 0.7 }));
}

/**
 * Whether two words differ by one letter more, less, other, or by two swapped.
 *
 * @param {string} a
 * @param {string} b
 */
function isOneLetterOff(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const [x, y] = [a.slice(i), b.slice(i)];
  return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) ||
    (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}

/**
 * The words of the texts that an unknown word is run together from.
 *
 * @param {string} word
 * @param {Row} row
 * @returns {Form[]}
 */
function cut(word, row) {
  const parts = [];
  let covered = 0;
  for (let i = 0; i < word.length - 1;) {
    let length = Math.min(word.length - i, 8);
    while (length > 1 && !(length < word.length && row.isWord(word.slice(i, i + length)))) length--;
    if (length > 1) {
      parts.push(word.slice(i, i + length));
      covered += length;
      i += length;
    } else i++;
  }
  const enough = covered * 3 >= word.length * 2 && (parts.length > 1 || covered > 2);
  if (!enough) return [];
  return parts.map((string) => ({ string, worth: (0.8 * string.length) / covered, part: true }));
}
