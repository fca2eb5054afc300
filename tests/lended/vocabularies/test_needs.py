"""Needs are told in the words of teachers, well enough to be found by them."""

from __future__ import annotations

import pytest

from lended import vocabularies
from matching import Code, CodeProposer
from tests.lended.vocabularies import designed

PROPOSER = CodeProposer().fit(
    Code(code, vocabularies.label("need", code), vocabularies.entry("need", code).words)
    for code in vocabularies.codes("need")
)


@pytest.mark.parametrize(("group", "codes"), designed.NEEDS.items())
def test_a_group_holds_the_needs_the_design_names(group: str, codes: str) -> None:
    held = [
        code
        for code in vocabularies.codes("need")
        if vocabularies.entry("need", code).group == group
    ]
    assert held == codes.split()


@pytest.mark.parametrize("code", vocabularies.codes("need"))
def test_a_need_is_explained_in_a_sentence_and_in_the_words_of_teachers(code: str) -> None:
    entry = vocabularies.entry("need", code)
    said = [words.casefold() for words in entry.words]
    assert entry.group in vocabularies.codes("need_group")
    assert entry.explanation.endswith(".")
    assert 10 <= len(said) == len(set(said)) <= 20
    assert not any("_" in words for words in said)


def test_no_two_needs_claim_the_same_words() -> None:
    claimed = [
        words.casefold()
        for code in vocabularies.codes("need")
        for words in vocabularies.entry("need", code).words
    ]
    assert len(claimed) == len(set(claimed))


@pytest.mark.parametrize("code", vocabularies.codes("need"))
def test_the_words_for_a_need_lead_to_it(code: str) -> None:
    for words in vocabularies.entry("need", code).words:
        assert code in [proposal.code for proposal in PROPOSER.propose(words)], words


@pytest.mark.parametrize(
    ("need", "code"),
    [
        ("Marking takes my Sunday", "marking_workload"),
        ("half my reception class still cant blend cvc words", "phonics"),
        ("a girl from Syria started on Monday without a word of English", "eal_new_arrivals"),
        ("Dads especially never get involved in their child's learning", "parental_engagement"),
        ("we can't afford enough microscopes for a class of 32", "experiments_access"),
        ("two boys with ASC find transitions between lessons unbearable", "autism_support"),
        ("my dislexic lad in year 8 can't read the textbook", "dyslexia_support"),
        ("persistent absentees fall further and further behind", "attendance"),
        ("When they work in teams there are always passengers", "collaborative_learning"),
        ("we pay for subscriptions no one uses", "finance_procurement"),
        ("we have two pupils who want further maths, nobody can teach them", "small_group_remote"),
        ("None of us is a computing specialist", "scarce_subject_expertise"),
        ("writing end of year reports for 180 pupils", "reporting_to_parents"),
        ("GCSE Spanish pupils dread the speaking exam", "languages_speaking"),
        ("mixed class of Y3/4/5 with a massive spread", "adaptive_teaching"),
    ],
)
def test_what_a_teacher_says_is_understood(need: str, code: str) -> None:
    """P4: the need comes in the teacher's own words."""
    assert code in [proposal.code for proposal in PROPOSER.propose(need)]


def test_what_is_no_need_of_a_school_leads_nowhere() -> None:
    assert PROPOSER.propose("the printer is broken and I would like biscuits") == ()
