// Marks the words of a search on the page that a result leads to, by the rules of the search:
// 동적마스킹 marks 동적 마스킹, without its particle, and dynamic masking.
// Needs javascripts/lunr/min/lunr.ko.min.js to be loaded before.

/**
 * Wrap the places of a search in `mark` elements, as the theme does.
 *
 * @param {Element} root - Where to look
 * @param {string} words - The words looked for, with spaces between them
 */
function markSearch(root, words) {
  const BLOCKS = "p, li, td, th, dt, dd, figcaption, h1, h2, h3, h4, summary, div";
  const UNSEARCHED = "pre, [hidden], [data-search-exclude]";
  /** @type {{ node: Text, start: number }[]} */
  const nodes = [];
  let text = "";
  /** @type {Element | null | undefined} */
  let block;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.parentElement?.closest(UNSEARCHED)) continue;
    const around = node.parentElement?.closest(BLOCKS);
    if (around !== block) text += "|"; // no place reaches from one block into another
    block = around;
    nodes.push({ node, start: text.length });
    text += node.data.replace(/[<&]/g, " ");
  }
  for (const { start, end } of searchPlaces(text, words).reverse()) {
    for (const { node, start: offset } of nodes.toReversed()) {
      if (offset + node.length <= start) break;
      if (offset >= end) continue;
      const marked = node.splitText(Math.max(0, start - offset));
      marked.splitText(Math.min(marked.length, end - Math.max(start, offset)));
      const made = document.createElement("mark");
      made.dataset.mdHighlight = "";
      marked.replaceWith(made);
      made.append(marked);
      made.dispatchEvent(new Event("pn-marked", { bubbles: true })); // papernotes.js opens folds
    }
  }
}

/**
 * @param {string} text
 * @param {string} words
 * @returns {{ start: number, end: number }[]} Where the words are in the text, in order.
 */
function searchPlaces(text, words) {
  const { Index } = /** @type {any} */ (window).koreanSearch; // the search's own file, no module
  const index = new Index();
  for (const term of document.querySelectorAll(".pn-terms > p")) {
    const names = /^(.+?)\((.+?)\):/.exec(term.textContent); // papernotes/render/glossary.py
    if (names) index.addNames(names.slice(1));
  }
  index.add({ title: "", text });
  index.build();
  return index.marks(index.read(words.trim().split(/\s+/).map((term) => ({ term }))), 0);
}
