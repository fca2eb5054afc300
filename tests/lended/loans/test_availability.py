"""Availability equals counting day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lended.loans.rules.availability import (
    NEVER,
    Hold,
    Stock,
    earliest_start,
    fits,
    free_in,
    most_held,
)
from lended.loans.rules.calendar import (
    Pauses,
    Window,
    blocked_window,
    first_start,
    is_working_day,
    whole_weeks,
)

MONDAY = date(2027, 1, 4)


@st.composite
def holds(draw: st.DrawFn) -> Hold:
    start = MONDAY + timedelta(days=draw(st.integers(0, 60)))
    length = draw(st.integers(1, 30))
    endless = draw(st.integers(0, 19)) == 0
    end = NEVER if endless else start + timedelta(days=length)
    return Hold(draw(st.integers(1, 5)), start, end)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start = MONDAY + timedelta(days=draw(st.integers(0, 70)))
    return Window(start, start + timedelta(days=draw(st.integers(1, 40))))


def held_on(taken: list[Hold], day: date) -> int:
    return sum(hold.quantity for hold in taken if hold.start <= day < hold.end)


@settings(max_examples=2000, deadline=None)
@given(st.lists(holds(), max_size=12), windows())
def test_the_most_held_is_what_counting_day_by_day_finds(taken: list[Hold], window: Window) -> None:
    days = (window.start + timedelta(days=n) for n in range((window.end - window.start).days))
    assert most_held(taken, window) == max(held_on(taken, day) for day in days)


@given(st.lists(holds(), max_size=8), windows(), st.integers(0, 8), st.integers(1, 8))
def test_so_many_fit_as_are_free(
    taken: list[Hold], window: Window, capacity: int, quantity: int
) -> None:
    free = free_in(capacity, taken, window)
    assert free is not None
    assert fits(capacity, taken, window, quantity) == (quantity <= free)


@given(st.lists(holds(), max_size=8), windows())
def test_what_has_no_limit_always_fits(taken: list[Hold], window: Window) -> None:
    assert free_in(None, taken, window) is None
    assert fits(None, taken, window, 100_000)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(holds(), max_size=8),
    st.integers(1, 6),
    st.integers(1, 4),
    st.integers(0, 30),
    st.sampled_from([Pauses(), Pauses(1, 2, 2, 1)]),
)
def test_the_earliest_start_is_the_first_working_day_that_fits(
    taken: list[Hold], capacity: int, weeks: int, later: int, pauses: Pauses
) -> None:
    ready = MONDAY + timedelta(days=later)
    found = earliest_start(Stock(capacity, pauses), taken, 1, weeks, ready)
    day = first_start(ready, pauses)
    last = MONDAY + timedelta(days=200)
    while day < last:
        window = blocked_window(whole_weeks(day, weeks), pauses)
        if is_working_day(day) and fits(capacity, taken, window, 1):
            break
        day += timedelta(days=1)
    assert found == (day if day < last else None)


def test_a_kit_that_has_not_come_back_invents_no_date() -> None:
    """Scenario 4."""
    out = [Hold(1, MONDAY, NEVER)]
    assert earliest_start(Stock(1, Pauses()), out, 1, 2, MONDAY) is None
