"""What is remembered of words is what reading them anew gives."""

import pytest
from hypothesis import given

from matching import Document
from matching.index import Index
from matching.needs import read_need
from matching.vocabulary import Vocabulary
from matching.weights import Weights
from tests.matching.shelf import SHELF, needs

LATE = Document("late", "Late Bell", "Punctual pupils, even in key stage one")
INDEX = Index.fit(SHELF, Weights(3.0, 2.0, 0.6, 0.3))
VOCABULARIES = (INDEX.vocabulary, INDEX.add([LATE]).vocabulary)


def assert_remembered(vocabulary: Vocabulary, need: str) -> None:
    anew = read_need(need, "england", vocabulary)
    assert vocabulary.read(need, "england") == vocabulary.read(need, "england") == anew


@given(needs)
def test_needs_of_any_words_are_read_alike(need: str) -> None:
    for vocabulary in VOCABULARIES:
        assert_remembered(vocabulary, need)


@pytest.mark.parametrize(
    "need",
    [
        "",
        "of the",
        "Singing, singing: singers in tune",
        "SINGING IN TUNE WITH EAL PUPILS",
        "English as an additional language for my class",
        "singing in key stage one",
        "photosynthesys and respiraton",
        "self-marking essays, punctual pupils",
        "marking " * 1_000,
        " ".join(f"qwx{letter}zzz" for letter in "abcdefghijklmnop") + " photosynthesys",
    ],
)
def test_special_needs_are_read_alike(need: str) -> None:
    for vocabulary in VOCABULARIES:
        assert_remembered(vocabulary, need)


def test_words_added_later_are_known() -> None:
    assert [each.knows("punctual") for each in VOCABULARIES] == [False, True]
