// One run of a snippet: Python is asked, what comes is shown, the end is compared with the record.

import * as messages from "./messages.js";
import { Python } from "./python.js";
import { Progress, Result } from "./result.js";

/** @typedef {import("./runner.js").Runner} Runner */

const python = new Python();

/** @type {Map<string, Promise<string | null>>} What `papernotes run` recorded, by address. */
const records = new Map();

/**
 * Runs a snippet as the reader left it, and leaves it done or failed.
 * @param {Runner} runner
 * @param {AbortSignal} signal
 * @returns {Promise<void>} Rejected when the run was stopped.
 */
export async function run(runner, signal) {
  const result = new Result();
  const progress = new Progress();
  runner.result.append(progress.root, result.root);
  /** @type {import("./box.js").PythonError | null} */
  let error = null;
  try {
    messages.checkBrowser();
    fetchRecords();
    if (python.isReady) runner.enter("running", messages.RUNNING);
    else runner.enter("loading", python.isBusy ? messages.WAITING : messages.LOADING);
    const program = { code: runner.editor.code, name: runner.name, isForeign: runner.isForeign };
    await python.run(program, {
      signal,
      onProgress: (loaded, total) => progress.show(loaded, total),
      onEvent: (event) => {
        if (event.type === "started") {
          runner.enter("running", messages.RUNNING);
          progress.startClock();
        } else if (event.type === "finished") {
          error = event.error;
        }
        result.show(event);
      },
    });
    document.documentElement.classList.add("pn-python");
    await judge(runner, result, error);
  } catch (reason) {
    if (signal.aborted) throw reason;
    runner.enter("failed", messages.explain(reason));
  } finally {
    result.flush();
    progress.end();
  }
}

/** Asks for every record of the page, to have it where the connection is lost later. */
function fetchRecords() {
  for (const snippet of document.querySelectorAll("[data-snippet]")) recordOf(snippet);
}

/** @param {Element} snippet */
function recordOf(snippet) {
  const source = /** @type {HTMLAnchorElement} */ (snippet.querySelector("a[download]"));
  const address = source.href.replace(/\.py$/, ".txt");
  const record = records.get(address) ?? fetch(address)
    .then((answer) => (answer.ok ? answer.text() : null))
    .catch(() => null);
  records.set(address, record);
  return record;
}

/**
 * @param {Runner} runner
 * @param {Result} result
 * @param {import("./box.js").PythonError | null} error
 */
async function judge(runner, result, error) {
  const took = messages.duration(result.seconds);
  if (error) {
    runner.snippet.dataset.same = "false";
    runner.enter("failed", `${messages.failed(error)} (${took})`);
    return;
  }
  const recorded = await recordOf(runner.snippet);
  let said = messages.NOT_COMPARED;
  if (recorded !== null) {
    const { isEdited } = runner.editor;
    const { figures } = result;
    const recordedFigures = runner.record.querySelectorAll("img").length;
    const changes = result.isWhole ? result.mark(recorded) : null;
    said = messages.compared({ changes, isEdited, figures, recordedFigures });
    runner.snippet.dataset.same = String(changes === 0 && figures === recordedFigures);
  }
  runner.record.open = false;
  runner.enter("done", `${said} (${took})`);
}
