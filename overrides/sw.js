// Keeps a copy of the site for reading without a network, once the reader has asked for it
// (assets/offline.js registers this file; nothing else does).
//
// While there is a network every page and file comes from there, never from the copy. The copy is
// one whole version of the site, named after what is in it: papernotes export writes the list of
// its files with a hash of each. A new version is put together beside the old one, which goes when
// the new one is whole.

const BASE = new URL("./", location.href);
const LIST = new URL("offline.json", BASE).href;
const LEFT = ["assets/pyodide/", "assets/pdfjs/"] // large: left to the browser's own cache
  .map((path) => new URL(path, BASE).href);
const PREFIX = `papernotes ${BASE.pathname} `; // caches are shared by all sites of one host

/**
 * @typedef {{ version: string, files: { path: string, sha256: string }[] }} List offline.json
 * @typedef {Event & { waitUntil(work: Promise<unknown>): void }} ExtendableEvent
 * @typedef {MessageEvent & ExtendableEvent} ExtendableMessageEvent
 * @typedef {ExtendableEvent & {
 *   request: Request, respondWith(answer: Promise<Response>): void,
 * }} FetchEvent
 * @typedef {object} ServiceWorkerScope What TypeScript knows of a service worker only without the DOM's types.
 * @property {() => Promise<void>} skipWaiting
 * @property {{ claim(): Promise<void> }} clients
 * @property {{ connection?: { saveData?: boolean } }} navigator
 * @property {(name: string, hear: (event: any) => void) => void} addEventListener
 */
const scope = /** @type {ServiceWorkerScope} */ (/** @type {unknown} */ (self));

/** @type {Promise<void> | undefined} */
let saving; // the copy that is being made

scope.addEventListener("install", () => scope.skipWaiting());
scope.addEventListener("activate", (/** @type {ExtendableEvent} */ event) => {
  event.waitUntil(scope.clients.claim());
});

scope.addEventListener("message", (/** @type {ExtendableMessageEvent} */ event) => {
  const [port] = event.ports;
  const tell = (/** @type {object} */ message) => port?.postMessage(message);
  saving ??= save(tell).finally(() => { saving = undefined; });
  event.waitUntil(saving.then(() => tell({ done: true }), (error) => tell({ error: `${error}` })));
});

scope.addEventListener("fetch", (/** @type {FetchEvent} */ event) => {
  const { request } = event;
  const ours = request.url.startsWith(BASE.href) && !LEFT.some((each) => request.url.startsWith(each));
  if (request.method !== "GET" || !ours) return;
  event.respondWith(fromNetwork(request).catch(async (error) => {
    const kept = await fromCopy(request);
    if (kept) return kept;
    throw error;
  }));
  if (request.mode === "navigate") event.waitUntil(refresh());
});

/**
 * Answer as the server does now: a page is asked for anew even where the browser has it.
 *
 * @param {Request} request
 */
function fromNetwork(request) {
  return fetch(request, request.mode === "navigate" ? { cache: "no-cache" } : {});
}

/**
 * Answer from the copy; undefined where it has none.
 *
 * @param {Request} request
 */
async function fromCopy(request) {
  const { cache } = (await copy()) ?? {};
  const find = (/** @type {string | URL} */ url) => cache?.match(url, { ignoreSearch: true, ignoreVary: true });
  const found = await find(request.url);
  if (found || request.mode !== "navigate") return found;
  const folder = new URL(request.url); // a server would lead on from papers/roberta
  folder.pathname += "/";
  return (await find(folder)) && Response.redirect(folder);
}

/** Bring the copy up to date while the reader reads; what fails now is tried again later. */
async function refresh() {
  if (scope.navigator.connection?.saveData || !(await copy())) return;
  saving ??= save(() => {}).catch(() => {}).finally(() => { saving = undefined; });
  await saving;
}

/** The newest whole copy; undefined where there is none. */
async function copy() {
  for (const name of (await names()).reverse()) {
    const cache = await caches.open(name);
    const list = await cache.match(LIST);
    if (list) return { name, cache };
  }
  return undefined;
}

async function names() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

/**
 * Make a copy of the site's present version; what has not changed is taken from the one before.
 *
 * @param {(message: { files: number, of: number }) => void} tell - Hears how far it has come
 */
async function save(tell) {
  const answer = await fetch(LIST, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`offline.json: ${answer.status}`);
  const list = /** @type {List} */ (await answer.clone().json());
  const before = await copy();
  const name = PREFIX + list.version;
  if (before?.name === name) return;
  const cache = await caches.open(name);
  try {
    for (const [index, { path, sha256 }] of list.files.entries()) {
      const url = new URL(path, BASE).href;
      // A copy that is there already is believed no more than one from the network.
      const kept = await before?.cache.match(url);
      const same = kept && (await hash(kept)) === sha256;
      await cache.put(url, same ? kept : await download(url, sha256));
      tell({ files: index + 1, of: list.files.length });
    }
    await cache.put(LIST, answer); // last: this says that it is whole
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  for (const other of await names()) if (other !== name) await caches.delete(other);
}

/**
 * Fetch a file of the list; another than the list means is refused: the site changes just now.
 *
 * @param {string} url
 * @param {string} sha256
 */
async function download(url, sha256) {
  const answer = await fetch(url, { cache: "no-cache" });
  const found = await hash(answer);
  if (!answer.ok || found !== sha256) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

/**
 * The SHA-256 of an answer's body, as hexadecimal digits; the body can still be read.
 *
 * @param {Response} answer
 */
async function hash(answer) {
  const digest = await crypto.subtle.digest("SHA-256", await answer.clone().arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
