import assert from "node:assert/strict";
import { test } from "node:test";

import { read } from "../../overrides/assets/runner/box.js";

const FIGURE = { type: "figure", png: "AAAA", width: 1, height: 1, texts: [""], boxes: false };
const FINISHED = { type: "finished", error: null, dropped: 0, seconds: 0 };
const ERROR = { kind: "other", traceback: "" };

test("what the harness says is taken as it is", () => {
  for (const message of [
    { type: "ready" },
    { type: "idle" },
    { type: "started" },
    { type: "crashed", message: "" },
    { type: "output", stream: "err", text: "x\n" },
    FIGURE,
    FINISHED,
    { ...FINISHED, error: ERROR },
  ]) assert.deepEqual(read({ ...message, more: 1 }), message);
});

test("what the harness would not say is taken for nothing", () => {
  for (const message of [
    null,
    undefined,
    "ready",
    {},
    { type: "toString" },
    { type: "crashed", message: { toString: 1 } },
    { type: "output", stream: "out", text: { toString: 1 } },
    { type: "output", stream: "out", text: "x".repeat(5e7) },
    { type: "output", stream: "result", text: "x" },
    { ...FIGURE, png: '"><img src=x onerror=alert(1)>' },
    { ...FIGURE, png: "A".repeat(5e7) },
    { ...FIGURE, width: 1e6 },
    { ...FIGURE, height: -1 },
    { ...FIGURE, texts: "x" },
    { ...FIGURE, texts: [{}] },
    { ...FINISHED, dropped: 0.5 },
    { ...FINISHED, seconds: NaN },
    { ...FINISHED, error: { ...ERROR, kind: "x" } },
    { ...FINISHED, error: { ...ERROR, traceback: 1 } },
  ]) assert.equal(read(message), null);
});
