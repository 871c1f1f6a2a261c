// The search's box: a combobox whose listbox holds the results, in a dialog (WAI-ARIA Authoring
// Practices, "Editable Combobox With List Autocomplete"). Each option is a link.

import { button, group, option, part, pieces } from "./elements.js";
import { forget, recent, remember } from "./recent.js";

/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {import("./answers.js").Filters} Filters */
/** @typedef {import("./answers.js").Result} Result */
/** @typedef {(text: string, filters: Filters) => Promise<Answer>} Ask */

/** Where to go on from here: the page, what its address asks for, and its name. */
const WAYS = [
  ["questions", "?status=open", "열린 질문"],
  ["questions", "", "모든 질문"],
  ["glossary", "", "용어"],
  ["papers/index", "", "논문"],
];

/** @type {WeakMap<HTMLDialogElement, Box>} */
const boxes = new WeakMap();

/**
 * Show an open dialog's box, for what stands in its field.
 *
 * @param {HTMLDialogElement} dialog - With the field, as open.js makes it
 * @param {URL} base - The site's address
 * @param {Ask} ask - Answers a query
 * @param {boolean} pushed - Whether this page stays in the history behind the box
 */
export function show(dialog, base, ask, pushed) {
  const box = boxes.get(dialog) ?? new Box(dialog, base, ask);
  boxes.set(dialog, box);
  box.show(pushed);
}

class Box {
  #dialog;
  #base;
  #ask;
  #field;
  #status = part("p", "pn-search__status");
  #narrow = part("div", "pn-search__filters");
  #list = part("div", "pn-search__list");
  /** @type {Filters} */
  #filters = {};
  /** @type {HTMLAnchorElement[]} */
  #options = [];
  #active = -1;
  #pushed = false;
  #asked = 0;
  /** Whether Enter was pressed before the answer was there. */
  #follows = false;
  #answered = true;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {URL} base
   * @param {Ask} ask
   */
  constructor(dialog, base, ask) {
    this.#dialog = dialog;
    this.#base = base;
    this.#ask = ask;
    this.#field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
    this.#status.role = "status";
    this.#narrow.role = "group";
    this.#narrow.ariaLabel = "결과 좁히기";
    this.#list.id = "pn-search-list";
    this.#list.role = "listbox";
    this.#list.ariaLabel = "찾은 것";
    dialog.append(this.#narrow, this.#status, this.#list);

    this.#field.addEventListener("input", () => this.#look());
    this.#field.addEventListener("keydown", (event) => this.#press(event));
    dialog.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
    dialog.querySelector(".pn-search__close")?.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", ({ target }) => { if (target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => this.#left());
    this.#list.addEventListener("click", (event) => this.#choose(event));
    this.#narrow.addEventListener("click", ({ target }) => {
      const chip = target instanceof Element ? target.closest("button") : null;
      if (!chip) return;
      this.#filters.status = chip.ariaPressed === "true" ? "" : chip.value;
      this.#look();
    });
    this.#narrow.addEventListener("change", ({ target }) => {
      this.#filters.group = /** @type {HTMLSelectElement} */ (target).value;
      this.#look();
    });
  }

  /** @param {boolean} pushed */
  show(pushed) {
    if (pushed) {
      history.pushState(history.state, "", this.#address());
      this.#pushed = true;
    }
    this.#look();
  }

  /** The page's address with what is looked for in it. */
  #address() {
    const address = new URL(location.href);
    address.searchParams.set("q", this.#field.value);
    return address;
  }

  /** Take the search out of the address again, and out of the history where it is the last. */
  #left() {
    const pushed = this.#pushed;
    this.#pushed = false;
    this.#field.ariaExpanded = "false";
    if (!new URLSearchParams(location.search).has("q")) return; // the reader went back
    if (pushed) history.back();
    else {
      const address = new URL(location.href);
      address.searchParams.delete("q");
      history.replaceState(history.state, "", address);
    }
  }

  async #look() {
    const text = this.#field.value.trim();
    history.replaceState(history.state, "", this.#address());
    const turn = ++this.#asked;
    if (!text) {
      this.#filters = {};
      this.#begin();
      return;
    }
    this.#answered = false;
    this.#list.ariaBusy = "true";
    try {
      const answer = await this.#ask(text, { ...this.#filters });
      if (turn !== this.#asked) return;
      this.#fill(text, answer);
    } catch {
      if (turn !== this.#asked) return;
      this.#put([], "검색 색인을 불러오지 못했어요. 네트워크를 살펴 주세요. 미리보기라면 잠시 뒤에 다시 찾아 주세요.");
      this.#list.append(this.#ways());
      this.#collect();
    }
    if (this.#follows) this.#follow(this.#options[0]);
  }

  /** What there is before anything is typed: what was looked for last, and where else to go. */
  #begin() {
    this.#narrow.replaceChildren();
    const groups = [];
    const last = recent(this.#base);
    if (last.length) {
      groups.push(group("최근 검색", last.map((text) => this.#again(text))));
    }
    groups.push(this.#ways());
    this.#put(groups, "");
    if (last.length) {
      const clear = button("pn-search__forget", "최근 검색 지우기");
      clear.addEventListener("click", () => {
        forget(this.#base);
        this.#field.focus();
        this.#look();
      });
      this.#narrow.append(clear);
    }
  }

  #ways() {
    const options = WAYS.map(([page, search, name]) => {
      const flat = this.#base.protocol === "file:" ? `${page}.html` : `${page}/`.replace(/index\/$/, "");
      const link = new URL(flat + search, this.#base);
      return option(link, part("span", "pn-hit__title", name));
    });
    return group("둘러보기", options);
  }

  /**
   * @param {string} text
   * @param {Answer} answer
   */
  #fill(text, { results, total, statuses, groups, nearest }) {
    this.#filter(statuses, groups);
    if (!results.length) {
      const near = nearest.map((name) => this.#again(name));
      const said = `‘${text}’에 맞는 것을 찾지 못했어요.`;
      this.#put([...(near.length ? [group("혹시 이 말인가요?", near)] : []), this.#ways()], said);
      return;
    }
    const more = total > results.length ? ` 가운데 ${results.length}개를 보여요` : "를 찾았어요";
    const names = [...new Set(results.map(({ group }) => group))];
    this.#put(
      names.map((name) => group(name, results.filter((each) => each.group === name).map((each) => this.#result(each)))),
      `${total}개${more}.`,
    );
  }

  /** @param {Result} result */
  #result({ at, kind, group, title, status, statusLabel, place, label, wrong, line, marks }) {
    const link = this.#link(at);
    for (const string of marks) link.searchParams.append("h", string);
    const head = part("span", "pn-hit__head");
    if (status) head.append(part("span", `pn-status pn-status--${status}`, statusLabel), " ");
    head.append(part("span", "pn-hit__title", ...pieces(title)));
    if (place) head.append(" ", part("span", "pn-hit__place", kind === "passage" ? `${group} ${place}` : place));
    const said = part("span", "pn-hit__line");
    if (label) said.append(part("span", `pn-hit__by${wrong ? " pn-hit__by--wrong" : ""}`, wrong ? `${label} · 바로잡은 답` : label), " ");
    said.append(...pieces(line));
    return option(link, head, said);
  }

  /**
   * @param {[value: string, label: string, count: number][]} statuses
   * @param {[name: string, count: number][]} groups
   */
  #filter(statuses, groups) {
    const chips = statuses.map(([value, label, count]) => {
      const chip = button("pn-search__chip", `${label} ${count}`);
      Object.assign(chip, { value, ariaPressed: String(this.#filters.status === value) });
      return chip;
    });
    const select = /** @type {HTMLSelectElement} */ (part("select", "pn-search__paper"));
    select.ariaLabel = "논문이나 쪽";
    select.append(new Option("모든 논문과 쪽", ""));
    for (const [name, count] of groups) select.append(new Option(`${name} (${count})`, name));
    select.value = this.#filters.group ?? "";
    const focused = document.activeElement;
    const kept = focused instanceof HTMLButtonElement && this.#narrow.contains(focused) ? focused.value : null;
    const chose = focused instanceof HTMLSelectElement && this.#narrow.contains(focused);
    const choice = statuses.length + groups.length > 2 || this.#filters.status || this.#filters.group;
    this.#narrow.replaceChildren(...(choice ? [...chips, select] : []));
    if (kept !== null) chips.find(({ value }) => value === kept)?.focus();
    if (chose) select.focus();
  }

  /**
   * @param {HTMLElement[]} groups
   * @param {string} said
   */
  #put(groups, said) {
    this.#list.replaceChildren(...groups);
    this.#list.scrollTop = 0;
    this.#status.textContent = said;
    this.#collect();
  }

  #collect() {
    this.#options = [...this.#list.querySelectorAll("a")];
    this.#options.forEach((each, i) => { each.id = `pn-option-${i}`; });
    this.#answered = true;
    this.#list.ariaBusy = "false";
    this.#field.ariaExpanded = String(this.#options.length > 0);
    this.#move(-1);
  }

  /** @param {number} to - The option's number; -1 is the field */
  #move(to) {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = to;
    const option = this.#options[to];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#field.setAttribute("aria-activedescendant", option.id);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.isComposing || event.keyCode === 229) return; // these keys are the input method's
    const count = this.#options.length + 1; // the field is between the last and the first
    if (event.key === "ArrowDown") this.#move(((this.#active + 2) % count) - 1);
    else if (event.key === "ArrowUp") this.#move(((this.#active + count) % count) - 1);
    else if (event.key === "Enter") {
      if (this.#answered) this.#follow(this.#options[Math.max(0, this.#active)], event.ctrlKey || event.metaKey);
      else this.#follows = true;
    } else return;
    event.preventDefault();
  }

  /**
   * @param {HTMLAnchorElement | undefined} option
   * @param {boolean} [apart] - Whether in a tab of its own
   */
  #follow(option, apart = false) {
    this.#follows = false;
    if (!option || !this.#field.value.trim() && this.#active < 0) return;
    option.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: apart, metaKey: apart }));
  }

  /** @param {MouseEvent} event */
  #choose(event) {
    const option = event.target instanceof Element ? event.target.closest("a") : null;
    if (!option) return;
    const next = option.dataset.query;
    if (next === undefined) {
      remember(this.#base, this.#field.value.trim());
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#field.value = next;
    this.#field.focus();
    this.#look();
  }

  /** @param {string} at - Below the site's address */
  #link(at) {
    const link = new URL(at, this.#base);
    if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    return link;
  }

  /**
   * An option that looks for something else.
   *
   * @param {string} text
   */
  #again(text) {
    const link = new URL(location.href);
    link.searchParams.set("q", text);
    const made = option(link, part("span", "pn-hit__title", text));
    made.dataset.query = text;
    return made;
  }
}
