// The controls of every snippet on the page. Python itself is asked for at the first run.

/** @typedef {import("./python.js").Python} Python */

/** @type {Promise<{ Python: typeof import("./python.js").Python }> | undefined} */
let scripts;
/** @type {Python | undefined} */
let python;

class Runner {
  /** @param {HTMLElement} snippet */
  constructor(snippet) {
    this.snippet = snippet;
    snippet.dataset.state = "idle";
    snippet.addEventListener("click", ({ target }) => {
      const action = /** @type {HTMLElement} */ (target).dataset.run;
      if (action === "run") this.run();
      if (action === "stop") this.stopper?.abort();
    });
  }

  async run() {
    const { snippet } = this;
    this.stopper = new AbortController();
    snippet.dataset.state = "loading";
    scripts ??= import("./python.js");
    python ??= new (await scripts).Python();
    const result = document.createElement("pre");
    snippet.append(result);
    const code = snippet.querySelector(".pn-code td.code code")?.textContent ?? "";
    const address = /** @type {HTMLAnchorElement} */ (snippet.querySelector("a[download]")).href;
    const recorded = await (await fetch(address.replace(/\.py$/, ".txt"))).text();
    try {
      await python.run({ code, name: snippet.dataset.snippet ?? "" }, {
        signal: this.stopper.signal,
        onEvent: (event) => {
          if (event.type === "started") snippet.dataset.state = "running";
          if (event.type === "output" && event.stream === "out") result.append(event.text);
          if (event.type === "figure") {
            const src = `data:image/png;base64,${event.png}`;
            snippet.append(Object.assign(new Image(), { src, alt: event.texts.join(", ") }));
          }
          if (event.type === "finished") {
            if (event.error) result.append(event.error.traceback);
            snippet.dataset.same = String(result.textContent === recorded);
            snippet.dataset.seconds = String(event.seconds);
            snippet.dataset.state = event.error ? "failed" : "done";
          }
        },
        onProgress: (loaded, total) => { snippet.dataset.progress = `${loaded}/${total}`; },
      });
    } catch (error) {
      result.append(String(error));
      snippet.dataset.state = this.stopper.signal.aborted ? "stopped" : "failed";
    }
  }
}

for (const snippet of document.querySelectorAll("[data-snippet]:has(.pn-run)")) {
  new Runner(/** @type {HTMLElement} */ (snippet));
}
