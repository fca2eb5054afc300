"""The demo's catalogue, schools and people hold together and use known codes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain

import pytest

from lended import vocabularies
from tests.lended.demo.written import (
    FOLDER,
    LOANS,
    NEEDS,
    PEOPLE,
    PERSON,
    PRODUCTS,
    ROLES,
    SCHOOL,
    SCHOOLS,
    SHELF,
    SUPPLIER,
    SUPPLIERS,
    TRUSTS,
    Row,
    organisations,
    slugs,
)


def test_slugs_are_given_once() -> None:
    for rows in (SUPPLIERS, [*SCHOOLS, *TRUSTS], PRODUCTS, NEEDS, LOANS):
        assert max(Counter(slugs(*rows)).values()) == 1


def test_every_address_is_invented() -> None:
    addresses = [*PERSON, *(each["website_words"] for each in SUPPLIERS)]
    assert all(each.endswith(".example") for each in addresses)
    assert all(each["invented_urn"].startswith("9") for each in SCHOOLS)


def test_a_dozen_suppliers_of_which_one_waits() -> None:
    assert Counter(each["state"] for each in SUPPLIERS) == {"approved": 11, "waiting": 1}
    assert {each["state"] for each in SHELF["sandlark-studio"]} == {"submitted"}
    assert {path.stem for path in (FOLDER / "products").glob("*.json")} == set(SUPPLIER)


@pytest.mark.parametrize("product", PRODUCTS, ids=slugs(*PRODUCTS))
def test_a_product_says_what_it_is_in_known_codes(product: Row) -> None:
    assert 70 <= len(product["description"].split()) <= 150
    assert product["summary"].endswith((".", "?"))
    assert len(product["summary"]) <= 400
    assert product["product_type"] in vocabularies.codes("product_type")
    for field, vocabulary in (("stages", "stage"), ("subjects", "subject"), ("needs", "need")):
        assert product[field]
        assert set(product[field]) <= set(vocabularies.codes(vocabulary))
    assert product["state"] in {"published", "submitted", "withdrawn"}


@pytest.mark.parametrize("product", PRODUCTS, ids=slugs(*PRODUCTS))
def test_a_product_states_only_facts_that_exist(product: Row) -> None:
    for code, value in product["facts"].items():
        known = vocabularies.fact(code)
        assert is_a_value(known, value), (code, value)


def is_a_value(known: vocabularies.Fact, value: object) -> bool:
    match known.kind:
        case "yes_no":
            return isinstance(value, bool)
        case "whole_number":
            return type(value) is int and (known.minimum or 0) <= value <= (known.maximum or value)
        case "one_of":
            return value in vocabularies.codes(known.vocabulary)
        case "many_of":
            return isinstance(value, list) and set(value) <= set(
                vocabularies.codes(known.vocabulary)
            )
    return isinstance(value, str) and bool(value.strip())


def test_clean_facts_keeps_every_fact_of_the_demo() -> None:
    for product in PRODUCTS:
        assert vocabularies.clean_facts(product["facts"]) == (product["facts"], {})


def test_stock_can_be_counted_and_is_no_longer_out_than_offered() -> None:
    for product in (each for each in PRODUCTS if each["stock"]):
        stock, weeks = product["stock"], product["loan_weeks_most"]
        assert stock["unlimited"] is (stock["capacity"] == 0), product["slug"]
        assert bool(stock["contents"]) is (stock["kind"] == "physical"), product["slug"]
        assert not (stock["unlimited"] and stock["kind"] == "physical"), product["slug"]
        assert product["facts"].get("trial_weeks", weeks) == weeks, product["slug"]


def test_the_catalogue_reaches_every_corner_of_the_vocabularies() -> None:
    public = [each for each in PRODUCTS if each["state"] == "published"]
    served = Counter(chain.from_iterable(each["needs"] for each in public))
    assert not [code for code in vocabularies.codes("need") if served[code] < 2]
    for field, vocabulary in (("stages", "stage"), ("subjects", "subject")):
        used = set(chain.from_iterable(each[field] for each in public))
        assert used == set(vocabularies.codes(vocabulary))
    assert {each["product_type"] for each in public} == set(vocabularies.codes("product_type"))


def test_no_two_descriptions_share_eight_words_in_a_row() -> None:
    users: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for product in PRODUCTS:
        words = re.findall(r"[\w']+", product["description"].lower())
        for run in zip(*(words[start:] for start in range(8)), strict=False):
            users[run].add(product["slug"])
    assert not [run for run, found in users.items() if len(found) > 1]


def test_schools_are_possible() -> None:
    for school in SCHOOLS:
        assert school["phase"] in vocabularies.codes("school_phase")
        assert school["trust"] is None or school["trust"] in slugs(*TRUSTS)
        assert 2 <= school["low_age"] < school["high_age"] <= 19
        assert all(0 <= school[f"{each}_percent"] <= 100 for each in ("fsm", "eal", "sen"))
    assert (min(e["pupils"] for e in SCHOOLS), max(e["pupils"] for e in SCHOOLS)) == (38, 1640)


def test_people_belong_to_organisations_of_their_kind() -> None:
    schools, trusts = set(SCHOOL), set(slugs(*TRUSTS))
    kinds = {"teacher": schools, "school_lead": schools, "trust_lead": trusts, "staff": {"lended"}}
    kinds |= {"supplier": set(SUPPLIER), "technologist": schools | trusts}
    for person in PEOPLE:
        assert person["roles"]
        assert all(each["organisation"] in kinds[each["role"]] for each in person["roles"])
    assert any(len({r["organisation"] for r in each["roles"]}) > 2 for each in PEOPLE)


def test_the_demo_accounts_come_first_and_cover_every_role() -> None:
    demo = [each for each in PEOPLE if each.get("demo")]
    assert demo == PEOPLE[: len(ROLES)]
    assert [each["roles"][0]["role"] for each in demo] == list(ROLES)
    assert all(each["introduction"].endswith(".") for each in demo)


def test_every_approved_supplier_and_every_school_has_somebody_to_answer() -> None:
    answering = set(
        chain.from_iterable(organisations(p, "supplier", "school_lead") for p in PEOPLE)
    )
    assert answering >= set(SUPPLIER) | set(SCHOOL)
