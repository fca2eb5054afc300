"""A trial is judged by outcomes, never by use (rule P3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.errors import Invalid
from lended.loans.rules.calendar import Dates, is_working_day, whole_weeks
from lended.loans.rules.criteria import counts_use
from lended.loans.rules.plans import (
    READINESS,
    TrialWish,
    arrival_wrong,
    dates_wrong,
    demand_complete,
)
from tests.lended.loans.scene import a_wish

USE = [
    "Number of log-ins per week",
    "Pupils log in three times a week",
    "every pupil logged in daily",
    "LOGINS",
    "Sign-ins by class",
    "Hours of use per pupil",
    "Minutes on the app each day",
    "time spent using the platform",
    "Device usage",
    "Hours of training completed",
    "All staff have been trained",
    "training sessions attended",
    "Number of tablets in use",
    "Number of active users",
    "Screen time",
]
OUTCOMES = [
    "Right answers in a ten-question quiz",
    "Minutes spent marking each week",
    "Minutes of a lesson lost to logging in",
    "Time wasted by pupils who cannot log in",
    "Pupils use apostrophes correctly",
    "Makaton signs in conversation",
    "How sure I feel when I model fractions, 0 to 10",
    "Number of pupils who explain their answer",
    "Words read correctly per minute",
    "Share of pupils who hand in homework on time",
    "",
]


@pytest.mark.parametrize("text", USE)
def test_use_and_training_are_refused_as_a_criterion(text: str) -> None:
    """P3."""
    for field in ("measure", "threshold_words"):
        with pytest.raises(Invalid, match="counts use, not what changed") as refused:
            demand_complete(a_wish(**{field: text}))
        assert set(refused.value.problems) == {field}


@pytest.mark.parametrize("text", OUTCOMES)
def test_what_changes_for_pupils_and_teachers_is_welcome(text: str) -> None:
    assert not counts_use(text)


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    assert counts_use(text) in {True, False}


@pytest.mark.parametrize(
    "field",
    [
        "goal",
        "criterion_about",
        "measure",
        "measure_kind",
        "direction",
        "teaching_change",
        "education_lead",
    ],
)
def test_a_plan_without_this_is_not_complete(field: str) -> None:
    """P5 and P6: what changes in teaching, and who leads it, are never left out."""
    with pytest.raises(Invalid) as refused:
        demand_complete(a_wish(**{field: "  "}))
    assert set(refused.value.problems) == {field}


def test_no_trial_starts_without_a_baseline() -> None:
    """T2."""
    with pytest.raises(Invalid) as refused:
        demand_complete(a_wish(baseline_words="", baseline_value=None))
    assert set(refused.value.problems) == {"baseline_words"}


@pytest.mark.parametrize("wish", [a_wish(baseline_words=""), a_wish(baseline_value=None)])
def test_a_baseline_is_a_number_or_words(wish: TrialWish) -> None:
    demand_complete(wish)


def test_every_readiness_question_is_answered_and_no_is_an_answer() -> None:
    """F2."""
    demand_complete(a_wish(readiness=dict.fromkeys(READINESS, False)))
    with pytest.raises(Invalid) as refused:
        demand_complete(a_wish(readiness={}))
    assert set(refused.value.problems) == {f"ready_{code}" for code in READINESS}


TODAY = date(2027, 1, 4)


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        (whole_weeks(TODAY, 2), "starts_on"),
        (whole_weeks(TODAY - timedelta(days=1), 2), "starts_on"),
        (whole_weeks(TODAY + timedelta(days=367), 2), "starts_on"),
        (Dates(TODAY + timedelta(days=9), TODAY + timedelta(days=8)), "due_on"),
        (whole_weeks(TODAY + timedelta(days=9), 7), "weeks"),
        (Dates(TODAY + timedelta(days=9), TODAY + timedelta(days=9 + 42)), "weeks"),
    ],
)
def test_dates_that_cannot_be_are_refused(dates: Dates, field: str) -> None:
    assert list(dates_wrong(dates, TODAY, 6)) == [field]


@given(st.integers(1, 366), st.integers(1, 6))
def test_dates_ahead_and_short_enough_are_fine(ahead: int, weeks: int) -> None:
    assert not dates_wrong(whole_weeks(TODAY + timedelta(days=ahead), weeks), TODAY, 6)


@pytest.mark.parametrize(
    ("day", "closed", "open_day"),
    [
        (date(2027, 1, 9), "Saturday 9 January 2027 is at the weekend", "Monday 11 January 2027"),
        (date(2027, 3, 26), "Friday 26 March 2027 is a bank holiday", "Tuesday 30 March 2027"),
        (date(2027, 12, 25), "Saturday 25 December 2027 is a bank", "Wednesday 29 December 2027"),
    ],
)
def test_a_kit_that_comes_to_a_closed_door_is_sent_to_the_next_open_day(
    day: date, closed: str, open_day: str
) -> None:
    words = arrival_wrong(whole_weeks(day, 2))["starts_on"]
    assert closed in words
    assert words.endswith(f"The next open day is {open_day}.")


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)))
def test_a_kit_comes_on_any_working_day_and_no_other(day: date) -> None:
    assert bool(arrival_wrong(whole_weeks(day, 2))) != is_working_day(day)
