// What the theme's scripts keep and ask for: the same as the theme's own, in a form that is the same
// on every page (the policy knows it by its hash), and without failing where storage is refused.
{
  const theme = /** @type {any} */ (window);
  const here = new URL(document.currentScript?.dataset.base ?? ".", location.href);
  const scope = here.pathname.endsWith("/") ? here : new URL(`${here.pathname}/`, here);
  theme.__md_scope = scope;
  theme.__md_hash = (/** @type {string} */ text) =>
    [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);
  theme.__md_get = (/** @type {string} */ key, /** @type {Storage} */ storage, at = scope) => {
    try {
      return JSON.parse((storage ?? localStorage).getItem(`${at.pathname}.${key}`) ?? "null");
    } catch {
      return null;
    }
  };
  theme.__md_set = (
    /** @type {string} */ key, /** @type {unknown} */ value, /** @type {Storage} */ storage, at = scope,
  ) => {
    try {
      (storage ?? localStorage).setItem(`${at.pathname}.${key}`, JSON.stringify(value));
    } catch {
      // kept for this page alone
    }
  };
  document.documentElement.setAttribute("data-platform", navigator.platform);
}
