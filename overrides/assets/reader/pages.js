// The text of a document's pages, read when it is asked for and then kept.

/** @typedef {import("pdfjs-dist").PageViewport} Viewport */
/** @typedef {Record<string, {fontFamily: string, ascent: number, descent: number}>} Styles */
/** @typedef {import("./types.js").PageText & {viewport: Viewport, styles: Styles}} Page */

export class Pages {
  #pdf;
  /** @type {Map<number, Promise<Page>>} */
  #read = new Map();
  /** @type {Promise<Page[]> | undefined} */
  #all;

  /** @param {import("./open.js").Pdf} pdf */
  constructor(pdf) {
    this.#pdf = pdf;
  }

  get count() {
    return this.#pdf.numPages;
  }

  /**
   * @param {number} number - From 1
   * @returns {Promise<Page>}
   */
  page(number) {
    const page = this.#read.get(number) ?? this.#fetch(number);
    this.#read.set(number, page);
    return page;
  }

  /**
   * Several pages, in order; numbers that no page has are left out.
   *
   * @param {Iterable<number>} numbers
   */
  some(numbers) {
    const there = [...new Set(numbers)].filter((number) => number >= 1 && number <= this.count);
    return Promise.all(there.sort((a, b) => a - b).map((number) => this.page(number)));
  }

  all() {
    this.#all ??= this.some(Array.from({ length: this.count }, (_, index) => index + 1));
    return this.#all;
  }

  /** Whether there is text at all, and not pictures alone. */
  async hasText() {
    const isText = (/** @type {Page[]} */ pages) => pages.some(({ items }) => items.some(({ str }) => str.trim()));
    return isText(await this.some([1, 2, 3])) || isText(await this.all());
  }

  /**
   * The names of a page's fonts, as far as it has been drawn.
   *
   * @param {number} number
   * @returns {Promise<Record<string, string>>}
   */
  async fonts(number) {
    const { commonObjs } = await this.#pdf.getPage(number);
    const { styles } = await this.page(number);
    const drawn = Object.keys(styles).filter((font) => commonObjs.has(font));
    return Object.fromEntries(drawn.map((font) => [font, commonObjs.get(font).name ?? ""]));
  }

  /** @param {number} number */
  async #fetch(number) {
    const page = await this.#pdf.getPage(number);
    // As the text layer reads it, or its spans would not be these items.
    const options = { disableNormalization: true, includeMarkedContent: true };
    const { items, styles } = await page.getTextContent(options);
    const viewport = page.getViewport({ scale: 1 });
    const { width, height } = viewport;
    const text = /** @type {import("./types.js").Item[]} */ (items.filter((item) => "str" in item));
    return { number, items: text, styles: /** @type {Styles} */ (styles), width, height, viewport };
  }
}
