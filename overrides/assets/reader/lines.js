// A paper's text as lines, and where each character of a line stands among pdf.js' items.

import { words } from "./normalise.js";

/** @typedef {import("./types.js").Item} Item */
/** @typedef {import("./types.js").PageText} PageText */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").Word} Word */

const SMALL = 0.85; // of a line's size: scripts are smaller
const RAISED = 0.15; // of a line's size, above its baseline
const LOWERED = 0.08; // below it
const SAME = 0.04; // by how much type of one size may differ

/** One printed line; `size` and the start `x` and `y` of its baseline are in points. */
export class Line {
  /** @type {number[]} */
  #starts = []; // of each item in the text

  /**
   * @param {PageText} page
   * @param {number} first - Its first item
   * @param {number} behind - The item behind its last one
   */
  constructor(page, first, behind) {
    this.page = page.number;
    this.items = page.items.slice(first, behind);
    this.first = first;
    const base = baseOf(this.items);
    const [a, b, , , , y] = base.transform;
    this.isRotated = Math.abs(b) > Math.abs(a);
    this.size = base.height;
    this.x = (this.items.find(({ str }) => str.trim()) ?? base).transform[4];
    this.y = y;
    this.text = "";
    for (const [i, { str }] of this.items.entries()) {
      const isRaised = this.script(i) > 0 && !(i && this.script(i - 1) > 0);
      const raised = isRaised ? this.items.slice(i, i + 3).map((item) => item.str).join("") : "";
      if (/\d$/.test(this.text) && /^[-−–]?\d/.test(raised)) this.text += "^"; // 10⁶ is not 106
      this.#starts.push(this.text.length);
      this.text += str;
    }
  }

  /**
   * Tell whether an item of the line is raised (1), lowered (-1) or neither (0).
   *
   * @param {number} i - Which of the line's items
   */
  script(i) {
    const { height, transform } = this.items[i];
    if (this.isRotated || height >= SMALL * this.size) return 0;
    const above = transform[5] - this.y;
    return above > RAISED * this.size ? 1 : above < -LOWERED * this.size ? -1 : 0;
  }

  /**
   * Which of the line's items has a character of its text.
   *
   * @param {number} offset
   */
  itemAt(offset) {
    let i = this.#starts.length - 1;
    while (i > 0 && (this.#starts[i] > offset || !this.items[i].str)) i--;
    return i;
  }

  /**
   * Where a character of the text stands on the page.
   *
   * @param {number} offset
   * @returns {Point}
   */
  point(offset) {
    const i = this.itemAt(offset);
    return { item: this.first + i, offset: Math.min(offset - this.#starts[i], this.items[i].str.length) };
  }

  /**
   * The place in the text of a point on the page.
   *
   * @param {Point} point
   */
  offsetOf({ item, offset }) {
    if (item < this.first) return 0;
    const i = item - this.first;
    return i < this.items.length ? this.#starts[i] + offset : this.text.length;
  }

  /** The parts of the text that are set apart by being raised or lowered; a power is not. */
  segments() {
    /** @type {{start: number, text: string, script: number}[]} */
    const found = [];
    for (const [i, start] of this.#starts.entries()) {
      const script = this.script(i);
      const text = this.text.slice(start, this.#starts[i + 1]);
      const last = found.at(-1);
      if (last && (last.script === script || this.text[start - 1] === "^" || !text.trim())) {
        last.text += text;
      } else found.push({ start, text, script });
    }
    return found;
  }
}

/**
 * The item that tells a line's size and height: the longest one in its largest type. One large
 * letter does not count.
 *
 * @param {Item[]} items - At least one
 */
function baseOf(items) {
  const drawn = items.filter(({ str }) => str.trim());
  const heights = drawn.flatMap(({ str, height }) => Array(Math.min(str.trim().length, 2)).fill(height));
  heights.sort((a, b) => b - a);
  const size = heights[heights.length > 2 ? 1 : 0] ?? 0;
  const large = drawn.filter(({ height }) => height >= size * (1 - SAME));
  return large.reduce((a, b) => (b.str.length > a.str.length ? b : a), large[0] ?? items[0]);
}

/** @param {Map<number, number>} counts */
const mostly = (counts) => [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];

/**
 * Whether an item stands on the line of another: a script does.
 *
 * @param {Item} before
 * @param {Item} item
 */
function continues(before, item) {
  const size = Math.max(before.height, item.height);
  const [a, b, , , x, y] = before.transform;
  if (Math.abs(b) > Math.abs(a)) return Math.abs(item.transform[1]) > Math.abs(item.transform[0]);
  const isLevel = Math.abs(item.transform[5] - y) <= 0.6 * size;
  return isLevel && item.transform[4] > x + before.width - 2 * size;
}

/**
 * The item of larger type, reaching as far as the later one.
 *
 * @param {Item | null} before
 * @param {Item} item
 * @returns {Item}
 */
function reaching(before, item) {
  if (!before || item.height >= before.height) return item;
  const width = item.transform[4] + item.width - before.transform[4];
  return { ...before, width: Math.max(width, before.width) };
}

/**
 * The lines of a page in the order in which the file draws them.
 *
 * @param {PageText} page
 */
export function linesOf(page) {
  /** @type {Line[]} */
  const lines = [];
  let first = 0;
  let before = /** @type {Item | null} */ (null);
  const close = (/** @type {number} */ behind) => {
    const line = new Line(page, first, behind);
    if (line.text.trim()) lines.push(line);
    first = behind;
    before = null;
  };
  for (const [i, item] of page.items.entries()) {
    if (before && item.str.trim() && !continues(before, item)) close(i);
    if (item.str.trim()) before = reaching(before, item);
    if (item.hasEOL || i + 1 === page.items.length) close(i + 1);
  }
  return lines;
}

/**
 * The words of a page; a word may go on in the next line.
 *
 * @param {PageText} page
 * @returns {Word[]}
 */
export function pageWords(page) {
  const lines = linesOf(page);
  /** @type {number[]} */
  const starts = [];
  let text = "";
  for (const line of lines) {
    starts.push(text.length);
    text += `${line.text}\n`;
  }
  let at = 0;
  return words(text).map(({ text: word, start, end }) => {
    while (at + 1 < lines.length && starts[at + 1] <= start) at++;
    const line = lines[at];
    const from = line.point(start - starts[at]);
    const last = line.point(Math.min(end - starts[at], line.text.length) - 1);
    const isOne = last.item === from.item;
    const length = isOne ? last.offset + 1 : line.items[from.item - line.first].str.length;
    return { text: word, item: from.item, start: from.offset, end: length };
  });
}

/**
 * @typedef {{lines: Line[], isRunning: boolean[], body: number}} Laid - A paper's lines; which of
 *   them are running text; and the size of its type, in points
 */
/** @type {WeakMap<PageText[], Laid>} */
const laid = new WeakMap();

/**
 * @param {PageText[]} pages
 * @returns {Laid}
 */
export function laidOut(pages) {
  const known = laid.get(pages);
  if (known) return known;
  const lines = pages.flatMap(linesOf);
  const body = bodySize(lines);
  const made = { lines, isRunning: running(lines, body), body };
  laid.set(pages, made);
  return made;
}

/**
 * Whether a line goes on with the one above it: in the same column, and with no wider gap.
 *
 * @param {Line} above
 * @param {Line} below
 */
export function goesOn(above, below) {
  const step = above.y - below.y;
  return above.page === below.page && step > 0 && step < 1.6 * Math.max(above.size, below.size);
}

/**
 * The size of most of the type.
 *
 * @param {Line[]} lines
 */
function bodySize(lines) {
  /** @type {Map<number, number>} */
  const letters = new Map();
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 10) / 10;
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length);
  }
  return mostly(letters);
}

/**
 * Whether each line is running text, and not a footnote, a running head, a stamp or a page number.
 *
 * @param {Line[]} lines
 * @param {number} body
 * @returns {boolean[]}
 */
function running(lines, body) {
  /** @type {Map<string, Set<number>>} */
  const places = new Map();
  const place = (/** @type {Line} */ line) =>
    `${line.text.replace(/\d+/g, "#").trim()} ${Math.round(line.y / 3)}`;
  for (const line of lines) {
    const key = place(line);
    places.set(key, (places.get(key) ?? new Set()).add(line.page));
  }
  const often = Math.max(3, Math.floor(new Set(lines.map(({ page }) => page)).size / 3));
  const isText = lines.map((line) => {
    const repeated = /** @type {Set<number>} */ (places.get(place(line))).size >= often;
    return !line.isRotated && !repeated && line.size >= (1 - SAME) * body;
  });
  // A line that begins in small capitals is told as small: it stands among others of its paragraph.
  return lines.map((line, i) => {
    const [above, below] = [lines[i - 1], lines[i + 1]];
    if (isText[i] || !isText[i - 1] || !isText[i + 1] || line.size < 0.7 * body) return isText[i];
    return goesOn(above, line) && goesOn(line, below);
  });
}
