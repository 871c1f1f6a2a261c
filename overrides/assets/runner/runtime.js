// Fetches the files that Python consists of, each once a page, and checks every byte of them.

/**
 * @typedef {object} Manifest What `papernotes runtime` wrote about the files beside it.
 * @property {string} version
 * @property {string[]} core What Python itself needs.
 * @property {Record<string, string[]>} packages The wheels of a package and of all it needs.
 * @property {Record<string, { sha256: string, size: number, transfer: number }>} files
 */

/** @typedef {(loaded: number, total: number) => void} OnProgress Bytes on the wire, about. */
/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** Why a file could not be had: `offline`, `missing` or `damaged`. */
export class RuntimeError extends Error {
  /**
   * @param {"offline" | "missing" | "damaged"} reason
   * @param {string} file
   */
  constructor(reason, file) {
    super(`${reason}: ${file}`);
    this.reason = reason;
    this.file = file;
  }
}

/** The runtime's files, in memory from the first run on: a later one asks for nothing. */
export class Runtime {
  /** @type {Promise<Manifest> | undefined} */
  #manifest;
  /** @type {Map<string, Promise<Bytes>>} */
  #files = new Map();
  /** @type {Map<string, Promise<string>>} */
  #texts = new Map();
  /** @type {Map<string, number>} What is under way: the share of each file that is here. */
  #received = new Map();
  #downloads = 0;
  /** @type {Set<string>} Files that came damaged: the browser's cache must not answer again. */
  #damaged = new Set();

  /** @type {OnProgress} */
  onProgress = () => {};

  /** @param {URL} base The folder of the files. */
  constructor(base) {
    this.base = base;
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<Manifest>}
   */
  manifest(signal) {
    return shared(signal, () => {
      if (!this.#manifest) {
        this.#manifest = this.#fetch("runtime.json", signal, (answer) => answer.json());
        this.#manifest.catch(() => { this.#manifest = undefined; });
      }
      return this.#manifest;
    });
  }

  /**
   * Returns files by name; those that are here already are not fetched again.
   * @param {string[]} names
   * @param {AbortSignal} signal Ends what is under way.
   * @returns {Promise<Map<string, Bytes>>}
   */
  async load(names, signal) {
    const manifest = await this.manifest(signal);
    const loaded = names.map(async (name) => {
      const bytes = await shared(signal, () => this.#file(name, manifest, signal));
      return /** @type {[string, Bytes]} */ ([name, bytes]);
    });
    return new Map(await Promise.all(loaded));
  }

  /**
   * Returns a text that lies beside our scripts.
   * @param {URL} address
   * @param {AbortSignal} signal
   * @returns {Promise<string>}
   */
  text(address, signal) {
    return shared(signal, () => {
      let text = this.#texts.get(address.href);
      if (!text) {
        text = this.#fetch(address, signal, (answer) => answer.text());
        this.#texts.set(address.href, text);
        text.catch(() => this.#texts.delete(address.href));
      }
      return text;
    });
  }

  /**
   * @param {string} name
   * @param {Manifest} manifest
   * @param {AbortSignal} signal
   */
  #file(name, manifest, signal) {
    let file = this.#files.get(name);
    if (!file) {
      file = this.#download(name, manifest, signal);
      this.#files.set(name, file);
      file.catch(() => this.#files.delete(name));
    }
    return file;
  }

  /**
   * @param {string} name
   * @param {Manifest} manifest
   * @param {AbortSignal} signal
   * @returns {Promise<Bytes>}
   */
  async #download(name, manifest, signal) {
    const { size, sha256 } = manifest.files[name];
    if (this.#downloads === 0) this.#received.clear();
    this.#downloads += 1;
    this.#received.set(name, 0);
    try {
      const bytes = new Uint8Array(size);
      const length = await this.#fetch(name, signal, (answer) => read(answer, bytes, (received) => {
        this.#received.set(name, received / size);
        this.#report(manifest);
      }));
      if (length !== size || (await hash(bytes)) !== sha256) {
        this.#damaged.add(name);
        throw new RuntimeError("damaged", name);
      }
      return bytes;
    } finally {
      this.#downloads -= 1;
    }
  }

  /** @param {Manifest} manifest */
  #report({ files }) {
    let loaded = 0;
    let total = 0;
    for (const [name, share] of this.#received) {
      loaded += share * files[name].transfer;
      total += files[name].transfer;
    }
    this.onProgress(loaded, total);
  }

  /**
   * Asks for a file and returns what `take` makes of the answer.
   * @template T
   * @param {string | URL} file
   * @param {AbortSignal} signal
   * @param {(answer: Response) => Promise<T>} take
   */
  async #fetch(file, signal, take) {
    const name = String(file).split("/").at(-1) ?? "";
    try {
      const cache = this.#damaged.has(name) ? "reload" : "default";
      const answer = await fetch(new URL(file, this.base), { cache, signal });
      if (!answer.ok) throw new RuntimeError("missing", name);
      return await take(answer);
    } catch (error) {
      if (error instanceof RuntimeError || signal.aborted) throw error;
      const isDamaged = error instanceof SyntaxError; // a page of a café's network, not our JSON
      if (isDamaged) this.#damaged.add(name);
      throw new RuntimeError(isDamaged ? "damaged" : "offline", name);
    }
  }
}

/**
 * Awaits what another run may have asked for: if that one is stopped, it is asked for anew.
 * @template T
 * @param {AbortSignal} signal Stops this run.
 * @param {() => Promise<T>} ask
 * @returns {Promise<T>}
 */
async function shared(signal, ask) {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || /** @type {Error} */ (error).name !== "AbortError") throw error;
    }
  }
}

/**
 * Reads an answer into `bytes`, and returns its length: Infinity where it is longer.
 * @param {Response} answer
 * @param {Bytes} bytes
 * @param {(received: number) => void} onPart
 */
async function read(answer, bytes, onPart) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (answer.body).getReader();
  let received = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (received + part.value.length > bytes.length) return Infinity;
    bytes.set(part.value, received);
    received += part.value.length;
    onPart(received);
  }
  return received;
}

/** @param {Bytes} bytes */
async function hash(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
