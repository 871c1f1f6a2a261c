// What this browser remembers for the reader: where somebody was in a paper, and the papers that
// they asked to keep. Both can be forgotten; a browser that keeps nothing is no hindrance.

const PLACES = "papernotes.reader.places";
const MOST = 50;
const SHELF = "papers";

/**
 * @typedef {{key: string, name: string, file: Blob}} Kept - `key` tells the file from others
 * @typedef {[string, {page: number, top: number}]} Remembered
 */

/** @returns {Remembered[]} The newest first */
function places() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACES) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** @param {string} key */
export function place(key) {
  return places().find(([each]) => each === key)?.[1];
}

/**
 * @param {string} key
 * @param {{page: number, top: number}} place - `top` in points from the page's lower edge
 */
export function remember(key, place) {
  save([[key, place], ...others(key)]);
}

/** @param {string} key */
const others = (key) => places().filter(([each]) => each !== key);

/** @param {Remembered[]} all */
function save(all) {
  const kept = all.slice(0, MOST);
  try {
    localStorage.setItem(PLACES, JSON.stringify(kept));
  } catch {
    // full, or not allowed
  }
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function shelf(mode, act) {
  /** @type {IDBDatabase} */
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open("papernotes.reader");
    opening.onupgradeneeded = () => opening.result.createObjectStore(SHELF, { keyPath: "key" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(SHELF, mode);
      const request = act(transaction.objectStore(SHELF));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @returns {Promise<Kept[]>} */
export async function kept() {
  try {
    return await shelf("readonly", (store) => store.getAll());
  } catch {
    return [];
  }
}

/** @param {Kept} paper */
export async function keep(paper) {
  await shelf("readwrite", (store) => store.put(paper));
}

/**
 * Forget a file, and where somebody was in it.
 *
 * @param {string} key
 */
export async function forget(key) {
  save(others(key));
  await shelf("readwrite", (store) => store.delete(key));
}
