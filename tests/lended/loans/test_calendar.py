"""Working days and the dates around a loan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.loans.rules.calendar import (
    Dates,
    Pauses,
    Window,
    add_working_days,
    blocked_window,
    first_start,
    in_words,
    is_working_day,
    next_working_day,
    take_working_days,
    whole_weeks,
)

DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
PAUSES = st.builds(
    Pauses, *(st.integers(0, 6) for _ in ("preparation", "out", "back", "turnaround"))
)
ONE_KIT = Pauses(preparation=0, transit_out=2, transit_back=2, turnaround=1)


def test_easter_is_closed_and_the_kit_is_ready_on_the_day_the_design_names() -> None:
    """Scenario 11: due Wednesday 24 March 2027, ready Thursday 1 April, next start Monday 5."""
    window = blocked_window(Dates(date(2027, 3, 8), date(2027, 3, 24)), ONE_KIT)
    assert window.end == date(2027, 4, 1)
    assert first_start(window.end, ONE_KIT) == date(2027, 4, 5)


@pytest.mark.parametrize(
    "closed", [date(2027, 3, 26), date(2027, 3, 29), date(2026, 12, 28), date(2027, 5, 1)]
)
def test_weekends_and_bank_holidays_of_england_are_not_working_days(closed: date) -> None:
    assert not is_working_day(closed)


def test_access_is_blocked_on_its_own_days_only() -> None:
    """Scenario 10: the clocks change on 28 March 2027, and dates do not care."""
    window = blocked_window(Dates(date(2027, 3, 26), date(2027, 3, 29)), Pauses())
    assert window == Window(date(2027, 3, 26), date(2027, 3, 30))


def test_three_weeks_are_twenty_one_days() -> None:
    dates = whole_weeks(date(2027, 4, 5), 3)
    assert dates.due_on == date(2027, 4, 25)
    assert dates.weeks == 3


@given(DAYS, st.integers(1, 80))
def test_a_part_of_a_week_counts_whole(start: date, days: int) -> None:
    assert Dates(start, start + timedelta(days=days - 1)).weeks == (days + 6) // 7


@given(DAYS, st.integers(0, 20))
def test_working_days_are_counted_one_by_one(day: date, count: int) -> None:
    later = add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (later - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    earlier = take_working_days(day, count)
    before = [earlier + timedelta(days=n) for n in range((day - earlier).days)]
    assert sum(map(is_working_day, before)) == count


@given(DAYS, PAUSES)
def test_the_first_start_is_the_first_working_day_that_leaves_time_to_send(
    ready: date, pauses: Pauses
) -> None:
    start = first_start(ready, pauses)
    assert is_working_day(start)
    assert blocked_window(whole_weeks(start, 1), pauses).start >= ready
    day = next_working_day(ready)
    while day < start:
        assert blocked_window(whole_weeks(day, 1), pauses).start < ready
        day = next_working_day(day + timedelta(days=1))


def test_dates_are_written_as_people_say_them() -> None:
    assert in_words(date(2027, 4, 5)) == "Monday 5 April 2027"
