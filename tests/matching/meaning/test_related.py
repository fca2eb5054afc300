"""The thesaurus names words said of the same things."""

import logging
from pathlib import Path

import pytest

from matching.analysis import lexemes
from matching.meaning.related import load_thesaurus, related

WORDS = ("forget", "anxiety", "fractions", "spelling", "bullying", "homework", "calm")


@pytest.mark.parametrize(
    ("word", "relative"),
    [
        ("forget", "remember"),
        ("Bullying", "harassment"),
        ("fractions", "numerator"),
        ("anxiety", "fears"),
        ("spelling", "dictionary"),
    ],
)
def test_words_are_related_that_are_said_of_the_same_things(word: str, relative: str) -> None:
    stems = {lexemes(other)[0].term for other, _ in related(word)}
    assert lexemes(relative)[0].term in stems


@pytest.mark.parametrize("word", WORDS)
def test_relatives_come_nearest_first_each_of_another_stem(word: str) -> None:
    found = related(word)
    weights = [weight for _, weight in found]
    stems = [lexemes(other)[0].term for other, _ in found]
    assert weights == sorted(weights, reverse=True)
    assert all(0.2 < weight <= 1 for weight in weights)
    assert 0 < len(found) <= 32
    assert len({*stems, lexemes(word)[0].term}) == len(stems) + 1


@pytest.mark.parametrize("word", ["", "qqqqzz", "two words", "\x00", "the", "7"])
def test_a_word_outside_the_lexicon_has_no_relatives(word: str) -> None:
    assert related(word) == ()


def test_without_its_files_there_are_no_relatives_and_it_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert load_thesaurus(tmp_path).related("forget") == ()
        assert load_thesaurus(tmp_path).related("choir") == ()
    assert len(caplog.records) == 1
