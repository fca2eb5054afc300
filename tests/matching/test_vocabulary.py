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


@given(needs)
def test_what_was_read_ahead_is_read_alike(need: str) -> None:
    ahead = Vocabulary(INDEX.segments, INDEX.statistics.unseen, 1.0)
    ahead.read_ahead(most=7)
    assert ahead.read(need, "england") == INDEX.vocabulary.read(need, "england")


def test_the_commonest_words_are_read_ahead() -> None:
    counts = dict(zip(INDEX.base.words, INDEX.base.word_counts.tolist(), strict=True))
    for most in (0, 3, len(counts), len(counts) + 5):
        common = [counts[word] for word in INDEX.base.commonest_words(most)]
        assert sorted(common, reverse=True) == sorted(counts.values(), reverse=True)[:most]
