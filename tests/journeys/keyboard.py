"""Hands that never leave the keyboard, and eyes that look for the focus ring."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STEPS = 200
FOCUSED = """
() => {
  const at = document.activeElement;
  const tidy = text => (text || '').replace(/\\s+/g, ' ').trim();
  const ringed = element => {
    const style = element && getComputedStyle(element);
    return Boolean(style) && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const labels = [...(at.labels || [])];
  const box = at.getBoundingClientRect();
  return {
    name: tidy(at.getAttribute('aria-label') || labels.map(label => label.textContent).join(' ')
      || at.textContent),
    question: tidy(at.closest('fieldset')?.querySelector('legend')?.textContent),
    ringed: ringed(at) || labels.some(ringed),
    inView: box.bottom > 0 && box.top < innerHeight,
    isPage: at === document.body,
  };
}
"""


@dataclass(frozen=True, slots=True)
class Focus:
    """Where the keyboard is.

    Parameters
    ----------
    name
        What the control is called.
    question
        Which question of several choices it answers.
    """

    name: str
    question: str
    ringed: bool
    inView: bool  # noqa: N815 - as the page spells it
    isPage: bool  # noqa: N815


class Keyboard:
    """The keyboard of somebody who uses nothing else."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def focus(self) -> Focus:
        """Return where the keyboard is."""
        return Focus(**self._page.evaluate(FOCUSED))

    def tab(self) -> Focus:
        """Go on to the next control, which has to show that it has the focus."""
        self._page.keyboard.press("Tab")
        focus = self.focus()
        assert focus.isPage or focus.ringed, f"“{focus.name}” does not show that it has the focus"
        assert focus.isPage or focus.inView, f"“{focus.name}” has the focus where nobody sees it"
        return focus

    def tab_to(self, name: str, question: str = "") -> None:
        """Go on until a control is reached whose name begins like this."""
        passed = []
        for _ in range(MOST_STEPS):
            focus = self.tab()
            if focus.name.startswith(name) and focus.question.startswith(question):
                return
            passed.append(focus.name)
        raise AssertionError(f"Tab never came to “{name}”, but to {passed}")

    def enter(self) -> None:
        """Press Enter where that leads to a page, or to a place on this one."""
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")

    def write(self, name: str, words: str) -> None:
        """Go on to a control and write."""
        self.tab_to(name)
        self._page.keyboard.press("Control+A")
        self.type(words)

    def type(self, words: str) -> None:
        """Write where the keyboard is."""
        self._page.keyboard.insert_text(words)

    def choose(self, question: str, answer: str) -> None:
        """Go on to a question and choose an answer with the space bar or the arrows."""
        self.tab_to("", question)
        self._page.keyboard.press("Space")
        for _ in range(MOST_STEPS):
            if self.focus().name == answer:
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"“{question}” does not offer “{answer}”")
