"""Facts of a product are stated or not stated, never guessed, and said in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended import vocabularies
from lended.vocabularies import Fact
from tests.lended.vocabularies import designed

KINDS = {"yes_no", "one_of", "many_of", "whole_number", "words"}


@pytest.mark.parametrize(("group", "codes"), designed.FACTS.items())
def test_a_group_holds_the_facts_the_design_names(group: str, codes: str) -> None:
    held = [fact.code for fact in vocabularies.facts() if fact.group == group]
    assert sorted(held) == sorted(codes.split())


def test_groups_come_in_the_order_of_the_design() -> None:
    assert vocabularies.fact_groups() == tuple(designed.FACTS)


@pytest.mark.parametrize("fact", vocabularies.facts(), ids=lambda fact: fact.code)
def test_a_fact_has_all_that_its_kind_needs(fact: Fact) -> None:
    assert fact.kind in KINDS
    assert bool(fact.vocabulary) == (fact.kind in {"one_of", "many_of"})
    assert not fact.vocabulary or vocabularies.codes(fact.vocabulary)
    assert fact.yes.endswith(".") == fact.no.endswith(".") == (fact.kind == "yes_no")
    assert (fact.minimum < fact.maximum) == (fact.kind in {"whole_number", "words"})
    assert not fact.hint or fact.hint.endswith((".", "?"))
    assert vocabularies.fact(fact.code) is fact


def test_labels_and_answers_are_said_once() -> None:
    labels = [fact.label for fact in vocabularies.facts()]
    answers = [words for fact in vocabularies.facts() for words in (fact.yes, fact.no) if words]
    assert len(labels) == len(set(labels))
    assert len(answers) == len(set(answers))


def values_of(fact: Fact) -> st.SearchStrategy[Any]:
    """Draw what may rightly be stated."""
    codes = st.sampled_from(vocabularies.codes(fact.vocabulary) if fact.vocabulary else [""])
    words = st.text(min_size=1, max_size=fact.maximum or 1).map(str.strip).filter(bool)
    return {
        "yes_no": st.booleans(),
        "one_of": codes,
        "many_of": st.lists(codes, min_size=1, unique=True),
        "whole_number": st.integers(fact.minimum, fact.maximum or None),
        "words": words,
    }[fact.kind]


stated = st.fixed_dictionaries({}, optional={f.code: values_of(f) for f in vocabularies.facts()})
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300),
    st.lists,
    max_leaves=4,
)


@given(stated)
def test_what_fits_the_schema_is_kept_and_can_be_said(given_facts: dict[str, Any]) -> None:
    assert vocabularies.clean_facts(given_facts) == (given_facts, {})
    for code, value in given_facts.items():
        assert vocabularies.fact_words(code, value) not in {"", vocabularies.NOT_STATED}


@given(st.dictionaries(st.sampled_from([*(f.code for f in vocabularies.facts()), "x"]), anything))
def test_anything_is_kept_refused_in_words_or_not_stated(given_facts: dict[str, Any]) -> None:
    clean, problems = vocabularies.clean_facts(given_facts)
    assert not clean.keys() & problems.keys()
    assert clean.keys() | problems.keys() <= given_facts.keys()
    assert all(words.endswith(".") and "_" not in words for words in problems.values())
    assert vocabularies.clean_facts(clean) == (clean, {})


@given(st.sampled_from([f for f in vocabularies.facts() if f.kind == "whole_number"]), st.data())
def test_a_number_out_of_range_is_refused_with_the_range(fact: Fact, data: st.DataObject) -> None:
    outside = st.integers(max_value=fact.minimum - 1) | st.integers(min_value=fact.maximum + 1)
    clean, problems = vocabularies.clean_facts({fact.code: data.draw(outside)})
    assert clean == {}
    assert problems[fact.code].startswith("Enter a whole number")


@pytest.mark.parametrize("nothing", [None, "", "  ", [], ()])
@pytest.mark.parametrize("code", ["wcag", "captions", "evidence_country", "runs_on", "trial_weeks"])
def test_nothing_is_not_stated_and_no_mistake(code: str, nothing: Any) -> None:
    assert vocabularies.clean_facts({code: nothing}) == ({}, {})


@pytest.mark.parametrize(
    ("code", "value", "problem"),
    [
        ("unheard_of", True, "There is no such fact."),
        ("captions", "yes", "Answer yes, no or not stated."),
        ("captions", 1, "Answer yes, no or not stated."),
        ("offline", "sometimes", "Choose one from the list."),
        ("runs_on", "windows", "Choose from the list."),
        ("runs_on", ["windows", "abacus"], "Choose from the list."),
        ("runs_on", [["windows"]], "Choose from the list."),
        ("trial_weeks", 0, "Enter a whole number of weeks, 1 to 52."),
        ("trial_weeks", 6.0, "Enter a whole number of weeks, 1 to 52."),
        ("trial_weeks", True, "Enter a whole number of weeks, 1 to 52."),
        ("evidence_year", 1066, "Enter a whole number, 1950 to 2100."),
        ("price_note", "x" * 201, "Write a few words, 200 characters at most."),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(code: str, value: Any, problem: str) -> None:
    assert vocabularies.clean_facts({code: value}) == ({}, {code: problem})


def test_text_is_trimmed_and_a_choice_made_twice_counts_once() -> None:
    clean, problems = vocabularies.clean_facts(
        {"evidence_country": " Wales ", "runs_on": ("ipados", "windows", "ipados")}
    )
    assert clean == {"evidence_country": "Wales", "runs_on": ["ipados", "windows"]}
    assert problems == {}


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("price_pence", 0, "£0"),
        ("price_pence", 5, "£0.05"),
        ("price_pence", 450, "£4.50"),
        ("price_pence", 120_000, "£1,200"),
        ("technician_needed", True, "Needs a technician."),
        ("technician_needed", False, "No technician needed."),
        ("technician_needed", None, "Not stated"),
        ("offline", "partly", "Partly works without the internet"),
        ("training_minutes", 20, "20 minutes"),
        ("trial_weeks", 1, "1 week"),
        ("evidence_participants", 1, "1 person"),
        ("evidence_participants", 1200, "1,200 people"),
        ("evidence_year", 2024, "2024"),
        ("evidence_country", "Scotland", "Scotland"),
        ("runs_on", ["ipados", "android"], "iPad, Android"),
    ],
)
def test_a_fact_says_its_value_in_words(code: str, value: Any, words: str) -> None:
    assert vocabularies.fact_words(code, value) == words


def test_an_unknown_fact_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="unheard_of"):
        vocabularies.fact_words("unheard_of", None)
