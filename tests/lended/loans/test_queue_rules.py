"""The waiting list's reckoning: earliest dates inside a wish, the last day for an offer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lended.loans.rules.availability import Hold, Stock, fits
from lended.loans.rules.calendar import ENGLAND, Pauses, blocked_window, whole_weeks
from lended.loans.rules.queue import (
    Flexible,
    can_be_offered,
    first_dates,
    last_offer_on,
    ordinal,
)

BASE = date(2027, 3, 1)
days = st.integers(0, 70)
pauses = st.builds(
    Pauses, st.integers(0, 2), st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)
)
holds = st.lists(
    st.builds(
        lambda quantity, start, length: Hold(
            quantity, BASE + timedelta(days=start), BASE + timedelta(days=start + length)
        ),
        st.integers(1, 3),
        days,
        st.integers(1, 30),
    ),
    max_size=6,
)
wishes = st.builds(
    lambda first, more, weeks: Flexible(
        BASE + timedelta(days=first), BASE + timedelta(days=first + 7 * weeks - 1 + more), weeks
    ),
    days,
    st.integers(0, 30),
    st.integers(1, 4),
)


@settings(max_examples=300)
@given(wish=wishes, held=holds, around=pauses, sets=st.integers(1, 3), ready=days)
def test_the_earliest_dates_are_those_found_by_trying_each_day(
    wish: Flexible, held: list[Hold], around: Pauses, sets: int, ready: int
) -> None:
    stock, ready_on = Stock(3, around, held), BASE + timedelta(days=ready)
    found = first_dates([stock], sets, wish, ready_on)
    day, tried = wish.earliest_on, None
    while day <= wish.last_start_on and tried is None:
        dates = whole_weeks(day, wish.weeks)
        in_time = around.meet_on(day) and blocked_window(dates, around).start >= ready_on
        if in_time and fits([stock], dates, sets):
            tried = dates
        day += timedelta(days=1)
    assert found == tried


@settings(max_examples=100)
@given(wish=wishes, around=pauses)
def test_after_the_last_day_for_an_offer_none_is_possible_and_on_it_one_is(
    wish: Flexible, around: Pauses
) -> None:
    last = last_offer_on(wish, [around], date(2027, 1, 1), ENGLAND)
    assert last is None or can_be_offered(wish, [around], last, ENGLAND)
    day = (last or date(2027, 1, 1)) + timedelta(days=1)
    while day <= wish.latest_on:
        assert not can_be_offered(wish, [around], day, ENGLAND)
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd"),
     (113, "113th")],
)  # fmt: skip
def test_a_place_is_written_as_people_say_it(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_a_wish_says_what_the_teacher_said() -> None:
    wish = Flexible(date(2027, 2, 22), date(2027, 3, 25), 3)
    assert wish.words == ("any 3 weeks between Monday 22 February 2027 and Thursday 25 March 2027")
    assert wish.last_start_on == date(2027, 3, 5)
