"""Dates as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lended.web.theme import day, moment, short_day, stamped_day


def test_a_date_names_its_day_of_the_week_but_for_a_stamp() -> None:
    on = date(2027, 3, 3)
    assert day(on) == "Wednesday 3 March 2027"
    assert short_day(on) == "Wed 3 Mar 2027"
    assert stamped_day(on) == "3 Mar 2027"


def test_a_moment_is_told_by_londons_clocks() -> None:
    assert moment(datetime(2027, 7, 1, 23, 30, tzinfo=UTC)) == "Fri 2 Jul 2027 at 00:30"
