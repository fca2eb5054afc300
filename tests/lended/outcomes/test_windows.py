"""When an outcome may be given, and when its teacher is reminded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.outcomes.rules.schools import described
from lended.outcomes.rules.windows import OCCASIONS, Trial, occasion

BEGAN, ENDS = date(2027, 3, 1), date(2027, 3, 26)
UNDER_WAY = Trial(BEGAN, ENDS, ended=False)
OVER = Trial(BEGAN, ENDS, ended=True)


def test_an_outcome_may_be_given_from_the_third_day_of_the_trial() -> None:
    assert not UNDER_WAY.is_open(date(2027, 3, 2))
    assert UNDER_WAY.is_open(date(2027, 3, 3))


def test_until_sixty_days_after_its_end() -> None:
    assert OVER.is_open(date(2027, 5, 25))
    assert not OVER.is_open(date(2027, 5, 26))


def test_what_is_not_back_yet_can_still_be_told() -> None:
    assert UNDER_WAY.is_open(ENDS + timedelta(days=200))


@pytest.mark.parametrize(
    ("days_from_end", "due"),
    [
        (-3, None),
        (-2, "two_days_before"),
        (2, "two_days_before"),
        (3, "three_days_after"),
        (13, "three_days_after"),
        (14, "fourteen_days_after"),
        (60, "fourteen_days_after"),
        (61, None),
    ],
)
def test_a_teacher_is_reminded_two_days_before_and_three_and_fourteen_after(
    days_from_end: int, due: str | None
) -> None:
    assert occasion(OVER, ENDS + timedelta(days=days_from_end)) == due


def test_a_very_short_trial_is_not_asked_about_before_its_third_day() -> None:
    short = Trial(ENDS, ENDS, ended=False)
    assert occasion(short, ENDS) is None
    assert occasion(short, ENDS + timedelta(days=2)) == "two_days_before"


@given(st.integers(-100, 200), st.integers(1, 100), st.booleans())
def test_reminders_never_go_back_to_an_earlier_one(day: int, step: int, ended: bool) -> None:
    order = [None, *(name for name, _after in reversed(OCCASIONS))]
    trial = Trial(BEGAN, ENDS, ended=ended)
    now, later = (occasion(trial, ENDS + timedelta(days=each)) for each in (day, day + step))
    assert later is None or order.index(later) >= order.index(now)


@pytest.mark.parametrize(("days", "weeks"), [(1, 1), (7, 1), (26, 4), (42, 6)])
def test_a_trial_lasts_whole_weeks(days: int, weeks: int) -> None:
    assert Trial(BEGAN, BEGAN + timedelta(days=days - 1), ended=True).weeks == weeks


@pytest.mark.parametrize(
    ("phase", "type_group", "place", "words"),
    [
        ("primary", "", "Calderdale", "A primary school in Calderdale"),
        ("secondary", "", "North West", "A secondary school in the North West"),
        ("primary", "special", "London", "A special school in London"),
        ("not_applicable", "", "", "A school"),
    ],
)
def test_a_school_is_described_without_its_name(
    phase: str, type_group: str, place: str, words: str
) -> None:
    assert described(phase, type_group, place) == words
