// A paper's words as a note's source has them: shown as they are, by papernotes/fingerprint/shown.py.

const REPLACED = /** @type {Record<string, string>} */ ({ "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ſ": "s" });

/** Punctuation and signs that a note may have beside ASCII and what is compared. */
const SHOWN = new Set("«»‹›“”‘’‚„–—―‐‑‒…‥⋯·•∙⋅⋆∗†‡§¶⟨⟩〈〉《》「」『』、。ˆ˜¨´¯˚¸■□▪▫▶▷►▸◆◇●○");

/**
 * Leave out what a note must not have: invisible characters, and signs that cannot be compared.
 *
 * @param {string} text
 * @param {RegExp} compared - The signs that are compared
 */
export function visible(text, compared) {
  const kept = [...text.normalize("NFC").replace(/(?<=\p{L})[′‛](?=\p{L})/gu, "’")].filter((char) => {
    const shown = char.normalize("NFKC");
    if (/[\p{C}\p{Zl}\p{Zp}]/u.test(char)) return false;
    return !/[\p{P}\p{S}]/u.test(char) || SHOWN.has(char) || /^[\x20-\x7e]+$/.test(shown) || compared.test(shown);
  });
  return kept
    .map((char) => REPLACED[char] ?? char)
    .join("")
    .replace(/(?<![\p{L}\p{N}])[\u0300-\u036f]+/gu, "");
}

/**
 * Write a text as Markdown that shows it, on one line.
 *
 * @param {string} text
 */
export function escaped(text) {
  return text
    .replace(/[\\*_`${]/g, "\\$&")
    .replace(/&(?=#|\w+;)/g, "&amp;")
    .replace(/<(?=[A-Za-z/!?])/g, "&lt;")
    .replace(/\](?=\()/g, "] ") // no link, and [수식] stays one
    .replace(/\[(?=\^)/g, "\\[")
    .replace(/^(?:[#>+|-]|\/\/\/|\[(?=[^\]]+\]:))/, "\\$&")
    .replace(/^(\d+)(?=[.)]\s)/, "$1\\");
}
