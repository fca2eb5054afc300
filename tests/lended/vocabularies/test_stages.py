"""Stages follow ages, and each nation counts its years in its own way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended import vocabularies


@pytest.mark.parametrize(
    ("low", "high", "stages"),
    [
        (3, 5, ("eyfs",)),
        (4, 11, ("eyfs", "ks1", "ks2")),
        (5, 7, ("ks1",)),
        (7, 7, ("ks2",)),
        (9, 13, ("ks2", "ks3")),
        (11, 16, ("ks3", "ks4")),
        (16, 19, ("ks5",)),
        (2, 19, ("eyfs", "ks1", "ks2", "ks3", "ks4", "ks5")),
        (19, 99, ()),
    ],
)
def test_ages_lie_in_stages(low: int, high: int, stages: tuple[str, ...]) -> None:
    assert vocabularies.stages_for_ages(low, high) == stages


@given(st.integers(3, 18))
def test_a_child_is_in_one_stage(age: int) -> None:
    assert len(vocabularies.stages_for_ages(age, age)) == 1


@given(st.integers(3, 18), st.integers(1, 10))
def test_stages_follow_one_another_without_a_gap(low: int, years: int) -> None:
    order = vocabularies.codes("stage")
    found = vocabularies.stages_for_ages(low, low + years)
    first = order.index(found[0])
    assert found == order[first : first + len(found)]


@given(st.integers(0, 13))
def test_northern_ireland_counts_one_year_ahead_of_england(year: int) -> None:
    assert vocabularies.stage_of_year(year + 1, "northern_ireland") == (
        vocabularies.stage_of_year(year, "england")
    )


@given(st.integers(0, 13))
def test_wales_counts_as_england_does(year: int) -> None:
    assert vocabularies.stage_of_year(year, "wales") == vocabularies.stage_of_year(year)


@given(st.integers(0, 13))
def test_a_year_has_the_stage_of_its_age(year: int) -> None:
    assert (vocabularies.stage_of_year(year),) == vocabularies.stages_for_ages(year + 4, year + 4)


@pytest.mark.parametrize(
    ("years", "stages"),
    [
        ("P1 P2 P3 P4 P7", "eyfs ks1 ks1 ks2 ks2"),
        ("S1 S2 S3 S4 S5 S6", "ks3 ks3 ks3 ks4 ks5 ks5"),
    ],
)
def test_scotland_counts_primary_then_secondary(years: str, stages: str) -> None:
    counted = [int(year[1:]) + (7 if year.startswith("S") else 0) for year in years.split()]
    assert [vocabularies.stage_of_year(each, "scotland") for each in counted] == stages.split()


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern_ireland"])
@pytest.mark.parametrize("year", [-1, 15, 30])
def test_nobody_is_in_a_year_that_is_not_there(year: int, nation: str) -> None:
    with pytest.raises(ValueError, match=f"no Year {year}"):
        vocabularies.stage_of_year(year, nation)


def test_an_unknown_nation_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="atlantis"):
        vocabularies.stage_of_year(3, "atlantis")
