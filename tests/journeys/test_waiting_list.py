"""Waiting for what is out: joining the line, and taking what is offered there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys.asking import GOAL, fill_in_the_request, monday_in
from tests.journeys.conftest import Meet
from tests.journeys.walker import Walker

TEACHER = "amira.hussain@millfold.example"
NEXT_IN_LINE = "sian.probert@llanderwen.example"
OUT = "Tool Wall on Wheels"
OFFERED = "The Junk Orchestra"

pytestmark = pytest.mark.journey


def test_somebody_waits_and_somebody_is_offered_a_place(meet: Meet) -> None:
    _join_the_line(meet("teacher"))
    _take_what_is_offered(meet("next in line"))


def _join_the_line(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.visit("/products/tool-wall-on-wheels")
    teacher.press("Ask to try it")
    teacher.write("What gets in the way?", "Nobody here has ever held a saw.")
    teacher.write("What do you want to change?", GOAL)
    first_day = monday_in(2)
    fill_in_the_request(teacher, first_day)
    teacher.press("Ask for this trial")
    teacher.reads("Or wait for it")
    teacher.looks("90-none-free")
    teacher.press("Join the list")
    teacher.reads("Something needs another look")
    teacher.looks("91-joining-in-error")
    teacher.write_date("Not before", first_day)
    teacher.write_date("Over by", first_day + timedelta(days=30))
    teacher.tick("Put me on the waiting list")
    teacher.press("Join the list")
    teacher.reads("You are on the waiting list.")
    teacher.looks("92-in-line")


def _take_what_is_offered(teacher: Walker) -> None:
    teacher.sign_in_with(NEXT_IN_LINE)
    teacher.visit("/loans")
    teacher.follow(OFFERED)
    teacher.looks("93-offered-in-line")
    teacher.press("Take these dates")
    teacher.looks("94-place-taken")
