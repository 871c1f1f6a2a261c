// Opens a paper in Firefox (tests/firefox.js): `file` at `address`.

export default async function visit(page, { address, file }) {
  await page.goto(address);
  const field = await page.waitForSelector("input[type=file]");
  await field.uploadFile(file);
  await page.waitForFunction(() => /곳/.test(document.querySelector(".pn-bar__said")?.textContent));
  await page.waitForSelector(".page[data-loaded] .textLayer span");
  const said = await page.$eval(".pn-bar__said", (bar) => bar.textContent);
  const marks = await page.$$eval("[data-mark]", (all) => all.map((mark) => mark.dataset.mark));
  const ink = await page.$eval(".page canvas", (canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, index) => index % 4 === 0 && value < 128).length;
  });
  await page.evaluate(() => {
    const [first] = [...document.querySelectorAll(".textLayer span")].filter((span) => /Every heap/.test(span.textContent));
    const last = [...document.querySelectorAll(".textLayer span")].find((span) => /^cause/.test(span.textContent));
    getSelection().setBaseAndExtent(first.firstChild, first.textContent.indexOf("Every"), last.firstChild, last.textContent.indexOf(" Our"));
  });
  await page.waitForSelector(".pn-asking__offer:not([hidden])");
  await page.click(".pn-asking__offer");
  const block = await (await page.waitForSelector("[data-block]")).evaluate((pre) => pre.textContent);
  return { said, marks, ink, block };
}
