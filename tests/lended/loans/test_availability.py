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
    most_held,
    out_of_reach,
    sets_free,
)
from lended.loans.rules.calendar import (
    Dates,
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


@settings(max_examples=2000, deadline=None)
@given(st.integers(0, 12), st.lists(holds(), max_size=6), st.lists(holds(), max_size=6))
def test_promises_are_kept_by_their_first_day_as_long_as_every_day_allows(
    capacity: int, taken: list[Hold], promised: list[Hold]
) -> None:
    kept, lost = list(taken), set()
    for number, hold in sorted(enumerate(promised), key=lambda one: (one[1].start, one[0])):
        days = (hold.start + timedelta(days=n) for n in range(100))
        if any(held_on([*kept, hold], day) > capacity for day in days if day < hold.end):
            lost.add(number)
        else:
            kept.append(hold)
    assert out_of_reach(capacity, taken, enumerate(promised)) == lost


DATES = st.builds(
    lambda later, weeks: whole_weeks(MONDAY + timedelta(days=later), weeks),
    st.integers(0, 70),
    st.integers(1, 6),
)
PAUSES = st.sampled_from([Pauses(), Pauses(1, 2, 2, 1)])
STOCKS = st.lists(
    st.builds(
        Stock,
        st.none() | st.integers(0, 12),
        PAUSES,
        st.lists(holds(), max_size=6),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=3,
)


def sets_day_by_day(stock: Stock, dates: Dates) -> int:
    assert stock.capacity is not None
    window = blocked_window(dates, stock.pauses)
    days = (window.start + timedelta(days=n) for n in range((window.end - window.start).days))
    return min((stock.capacity - held_on(list(stock.holds), day)) // stock.in_a_set for day in days)


@settings(max_examples=10_000, deadline=None)
@given(STOCKS, DATES, st.integers(1, 8))
def test_so_many_sets_fit_as_are_free_of_everything_in_them_on_every_day(
    stocks: list[Stock], dates: Dates, sets: int
) -> None:
    counted = [sets_day_by_day(stock, dates) for stock in stocks if stock.capacity is not None]
    free = sets_free(stocks, dates)
    assert free == min(counted, default=None)
    assert fits(stocks, dates, sets) == (free is None or sets <= free)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(holds(), max_size=8),
    st.integers(1, 6),
    st.integers(1, 4),
    st.integers(0, 30),
    PAUSES,
)
def test_the_earliest_start_is_the_first_working_day_that_fits(
    taken: list[Hold], capacity: int, weeks: int, later: int, pauses: Pauses
) -> None:
    ready = MONDAY + timedelta(days=later)
    stocks = [Stock(capacity, pauses, taken)]
    found = earliest_start(stocks, 1, weeks, ready)
    day = first_start(ready, pauses)
    last = MONDAY + timedelta(days=200)
    while day < last:
        if is_working_day(day) and fits(stocks, whole_weeks(day, weeks), 1):
            break
        day += timedelta(days=1)
    assert found == (day if day < last else None)


def test_a_kit_that_has_not_come_back_invents_no_date() -> None:
    """Scenario 4."""
    out = [Hold(1, MONDAY, NEVER)]
    assert earliest_start([Stock(1, Pauses(), out)], 1, 2, MONDAY) is None
