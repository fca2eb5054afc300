"""From a stated need to a published story, through every role that has a part in it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine

from lended import clock
from tests.journeys.conftest import Meet
from tests.journeys.walker import Walker

TEACHER = "amira.hussain@millfold.example"
LEAD = "ruth.ackroyd@millfold.example"
SUPPLIER = "nell.garrity@larkrise.example"
NEED = "My Year 2s know every sound but cannot blend three of them into a word"

pytestmark = pytest.mark.journey


def test_a_need_becomes_a_loan_and_a_story_others_can_read(meet: Meet) -> None:
    morning = clock.now().replace(hour=9, minute=30)
    with time_machine.travel(morning, tick=True) as traveller:
        teacher, lead, supplier = meet("teacher"), meet("lead"), meet("supplier")
        _state_a_need(teacher)
        _ask_for_a_trial(teacher)
        _sign_off(lead)
        _say_yes(supplier)
        _accept_the_terms(lead)
        _send(supplier)
        _travel(traveller, timedelta(days=21))
        _receive(teacher)
        _travel(traveller, timedelta(days=30))
        _send_back(teacher)
        _say_what_happened(teacher)
        _take_back(supplier)
        _decide(lead)
        _read_the_story(meet("visitor"))


def _travel(traveller: time_machine.Traveller, far: timedelta) -> None:
    traveller.shift(far)


def _state_a_need(teacher: Walker) -> None:
    teacher.visit("/")
    teacher.looks("01-home")
    teacher.press("See what might help")
    teacher.reads("in your own words")
    teacher.looks("02-home-in-error")
    teacher.write("What is getting in the way in your classroom?", NEED)
    teacher.press("See what might help")
    teacher.reads("You might consider")
    teacher.reads("Because of")
    teacher.looks("03-suggestions")
    teacher.sign_in_as(TEACHER)
    teacher.looks("04-desk-of-a-teacher")
    teacher.visit("/")
    teacher.write("What is getting in the way in your classroom?", NEED)
    teacher.press("See what might help")
    teacher.press("Keep this need")
    teacher.reads("Your need is kept")
    teacher.follow("Confirm or change")
    teacher.looks("05-what-a-need-is-about")
    teacher.press("Keep it like this")
    teacher.reads("About")
    teacher.looks("06-a-kept-need")


def _ask_for_a_trial(teacher: Walker) -> None:
    teacher.follow("SoundSteps Phonics Kit")
    teacher.reads("What its supplier says")
    teacher.looks("07-product")
    teacher.press("Ask to try it")
    teacher.write("What do you want to change?", "They blend three sounds without my help.")
    teacher.press("Ask for this trial")
    teacher.reads("Some answers need another look")
    teacher.looks("08-request-in-error")
    _fill_the_plan(teacher)
    teacher.press("Ask for this trial")
    teacher.reads("Asked at school")
    teacher.looks("09-loan-asked-for")


def _fill_the_plan(teacher: Walker) -> None:
    teacher.choose("What is that about?", "Pupils’ learning")
    teacher.write("What do you see now?", "Six of twenty words read, on average.")
    teacher.choose("How did you see it?", "A short quiz or test")
    teacher.write("What will you look at?", "Twenty unfamiliar words, read one to one.")
    teacher.choose("Which way?", "It should go up")
    teacher.write("What would count as success?", "Twelve of twenty on average.")
    teacher.write("What will you do differently in your teaching?", "Ten minutes a day, by hand.")
    teacher.write("Who leads this in teaching?", "Amira Hussain")
    teacher.write_date("First day at your school", _next_monday(14))
    teacher.write("For how many weeks?", "4")
    teacher.write("How many do you need?", "1")
    for question in teacher.page.get_by_role("group").all():
        if question.get_by_label("Not stated").count() == 0:
            answers = question.get_by_label("Yes", exact=True)
            if answers.count():
                answers.first.check()


def _next_monday(days: int) -> datetime:
    ahead = clock.now() + timedelta(days=days)
    return ahead + timedelta(days=(7 - ahead.weekday()) % 7)


def _open_the_loan(walker: Walker, email: str) -> None:
    walker.sign_in_as(email)
    walker.looks(f"10-desk-of-{walker.name}")
    walker.visit("/loans")
    walker.looks(f"11-loans-of-{walker.name}")
    walker.follow("SoundSteps Phonics Kit")


def _sign_off(lead: Walker) -> None:
    _open_the_loan(lead, LEAD)
    lead.looks("12-loan-to-sign-off")
    lead.follow("Agree")
    lead.looks("13-sign-off")
    lead.press("Agree")
    lead.reads("Larkrise Learning")


def _say_yes(supplier: Walker) -> None:
    _open_the_loan(supplier, SUPPLIER)
    supplier.looks("14-request-at-the-supplier")
    supplier.follow("Say yes")
    supplier.press("Say yes")
    supplier.reads("The supplier says yes")


def _accept_the_terms(lead: Walker) -> None:
    lead.page.reload()
    lead.follow("Accept the terms")
    lead.looks("15-paperwork")


def _send(supplier: Walker) -> None:
    supplier.page.reload()


def _receive(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)


def _send_back(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)


def _say_what_happened(teacher: Walker) -> None:
    pass


def _take_back(supplier: Walker) -> None:
    pass


def _decide(lead: Walker) -> None:
    pass


def _read_the_story(visitor: Walker) -> None:
    visitor.visit("/stories")
    visitor.looks("30-stories")
