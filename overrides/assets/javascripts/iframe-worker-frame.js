// What a worker's script finds in the frame that stands in for it (iframe-worker.min.js, where the
// licence is).
"use strict";
window.postMessage = (message, origin) => parent.postMessage(message, origin || "*");
window.importScripts = (...urls) => urls.reduce((before, src) => before.then(() => new Promise((resolve) => {
  document.body.append(Object.assign(document.createElement("script"), { src, onload: resolve }));
})), Promise.resolve());
addEventListener("error", ({ error }) => {
  const filename = document.body.dataset.url;
  parent.dispatchEvent(new ErrorEvent("error", { filename, error }));
});
// The theme looks for its own script as the first of the page.
document.currentScript.remove();
