// A paper's lines as units, each with the ways in which a quotation may write it: as
// papernotes/fingerprint/readings.py reads them. A footnote's mark may be left out, a formula may be
// its signs or [수식], a word with a lowered part one word or two.

import { goesOn } from "./lines.js";
import { SIGN, words } from "./normalise.js";
import { FORMULA } from "./verify.js";

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./normalise.js").Word} Word */
/** @typedef {import("./types.js").PageText} PageText */
/**
 * @typedef {{shown: string, words: string[]}} Way - What a quotation shows, and what is compared
 * @typedef {{start: number, end: number, ways: Way[], isBreak: boolean, isCut: boolean}} Unit - Where
 *   it stands in the text, and its ways, the likeliest first; whether a column or a block begins with
 *   it, so that something may have been printed in between; whether it is a word that such a break
 *   cuts
 */

const RAISED = 1;
const LOWERED = 2;
const MATHS = 4;
const SCRIPT = RAISED | LOWERED;

const MATHS_FONT =
  /^(?:[A-Z]{6}\+)?(?:CM(?:MI|SY|EX|BSY|MIB)|MS[AB]M|EU[FRS]M|RSFS|MT(?:MI|SY|EX)|[a-z]{0,3}[pt]x(?:mi|sy|ex)|.*Math|Symbol)/i;
const MATHS_SIGN = /[\u0370-\u03ff\u2200-\u22ff≤≥→←]/;
const OPERATOR = new RegExp(`^(?![?!$])${SIGN}$`, "u");
const NUMBER = /^-?[\d.]+(?:e-?\d+)?%?$/;
const ASIDE = /^[,.;:]*\s+[([{]/;
const IN_FORMULA = /^(?:[\s,(){}[\]|/*∗·'′"\ufffd\ue000-\uf8ff-]|\.\s?\.\s?\.|…|⋯)*$/;
const LONGEST_FORMULA = 24; // words
const MARK = /^(?:\d{1,3}|[a-z])$/;
const BEFORE_MARK = /(?:[\p{L}]{2}|[.,;:!?)\]”’"'%])\s*$/u;

/** A glyph whose font does not tell its letters; LETTER stands for it in a word. */
export const UNKNOWN = /[\uffff\ufffd\ue000-\uf8ff]/g;
export const LETTER = "ꟷ";
export const LIGATURES = ["fi", "ff", "fl", "ffi", "ffl"];

/** Lines read as one text. */
export class Reading {
  text = "";
  /** @type {Word[]} */
  words;
  /** By line: where it begins in the text. */
  starts = /** @type {number[]} */ ([]);
  #styles = /** @type {number[]} */ ([]);
  #breaks = /** @type {number[]} */ ([]);

  /**
   * @param {Line[]} lines
   * @param {Record<string, string>} fonts - Their names
   */
  constructor(lines, fonts) {
    for (const [n, line] of lines.entries()) {
      if (n && !goesOn(lines[n - 1], line)) {
        this.text += "\n"; // no word goes on here by itself
        this.#styles.push(0);
        this.#breaks.push(this.text.length);
      }
      this.starts.push(this.text.length);
      this.text += `${line.text}\n`;
      for (let offset = 0; offset < line.text.length; offset++) {
        const i = line.itemAt(offset);
        const script = line.script(i);
        const isMaths = MATHS_FONT.test(fonts[line.items[i].fontName] ?? "");
        this.#styles.push((script > 0 ? RAISED : script < 0 ? LOWERED : 0) | (isMaths ? MATHS : 0));
      }
      this.#styles.push(0);
    }
    this.words = words(this.text.replace(UNKNOWN, (sign, at) => (/[\p{L}]/u.test(this.text[at - 1] + this.text[at + 1]) ? LETTER : sign)));
  }

  /**
   * The words that stand in a part of the text, as units.
   *
   * @param {number} from
   * @param {number} to
   * @returns {Unit[]}
   */
  units(from, to) {
    const formulas = this.#formulas();
    /** @type {Unit[]} */
    const units = [];
    for (let at = 0; at < this.words.length; ) {
      const behind = formulas.get(at) ?? at + 1;
      const [start, end] = [this.words[at].start, this.words[behind - 1].end];
      if (end > from && (start < to || units.at(-1)?.isCut)) {
        const isFormula = formulas.has(at);
        const isBreak = at > 0 && this.#breaks.some((place) => place > this.words[at - 1].start && place <= start);
        const isCut = /^[-\u00ad\ufffe\x02]+\s*\n\n/.test(this.text.slice(end, end + 9));
        const unit = isFormula ? this.#formula(at, behind) : { start, end, ways: this.#ways(at) };
        units.push({ ...unit, isBreak, isCut });
      }
      at = behind;
    }
    return units;
  }

  /**
   * What stands between two units, without signs of a formula and marks that are no words.
   *
   * @param {number} from
   * @param {number} to
   */
  gap(from, to) {
    const kept = [...this.text.slice(from, to)].filter((char, i) => {
      const style = this.#styles[from + i];
      return !char.trim() || !(style & (MATHS | SCRIPT));
    });
    return kept.join("");
  }

  /**
   * @param {number} first
   * @param {number} behind
   */
  #formula(first, behind) {
    let start = this.words[first].start;
    let end = this.words[behind - 1].end;
    // A bracket that the formula opens or closes is its own.
    for (const [open, close] of ["()", "[]", "{}"]) {
      const inside = this.text.slice(start, end);
      const left = inside.split(open).length - inside.split(close).length;
      for (let n = 0; n < left && this.text[end] === close; n++) end++;
      for (let n = 0; n < -left && this.text[start - 1] === open; n++) start--;
    }
    const shown = this.text.slice(start, end);
    const texts = this.words.slice(first, behind).map(({ text }) => text);
    /** @type {Way[]} */
    const ways = [{ shown: FORMULA, words: [FORMULA] }, { shown, words: texts }];
    // A script that is a word ("x" with a raised "corrupt") may be read as one.
    const parts = this.words.slice(first, behind).flatMap((word) => this.#parts(word));
    const last = parts.findLastIndex((part) => this.#has(part, MATHS));
    const rest = parts.slice(last + 1).map(({ text }) => text);
    if (rest.length) ways.push({ shown: [FORMULA, ...rest].join(" "), words: [FORMULA, ...rest] });
    if (parts.length > texts.length) {
      const all = parts.map(({ text }) => text);
      ways.push({ shown: all.join(" "), words: all });
    }
    return { start, end, ways };
  }

  /**
   * @param {number} at
   * @returns {Way[]}
   */
  #ways(at) {
    const word = this.words[at];
    const shown = this.text.slice(word.start, word.end);
    const whole = { shown, words: [word.text] };
    if (word.text.includes(LETTER)) {
      return LIGATURES.map((ligature) => ({
        shown: shown.replace(UNKNOWN, ligature),
        words: [word.text.replaceAll(LETTER, ligature)],
      }));
    }
    // A line's end may have cut a name before its number: "Semeval-2017".
    const one = { shown: shown.replace(/-\s*\n\s*/, ""), words: [word.text.replace("-", "")] };
    if (one.shown !== shown && word.text.includes("-")) return [whole, one];
    if (!this.#has(word, SCRIPT)) return [whole];
    if (this.#isMark(word)) return [{ shown: "", words: [] }, whole];
    const parts = this.#parts(word);
    const unmarked = parts.filter((part) => !this.#isMark(part));
    const texts = (/** @type {Word[]} */ some) => some.map(({ text }) => text);
    const slices = (/** @type {Word[]} */ some) => some.map(({ start, end }) => this.text.slice(start, end));
    if (unmarked.length && unmarked.length < parts.length) {
      return [{ shown: slices(unmarked).join(""), words: texts(unmarked) }, whole];
    }
    if (parts.length < 2 || parts.some(({ text }) => text.length < 3)) return [whole];
    return [
      { shown: slices(parts).join("_"), words: [word.text] }, // BERT_BASE
      { shown: slices(parts).join(" "), words: texts(parts) },
    ];
  }

  /**
   * Whether a word has a character of some style.
   *
   * @param {Word} word
   * @param {number} style
   */
  #has({ start, end }, style) {
    return this.#styles.slice(start, end).some((each) => each & style);
  }

  /**
   * The words of the raised, lowered and plain parts of a word.
   *
   * @param {Word} word
   * @returns {Word[]}
   */
  #parts({ start, end }) {
    const parts = [];
    for (let i = start + 1, from = start; i <= end; i++) {
      if (i < end && !((this.#styles[i] ^ this.#styles[from]) & SCRIPT)) continue;
      for (const part of words(this.text.slice(from, i))) {
        parts.push({ text: part.text, start: from + part.start, end: from + part.end });
      }
      from = i;
    }
    return parts;
  }

  /**
   * Whether a word is raised, and stands behind a word or punctuation but no variable.
   *
   * @param {Word} word
   */
  #isMark({ text, start, end }) {
    if (!MARK.test(text) || !this.#styles.slice(start, end).every((style) => style & RAISED)) return false;
    const from = Math.max(0, start - 12);
    if (!BEFORE_MARK.test(this.text.slice(from, start))) return false;
    for (let i = start - 1; i >= from; i--) {
      if (/[\p{L}\p{N}]/u.test(this.text[i])) return !(this.#styles[i] & MATHS);
    }
    return true;
  }

  /** The formulas: of each the first word, and the one behind its last. */
  #formulas() {
    const found = new Map();
    for (let at = 0, taken = 0; at < this.words.length; ) {
      if (!this.#isMaths(at)) {
        at++;
        continue;
      }
      let [first, behind] = [at, at + 1];
      while (first > taken && this.#leads(first - 1)) first--;
      while (behind < this.words.length && this.#goesOn(first, behind)) behind++;
      found.set(first, behind);
      at = taken = behind;
    }
    return found;
  }

  /** @param {number} at */
  #isMaths(at) {
    const { text, start, end } = this.words[at];
    if (MATHS_SIGN.test(text)) return true;
    for (let i = start; i < end; i++) {
      if (this.#styles[i] & MATHS && /[\p{L}\p{N}]/u.test(this.text[i])) return true;
    }
    return false;
  }

  /**
   * What stands between a word and the one before it.
   *
   * @param {number} at
   */
  #before(at) {
    return this.text.slice(this.words[at - 1].end, this.words[at].start);
  }

  /** @param {number} at */
  #leads(at) {
    const { text } = this.words[at];
    if (!IN_FORMULA.test(this.#before(at + 1))) return false;
    if (OPERATOR.test(text)) return true;
    return (NUMBER.test(text) || text.length === 1) && OPERATOR.test(this.words[at + 1].text);
  }

  /**
   * @param {number} first
   * @param {number} at
   */
  #goesOn(first, at) {
    const gap = this.#before(at);
    const isAfterOperator = OPERATOR.test(this.words[at - 1].text);
    if (ASIDE.test(gap) && !isAfterOperator) return false;
    const soFar = this.text.slice(this.words[first].start, this.words[at].start);
    const count = (/** @type {RegExp} */ signs) => soFar.match(signs)?.length ?? 0;
    if (count(/[([{]/g) > count(/[)\]}]/g)) return at - first < LONGEST_FORMULA;
    if (!IN_FORMULA.test(gap)) return false;
    const { text } = this.words[at];
    if (this.#isMaths(at) || OPERATOR.test(text)) return true;
    return isAfterOperator && (text.length === 1 || NUMBER.test(text));
  }
}
