// A paper's fingerprint, as fingerprints/README.md describes the file.

/** @typedef {import("./types.js").Fingerprint} Fingerprint */
/** @typedef {import("./types.js").PageHashes} PageHashes */
/**
 * @typedef {{format: number, id: string, sections: import("./types.js").Section[],
 *   floats: Record<string, number>,
 *   hashes: Record<"grams" | "heads" | "tails" | "repeats" | "guards", string>[]}} File
 */

/**
 * Little-endian integers from base64.
 *
 * @param {string} packed
 * @param {number} width - Of each, in bytes
 */
export function unpacked(packed, width) {
  const bytes = atob(packed);
  const values = [];
  for (let i = 0; i < bytes.length; i += width) {
    let value = 0;
    for (let j = width - 1; j >= 0; j--) value = value * 256 + bytes.charCodeAt(i + j);
    values.push(value);
  }
  return values;
}

/**
 * @param {File} file
 * @returns {Fingerprint}
 */
export function read({ id, sections, floats, hashes }) {
  const pages = hashes.map((page) => ({
    grams: new Set(unpacked(page.grams, 2)),
    heads: new Set(unpacked(page.heads, 2)),
    tails: new Set(unpacked(page.tails, 2)),
    repeats: new Set(unpacked(page.repeats, 2)),
    guards: new Set(unpacked(page.guards, 3)),
  }));
  return { id, sections, floats, pages };
}
