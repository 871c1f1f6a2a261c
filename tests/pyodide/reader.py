"""A reader who runs a snippet: what tests and the benchmark press, type and see."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

PATIENCE = 60_000  # milliseconds: a first run on a busy machine


def unfold(element: Locator) -> None:
    """Open what an element is folded into."""
    element.evaluate("(e) => { for (; e; e = e.parentElement) if ('open' in e) e.open = true; }")


@dataclass(frozen=True)
class Reader:
    """A page, and one of the snippets on it."""

    page: Page
    name: str

    @property
    def snippet(self) -> Locator:
        return self.page.locator(f'[data-snippet="{self.name}"]')

    @property
    def status(self) -> str:
        return self.snippet.get_by_role("status").inner_text()

    @property
    def printed(self) -> str:
        """The output of the last run and its traceback, as far as they are shown."""
        return "".join(self.snippet.locator(".pn-result pre").all_text_contents())

    @property
    def editor(self) -> Locator:
        return self.snippet.get_by_role("textbox")

    def press(self, button: str) -> None:
        unfold(self.snippet)
        self.snippet.get_by_role("button", name=button).click()

    def is_usable(self, button: str) -> bool:
        found = self.snippet.get_by_role("button", name=button)
        return found.is_visible() and found.get_attribute("aria-disabled") != "true"

    def expect_state(self, *states: str) -> str:
        """Wait for one of ``states`` and return it."""
        unfold(self.snippet)
        self.page.wait_for_function(
            "([name, states]) => states.includes("
            "document.querySelector(`[data-snippet='${name}']`).dataset.state)",
            arg=[self.name, states],
            timeout=PATIENCE,
        )
        state = self.snippet.get_attribute("data-state")
        assert state
        return state

    def edit(self, code: str) -> None:
        if self.editor.count() == 0:
            self.press("고치기")
        expect(self.editor).to_be_visible()
        self.editor.fill(code)

    def reset(self) -> None:
        """Leave the snippet as it was recorded."""
        if self.is_usable("되돌리기"):
            self.press("되돌리기")

    def run(self, code: str | None = None) -> str:
        """Run the snippet, or ``code`` in its place, and return the state it ends in."""
        if code is not None:
            self.edit(code)
        self.press("실행")
        return self.expect_state("done", "failed", "stopped")
