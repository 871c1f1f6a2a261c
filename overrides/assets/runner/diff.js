// Which lines of a text another has, and which are its own.

/** @typedef {{ kind: "same" | "old" | "new", line: string }} Change */

/**
 * Compares two texts line by line.
 *
 * The longest common subsequence, by dynamic programming over what the common beginning and end
 * leave over; outputs are at most a thousand lines.
 * @param {string} before
 * @param {string} after
 * @returns {Change[]} All lines of both, in reading order; what went stands before what came.
 */
export function compare(before, after) {
  const old = lines(before);
  const fresh = lines(after);
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) {
    end += 1;
  }
  const same = (/** @type {string} */ line) => /** @type {Change} */ ({ kind: "same", line });
  return [
    ...old.slice(0, start).map(same),
    ...middle(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...old.slice(old.length - end).map(same),
  ];
}

/** @param {string} text */
function lines(text) {
  const found = text.split("\n");
  if (found.at(-1) === "") found.pop(); // a line's end is no line
  return found;
}

/**
 * @param {string[]} old
 * @param {string[]} fresh
 * @returns {Change[]}
 */
function middle(old, fresh) {
  const width = fresh.length + 1;
  const longest = new Uint16Array((old.length + 1) * width); // common lines from (i, j) on
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = old[i] === fresh[j]
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  /** @type {Change[]} */
  const changes = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      changes.push({ kind: "same", line: old[i] });
      i += 1;
      j += 1;
    } else if (j === fresh.length || (i < old.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      changes.push({ kind: "old", line: old[i] });
      i += 1;
    } else {
      changes.push({ kind: "new", line: fresh[j] });
      j += 1;
    }
  }
  return changes;
}
