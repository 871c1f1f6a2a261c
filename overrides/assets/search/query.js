// A query as words, and the words as keys: strings to be looked for in the texts.

import { FUNCTION_WORDS, PARTICLES } from "./endings.js";
import { forms } from "./forms.js";
import { HANGUL, KIND, letters, pieces } from "./letters.js";
import { isUnfinished } from "./syllables.js";

/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./forms.js").Form} Form */
/**
 * @typedef {{text: string, phrase: boolean, forms: Form[], marked: boolean, weight: number}} Word
 * @typedef {Form & {first: number, last: number, known: boolean}} Key - For the words from `first`
 *   to `last`; `known` where its letters are a word of the texts
 * @typedef {{words: Word[], keys: Key[]}} Query
 */

const FUNCTION_WEIGHT = 0.15; // of a word that only asks or joins, against 1
const SYLLABLE_WEIGHT = 0.5; // of a word of one letter
const MOST_WORDS = 15;
const MOST_JOINED = 6;

/** What stands between words; a point within a number does not. */
const GAPS = /[\s\-+,:;!?…·=()[\]{}<>^~*\\"“”‘’「」『』/→]+|\.(?!\d)/;

/** The names of things in the glossary: those of one thing find each other. */
export class Names {
  /** @type {Map<string, string[]>} */
  #others = new Map();

  /** @param {string[][]} terms - The names of each term */
  constructor(terms) {
    for (const names of terms) {
      const all = [...new Set(names.map(letters))].filter((name) => name.length > 1 && name.length < 40);
      for (const name of all) {
        const others = all.filter((other) => other !== name);
        this.#others.set(name, [...(this.#others.get(name) ?? []), ...others]);
      }
    }
  }

  /** @param {string} name - As letters */
  has(name) {
    return this.#others.has(name);
  }

  /** @param {string} name */
  others(name) {
    return this.#others.get(name);
  }
}

/**
 * Read what somebody types: each word with the strings by which it is looked for.
 *
 * @param {string} text - Words, and phrases between quotation marks
 * @param {Row} row
 * @param {Names} names
 * @returns {Query}
 */
export function read(text, row, names) {
  const words = cut(text).slice(0, MOST_WORDS);
  words.forEach((word, i) => {
    const typing = i === words.length - 1 && (!i || word.text.length > 1);
    word.forms = word.phrase ? [{ string: word.text, worth: 1 }] : forms(word.text, typing, row, names);
  });
  const found = words.flatMap(({ forms }, i) => forms.map((form) => ({ ...form, first: i, last: i })));
  found.push(...joined(words, row), ...otherNames(words, names));
  const telling = words.filter((word) => !isFunctionWord(word));
  for (const word of words) {
    word.marked = !telling.length || telling.includes(word);
    word.weight = !word.marked ? FUNCTION_WEIGHT : word.text.length > 1 ? 1 : SYLLABLE_WEIGHT;
  }
  const keys = found.map((key) => ({ ...key, known: row.isWord(key.string) }));
  keys.sort((a, b) => a.first - b.first || a.last - b.last);
  return { words, keys };
}

/**
 * @param {string} text
 * @returns {Word[]}
 */
function cut(text) {
  const phrases = text.normalize("NFC").replace(/[“”]/g, '"').split(/"([^"]*)"/);
  return phrases.flatMap((part, i) => {
    const phrase = i % 2 === 1;
    const found = phrase ? [letters(part)] : part.split(GAPS).flatMap(withoutParticles);
    return found
      .filter((word) => word && !isUnfinished(word))
      .map((word) => ({ text: word, phrase, forms: [], marked: true, weight: 1 }));
  });
}

/**
 * `MLM의` is `mlm` alone.
 *
 * @param {string} word
 */
function withoutParticles(word) {
  return pieces(word).filter((text, i) =>
    !i || KIND[text.charCodeAt(0)] !== HANGUL || !PARTICLES.includes(text));
}

/** @param {Word} word */
const isFunctionWord = ({ text, forms }) =>
  [text, ...forms.map(({ string }) => string)].some((each) => FUNCTION_WORDS.has(each));

/** @param {Word} word */
const spellings = ({ text, forms }) => new Set([text, ...forms.map(({ string }) => string)]);

/**
 * Neighbouring words run together: 말 뭉치가 is also 말뭉치.
 *
 * @param {Word[]} words
 * @param {Row} row
 */
function joined(words, row) {
  /** @type {Omit<Key, "known">[]} */
  const keys = [];
  words.forEach(({ text }, first) => {
    let string = text;
    for (let last = first + 1; last < words.length && last < first + MOST_JOINED; last++) {
      for (const end of spellings(words[last])) {
        if (words[last].text.startsWith(end) && row.has(string + end)) {
          keys.push({ string: string + end, worth: 1, first, last });
        }
      }
      string += words[last].text;
    }
  });
  return keys;
}

/**
 * Where neighbouring words are a name of the glossary: its other names.
 *
 * @param {Word[]} words
 * @param {Names} names
 */
function otherNames(words, names) {
  /** @type {Omit<Key, "known">[]} */
  const keys = [];
  for (let first = 0; first < words.length; first++) {
    let head = "";
    let found = null;
    for (let last = first; last < words.length && last < first + MOST_JOINED; last++) {
      for (const end of spellings(words[last])) {
        const others = names.others(head + end);
        if (others) found = { last, others };
      }
      head += words[last].forms[0]?.string ?? words[last].text;
    }
    if (!found) continue;
    for (const string of found.others) keys.push({ string, worth: 0.85, first, last: found.last });
    first = found.last;
  }
  return keys;
}
