"""Vectors kept small compare nearly as they were, and each by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.meaning.table import DIMENSIONS, unit
from matching.meaning.vectors import Vectors


def drawn(seed: int, rows: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSIONS)).astype(np.float32)
    return unit(vectors)


@given(st.integers(0, 99), st.integers(0, 20))
def test_cosines_are_kept_to_the_second_digit(seed: int, rows: int) -> None:
    vectors, need = drawn(seed, rows), drawn(seed + 100, 1)[0]
    assert Vectors.of(vectors).cosines(need) == pytest.approx(vectors @ need, abs=0.005)


@given(st.integers(0, 99), st.lists(st.integers(0, 29), max_size=30))
def test_a_cosine_is_the_same_to_the_last_bit_whoever_else_is_there(
    seed: int, places: list[int]
) -> None:
    kept, need = Vectors.of(drawn(seed, 30)), drawn(seed + 100, 1)[0]
    alone = [kept.take([place]).cosines(need).item() for place in places]
    assert kept.take(places).cosines(need).tolist() == alone
    assert (kept + kept).cosines(need).tolist() == kept.cosines(need).tolist() * 2


def test_more_rows_than_are_summed_at_once() -> None:
    vectors, need = drawn(1, 5000), drawn(2, 1)[0]
    assert Vectors.of(vectors).cosines(need) == pytest.approx(vectors @ need, abs=0.005)


def test_nothing_said_is_near_to_nothing() -> None:
    silent = np.zeros((1, DIMENSIONS), dtype=np.float32)
    assert Vectors.of(silent).cosines(drawn(1, 1)[0]).tolist() == [0]
    assert Vectors.of(drawn(1, 1)).cosines(silent[0]).tolist() == [0]


def test_parts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="scales"):
        Vectors(np.zeros((2, DIMENSIONS), np.int8), np.zeros(3, np.float32))
