// Where a quotation stands on a paper's pages.
//
// The paper is one row of letters: its normalised words without the spaces between them, which a
// PDF and a note set differently. What a quotation may leave out (a citation, a footnote's mark) and
// what is printed between two columns or pages is passed where the letters do not go on otherwise.

import { goesOn, laidOut } from "./lines.js";
import { words } from "./normalise.js";
import { LETTER, LIGATURES, UNKNOWN } from "./units.js";

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./types.js").PageText} PageText */
/** @typedef {import("./types.js").Quotation} Quotation */
/** @typedef {import("./types.js").Span} Span */
/** @typedef {[number, number]} Run - Letters of the row: the first and the one behind */
/**
 * @typedef {{first: number, line: number, start: number, end: number}} Place - A word's first letter
 *   in the row, its line, and where it stands in the line's text
 */

const LONGEST_GAP = 6000; // letters that a note may leave out between two pieces: a page
const SHORT = 12; // letters that prove no place of their own
const SHORT_GAP = 200;
const LONGEST_JUMP = 120; // lines between the end of a column and the top of the next

const MARK = /^(?:\d{1,3}|[a-z])$/;
const CITATION =
  /\((?:[^()]|\([^()]{0,40}\)){0,400}?\b(?:19|20)\d\d[a-z]?\b(?:[^()]|\([^()]{0,40}\)){0,60}\)|\[\d[\d,;–\s-]{0,40}\]/g;

/** @type {WeakMap<PageText[], Finder>} */
const finders = new WeakMap();

/**
 * Find a quotation: the places of its pieces in order, one for each page, column and gap.
 *
 * @param {Quotation} quotation
 * @param {PageText[]} pages - In order
 * @returns {Span[] | null} null where one piece is not there, letter for letter
 */
export function find(quotation, pages) {
  const finder = finders.get(pages) ?? new Finder(pages);
  finders.set(pages, finder);
  return finder.find(quotation);
}

/** The letters of a paper, in which quotations are found. */
class Finder {
  #row = "";
  /** @type {Line[]} */
  #lines;
  /** @type {Place[]} */
  #places = [];
  /** By first letter of a word: its place. */
  #at = /** @type {Map<number, number>} */ (new Map());
  /** By letter: where the text may go on instead. */
  #ways = /** @type {Map<number, number[]>} */ (new Map());

  /** @param {PageText[]} pages */
  constructor(pages) {
    const { lines, isRunning } = laidOut(pages);
    this.#lines = lines;
    const marks = this.#read();
    for (const place of marks) this.#open(place, place + 1);
    this.#openCitations();
    this.#openBreaks(isRunning);
  }

  /** @param {Quotation} quotation */
  find({ pieces, pages }) {
    const rows = pieces.map((piece) => words(piece).map(({ text }) => text).join("")).filter(Boolean);
    if (!rows.length) return null;
    const near = new Set([...pages, Math.min(...pages) - 1]);
    const isNear = (/** @type {Place} */ { line }) => near.has(this.#lines[line].page);
    const starts = [...this.#places.filter(isNear), ...this.#places.filter((place) => !isNear(place))];
    for (const { first } of starts) {
      const runs = this.#followAll(rows, first);
      if (runs) return runs.flatMap((run) => this.#spans(run));
    }
    return null;
  }

  /** Read the lines into the row; return the places of what may be a footnote's mark. */
  #read() {
    const marks = [];
    for (const [line, each] of this.#lines.entries()) {
      for (const { start, text, script } of each.segments()) {
        for (const word of words(text.replace(UNKNOWN, LETTER))) {
          if (script > 0 && MARK.test(word.text)) marks.push(this.#places.length);
          this.#at.set(this.#row.length, this.#places.length);
          this.#places.push({
            first: this.#row.length,
            line,
            start: start + word.start,
            end: start + word.end,
          });
          this.#row += word.text;
        }
      }
    }
    return marks;
  }

  /**
   * Let the words from one place up to another be passed.
   *
   * @param {number} place
   * @param {number} behind
   */
  #open(place, behind) {
    const [from, to] = [this.#places[place], this.#places[behind]];
    if (from && to) this.#ways.set(from.first, [...(this.#ways.get(from.first) ?? []), to.first]);
  }

  #openCitations() {
    /** @type {number[]} */
    const starts = [];
    let text = "";
    for (const line of this.#lines) {
      starts.push(text.length);
      text += `${line.text}\n`;
    }
    let place = 0;
    const reach = (/** @type {number} */ offset) => {
      const before = ({ line, start } = this.#places[place]) => starts[line] + start < offset;
      while (place < this.#places.length && before()) place++;
      return place;
    };
    for (const match of text.matchAll(CITATION)) {
      this.#open(reach(match.index), reach(match.index + match[0].length));
    }
  }

  /**
   * Let the text go on behind what is printed between two columns, two pages or two blocks.
   *
   * @param {boolean[]} isRunning - By line
   */
  #openBreaks(isRunning) {
    const lines = this.#lines;
    /** @type {number[]} */
    const firsts = []; // of each line: its first place
    for (const [place, { line }] of this.#places.entries()) firsts[line] ??= place;
    const breaks = [...lines.keys()].filter(
      (i) => !i || !goesOn(lines[i - 1], lines[i]) || isRunning[i] !== isRunning[i - 1],
    );
    for (const [n, i] of breaks.entries()) {
      for (const j of breaks.slice(n + 1)) {
        if (j - i > LONGEST_JUMP) break;
        if (isRunning[j] && firsts[i] !== undefined) this.#open(firsts[i], firsts[j]);
      }
    }
  }

  /**
   * Follow the pieces of a quotation. A short one stands close to the one before or behind it.
   *
   * @param {string[]} rows - The letters of each piece
   * @param {number} start - Where the first one begins
   * @returns {Run[] | null}
   */
  #followAll([row, ...rest], start, isFar = true) {
    const runs = this.#follow(row, start);
    const from = runs?.at(-1)?.[1];
    if (!runs || from === undefined || !rest.length) return runs;
    const isLoose = isFar && row.length < SHORT;
    const isLast = rest.length === 1 && rest[0].length < SHORT;
    const to = from + (isLoose || isLast ? SHORT_GAP : LONGEST_GAP);
    for (let place = this.#at.get(from) ?? this.#places.length; ; place++) {
      const next = this.#places[place]?.first ?? to;
      if (next >= to) return null;
      const behind = this.#followAll(rest, next, next > from + SHORT_GAP);
      if (behind) return [...runs, ...behind];
    }
  }

  /**
   * Follow letters from one of the row's on; return the runs that have them, up to a word's end.
   *
   * @param {string} letters
   * @param {number} start
   * @returns {Run[] | null}
   */
  #follow(letters, start) {
    /** @type {{done: Run[], from: number, at: number, next: number}[]} - `next` of the letters */
    const ahead = [{ done: [], from: start, at: start, next: 0 }];
    const tried = new Set();
    for (let way = ahead.pop(); way; way = ahead.pop()) {
      const { done, from } = way;
      const key = `${way.at} ${way.next}`;
      if (tried.has(key)) continue;
      tried.add(key);
      for (let { at, next } = way; ; at++, next++) {
        if (next === letters.length) {
          if (this.#at.has(at) || at === this.#row.length) return [...done, [from, at]];
          break;
        }
        if (next > 0) {
          for (const to of this.#ways.get(at) ?? []) {
            const runs = at > from ? /** @type {Run[]} */ ([...done, [from, at]]) : done;
            ahead.push({ done: runs, from: to, at: to, next });
          }
        }
        if (this.#row[at] === LETTER) {
          for (const ligature of LIGATURES.filter((each) => letters.startsWith(each, next))) {
            ahead.push({ done, from, at: at + 1, next: next + ligature.length });
          }
        }
        if (this.#row[at] !== letters[next]) break;
      }
    }
    return null;
  }

  /**
   * @param {Run} run
   * @returns {Span[]} One for each column
   */
  #spans([from, to]) {
    const first = this.#at.get(from) ?? 0;
    const places = this.#places.slice(first, this.#at.get(to) ?? this.#places.length);
    /** @type {Span[]} */
    const spans = [];
    let above = /** @type {Line | null} */ (null);
    for (const { line, start, end } of places) {
      const here = this.#lines[line];
      const last = here.point(end - 1);
      const behind = { item: last.item, offset: last.offset + 1 };
      const goesOn = above && (above === here || (above.page === here.page && above.y > here.y));
      if (goesOn) spans[spans.length - 1].to = behind;
      else spans.push({ page: here.page, from: here.point(start), to: behind });
      above = here;
    }
    return spans;
  }
}
