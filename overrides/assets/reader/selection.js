// What a reader has selected on the paper, as places in its text.

/** @typedef {import("./types.js").Point & {page: number}} Place */

/**
 * The first and last place of the selection; null where nothing of the paper is selected.
 *
 * @param {import("./view.js").View} view
 * @returns {{from: Place, to: Place, box: DOMRect} | null}
 */
export function selected(view) {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  /** @type {{page: number, item: number, start: number, end: number}[]} */
  const parts = [];
  for (const { page, divs } of view.texts(range)) {
    for (const [item, div] of divs.entries()) {
      if (!range.intersectsNode(div)) continue;
      const start = div.contains(range.startContainer) ? before(div, range.startContainer, range.startOffset) : 0;
      const end = div.contains(range.endContainer)
        ? before(div, range.endContainer, range.endOffset)
        : (div.textContent?.length ?? 0);
      if (end > start) parts.push({ page, item, start, end });
    }
  }
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return null;
  return {
    from: { page: first.page, item: first.item, offset: first.start },
    to: { page: last.page, item: last.item, offset: last.end },
    box: range.getBoundingClientRect(),
  };
}

/**
 * How many characters of an element come before a boundary in it.
 *
 * @param {Element} element
 * @param {Node} node
 * @param {number} offset
 */
function before(element, node, offset) {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
