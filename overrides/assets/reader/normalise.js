// The words of a text in one form: papernotes/fingerprint/normalise.py, which says why each rule is.

/** @typedef {{text: string, start: number, end: number}} Word - Normalised; its UTF-16 offsets */

const SPACE = "[\\s\\x1c-\\x1f\\x85]"; // as Python's \s; a BOM is a joiner before it gets here
const NOT_LETTER = /[^\p{L}\p{N}]/u;

/** What a character is before the folding; joiners become soft hyphens. */
const TABLE = new Map([
  ...[..."‐‑‒–﹣－"].map((sign) => /** @type {const} */ ([sign, "-"])),
  ...[..."\x02\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe´¨ˆ˜˚¸"].map(
    (sign) => /** @type {const} */ ([sign, "\u00ad"]),
  ),
  ...[..."‘’‛ʼ′"].map((sign) => /** @type {const} */ ([sign, "'"])),
  ...[..."—―…"].map((sign) => /** @type {const} */ ([sign, " "])),
  ...["ıi", "∣|", "‖∥", "°◦", "∘◦"].map(([sign, as]) => /** @type {const} */ ([sign, as])),
  ...[..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"].map((sign, i) => /** @type {const} */ ([sign, `^${"0123456789+−"[i]}`])),
]);

const UNSPACED =
  "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff" +
  "\u3100-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff" +
  "\uf900-\ufaff\u{1b000}-\u{1b16f}\u{20000}-\u{3ffff}]";
export const SIGN =
  "[?!=<>+|$¢-¦©¬®±×÷−◦\u20a0-\u20cf\u2190-\u2211\u2213-\u2216\u221a-\u22c4\u22c7-\u22ed" +
  "\u2300-\u2328\u232b-\u23ff\u2600-\u2767\u2776-\u27bf\u27c0-\u27e5\u27f0-\u27ff" +
  "\u2900-\u297f\u2999-\u2aff\u2b00-\u2bff\u{1f000}-\u{1faff}]";
const LETTER =
  `(?!${UNSPACED})(?:[\\p{L}\\p{N}]|[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a` +
  "\u064b-\u065f\u06d6-\u06ed\u0900-\u0963\u0966-\u0df3\u0f18-\u0fbc])";
const WORD = new RegExp(
  [
    `${UNSPACED}|!=|${SIGN}`,
    "|(?:(?<![\\p{L}\\p{N}_%.)\\]\\-])-?\\.?(?=\\p{Nd}))?", // -0.3, .5
    LETTER,
    `(?:${LETTER}`,
    "|(?<=\\p{Nd})\\^[+\\-]?(?=\\p{Nd})", // 10^6
    `|(?<=\\p{Nd})${SPACE}?%`, // 90%, 90 %
    "|(?<=\\p{Nd})[.\\/](?=\\p{Nd})", // 0.5, 4/9
    "|(?<=\\p{Nd}),(?=\\p{Nd}\\p{Nd}\\p{Nd}(?!\\p{Nd}))", // 1,000,000
    `|(?:\u00ad+${SPACE}*|-(?:(?!\\n)${SPACE})*\\n(?:(?!\\n)${SPACE})*|-|')(?=${LETTER})`,
    `|(?<=\\p{Nd})-${SPACE}(?=\\p{Nd})`,
    `|(?<!\\p{Nd})[*_\`]+(?=${LETTER})|[*_\`]+(?!\\p{Nd})(?=${LETTER})`,
    ")*",
  ].join(""),
  "gu",
);
const MINUS = new RegExp(
  "(?<plain>−(?=\\p{Nd})|(?<=[\\p{L}\\p{N}_])−(?=[\\p{L}\\p{N}_]))" + // part of a number or a word
    "|(?<![\\p{L}\\p{N}_%.,)\\]}'\"\\-])-" +
    `(?=${LETTER}(?<!\\p{Nd})|${SPACE}(?:\\p{Nd}|${LETTER}(?![\\p{L}\\p{N}_])))`,
  "gu",
);
const BREAK = new RegExp(`(?:\u00ad+|-)${SPACE}*`, "gu");
const DROPPED = new RegExp(`(?<=.)-(?!\\p{Nd})|[,*_\`]|${SPACE}`, "gu");
const NON_ASCII = /[\x00-\x7f]?[^\x00-\x7f]+/gu;
const ACCENTS = /[\u0300-\u0333\u0339-\u036f]+/g;

/**
 * Fold a character's case as Unicode's full case folding does; there is no such function here.
 *
 * @param {string} char
 */
function caseFolded(char) {
  const code = /** @type {number} */ (char.codePointAt(0));
  if (char === "ı") return char;
  if (code >= 0x13a0 && code <= 0x13f5) return char; // Cherokee folds to capitals
  if ((code >= 0x13f8 && code <= 0x13fd) || (code >= 0xab70 && code <= 0xabbf)) {
    return char.toUpperCase();
  }
  if (code === 0x130 || code === 0x1e9e) return char === "ẞ" ? "ss" : "i̇";
  return char.toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

/** @param {string} text */
function fold(text) {
  const plain = [...text].map((char) => TABLE.get(char) ?? char).join("");
  const compatible = plain.replace(/(?<=\^[\p{Nd}+−])\^/gu, "").normalize("NFKC");
  const folded = [...compatible].map(caseFolded).join("").replaceAll("⁄", "/");
  return folded.normalize("NFD").replace(ACCENTS, "").normalize("NFC");
}

/**
 * Fold a text; tell for each of its UTF-16 units where it was, unless all is ASCII and keeps its place.
 *
 * @param {string} text
 * @returns {[string, number[] | null]}
 */
function folded(text) {
  if (!/[^\x00-\x7f]/.test(text)) return [text.toLowerCase().replaceAll("\x02", "\u00ad"), null];
  let made = "";
  let position = 0;
  /** @type {number[]} */
  const offsets = [];
  for (const match of text.matchAll(NON_ASCII)) {
    made += text.slice(position, match.index).toLowerCase();
    while (offsets.length < made.length) offsets.push(position++);
    const part = fold(match[0]);
    const sources = [...match[0]];
    for (const [i, char] of [...part].entries()) {
      offsets.push(...Array(char.length).fill(position));
      if (i + 1 < sources.length) position += sources[i].length;
    }
    position = match.index + match[0].length;
    made += part;
  }
  made += text.slice(position).toLowerCase();
  while (offsets.length < made.length) offsets.push(position++);
  return [made, offsets];
}

/**
 * The words of a text in order, each with its place in it.
 *
 * @param {string} text
 * @returns {Word[]}
 */
export function words(text) {
  const [letters, offsets] = folded(text);
  const plain = letters
    .replaceAll("~", "∼")
    .replace(MINUS, (_sign, isPlain) => (isPlain ? "-" : "−"));
  const found = [];
  for (const { 0: match, index } of plain.matchAll(WORD)) {
    let word = match;
    if (word.length > 1 && NOT_LETTER.test(word)) {
      word = word === "!=" ? "≠" : word.replace(BREAK, "-").replace(DROPPED, "");
    }
    const end = index + match.length;
    if (!offsets) found.push({ text: word, start: index, end });
    else {
      const last = offsets[end - 1];
      const size = (text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1;
      found.push({ text: word, start: offsets[index], end: last + size });
    }
  }
  return found;
}
