"""Asking for a trial, as every journey that borrows something does."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from lended import clock
from lended.loans.rules.calendar import next_working_day
from tests.journeys.walker import Walker

GOAL = "They blend three sounds without my help."
READY = (
    "Do your school’s leaders back this trial?",
    "Is there time set aside to prepare and to use it?",
    "Has somebody tested that it can be set up in your room?",
    "Do you know whom to ask at the supplier?",
    "Is it planned into everyday lessons?",
    "Have the colleagues it touches agreed to take part?",
)


def fill_in_the_request(teacher: Walker, first_day: date) -> None:
    """Write the whole plan of a trial but the goal."""
    teacher.choose("What is that about?", "Pupils’ learning")
    teacher.write("What do you see now?", "Six of twenty words read, on average.")
    teacher.choose("How did you see it?", "A short quiz or test")
    teacher.write("What will you look at?", "Twenty unfamiliar words, read one to one.")
    teacher.choose("Which way?", "It should go up")
    teacher.write("What would count as success?", "Twelve of twenty on average.")
    teacher.unfold("Put it in numbers as well")
    teacher.write("Counted in", "words of 20")
    teacher.page.locator("#baseline_value").fill("6")
    teacher.page.locator("#threshold_value").fill("12")
    teacher.write("What will you do differently in your teaching?", "Ten minutes a day, by hand.")
    teacher.write("How many pupils take part?", "24")
    teacher.write_date("First day at your school", first_day)
    teacher.write("For how many weeks?", "4")
    teacher.write("How many do you need?", "1")
    for question in READY:
        teacher.choose(question, "Yes")


def monday_in(weeks: int) -> date:
    """Return the first Monday at least so many weeks away, or the first open day after it."""
    ahead = clock.today() + timedelta(weeks=weeks)
    return next_working_day(ahead + timedelta(days=-ahead.weekday() % 7))


def morning_of(day: date) -> datetime:
    """Return half past nine in the morning of a day."""
    return datetime.combine(day, time(9, 30), tzinfo=clock.LONDON)
