"""What an outcome may claim: the reference values and limits of the evidence design."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.outcomes.rules.claims import (
    CHANGE_ANYWAY,
    FEW_PUPILS,
    FEW_TEACHERS,
    LEARN_ANYWAY,
    OPINION_ONLY,
    UNCOUNTED_PUPILS,
    Figures,
    group_words,
    reached,
    said,
    wilson,
)
from lended.outcomes.rules.pictures import picture

QUIZ = Figures(
    design="before_after",
    weeks=6,
    pupils=28,
    teachers=1,
    baseline=6.0,
    result=12.0,
    unit="words out of 20",
    threshold=11.0,
    about="pupil_learning",
)
OPINION = Figures(design="feedback", weeks=6, pupils=28, teachers=11, again=8)
OVERCLAIMS = re.compile(r"effect|months?\b|attainment|caused|proves?|significant", re.IGNORECASE)

figures = st.builds(
    Figures,
    design=st.sampled_from(["feedback", "before_after"]),
    weeks=st.integers(1, 52),
    pupils=st.none() | st.integers(0, 60),
    teachers=st.none() | st.integers(0, 30),
    again=st.none() | st.integers(-1, 40),
    would_use_again=st.sampled_from([None, True, False]),
    baseline=st.none() | st.integers(0, 100).map(float),
    result=st.none() | st.integers(0, 100).map(float),
    unit=st.sampled_from(["words out of 20", "% right", "pupils who can", "minutes a week"]),
    threshold=st.none() | st.integers(0, 100).map(float),
    direction=st.sampled_from(["up", "down"]),
    about=st.sampled_from(["", "pupil_learning", "inclusion", "teacher_time"]),
)


@pytest.mark.parametrize(
    ("successes", "people", "low", "high"),
    [
        (9, 12, 0.4677, 0.9111),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (3, 5, 0.2307, 0.8824),
        (18, 25, 0.5242, 0.8572),
    ],
)
def test_intervals_of_shares_are_wilsons(
    successes: int, people: int, low: float, high: float
) -> None:
    assert wilson(successes, people) == pytest.approx((low, high), abs=5e-5)


@given(people=st.integers(1, 200), share=st.floats(0, 1))
def test_an_interval_holds_its_share_and_stays_between_nought_and_one(
    people: int, share: float
) -> None:
    successes = round(people * share)
    low, high = wilson(successes, people)
    assert 0 <= low <= successes / people + 1e-12
    assert successes / people - 1e-12 <= high <= 1


def test_feedback_says_how_many_teachers_with_an_interval_and_not_that_pupils_learnt() -> None:
    assert said(OPINION) == (
        "8 of 11 teachers would use it again (95 % CI 43–90 %).",
        OPINION_ONLY,
    )


def test_before_and_after_is_told_in_its_own_units_against_the_goal() -> None:
    assert said(QUIZ) == (
        "Before 6 words out of 20, after 6 weeks 12 words out of 20: 6 more.",
        "The goal set before the start was 11 or more. It was reached.",
        LEARN_ANYWAY,
    )


def test_less_may_be_the_goal() -> None:
    marking = replace(
        QUIZ,
        about="teacher_time",
        direction="down",
        unit="minutes a week",
        baseline=180.0,
        result=120.5,
        threshold=120.0,
        weeks=1,
    )
    assert said(marking) == (
        "Before 180 minutes a week, after 1 week 120.5 minutes a week: 59.5 less.",
        "The goal set before the start was 120 or less. It was not reached.",
        CHANGE_ANYWAY,
    )


def test_no_change_is_said_plainly() -> None:
    assert (
        said(replace(QUIZ, result=6.0))[0]
        == "Before 6 words out of 20, and the same after 6 weeks."
    )


@pytest.mark.parametrize(
    ("direction", "result", "met"),
    [("up", 11.0, True), ("up", 10.9, False), ("down", 11.0, True), ("down", 11.1, False)],
)
def test_the_threshold_itself_counts_as_success(direction: str, result: float, met: bool) -> None:
    assert reached(replace(QUIZ, direction=direction, result=result)) is met


def test_without_numbers_nothing_is_said_to_be_reached() -> None:
    assert reached(replace(QUIZ, result=None)) is None
    assert said(replace(QUIZ, result=None)) == ()


@given(figures)
def test_nothing_ever_claims_an_effect_or_months(case: Figures) -> None:
    for outside in (False, True):
        assert not OVERCLAIMS.search(" ".join(said(case, outside=outside)))


@pytest.mark.parametrize(("pupils", "why"), [(9, FEW_PUPILS), (None, UNCOUNTED_PUPILS)])
def test_small_groups_keep_their_figures_in_the_school(pupils: int | None, why: str) -> None:
    small = replace(QUIZ, pupils=pupils)
    assert said(small, outside=True) == (why,)
    assert picture(small, "Quiz", outside=True) is None
    assert picture(small, "Quiz") is not None
    assert len(said(small)) == 3


def test_ten_pupils_are_enough() -> None:
    ten = replace(QUIZ, pupils=10)
    assert said(ten, outside=True) == said(ten)
    assert picture(ten, "Quiz", outside=True) == picture(ten, "Quiz")


@given(figures)
def test_outside_no_number_of_a_small_group_is_in_the_words_or_the_picture(case: Figures) -> None:
    """Neither a value nor the difference of the two, which would give it away."""
    small = replace(case, pupils=(case.pupils or 0) % 10, about="pupil_learning", teachers=1)
    outside = " ".join((*said(small, outside=True), group_words(small)))
    without = outside.replace(FEW_PUPILS, "").replace("fewer than 10 pupils and 1 teacher", "")
    assert not re.search(r"\d", without)
    assert picture(small, "Quiz", outside=True) is None


@pytest.mark.parametrize("unit", ["% of pupils", "per cent", "pupils who can", "children"])
@pytest.mark.parametrize("pupils", [10, 19])
def test_nought_and_all_of_a_small_group_are_only_hinted_at(unit: str, pupils: int) -> None:
    whole = 100.0 if "%" in unit or "cent" in unit else float(pupils)
    case = replace(QUIZ, pupils=pupils, unit=unit, baseline=0.0, result=whole, threshold=None)
    assert said(case, outside=True)[0] == (
        "Before: few of the pupils. After 6 weeks: nearly all of the pupils."
    )
    assert picture(case, "Quiz", outside=True) is None
    assert str(int(whole)) in said(case)[0]


def test_nought_and_all_of_twenty_are_told() -> None:
    case = replace(QUIZ, pupils=20, unit="% right", baseline=0.0, result=100.0, threshold=None)
    assert said(case, outside=True)[0] == "Before 0% right, after 6 weeks 100% right: 100 more."


def test_ratings_of_fewer_than_five_teachers_stay_in_the_school() -> None:
    four = replace(OPINION, teachers=4, again=3)
    assert said(four, outside=True) == (FEW_TEACHERS, OPINION_ONLY)
    assert said(four)[0].startswith("3 of 4 teachers")
    assert said(replace(four, teachers=5), outside=True)[0].startswith("3 of 5 teachers")


def test_one_teachers_own_word_is_said_inside_and_not_outside() -> None:
    alone = Figures(design="feedback", weeks=4, would_use_again=False)
    assert said(alone) == ("The teacher of the trial would not use it again.", OPINION_ONLY)
    assert said(alone, outside=True) == (FEW_TEACHERS, OPINION_ONLY)


@pytest.mark.parametrize(("again", "words"), [(0, "Few of the 11"), (11, "Nearly all of the 11")])
def test_all_and_none_of_a_few_teachers_are_only_hinted_at(again: int, words: str) -> None:
    assert said(replace(OPINION, again=again), outside=True)[0].startswith(words)


def test_confidence_of_a_few_teachers_is_a_rating() -> None:
    confidence = replace(QUIZ, about="teacher_confidence", unit="out of 10", teachers=4)
    assert said(confidence, outside=True) == (FEW_TEACHERS,)
    assert len(said(replace(confidence, teachers=5), outside=True)) == 3


@pytest.mark.parametrize(
    ("pupils", "teachers", "words"),
    [
        (28, 2, "28 pupils and 2 teachers"),
        (9, 1, "fewer than 10 pupils and 1 teacher"),
        (0, None, "fewer than 10 pupils"),
        (None, 3, "3 teachers"),
        (None, None, ""),
    ],
)
def test_who_took_part_is_said_without_counting_out_a_small_group(
    pupils: int | None, teachers: int | None, words: str
) -> None:
    assert group_words(replace(QUIZ, pupils=pupils, teachers=teachers)) == words


@given(figures)
def test_a_picture_holds_all_its_points_and_begins_at_nought(case: Figures) -> None:
    drawn = picture(case, "Quiz")
    assert (drawn is None) is not case.measured
    if drawn:
        assert drawn.low <= 0 <= drawn.high
        assert drawn.low < drawn.high
        assert all(drawn.low <= point.value <= drawn.high for point in drawn.points)
        assert drawn.threshold is None or drawn.low <= drawn.threshold <= drawn.high
