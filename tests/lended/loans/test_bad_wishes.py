"""Wishes that cannot be, by form and by API: answered beside the field, nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lended import clock
from lended.loans import service
from lended.loans.rules.codes import CodeRow
from tests.lended.loans.site import Site, date_parts, plan
from tests.lended.operations.filled import everything
from tests.lended.web.programs.office import Office, named
from tests.makers import Makers

NOT_NUMBERS = (0, -1, 1.5, 99)
"""As weeks and as how many: none, less than none, a part, more than there are."""


@pytest.fixture
def office(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Office:
    """Return a school and a supplier, signed in and with programs."""
    app.config["WTF_CSRF_ENABLED"] = False
    return Office(app, made, signed_in)


def sunday() -> date:
    """Return a Sunday some weeks ahead."""
    day = clock.today() + timedelta(days=40)
    return day + timedelta(days=6 - day.weekday())


def first_days() -> dict[str, date]:
    """Return first days that cannot be."""
    today = clock.today()
    return {
        "past": today - timedelta(days=1),
        "today": today,
        "too far": today + timedelta(days=400),
        "closed": sunday(),
    }


@pytest.mark.parametrize("which", first_days())
def test_a_first_day_that_cannot_be_is_answered_beside_it(office: Office, which: str) -> None:
    day = first_days()[which]
    refused_by_form(office, "starts_on", plan(**date_parts("starts_on", day)))
    refused_by_api(office, "starts_on", office.plan(starts_on=day.isoformat()))


@pytest.mark.parametrize("field", ["weeks", "quantity"])
@pytest.mark.parametrize("number", NOT_NUMBERS)
def test_a_number_that_cannot_be_is_answered_beside_it(
    office: Office, field: str, number: float
) -> None:
    refused_by_form(office, field, plan(**{field: str(number)}))
    refused_by_api(office, field, office.plan(**{field: number}))


def refused_by_form(site: Site, field: str, fields: dict[str, Any]) -> None:
    """See that the form says what is wrong with a field, and that nothing else happened."""
    loan_id = site.draft()
    before = loans_in(site)
    answer = site.as_teacher.post(f"/loans/{loan_id}/ask", data=fields)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert loans_in(site) == before


def refused_by_api(office: Office, field: str, body: dict[str, Any]) -> None:
    """See that a program is told what is wrong with a field, and that nothing happened."""
    before = loans_in(office)
    answer = office.post("/loans", office.school_token, body)
    assert answer.status_code == 422
    assert named(answer).keys() == {field}
    assert loans_in(office) == before


def loans_in(site: Site) -> dict[str, Any]:
    """Return every row of what is lent and of what was told; what was typed may be kept."""
    kept = ("loans", "loan_lines", "loan_events", "plans", "queue_places", "extensions", "notices")
    return {name: rows for name, rows in everything(site.make.engine).items() if name in kept}


@pytest.mark.parametrize("which", ["reversed", "past", "beyond"])
def test_a_longer_time_that_cannot_be_is_answered_beside_its_day(site: Site, which: str) -> None:
    loan_id = site.loan("active")
    due_on = site.row(loan_id).lines[0].due_on
    until = {
        "reversed": due_on - timedelta(days=1),
        "past": clock.today() - timedelta(days=1),
        "beyond": due_on + timedelta(days=4000),
    }[which]
    before = loans_in(site)
    fields = {**date_parts("until", until), "words": "One more unit"}
    answer = site.as_teacher.post(f"/loans/{loan_id}/longer", data=fields)
    assert answer.status_code == 422
    assert 'id="until-error"' in answer.text
    assert loans_in(site) == before


@pytest.mark.parametrize("which", ["past", "beyond", "too long"])
def test_other_dates_that_cannot_be_are_answered_beside_them(site: Site, which: str) -> None:
    loan_id = site.loan("requested")
    day, weeks, field = {
        "past": (clock.today(), "2", "starts_on"),
        "beyond": (clock.today() + timedelta(days=400), "2", "starts_on"),
        "too long": (clock.today() + timedelta(days=35), "99", "weeks"),
    }[which]
    before = loans_in(site)
    fields = {**date_parts("starts_on", day), "weeks": weeks, "words": "Stock-taking"}
    answer = site.as_supplier.post(f"/loans/{loan_id}/dates", data=fields)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert loans_in(site) == before


@pytest.mark.parametrize(("which", "status"), [("used", 409), ("unknown", 404), ("other", 404)])
def test_a_code_that_is_not_there_to_be_withdrawn_stays_as_it_is(
    access: Site, which: str, status: int
) -> None:
    slug, other = access.product.slug, access.make.product(access.supplier_row)
    access.make.pool(other, kind="digital", capacity=3, contents=[])
    for each in (slug, other.slug):
        row = CodeRow(1, f"CODE-{each}")
        access.do(service.import_codes, access.supplier, each, [row])
    access.loan("issued")
    code_id = {"used": 1, "unknown": 99, "other": 2}[which]
    before = everything(access.make.engine)
    answer = access.as_supplier.post(f"/supplier/products/{slug}/codes/{code_id}/withdraw")
    assert answer.status_code == status
    assert everything(access.make.engine) == before


def test_forms_that_were_answered_meanwhile_and_posts_sent_again_change_nothing(site: Site) -> None:
    loan_id = site.loan("approved")
    before = loans_in(site)
    for page, fields in (
        ("approve", {}),
        ("decline", {"reason": "other", "words": "Too late"}),
        ("dates", {**date_parts("starts_on", clock.today() + timedelta(days=35)), "weeks": "2"}),
    ):
        answer = site.as_supplier.post(f"/loans/{loan_id}/{page}", data={"words": "So", **fields})
        assert answer.status_code == 409, page
        assert loans_in(site) == before
