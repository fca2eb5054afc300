"""What teachers rule out or insist on leads to filters there are."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from lended import vocabularies
from lended.catalogue.narrowing import LISTS
from lended.catalogue.rules import LEFT_OUT
from lended.vocabularies.restrictions import PATH

RESTRICTIONS = vocabularies.restrictions()


def test_the_list_names_its_version_source_and_licence() -> None:
    told = json.loads(PATH.read_text(encoding="utf-8"))
    assert all(told[key] for key in ("version", "source", "licence"))
    codes = [row["code"] for row in told["entries"]]
    assert codes == list(dict.fromkeys(each.code for each in RESTRICTIONS))


@pytest.mark.parametrize("restriction", [each for each in RESTRICTIONS if each.filter])
def test_a_filter_has_the_codes_and_words_to_offer(
    restriction: vocabularies.Restriction,
) -> None:
    known = {"no_technician": {"yes"}} | {
        name: set(vocabularies.codes(vocabulary)) for name, vocabulary in LISTS.items()
    }
    assert restriction.codes
    assert set(restriction.codes) <= known[restriction.filter]
    assert restriction.offer
    assert restriction.wants or restriction.field in LEFT_OUT


def test_what_no_filter_can_say_offers_none() -> None:
    without = [each for each in RESTRICTIONS if not each.filter]
    assert without
    assert all(not each.codes and not each.offer and each.absent for each in without)


@pytest.mark.parametrize("kind", ["absent", "present", "phrases"])
def test_no_words_lead_to_two_restrictions(kind: str) -> None:
    said = Counter(words.casefold() for each in RESTRICTIONS for words in getattr(each, kind))
    assert [words for words, times in said.items() if times > 1] == []


def test_a_code_leads_to_its_restriction() -> None:
    assert vocabularies.restriction("no_quizzes").field == "not_type"
    with pytest.raises(KeyError):
        vocabularies.restriction("no_such_code")
