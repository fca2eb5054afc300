"""Differences are called more than chance when they are."""

from __future__ import annotations

import numpy as np
import pytest

from lended.operations.benchmarks.matching.significance import chance_of, corrected


def test_no_difference_is_all_chance() -> None:
    assert chance_of(np.zeros(50)) == 1


def test_the_same_difference_everywhere_is_hardly_chance() -> None:
    assert chance_of(np.full(50, 0.01)) == pytest.approx(1 / 10_001)


def test_few_queries_give_the_chance_that_can_be_counted() -> None:
    assert chance_of(np.array([1.0, 1.0, 1.0])) == pytest.approx(2 / 8, abs=0.02)


def test_differences_that_even_out_are_chance() -> None:
    assert chance_of(np.array([0.3, -0.3] * 20)) > 0.9


def test_several_comparisons_are_corrected_as_holm_has_it() -> None:
    found = corrected({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert found == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})
    assert corrected({"a": 0.7, "b": 0.9}) == {"a": 1, "b": 1}
