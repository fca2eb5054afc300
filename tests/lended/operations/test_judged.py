"""The judged needs are many, unlike one another, and graded by the rule in docs/judging.md."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from lended import vocabularies
from lended.demo import content
from lended.operations.benchmarks.judged import NOTHING_FITS, JudgedNeed, judged_needs

ALL = judged_needs()
ANSWERED = tuple(need for need in ALL if not need.nothing_fits)
FEWEST_OF_A_KIND = {
    "short": 25,
    "long": 15,
    "misspelt": 15,
    "names": 15,
    "stage": 40,
    "abbreviation": 15,
    "constraint": 12,
    "american": 5,
    "paraphrase": 24,
    "plain": 5,
    "off_topic": 18,
    "unserved": 8,
}
PRODUCTS: dict[str, dict[str, Any]] = {each["slug"]: each for each in content.products()}
WORD = re.compile(r"[a-z0-9]+")
BEGINNING = 5  # letters that a word shares with its relatives
SAYING_LITTLE = frozenset("after every never their there until where which would".split())


def telling_words(text: str) -> set[str]:
    """Return the beginnings of the words of a text that say something by themselves."""
    words = WORD.findall(text.casefold().replace("'", ""))
    return {word[:BEGINNING] for word in words if len(word) >= BEGINNING} - SAYING_LITTLE


def text_of(slug: str) -> str:
    """Return what a product says of itself."""
    product = PRODUCTS[slug]
    return " ".join((product["name"], product["summary"], product["description"]))


def made_for(need: JudgedNeed) -> set[str]:
    """Return the products that were made for just this need."""
    return {slug for slug, grade in need.grades.items() if grade == 3}


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(kind for need in ALL for kind in need.kinds)
    assert kinds.keys() == FEWEST_OF_A_KIND.keys()
    assert all(kinds[kind] >= fewest for kind, fewest in FEWEST_OF_A_KIND.items())
    assert len(ALL) >= 130


def test_every_need_has_a_kind_and_plain_is_a_kind_alone() -> None:
    assert all(need.kinds for need in ALL)
    assert all(need.kinds == {"plain"} for need in ALL if "plain" in need.kinds)


def test_no_need_is_there_twice() -> None:
    words = Counter(" ".join(WORD.findall(need.words.casefold())) for need in ALL)
    assert words.most_common(1)[0][1] == 1
    assert [need.id for need in ALL] == [f"n{number:03}" for number in range(1, len(ALL) + 1)]


def test_no_need_is_one_of_the_demo() -> None:
    written = {each["text"].casefold() for each in content.read("needs")}
    assert not [need.id for need in ALL if need.words.casefold() in written]


def test_every_graded_product_is_in_the_catalogue() -> None:
    unseen = {
        (need.id, slug)
        for need in ALL
        for slug in need.grades
        if slug not in PRODUCTS or PRODUCTS[slug]["state"] != "published"
    }
    assert not unseen


def test_every_product_in_the_catalogue_is_somebodys_answer() -> None:
    published = {slug for slug, each in PRODUCTS.items() if each["state"] == "published"}
    assert published == {slug for need in ALL for slug in need.grades}


def test_grades_are_one_two_and_three() -> None:
    assert {grade for need in ALL for grade in need.grades.values()} == {1, 2, 3}


def test_a_need_has_a_helpful_product_unless_nothing_fits() -> None:
    assert all(max(need.grades.values()) >= 2 for need in ANSWERED)
    assert all(not need.grades for need in ALL if need.nothing_fits)
    assert all(len(need.kinds & NOTHING_FITS) == need.nothing_fits for need in ALL)


def test_off_topic_needs_have_no_codes_and_all_others_have() -> None:
    assert all(bool(need.codes) != ("off_topic" in need.kinds) for need in ALL)


def test_every_code_is_needed_by_somebody() -> None:
    assert {code for need in ALL for code in need.codes} == set(vocabularies.codes("need"))


@pytest.mark.parametrize("challenge", vocabularies.codes("pull_challenge"))
def test_every_challenge_of_learning_pull_is_met_often(challenge: str) -> None:
    codes = set(vocabularies.entry("pull_challenge", challenge).needs)
    assert sum(bool(codes & set(need.codes)) for need in ANSWERED) >= 10


@pytest.mark.parametrize("stage", vocabularies.codes("stage"))
def test_every_stage_is_named_by_somebody(stage: str) -> None:
    named = [made_for(need) for need in ANSWERED if "stage" in need.kinds]
    assert any(
        products and all(stage in PRODUCTS[slug]["stages"] for slug in products)
        for products in named
    )


def test_short_is_short_and_long_is_long() -> None:
    lengths = {need.id: len(need.words.split()) for need in ALL}
    assert all((lengths[need.id] <= 7) == ("short" in need.kinds) for need in ALL)
    assert all((lengths[need.id] >= 50) == ("long" in need.kinds) for need in ALL)


def test_a_paraphrase_shares_no_telling_word_with_what_was_made_for_it() -> None:
    shared = {
        (need.id, slug): telling_words(need.words) & telling_words(text_of(slug))
        for need in ALL
        if "paraphrase" in need.kinds
        for slug in made_for(need)
    }
    assert shared
    assert not {key: words for key, words in shared.items() if words}


def test_the_halves_are_about_two_to_three_and_alike() -> None:
    tuning, held_out = judged_needs("tuning"), judged_needs("held_out")
    assert sorted([*tuning, *held_out], key=lambda need: need.id) == list(ALL)
    assert 0.37 <= len(tuning) / len(ALL) <= 0.43
    for half in (tuning, held_out):
        assert {kind for need in half for kind in need.kinds} == FEWEST_OF_A_KIND.keys()


def test_a_judged_need_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        ALL[0].words = "other words"  # type: ignore[misc]
    with pytest.raises(TypeError):
        ALL[0].grades["tables-tins"] = 0  # type: ignore[index]
