"""Strangers, bad input and moves out of turn are answered, never obeyed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from lended import clock
from tests.lended.loans.site import Site, date_parts, plan

GET_PAGES = (
    "",
    "/ask",
    "/sign-off",
    "/refuse",
    "/paperwork",
    "/receipt",
    "/return",
    "/end",
    "/cancel",
    "/decline",
    "/dates",
    "/dispatch",
    "/issue",
    "/inspection",
    "/deletion",
)
POSTS = (*GET_PAGES[1:], "/access", "/approve", "/begin", "/back", "/dates/accept")


def test_to_strangers_no_address_of_a_loan_exists(
    site: Site, signed_in: Callable[..., FlaskClient]
) -> None:
    loan_id = site.loan("active")
    school = site.make.organisation("school")
    business = site.make.organisation("supplier")
    site.make.supplier(business)
    strangers = [
        signed_in(site.make.person(school, "teacher", "school_lead"), school),
        signed_in(site.make.person(business, "supplier"), business),
        signed_in(site.make.person()),
    ]
    for stranger in strangers:
        for page in GET_PAGES:
            assert stranger.get(f"/loans/{loan_id}{page}").status_code == 404, page
        for post in POSTS:
            assert stranger.post(f"/loans/{loan_id}{post}", data=plan()).status_code == 404, post
        assert stranger.get(f"/supplier/products/{site.product.slug}/stock").status_code == 404
    assert site.state(loan_id) == "active"


def test_a_visitor_is_asked_to_sign_in(site: Site, client: FlaskClient) -> None:
    loan_id = site.loan("active")
    for page in GET_PAGES:
        answer = client.get(f"/loans/{loan_id}{page}")
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")


NASTY = {
    "missing": "",
    "overlong": "a" * 9000,
    "binary": "\x00\x01\x02\ud7ff\uffff",
    "zero-width": "\u200b\u200d\u2060",
    "right-to-left": "\u202eabc\u202c",
    "emoji": "👩‍🏫🧮" * 3,
}


def forms_of(site: Site) -> list[tuple[FlaskClient, str, list[str]]]:
    """Return each form of a kit's life: who, where, and the fields in it."""
    slug = site.product.slug
    dates = ["starts_on-day", "starts_on-month", "starts_on-year", "weeks"]
    box = ["found_0", "condition_0", "remark_0"]
    kit = ["serial", "condition", "state", "electrical_check_on-day"]
    by_state = {
        "draft": [(site.as_teacher, "ask", list(plan()))],
        "school_signoff": [
            (site.as_lead, "sign-off", ["responsible_id", "words"]),
            (site.as_lead, "refuse", ["words"]),
        ],
        "requested": [
            (site.as_supplier, "decline", ["reason", "words"]),
            (site.as_supplier, "dates", [*dates, "words"]),
            (site.as_supplier, "cancel", ["reason", "words"]),
        ],
        "approved": [(site.as_lead, "paperwork", ["deputy", "address", "delivery_window"])],
        "preparing": [(site.as_supplier, "dispatch", [*box, "condition", "tracking", "unit_ids"])],
        "dispatched": [(site.as_teacher, "receipt", [*box, "words"])],
        "active": [(site.as_teacher, "return", ["words"])],
        "inspection": [(site.as_supplier, "inspection", [*box, "words"])],
    }
    found: list[tuple[FlaskClient, str, list[str]]] = [
        (site.as_supplier, f"/supplier/products/{slug}/stock", ["kind", "capacity", "contents"]),
        (site.as_supplier, f"/supplier/products/{slug}/stock/parts/{site.pool.id}/kits", kit),
    ]
    for state, forms in by_state.items():
        site.product = site.make.product(site.supplier_row, facts={"personal_data": "none"})
        site.pool = site.make.pool(site.product, capacity=50)
        loan_id = site.loan(state)
        found += [(who, f"/loans/{loan_id}/{page}", fields) for who, page, fields in forms]
    return found


@pytest.mark.parametrize("kind", NASTY)
def test_bad_input_is_answered_beside_the_field_and_never_breaks(
    site: Site, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lended.loans.service.ask.MOST_OPEN_LOANS", 99)
    for client, path, fields in forms_of(site):
        answer = client.post(path, data=dict.fromkeys(fields, NASTY[kind]))
        assert answer.status_code in {303, 422}, (path, answer.status_code)
        doubled = {name: [NASTY[kind], NASTY[kind]] for name in fields}
        again = client.post(path, data=doubled)
        assert again.status_code in {303, 409, 422}, (path, again.status_code)


def test_what_was_typed_is_still_there_after_a_mistake(site: Site) -> None:
    loan_id = site.draft()
    fields = plan(goal="Kept goal", measure="Number of log-ins", weeks="99")
    fields["starts_on-day"] = "31"
    fields["starts_on-month"] = "2"
    answer = site.as_teacher.post(f"/loans/{loan_id}/ask", data=fields)
    assert answer.status_code == 422
    for kept in ("Kept goal", "Number of log-ins", 'value="99"', 'value="31"', "Ms Adeyemi"):
        assert kept in answer.text


def test_counting_use_is_refused_at_once_beside_all_else_that_is_wrong(site: Site) -> None:
    """P3: the explanation does not wait until everything else is right."""
    fields = plan(measure="Number of log-ins", threshold_words="Every pupil logs in daily", goal="")
    answer = site.as_teacher.post(f"/loans/{site.draft()}/ask", data=fields)
    assert answer.status_code == 422
    assert answer.text.count("counts use, not what changed") == 4, "in the summary and beside"
    assert "Say what you want to change." in answer.text


@pytest.mark.parametrize("year", ["0", "1", "9999", "99999", "١٢", "-1", "2027.5"])
def test_odd_years_are_refused_beside_the_date(site: Site, year: str) -> None:
    loan_id = site.draft()
    fields = plan()
    fields["starts_on-year"] = year
    answer = site.as_teacher.post(f"/loans/{loan_id}/ask", data=fields)
    assert answer.status_code == 422


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "2", "1e3", "999999999999", "NaN"])
def test_odd_quantities_are_refused_beside_the_number(site: Site, quantity: str) -> None:
    loan_id = site.draft()
    answer = site.as_teacher.post(f"/loans/{loan_id}/ask", data=plan(quantity=quantity))
    assert answer.status_code == 422


def test_moves_out_of_turn_are_conflicts(site: Site) -> None:
    loan = f"/loans/{site.loan('active')}"
    for client, page in (
        (site.as_supplier, "approve"),
        (site.as_supplier, "dispatch"),
        (site.as_teacher, "cancel"),
        (site.as_lead, "sign-off"),
        (site.as_teacher, "begin"),
    ):
        assert client.post(f"{loan}/{page}", data=plan()).status_code == 409


def test_a_closed_day_is_answered_beside_the_date_with_the_next_open_one(site: Site) -> None:
    day = clock.today() + timedelta(days=40)
    sunday = day + timedelta(days=6 - day.weekday())
    fields = plan() | date_parts("starts_on", sunday)
    answer = site.as_teacher.post(f"/loans/{site.draft()}/ask", data=fields)
    assert answer.status_code == 422
    beside = answer.text.partition('id="starts_on-error"')[2].partition("</p>")[0]
    assert "The next open day is" in beside
    assert "Place fractions on a line" in answer.text
