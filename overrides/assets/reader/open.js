// pdf.js, fetched once a file is chosen, and a file opened with it.

/** @typedef {typeof import("pdfjs-dist")} Pdfjs */
/** @typedef {import("pdfjs-dist").PDFDocumentProxy} Pdf */
/** @typedef {typeof import("pdfjs-dist/types/web/pdf_viewer.component.js")} Components */
/** @typedef {{pdfjs: Pdfjs, components: Components, startWorker: () => Worker, folder: URL}} Tools */
/** @typedef {{pdf: Pdf, close: () => Promise<void>}} Opened */

/** Why a file was not opened, for messages.js. */
export class OpenError extends Error {
  /** @param {"not a pdf" | "broken" | "cancelled" | "tools"} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

const IN_MEMORY = 64 << 20; // bytes; of a larger file only the parts that are shown are read
const PART = 1 << 20;

/** @type {Promise<Tools> | undefined} */
let loading;

/**
 * Fetch pdf.js, once.
 *
 * @param {URL} folder - Where its files lie; the address names their version
 * @returns {Promise<Tools>}
 * @throws {OpenError} Without a network
 */
export function load(folder) {
  loading ??= fetchTools(folder).catch(() => {
    loading = undefined; // the next file tries again
    throw new OpenError("tools");
  });
  return loading;
}

/** @param {URL} folder */
async function fetchTools(folder) {
  const at = (/** @type {string} */ path) => new URL(path, folder).href;
  // A worker from a blob is held by this page's policy; one from the network would have none.
  const worker = fetch(at("legacy/build/pdf.worker.min.mjs")).then(async (answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    const script = new Blob([await answer.text()], { type: "text/javascript" });
    return URL.createObjectURL(script);
  });
  const [address, pdfjs] = await Promise.all([
    worker,
    /** @type {Promise<Pdfjs>} */ (import(at("legacy/build/pdf.min.mjs"))),
    stylesheet(new URL("legacy/web/pdf_viewer.css", folder)),
    fetch(at("legacy/web/pdf_viewer.mjs")), // to have it when its turn comes: it needs the other
  ]);
  const components = /** @type {Components} */ (await import(at("legacy/web/pdf_viewer.mjs")));
  return { pdfjs, components, folder, startWorker: () => new Worker(address, { type: "module" }) };
}

/**
 * Put a style sheet into the page; ends when it holds.
 *
 * @param {URL} address
 * @returns {Promise<unknown>}
 */
export function stylesheet({ href }) {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet", href, onload: resolve, onerror: reject,
    });
    document.head.append(link);
  });
}

/**
 * Open a file.
 *
 * @param {Tools} tools
 * @param {Blob} file
 * @param {(again: boolean) => Promise<string | null>} askPassword - Null where the reader gives up
 * @returns {Promise<Opened>}
 * @throws {OpenError}
 */
export async function open({ pdfjs, startWorker, folder }, file, askPassword) {
  const at = (/** @type {string} */ path) => new URL(path, folder).href;
  const port = startWorker();
  const worker = pdfjs.PDFWorker.create({ port, verbosity: pdfjs.VerbosityLevel.ERRORS });
  const task = pdfjs.getDocument({
    ...(await contents(pdfjs, file)),
    worker,
    // All four end in a slash: without them pages stay blank.
    cMapUrl: at("cmaps/"),
    iccUrl: at("iccs/"),
    standardFontDataUrl: at("standard_fonts/"),
    wasmUrl: at("wasm/"),
    fontExtraProperties: true, // the fonts' names, which tell formulas
  });
  const close = async () => {
    await task.destroy();
    worker.destroy();
    port.terminate();
  };
  let cancelled = false;
  task.onPassword = async (/** @type {(word: string) => void} */ tell, /** @type {number} */ reason) => {
    const word = await askPassword(reason === pdfjs.PasswordResponses.INCORRECT_PASSWORD);
    cancelled = word === null;
    if (word === null) task.destroy();
    else tell(word);
  };
  try {
    const pdf = await task.promise;
    await pdf.getPage(1); // or there is nothing to show
    return { pdf, close };
  } catch {
    await close();
    throw new OpenError(cancelled ? "cancelled" : "broken");
  }
}

/**
 * @param {Pdfjs} pdfjs
 * @param {Blob} file
 */
async function contents({ PDFDataRangeTransport }, file) {
  const head = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  // Where the header may stand: ISO 32000-1, implementation note 13 of Annex H.
  if (!new TextDecoder("latin1").decode(head).includes("%PDF-")) throw new OpenError("not a pdf");
  if (file.size <= IN_MEMORY) return { data: new Uint8Array(await file.arrayBuffer()) };
  const range = new PDFDataRangeTransport(file.size, null);
  range.requestDataRange = async (/** @type {number} */ begin, /** @type {number} */ end) => {
    range.onDataRange(begin, new Uint8Array(await file.slice(begin, end).arrayBuffer()));
  };
  return { range, rangeChunkSize: PART, disableAutoFetch: true, disableStream: true };
}
