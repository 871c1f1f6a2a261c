// The controls of every snippet on a page. What runs the code is fetched at the first run.

import { Kept, fromFragment, toFragment } from "./edits.js";
import { Editor } from "./editor.js";

/** @typedef {"idle" | "loading" | "running" | "done" | "failed" | "stopped"} State */

const SAID = {
  loading: "파이썬을 준비하고 있어요.",
  offline: "인터넷에 연결되지 않아 파이썬을 받지 못했어요. 연결한 뒤 다시 실행해 주세요.",
  stopped: "멈췄어요. 바로 다시 실행할 수 있어요.",
  reset: "기록된 코드와 출력으로 되돌렸어요.",
  // No hint for who has no keys.
  editing: matchMedia("(pointer: coarse)").matches
    ? ""
    : `${/Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl"}+Enter로 실행하고 Esc로 빠져나와요.`,
  folded: "고친 코드는 그대로 있어요.",
  changed: "고친 코드는 아직 실행하지 않았어요.",
  kept: "지난번에 고친 코드예요.",
  older: "지난번에 고친 코드예요. 그 뒤에 원래 코드가 바뀌었어요. 되돌리기를 누르면 새 코드가 보여요.",
  linked: "링크에 담겨 온, 누군가 고친 코드예요. 읽어 보고 실행해 주세요.",
  copied: "고친 코드를 여는 링크를 복사했어요.",
  inAddress: "고친 코드를 여는 링크를 주소창에 넣었어요.",
  tooLong: "코드가 길어서 링크에 담을 수 없어요. ‘코드 복사’를 눌러 글로 보내 주세요.",
};

/** @type {typeof import("./run.js").run | undefined} */
let loadedRun;
let attempts = 0;

/** Fetches the rest of our scripts; a browser may remember that an address failed. */
async function load() {
  attempts += 1;
  const { run } = await import(attempts === 1 ? "./run.js" : `./run.js?${attempts}`);
  loadedRun = run;
}

/** One snippet: its code, its buttons and the state that it is in. */
export class Runner {
  /** @type {AbortController | null} Stops the run that is under way. */
  #stopper = null;
  /** Whether the code came with a link, changed since or not. */
  isForeign = false;

  /** @param {HTMLElement} snippet */
  constructor(snippet) {
    this.snippet = snippet;
    this.name = snippet.dataset.snippet ?? "";
    this.controls = find(snippet, ".pn-run");
    this.status = find(snippet, ".pn-run__status");
    this.record = /** @type {HTMLDetailsElement} */ (find(snippet, ".pn-recorded"));
    /** Where the run shows what it prints and draws. */
    this.result = document.createElement("div");
    this.status.after(this.result);
    this.kept = new Kept(this.name);
    this.editor = new Editor(snippet, {
      onInput: () => this.#edited(),
      onRun: () => this.run(),
      onLeave: () => this.#leaveEditor(),
      onFold: () => this.#showButtons(),
    });
    this.controls.addEventListener("click", ({ target }) => {
      const button = /** @type {HTMLElement} */ (target).closest("button");
      if (button && button.ariaDisabled !== "true") this.#act(button.dataset.run ?? "");
    });
    this.enter("idle");
  }

  /** Shows what the reader changed before. */
  restore() {
    const kept = this.kept.read();
    if (!kept) return;
    this.isForeign = kept.isForeign;
    this.editor.open(kept.code);
    this.enter("idle", kept.original === this.editor.original ? SAID.kept : SAID.older);
  }

  /** Shows what a link to this page carries for this snippet. */
  async openLink() {
    const code = await fromFragment(this.name, location.hash);
    if (code === null || this.#stopper) return;
    this.#clear();
    this.isForeign = true;
    this.editor.open(code);
    this.snippet.closest(".pn-fold")?.setAttribute("open", "");
    this.controls.scrollIntoView({ block: "center" });
    this.enter("idle", SAID.linked);
  }

  async run() {
    if (this.#stopper) return;
    const { signal } = (this.#stopper = new AbortController());
    this.#clear();
    try {
      if (!loadedRun) {
        this.enter("loading", SAID.loading);
        await load();
      }
      await loadedRun?.(this, signal);
    } catch (error) {
      if (signal.aborted) this.enter("stopped", SAID.stopped);
      else if (!loadedRun) this.enter("failed", SAID.offline);
      else throw error;
    } finally {
      this.#stopper = null;
      this.#showButtons();
    }
  }

  /**
   * @param {State} state
   * @param {string} said
   */
  enter(state, said = "") {
    this.snippet.dataset.state = state;
    this.#say(said);
    this.#showButtons();
  }

  /** @param {string} action What the button is for. */
  async #act(action) {
    if (action === "run") this.run();
    else if (action === "stop") this.#stopper?.abort();
    else if (action === "edit") this.#edit();
    else if (action === "close") this.#close();
    else if (action === "reset") this.#reset();
    else if (action === "share") this.#say(await this.#share());
  }

  #edit() {
    this.editor.open(this.editor.code);
    this.editor.focus();
    if (!this.editor.isEdited) this.#say(SAID.editing);
    this.#showButtons();
  }

  #close() {
    this.editor.fold();
    find(this.controls, "[data-run=run]").focus({ preventScroll: true });
    this.#say(this.editor.isEdited ? SAID.folded : "");
  }

  #edited() {
    const { code, original, isEdited } = this.editor;
    if (isEdited) this.kept.write({ code, original, isForeign: this.isForeign });
    else this.kept.forget();
    this.#leaveLink();
    if (this.#stopper) return;
    delete this.snippet.dataset.same;
    this.enter("idle", isEdited ? SAID.changed : "");
  }

  #leaveEditor() {
    if (!this.editor.isEdited) this.editor.close();
    find(this.controls, "[data-run=run]").focus();
    this.#showButtons();
  }

  #reset() {
    this.#stopper?.abort();
    this.kept.forget();
    this.isForeign = false;
    this.#leaveLink();
    this.editor.close();
    this.#clear();
    this.record.open = true;
    find(this.controls, "[data-run=run]").focus();
    this.enter("idle", SAID.reset);
  }

  /** @returns {Promise<string>} What became of it. */
  async #share() {
    const fragment = await toFragment(this.name, this.editor.code);
    if (fragment === null) return SAID.tooLong;
    try {
      await navigator.clipboard.writeText(new URL(fragment, location.href).href);
      return SAID.copied;
    } catch {
      history.replaceState(history.state, "", fragment); // no right to the clipboard
      return SAID.inAddress;
    }
  }

  /** What is shown is no longer what the address says. */
  #leaveLink() {
    if (new URLSearchParams(location.hash.slice(1)).get("run") !== this.name) return;
    history.replaceState(history.state, "", location.pathname + location.search);
  }

  #clear() {
    this.result.replaceChildren();
    delete this.snippet.dataset.same;
  }

  /** @param {string} said */
  #say(said) {
    if (this.status.textContent !== said) this.status.textContent = said;
  }

  #showButtons() {
    const { isEdited, isOpen } = this.editor;
    const isRunning = this.#stopper !== null;
    const usable = {
      run: !isRunning,
      stop: isRunning,
      edit: !isOpen,
      reset: isEdited || isOpen || this.result.hasChildNodes(),
    };
    for (const [action, isUsable] of Object.entries(usable)) {
      find(this.controls, `[data-run=${action}]`).ariaDisabled = String(!isUsable);
    }
    find(this.controls, "[data-run=edit]").hidden = isOpen;
    find(this.controls, "[data-run=close]").hidden = !isOpen;
    find(this.controls, "[data-run=share]").hidden = !isEdited;
  }
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
function find(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}

const runners = Array.from(
  document.querySelectorAll(".pn-run"),
  (controls) => new Runner(/** @type {HTMLElement} */ (controls.closest("[data-snippet]"))),
);
const openLink = () => runners.forEach((runner) => runner.openLink());
addEventListener("hashchange", openLink);
runners.forEach((runner) => runner.restore());
openLink();
