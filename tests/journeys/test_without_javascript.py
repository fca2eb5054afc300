"""The main way on a phone whose browser runs no scripts, as far as a supplier's no."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.asking import GOAL, fill_in_the_request, monday_in
from tests.journeys.conftest import Meet
from tests.journeys.walker import Walker

TEACHER_AND_LEAD = "sally.gooderham@marram.example"
SUPPLIER = "nell@larkriselearning.example"
PRODUCT = "The Reading Aloud Ladder"
NEED = "They read aloud in a flat voice, stop at every line and cannot say what it was about"
WHY = "All our ladders are being reprinted until Easter. Please ask again then."
PHONE = 360

pytestmark = pytest.mark.journey


def test_a_phone_without_scripts_leads_from_a_need_to_an_answer(meet: Meet) -> None:
    teacher = meet("teacher", javascript=False, width=PHONE)
    supplier = meet("supplier", javascript=False, width=PHONE)
    _rule_something_out(teacher)
    _find(teacher)
    _narrow(teacher)
    _put_aside(teacher)
    _compare(teacher)
    _look_from_a_to_z(teacher)
    _keep_the_need(teacher)
    _leave_the_request_and_come_back(teacher)
    _decline(supplier)
    _read_why(teacher)


def _rule_something_out(teacher: Walker) -> None:
    teacher.visit("/")
    teacher.write("What is getting in the way in your classroom?", f"{NEED}. No tablets, please")
    teacher.press("See what might help")
    teacher.reads("You wrote \u201cNo tablets\u201d.")
    teacher.looks("40-what-is-ruled-out")
    teacher.follow("Show only what also runs on something other than a tablet")
    chosen = teacher.page.get_by_role("list", name="Filters that are set")
    expect(chosen).to_contain_text("Other than iPad")
    teacher.reads(PRODUCT)
    teacher.looks("40-without-tablets")
    teacher.follow("Remove: Other than iPad")
    expect(chosen).not_to_contain_text("Other than iPad")


def _find(teacher: Walker) -> None:
    teacher.visit("/")
    teacher.write("What is getting in the way in your classroom?", NEED)
    teacher.press("See what might help")
    teacher.reads("You might consider")
    teacher.reads(PRODUCT)


def _narrow(teacher: Walker) -> None:
    teacher.unfold("Narrow it down")
    teacher.unfold("Stage")
    teacher.page.get_by_role("checkbox", name="Key stage 2").check()
    teacher.press("Show")
    chosen = teacher.page.get_by_role("list", name="Filters that are set")
    expect(chosen).to_contain_text("Key stage 2")
    teacher.reads(PRODUCT)
    teacher.looks("40-narrowed-without-javascript")


def _put_aside(teacher: Walker) -> None:
    cards = teacher.page.get_by_role("article").get_by_role("heading")
    first = cards.first.inner_text()
    teacher.follow(f"Put aside {first}")
    teacher.reads("1 suggestion put aside on this page.")
    expect(cards.filter(has_text=first)).to_have_count(0)
    teacher.follow("Bring it back")
    expect(cards.first).to_have_text(first)


def _compare(teacher: Walker) -> None:
    boxes = teacher.page.get_by_role("checkbox", name=re.compile("^Compare"))
    boxes.nth(0).check()
    boxes.nth(1).check()
    teacher.press("Compare those ticked")
    teacher.reads("Side by side")
    teacher.looks("41-side-by-side")
    teacher.follow("What might help")
    expect(teacher.page.get_by_label("What is getting in the way")).to_have_value(NEED)


def _look_from_a_to_z(teacher: Walker) -> None:
    teacher.page.locator("summary", has_text="Menu").click()
    teacher.page.get_by_role("navigation", name="LendED").get_by_role("link", name="A–Z").click()
    teacher.reads("In alphabetical order, not ranked.")
    teacher.unfold("Narrow it down")
    teacher.unfold("Technician")
    teacher.page.get_by_role("checkbox", name="No technician needed").check()
    teacher.press("Show")
    expect(teacher.page.get_by_role("list", name="Filters that are set")).to_be_visible()
    teacher.looks("42-a-to-z")


def _keep_the_need(teacher: Walker) -> None:
    teacher.sign_in_with(TEACHER_AND_LEAD)
    teacher.visit("/")
    teacher.write("What is getting in the way in your classroom?", NEED)
    teacher.press("See what might help")
    teacher.press("Keep this need")
    teacher.reads("Your need is kept")
    cards = teacher.page.get_by_role("article").get_by_role("heading")
    other = cards.filter(has_not_text=PRODUCT).first.inner_text()
    teacher.unfold(f"Put aside {other}")
    teacher.page.locator(".aside-fold[open]").get_by_label("Why?").select_option(
        label="Not for my pupils"
    )
    teacher.page.locator(".aside-fold[open]").get_by_role("button", name="Put aside").click()
    teacher.reads("Put aside for this need")
    teacher.looks("43-kept-need-with-something-put-aside")


def _leave_the_request_and_come_back(teacher: Walker) -> None:
    teacher.follow(PRODUCT)
    teacher.press("Ask to try it")
    teacher.write("What do you want to change?", GOAL)
    teacher.press("Keep it and come back later")
    teacher.reads("Kept for later")
    teacher.follow(f"Finish your request and send it. {PRODUCT}")
    expect(teacher.page.get_by_label("What do you want to change?")).to_have_value(GOAL)
    fill_in_the_request(teacher, monday_in(3))
    teacher.press("Ask for this trial")
    teacher.reads("Larkrise Learning has to answer.")


def _decline(supplier: Walker) -> None:
    supplier.sign_in_as(SUPPLIER)
    supplier.follow(f"Marram Primary School would like to try this. {PRODUCT}")
    supplier.follow("Say no")
    supplier.press("Say no")
    supplier.reads("Choose a reason.")
    supplier.looks("44-no-without-a-reason")
    supplier.choose("What is the reason?", "None is available then")
    supplier.write("What do you want to tell the teacher?", WHY)
    supplier.press("Say no")
    supplier.reads("You said no, and the teacher can read why.")


def _read_why(teacher: Walker) -> None:
    teacher.visit("/inbox")
    teacher.reads(PRODUCT)
    teacher.looks("45-inbox")
    teacher.visit("/loans")
    teacher.follow(PRODUCT)
    teacher.reads(WHY)
    teacher.looks("46-declined")
    teacher.follow("See what else may help")
    teacher.reads("You might consider")
