// The page that shows the reader's own copy of a paper beside its notes. The file never leaves the
// browser: nothing here sends anything, and the page's policy lets nothing out but to this site.

import { button, part } from "../search/elements.js";
import { Bar } from "./bar.js";
import * as messages from "./messages.js";
import { Notes } from "./notes.js";
import { load, open, OpenError, stylesheet } from "./open.js";
import { Pages } from "./pages.js";
import { View } from "./view.js";
import { which } from "./which.js";

/** @typedef {import("./which.js").Listed} Listed */

/**
 * Build the reader.
 *
 * @param {HTMLElement} root - The element with `data-reader`
 */
export async function start(root) {
  const site = new URL("../../", import.meta.url);
  await stylesheet(new URL("reader.css", import.meta.url));
  new Reader(root, site).show();
}

class Reader {
  #root;
  #site;
  #field = Object.assign(document.createElement("input"), { type: "file", accept: ".pdf,application/pdf" });
  #said = part("p", "pn-reader__said");
  #start = part("div", "pn-reader__start");
  /** @type {{close: () => Promise<void>, room: HTMLElement} | null} */
  #current = null;
  #turn = 0;

  /**
   * @param {HTMLElement} root
   * @param {URL} site
   */
  constructor(root, site) {
    this.#root = root;
    this.#site = site;
    this.#said.role = "status";
    this.#field.id = "pn-reader-file";
  }

  show() {
    const label = document.createElement("label");
    label.htmlFor = this.#field.id;
    label.append("논문 PDF 고르기");
    this.#start.append(
      part("p", "", "가지고 있는 논문 PDF를 여기에 놓거나 골라 주세요. 인용한 문장마다 모임의 노트가 곁에 나와요."),
      part("p", "pn-reader__choose", label, this.#field),
      part("p", "pn-reader__promise", "파일은 이 브라우저 안에서만 열려요. 어디에도 보내지 않고, 저장하지도 않아요."),
    );
    this.#root.replaceChildren(this.#start, this.#said);
    this.#field.addEventListener("change", () => this.#choose(this.#field.files?.[0]));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault(); // or the browser leaves the page for the file
      this.#choose(event.dataTransfer?.files[0]);
    });
    addEventListener("hashchange", () => this.#follow());
    this.#hint();
  }

  /** What the address asks for: a paper, and a passage of its note. */
  get #asked() {
    const asked = new URLSearchParams(location.hash.slice(1));
    return { paper: asked.get("paper"), passage: asked.get("passage") };
  }

  /** Say which paper the address asks for, and where its PDF is to be had. */
  async #hint() {
    const { paper } = this.#asked;
    if (!paper) return;
    const { papers } = await this.#data("reader/papers.json");
    const found = /** @type {Listed[]} */ (papers).find(({ id }) => id === paper);
    if (!found || this.#current) return;
    const link = Object.assign(document.createElement("a"), {
      href: `https://arxiv.org/pdf/${found.id}`, rel: "external", textContent: `arXiv에서 ${found.short}의 PDF 내려받기`,
    });
    this.#start.prepend(part("p", "pn-reader__asked", `${found.short}의 PDF를 열어 주세요. `, link));
  }

  #follow() {
    const { passage } = this.#asked;
    if (passage) this.notes?.go(passage);
  }

  /** @param {File | undefined} file */
  async #choose(file) {
    this.#field.value = ""; // the same file may be chosen again
    if (!file) return;
    const turn = ++this.#turn;
    await this.#close();
    this.#said.textContent = messages.OPENING;
    try {
      await this.#open(file, () => turn === this.#turn);
    } catch (error) {
      await this.#close();
      if (!(error instanceof OpenError)) throw error;
      this.#said.textContent = messages.NOT_OPENED[error.kind];
    }
  }

  async #close() {
    document.body.classList.remove("pn-reading");
    const before = this.#current;
    this.#current = null;
    before?.room.remove();
    this.#start.hidden = false;
    await before?.close();
  }

  /**
   * @param {File} file
   * @param {() => boolean} isWanted - Whether no other file has been chosen meanwhile
   */
  async #open(file, isWanted) {
    const folder = new URL(`assets/pdfjs/${this.#root.dataset.reader}/`, this.#site);
    const tools = await load(folder);
    const { pdf, close } = await open(tools, file, async (again) => prompt(again ? "암호가 달라요. 다시 적어 주세요." : "암호로 잠긴 PDF예요. 암호를 적어 주세요."));
    if (!isWanted()) return close();
    const notes = new Notes(this.#site);
    this.notes = notes;
    const view = new View(tools, notes.root);
    const bar = new Bar(view, () => { this.#turn += 1; this.#close().then(() => this.#field.focus()); });
    const desk = part("div", "pn-reader__desk", view.room);
    const room = part("div", "pn-reader__room", bar.root, desk);
    this.#root.append(room);
    this.#current = { room, close: async () => { view.close(); await close(); } };
    document.body.classList.add("pn-reading");
    this.#start.hidden = true;
    this.#said.textContent = "";
    bar.say(messages.LOOKING);
    await view.open(pdf);
    bar.open(pdf);
    view.room.focus({ preventScroll: true });
    const pages = new Pages(pdf);
    const said = await this.#annotate(pages, view, notes);
    if (isWanted()) bar.say(said);
  }

  /**
   * Find out which paper it is and show its notes; return what there is to say.
   *
   * @param {Pages} pages
   * @param {View} view
   * @param {Notes} notes
   */
  async #annotate(pages, view, notes) {
    const first = await pages.some([1, 2, 3]);
    if (!first.some(({ items }) => items.some(({ str }) => str.trim()))) {
      const rest = await pages.all();
      if (!rest.some(({ items }) => items.some(({ str }) => str.trim()))) return messages.NO_TEXT;
    }
    const { paper, kind } = await which(pages, (path) => this.#data(path));
    if (!paper || kind === "unknown") return messages.NOT_OURS;
    const { passages } = await this.#data(paper.notes);
    const found = await notes.show(passages, view, pages);
    this.#follow();
    return messages.told(paper, kind, found);
  }

  /**
   * @param {string} path
   * @returns {Promise<any>}
   */
  async #data(path) {
    const answer = await fetch(new URL(path, this.#site));
    if (!answer.ok) throw new OpenError("tools");
    return answer.json();
  }
}
