"""The site's own search box, used as fast as the machine can."""

from dataclasses import dataclass

from playwright.sync_api import Page

# Keeps count of what the worker was asked and has answered (the theme's message types).
_COUNT = """
window.asked = window.answered = 0;
window.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({ data }) => { if (data.type === 3) answered += 1; });
  }
  postMessage(message) {
    if (message.type === 2) asked += 1;
    super.postMessage(message);
  }
};
"""

_TYPE = """
async (query) => {
  const input = document.querySelector(".md-search__input");
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
  const settled = async (count) => { while (asked < count || answered < asked) await pause(); };
  input.focus();
  await settled(1); // the theme asks for nothing as soon as the index is set up
  if (input.value !== query) {
    const count = asked + 1;
    input.value = query;
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    await settled(count);
  }
  await pause();
  return [...document.querySelectorAll(".md-search-result__link")].map((link) => ({
    url: link.href,
    score: Number(link.firstElementChild.dataset.mdScore),
  }));
}
"""


@dataclass(frozen=True)
class SearchBox:
    """The search box of an open page of the site at ``base``."""

    page: Page
    base: str

    @staticmethod
    def open(page: Page, base: str) -> "SearchBox":
        """Open the site's first page and return its box."""
        page.add_init_script(_COUNT)
        page.goto(base)
        return SearchBox(page, base)

    def search(self, text: str) -> list[str]:
        """Type a query; return the addresses of the results, relative to the site, best first.

        The theme shows results by page; their scores tell how good each of them is. A page
        that only heads its sections has the score 0 and does not count.
        """
        shown = self.page.evaluate(_TYPE, text)
        found = sorted(
            (link for link in shown if link["score"] > 0),
            key=lambda link: link["score"],
            reverse=True,
        )
        return [self._address(link["url"]) for link in found]

    def _address(self, url: str) -> str:
        path, hash_, section = url.removeprefix(self.base).partition("#")
        return path.partition("?")[0] + hash_ + section
