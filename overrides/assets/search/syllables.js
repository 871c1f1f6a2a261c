// Hangul syllables and the letters (jamo) that they are made of, as Unicode numbers them: a
// syllable's code is U+AC00 + (first consonant × 21 + vowel) × 28 + final consonant (The Unicode
// Standard, section 3.12).

const CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"; // as first consonants
const FINALS = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
/** Vowels that turn into each other when a verb is inflected: 하다 해, 줄이다 줄여, 바꾸다 바꿔. */
const SHIFTS = ["ㅏㅐ", "ㅣㅕ", "ㅜㅝ", "ㅗㅘ", "ㅡㅓ", "ㅚㅙ"];

/**
 * @param {number} first
 * @param {number} vowel
 * @param {number} final
 */
const syllable = (first, vowel, final) =>
  String.fromCharCode(0xac00 + (first * 21 + vowel) * 28 + final);

/** @param {string} letter */
export const isSyllable = (letter) => letter >= "가" && letter <= "힣";

/**
 * Whether a word is a syllable's first keystrokes.
 *
 * @param {string} word
 */
export const isUnfinished = (word) => /^[ㄱ-ㅣ]+$/.test(word);

/**
 * A syllable's first consonant, vowel and final consonant.
 *
 * @param {string} letter
 */
function jamo(letter) {
  const code = letter.charCodeAt(0) - 0xac00;
  return [Math.floor(code / 588), Math.floor(code / 28) % 21, code % 28];
}

/**
 * The syllables that begin with a consonant.
 *
 * @param {string} consonant
 */
function beginningWith(consonant) {
  const first = CONSONANTS.indexOf(consonant);
  return first < 0 ? [] : Array.from({ length: 588 }, (_, i) => syllable(first, 0, i));
}

/**
 * The syllable with any final consonant, and with the vowels it may shift to.
 *
 * @param {string} letter
 */
export function inflected(letter) {
  const [first, vowel] = jamo(letter);
  const vowels = SHIFTS.find((pair) => pair.includes(VOWELS[vowel])) ?? VOWELS[vowel];
  return [...vowels].flatMap((each) =>
    FINALS.map((_, final) => syllable(first, VOWELS.indexOf(each), final)));
}

/**
 * The syllables that differ in one jamo.
 *
 * @param {string} letter
 */
export function oneJamoOff(letter) {
  const [first, vowel, final] = jamo(letter);
  return [
    ...Array.from(CONSONANTS, (_, each) => syllable(each, vowel, final)),
    ...Array.from(VOWELS, (_, each) => syllable(first, each, final)),
    ...FINALS.map((_, each) => syllable(first, vowel, each)),
  ].filter((each) => each !== letter);
}

/**
 * What a word becomes by the next keystrokes: 마스ㅋ and 마스키 lead to 마스킹, 싣 to 시드.
 *
 * @param {string} word
 * @returns {[string, string[]]} The finished syllables, and letters that may follow
 */
export function composed(word) {
  const head = word.slice(0, -1);
  const last = word[word.length - 1];
  if (!isSyllable(last)) return [head, beginningWith(last)];
  const [first, vowel, final] = jamo(last);
  if (!final) return [head, FINALS.map((_, each) => syllable(first, vowel, each))];
  return [head + syllable(first, vowel, 0), beginningWith(FINALS[final])];
}
