"""Somebody who walks through LendED in a browser, and what every page owes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

WIDTHS = (360, 768, 1280)
UNTIED = """
() => [...document.querySelectorAll('.error')]
  .filter(error => ![...document.querySelectorAll('[aria-describedby]')]
    .some(control => control.getAttribute('aria-describedby').split(' ').includes(error.id)))
  .map(error => error.textContent.trim())
"""


class Walker:
    """A person and their browser.

    Parameters
    ----------
    shots
        The folder pictures of pages go to.
    """

    def __init__(self, name: str, page: Page, shots: Path, *, javascript: bool) -> None:
        self.name = name
        self.page = page
        self.shots = shots
        self.javascript = javascript
        self.mistakes: list[str] = []
        page.on("pageerror", lambda error: self.mistakes.append(str(error)))
        page.on("console", self._hear)
        page.on("response", self._answered)

    def visit(self, path: str) -> None:
        """Open an address."""
        self.page.goto(path)

    def sign_in_as(self, email: str) -> None:
        """Sign in with one click, which the demo allows."""
        self.visit("/sign-in")
        self.page.locator(f'form:has(input[value="{email}"]) button').click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_attached()

    def press(self, label: str | re.Pattern[str]) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=label).first.click()

    def follow(self, label: str | re.Pattern[str]) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=label).first.click()

    def write(self, label: str | re.Pattern[str], words: str) -> None:
        """Write into the control with a label."""
        self.page.get_by_label(label).first.fill(words)

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer to a question asked with radio buttons or boxes."""
        self.group(question).get_by_label(answer, exact=True).first.check()

    def write_date(self, question: str, day: Any) -> None:
        """Write a date as day, month and year."""
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.group(question).get_by_label(label, exact=True).fill(str(number))

    def group(self, question: str) -> Locator:
        """Return the group of controls that answers a question."""
        return self.page.get_by_role("group", name=question).first

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Expect words on the page."""
        expect(self.page.locator("body")).to_contain_text(words)

    def looks(self, name: str) -> None:
        """Take pictures at three widths, and expect of the page what every page owes."""
        assert not self.mistakes, self.mistakes
        self.shots.mkdir(parents=True, exist_ok=True)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if self.javascript:
                overflow = self.page.evaluate("document.documentElement.scrollWidth") - width
                assert overflow <= 0, f"{name} is {overflow} px too wide at {width} px"
            self.page.screenshot(path=self.shots / f"{name}-{width}.png", full_page=True)
        if self.javascript:
            assert self.page.evaluate(UNTIED) == [], "These errors are tied to no control"
            found = Axe().run(self.page)
            assert found.violations_count == 0, f"{name}: {found.generate_report()}"

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "status of" not in message.text:
            self.mistakes.append(message.text)

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.mistakes.append(f"{response.status} at {response.url}")
