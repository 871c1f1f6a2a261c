// Where on the picture of a page a run of its text stands.

/** @typedef {import("./pages.js").Page} Page */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Rectangle Fractions of the
    page's width and height, from its upper left corner */

/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

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
  const along = Math.hypot(a, b) || 1;
  const [head, tail] = [start, end].map((at) => (width * share(str, at, fontFamily)) / along);
  const corners = [head, tail].flatMap((run = 0) => [ascent, descent].map((rise) =>
    viewport.convertToViewportPoint(x + a * run + c * rise, y + b * run + d * rise)));
  const xs = corners.map(([left]) => left / viewport.width);
  const ys = corners.map(([, top]) => top / viewport.height);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/**
 * Which part of a text's width comes before a place in it, in a font alike.
 *
 * @param {string} text
 * @param {number} at
 * @param {string} family
 */
function share(text, at, family) {
  if (at <= 0 || at >= text.length) return at <= 0 ? 0 : 1;
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return at / text.length;
  ruler.font = `100px ${family}`;
  return ruler.measureText(text.slice(0, at)).width / (ruler.measureText(text).width || 1);
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
