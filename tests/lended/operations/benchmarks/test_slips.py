"""Typing errors are one to a query, in a long word, and the same every time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lended.operations.benchmarks.matching import slips

LETTERS = some.sampled_from("abcdefghijklmnopqrstuvwxyz")
WORDS = some.lists(some.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=6)


@given(WORDS, some.integers(0, 9))
def test_one_long_word_is_mistyped_and_no_other_changes(words: list[str], seed: int) -> None:
    query = " ".join(words)
    typed = slips.slip_in_each({"q": query}, seed)["q"]
    changed = [a for a, b in zip(words, typed.split(" "), strict=True) if a != b]
    assert len(changed) == any(len(word) >= 5 for word in words)
    assert all(len(word) >= 5 for word in changed)


@given(WORDS)
def test_the_same_query_gets_the_same_slip_whatever_stands_beside_it(words: list[str]) -> None:
    query = " ".join(words)
    alone = slips.slip_in_each({"q": query})
    assert slips.slip_in_each({"other": "photosynthesis", "q": query})["q"] == alone["q"]


@pytest.mark.parametrize(
    ("kind", "typed"), [(slips.swap, "matsh"), (slips.drop, "mats"), (slips.double, "mathhs")]
)
def test_a_slip_is_what_it_is_called(kind: slips.Slip, typed: str) -> None:
    assert kind("maths", 3, random.Random(0)) == typed


def test_the_key_beside_the_one_meant_is_hit() -> None:
    assert {slips.miss("maths", 1, random.Random(seed)) for seed in range(20)} == {"msths"}
    assert {slips.miss("maths", 4, random.Random(seed)) for seed in range(20)} == {
        "matha",
        "mathd",
    }
