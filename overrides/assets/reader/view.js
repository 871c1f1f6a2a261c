// A document's pages on the screen: pdf.js' own viewer, which draws those in view, with room beside
// them for notes, and marks laid over them.

import { part } from "../search/elements.js";
import { selectFromLinks } from "./dragging.js";
import { place, remember } from "./memory.js";

/** @typedef {import("./open.js").Pdf} Pdf */
/** @typedef {import("./open.js").Tools} Tools */
/** @typedef {import("./rectangles.js").Rectangle} Rectangle */
/** @typedef {{page: number, rectangle: Rectangle}} Place */

const MOST_PIXELS = 16_777_216; // of a canvas: where iOS ends
const TOO_NARROW = 900; // px; below it notes stand above the pages
const COLUMN = 320;
const FROM_TOP = 96; // px above what is shown

/** What pdf.js would say in English; the names of pages are set below. */
const SILENT = {
  getLanguage: () => "ko",
  getDirection: () => "ltr",
  get: async () => "",
  translate: async () => {},
  translateOnce: async () => {},
  pause() {},
  resume() {},
  destroy: async () => {},
};

export class View {
  /** Scrolls; holds the notes, the pages and the marks. */
  room = part("div", "pn-paper-room");
  #pages = part("div", "pdfViewer");
  #marks = part("div", "pn-marks");
  /** @type {Map<number, HTMLElement>} */
  #layers = new Map();
  #fits = true;
  #key = "";
  #stop = new AbortController();
  #tools;
  /** Called when pages have moved. */
  onLayout = () => {};

  /**
   * @param {Tools} tools
   * @param {HTMLElement} notes - Stands first in the reading order
   */
  constructor(tools, notes) {
    this.#tools = tools;
    this.room.tabIndex = 0;
    this.room.role = "region";
    this.room.ariaLabel = "논문";
    this.#marks.ariaHidden = "true"; // the notes' list says the same
    this.room.append(notes, this.#pages, this.#marks);
  }

  /**
   * Show a document; the room is in the page already.
   *
   * @param {Pdf} pdf
   */
  async open(pdf) {
    this.#key = pdf.fingerprints.join("");
    const { components, pdfjs } = this.#tools;
    this.events = new components.EventBus();
    this.links = new components.PDFLinkService({
      eventBus: this.events, externalLinkTarget: components.LinkTarget.BLANK,
    });
    const finder = new components.PDFFindController({ eventBus: this.events, linkService: this.links });
    this.viewer = new components.PDFViewer(/** @type {any} */ ({ // its types leave abortSignal out
      container: /** @type {HTMLDivElement} */ (this.room),
      viewer: /** @type {HTMLDivElement} */ (this.#pages),
      eventBus: this.events,
      linkService: this.links,
      findController: finder,
      l10n: SILENT,
      annotationMode: pdfjs.AnnotationMode.ENABLE,
      imageResourcesPath: new URL("legacy/web/images/", this.#tools.folder).href,
      annotationEditorMode: pdfjs.AnnotationEditorType.DISABLE,
      maxCanvasPixels: MOST_PIXELS,
      removePageBorders: true,
      abortSignal: this.#stop.signal,
    }));
    const ready = new Promise((resolve) => this.events?.on("pagesinit", resolve, { once: true }));
    this.links.setViewer(this.viewer);
    this.viewer.setDocument(pdf);
    this.links.setDocument(pdf);
    await ready;
    for (let index = 0; index < pdf.numPages; index += 1) {
      this.viewer.getPageView(index).div.ariaLabel = `${index + 1}쪽`;
    }
    this.fit();
    this.#resume();
    this.#watch();
  }

  /** Go to where the reader was, and remember from now on. */
  #resume() {
    const before = place(this.#key);
    if (before && this.viewer && before.page <= this.viewer.pagesCount) {
      const destArray = [null, { name: "XYZ" }, null, before.top, null];
      this.viewer.scrollPageIntoView({ pageNumber: before.page, destArray });
    }
    /** @param {{location: {pageNumber: number, top: number}}} event */
    const note = ({ location: { pageNumber, top } }) => remember(this.#key, { page: pageNumber, top });
    this.events?.on("updateviewarea", note);
  }

  close() {
    this.#stop.abort();
    this.viewer?.setDocument(/** @type {any} */ (null));
    this.links?.setDocument(null);
    this.room.remove();
  }

  /** Whether notes stand beside the pages. */
  get isWide() {
    return this.room.clientWidth >= TOO_NARROW;
  }

  /** Make pages as wide as the room, but for the notes. */
  fit() {
    this.#fits = true;
    const page = this.viewer?.getPageView(0);
    if (!this.viewer || !page) return;
    const room = this.room.clientWidth - (this.isWide ? COLUMN + 48 : 0);
    this.viewer.currentScale = Math.min((room / page.width) * page.scale, this.isWide ? 1.6 : 10);
  }

  /** @param {number} steps - Larger, or smaller where negative */
  zoom(steps) {
    this.#fits = false;
    this.viewer?.updateScale({ steps });
  }

  /** @param {number} page - From 1; another number than a page's does nothing */
  turn(page) {
    if (this.viewer && page >= 1 && page <= this.viewer.pagesCount) this.viewer.currentPageNumber = page;
  }

  /**
   * The pages that a range touches, with the element of each item of their text, as far as drawn.
   *
   * @param {Range} range
   * @returns {{page: number, divs: HTMLElement[]}[]}
   */
  texts(range) {
    const views = Array.from({ length: this.viewer?.pagesCount ?? 0 }, (_, index) => this.viewer?.getPageView(index));
    return views.filter((view) => range.intersectsNode(view.div)).map((view) => ({
      page: view.id, divs: view._textHighlighter.textDivs ?? [],
    }));
  }

  /**
   * Lay marks over a page.
   *
   * @param {number} page
   * @param {Element[]} marks - With `style` as `placed` gives it
   */
  mark(page, marks) {
    const layer = this.#layers.get(page) ?? part("div", "pn-marks__page");
    this.#layers.set(page, layer);
    layer.append(...marks);
    this.#marks.append(layer);
    this.layOut();
  }

  /**
   * How far down the room a place is, in pixels.
   *
   * @param {Place} place
   */
  top({ page, rectangle }) {
    const div = this.viewer?.getPageView(page - 1)?.div;
    return div ? div.offsetTop + rectangle.top * div.clientHeight : 0;
  }

  /**
   * Scroll to a place.
   *
   * @param {Place} place
   */
  show(place) {
    this.room.scrollTo({ top: this.top(place) - FROM_TOP, behavior: gently() });
  }

  /**
   * What stands at a point of the window: the marks' elements.
   *
   * @param {{clientX: number, clientY: number}} point
   * @returns {HTMLElement[]}
   */
  marksAt({ clientX, clientY }) {
    return /** @type {HTMLElement[]} */ ([...this.#marks.querySelectorAll("[data-mark]")]).filter((mark) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    });
  }

  layOut() {
    for (const [number, { style }] of this.#layers) {
      const div = this.viewer?.getPageView(number - 1)?.div;
      if (!div) continue;
      style.left = `${div.offsetLeft}px`;
      style.top = `${div.offsetTop}px`;
      style.width = `${div.clientWidth}px`;
      style.height = `${div.clientHeight}px`;
    }
    this.onLayout();
  }

  #watch() {
    const { signal } = this.#stop;
    const sizes = new ResizeObserver(() => {
      if (this.#fits) this.fit();
      this.layOut();
    });
    selectFromLinks(this.room, signal);
    sizes.observe(this.room);
    sizes.observe(this.#pages);
    signal.addEventListener("abort", () => sizes.disconnect());
    this.events?.on("scalechanging", () => this.layOut());
    this.events?.on("annotationlayerrendered", (/** @type {{source: {div: HTMLElement}}} */ { source: { div } }) => {
      // A paper has hundreds of links to its own parts: by keyboard, the outline and the search
      // lead there.
      for (const link of div.querySelectorAll("a")) if (link.origin === location.origin) link.tabIndex = -1;
    });
    const scale = (/** @type {number} */ factor, /** @type {[number, number]} */ origin) => {
      this.#fits = false;
      this.viewer?.updateScale({ scaleFactor: factor, origin, drawingDelay: 400 });
    };
    this.room.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return; // a trackpad's pinch, too
      event.preventDefault();
      scale(Math.exp(-event.deltaY / (event.deltaMode ? 5 : 100)), [event.clientX, event.clientY]);
    }, { passive: false, signal });
    new this.#tools.pdfjs.TouchManager({
      container: this.room,
      signal,
      onPinching: (/** @type {number[]} */ origin, /** @type {number} */ before, /** @type {number} */ now) =>
        scale(now / before, /** @type {[number, number]} */ (origin)),
    });
  }
}

/** @returns {ScrollBehavior} */
function gently() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
