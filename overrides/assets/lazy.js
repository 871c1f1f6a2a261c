// Reading needs none of the theme's script, which is more than half of a page's bytes: it waits for
// the reader's first move.
(() => {
  /** @type {HTMLInputElement[]} */
  const palette = [...document.querySelectorAll("[data-md-component=palette] input")].map(
    (input) => /** @type {HTMLInputElement} */ (input),
  );
  const moves = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin"];

  // What the script would do to the first view is done here, so that nothing moves later.
  document.documentElement.classList.replace("no-js", "js");
  palette[stored("__palette")?.index ?? 0]?.nextElementSibling?.removeAttribute("hidden");

  /** @param {Event} event */
  function start(event) {
    // A pointer that rests where the page comes up is told of, and has not moved.
    if (event.type === "pointermove" && event instanceof MouseEvent
      && !event.movementX && !event.movementY) return;
    const later = document.querySelector("script[data-later]");
    if (!(later instanceof HTMLScriptElement)) return; // still to come: the next move will do
    for (const name of moves) removeEventListener(name, start, true);
    // The theme takes what is an alternate, and only that, for a language and asks for its sitemap.
    for (const link of document.querySelectorAll("link[rel=alternate]")) {
      /** @type {HTMLLinkElement} */ (link).relList.add("data");
    }
    const script = document.createElement("script");
    script.src = later.src;
    script.onload = catchUp;
    later.replaceWith(script);
  }

  // What the reader did before the script could listen counts too.
  function catchUp() {
    document.dispatchEvent(new Event("DOMContentLoaded")); // the theme mounts its parts on it
    palette.find((input) => input.checked)?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  for (const name of moves) addEventListener(name, start, { capture: true, passive: true });
})();
