// What a note gains when scripts run. Every page is whole without them.

/** Opens the folds around what a link leads to. */
function openFolds() {
  const target = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null; // somebody's broken link
    }
  };
  const follow = () => {
    const found = target();
    if (!found) return;
    reveal(found);
    found.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  if (target()?.closest("details")) follow();
}

/**
 * Opens every fold that an element lies in.
 * @param {Element | null} element
 */
function reveal(element) {
  let fold = element?.closest("details");
  while (fold) {
    fold.open = true;
    fold = fold.parentElement?.closest("details");
  }
}

/** Keeps the list of the page's passages at hand on a phone: a strip that says where one is. */
function strip() {
  const contents = select(document, ".pn-contents");
  const passages = [...document.querySelectorAll("[data-passage]")];
  if (!contents || passages.length < 2) return;
  const list = /** @type {HTMLElement} */ (contents.cloneNode(true));
  list.ariaLabel = "지금 구절과 다른 구절"; // the list itself is a landmark of this page, too
  const links = [...list.querySelectorAll("a")];
  const at = part("span", "pn-strip__at");
  const title = part("span", "pn-strip__title");
  const fold = part("details", "pn-strip", part("summary", "", at, title), list);
  fold.hidden = true;
  contents.after(fold);
  const close = () => { fold.open = false; };
  list.addEventListener("click", close);
  document.addEventListener("pointerdown", (event) => { if (!closest(event, ".pn-strip")) close(); });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") close(); });

  const show = () => {
    const index = passages.findLastIndex((each) => each.getBoundingClientRect().top < 104);
    fold.hidden = index < 0;
    const heading = passages[index]?.querySelector("h2");
    if (!heading) return;
    at.textContent = `${contents.dataset.short} · ${index + 1}/${passages.length}`;
    title.textContent = heading.firstChild?.textContent ?? "";
    links.forEach((link, n) => { link.ariaCurrent = n === index ? "location" : null; });
  };
  let asked = false;
  const later = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; show(); });
  };
  addEventListener("scroll", later, { passive: true });
  later();
}

/** Copies a passage's address, its citation or a snippet's code and says so on the button. */
function copyButtons() {
  document.addEventListener("click", async (event) => {
    const button = closest(event, "[data-copy-link], [data-copy-code], [data-copy-above]");
    if (!button) return;
    const { copyLink: id, copyAbove } = button.dataset;
    const above = button.parentElement?.previousElementSibling?.textContent;
    const code = () => codeOf(button.closest("[data-snippet]")?.querySelector(".pn-code"));
    const text = id ? new URL(`#${id}`, location.href).href : copyAbove === undefined ? code() : (above ?? "");
    const label = (button.dataset.label ??= button.textContent ?? "");
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "복사했어요";
    } catch {
      // Without the right to the clipboard, the address bar still gets a link.
      if (id) location.hash = id;
      button.textContent = id ? "주소창에 넣었어요" : "복사하지 못했어요";
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

/**
 * The code as it is shown: what a reader has edited, too.
 * @param {Element | null | undefined} block
 */
function codeOf(block) {
  const code = block?.querySelector("textarea")?.value ?? block?.querySelector("pre code")?.textContent;
  return code ?? "";
}

/** Shows a term's meaning on hover, focus and the first tap; Escape hides it. */
function termTooltips() {
  const tip = part("div", "pn-tooltip");
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);
  /** @type {HTMLElement | null} */
  let term = null;
  let timer = 0;
  let touched = false;

  const hide = () => { tip.hidden = true; term = null; };
  const show = (/** @type {HTMLElement} */ found) => {
    clearTimeout(timer);
    if (found === term) return;
    term = found;
    const { hash, href } = /** @type {HTMLAnchorElement} */ (found);
    const meaning = document.getElementById(`term-${hash.slice(1)}`);
    if (!meaning) return;
    found.setAttribute("aria-describedby", meaning.id);
    const more = part("a", "", "용어집에서 보기");
    more.href = href;
    more.tabIndex = -1;
    tip.replaceChildren(meaning.textContent ?? "", more);
    tip.hidden = false;
    const box = found.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 16);
    const below = box.bottom + tip.offsetHeight + 8 < innerHeight;
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${(below ? box.bottom + 4 : box.top - tip.offsetHeight - 4) + scrollY}px`;
  };
  const later = () => { timer = setTimeout(hide, 200); };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const found = closest(event, ".pn-term");
    if (found) show(found);
    else if (closest(event, ".pn-tooltip")) clearTimeout(timer);
    else if (term && term !== document.activeElement) later();
  });
  document.addEventListener("focusin", (event) => {
    const found = closest(event, ".pn-term");
    if (found) show(found);
    else if (!closest(event, ".pn-tooltip")) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (!closest(event, ".pn-term, .pn-tooltip")) hide();
  });
  document.addEventListener("click", (event) => {
    const found = closest(event, ".pn-term");
    // A tap shows the meaning first; the link inside it leads on.
    if (found && touched) { event.preventDefault(); show(found); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

/**
 * What a long list's file says of a question (papernotes/render/rows.py), and where the file lies.
 * @typedef {{
 *   paper: string, place: string, status: string, label: string, page: string, id: string,
 *   title: string, question: string, gist: string, people: string[], tags: string[], file: URL,
 * }} Row
 */
/** @typedef {Record<string, string | undefined>} Facts What a question can be chosen by. */

/** Filters the list of questions; the choice is kept in the address. A long list has only its
    first entries on the page: the others come from a file once the reader asks for them. */
function filters() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".pn-filter"));
  const list = select(document, ".pn-rows");
  const count = select(document, ".pn-filter__count");
  if (!form || !list || !count) return;
  const more = part("button", "pn-rows__more", "더 보기");
  const total = Number(form.dataset.total);
  /** @type {{ facts: Facts, row?: Row, element?: Element }[]} */
  let entries = [...list.children].map((element) => {
    return { facts: { .../** @type {HTMLElement} */ (element).dataset }, element };
  });
  const step = entries.length;
  let most = step;

  const fetchRows = async () => {
    const file = new URL(form.dataset.rows ?? "", location.href);
    const answer = await fetch(file);
    if (!answer.ok) throw new Error(answer.statusText);
    const rows = /** @type {Row[]} */ (await answer.json());
    entries = rows.map((row) => {
      const { paper, status } = row;
      const facts = { paper, status, person: row.people.join("|"), tag: row.tags.join("|") };
      return { facts, row: { ...row, file } };
    });
  };
  const apply = async () => {
    const chosen = [...new FormData(form)].map(([name, value]) => [name, String(value)]).filter(([, value]) => value);
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
    if (entries.length < total && (chosen.length || most > step)) {
      count.textContent = "모든 질문을 불러오고 있어요.";
      try {
        await fetchRows();
      } catch {
        count.textContent = "질문을 불러오지 못했어요. 아래의 논문 목록에서 찾아 주세요.";
        return;
      }
    }
    const found = entries.filter(({ facts }) =>
      chosen.every(([name = "", value = ""]) => facts[name]?.split("|").includes(value)));
    const matching = chosen.length ? found.length : total;
    list.replaceChildren(...found.slice(0, most).flatMap((entry) => {
      if (entry.row) entry.element ??= questionEntry(entry.row);
      return entry.element ?? [];
    }));
    more.hidden = matching <= most;
    count.textContent = !matching
      ? "고른 조건에 맞는 질문이 없어요. 조건을 하나 풀어 보세요."
      : `질문 ${total}개 가운데 ${Math.min(matching, most)}개를 보여요.${chosen.length && !more.hidden ? ` 고른 조건에 맞는 것은 ${matching}개예요.` : ""}`;
  };
  const choose = () => { most = step; apply(); };
  const set = (/** @type {string} */ name, /** @type {string} */ value) => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLSelectElement && [...field.options].some((o) => o.value === value)) field.value = value;
  };

  for (const [name, value] of new URLSearchParams(location.search)) set(name, value);
  more.type = "button";
  list.after(more);
  form.hidden = false;
  more.addEventListener("click", () => { most += step; apply(); });
  list.addEventListener("click", (event) => {
    const tag = closest(event, ".pn-tag");
    if (!tag || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    set("tag", tag.textContent?.slice(1) ?? "");
    choose();
    form.scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("change", choose);
  form.addEventListener("reset", () => setTimeout(choose));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

/**
 * Makes an entry of the list of questions from a row of the file, as papernotes/render/lists.py
 * does for the first ones.
 * @param {Row} row
 */
function questionEntry(row) {
  const link = part("a", "pn-row__title", row.title);
  link.href = new URL(`${row.page.replace(/\.md$/, "/")}#${row.id}`, row.file).href;
  const tags = row.tags.flatMap((tag) => {
    const made = part("a", "pn-tag", `#${tag}`);
    made.href = `./?tag=${tag}`;
    return [" ", made];
  });
  return part(
    "li", "",
    part("span", `pn-status pn-status--${row.status}`, row.label),
    link,
    part("p", "pn-row__gist", row.gist || row.question),
    part("p", "pn-row__facts", part("span", "pn-row__place", `${row.paper} ${row.place}`), ...tags),
  );
}

/**
 * Makes an element of a class, with what is in it.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {(string | Node)[]} children
 */
function part(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
function select(root, selector) {
  return /** @type {HTMLElement | null} */ (root.querySelector(selector));
}

/**
 * What an event befell, or what that lies in, if it is of a kind.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
function closest({ target }, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}

/** Opens a figure over the whole window. */
function zoom() {
  const dialog = part("dialog", "pn-zoom");
  const close = part("button", "", "닫기");
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target !== close) dialog.close(); });
  document.body.append(dialog);
  document.addEventListener("click", (event) => {
    const image = closest(event, "a.pn-zoomable")?.querySelector("img");
    if (!image || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const large = Object.assign(part("img"), { src: image.src, alt: image.alt });
    dialog.setAttribute("aria-label", image.alt);
    dialog.replaceChildren(close, large);
    dialog.showModal();
  });
}

/** Offers to keep the site on this device, on the page for it; who installs the app wants that. */
function offlineCopy() {
  const load = () => import("./offline.js");
  const place = select(document, "[data-offline-copy]");
  if (place) load().then(({ offer }) => offer(place));
  addEventListener("appinstalled", () => load().then(({ saveOnce }) => saveOnce()));
  // Not every browser tells of the installation; an app's window tells of itself.
  if (matchMedia("(display-mode: standalone)").matches) load().then(({ saveOnce }) => saveOnce());
}

/** Fetches what runs code once a snippet is in view; what is pressed before that counts, too. */
function runners() {
  const controls = [...document.querySelectorAll(".pn-run")];
  let isReady = false;
  /** @type {Promise<unknown> | undefined} */
  let loading;
  const load = () => {
    loading ??= import("./runner/runner.js")
      .then(() => { isReady = true; })
      .catch(() => { loading = undefined; }); // the next press tries again
    return loading;
  };
  const look = () => {
    const isInView = controls.some((each) => !each.closest("details:not([open])"));
    if (isInView || (controls.length && location.hash.startsWith("#run="))) load();
  };
  document.addEventListener("toggle", look, { capture: true });
  addEventListener("hashchange", look);
  document.addEventListener("click", async (event) => {
    const button = closest(event, ".pn-run > button");
    if (!button || isReady) return;
    event.stopPropagation();
    await load();
    const status = button.closest("[data-snippet]")?.querySelector(".pn-run__status");
    if (isReady) button.click();
    else if (status) status.textContent = "인터넷에 연결되지 않아 실행할 수 없어요. 연결한 뒤 다시 눌러 주세요.";
  }, { capture: true });
  look();
}

openFolds();
strip();
copyButtons();
termTooltips();
filters();
zoom();
offlineCopy();
runners();
