"""Which numbers may leave a school."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.outcomes.rules.suppression import rounded, shown_parts


def test_a_small_part_is_hidden_and_with_it_what_would_give_it_away() -> None:
    assert shown_parts({"boys": 14, "girls": 6}, least=10) == {"boys": None, "girls": None}


def test_parts_that_are_large_enough_are_all_shown() -> None:
    assert shown_parts({"boys": 12, "girls": 11}, least=10) == {"boys": 12, "girls": 11}


def test_two_small_parts_cover_each_other() -> None:
    parts = {"red": 3, "green": 4, "blue": 30}
    assert shown_parts(parts, least=10) == {"red": None, "green": None, "blue": 30}


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=6), st.integers(1, 12))
def test_nothing_small_is_shown_and_nothing_hidden_can_be_worked_out(
    parts: dict[str, int], least: int
) -> None:
    shown = shown_parts(parts, least)
    assert all(count is None or count >= least for count in shown.values())
    assert [*shown.values()].count(None) != 1 or len(parts) == 1


@pytest.mark.parametrize(("count", "told"), [(5, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_demand_is_told_to_the_nearest_five(count: int, told: int) -> None:
    assert rounded(count) == told
