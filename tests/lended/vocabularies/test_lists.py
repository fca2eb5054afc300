"""Lists hold what they should, and say it in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended import vocabularies
from lended.vocabularies.lists import FOLDER

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_a_list_names_its_version_and_source_and_no_label_twice(name: str) -> None:
    told = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert told["version"]
    assert told["source"]
    labels = [label for _code, label in vocabularies.choices(name)]
    assert len(labels) == len(set(labels)) > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_label_is_not_a_code(name: str) -> None:
    for code, label in vocabularies.choices(name):
        assert "_" not in label
        assert label != code


def test_every_kind_of_need_has_a_group_and_the_words_of_teachers() -> None:
    groups = set(vocabularies.codes("need_group"))
    for code in vocabularies.codes("need"):
        entry = vocabularies.entry("need", code)
        assert entry.group in groups
        assert entry.explanation.endswith(".")
        assert len(entry.words) >= 6


def test_the_seven_challenges_can_all_be_reached() -> None:
    """The challenges that learning pull starts from."""
    assert len(vocabularies.codes("pull_challenge")) == 7
    for code in vocabularies.codes("pull_challenge"):
        assert set(vocabularies.entry("pull_challenge", code).words) <= set(
            vocabularies.codes("need")
        )


def test_an_unknown_list_or_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        vocabularies.label("no_such_list", "x")
    with pytest.raises(KeyError):
        vocabularies.label("need", "no_such_code")


def test_every_fact_chooses_from_a_list_that_exists() -> None:
    for fact in vocabularies.facts():
        if fact.kind in {"one_of", "many_of"}:
            assert vocabularies.codes(fact.vocabulary)
        if fact.kind == "yes_no":
            assert fact.yes.endswith(".")
            assert fact.no.endswith(".")
        if fact.kind == "whole_number":
            assert fact.minimum < fact.maximum


def test_northern_ireland_counts_one_year_ahead_of_england() -> None:
    for year in range(1, 13):
        assert vocabularies.stage_of_year(year + 1, "northern_ireland") == (
            vocabularies.stage_of_year(year, "england")
        )


@pytest.mark.parametrize(
    ("year", "nation", "stage"),
    [
        (0, "england", "eyfs"),
        (2, "england", "ks1"),
        (3, "england", "ks2"),
        (7, "wales", "ks3"),
        (11, "england", "ks4"),
        (13, "england", "ks5"),
        (1, "scotland", "ks1"),
        (8, "scotland", "ks3"),
    ],
)
def test_a_year_belongs_to_a_stage(year: int, nation: str, stage: str) -> None:
    assert vocabularies.stage_of_year(year, nation) == stage


def test_nobody_is_in_year_thirty() -> None:
    with pytest.raises(ValueError, match="no Year 30"):
        vocabularies.stage_of_year(30)


def test_a_primary_school_has_three_stages() -> None:
    assert vocabularies.stages_for_ages(4, 11) == ("eyfs", "ks1", "ks2")
    assert vocabularies.stages_for_ages(11, 16) == ("ks3", "ks4")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30), st.lists, max_leaves=4
)


@given(st.dictionaries(st.sampled_from([*(f.code for f in vocabularies.facts()), "x"]), anything))
def test_facts_are_cleaned_or_refused_in_words_and_never_both(given_facts: dict[str, Any]) -> None:
    clean, problems = vocabularies.clean_facts(given_facts)
    assert not clean.keys() & problems.keys()
    assert all(words.endswith(".") for words in problems.values())
    for code, value in clean.items():
        assert vocabularies.fact_words(code, value)
    assert vocabularies.clean_facts(clean) == (clean, {})


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("price_pence", 450, "£4.50"),
        ("price_pence", 120_000, "£1,200"),
        ("technician_needed", True, "You need a technician."),
        ("technician_needed", None, "Not stated"),
        ("training_minutes", 20, "20 minutes"),
        ("trial_weeks", 1, "1 week"),
        ("evidence_year", 2024, "2024"),
        ("runs_on", ["ipados", "android"], "iPad, Android"),
    ],
)
def test_a_fact_says_its_value_in_words(code: str, value: Any, words: str) -> None:
    assert vocabularies.fact_words(code, value) == words
