"""A need about something else altogether is told apart, and when in doubt it is not."""

import pytest
from hypothesis import given
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matching import Code, ScopeReader
from matching.needs import LONGEST_NEED
from tests.matching.shelf import CODES, needs

ELSEWHERE = (
    Code("premises", "Buildings and grounds", ["new roof", "boiler", "fence", "leaking gutter"]),
    Code("meals", "Food and meals", ["snacks", "school dinners", "packed lunch"]),
    Code("transport", "Transport and travel", ["minibus", "coach hire", "parking"]),
)


@pytest.fixture(scope="module")
def reader() -> ScopeReader:
    return ScopeReader().fit(CODES, ELSEWHERE)


@pytest.mark.parametrize(
    ("need", "code"),
    [
        ("a new roof for the hall", "premises"),
        ("snacks for a club", "meals"),
        ("minibus hire for Saturday", "transport"),
        ("the gutter drips on everybody", "premises"),
    ],
)
def test_what_is_asked_for_elsewhere_is_named(reader: ScopeReader, need: str, code: str) -> None:
    assert reader.outside(need) == code


@pytest.mark.parametrize(
    "need",
    [
        "marking takes my Sunday",
        "they forget everything by Monday",
        "a boy who speaks no English",
        "blending sounds",
        "",
        "asdf qwer",
    ],
)
def test_what_is_offered_or_not_known_is_not_sent_away(reader: ScopeReader, need: str) -> None:
    assert reader.outside(need) == ""


@given(needs)
def test_a_wider_margin_sends_fewer_away(need: str) -> None:
    narrow = ScopeReader(margin=0.0).fit(CODES, ELSEWHERE).outside(need)
    wide = ScopeReader(margin=0.4).fit(CODES, ELSEWHERE).outside(need)
    assert not wide or wide == narrow


def test_what_lies_beyond_the_longest_need_does_not_count(reader: ScopeReader) -> None:
    need = "a new roof ".ljust(LONGEST_NEED)
    assert reader.outside(need + "marking takes my Sunday " * 99) == reader.outside(need)


def test_without_other_things_nobody_is_sent_away() -> None:
    assert ScopeReader().fit(CODES, []).outside("a new roof") == ""


def test_it_is_an_estimator() -> None:
    copied = clone(ScopeReader(margin=0.2, words_weight=0.3))
    assert copied.get_params() == {"margin": 0.2, "said": 0.3, "words_weight": 0.3}
    with pytest.raises(NotFittedError):
        copied.outside("a new roof")
    with pytest.raises(TypeError):
        copied.fit(CODES, ELSEWHERE).outside(None)
