// The elements that the box is made of.

/**
 * @param {string} tag
 * @param {string} name - Its class
 * @param {...(string | Node)} children
 * @returns {HTMLElement}
 */
export function part(tag, name, ...children) {
  const made = document.createElement(tag);
  made.className = name;
  made.append(...children);
  return made;
}

/**
 * A link that is an option of the list: the field keeps the focus, so that it takes none.
 *
 * @param {URL} link
 * @param {...Node} lines
 */
export function option(link, ...lines) {
  const spaced = lines.flatMap((each) => [each, " "]); // or its name runs them together
  const made = /** @type {HTMLAnchorElement} */ (part("a", "pn-hit", ...spaced));
  made.href = link.href;
  made.role = "option";
  made.ariaSelected = "false";
  made.tabIndex = -1;
  return made;
}

/**
 * A group of options under a name.
 *
 * @param {string} name
 * @param {HTMLElement[]} options
 */
export function group(name, options) {
  const head = part("div", "pn-search__name", name);
  head.role = "presentation"; // the group has the name
  const made = part("div", "pn-search__group", head, ...options);
  made.role = "group";
  made.ariaLabel = name;
  return made;
}

/**
 * @param {string} name - Its class
 * @param {string} text
 * @returns {HTMLButtonElement}
 */
export function button(name, text) {
  const made = /** @type {HTMLButtonElement} */ (part("button", name, text));
  made.type = "button";
  return made;
}

/**
 * A text with its marked places.
 *
 * @param {import("./answers.js").Piece[]} cut
 */
export const pieces = (cut) => cut.map(([text, marked]) => (marked ? part("mark", "", text) : text));
