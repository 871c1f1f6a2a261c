// The sections of a paper: from its fingerprint, else from what looks like a heading.

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./types.js").Section} Section */

const HEADING = /^\s*(\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){0,3})\.?\s+(\p{Lu}.*\p{Ll}.*|\p{Lu}{3}.*)$/u;
const NAMED = /^\s*(abstract|references|acknowledge?ments?)\s*$/i;
const BOLD = /bold|black|heavy|-medi\b|CMBX|SFBX/i;

/**
 * The headings of a paper without a fingerprint, as far as their numbers follow one another.
 *
 * @param {Line[]} lines
 * @param {number} body - The size of the text's type
 * @param {Record<string, string>} fonts - Names of those that were drawn
 * @returns {Section[]}
 */
export function headings(lines, body, fonts) {
  /** @type {Section[]} */
  const found = [];
  let before = "0";
  for (const { text, size, items, page, isRotated } of lines) {
    const isBold = items.every(({ str, fontName }) => !str.trim() || BOLD.test(fonts[fontName] ?? ""));
    const [, number = "", title = text.trim()] = HEADING.exec(text) ?? [];
    const isHeading = size > 1.04 * body || isBold || (size > 0.96 * body && title === title.toUpperCase());
    if (isRotated || !isHeading) continue;
    if (number ? !follows(before, number) : !NAMED.test(text)) continue;
    found.push({ number, title, page });
    if (number) before = number;
  }
  return found;
}

/**
 * Whether a number may come next: a part of this section, or the next of any level.
 *
 * @param {string} before
 * @param {string} number
 */
function follows(before, number) {
  const parts = before.split(".");
  const next = (/** @type {string} */ part) => (/\d/.test(part) ? String(Number(part) + 1) : String.fromCharCode(part.charCodeAt(0) + 1));
  const ups = parts.map((part, i) => [...parts.slice(0, i), next(part)].join("."));
  return [...ups, `${before}.1`, "A"].includes(number);
}

/**
 * The section in which a selection stands, as a note writes it; "" where that is not known.
 *
 * @param {Section[]} sections - In the paper's order
 * @param {Line[]} lines
 * @param {Line} line - The selection's first
 * @param {number[]} pages - The selection's
 */
export function sectionOf(sections, lines, line, pages) {
  const letters = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const above = lines.filter(({ page }) => page === line.page);
  above.length = above.indexOf(line) + 1;
  const heads = above.map(({ text }) => letters(text)).filter((text) => text.length > 2);
  const last = sections.findLastIndex(({ number, title, page }) => {
    const name = letters(number.replace(/^.*-/, "") + title);
    const isAbove = heads.some((head) => name.startsWith(head) || head.startsWith(name));
    return page < line.page || (page === line.page && isAbove);
  });
  if (last < 0) return "";
  const { number, title } = sections[last];
  const isInside = (/** @type {string} */ other) => number && /^[.-]/.test(other.slice(number.length)) && other.startsWith(number);
  const next = sections.slice(last + 1).find((each) => !isInside(each.number));
  if (next && next.page < pages[pages.length - 1]) return "";
  return number ? `§${number}` : title.includes(",") ? "" : title;
}
