"""Lists hold what the design names, and say it in words."""

from __future__ import annotations

import json

import pytest

from lended import vocabularies
from lended.vocabularies.lists import FOLDER
from tests.lended.vocabularies import designed

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize(("name", "codes"), designed.LISTS.items())
def test_a_list_holds_every_code_the_design_names(name: str, codes: str) -> None:
    assert set(codes.split()) <= set(vocabularies.codes(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_list_names_its_version_source_and_licence(name: str) -> None:
    told = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert all(told[key] for key in ("version", "source", "licence"))


@pytest.mark.parametrize("name", NAMES)
def test_no_code_and_no_label_comes_twice(name: str) -> None:
    told = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    codes = [row["code"] for row in told["entries"]]
    labels = [label.casefold() for _code, label in vocabularies.choices(name)]
    assert len(codes) == len(set(codes)) > 0
    assert len(labels) == len(set(labels))
    assert tuple(codes) == vocabularies.codes(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_label_is_not_a_code(name: str) -> None:
    for code, label in vocabularies.choices(name):
        assert "_" not in label
        assert label != code


@pytest.mark.parametrize("name", ["failure_reason", "evidence_design", "measure_kind", "verdict"])
def test_a_choice_that_wants_thought_has_a_hint(name: str) -> None:
    for code in vocabularies.codes(name):
        assert vocabularies.entry(name, code).hint.endswith(".")


def test_the_seven_challenges_all_lead_to_needs() -> None:
    """The challenges that learning pull starts from."""
    reached = {
        code: vocabularies.entry("pull_challenge", code).needs
        for code in vocabularies.codes("pull_challenge")
    }
    assert len(reached) == 7
    for needs in reached.values():
        assert needs
        assert set(needs) <= set(vocabularies.codes("need"))


def test_an_unknown_list_or_code_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="no_such_list"):
        vocabularies.label("no_such_list", "x")
    with pytest.raises(KeyError, match="no_such_code"):
        vocabularies.label("need", "no_such_code")


def test_a_list_is_read_once() -> None:
    assert vocabularies.entry("need", "phonics") is vocabularies.entry("need", "phonics")
