// Marks on a page what a search found in it: by the search's own rules, particles left unmarked.

import { Row } from "./row.js";

const BLOCKS = "p, li, td, th, dt, dd, figcaption, h1, h2, h3, h4, summary, div, blockquote";
const UNSEARCHED = "pre, math, nav, button, [hidden], .pn-strip, .pn-label, .pn-sources, .pn-actions, .pn-facts, .headerlink";

/**
 * Wrap the places of some strings in `mark` elements, and open the folds around them.
 *
 * @param {Element} root - Where to look
 * @param {string[]} strings - As letters (letters.js)
 */
export function mark(root, strings) {
  /** @type {{node: Text, start: number}[][]} */
  const blocks = [];
  /** @type {string[]} */
  const texts = [];
  /** @type {Element | null | undefined} */
  let block;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.parentElement?.closest(UNSEARCHED)) continue;
    const around = node.parentElement?.closest(BLOCKS);
    if (around !== block || !blocks.length) {
      blocks.push([]);
      texts.push("");
    }
    block = around;
    blocks[blocks.length - 1].push({ node, start: texts[texts.length - 1].length });
    texts[texts.length - 1] += node.data.replaceAll("\n", " ");
  }
  const keys = strings.map((string, n) => ({ string, known: true, first: n, last: n }));
  const row = new Row(texts);
  blocks.forEach((nodes, number) => {
    for (const { start, end } of row.marks(number, keys, strings.length === 1).reverse()) wrap(nodes, start, end);
  });
  document.querySelector(":target")?.scrollIntoView();
}

/**
 * @param {{node: Text, start: number}[]} nodes - Of one block, in order
 * @param {number} start
 * @param {number} end
 */
function wrap(nodes, start, end) {
  for (const { node, start: offset } of nodes.toReversed()) {
    if (offset + node.length <= start) break;
    if (offset >= end) continue;
    const marked = node.splitText(Math.max(0, start - offset));
    marked.splitText(Math.min(marked.length, end - Math.max(start, offset)));
    const made = document.createElement("mark");
    made.className = "pn-found";
    marked.replaceWith(made);
    made.append(marked);
    for (let fold = made.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  }
}
