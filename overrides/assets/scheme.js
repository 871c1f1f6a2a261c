// Before anything is painted.

// The device's colours, where the reader has chosen none.
/**
 * @typedef {object} Palette What the theme keeps of the reader's choice.
 * @property {Record<string, string>} [color]
 * @property {number} [index]
 */
/** @type {(name: string) => Palette | null} */
const stored = /** @type {any} */ (window).__md_get;
const chosen = stored("__palette")?.color;
const follows = !chosen || chosen.media === "(prefers-color-scheme)";
if (follows ? matchMedia("(prefers-color-scheme: dark)").matches : chosen.scheme === "slate") {
  document.body.setAttribute("data-md-color-scheme", "slate");
}

// On a wide screen the folds that have room there are open from the start.
if (matchMedia("(min-width: 1280px)").matches) {
  const watching = new MutationObserver(() => {
    for (const fold of document.querySelectorAll("details[data-wide]")) {
      fold.removeAttribute("data-wide");
      fold.setAttribute("open", "");
    }
  });
  watching.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("load", () => watching.disconnect());
}
