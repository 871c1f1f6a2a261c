// The notes on a paper: a list that stands first, and where there is room the paper's margin, each
// note at the height of its quotation. What a quotation's mark and its note do, they do together.

import { button, part } from "../search/elements.js";
import { find } from "./find.js";
import { rectangles } from "./rectangles.js";

/** @typedef {import("./view.js").Place} Place */
/**
 * @typedef {import("./types.js").Quotation & {evidence: boolean, place: string}} Quotation
 * @typedef {{id: string, title: string, url: string, short: string, status: string, label: string,
 *   question: string, gist: string, quotations: Quotation[]}} Passage - Of papernotes/export/reader.py
 * @typedef {{passage: Passage, fold: HTMLDetailsElement, links: HTMLElement, item: HTMLElement,
 *   place: Place | null}} Note
 */

const APART = 8; // px between two notes of the margin

export class Notes {
  root = part("nav", "pn-notes");
  /** A note over the paper, on a phone. */
  sheet = part("section", "pn-sheet");
  #head = part("h2", "pn-notes__title");
  #list = document.createElement("ol");
  /** @type {Note[]} */
  #notes = [];
  #site;
  /** @type {import("./view.js").View | undefined} */
  #view;

  /** @param {URL} site */
  constructor(site) {
    this.#site = site;
    this.root.ariaLabel = "이 논문의 노트";
    this.root.append(this.#head, this.#list);
    this.root.hidden = true;
    this.sheet.hidden = true;
    this.sheet.tabIndex = -1;
    this.sheet.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.sheet.hidden = true; });
  }

  /**
   * Fill the list, and look for the quotations one by one.
   *
   * @param {Passage[]} passages
   * @param {import("./view.js").View} view
   * @param {import("./pages.js").Pages} pages
   * @returns {Promise<{found: number, of: number}>} Of the quotations
   */
  async show(passages, view, pages) {
    this.#view = view;
    this.#notes = passages.map((passage) => this.#note(passage));
    this.#list.replaceChildren(...this.#notes.map(({ item }) => item));
    this.#head.textContent = `노트 ${passages.length}개`;
    this.root.hidden = !passages.length;
    view.onLayout = () => this.layOut();
    view.room.addEventListener("click", (event) => this.#press(event));
    // Those of a page at a time, in the paper's order: the first page's come first.
    const wanted = this.#notes.flatMap((note) => note.passage.quotations.map((quotation) => ({ note, quotation })));
    wanted.sort((a, b) => (a.quotation.pages[0] ?? 0) - (b.quotation.pages[0] ?? 0));
    const near = await pages.some(wanted.flatMap(({ quotation }) => quotation.pages));
    let found = 0;
    for (const { note, quotation } of wanted) {
      const spans = find(quotation, near) ?? find(quotation, await pages.all());
      if (await this.#show(note, quotation, spans, pages)) found += 1;
    }
    this.#sort();
    return { found, of: wanted.length };
  }

  /**
   * Go to a passage's quotation and open its note.
   *
   * @param {string} id
   */
  go(id) {
    const note = this.#notes.find(({ passage }) => passage.id === id);
    if (!note) return;
    this.#open(note);
    if (note.place) this.#view?.show(note.place);
  }

  /** Where there is a margin, put each note at its quotation's height, below the one before. */
  layOut() {
    const view = this.#view;
    const isWide = Boolean(view?.isWide);
    this.root.classList.toggle("pn-notes--margin", isWide);
    let below = 56;
    for (const { item, place } of this.#notes) {
      if (!view || !isWide) {
        item.style.top = "";
        continue;
      }
      const top = Math.max(below, place ? view.top(place) : below);
      item.style.top = `${top}px`;
      below = top + item.offsetHeight + APART;
    }
  }

  /**
   * @param {Passage} passage
   * @returns {Note}
   */
  #note(passage) {
    const chip = part("span", `pn-status pn-status--${passage.status}`, passage.label);
    const title = part("span", "pn-notes__name", passage.title);
    const gist = part("span", "pn-notes__gist", passage.gist || passage.question);
    const links = part("p", "pn-notes__places");
    const more = part("p", "pn-notes__more", way(new URL(passage.url, this.#site), "노트 읽기"));
    const fold = document.createElement("details");
    const asked = passage.gist ? [part("p", "pn-notes__asked", `질문: ${passage.question}`)] : [];
    fold.append(part("summary", "", chip, " ", title, " ", gist), ...asked, links, more);
    fold.addEventListener("toggle", () => this.#view?.layOut());
    const item = part("li", "pn-notes__note", fold);
    item.dataset.status = passage.status;
    return { passage, fold, links, item, place: null };
  }

  /**
   * Mark a quotation where it stands, or say that it does not.
   *
   * @param {Note} note
   * @param {Quotation} quotation
   * @param {import("./types.js").Span[] | null} spans
   * @param {import("./pages.js").Pages} pages
   */
  async #show(note, quotation, spans, pages) {
    const name = quotation.evidence ? `근거 ${quotation.place}` : quotation.place;
    if (!spans) {
      note.links.append(part("span", "pn-notes__missing", `${name}: 이 파일에서 찾지 못했어요`));
      return false;
    }
    /** @type {Place[]} */
    const places = [];
    for (const span of spans) {
      const found = rectangles(span, await pages.page(span.page));
      places.push(...found.map((rectangle) => ({ page: span.page, rectangle })));
      this.#view?.mark(span.page, found.map((rectangle) => mark(rectangle, note.passage, quotation)));
    }
    const [first] = places;
    if (!first) return false;
    if (!note.place || !quotation.evidence) note.place = first;
    const go = button("", `${name} 보기`);
    go.addEventListener("click", () => { this.#light(note); this.#view?.show(first); });
    note.links.append(go);
    this.layOut();
    return true;
  }

  /** Put the notes in the order of their places; those without one come last. */
  #sort() {
    const at = (/** @type {Note} */ { place }) => (place ? place.page + place.rectangle.top : Infinity);
    this.#notes.sort((a, b) => at(a) - at(b) || 0);
    this.#list.replaceChildren(...this.#notes.map(({ item }) => item));
    this.layOut();
  }

  /** @param {MouseEvent} event */
  #press(event) {
    const onPaper = event.target instanceof Element && event.target.closest(".pdfViewer");
    if (!onPaper || event.target.closest("a") || !getSelection()?.isCollapsed) return;
    const [id] = (this.#view?.marksAt(event) ?? []).map((each) => each.dataset.mark);
    const note = this.#notes.find(({ passage }) => passage.id === id);
    if (!note) return;
    this.#open(note);
    const { top, bottom } = note.item.getBoundingClientRect();
    if (!this.#view?.isWide || top > innerHeight || bottom < 0) this.#raise(note);
  }

  /**
   * Show a note over the paper, where its place in the list is out of view.
   *
   * @param {Note} note
   */
  #raise({ passage }) {
    const close = button("pn-sheet__close", "닫기");
    close.addEventListener("click", () => { this.sheet.hidden = true; });
    this.sheet.replaceChildren(
      part("p", "", part("span", `pn-status pn-status--${passage.status}`, passage.label), " ", part("strong", "", passage.title)),
      part("p", "", passage.gist || passage.question),
      part("p", "", way(new URL(passage.url, this.#site), "노트 읽기"), " ", close),
    );
    this.sheet.ariaLabel = passage.title;
    this.sheet.hidden = false;
    this.sheet.focus();
  }

  /** @param {Note} note */
  #open(note) {
    for (const { fold } of this.#notes) fold.open = fold === note.fold;
    this.#light(note);
    this.#view?.layOut();
  }

  /** @param {Note} note */
  #light(note) {
    for (const each of this.#view?.room.querySelectorAll("[data-mark]") ?? []) {
      each.classList.toggle("pn-mark--lit", each.getAttribute("data-mark") === note.passage.id);
    }
    for (const { item } of this.#notes) item.classList.toggle("pn-notes__note--lit", item === note.item);
  }
}

/**
 * @param {import("./rectangles.js").Rectangle} rectangle
 * @param {Passage} passage
 * @param {Quotation} quotation
 */
function mark({ left, top, right, bottom }, passage, { evidence }) {
  const made = part("span", evidence ? "pn-mark pn-mark--evidence" : "pn-mark");
  made.dataset.mark = passage.id;
  made.dataset.status = passage.status;
  const percent = (/** @type {number} */ part) => `${(part * 100).toFixed(3)}%`;
  made.style.left = percent(left);
  made.style.top = percent(top);
  made.style.width = percent(right - left);
  made.style.height = percent(bottom - top);
  return made;
}

/**
 * @param {URL} address
 * @param {string} text
 */
function way({ href }, text) {
  return Object.assign(document.createElement("a"), { href, textContent: text });
}
