// Answers what the box asks: the results for a query, each with its one line, and ways on where
// there are none. Everything is plain text here; the box makes elements of it.

import { Engine } from "./engine.js";

/** @typedef {import("./engine.js").Entry} Entry */
/** @typedef {import("./row.js").Mark} Mark */
/**
 * @typedef {{
 *   labels: Record<string, string>, statuses: Record<string, string>, terms: string[][],
 *   entries: Entry[],
 * }} Index - papernotes/export/search.py writes it
 * @typedef {[text: string, marked: boolean]} Piece
 * @typedef {{
 *   at: string, kind: string, group: string, title: Piece[], status: string, statusLabel: string,
 *   place: string, label: string, wrong: boolean, line: Piece[], marks: string[],
 * }} Result - `label`: whose words the line has; `marks`: what to mark on the page
 * @typedef {{status?: string, group?: string}} Filters
 * @typedef {{
 *   results: Result[], total: number, statuses: [string, string, number][],
 *   groups: [string, number][], nearest: string[],
 * }} Answer - `statuses` (value, label, count) and `groups` (name, count) are those of all results
 */

const MOST = 30; // results
const ROOM = 150; // letters of a line
/** What the line is taken from first, where as many words are found: ours before a member's. */
const PREFERRED = /** @type {Record<string, number>} */ ({
  gist: 1.5, explanation: 0.4, open: 0.3, correction: 0.3, addition: 0.3, translation: 0.2, text: 0.2,
  quote: 0.1, question: 0.1, evidence: 0, answer: -0.6, names: -99, table: -99, facts: -99,
});
const BOUND = /[.?!]["”’)]*\s|\n/g; // where a sentence ends
const LEAST_LIKE = 0.34; // of the pairs of jamo that a term shares with what was typed
const MOST_NEAREST = 3;

export class Answers {
  #index;
  #engine;

  /** @param {Index} index */
  constructor(index) {
    const { statuses, terms, entries } = index;
    const described = entries.map((entry) => ({ ...entry, parts: [...entry.parts, ...facts(entry, statuses)] }));
    this.#index = index;
    this.#engine = new Engine(described, terms);
  }

  /**
   * @param {string} text - What is looked for
   * @param {Filters} [filters]
   * @returns {Answer}
   */
  answer(text, filters = {}) {
    const engine = this.#engine;
    const query = engine.read(text);
    const found = engine.search(query).map(({ entry }) => entry);
    const all = found.map((number) => engine.entries[number]);
    const kept = found.filter((number) => {
      const { status, group } = engine.entries[number];
      return (!filters.status || status === filters.status) && (!filters.group || group === filters.group);
    });
    const counted = count(all.flatMap(({ status }) => status ?? []));
    return {
      results: kept.slice(0, MOST).map((number) => this.#result(engine.entries[number], engine.marks(query, number))),
      total: kept.length,
      statuses: Object.entries(this.#index.statuses)
        .flatMap(([value, label]) => (counted.has(value) ? [[value, label, counted.get(value) ?? 0]] : [])),
      groups: [...count(all.map(({ group }) => group))],
      nearest: found.length ? [] : this.#nearest(text),
    };
  }

  /**
   * @param {Entry} entry
   * @param {Mark[][]} marks - Of its title, and of each of its parts
   * @returns {Result}
   */
  #result(entry, [inTitle, ...inParts]) {
    const { labels, statuses } = this.#index;
    const { part, start, end } = line(entry, inTitle, inParts);
    const { kind, text, by, wrong } = entry.parts[part] ?? { kind: "text", text: "" };
    const marks = (inParts[part] ?? []).filter((mark) => mark.start >= start && mark.end <= end);
    return {
      at: entry.at,
      kind: entry.kind,
      group: entry.group,
      title: cut(entry.title, inTitle),
      status: entry.status ?? "",
      statusLabel: statuses[entry.status ?? ""] ?? "",
      place: entry.place ?? "",
      label: by ? `${by}의 ${labels[kind]}` : labels[kind] ?? "",
      wrong: wrong ?? false,
      line: cut(text, marks, start, end),
      marks: [...new Set([...inTitle, ...inParts.flat()].map(({ string }) => string))],
    };
  }

  /**
   * The terms of the glossary whose names look most like what was typed.
   *
   * @param {string} text
   */
  #nearest(text) {
    const typed = pairs(text);
    const likes = this.#index.terms.map((names) => ({
      name: names[0],
      like: Math.max(...names.map((name) => overlap(typed, pairs(name)))),
    }));
    return likes
      .filter(({ like }) => like >= LEAST_LIKE)
      .sort((a, b) => b.like - a.like)
      .slice(0, MOST_NEAREST)
      .map(({ name }) => name);
  }
}

/**
 * What stands at a passage's head, to be found too: its status and place.
 *
 * @param {Entry} entry
 * @param {Record<string, string>} statuses
 */
function facts({ status, group, place }, statuses) {
  return status ? [{ kind: "facts", text: `${statuses[status]} ${group} ${place}` }] : [];
}

/**
 * The sentence to show of an entry: the one with most of the words, by preference of ours. The
 * short answer stands for the title, too.
 *
 * @param {Entry} entry
 * @param {Mark[]} inTitle
 * @param {Mark[][]} inParts
 */
function line({ parts }, inTitle, inParts) {
  const first = Math.max(0, parts.findIndex(({ kind }) => kind === "gist" || kind === "text"));
  let best = { part: first, ...sentence(parts[first]?.text ?? "", 0, 0), worth: 0 };
  parts.forEach(({ kind, text }, part) => {
    const gist = kind === "gist";
    for (const { start, end } of gist ? [{ start: 0, end: 0 }] : inParts[part]) {
      const around = gist ? { start: 0, end: text.length } : sentence(text, start, end);
      const said = words(inParts[part].filter((mark) => mark.start >= around.start && mark.end <= around.end));
      const known = gist ? Math.max(said, words(inTitle)) : said;
      const worth = known && known + (PREFERRED[kind] ?? 0);
      if (worth > best.worth) best = { part, ...around, worth };
    }
  });
  return best;
}

/**
 * How many of the query's words are marked.
 *
 * @param {Mark[]} marks
 */
function words(marks) {
  return new Set(marks.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i))).size;
}

/**
 * Where the sentence around a place, or what of it has room, begins and ends.
 *
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function sentence(text, start, end) {
  const bounds = [...text.matchAll(BOUND)].map(({ index, 0: { length } }) => index + length);
  let from = bounds.findLast((bound) => bound <= start) ?? 0;
  let to = bounds.find((bound) => bound >= end && bound > from) ?? text.length;
  if (to - from > ROOM) {
    if (end - from > ROOM) from = text.indexOf(" ", Math.max(from, end - ROOM)) + 1 || from;
    to = Math.max(end, text.lastIndexOf(" ", from + ROOM));
  }
  return { start: from, end: to };
}

/**
 * Cut a text, or a part of it, at its marks.
 *
 * @param {string} text
 * @param {Mark[]} marks
 * @returns {Piece[]}
 */
function cut(text, marks, from = 0, to = text.length) {
  /** @type {Piece[]} */
  const pieces = from > 0 && text[from - 1] === " " && !/[.?!]["”’)]*\s$/.test(text.slice(0, from)) ? [["… ", false]] : [];
  let at = from;
  for (const { start, end } of marks) {
    pieces.push([text.slice(at, start), false], [text.slice(start, end), true]);
    at = end;
  }
  pieces.push([text.slice(at, to).trimEnd(), false]);
  if (to < text.length && !/[.?!]["”’)]*\s$|\n$/.test(text.slice(0, to))) pieces.push([" …", false]);
  return pieces.filter(([piece]) => piece);
}

/**
 * @param {string[]} names
 * @returns {Map<string, number>}
 */
function count(names) {
  /** @type {Map<string, number>} */
  const counted = new Map();
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  return counted;
}

/**
 * The pairs of neighbouring letters of a text, Hangul by jamo.
 *
 * @param {string} text
 */
function pairs(text) {
  const row = text.normalize("NFD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return new Set(Array.from(row.slice(1), (letter, i) => row[i] + letter));
}

/**
 * The share of pairs that two texts have in common (Dice's coefficient), from 0 to 1.
 *
 * @param {Set<string>} a
 * @param {Set<string>} b
 */
function overlap(a, b) {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return (2 * shared) / (a.size + b.size || 1);
}
