"""From the home page to a request, without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from lended.demo.content import PASSWORD
from tests.journeys.asking import GOAL, READY, monday_in
from tests.journeys.conftest import Meet
from tests.journeys.keyboard import Keyboard
from tests.journeys.walker import Walker

TEACHER = "callum.braithwaite@millfold.example"
PRODUCT = "SoundSteps Phonics Kit"
NEED = "They know every sound but cannot blend three of them into a word"

pytestmark = pytest.mark.journey


def test_the_keyboard_alone_leads_from_a_need_to_a_request(meet: Meet) -> None:
    teacher = meet("teacher")
    keys = Keyboard(teacher.page)
    _sign_in(teacher, keys)
    _skip_to_the_page(teacher, keys)
    _find(teacher, keys)
    _meet_the_errors(teacher, keys)
    _ask(keys)
    teacher.reads("Your request is on its way")


def _sign_in(teacher: Walker, keys: Keyboard) -> None:
    teacher.visit("/")
    keys.tab_to("Sign in")
    keys.enter()
    keys.write("Email address", TEACHER)
    keys.write("Password", PASSWORD)
    keys.enter()
    teacher.reads("What needs you now")
    keys.tab_to("LendED, home")
    keys.enter()


def _skip_to_the_page(teacher: Walker, keys: Keyboard) -> None:
    teacher.reads("How it goes")
    assert keys.tab().name == "Skip to the page"
    expect(teacher.page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    keys.enter()
    assert keys.tab().name.startswith("What is getting in the way")


def _find(teacher: Walker, keys: Keyboard) -> None:
    keys.type(NEED)
    keys.tab_to("See what might help")
    keys.enter()
    teacher.reads("You might consider")
    keys.tab_to(PRODUCT)
    keys.enter()
    teacher.reads("What its supplier says")
    keys.tab_to("Ask to try it")
    keys.enter()


def _meet_the_errors(teacher: Walker, keys: Keyboard) -> None:
    teacher.reads("You can stop and come back.")
    keys.tab_to("Ask for this trial")
    keys.enter()
    expect(teacher.page.locator(".problem")).to_be_focused()
    assert keys.tab().name == "Say what you want to change."
    keys.enter()
    assert keys.focus().name.startswith("What do you want to change?")


def _ask(keys: Keyboard) -> None:
    """Fill in the plan from where the first error led, in the order of the page."""
    first_day = monday_in(2)
    keys.type(GOAL)
    keys.choose("What is that about?", "Pupils’ learning")
    keys.write("What do you see now?", "Six of twenty words read, on average.")
    keys.choose("How did you see it?", "A short quiz or test")
    keys.write("What will you look at?", "Twenty unfamiliar words, read one to one.")
    keys.choose("Which way?", "It should go up")
    keys.write("What would count as success?", "Twelve of twenty on average.")
    keys.write("What will you do differently in your teaching?", "Ten minutes a day, by hand.")
    for part, number in (
        ("Day", first_day.day),
        ("Month", first_day.month),
        ("Year", first_day.year),
    ):
        keys.write(part, str(number))
    for question in READY:
        keys.choose(question, "Yes")
    keys.tab_to("Ask for this trial")
    keys.enter()
