// Runs two snippets of the page at `address` in Firefox (tests/firefox.js), then the code `attack`,
// which wants to get `elsewhere`, until all of `refused` has been.

export default async function visit(page, { address, attack, elsewhere, refused }, complaints) {
  await page.goto(address);
  const results = {};
  for (const name of ["roberta/sequence_length.py", "roberta/position_rows.py"]) {
    const snippet = `[data-snippet="${name}"]`;
    await page.$eval(snippet, (element) => {
      for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
        fold.open = true;
      }
    });
    await page.waitForSelector(`${snippet}[data-state="idle"]`);
    await page.click(`${snippet} [data-run="run"]`);
    results[name] = await ended(snippet);
  }

  const edited = '[data-snippet="roberta/sequence_length.py"]';
  await page.click(`${edited} [data-run="edit"]`);
  const honest = complaints.splice(0);
  // Now and then Firefox does not start the worker of a worker's worker: it is asked again then.
  const attacks = [];
  while (attacks.length < 4 && !refused.every(complained)) {
    attacks.push(await printed(attack));
    await until(() => refused.every(complained), 10_000);
  }
  const attacked = [attacks[0], await printed("import time\ntime.sleep(1)"), await printed("print(heard)")];
  const kept = await page.evaluate(async () => [await caches.keys(), await indexedDB.databases()]);

  await run("while True:\n    pass");
  await page.waitForSelector(`${edited}[data-state="running"]`);
  await page.click(`${edited} [data-run="stop"]`);
  await page.waitForSelector(`${edited}[data-state="stopped"]`);
  await page.goto(`${elsewhere}control`);
  return { results, complaints: honest, attacked, kept, refused: complaints };

  function complained(name) {
    return complaints.some((complaint) => complaint.includes(name));
  }

  // What does not come is the test's to tell.
  async function until(condition, patience) {
    const end = Date.now() + patience;
    while (!condition() && Date.now() < end) await new Promise((done) => setTimeout(done, 50));
  }

  async function printed(code) {
    await run(code);
    return (await ended(edited)).printed;
  }

  async function run(code) {
    await page.$eval(`${edited} textarea`, (field, text) => {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, code);
    await page.click(`${edited} [data-run="run"]`);
  }

  async function ended(snippet) {
    await page.waitForSelector(`${snippet}:is([data-state="done"], [data-state="failed"])`, { timeout: 120_000 });
    return page.$eval(snippet, (element) => ({
      state: element.dataset.state,
      same: element.dataset.same,
      status: element.querySelector("[role=status]").textContent,
      printed: element.querySelector(".pn-result pre").textContent,
      figures: element.querySelectorAll(".pn-result img").length,
    }));
  }
}
