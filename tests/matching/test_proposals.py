"""Codes are proposed from a teacher's own words."""

from math import fsum

import pytest
from hypothesis import given
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matching import Code, CodeProposer
from tests.matching.shelf import CODES, needs

PROPOSER = CodeProposer().fit(CODES)


@pytest.mark.parametrize(
    ("need", "code"),
    [
        ("Marking takes my Sunday", "marking_workload"),
        ("they forget everything by Monday", "retrieval_practice"),
        ("new boy, English as an additional language", "eal_new_arrivals"),
        ("phnoics is patchy in reception", "phonics"),
        ("Our timetable clashes with rooms", "timetabling"),
    ],
)
def test_a_need_is_about_what_it_says(need: str, code: str) -> None:
    assert PROPOSER.propose(need)[0].code == code


@pytest.mark.parametrize("need", ["", "snacks for a club", "help my pupils", "\ud800"])
def test_nothing_is_proposed_where_nothing_is_said(need: str) -> None:
    assert PROPOSER.propose(need) == ()


@given(needs)
def test_confidence_lies_between_floor_and_one_and_is_what_the_words_owe(need: str) -> None:
    proposals = PROPOSER.propose(need)
    assert list(proposals) == sorted(proposals, key=lambda each: (-each.confidence, each.code))
    for proposal in proposals:
        assert PROPOSER.floor <= proposal.confidence < 1
        assert fsum(each.share for each in proposal.because) == pytest.approx(proposal.confidence)
        assert all(each.words in need for each in proposal.because)


def test_a_reason_names_the_phrase_it_met() -> None:
    (reason,) = PROPOSER.propose("so much marking")[0].because
    assert (reason.words, reason.met) == ("marking", "marking")


def test_the_order_of_codes_does_not_matter() -> None:
    assert CodeProposer().fit(CODES[::-1]).propose("phonics marking") == PROPOSER.propose(
        "phonics marking"
    )


def test_a_vocabulary_may_be_empty_and_phrases_may_say_nothing() -> None:
    assert CodeProposer().fit([]).propose("phonics") == ()
    assert CodeProposer().fit([Code("a", "", ["of the", "!"])]).propose("of the") == ()


def test_it_is_an_estimator_with_parameters() -> None:
    copy = clone(CodeProposer(floor=0.6).fit(CODES))
    assert copy.get_params()["floor"] == 0.6
    with pytest.raises(NotFittedError):
        copy.propose("phonics")
    with pytest.raises(ValueError, match="doubt"):
        CodeProposer(doubt=0).fit(CODES)
