// What was looked for last, kept on this device alone, where the browser keeps anything.

const MOST = 5;

/** @param {URL} base - The site's address; several sites may share one host */
const key = (base) => `${base.pathname}.searches`;

/**
 * @param {URL} base
 * @returns {string[]} The newest first
 */
export function recent(base) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(base)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/**
 * @param {URL} base
 * @param {string} text
 */
export function remember(base, text) {
  if (!text) return;
  const kept = [text, ...recent(base).filter((each) => each !== text)].slice(0, MOST);
  try {
    localStorage.setItem(key(base), JSON.stringify(kept));
  } catch {
    // a browser that keeps nothing
  }
}

/** @param {URL} base */
export function forget(base) {
  try {
    localStorage.removeItem(key(base));
  } catch {
    // nor is there anything to forget
  }
}
