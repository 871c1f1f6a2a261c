// The text of a PDF's pages as the reader has it, read by pdf.js in Node.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * @param {string} pdfjs - The package's folder
 * @param {string} file
 */
export async function read(pdfjs, file) {
  const { getDocument } = await import(pathToFileURL(`${pdfjs}/legacy/build/pdf.mjs`));
  const data = new Uint8Array(readFileSync(file));
  const pdf = await getDocument({ data, fontExtraProperties: true, verbosity: 0 }).promise;
  const pages = [];
  const fonts = {};
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const options = { disableNormalization: true, includeMarkedContent: true };
    const { items, styles } = await page.getTextContent(options);
    const { width, height } = page.getViewport({ scale: 1 });
    pages.push({ number, items: items.filter((item) => "str" in item), width, height });
    await page.getOperatorList(); // gets the fonts
    for (const font of Object.keys(styles)) if (page.commonObjs.has(font)) fonts[font] = page.commonObjs.get(font).name;
  }
  await pdf.loadingTask.destroy();
  return { pages, fonts };
}
