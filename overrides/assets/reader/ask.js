// What is marked on a paper, as the block that a note quotes it with.

import { goesOn, laidOut } from "./lines.js";
import { escaped, visible } from "./markdown.js";
import { SIGN, words } from "./normalise.js";
import { headings, sectionOf } from "./sections.js";
import { Reading } from "./units.js";
import { FORMULA, GRAM, Verifier } from "./verify.js";

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./types.js").Fingerprint} Fingerprint */
/** @typedef {import("./types.js").PageText} PageText */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./units.js").Unit} Unit */
/** @typedef {import("./units.js").Way} Way */
/** @typedef {Point & {page: number}} Place */
/**
 * @typedef {{ways: [string, string], chosen: number}} Choice - A word that the paper has at a line's
 *   end only: it may be one word, or two with a hyphen
 * @typedef {{
 *   text: string, place: string, block: string, choices: Choice[], differs: string,
 *   verdict: "verified" | "differs" | "too short" | "unchecked",
 * }} Asked - `text` is Markdown; `place` as a note writes it; `differs` where the words leave the
 *   paper's fingerprint
 */

const CAPTION = /^\s*(?:Figure|FIGURE|Fig\.|FIG\.|Table|TABLE|Algorithm)\s?[A-Z]?\.?(?:\d{1,3}|[IVX]{1,5})(?:[:.]|\s*$)/;
const COMPARED = new RegExp(SIGN, "u");
const CUT = /[-\u00ad\ufffe\x02]+[^\S\n]*\n\s*/u;

/**
 * Make the block of a selection.
 *
 * @param {Place} from
 * @param {Place} to
 * @param {PageText[]} pages - All of the paper, or at least those around the selection
 * @param {object} [known]
 * @param {Fingerprint | null} [known.paper] - What to check with; null where there is none
 * @param {Record<string, string>} [known.fonts] - The names of the selection's fonts: they tell
 *   formulas
 * @param {ReadonlySet<string>} [known.chosen] - What a person has chosen of choices
 * @returns {Asked | null} null where nothing is selected
 */
export function ask(from, to, pages, { paper = null, fonts = {}, chosen = new Set() } = {}) {
  const { lines, body } = laidOut(pages);
  const { reading, units, end, lineAt } = selection(from, to, laidOut(pages), fonts);
  if (!units.length) return null;
  const begin = lineAt(units[0].start);
  const named = range(begin.page, lineAt(units[units.length - 1].end - 1).page);
  const steps = choose(units, verifierOf(paper, named));
  /** @type {Choice[]} */
  const choices = [];
  const shown = written(reading, steps, end, (word) => joined(word, wordsOf(pages), chosen, choices));
  const { verdict, differs, numbers } = judged(shown, named, paper);
  const where = sectionOf(paper?.sections ?? headings(lines, body, fonts), lines, begin, numbers);
  const place = `${where ? `${where}, ` : ""}${label(numbers)}`;
  const text = escaped(shown);
  return { text, place, block: `/// quote | ${place}\n${text}\n///`, choices, differs, verdict };
}

/**
 * The lines around a selection, without what is printed in between, as one text with its units.
 *
 * @param {Place} from
 * @param {Place} to
 * @param {import("./lines.js").Laid} laid
 * @param {Record<string, string>} fonts
 */
function selection(from, to, { lines, isRunning }, fonts) {
  const [first, last] = [lineOf(lines, from), lineOf(lines, to)];
  const kept = lines.filter((line, i) => {
    const isNear = line.page >= from.page && line.page <= to.page + 1 && !line.isRotated;
    const isAlike = isNear && isRunning[i] === isRunning[first] && !isCaption(lines, i);
    return isAlike || i === first || i === last;
  });
  const reading = new Reading(kept, fonts);
  const at = (/** @type {number} */ i, /** @type {Place} */ place) =>
    reading.starts[kept.indexOf(lines[i])] + lines[i].offsetOf(place);
  const end = at(last, to);
  const lineAt = (/** @type {number} */ offset) => kept[reading.starts.findLastIndex((start) => start <= offset)];
  return { reading, units: reading.units(at(first, from), end), end, lineAt };
}

/**
 * What a quotation shows.
 *
 * @param {Reading} reading
 * @param {Step[]} steps
 * @param {number} end - Of the selection in the text
 * @param {(word: string) => string} join - Joins a word that a line's end cuts
 */
function written(reading, steps, end, join) {
  let text = "";
  let before = steps[0].start;
  for (const step of steps) {
    text += between(reading, before, step.start) + visible(join(step.shown), COMPARED);
    before = step.end;
  }
  text += /^[\p{P}]*/u.exec(between(reading, before, end).trimEnd())?.[0] ?? "";
  // A bracket that touches a word would be read as a part of it.
  text = text.replace(/(?<=[\p{L}\p{N}])\[/gu, " [").replace(/\](?=[\p{L}\p{N}])/gu, "] ");
  return text.replace(/\s+/g, " ").trim();
}

/**
 * Judge what a quotation shows (and not what was read); also say which pages it counts for.
 *
 * @param {string} shown
 * @param {number[]} named - The pages on which its words stand
 * @param {Fingerprint | null} paper
 * @returns {Pick<Asked, "verdict" | "differs"> & {numbers: number[]}}
 */
function judged(shown, named, paper) {
  const row = shown.split(FORMULA).flatMap((part, i) => [...(i ? [FORMULA] : []), ...words(part).map(({ text }) => text)]);
  const counted = row.filter((word) => word !== FORMULA && (word.length > 1 || /[\p{L}\p{N}]/u.test(word)));
  if (counted.length < GRAM) return { verdict: "too short", differs: "", numbers: named };
  if (!paper) return { verdict: "unchecked", differs: "", numbers: named };
  // A sentence over a page's end counts for both; its last words may be too few to prove theirs.
  const ways = [named, ...(named.length > 1 ? named.map((number) => [number]) : [])];
  const stops = ways.map((numbers) => verifierOf(paper, numbers)?.stop(row) ?? 0);
  const numbers = ways[stops.indexOf(-1)];
  if (numbers) return { verdict: "verified", differs: "", numbers };
  const [stop] = stops;
  if (stop === verifierOf(paper, named)?.unsure(row)) return { verdict: "too short", differs: "", numbers: named };
  return { verdict: "differs", differs: row.slice(Math.max(0, stop - 2), stop + 3).join(" "), numbers: named };
}

/**
 * @param {Fingerprint | null} paper
 * @param {number[]} numbers
 */
function verifierOf(paper, numbers) {
  return paper && new Verifier(numbers.flatMap((number) => paper.pages[number - 1] ?? []));
}

/**
 * What a quotation shows between two words: where a block is passed between them, what follows the
 * first.
 *
 * @param {Reading} reading
 * @param {number} from
 * @param {number} to
 */
function between(reading, from, to) {
  const gap = reading.gap(from, to);
  const own = /[\p{L}\p{N}]/u.test(gap) ? `${gap.split("\n")[0]} ` : gap;
  const plain = own.replace(/[´¨ˆ˜˚¸]/g, "").replace(/([—/])\s*\n\s*/g, "$1").replace(/\s+/g, " ");
  return visible(plain, COMPARED);
}

/**
 * @param {Line[]} lines
 * @param {Place} place
 */
function lineOf(lines, { page, item }) {
  const i = lines.findIndex((line) => line.page === page && item < line.first + line.items.length);
  return i < 0 ? lines.length - 1 : i;
}

/**
 * Whether a line belongs to a caption.
 *
 * @param {Line[]} lines
 * @param {number} i
 */
function isCaption(lines, i) {
  while (i > 0 && goesOn(lines[i - 1], lines[i])) i--;
  return CAPTION.test(lines[i].text);
}

/**
 * @param {number} first
 * @param {number} last
 */
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** @param {number[]} pages */
const label = (pages) => (pages.length > 1 ? `pp. ${pages[0]}-${pages[pages.length - 1]}` : `p. ${pages[0]}`);

/** @typedef {Way & {start: number, end: number, next: number}} Step - And the unit behind it */

/**
 * The ways to go on from a unit, the likeliest first.
 *
 * @param {Unit[]} units
 * @param {number} at
 * @returns {Step[]}
 */
function steps(units, at) {
  const { start, end, ways, isBreak, isCut } = units[at];
  const breaks = [...units.keys()].filter((i) => i > at && units[i].isBreak);
  const own = ways.map((way) => ({ ...way, start, end, next: at + 1 }));
  const whole = !isCut ? [] : breaks.map((i) => {
    const shown = `${ways[0].shown}-\n${units[i].ways[0].shown}`;
    return { shown, words: words(shown).map(({ text }) => text), start, end: units[i].end, next: i + 1 };
  });
  const later = !isBreak ? [] : breaks.flatMap((i) =>
    units[i].ways.map((way) => ({ ...way, start: units[i].start, end: units[i].end, next: i + 1 })));
  return [...whole, ...own, ...later];
}

/**
 * Choose the steps through the units: the likeliest ones, or those whose words the paper has.
 *
 * @param {Unit[]} units
 * @param {Verifier | null} verifier
 * @returns {Step[]}
 */
function choose(units, verifier) {
  const likeliest = [];
  for (let at = 0; at < units.length; at = likeliest[likeliest.length - 1].next) likeliest.push(steps(units, at)[0]);
  if (!verifier) return likeliest;
  const dead = new Set();
  /** @type {(at: number, tail: string[]) => Step[] | null} */
  const search = (at, tail) => {
    if (at === units.length) return [];
    const key = `${at} ${tail.join(" ")}`;
    if (dead.has(key)) return null;
    dead.add(key);
    for (const step of steps(units, at)) {
      const row = [...tail, ...step.words];
      const grams = step.words.map((_, i) => row.slice(0, row.length - i).slice(-GRAM));
      if (!grams.every((gram) => gram.length < GRAM || verifier.has(gram))) continue;
      const rest = search(step.next, row.slice(1 - GRAM));
      if (rest) return [step, ...rest];
    }
    return null;
  };
  return search(0, []) ?? likeliest;
}

/** @type {WeakMap<PageText[], Map<string, number>>} */
const counted = new WeakMap();

/**
 * How often a paper has each word in the middle of a line, in small letters.
 *
 * @param {PageText[]} pages
 */
function wordsOf(pages) {
  const known = counted.get(pages);
  if (known) return known;
  const counts = new Map();
  counted.set(pages, counts);
  const { lines } = laidOut(pages);
  for (const { text } of lines) {
    for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*(?!-?\s*$)/gu)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * Join a word that is cut at a line's end: as the paper writes it elsewhere, else as is chosen.
 *
 * @param {string} word
 * @param {Map<string, number>} counts
 * @param {ReadonlySet<string>} chosen
 * @param {Choice[]} choices - Gets what the paper does not tell
 */
function joined(word, counts, chosen, choices) {
  if (!CUT.test(word)) return word;
  const one = word.replace(CUT, "");
  if (!word.includes("-")) return one; // a soft hyphen
  const two = word.replace(CUT, "-");
  const count = (/** @type {string} */ each) => counts.get(each.toLowerCase()) ?? 0;
  if (count(one) !== count(two)) return count(one) > count(two) ? one : two;
  const isTwo = chosen.has(two);
  choices.push({ ways: [one, two], chosen: isTwo ? 1 : 0 });
  return isTwo ? two : one;
}
