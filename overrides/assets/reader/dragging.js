// A sentence that begins on a link is selected as any other: of itself a browser drags the link.

const FAR = 4; // px that a hand moves in a press, and no selection

/**
 * @param {HTMLElement} room - Holds the pages; has the class `pn-selecting` while links let the
 *   pointer through
 * @param {AbortSignal} signal - Ends it
 */
export function selectFromLinks(room, signal) {
  /** @type {MouseEvent | null} Where the hand went down. */
  let pressed = null;
  room.addEventListener("mousedown", (event) => {
    const isLink = event.target instanceof Element && event.target.closest(".annotationLayer a");
    if (!isLink || event.button) return;
    event.preventDefault();
    pressed = event;
  }, { signal });
  document.addEventListener("mousemove", (event) => {
    if (!pressed || Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) < FAR) return;
    room.classList.add("pn-selecting"); // where the hand ends is no link: nothing is followed
    const [from, to] = [pressed, event].map(({ clientX, clientY }) => document.caretPositionFromPoint?.(clientX, clientY));
    if (from && to && [from, to].every(isText)) {
      getSelection()?.setBaseAndExtent(from.offsetNode, from.offset, to.offsetNode, to.offset);
    } else if (from && !isText(from)) pressed = event; // a link's edge: the text begins further on
  }, { signal });
  document.addEventListener("mouseup", () => {
    pressed = null;
    setTimeout(() => room.classList.remove("pn-selecting")); // behind the click
  }, { signal });
}

/**
 * Whether a place is in a word: between lines Firefox names the layer's end.
 *
 * @param {CaretPosition} place
 */
const isText = ({ offsetNode }) => offsetNode instanceof Text && Boolean(offsetNode.parentElement?.closest(".textLayer"));
