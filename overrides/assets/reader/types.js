// What the parts of the reader hand to one another.

/**
 * A run of characters of pdf.js' `getTextContent({disableNormalization: true})`; `transform` is its
 * matrix, points from the page's lower left corner.
 *
 * @typedef {{
 *   str: string, hasEOL: boolean, transform: number[], width: number, height: number,
 *   fontName: string,
 * }} Item
 *
 * @typedef {{number: number, items: Item[], width: number, height: number}} PageText - `number`
 *   counts from 1; the size is in points
 *
 * @typedef {{text: string, item: number, start: number, end: number}} Word - Normalised; it stands
 *   in the string of an item, and may go on in the items behind it: then `end` is that item's end
 *
 * @typedef {{item: number, offset: number}} Point - Before a character of an item's string
 * @typedef {{page: number, from: Point, to: Point}} Span - Of one page and one column
 *
 * @typedef {{grams: Set<number>, heads: Set<number>, tails: Set<number>, repeats: Set<number>,
 *   guards: Set<number>}} PageHashes - As fingerprints/README.md says
 * @typedef {{number: string, title: string, page: number}} Section
 * @typedef {{id: string, sections: Section[], floats: Record<string, number>,
 *   pages: PageHashes[]}} Fingerprint
 *
 * @typedef {{paper: Fingerprint | null, kind: "same" | "other version" | "unknown",
 *   matched: number, of: number}} Identified - `matched` of the file's pages are the paper's;
 *   `paper` is null where the kind is unknown
 *
 * @typedef {{pieces: string[], pages: number[]}} Quotation - The paper's own words, a text for each
 *   run between what was left out (`own_words` of papernotes/fingerprint/matching.py), and the
 *   pages that the note names
 */

export {};
