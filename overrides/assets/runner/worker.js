// Python in a worker of its own: it starts when it is handed the runtime's files, then runs one
// program after another. It lives in frame.htm, which has no origin; what it sends is typed in
// python.js, which believes none of it.

const NOWHERE = "https://pyodide.invalid/"; // where Pyodide is told that its files are

/** @type {Map<string, Uint8Array<ArrayBuffer>>} */
const files = new Map();
/** @type {import("pyodide").PyodideInterface} */
let pyodide;
/** @type {(code: string, name: string, send: typeof postMessage) => void} */
let run;

// Everything comes from the page, checked; the frame's policy refuses the rest.
self.fetch = async (address) => {
  const name = String(address instanceof Request ? address.url : address).split("/").at(-1) ?? "";
  const file = files.get(name);
  if (file) return new Response(file);
  if (name === "pyodide.asm.wasm") return new Response(); // the compiled module stands in for it
  throw new TypeError("network is not available");
};

// The policy would refuse them silently; so the code's author sees a line and a reason.
for (const name of ["EventSource", "WebSocket", "WebTransport", "XMLHttpRequest"]) {
  Object.defineProperty(self, name, { value: undefined });
}

/**
 * Imports a script that came with the files.
 * @param {string} name
 */
async function script(name) {
  const blob = new Blob([/** @type {BlobPart} */ (files.get(name))], { type: "text/javascript" });
  files.delete(name);
  return import(URL.createObjectURL(blob));
}

/** @param {{ module: WebAssembly.Module, harness: string }} parts */
async function start({ module, harness }) {
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  const [{ loadPyodide }] = await Promise.all(["pyodide.mjs", "pyodide.asm.js"].map(script));
  pyodide = await loadPyodide({
    indexURL: NOWHERE,
    env: { HOME: "/home/pyodide", MPLBACKEND: "Agg", PYTHONHASHSEED: "0", TZ: "UTC" },
  });
  const globals = pyodide.toPy({ __name__: "harness" });
  pyodide.runPython(harness, { globals, filename: "harness.py" });
  run = globals.get("run");
}

/** @param {string[]} packages */
async function install(packages) {
  /** @type {string[]} */
  const errors = [];
  await pyodide.loadPackage(packages, {
    messageCallback: () => {},
    errorCallback: (message) => errors.push(message),
  });
  if (errors.length) throw new Error(errors.join("\n"));
  files.clear(); // installed by now, or the lock, which has been read
}

/** @type {Promise<void>} */
let turn = Promise.resolve();

self.onmessage = ({ data }) => {
  if (data.ping) {
    postMessage({ type: "idle" });
    return;
  }
  for (const [name, bytes] of data.files) files.set(name, bytes);
  turn = turn.then(async () => {
    try {
      if (data.module) {
        await start(data);
        postMessage({ type: "ready" });
      } else {
        await install(data.packages);
        postMessage({ type: "started" });
        run(data.code, data.name, (message) => postMessage(JSON.parse(message)));
      }
    } catch (error) {
      postMessage({ type: "crashed", message: String(error) });
    }
  });
};
