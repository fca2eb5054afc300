"""LendED's staff cancel a loan for a side that cannot do it itself."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from lended.loans.rules.references import reference_of
from tests.conftest import ON_EACH_ENGINE
from tests.lended.loans.site import Site, sent, shown


@pytest.fixture
def as_staff(site: Site, signed_in: Any) -> FlaskClient:
    platform = site.make.organisation("platform")
    client: FlaskClient = signed_in(site.make.person(platform, "staff"), platform)
    return client


def found(client: FlaskClient, typed: str) -> str:
    """Look for a loan by what was typed; return where that leads."""
    answer = client.get("/staff/loans", query_string={"reference": typed})
    assert answer.status_code == 303, answer.text
    return answer.location


@ON_EACH_ENGINE
def test_staff_find_a_loan_by_its_number_and_cancel_it(site: Site, as_staff: FlaskClient) -> None:
    loan_id = site.loan("preparing")
    assert "Which loan?" in shown(as_staff, "/staff/loans")
    address = found(as_staff, f" {reference_of(loan_id).lower()} ")
    page = shown(as_staff, address)
    assert site.product.name in page
    assert site.need.text not in page
    fields = {"reason": "other", "words": "The supplier has closed."}
    assert sent(as_staff, address, fields).endswith("/staff/loans")
    assert "Those concerned have been told." in shown(as_staff, "/staff/loans")
    for side in (site.as_teacher, site.as_supplier):
        history = shown(side, f"/loans/{loan_id}")
        assert "of LendED cancelled" in history
        assert "The supplier has closed." in history
    assert "of LendED cancelled your trial" in shown(site.as_teacher, "/inbox")


def test_a_reason_and_words_are_asked_for_and_nothing_typed_is_lost(
    site: Site, as_staff: FlaskClient
) -> None:
    loan_id = site.loan("approved")
    answer = as_staff.post(f"/staff/loans/{loan_id}/cancel", data={"words": "The lead rang."})
    assert answer.status_code == 422
    assert "Choose a reason." in answer.text
    assert "The lead rang." in answer.text
    assert site.row(loan_id).state == "approved"


@pytest.mark.parametrize("state", ["draft", "dispatched", "closed"])
def test_what_is_still_written_or_was_sent_is_not_found(
    site: Site, as_staff: FlaskClient, state: str
) -> None:
    loan_id = site.loan(state)
    query = {"reference": reference_of(loan_id)}
    answer = as_staff.get("/staff/loans", query_string=query)
    assert answer.status_code == 422
    assert "No loan with this number can be cancelled" in answer.text
    assert reference_of(loan_id) in answer.text
    shown(as_staff, f"/staff/loans/{loan_id}/cancel", 404)


@pytest.mark.parametrize("typed", ["Pebble Recorders", "LN-", "0", "99999999999999999999"])
def test_what_is_no_number_is_said_to_be_none(as_staff: FlaskClient, typed: str) -> None:
    answer = as_staff.get("/staff/loans", query_string={"reference": typed})
    assert answer.status_code == 422


def test_nobody_else_looks_up_loans_by_their_number(site: Site) -> None:
    loan_id = site.loan("approved")
    for client in site.clients().values():
        assert client.get("/staff/loans").status_code == 404
        assert client.post(f"/staff/loans/{loan_id}/cancel").status_code == 404
