"""Somebody who walks through LendED in a browser, and what every page owes them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from lended.demo.content import PASSWORD

HEIGHT = 900
SOON = 20
MILLISECONDS_BETWEEN_LOOKS = 500
WIDTHS = (360, 768, 1280)
UNTIED = """
() => [...document.querySelectorAll('.error')]
  .filter(error => ![...document.querySelectorAll('[aria-describedby]')]
    .some(control => control.getAttribute('aria-describedby').split(' ').includes(error.id)))
  .map(error => error.textContent.trim())
"""
TOO_WIDE = """
() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('*')]
  .filter(element => element.getBoundingClientRect().right > innerWidth)
  .map(element => `${element.tagName} ${element.className} ${element.textContent.trim()}`)
"""
SIDEWAYS = """
() => [...document.querySelectorAll('.table:not(:has(.comparison))')]
  .filter(table => table.scrollWidth > table.clientWidth)
  .map(table => table.textContent.trim().slice(0, 40))
"""


class Walker:
    """A person and their browser.

    Parameters
    ----------
    shots
        The folder pictures of pages go to.
    width
        How wide their own window is.
    """

    def __init__(self, name: str, page: Page, shots: Path, *, javascript: bool, width: int) -> None:
        self.name = name
        self.page = page
        self.shots = shots
        self.javascript = javascript
        self.width = width
        self.mistakes: list[str] = []
        page.on("pageerror", lambda error: self.mistakes.append(str(error)))
        page.on("console", self._hear)
        page.on("response", self._answered)
        page.set_viewport_size({"width": width, "height": HEIGHT})

    def visit(self, path: str) -> None:
        """Open an address."""
        self.page.goto(path)

    def sign_in_as(self, email: str) -> None:
        """Sign in with one click, which the demo allows."""
        self.visit("/sign-in")
        self._go(self.page.locator(f'form:has(input[value="{email}"]) button'))
        self._is_signed_in()

    def sign_in_with(self, email: str, password: str = PASSWORD) -> None:
        """Sign in as everybody does outside the demo."""
        self.visit("/sign-in")
        self.write("Email address", email)
        self.write("Password", password)
        self._go(self.page.get_by_role("button", name="Sign in", exact=True))
        self._is_signed_in()

    def _go(self, way: Locator) -> None:
        with self.page.expect_navigation():
            way.click()

    def _is_signed_in(self) -> None:
        way_out = self.page.get_by_role("button", name="Sign out", include_hidden=True)
        expect(way_out).to_be_attached()  # folded into the menu on a phone

    def press(self, label: str | re.Pattern[str]) -> None:
        """Press a button, and wait for the page it leads to."""
        self._go(self.page.get_by_role("button", name=label).first)

    def follow(self, label: str | re.Pattern[str]) -> None:
        """Follow a link of the page, not of its head."""
        self._go(self.page.get_by_role("main").get_by_role("link", name=label).first)

    def write(self, label: str | re.Pattern[str], words: str) -> None:
        """Write into the control with a label."""
        self.page.get_by_label(label).first.fill(words)

    def tick(self, label: str | re.Pattern[str]) -> None:
        """Tick a box."""
        self.page.get_by_label(label).first.check()

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer to a question asked with radio buttons or boxes."""
        self.group(question).get_by_label(answer, exact=True).first.check()

    def pick(self, label: str, answer: str) -> None:
        """Pick from a list that drops down."""
        self.page.get_by_label(label).first.select_option(label=answer)

    def write_date(self, question: str, day: date) -> None:
        """Write a date as day, month and year."""
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.group(question).get_by_label(label, exact=True).fill(str(number))

    def group(self, question: str) -> Locator:
        """Return the group of controls that answers a question."""
        return self.page.get_by_role("group", name=question).first

    def unfold(self, words: str) -> None:
        """Open what is folded away."""
        fold = self.page.locator("details", has=self.page.locator("summary", has_text=words)).first
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Expect words on the page."""
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def reads_soon(self, words: str) -> None:
        """Expect words on the page, if need be after opening it again a few times."""
        expect(self.page.get_by_role("main")).to_be_visible()
        for _ in range(SOON):
            if self.page.get_by_role("main").get_by_text(words).count():
                return
            self.page.wait_for_timeout(MILLISECONDS_BETWEEN_LOOKS)
            self.page.reload()
        self.reads(words)

    def reads_nowhere(self, words: str) -> None:
        """Expect words not to be on the page."""
        expect(self.page.get_by_role("main")).not_to_contain_text(words)

    def looks(self, name: str) -> None:
        """Take pictures at three widths, and expect of the page what every page owes."""
        assert not self.mistakes, self.mistakes
        self.shots.mkdir(parents=True, exist_ok=True)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.page.screenshot(path=self.shots / f"{name}-{width}.png", full_page=True)
            assert self.page.evaluate(TOO_WIDE) == [], f"{name} is too wide at {width} px"
            assert self.page.evaluate(SIDEWAYS) == [], f"{name} scrolls sideways at {width} px"
        assert self.page.evaluate(UNTIED) == [], f"{name}: these errors are tied to no control"
        if self.javascript:
            found = Axe().run(self.page)
            assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        self.page.set_viewport_size({"width": self.width, "height": HEIGHT})

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of" not in message.text:
            self.mistakes.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.mistakes.append(f"{response.status} at {response.url}")
