"""The second engine gives what the first one gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql.base import PGDialect

from lended.needs.postgresql.tables import MOST_TERMS, SparseVector, written
from matching import Document, Match, Matcher
from tests.lended.needs.postgresql.shared import Shared, are_same, by_key, changed
from tests.matching.shelf import SHELF, catalogues, needs
from tests.matching.test_twins import OTHERS, editions

EVERYTHING = 1000
storable = catalogues.filter(lambda documents: not any("\0" in each.key for each in documents))
thorough = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
SAID = (
    "Y5 still have misconceptions with fractions",
    "photosynthesys simulatoins for my class",
    "English as an additional language learners, speak no English, new EAL arrivals",
    "marking marking marking takes my Sunday",
    "my class is struggling",
    "snacks for a club",
    "children",
    "'; DROP TABLE products; --",
    "",
    "🙂",
    "x" * 5000,
)


def told(matches: tuple[Match, ...]) -> list[tuple[str, list[tuple[str, str, float]]]]:
    """Return which words led to each match, what they met and their shares, by key."""
    return sorted(
        (
            match.key,
            sorted((each.words, each.met, round(each.share, 4)) for each in match.because),
        )
        for match in matches
    )


@thorough
@given(storable, needs, st.data())
def test_ranking_is_that_of_the_first_engine(
    shared: Shared, catalogue: list[Document], need: str, data: st.DataObject
) -> None:
    first, second = Matcher().fit(catalogue), shared.learn(catalogue)
    keys = [document.key for document in catalogue]
    some: Any = st.none() | st.lists(st.sampled_from([*keys, "nobody's"]), unique=True)
    allowed = data.draw(some)
    prior = {key: data.draw(st.floats(-2, 2)) for key in data.draw(some) or ()}
    limit, start = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 3))
    ours = second.search(need).rank(limit, allowed, prior, start)
    theirs = first.search(need).rank(limit, allowed, prior, start)
    scores = by_key(first.rank(need, EVERYTHING, None, prior))
    assert are_same(ours, theirs, scores)
    assert np.allclose(second.search(need).scores, first.search(need).scores, atol=1e-5)
    near = by_key(first.nearest(need, EVERYTHING))
    assert are_same(second.search(need).nearest(2, allowed), first.nearest(need, 2, allowed), near)


def test_near_duplicates_come_last_here_too(shared: Shared) -> None:
    catalogue = [*editions("a"), *editions("b", 3), *OTHERS]
    first, second = Matcher().fit(catalogue), shared.learn(catalogue)
    for limit in (3, 20):
        ours = [match.key for match in second.rank("times tables", limit)]
        assert ours == [match.key for match in first.rank("times tables", limit)]


@thorough
@given(storable, storable, needs)
def test_what_changes_is_ranked_as_the_first_engine_ranks_what_is_added(
    shared: Shared, before: list[Document], after: list[Document], need: str
) -> None:
    shared.learn(before)
    second = shared.follow(after)
    first = changed(Matcher().fit(before), before, after)
    scores = by_key(first.rank(need, EVERYTHING))
    assert by_key(second.rank(need, EVERYTHING)) == pytest.approx(scores, abs=1e-5)
    assert are_same(second.rank(need, 3), first.rank(need, 3), scores)


def test_changes_upon_changes_are_ranked_as_one(shared: Shared) -> None:
    shared.learn(SHELF[:5])
    shared.follow([*SHELF[1:6], Document("late", "Lanterns", "Lanterns for lantern walks.")])
    second = shared.follow([*SHELF[2:7], Document("late", "Lamps", "Lamps instead.")])
    after = [*SHELF[2:7], Document("late", "Lamps", "Lamps instead.")]
    first = changed(Matcher().fit(SHELF[:5]), SHELF[:5], after)
    for need in (*SAID, "lanterns", "lamps", "lantrens"):
        assert told(second.rank(need)) == told(first.rank(need))


@pytest.mark.parametrize("need", SAID)
def test_reasons_are_those_of_the_first_engine(shared: Shared, need: str) -> None:
    first, second = Matcher().fit(SHELF), shared.learn(SHELF)
    assert told(second.rank(need)) == told(first.rank(need))
    assert told(second.search(need).nearest()) == told(first.nearest(need))


def test_shares_add_up_to_the_score(shared: Shared) -> None:
    second, prior = shared.learn(SHELF), {"bar-models": 1.0, "choir": -1.0}
    for need in SAID:
        for match in second.rank(need, prior=prior):
            assert sum(each.share for each in match.because) == pytest.approx(match.score)


def test_equals_are_given_by_key(shared: Shared) -> None:
    twins = [Document(key, "Fraction Bars", "Bars.") for key in ("b", "a", "Z", "é", "ß", "10")]
    second = shared.learn(twins)
    found = [match.key for match in second.rank("fraction bars")]
    assert found == sorted(each.key for each in twins)
    assert found == [match.key for match in Matcher().fit(twins).rank("fraction bars")]


def test_a_mask_and_keys_allow_the_same(shared: Shared) -> None:
    second = shared.learn(SHELF)
    mask = np.array([key in {"choir", "markwell"} for key in second.keys_])
    need = "singing, marking and fractions"
    assert {match.key for match in second.rank(need, allowed=mask)} == {"choir", "markwell"}
    assert second.rank(need, allowed=mask) == second.rank(need, allowed={"choir", "markwell"})
    assert second.rank(need, allowed=np.zeros(len(SHELF), dtype=np.bool_)) == ()


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"limit": -1}, ValueError),
        ({"allowed": "choir"}, TypeError),
        ({"allowed": np.ones(3, dtype=np.bool_)}, ValueError),
        ({"allowed": np.ones(len(SHELF))}, TypeError),
        ({"prior": {"choir": float("nan")}}, ValueError),
    ],
)
def test_senseless_questions_are_refused(
    shared: Shared, more: dict[str, Any], error: type[Exception]
) -> None:
    second = shared.learn(SHELF)
    with pytest.raises(error):
        second.rank("singing", **more)
    with pytest.raises(error):
        Matcher().fit(SHELF).rank("singing", **more)


def test_of_too_many_terms_the_weightiest_are_kept() -> None:
    numbers = np.arange(1, MOST_TERMS + 11)
    read = SparseVector().result_processor(PGDialect(), None)  # type: ignore[no-untyped-call]
    kept = read(written(numbers, numbers.astype(np.float32)))
    assert kept == {number: float(number) for number in numbers.tolist() if number > 10}


def test_a_document_of_very_many_words_is_kept(shared: Shared) -> None:
    endless = Document("endless", "Everything", " ".join(f"w{n}x" for n in range(MOST_TERMS + 50)))
    second = shared.learn([*SHELF, endless])
    assert [match.key for match in second.rank("everything")] == ["endless"]
