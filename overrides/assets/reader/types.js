// What the parts of the reader hand to one another.

/**
 * A run of characters of pdf.js' `getTextContent({disableNormalization: true})`; `transform` is its
 * matrix, points from the page's lower left corner.
 *
 * @typedef {{
 *   str: string, hasEOL: boolean, transform: number[], width: number, height: number,
 *   fontName?: string,
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
 * @typedef {{words: number, grams: Uint16Array, heads: Uint16Array, tails: Uint16Array,
 *   repeats: Uint16Array, guards: Uint32Array}} PageHashes - As fingerprints/README.md says
 * @typedef {{number: string, title: string, page: number}} Section
 * @typedef {{id: string, sections: Section[], floats: Record<string, number>,
 *   hashes: PageHashes[]}} Fingerprint
 *
 * @typedef {{id: string, pages: Uint16Array[]}} Paper - An arXiv id with its version, and the grams
 *   of each page: enough to tell the paper
 * @typedef {{paper: Paper | null, kind: "same" | "other version" | "unknown", matched: number,
 *   of: number}} Identified - `matched` of the file's pages are the paper's; `paper` is null where
 *   the kind is unknown
 *
 * @typedef {{text: string}} Quotation - As a note has it, in Markdown's source
 */

export {};
