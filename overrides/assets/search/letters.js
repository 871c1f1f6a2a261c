// A text as its letters. Particles stick to Korean words and spacing varies, so that words cannot
// be the unit of a search: a text is one row of letters, with flags that tell where words begin.

export const HANGUL = 1; // and the other scripts that are written without spaces between words
export const LATIN = 2; // and the other scripts with spaces
export const DIGIT = 3;

/** The kind of each UTF-16 unit; 0 is what separates words. */
export const KIND = new Uint8Array(0x10000);
for (const [kind, ranges] of /** @type {[number, string][]} */ ([
  [DIGIT, "09"],
  [LATIN, "azAZÀÖØöøɏͰϿЀԯḀỿ"],
  [HANGUL, "가힣ㄱㆎ一鿿㐀䶿ぁヿ"],
])) {
  for (let i = 0; i < ranges.length; i += 2) {
    KIND.fill(kind, ranges.charCodeAt(i), ranges.charCodeAt(i + 1) + 1);
  }
}

/** What a word may hold or leave out: fine-tuning, fine tuning and finetuning are one. */
const SOFT = new Set(" -_\u00a0\u00ad\u200b\u2010\u2011\u2060");
const POINT = 46;

export const START = 1; // begins a word: after a separator, or where the script changes
export const HARD = 2; // behind punctuation: no match crosses it
export const CAMEL = 4; // a capital within a word: the E of KoELECTRA

/**
 * Visit the letters of a text in lower case, without separators.
 *
 * @param {string} text
 * @param {(code: number, flags: number, at: number) => void} visit - Hears each letter's code,
 *   its flags and its offset into the text
 */
export function scan(text, visit) {
  let before = 0;
  let gap = HARD;
  let capital = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const kind = KIND[code];
    if (!kind) {
      const inNumber = before === DIGIT && KIND[text.charCodeAt(i + 1)] === DIGIT;
      if (!gap && code === POINT && inNumber) visit(code, 0, i); // 0.9 is one number
      else gap = SOFT.has(text[i]) ? gap || START : HARD;
      continue;
    }
    const lower = kind === LATIN ? text[i].toLowerCase().charCodeAt(0) : code;
    let flags = gap || before !== kind ? gap | START : 0;
    if (!flags && lower !== code && !capital) flags = CAMEL;
    visit(lower, flags, i);
    capital = lower !== code;
    before = kind;
    gap = 0;
  }
}

/**
 * A text's letters without separators.
 *
 * @param {string} text
 */
export function letters(text) {
  let out = "";
  scan(text, (code) => { out += String.fromCharCode(code); });
  return out;
}

/**
 * A text cut where its script changes or a word ends: `MLM의` is `mlm` and `의`.
 *
 * @param {string} text
 */
export function pieces(text) {
  /** @type {string[]} */
  const out = [];
  scan(text, (code, flags) => {
    if (flags & START) out.push("");
    out[out.length - 1] += String.fromCharCode(code);
  });
  return out;
}
