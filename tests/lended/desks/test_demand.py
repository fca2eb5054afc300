"""What may be told of needs that nothing fits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lended.desks.rules import UnmetNeed, demand

unmet = st.builds(
    UnmetNeed,
    about=st.lists(st.sampled_from(["reading", "maths", "behaviour"]), unique=True),
    school_id=st.integers(1, 30),
    trust=st.sampled_from(["", "TR1", "TR2"]),
)


def of_schools(many: int, about: str, first: int = 0, trusts: int = 2) -> list[UnmetNeed]:
    return [UnmetNeed((about,), first + number, f"TR{number % trusts}") for number in range(many)]


def test_five_schools_of_two_trusts_are_enough() -> None:
    told = demand(of_schools(5, "reading"))
    assert told.schools == 5
    assert told.groups == (("reading", 5),)


def test_four_schools_or_one_trust_are_not() -> None:
    assert demand(of_schools(4, "reading")).schools is None
    assert demand(of_schools(40, "reading", trusts=1)).schools is None
    assert demand([]).schools is None


def test_one_school_that_asks_often_is_one_school() -> None:
    assert demand(of_schools(1, "reading") * 50).schools is None


def test_numbers_are_told_to_the_nearest_five_the_largest_first() -> None:
    told = demand([*of_schools(7, "reading"), *of_schools(13, "maths", 100)])
    assert told.schools == 20
    assert told.groups == (("maths", 15), ("reading", 5))


def test_a_small_group_cannot_be_worked_out_from_the_whole_and_the_rest() -> None:
    told = demand(
        [*of_schools(4, "behaviour", 50), *of_schools(6, "reading"), *of_schools(9, "maths", 100)]
    )
    assert told.schools == 20
    assert told.groups == (("maths", 10),)


@given(st.lists(unmet, max_size=80))
def test_nothing_is_told_of_fewer_than_five_schools_or_two_trusts(needs: list[UnmetNeed]) -> None:
    for about, told in demand(needs).groups:
        of_group = [need for need in needs if about in need.about]
        assert len({need.school_id for need in of_group}) >= 5
        assert len({need.trust for need in of_group} - {""}) >= 2
        assert told % 5 == 0
