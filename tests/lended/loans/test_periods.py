"""What is free over a stretch of days is what counting day by day finds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lended.errors import Invalid
from lended.loans.rules.availability import NEVER, Hold, Stock
from lended.loans.rules.calendar import DAY, Dates, Pauses
from lended.loans.rules.periods import demand_stretch, periods

FIRST = date(2027, 3, 1)
DAYS = some.integers(-20, 60).map(lambda number: FIRST + timedelta(days=number))
SHORT = some.integers(0, 40)
HOLDS = some.builds(
    lambda quantity, start, length: Hold(
        quantity, start, NEVER if length == 30 else start + timedelta(days=length)
    ),
    some.integers(1, 4),
    DAYS,
    some.integers(1, 30),
)


@given(
    some.integers(0, 6), some.lists(HOLDS, max_size=8), some.integers(0, 40), some.integers(1, 3)
)
def test_periods_are_what_counting_day_by_day_finds(
    capacity: int, holds: list[Hold], length: int, in_a_set: int
) -> None:
    dates = Dates(FIRST, FIRST + timedelta(days=length))
    stocks = [Stock(capacity, Pauses(), holds, in_a_set), Stock(None, Pauses())]
    found = periods(stocks, dates)
    counted = {}
    for number in range(length + 1):
        day = FIRST + timedelta(days=number)
        held = sum(hold.quantity for hold in holds if hold.start <= day < hold.end)
        counted[day] = max((capacity - held) // in_a_set, 0)
    told = {}
    for period in found:
        day = period.starts_on
        while day <= period.ends_on:
            told[day] = period.free
            day += DAY
    assert told == counted
    assert [each.starts_on for each in found[1:]] == [each.ends_on + DAY for each in found[:-1]]
    assert all(a.free != b.free for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [(-1, 5, "from"), (731, 740, "from"), (5, 4, "to"), (0, 367, "to")],
)
def test_days_that_make_no_stretch_are_named(first: int, last: int, wrong: str) -> None:
    dates = Dates(FIRST + timedelta(days=first), FIRST + timedelta(days=last))
    with pytest.raises(Invalid) as refused:
        demand_stretch(dates, FIRST)
    assert set(refused.value.problems) == {wrong}


def test_a_single_day_today_is_a_stretch() -> None:
    demand_stretch(Dates(FIRST, FIRST), FIRST)
