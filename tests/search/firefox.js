// Looks something up in Firefox (tests/firefox.js), at `address`.

export default async function visit(page, { address }) {
  await page.goto(address);
  await page.keyboard.press("/");
  await page.keyboard.type("cross entropy");
  await page.waitForSelector("[role=dialog] [role=option] mark");
  await page.keyboard.press("ArrowDown");
  const active = await page.$eval("[role=combobox]", (field) => field.getAttribute("aria-activedescendant"));
  const first = await page.$eval(`#${active}`, (option) => ({
    text: option.textContent, selected: option.getAttribute("aria-selected"), href: option.href,
  }));
  await page.keyboard.press("Enter");
  await page.waitForSelector("article mark");
  const marked = await page.$$eval("article mark", (marks) => marks.map((mark) => mark.textContent));
  const arrived = page.url();
  await page.evaluate(() => history.back());
  await page.waitForSelector("[role=dialog] [role=option]");
  const again = await page.$eval("[role=combobox]", (field) => field.value);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  return { first, marked, arrived, again };
}
