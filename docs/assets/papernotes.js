// What a note gains when scripts run. Every page is whole without them.

/** Copies a passage's address or a snippet's code and says so on the button. */
function copyButtons() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-link], [data-copy-code]");
    if (!button) return;
    const id = button.dataset.copyLink;
    const text = id
      ? new URL(`#${id}`, location.href).href
      : button.closest("[data-snippet]").querySelector(".pn-code pre code").textContent;
    const label = (button.dataset.label ??= button.textContent);
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

/** Shows a term's meaning on hover, focus and the first tap; Escape hides it. */
function termTooltips() {
  const tip = Object.assign(document.createElement("div"), { className: "pn-tooltip", hidden: true });
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);
  let term = null;
  let timer = 0;
  let touched = false;

  const hide = () => { tip.hidden = true; term = null; };
  const show = (found) => {
    clearTimeout(timer);
    if (found === term) return;
    term = found;
    const meaning = document.getElementById(`term-${found.hash.slice(1)}`);
    if (!meaning) return;
    found.setAttribute("aria-describedby", meaning.id);
    const more = Object.assign(document.createElement("a"), { href: found.href, textContent: "용어집에서 보기" });
    more.tabIndex = -1;
    tip.replaceChildren(meaning.textContent, more);
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
    const found = event.target.closest(".pn-term");
    if (found) show(found);
    else if (event.target.closest(".pn-tooltip")) clearTimeout(timer);
    else if (term && term !== document.activeElement) later();
  });
  document.addEventListener("focusin", (event) => {
    const found = event.target.closest(".pn-term");
    if (found) show(found);
    else if (!event.target.closest(".pn-tooltip")) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (!event.target.closest(".pn-term, .pn-tooltip")) hide();
  });
  document.addEventListener("click", (event) => {
    const found = event.target.closest(".pn-term");
    // A tap shows the meaning first; the link inside it leads on.
    if (found && touched) { event.preventDefault(); show(found); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

/** Filters the list of passages; the choice is kept in the address. */
function filters() {
  const form = document.querySelector(".pn-filter");
  if (!form) return;
  const rows = [...document.querySelectorAll(".pn-rows > li")];
  const count = form.querySelector(".pn-filter__count");
  const apply = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !chosen.every(([name, value]) => row.dataset[name].split("|").includes(value));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = shown
      ? `질문 ${rows.length}개 가운데 ${shown}개를 보여요.`
      : "고른 조건에 맞는 질문이 없어요. 조건을 하나 풀어 보세요.";
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLSelectElement && [...field.options].some((o) => o.value === value)) field.value = value;
  }
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

/** Opens a figure over the whole window. */
function zoom() {
  const dialog = Object.assign(document.createElement("dialog"), { className: "pn-zoom" });
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "닫기" });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target !== close) dialog.close(); });
  document.body.append(dialog);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a.pn-zoomable");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const image = opener.querySelector("img");
    const large = Object.assign(document.createElement("img"), { src: image.src, alt: image.alt });
    dialog.setAttribute("aria-label", image.alt);
    dialog.replaceChildren(close, large);
    dialog.showModal();
  });
}

/** Offers to keep the site on this device, on the page for it; who installs the app wants that. */
function offlineCopy() {
  const load = () => import("./offline.js");
  const place = document.querySelector("[data-offline-copy]");
  if (place) load().then(({ offer }) => offer(place));
  addEventListener("appinstalled", () => load().then(({ saveOnce }) => saveOnce()));
  // Not every browser tells of the installation; an app's window tells of itself.
  if (matchMedia("(display-mode: standalone)").matches) load().then(({ saveOnce }) => saveOnce());
}

copyButtons();
termTooltips();
filters();
zoom();
offlineCopy();
