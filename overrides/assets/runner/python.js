// One Python for the whole page: started at the first run, kept for the next, ended by Stop.

import { Box } from "./box.js";
import { Runtime, RuntimeError } from "./runtime.js";

/** @typedef {import("./box.js").BoxEvent} BoxEvent */
/** @typedef {import("./box.js").RunEvent} RunEvent */
/** @typedef {{ code: string, name: string, isForeign: boolean }} Program A link brought it, or not. */

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

const WASM = "pyodide.asm.wasm";
const here = (/** @type {string} */ name) => new URL(name, import.meta.url);

const PATIENCE = 3000; // ms for a worker that has finished to say that it listens again

/** A worker that runs Python, from its start to its end. */
class Interpreter {
  #box;
  /** @type {(event: BoxEvent) => void} */
  #hear = () => {};
  /** @type {Set<string>} The wheels that it has. */
  #has = new Set();
  isReady = false;

  /** @param {Box} box */
  constructor(box) {
    this.#box = box;
  }

  /**
   * @param {Runtime} runtime
   * @param {AbortSignal} signal
   */
  async start(runtime, signal) {
    const { core } = await runtime.manifest(signal);
    const [loaded, script, harness] = await Promise.all([
      runtime.load(core, signal),
      runtime.text(here("worker.js"), signal),
      runtime.text(here("harness.py.txt"), signal),
      this.#box.loaded.catch(() => { throw new RuntimeError("offline", "frame.htm"); }),
    ]);
    signal.throwIfAborted();
    const wasm = /** @type {Uint8Array} */ (loaded.get(WASM));
    const files = [...loaded].filter(([name]) => name !== WASM); // compiled, it goes another way
    const parts = { script, wasm, message: { files, harness } };
    await this.#ask(
      () => this.#box.start(parts, (event) => this.#hear(event)),
      ({ type }) => type === "ready",
    );
    this.isReady = true;
  }

  /**
   * @param {Program & { packages: string[] }} program
   * @param {Map<string, Uint8Array>} wheels
   * @param {(event: RunEvent) => void} onEvent
   */
  async run({ code, name, packages }, wheels, onEvent) {
    const files = [...wheels].filter(([wheel]) => !this.#has.has(wheel));
    for (const [wheel] of files) this.#has.add(wheel);
    await this.#ask(() => this.#box.send({ code, name, packages, files }), (event) => {
      if (isOfRun(event)) onEvent(event);
      return event.type === "finished";
    });
  }

  /** Whether the worker listens: code may say that it has finished and go on. */
  isIdle() {
    const idle = this.#ask(() => this.#box.send({ ping: true }), ({ type }) => type === "idle");
    const late = new Promise((/** @type {(value: false) => void} */ resolve) => {
      setTimeout(resolve, PATIENCE, false);
    });
    return Promise.race([idle.then(() => true, () => false), late]);
  }

  end() {
    this.#hear = () => {};
    this.#box.end();
  }

  /**
   * Asks for something and listens until `isLast` says so; rejected where Python breaks down.
   * @param {() => void} post
   * @param {(event: BoxEvent) => boolean} isLast
   */
  #ask(post, isLast) {
    return new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
      let isDone = false;
      this.#hear = (event) => {
        if (isDone) return; // what comes after the end is no part of the run
        if (event.type === "crashed") reject(new CrashError(event.message, !this.isReady));
        else isDone = isLast(event);
        if (isDone) resolve();
      };
      post();
    });
  }
}

/** @param {BoxEvent} event @returns {event is RunEvent} */
function isOfRun(event) {
  return event.type !== "ready" && event.type !== "idle" && event.type !== "crashed";
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
  /** @type {Box | undefined} */
  #box;
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
   * @param {Program} program
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
  async #runHere(program, { signal, onEvent, onProgress }) {
    this.#runtime.onProgress = onProgress;
    const manifest = await this.#runtime.manifest(signal);
    const packages = Object.keys(manifest.packages).filter((each) => program.code.includes(each));
    const names = [...new Set(packages.flatMap((each) => manifest.packages[each]))];
    const [wheels] = await Promise.all([this.#runtime.load(names, signal), this.#start(signal)]);
    signal.throwIfAborted();
    const interpreter = this.#current?.interpreter;
    await interpreter?.run({ ...program, packages }, wheels, onEvent);
    if (interpreter !== this.#current?.interpreter) return; // restarted: it ran out of memory
    // Somebody else's code may have left anything behind, and any code may only feign its end.
    if (program.isForeign || !(await interpreter?.isIdle())) this.#restart(interpreter);
  }

  /** @param {AbortSignal} signal */
  #start(signal) {
    if (!this.#current) {
      this.#box ??= new Box();
      const interpreter = new Interpreter(this.#box);
      const current = { interpreter, started: interpreter.start(this.#runtime, signal) };
      this.#current = current;
      current.started.catch(() => {
        if (this.#current === current) this.#end();
      });
    }
    return this.#current.started;
  }

  /**
   * Ends the worker; if Python was ready in it, starts another for the next run.
   * @param {Interpreter} [interpreter] The one that is meant, where it may be gone already.
   */
  #restart(interpreter = this.#current?.interpreter) {
    if (interpreter !== this.#current?.interpreter) return;
    const wasReady = this.#current?.interpreter.isReady;
    this.#end();
    if (wasReady) this.#start(new AbortController().signal);
  }

  #end() {
    this.#current?.interpreter.end();
    if (!this.#current?.interpreter.isReady) this.#forgetBox();
    this.#current = null;
  }

  /** A frame in which nothing came up is fetched again the next time. */
  #forgetBox() {
    this.#box?.remove();
    this.#box = undefined;
  }
}
