// Runs two snippets of a page in Firefox, over WebDriver BiDi: node firefox.js PROGRAM ADDRESS.
// Prints what a reader gets to see, as JSON.

import puppeteer from "puppeteer-core";

const [executablePath, address] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
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
    await page.waitForSelector(`${snippet}:is([data-state="done"], [data-state="failed"])`, { timeout: 120_000 });
    results[name] = await page.$eval(snippet, (element) => ({
      state: element.dataset.state,
      same: element.dataset.same,
      status: element.querySelector("[role=status]").textContent,
      printed: element.querySelector(".pn-result pre").textContent,
      figures: element.querySelectorAll(".pn-result img").length,
    }));
  }
  const endless = '[data-snippet="roberta/sequence_length.py"]';
  await page.click(`${endless} [data-run="edit"]`);
  await page.$eval(`${endless} textarea`, (field) => {
    field.value = "while True:\n    pass";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.click(`${endless} [data-run="run"]`);
  await page.waitForSelector(`${endless}[data-state="running"]`);
  await page.click(`${endless} [data-run="stop"]`);
  await page.waitForSelector(`${endless}[data-state="stopped"]`);
  console.log(JSON.stringify({ results, complaints }));
} finally {
  await browser.close();
}
