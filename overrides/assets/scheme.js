// Before anything is painted: the device's colours, where the reader has chosen none.
if (!__md_get("__palette")?.color && matchMedia("(prefers-color-scheme: dark)").matches) {
  document.body.setAttribute("data-md-color-scheme", "slate");
}
