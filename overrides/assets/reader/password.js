// Asks for the password of a file; it goes to pdf.js and nowhere else.

import { button, part } from "../search/elements.js";

/**
 * @param {boolean} again - Whether one was wrong
 * @returns {Promise<string | null>} Null where the reader gives up
 */
export function askPassword(again) {
  const dialog = document.createElement("dialog");
  dialog.className = "pn-password";
  const field = Object.assign(document.createElement("input"), { type: "password", autocomplete: "off", required: true });
  const said = again ? "암호가 달라요. 다시 적어 주세요." : "암호로 잠긴 PDF예요. 암호를 적어 주세요.";
  const form = document.createElement("form");
  const leave = button("", "그만두기");
  form.append(part("label", "", said, " ", field), part("p", "", part("button", "pn-button", "열기"), " ", leave));
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close(field.value);
    });
    leave.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || null);
    });
  });
}
