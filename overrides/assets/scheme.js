// Before anything is painted: the device's colours, where the reader has chosen none, and on a
// wide screen the folds that have room there, open from the start.
if (!__md_get("__palette")?.color && matchMedia("(prefers-color-scheme: dark)").matches) {
  document.body.setAttribute("data-md-color-scheme", "slate");
}
if (matchMedia("(min-width: 1280px)").matches) {
  const watching = new MutationObserver(() => {
    for (const fold of document.querySelectorAll("details[data-wide]")) {
      fold.removeAttribute("data-wide");
      fold.open = true;
    }
  });
  watching.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("load", () => watching.disconnect());
}
