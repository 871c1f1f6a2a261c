// The page that shows the reader's own copy of a paper beside its notes. The file never leaves the
// browser: nothing here sends anything, and the page's policy lets nothing out but to this site.

import { button, part } from "../search/elements.js";
import { Bar } from "./bar.js";
import * as memory from "./memory.js";
import * as messages from "./messages.js";
import { Notes } from "./notes.js";
import { load, open, OpenError, stylesheet } from "./open.js";
import { Pages } from "./pages.js";
import { askPassword } from "./password.js";
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
  #kept = part("div", "pn-reader__kept");
  /** @type {{close: () => Promise<void>, room: HTMLElement, notes: Notes} | null} */
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
      part("p", "pn-reader__choose", this.#field, label),
      part("p", "pn-reader__promise", "파일은 이 브라우저 안에서만 열려요. 어디에도 보내지 않아요. 읽던 자리만 기억하고, 파일은 보관하라고 할 때만 이 브라우저에 둬요."),
      this.#kept,
    );
    this.#showKept();
    this.#root.replaceChildren(this.#said, this.#start); // on a low screen, too, what is said is in view
    this.#field.addEventListener("change", () => this.#choose(this.#field.files?.[0]));
    label.className = "pn-button";
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
    if (passage) this.#current?.notes.go(passage);
  }

  /**
   * @param {Blob | undefined} file
   * @param {string} [name]
   */
  async #choose(file, name = file instanceof File ? file.name : "") {
    if (!file) return;
    const turn = ++this.#turn;
    await this.#close();
    this.#said.textContent = messages.OPENING;
    try {
      await this.#open(file, name, () => turn === this.#turn);
    } catch (error) {
      await this.#close();
      this.#said.textContent = messages.NOT_OPENED[error instanceof OpenError ? error.kind : "broken"];
      if (!(error instanceof OpenError)) throw error;
    }
  }

  async #close() {
    document.body.classList.remove("pn-reading");
    const before = this.#current;
    this.#current = null;
    before?.room.remove();
    this.#start.hidden = false;
    this.#field.value = ""; // the same file may be chosen again
    this.#showKept();
    await before?.close();
  }

  /**
   * @param {Blob} file
   * @param {string} name
   * @param {() => boolean} isWanted - Whether no other file has been chosen meanwhile
   */
  async #open(file, name, isWanted) {
    const folder = new URL(`assets/pdfjs/${this.#root.dataset.reader}/`, this.#site);
    const [tools, { Asking }] = await Promise.all([load(folder), import("./asking.js")]);
    const { pdf, close } = await open(tools, file, askPassword);
    if (!isWanted()) return close();
    const ended = new AbortController();
    const notes = new Notes(this.#site);
    const view = new View(tools, notes.root);
    const pages = new Pages(pdf);
    const asking = new Asking(view, pages, this.#root.dataset.repo ?? "", ended.signal);
    const bar = new Bar(view, ended.signal);
    await this.#addKeeping(bar, { key: pdf.fingerprints.join(""), name, file });
    bar.add("다른 파일", "다른 파일 열기", () => { this.#leave(); });
    const desk = part("div", "pn-reader__desk", view.room, asking.offer, asking.panel, notes.sheet);
    const room = part("div", "pn-reader__room", bar.root, desk);
    this.#root.append(room);
    this.#current = {
      room,
      notes,
      close: async () => {
        ended.abort();
        view.close();
        await close();
      },
    };
    document.body.classList.add("pn-reading");
    this.#start.hidden = true;
    this.#said.textContent = "";
    bar.say(messages.LOOKING);
    await view.open(pdf);
    view.room.focus({ preventScroll: true });
    await bar.open(pdf);
    bar.say(await this.#annotate(pages, view, notes, asking));
  }

  /**
   * Find out which paper it is and show its notes; return what there is to say.
   *
   * @param {Pages} pages
   * @param {View} view
   * @param {Notes} notes
   * @param {import("./asking.js").Asking} asking
   */
  async #annotate(pages, view, notes, asking) {
    try {
      if (!(await pages.hasText())) return messages.NO_TEXT;
      const { paper, kind, fingerprint } = await which(pages, (path) => this.#data(path));
      if (kind === "same") asking.fingerprint = fingerprint;
      asking.isNew = kind === "unknown";
      if (!paper || kind === "unknown") return messages.NOT_OURS;
      asking.short = paper.short;
      const { passages } = await this.#data(paper.notes);
      const found = await notes.show(passages, view, pages);
      this.#follow();
      return messages.told(paper, kind, found);
    } catch (error) {
      if (error instanceof OpenError) return messages.NO_NOTES;
      throw error;
    }
  }

  /**
   * A button that keeps the file in this browser, or forgets it.
   *
   * @param {Bar} bar
   * @param {memory.Kept} paper
   */
  async #addKeeping(bar, paper) {
    let isKept = (await memory.kept()).some(({ key }) => key === paper.key);
    const name = () => (isKept ? "보관 지우기" : "이 브라우저에 보관");
    const label = () => (isKept ? "보관 지우기" : "보관");
    const switched = bar.add(label(), name(), async () => {
      try {
        await (isKept ? memory.forget(paper.key) : memory.keep(paper));
        isKept = !isKept;
        bar.say(isKept ? messages.KEPT : messages.FORGOTTEN);
      } catch {
        bar.say(messages.NOT_KEPT);
      }
      switched.textContent = label();
      switched.ariaLabel = name();
    });
  }

  /** Offer the papers that this browser keeps. */
  async #showKept() {
    const papers = await memory.kept();
    this.#kept.hidden = !papers.length;
    this.#kept.replaceChildren(part("p", "", "이 브라우저에 보관한 파일"), part("ul", "", ...papers.map((paper) => {
      const again = button("", paper.name);
      again.addEventListener("click", () => this.#choose(paper.file, paper.name));
      const forget = button("", "지우기");
      forget.ariaLabel = `${paper.name} 지우기`;
      forget.addEventListener("click", async () => {
        await memory.forget(paper.key);
        await this.#showKept();
      });
      return part("li", "", again, " ", forget);
    })));
  }

  async #leave() {
    this.#turn += 1;
    await this.#close();
    this.#field.focus();
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
