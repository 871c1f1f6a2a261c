// A sentence that is selected on the paper becomes a block to paste, or a question on GitHub.

import { button, part } from "../search/elements.js";
import { ask } from "./ask.js";
import { questionAddress, scaffold, titlePage } from "./scaffold.js";
import { selected } from "./selection.js";

/** @typedef {import("./ask.js").Asked} Asked */
/** @typedef {import("./types.js").Fingerprint} Fingerprint */

const MOST_PAGES = 60; // of a paper that is read whole, for the words that its lines cut
const CHECKED = {
  verified: "✓ 원문의 지문과 낱말 하나하나 맞아요. 그대로 붙여도 검사를 지나요.",
  differs: "지문과 다른 곳이 있어요.",
  "too short": "이대로는 대조할 수 없어요. 다섯 낱말 넘게, ‘not’ 같은 말이 끝에 오면 그 바깥까지 골라 주세요.",
  unchecked: "이 논문의 지문이 없어 대조하지 못했어요.",
};

export class Asking {
  /** Comes beside the selection. */
  offer = button("pn-asking__offer", "이 문장 질문하기");
  panel = part("section", "pn-asking");
  #view;
  #pages;
  #repo;
  /** @type {Fingerprint | null} */
  fingerprint = null;
  /** @type {string | null} What the paper is called in a question's title. */
  short = null;
  /** Whether nobody has made a fingerprint of the paper: then a whole note is offered. */
  isNew = false;

  /**
   * @param {import("./view.js").View} view
   * @param {import("./pages.js").Pages} pages
   * @param {string} repo - The repository's address; "" where none is known
   * @param {AbortSignal} signal - Ends it
   */
  constructor(view, pages, repo, signal) {
    this.#view = view;
    this.#pages = pages;
    this.#repo = repo;
    this.offer.hidden = true;
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.ariaLabel = "고른 문장";
    let timer = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#suggest(), 200);
    }, { signal });
    this.offer.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
    this.offer.addEventListener("click", () => this.#ask());
    this.panel.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.#close(); });
  }

  #suggest() {
    const found = selected(this.#view);
    this.offer.hidden = !found;
    if (!found) return;
    const room = this.#view.room.getBoundingClientRect();
    const left = Math.min(found.box.right - room.left, room.width - this.offer.offsetWidth - 24);
    const top = Math.min(found.box.bottom - room.top + 8, room.height - 48);
    this.offer.style.left = `${Math.max(8, left)}px`;
    this.offer.style.top = `${Math.max(8, top)}px`;
  }

  #close() {
    this.panel.hidden = true;
    this.#view.room.focus({ preventScroll: true });
  }

  async #ask() {
    const found = selected(this.#view);
    if (!found) return;
    const { from, to } = found;
    const around = Array.from({ length: to.page - from.page + 5 }, (_, index) => from.page - 2 + index);
    const isShort = this.#pages.count <= MOST_PAGES;
    const pages = await (isShort ? this.#pages.all() : this.#pages.some(around));
    const drawn = pages.filter(({ number }) => number >= from.page && number <= to.page + 1);
    const fonts = Object.assign({}, ...(await Promise.all(drawn.map(({ number }) => this.#pages.fonts(number)))));
    const [first] = this.isNew ? await this.#pages.some([1]) : [];
    const front = first && titlePage(first);
    if (front) this.short = front.title || front.id || null;
    const show = (/** @type {ReadonlySet<string>} */ chosen) => {
      const asked = ask(from, to, pages, { paper: this.fingerprint, fonts, chosen });
      if (!asked) return;
      this.panel.hidden = false;
      this.#show(asked, (words) => show(words), chosen);
      if (front) this.panel.append(whole(scaffold(front, asked.block)));
    };
    show(new Set());
    this.offer.hidden = true;
    this.panel.focus();
  }

  /**
   * @param {Asked} asked
   * @param {(chosen: ReadonlySet<string>) => void} again - With what the reader has chosen
   * @param {ReadonlySet<string>} chosen
   */
  #show({ text, place, block, choices, differs, verdict }, again, chosen) {
    const code = part("code", "", block);
    const shown = part("pre", "", code);
    shown.dataset.block = "";
    shown.tabIndex = 0;
    const said = `${CHECKED[verdict]}${differs ? ` “${differs}”` : ""}`;
    const verdictLine = part("p", `pn-asking__said pn-asking__said--${verdict === "verified" ? "good" : "open"}`, said);
    verdictLine.role = "status";
    const close = button("pn-asking__close", "닫기");
    close.addEventListener("click", () => this.#close());
    const copy = copying("블록 복사", block, code);
    const ways = part("p", "pn-asking__ways", copy);
    const question = this.#question(text, place);
    if (question) ways.append(" ", question);
    this.panel.replaceChildren(
      part("h2", "", "고른 문장"), close, shown, verdictLine,
      ...choices.map((choice) => this.#choice(choice, again, chosen)),
      ways,
    );
  }

  /**
   * @param {import("./ask.js").Choice} choice
   * @param {(chosen: ReadonlySet<string>) => void} again
   * @param {ReadonlySet<string>} chosen
   */
  #choice({ ways, chosen: at }, again, chosen) {
    const made = document.createElement("fieldset");
    made.append(part("legend", "", "줄 끝에서 나뉜 낱말이에요. 어느 쪽인가요?"));
    ways.forEach((way, index) => {
      const radio = Object.assign(document.createElement("input"), {
        type: "radio", name: `pn-way-${ways[0]}`, checked: index === at,
      });
      radio.addEventListener("change", () => {
        again(new Set([...chosen].filter((each) => !ways.includes(each)).concat(way)));
      });
      made.append(part("label", "", radio, ` ${way}`));
    });
    return made;
  }

  /**
   * The prefilled form for a question: the quotation and its place only.
   *
   * @param {string} text
   * @param {string} place
   */
  #question(text, place) {
    if (!this.#repo) return null;
    const href = questionAddress(this.#repo, `${this.short ?? ""} ${place}`.trim(), text);
    if (!href) return part("small", "", "문장이 길어 주소에 담기지 않아요. 복사해서 붙여 주세요.");
    const link = Object.assign(document.createElement("a"), { href, target: "_blank", rel: "external noopener", textContent: "GitHub에서 질문하기" });
    return part("span", "", link, " ", part("small", "", "GitHub 계정이 필요해요"));
  }
}

/**
 * A button that copies a text, or else selects where it is shown.
 *
 * @param {string} name
 * @param {string} text
 * @param {Element} shown
 */
function copying(name, text, shown) {
  const made = button("pn-button", name);
  made.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      made.textContent = "복사했어요";
    } catch {
      getSelection()?.selectAllChildren(shown);
      made.textContent = "골라 두었어요. 복사해 주세요";
    }
  });
  return made;
}

/**
 * The note that a paper without one begins with, folded.
 *
 * @param {ReturnType<typeof scaffold>} made
 */
function whole({ path, text, command }) {
  const code = part("code", "", text);
  const shown = part("pre", "", code);
  shown.tabIndex = 0;
  const fold = document.createElement("details");
  fold.append(
    part("summary", "", "이 논문의 노트 시작하기"),
    part("p", "", "아래 글을 ", part("code", "", path), "에 넣고, 지문은 이 명령으로 만들어요: ", part("code", "", command)),
    part("p", "", copying("노트 한 벌 복사", text, code)),
    shown,
  );
  return fold;
}
