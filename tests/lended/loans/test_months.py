"""The calendar of days on which a loan could begin."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lended.loans.rules.availability import NEVER, Hold, Stock, earliest_start
from lended.loans.rules.calendar import Pauses, is_working_day
from lended.loans.rules.months import CalendarDay, Month, months

MONDAY = date(2027, 3, 1)
KIT = Pauses(1, 2, 2, 1)


def days(shown: tuple[Month, ...]) -> list[CalendarDay]:
    return [day for month in shown for week in month.weeks for day in week if day]


def test_a_month_has_whole_weeks_from_monday_and_every_day_once() -> None:
    (march,) = months([Stock(1, KIT)], weeks=4, ready_on=MONDAY, count=1)
    assert march.title == "March 2027"
    assert all(len(week) == 7 for week in march.weeks)
    assert [day.on.day for day in days((march,))] == list(range(1, 32))
    assert all(
        day is None or day.on.weekday() == place
        for week in march.weeks
        for place, day in enumerate(week)
    )


def test_weeks_that_have_gone_by_are_left_out() -> None:
    (march,) = months([Stock(1, Pauses())], weeks=4, ready_on=date(2027, 3, 17), count=1)
    first = next(day for day in march.weeks[0] if day)
    assert first.on == date(2027, 3, 15)
    assert days((march,))[-1].on == date(2027, 3, 31)


def test_a_year_ends_and_the_next_begins() -> None:
    shown = months([Stock(1, KIT)], weeks=4, ready_on=date(2027, 12, 6), count=2)
    assert [month.title for month in shown] == ["December 2027", "January 2028"]


def test_days_too_soon_for_the_post_and_days_nobody_works_are_told_apart() -> None:
    shown = days(months([Stock(1, KIT)], weeks=4, ready_on=MONDAY, count=1))
    states = {day.on: day.state for day in shown}
    assert states[MONDAY] == "past"
    assert states[date(2027, 3, 6)] == "closed"
    assert states[date(2027, 3, 26)] == "closed"  # Good Friday
    assert states[date(2027, 3, 15)] == "free"


def test_some_tells_how_many_of_how_many_and_no_limit_has_no_number() -> None:
    hold = Hold(3, date(2027, 1, 1), date(2028, 1, 1))
    stock = [Stock(4, KIT, [hold])]
    shown = days(months(stock, weeks=4, ready_on=MONDAY, count=1))
    told = {(day.state, day.free, day.most) for day in shown if day.free is not None}
    assert told == {("some", 1, 4)}
    pair = days(months(stock, sets=2, weeks=4, ready_on=MONDAY, count=1))
    assert {(day.state, day.free) for day in pair if day.free is not None} == {("none", 1)}
    endless = days(months([Stock(None, Pauses())], weeks=4, ready_on=MONDAY, count=1))
    assert {(day.state, day.free) for day in endless} == {("free", None), ("closed", None)}


def test_a_day_behind_something_that_is_late_says_so() -> None:
    out = [Hold(1, MONDAY, NEVER)]
    shown = days(months([Stock(1, KIT, out)], weeks=4, ready_on=MONDAY, count=2))
    assert {day.state for day in shown} == {"past", "closed", "not_back"}


@given(
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(1, 2), st.integers(0, 40), st.integers(1, 30)), max_size=4),
    st.integers(1, 6),
)
def test_the_first_free_day_of_the_calendar_is_the_one_that_cards_name(
    capacity: int, taken: list[tuple[int, int, int]], weeks: int
) -> None:
    holds = [
        Hold(quantity, MONDAY + timedelta(start), MONDAY + timedelta(start + length))
        for quantity, start, length in taken
    ]
    stock = Stock(capacity, KIT, holds)
    shown = days(months([stock], weeks=weeks, ready_on=MONDAY, count=5))
    free = [day.on for day in shown if day.state in ("free", "some")]
    named = earliest_start([stock], sets=1, weeks=weeks, ready_on=MONDAY)
    assert (free[0] if free else None) == named
    assert all(is_working_day(on) for on in free)
