// What is marked on a paper, as the block that a note quotes it with.

import { goesOn, laidOut } from "./lines.js";
import { escaped, visible } from "./markdown.js";
import { SIGN } from "./normalise.js";
import { Reading } from "./units.js";
import { GRAM, Verifier } from "./verify.js";

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
 * @param {Fingerprint | null} paper - null where there is none to check with
 * @param {ReadonlySet<string>} chosen - What a person has chosen of choices
 * @returns {Asked | null} null where nothing is selected
 */
export function ask(from, to, pages, paper, chosen = new Set()) {
  const { lines, isRunning } = laidOut(pages);
  const [first, last] = [lineOf(lines, from), lineOf(lines, to)];
  const kept = lines.map((line, i) => {
    const isNear = line.page >= from.page && line.page <= to.page + 1 && !line.isRotated;
    return i === first || i === last || (isNear && isRunning[i] === isRunning[first] && !isCaption(lines, i));
  });
  const all = lines.filter((line, i) => kept[i]);
  const reading = new Reading(all, Object.assign({}, ...pages.map(({ fonts }) => fonts)));
  const at = (/** @type {number} */ i, /** @type {Place} */ { item, offset }) =>
    reading.starts[all.indexOf(lines[i])] + lines[i].offsetOf({ item, offset });
  const units = reading.units(at(first, from), at(last, to));
  if (!units.length) return null;
  const lineAt = (/** @type {number} */ offset) => all[reading.starts.findLastIndex((start) => start <= offset)];
  const begin = lineAt(units[0].start);
  const numbers = range(begin.page, lineAt(units[units.length - 1].end - 1).page);
  const verifier = paper && new Verifier(numbers.flatMap((number) => paper.pages[number - 1] ?? []));
  const { ways, stop } = choose(units, verifier);
  /** @type {Choice[]} */
  const choices = [];
  const texts = wordsOf(lines);
  let text = "";
  for (const [i, unit] of units.entries()) {
    const gap = i ? reading.gap(units[i - 1].end, unit.start) : "";
    text += visible(gap.replace(/([—/])\s*\n\s*/g, "$1").replace(/\s+/g, " "), COMPARED);
    text += visible(joined(ways[i].shown, texts, chosen, choices), COMPARED);
  }
  const punctuation = /^[\p{P}]*/u.exec(reading.gap(units[units.length - 1].end, at(last, to)).trimEnd())?.[0] ?? "";
  text = escaped((text + visible(punctuation, COMPARED)).replace(/\s+/g, " ").trim()).replaceAll("\\[수식]", "[수식]");
  const where = section(paper?.sections ?? [], lines, begin);
  const place = `${where ? `${where}, ` : ""}${label(numbers)}`;
  const words = ways.flatMap((way) => way.words);
  let verdict = /** @type {Asked["verdict"]} */ ("unchecked");
  let differs = "";
  if (words.length < GRAM) verdict = "too short";
  else if (verifier) {
    const wrong = stop ?? verifier.stop(words);
    verdict = wrong < 0 ? "verified" : "differs";
    differs = wrong < 0 ? "" : words.slice(Math.max(0, wrong - 2), wrong + 3).join(" ");
  }
  return { text, place, block: `/// quote | ${place}\n${text}\n///`, choices, differs, verdict };
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

/**
 * Choose a way for each unit: the likeliest ones, or those whose words the paper has.
 *
 * @param {Unit[]} units
 * @param {Verifier | null} verifier
 * @returns {{ways: Way[], stop?: number}} `stop` is the first word that is not the paper's
 */
function choose(units, verifier) {
  const likeliest = units.map(({ ways }) => ways[0]);
  if (!verifier) return { ways: likeliest };
  const dead = new Set();
  let farthest = 0;
  /** @type {(at: number, tail: string[]) => Way[] | null} */
  const search = (at, tail) => {
    farthest = Math.max(farthest, at);
    if (at === units.length) return [];
    const key = `${at} ${tail.join(" ")}`;
    if (dead.has(key)) return null;
    dead.add(key);
    for (const way of units[at].ways) {
      const row = [...tail, ...way.words];
      const grams = way.words.map((_, i) => row.slice(0, row.length - i).slice(-GRAM));
      if (!grams.every((gram) => gram.length < GRAM || verifier.has(gram))) continue;
      const rest = search(at + 1, row.slice(1 - GRAM));
      if (rest) return [way, ...rest];
    }
    return null;
  };
  const ways = search(0, []);
  if (ways) return { ways };
  return { ways: likeliest, stop: likeliest.slice(0, farthest).flatMap((way) => way.words).length };
}

/**
 * How often a paper has each word in the middle of a line, in small letters.
 *
 * @param {Line[]} lines
 */
function wordsOf(lines) {
  const counts = new Map();
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

/**
 * The section in which a line stands, as a note writes it; "" where that is not known.
 *
 * @param {Fingerprint["sections"]} sections
 * @param {Line[]} lines
 * @param {Line} line
 */
function section(sections, lines, line) {
  const letters = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const above = lines.filter(({ page }) => page === line.page);
  above.length = above.indexOf(line) + 1;
  const heads = above.map(({ text }) => letters(text)).filter((text) => text.length > 2);
  const begun = sections.filter(({ number, title, page }) => {
    const name = letters(number.replace(/^.*-/, "") + title);
    return page < line.page || (page === line.page && heads.some((head) => name.startsWith(head) || head.startsWith(name)));
  });
  const last = begun.at(-1);
  if (!last) return "";
  if (last.number) return `§${last.number}`;
  return last.title.includes(",") ? "" : last.title;
}
