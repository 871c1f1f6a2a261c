// What readers changed: kept in their browser, or carried by a link. Never run unasked.

/**
 * @typedef {{ code: string, original: string, isForeign: boolean }} Edit The code, what it was made
 *   from, and whether a link brought it.
 */

const LONGEST_LINK = 8000;
/** What a link may unfold to: some times more than any snippet has. */
const LONGEST_CODE = 100_000;

/** A place in the browser's storage; one that is full or forbidden just keeps nothing. */
export class Kept {
  /** @param {string} snippet The snippet's path: sites that share a host are told apart by theirs. */
  constructor(snippet) {
    this.key = `${new URL("../../", import.meta.url).pathname}snippets/${snippet}`;
  }

  /** @returns {Edit | null} */
  read() {
    try {
      const { code, original, isForeign } = JSON.parse(localStorage.getItem(this.key) ?? "{}");
      if (typeof code !== "string" || typeof original !== "string") return null;
      return { code, original, isForeign: isForeign === true };
    } catch {
      return null; // forbidden, or nothing of ours
    }
  }

  /** @param {Edit} edit */
  write(edit) {
    try {
      localStorage.setItem(this.key, JSON.stringify(edit));
    } catch { /* the edit lasts as long as the page */ }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch { /* nothing was kept */ }
  }
}

/**
 * Returns the fragment that shows `code` in place of the snippet's own; null if it is too long.
 * @param {string} snippet
 * @param {string} code
 */
export async function toFragment(snippet, code) {
  const packed = new Blob([code]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const fragment = `#run=${snippet}&code=${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
  return fragment.length > LONGEST_LINK || code.length > LONGEST_CODE ? null : fragment;
}

/**
 * Returns the code that a fragment carries for `snippet`; null if it carries none.
 * @param {string} snippet
 * @param {string} fragment
 */
export async function fromFragment(snippet, fragment) {
  const fields = new URLSearchParams(fragment.slice(1));
  const text = fields.get("code");
  if (fields.get("run") !== snippet || !text || fragment.length > LONGEST_LINK) return null;
  try {
    const bytes = Uint8Array.from(
      atob(text.replaceAll("-", "+").replaceAll("_", "/")),
      (letter) => letter.charCodeAt(0),
    );
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    let code = "";
    const reader = unpacked.pipeThrough(new TextDecoderStream("utf-8", { fatal: true })).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      code += part.value;
      if (code.length > LONGEST_CODE) return null;
    }
    return code;
  } catch {
    return null; // cut short, or not made by us
  }
}
