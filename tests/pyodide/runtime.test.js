import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, test } from "node:test";

import { Runtime, RuntimeError } from "../../overrides/assets/runner/runtime.js";

const BODIES = /** @type {Record<string, string>} */ ({ "a.whl": "aaaa", "b.whl": "bbbbbbbb" });
const MANIFEST = {
  version: "0",
  core: [],
  packages: {},
  files: Object.fromEntries(Object.entries(BODIES).map(([name, body]) => [name, {
    sha256: createHash("sha256").update(body).digest("hex"),
    size: body.length,
    transfer: body.length,
  }])),
};
const { signal } = new AbortController();
const realFetch = globalThis.fetch;
afterEach(() => { globalThis.fetch = realFetch; });

/**
 * Answers requests from `bodies`; returns what was asked for, and how.
 * @param {Record<string, string | null>} bodies
 */
function serve(bodies) {
  /** @type {string[]} */
  const asked = [];
  globalThis.fetch = async (address, options) => {
    const name = String(address).split("/").at(-1) ?? "";
    asked.push(options?.cache === "reload" ? `${name} again` : name);
    if (name === "runtime.json") return Response.json(MANIFEST);
    const body = bodies[name];
    if (body === null) throw new TypeError("no network");
    return new Response(body, { status: body === undefined ? 404 : 200 });
  };
  return asked;
}

const newRuntime = () => new Runtime(new URL("https://example.org/pyodide/"));

test("a file is fetched once, and its progress told", async () => {
  const asked = serve(BODIES);
  const runtime = newRuntime();
  /** @type {number[][]} */
  const told = [];
  runtime.onProgress = (...bytes) => told.push(bytes);
  const files = await runtime.load(["a.whl", "b.whl"], signal);
  await runtime.load(["a.whl"], signal);
  assert.equal(new TextDecoder().decode(files.get("b.whl")), "bbbbbbbb");
  assert.deepEqual(asked, ["runtime.json", "a.whl", "b.whl"]);
  assert.deepEqual(told.at(-1), [12, 12]);
});

for (const [what, body] of [["one changed byte", "aaab"], ["less", "aaa"], ["more", "aaaaa"]]) {
  test(`${what} is refused, and fetched past the cache the next time`, async () => {
    const asked = serve({ "a.whl": body });
    const runtime = newRuntime();
    const damaged = new RuntimeError("damaged", "a.whl");
    await assert.rejects(runtime.load(["a.whl"], signal), damaged);
    serve(BODIES);
    assert.deepEqual(asked, ["runtime.json", "a.whl"]);
    const again = serve(BODIES);
    await runtime.load(["a.whl"], signal);
    assert.deepEqual(again, ["a.whl again"]);
  });
}

test("no network and no file are told apart, and a later try works", async () => {
  const runtime = newRuntime();
  serve({ "a.whl": null });
  await assert.rejects(runtime.load(["a.whl", "b.whl"], signal), ({ reason }) => (
    reason === "offline" || reason === "missing"
  ));
  serve({});
  await assert.rejects(runtime.load(["a.whl"], signal), new RuntimeError("missing", "a.whl"));
  serve(BODIES);
  assert.equal((await runtime.load(["a.whl"], signal)).size, 1);
});

test("a page where the manifest should be is no manifest, and is asked for anew", async () => {
  globalThis.fetch = async () => new Response("<!doctype html>");
  const runtime = newRuntime();
  await assert.rejects(runtime.manifest(signal), new RuntimeError("damaged", "runtime.json"));
  const asked = serve(BODIES);
  await runtime.manifest(signal);
  assert.deepEqual(asked, ["runtime.json again"]);
});

test("the stop of the run that asked first does not stop the next one", async () => {
  serve(BODIES);
  const answer = globalThis.fetch;
  const stopper = new AbortController();
  globalThis.fetch = (address, options) => new Promise((resolve, reject) => {
    const stop = () => reject(options?.signal?.reason);
    options?.signal?.addEventListener("abort", stop);
    if (options?.signal !== stopper.signal) resolve(answer(address, options));
  });
  const runtime = newRuntime();
  const first = runtime.load(["a.whl"], stopper.signal);
  const second = runtime.load(["a.whl"], signal);
  stopper.abort();
  await assert.rejects(first, { name: "AbortError" });
  assert.equal((await second).size, 1);
});

test("a stopped download is not called a lost connection", async () => {
  const stopper = new AbortController();
  globalThis.fetch = async (_, options) => {
    stopper.abort();
    options?.signal?.throwIfAborted();
    return new Response();
  };
  await assert.rejects(newRuntime().load(["a.whl"], stopper.signal), { name: "AbortError" });
});
