// One Python for the whole page: started at the first run, kept for the next, ended by Stop.

import { Runtime, RuntimeError } from "./runtime.js";

/**
 * @typedef {object} PythonError
 * @property {"memory" | "size" | "module" | "input" | "other"} kind
 * @property {string} traceback From the reader's own code on.
 */
/**
 * @typedef {{ type: "output", stream: "out" | "err", text: string }
 *   | { type: "figure", png: string, width: number, height: number, texts: string[],
 *       boxes: boolean }
 *   | { type: "started" }
 *   | { type: "finished", error: PythonError | null, dropped: number, seconds: number }} RunEvent
 */
/** @typedef {RunEvent | { type: "ready" } | { type: "crashed", message: string }} WorkerEvent */

/**
 * @typedef {object} Order
 * @property {AbortSignal} signal Stops the run, and Python with it.
 * @property {(event: RunEvent) => void} onEvent
 * @property {import("./runtime.js").OnProgress} onProgress
 */

/** Python itself broke down, or never came up. */
export class CrashError extends Error {
  /**
   * @param {string} message
   * @param {boolean} isAtStart
   */
  constructor(message, isAtStart) {
    super(message);
    this.isAtStart = isAtStart;
  }
}

const here = (/** @type {string} */ name) => new URL(name, import.meta.url);

/** A worker that runs Python, from its start to its end. */
class Interpreter {
  #worker = new Worker(here("worker.js"), { type: "module" });
  /** @type {Promise<never>} Rejected where the worker's script cannot be had, or breaks down. */
  #broken = new Promise((_, reject) => {
    this.#worker.onerror = ({ message }) => reject(this.#crash(message));
  });
  /** @type {Set<string>} The wheels that it has. */
  #has = new Set();
  isReady = false;

  constructor() {
    this.#broken.catch(() => {}); // told when Python is asked for something
  }

  /**
   * @param {Runtime} runtime
   * @param {string} harness
   * @param {AbortSignal} signal
   */
  async start(runtime, harness, signal) {
    const { core } = await runtime.manifest(signal);
    const [files, module] = await Promise.all([
      runtime.load(core, signal),
      runtime.module(signal),
    ]);
    files.delete("pyodide.asm.wasm"); // the module stands in for it
    await this.#ask({ files, module, harness }, ({ type }) => type === "ready");
    this.isReady = true;
  }

  /**
   * @param {{ code: string, name: string, packages: string[] }} program
   * @param {Map<string, Uint8Array>} wheels
   * @param {(event: RunEvent) => void} onEvent
   */
  async run(program, wheels, onEvent) {
    const files = [...wheels].filter(([name]) => !this.#has.has(name));
    for (const [name] of files) this.#has.add(name);
    await this.#ask({ ...program, files }, (event) => {
      onEvent(/** @type {RunEvent} */ (event));
      return event.type === "finished";
    });
  }

  end() {
    this.#worker.terminate();
  }

  /** @param {string} message */
  #crash(message) {
    return new CrashError(message, !this.isReady);
  }

  /**
   * Posts a message and listens until `isLast` says so; rejected where Python breaks down.
   * @param {object} message
   * @param {(event: WorkerEvent) => boolean} isLast
   */
  #ask(message, isLast) {
    const answered = new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
      this.#worker.onmessage = (/** @type {MessageEvent<WorkerEvent>} */ { data }) => {
        if (data.type === "crashed") reject(this.#crash(data.message));
        else if (isLast(data)) resolve();
      };
      this.#worker.postMessage(message);
    });
    return Promise.race([answered, this.#broken]);
  }
}

/**
 * Returns a promise that only an abort settles.
 * @param {AbortSignal} signal
 * @returns {Promise<never>}
 */
function stopped(signal) {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

export class Python {
  #runtime = new Runtime(here("../pyodide/"));
  /** @type {string | undefined} */
  #harness;
  /** @type {{ interpreter: Interpreter, started: Promise<void> } | null} */
  #current = null;
  /** @type {Promise<unknown>} The run before, at whose end the next begins. */
  #turn = Promise.resolve();
  #waiting = 0;

  get isBusy() {
    return this.#waiting > 0;
  }

  /** Whether a run would begin at once. */
  get isReady() {
    return !this.isBusy && this.#current?.interpreter.isReady === true;
  }

  /**
   * Runs code, after the runs that were asked for before it; ends when it has finished.
   * @param {{ code: string, name: string }} program
   * @param {Order} order
   * @returns {Promise<void>} Rejected with the signal's reason, a RuntimeError or a CrashError.
   */
  run(program, order) {
    this.#waiting += 1;
    const running = this.#turn.then(() => this.#run(program, order));
    this.#turn = running.catch(() => {}).then(() => { this.#waiting -= 1; });
    return Promise.race([running, stopped(order.signal)]);
  }

  /** @type {Python["run"]} */
  async #run(program, order) {
    const { signal } = order;
    signal.throwIfAborted();
    /** @param {RunEvent} event */
    const onEvent = (event) => {
      order.onEvent(event);
      // What once was taken is never given back but with the worker.
      if (event.type === "finished" && event.error?.kind === "memory") this.#restart();
    };
    try {
      await Promise.race([this.#runHere(program, { ...order, onEvent }), stopped(signal)]);
    } catch (error) {
      // Without a package it needs, Python is still as good as before.
      if (!(error instanceof RuntimeError && this.#current?.interpreter.isReady)) this.#restart();
      throw error;
    }
  }

  /** @type {Python["run"]} */
  async #runHere({ code, name }, { signal, onEvent, onProgress }) {
    this.#runtime.onProgress = onProgress;
    const manifest = await this.#runtime.manifest(signal);
    const packages = Object.keys(manifest.packages).filter((each) => code.includes(each));
    const names = [...new Set(packages.flatMap((each) => manifest.packages[each]))];
    const [wheels] = await Promise.all([this.#runtime.load(names, signal), this.#start(signal)]);
    signal.throwIfAborted();
    await this.#current?.interpreter.run({ code, name, packages }, wheels, onEvent);
  }

  /** @param {AbortSignal} signal */
  #start(signal) {
    if (!this.#current) {
      const interpreter = new Interpreter();
      const current = { interpreter, started: this.#boot(interpreter, signal) };
      this.#current = current;
      current.started.catch(() => {
        if (this.#current === current) this.#end();
      });
    }
    return this.#current.started;
  }

  /**
   * @param {Interpreter} interpreter
   * @param {AbortSignal} signal
   */
  async #boot(interpreter, signal) {
    this.#harness ??= await this.#runtime.text(here("harness.py.txt"), signal);
    await interpreter.start(this.#runtime, this.#harness, signal);
  }

  /** Ends the worker; if Python was ready in it, starts another for the next run. */
  #restart() {
    const wasReady = this.#current?.interpreter.isReady;
    this.#end();
    if (wasReady) this.#start(new AbortController().signal);
  }

  #end() {
    this.#current?.interpreter.end();
    this.#current = null;
  }
}
