"""The site's own search box, used as fast as the machine can."""

from dataclasses import dataclass

from playwright.sync_api import Page

_TYPE = """
async (query) => {
  const field = document.querySelector("[role=combobox]");
  const list = document.querySelector("[role=listbox]");
  field.value = query;
  field.dispatchEvent(new InputEvent("input"));
  while (list.ariaBusy === "true") await new Promise((resolve) => setTimeout(resolve, 1));
  return [...list.querySelectorAll("[role=option]")].map((option) => option.href);
}
"""


@dataclass(frozen=True)
class SearchBox:
    """The open search box of a page of the site at ``base``."""

    page: Page
    base: str

    @staticmethod
    def open(page: Page, base: str) -> "SearchBox":
        """Open the site's first page and its box."""
        page.goto(base)
        page.keyboard.press("/")
        page.get_by_role("listbox").wait_for()
        return SearchBox(page, base)

    def search(self, text: str) -> list[str]:
        """Type a query; return the addresses of the results, relative to the site, from the top.

        What leads on where nothing is found is no result.
        """
        shown = self.page.evaluate(_TYPE, text)
        return [self._address(url) for url in shown if "?h=" in url]

    def _address(self, url: str) -> str:
        path, hash_, section = url.removeprefix(self.base).partition("#")
        return path.partition("?")[0] + hash_ + section
