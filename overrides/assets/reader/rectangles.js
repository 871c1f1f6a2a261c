// Where on the picture of a page a run of its text stands.

/** @typedef {import("./pages.js").Page} Page */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Rectangle Fractions of the
    page's width and height, from its upper left corner */

// Widths of the signs from ! to ~, in thousandths of the type's size: Adobe's Core 14 AFM files,
// Times-Roman and Helvetica. A PDF tells how wide a run is, but not each of its signs.
const SERIF = `333 408 500 500 833 778 333 333 333 500 564 250 333 250 278 500 500 500 500 500 500
  500 500 500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889
  722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444
  333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480
  541`.split(/\s+/).map(Number);
const SANS = `278 355 556 556 889 667 222 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556
  556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722
  778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 222 556 556 500 556 556 278
  556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334
  584`.split(/\s+/).map(Number);
const OTHER = 556; // a ligature, a dash, a letter with an accent
const SPACE = 250;
const SPACES = [150, 800]; // what a space of a line set flush may be

/**
 * The rectangles of a span, one a line; two that stand apart, as columns do, are never joined.
 *
 * @param {import("./types.js").Span} span
 * @param {Page} page
 * @returns {Rectangle[]}
 */
export function rectangles({ from, to }, page) {
  /** @type {Rectangle[]} */
  const found = [];
  for (let index = from.item; index <= to.item; index += 1) {
    const { str = "" } = page.items[index] ?? {};
    const start = index === from.item ? from.offset : 0;
    const end = index === to.item ? to.offset : str.length;
    if (!str.slice(start, end).trim()) continue;
    const next = rectangle(index, start, end, page);
    const last = found.at(-1);
    if (last && continues(last, next, page)) {
      last.right = Math.max(last.right, next.right);
      last.top = Math.min(last.top, next.top);
      last.bottom = Math.max(last.bottom, next.bottom);
    } else {
      found.push(next);
    }
  }
  return found;
}

/**
 * @param {number} index
 * @param {number} start
 * @param {number} end
 * @param {Page} page
 * @returns {Rectangle}
 */
function rectangle(index, start, end, { items, styles, viewport }) {
  const item = /** @type {import("./types.js").Item} */ (items[index]);
  const { str, width, fontName = "" } = item;
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = item.transform;
  const { ascent = 0.8, descent = -0.2, fontFamily = "serif" } = styles[fontName] ?? {};
  const rises = [Math.min(ascent, 0.8), Math.max(descent, -0.25)]; // or lines run into one another
  const along = Math.hypot(a, b) || 1;
  const set = { family: fontFamily, width: (width / along) * 1000 };
  const [head, tail] = [share(str, start, -1, set), share(str, end, 1, set)].map((part) => (width * part) / along);
  const corners = [head, tail].flatMap((run = 0) => rises.map((rise) =>
    viewport.convertToViewportPoint(x + a * run + c * rise, y + b * run + d * rise)));
  const xs = corners.map(([left]) => left / viewport.width);
  const ys = corners.map(([, top]) => top / viewport.height);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/**
 * Which part of a text's width comes before a place in it: its signs are as wide as in a common
 * font, its spaces share what is left.
 *
 * @param {string} text
 * @param {number} at
 * @param {-1 | 1} side - Most of a space or point on this side belongs to the place
 * @param {{family: string, width: number}} set - The width in thousandths of the type's size
 */
function share(text, at, side, { family, width }) {
  if (at <= 0 || at >= text.length) return at <= 0 ? 0 : 1;
  const table = family.includes("sans") ? SANS : SERIF;
  const signs = (/** @type {string} */ part) => {
    const codes = Array.from(part.replace(/\s/g, ""), (sign) => (sign.codePointAt(0) ?? 0) - 33);
    return codes.reduce((sum, code) => sum + (family === "monospace" ? SPACE : (table[code] ?? OTHER)), 0);
  };
  const spaces = (/** @type {string} */ part) => part.length - part.replace(/\s/g, "").length;
  const left = (width - signs(text)) / spaces(text);
  const [least = 0, most = 0] = SPACES;
  const space = family !== "monospace" && left >= least && left <= most ? left : SPACE;
  const run = (/** @type {string} */ part) => signs(part) + spaces(part) * space;
  const beside = text[side < 0 ? at - 1 : at] ?? "";
  const more = /[\p{L}\p{N}]/u.test(beside) ? 0 : side * run(beside) * 0.8;
  return (run(text.slice(0, at)) + more) / run(text);
}

/**
 * Whether a rectangle goes on where another ends, on its line and no further than a wide space.
 *
 * @param {Rectangle} last
 * @param {Rectangle} next
 * @param {Page} page
 */
function continues(last, next, { width, height }) {
  const line = last.bottom - last.top;
  const gap = ((next.left - last.right) * width) / (line * height);
  const overlap = Math.min(last.bottom, next.bottom) - Math.max(last.top, next.top);
  return overlap > line / 3 && gap > -1 && gap < 1.2;
}
