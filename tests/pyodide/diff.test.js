import assert from "node:assert/strict";
import { test } from "node:test";

import { compare } from "../../overrides/assets/runner/diff.js";

/** @param {string} before @param {string} after */
const marks = (before, after) => compare(before, after).map(
  ({ kind, line }) => ({ same: " ", old: "-", new: "+" })[kind] + line,
);

for (const [before, after, expected] of /** @type {[string, string, string[]][]} */ ([
  ["", "", []],
  ["a\nb\n", "a\nb\n", [" a", " b"]],
  ["a\nb\nc\n", "a\nx\nc\n", [" a", "-b", "+x", " c"]],
  ["a\nb\n", "a\n", [" a", "-b"]],
  ["", "a\n", ["+a"]],
  ["a\n", "a", [" a"]],
  ["a\n\n", "a\n", [" a", "-"]],
  ["a\na\n", "a\na\na\n", [" a", " a", "+a"]],
  ["a\nb\nc\nd\n", "b\nd\ne\n", ["-a", " b", "-c", " d", "+e"]],
  ["1\n2\n3\n", "4\n5\n", ["-1", "-2", "-3", "+4", "+5"]],
])) {
  test(`${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
    assert.deepEqual(marks(before, after), expected);
  });
}

test("both texts can be read off the changes", () => {
  const text = (/** @type {number} */ seed) => Array.from(
    { length: 200 }, (_, i) => `${(i * seed) % 7}\n`,
  ).join("");
  const changes = compare(text(3), text(5));
  const side = (/** @type {string} */ kind) => changes
    .filter((change) => change.kind === "same" || change.kind === kind)
    .map(({ line }) => `${line}\n`)
    .join("");
  assert.equal(side("old"), text(3));
  assert.equal(side("new"), text(5));
});
