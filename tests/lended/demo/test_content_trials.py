"""The demo's needs, loans and outcomes could have happened, and claim no more than they may."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lended import vocabularies
from lended.loans.rules import HOLDING, State
from lended.loans.rules.availability import NEVER, Hold, most_held
from lended.loans.rules.calendar import Pauses, Window, blocked_window, whole_weeks
from lended.loans.rules.criteria import counts_use
from lended.loans.rules.plans import MOST_OPEN_LOANS
from tests.lended.demo.written import (
    LOAN,
    LOANS,
    NEED,
    NEEDS,
    OUTCOMES,
    PERSON,
    PRODUCT,
    SCHOOL,
    SUPPLIER,
    SUPPLIER_OF,
    Row,
    organisations,
    slugs,
)

NEVER_SENT = {"declined", "cancelled", "expired", "no_show", "draft", "waitlisted"}
OVERCLAIMS = re.compile(
    r"effect size|months of progress|prove[ds]?\b|caused|statistically", re.IGNORECASE
)
OUTCOME_IDS = [each["loan"] for each in OUTCOMES]


def test_needs_are_teachers_own_and_the_unmet_ones_led_to_no_loan() -> None:
    tried = {each["need"] for each in LOANS}
    for need in NEEDS:
        assert organisations(PERSON[need["person"]], "teacher"), need["slug"]
        for field, name in (("stages", "stage"), ("subjects", "subject"), ("codes", "need")):
            assert set(need[field]) <= set(vocabularies.codes(name)), need["slug"]
        assert not (need["unmet"] and need["slug"] in tried), need["slug"]
    assert sum(each["unmet"] for each in NEEDS) >= 6


@pytest.mark.parametrize("loan", LOANS, ids=slugs(*LOANS))
def test_a_loan_is_one_that_could_have_been_asked_for(loan: Row) -> None:
    product, need = PRODUCT[loan["product"]], NEED[loan["need"]]
    assert loan["teacher"] == need["person"]
    assert product["state"] == "published"
    assert product["stock"]
    assert 0 < loan["weeks"] <= product["loan_weeks_most"]
    assert product["stock"]["unlimited"] or 0 < loan["quantity"] <= product["stock"]["capacity"]
    assert -loan["start_offset_days"] < need["made_days_ago"], "the need came first"


@pytest.mark.parametrize("loan", LOANS, ids=slugs(*LOANS))
def test_a_plan_is_about_what_changes_and_says_how_it_was_seen(loan: Row) -> None:
    for field in ("criterion_about", "measure_kind", "origin"):
        assert loan[field] in vocabularies.codes(field)
    assert not counts_use(" ".join((loan["goal"], loan["measure"], loan["unit"])))
    assert len(loan["readiness"]) == 6
    assert loan["teaching_change"]
    assert loan["education_lead"]
    assert loan["state"] == "draft" or None not in (loan["baseline"], loan["threshold"])
    if isinstance(loan["baseline"], int | float):
        higher = loan["threshold"] > loan["baseline"]
        assert higher is (loan["direction"] == "up")
        assert loan["unit"]


def test_every_state_is_shown() -> None:
    assert {each["state"] for each in LOANS} == {str(each) for each in State}


@pytest.mark.parametrize("loan", LOANS, ids=slugs(*LOANS))
def test_a_loans_dates_fit_its_state(loan: Row) -> None:
    starts, ends = loan["start_offset_days"], loan["start_offset_days"] + 7 * loan["weeks"]
    match loan["state"]:
        case "active":
            assert starts < 0 < ends
        case "closed" | "access_ended" | "overdue" | "returning" | "inspection" | "lost":
            assert ends < 0
        case state if state in HOLDING or state in {"draft", "waitlisted"}:
            assert starts > 0
        case "cancelled":
            pass
        case _:
            assert starts < 0


@pytest.mark.parametrize("loan", LOANS, ids=slugs(*LOANS))
def test_a_refusal_has_its_reason_and_words(loan: Row) -> None:
    for state, field in (("declined", "decline"), ("cancelled", "cancel")):
        assert (loan["state"] == state) is (loan[field] is not None)
        if loan[field]:
            assert loan[field]["reason"] in vocabularies.codes(f"{field}_reason")
            assert loan[field]["words"].strip()
    assert (loan["state"] == "closed") is (loan["closed_as"] is not None)


STRETCHES = ("preparation", "transit_out", "transit_back", "turnaround")


def holds(product: str, today: date) -> Iterator[Hold]:
    supplier = SUPPLIER[SUPPLIER_OF[product]]
    pauses = Pauses(*(supplier[f"{each}_days"] for each in STRETCHES))
    kit = PRODUCT[product]["stock"]["kind"] == "physical"
    for loan in LOANS:
        if loan["product"] == product and loan["state"] not in NEVER_SENT:
            dates = whole_weeks(today + timedelta(days=loan["start_offset_days"]), loan["weeks"])
            window = blocked_window(dates, pauses if kit else Pauses())
            end = NEVER if loan["state"] == "overdue" else window.end
            yield Hold(loan["quantity"], window.start, end)


@settings(deadline=None, max_examples=40)
@given(today=st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_nothing_is_lent_twice_whatever_day_the_demo_is_filled(today: date) -> None:
    always = Window(today - timedelta(days=500), today + timedelta(days=500))
    for product in {each["product"] for each in LOANS}:
        stock = PRODUCT[product]["stock"]
        assert stock["unlimited"] or most_held(holds(product, today), always) <= stock["capacity"]


def test_no_teacher_has_more_open_loans_than_the_rules_allow() -> None:
    still_open = Counter(each["teacher"] for each in LOANS if each["state"] in HOLDING)
    assert max(still_open.values()) <= MOST_OPEN_LOANS


def test_every_ended_loan_has_one_outcome() -> None:
    ended = {each["slug"] for each in LOANS if each["state"] in {"closed", "access_ended"}}
    assert Counter(each["loan"] for each in OUTCOMES) == Counter(ended)
    assert len(OUTCOMES) == 60


def test_about_a_third_did_not_work_and_some_cannot_tell() -> None:
    verdicts = Counter(each["verdict"] for each in OUTCOMES)
    assert set(verdicts) == set(vocabularies.codes("verdict"))
    assert 15 <= verdicts["not_met"] <= 21
    assert verdicts["cannot_tell"] >= 5


def went_far_enough(loan: Row, result: float) -> bool:
    if loan["direction"] == "up":
        return bool(result >= loan["threshold"])
    return bool(result <= loan["threshold"])


@pytest.mark.parametrize("outcome", OUTCOMES, ids=OUTCOME_IDS)
def test_the_verdict_agrees_with_the_figures(outcome: Row) -> None:
    loan = LOAN[outcome["loan"]]
    if outcome["design"] == "feedback":
        assert outcome["baseline_value"] is outcome["result_value"] is None
        return
    assert outcome["baseline_value"] == loan["baseline"]
    assert outcome["unit"] == loan["unit"]
    if outcome["verdict"] != "cannot_tell":
        reached = went_far_enough(loan, outcome["result_value"])
        assert reached is (outcome["verdict"] == "met")


@pytest.mark.parametrize("outcome", OUTCOMES, ids=OUTCOME_IDS)
def test_what_did_not_fully_work_has_reasons_and_what_did_has_none(outcome: Row) -> None:
    assert bool(outcome["reasons"]) is (outcome["verdict"] != "met")
    for reason in outcome["reasons"]:
        assert reason["code"] in vocabularies.codes("failure_reason")
        assert reason["weight"] in vocabularies.codes("failure_weight")
        assert reason["hands"] in vocabularies.codes("failure_hands")
        assert reason["would_have_worked"].strip()


@pytest.mark.parametrize("outcome", OUTCOMES, ids=OUTCOME_IDS)
def test_an_outcome_claims_no_more_than_its_design_allows(outcome: Row) -> None:
    assert not OVERCLAIMS.search(outcome["what_happened"])
    assert 2 <= len(re.findall(r"[.?!]+(?:\s|$)", outcome["what_happened"])) <= 6
    assert 0 < outcome["weeks"] <= LOAN[outcome["loan"]]["weeks"]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=OUTCOME_IDS)
def test_a_published_story_hides_its_school_and_small_groups(outcome: Row) -> None:
    story, loan = outcome["story"], LOAN[outcome["loan"]]
    school = SCHOOL[organisations(PERSON[loan["teacher"]], "teacher")[0]]
    assert school["name"].split()[0] not in story["school_described_as"]
    assert school["town"] not in story["school_described_as"]
    if story["published"] and outcome["pupils"] < 10:
        assert not re.search(r"\d", outcome["what_happened"])


def test_decisions_are_made_by_a_leader_of_that_school_who_is_not_the_teacher() -> None:
    for outcome in (each for each in OUTCOMES if each["school_decision"]):
        decision, teacher = outcome["school_decision"], LOAN[outcome["loan"]]["teacher"]
        school = SCHOOL[organisations(PERSON[teacher], "teacher")[0]]
        leads = organisations(PERSON[decision["by_email"]], "school_lead", "trust_lead")
        assert {school["slug"], school["trust"]} & set(leads), outcome["loan"]
        assert decision["by_email"] != teacher
        assert decision["code"] in vocabularies.codes("decision")
        assert decision["words"].strip()


def test_sometimes_the_school_decides_against_the_teachers_verdict() -> None:
    pairs = {
        (each["verdict"], each["school_decision"]["code"])
        for each in OUTCOMES
        if each["school_decision"]
    }
    assert ("not_met", "adopt") in pairs
    assert ("partly", "do_not_adopt") in pairs
    assert {code for _, code in pairs} == set(vocabularies.codes("decision"))
