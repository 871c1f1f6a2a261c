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

/** Builds the reader, on the page for it. */
function reader() {
  const place = select(document, "[data-reader]");
  if (place) import("./reader/reader.js").then(({ start }) => start(place));
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
zoom();
offlineCopy();
reader();
runners();
