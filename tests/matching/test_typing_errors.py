"""One slip is forgiven, in words nobody uses."""

from collections import Counter

import pytest

from matching.typing_errors import correct

KNOWN = Counter(
    {
        "photosynthesis": 3,
        "phonics": 9,
        "launch": 5,
        "handwriting": 2,
        "spelling": 4,
        "spewing": 1,
    }
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("photosynthesys", "photosynthesis"),
        ("photosyntesis", "photosynthesis"),
        ("photosynthhesis", "photosynthesis"),
        ("phoncis", "phonics"),
        ("handwritting", "handwriting"),
        ("handwritinf", "handwriting"),
        ("speling", "spelling"),
        ("lanuch", "launch"),
        ("spellling", "spelling"),
    ],
)
def test_one_slip_is_put_right(typed: str, meant: str) -> None:
    assert correct(typed, KNOWN.__getitem__) == meant


@pytest.mark.parametrize(
    "typed",
    ["lunch", "snacks", "hphonics", "handwrotong", "phon", "", "sonics", "f\u00e9rries", "1234567"],
)
def test_words_that_may_be_right_are_left(typed: str) -> None:
    assert correct(typed, KNOWN.__getitem__) is None


def test_the_commoner_word_is_meant_and_then_the_first_in_the_alphabet() -> None:
    known = Counter({"teaming": 1, "tearing": 7})
    assert correct("teaaring", known.__getitem__) == "tearing"
    level = Counter({"drawing": 2, "drawling": 2})
    assert correct("drawlng", level.__getitem__) == "drawling"
    assert correct("drawiing", level.__getitem__) == "drawing"
