import assert from "node:assert/strict";
import { test } from "node:test";

import { fromFragment, toFragment } from "../../overrides/assets/runner/edits.js";

const NAME = "roberta/static_masking.py";

for (const code of ["print(1)\n", "이름 = '세진'\n\tprint(이름, '#&=%+')", "", "x\r\ny", "🙂"]) {
  test(`a link carries ${JSON.stringify(code)} unchanged`, async () => {
    const fragment = await toFragment(NAME, code);
    assert.ok(fragment);
    assert.match(fragment, /^#run=[\w/.]+&code=[\w-]+$/);
    assert.equal(new URL(fragment, "https://example.org/").hash, fragment);
    assert.equal(await fromFragment(NAME, fragment), code);
  });
}

test("a link is for the snippet that it names", async () => {
  const fragment = await toFragment(NAME, "print(1)");
  assert.ok(fragment);
  assert.equal(await fromFragment("electra/weight_init.py", fragment), null);
});

test("code that makes no link that mail programs keep whole is refused", async () => {
  const noise = Array.from({ length: 9000 }, (_, i) => Math.sin(i).toString(36).slice(-4)).join("");
  assert.equal(await toFragment(NAME, noise), null);
});

for (const code of ["", "%%%", "AAAA", "한글", "x".repeat(9000)]) {
  test(`a link that is not ours is not opened: ${code.slice(0, 9)}`, async () => {
    assert.equal(await fromFragment(NAME, `#run=${NAME}&code=${code}`), null);
  });
}

test("a link that unfolds to a flood is not opened", async () => {
  const flood = new Blob(["#".repeat(5_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const code = Buffer.from(await new Response(flood).arrayBuffer()).toString("base64url");
  assert.ok(code.length < 8000);
  assert.equal(await fromFragment(NAME, `#run=${NAME}&code=${code}`), null);
});
