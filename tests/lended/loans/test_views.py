"""The loans pages through a client: whole lives, strangers, bad input, query counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from lended import clock
from lended.loans import service
from lended.loans.rules.calendar import next_working_day
from lended.loans.rules.plans import READINESS
from lended.loans.rules.stock import UnitWish
from lended.work import open_work
from tests.lended.loans.scene import Scene
from tests.makers import Makers

MOST_QUERIES = 12
PLACES = ("teacher", "lead", "supplier")


class Site(Scene):
    """A scene with clients signed in as its people."""

    def __init__(
        self, app: Flask, made: Makers, signed_in: Callable[..., FlaskClient], **pool: Any
    ) -> None:
        listeners = app.extensions["lended.listeners"]
        super().__init__(made, lambda: open_work(made.engine, listeners), **pool)
        self.app = app
        self.as_teacher = signed_in(self.teacher_person, self.school)
        self.as_lead = signed_in(self.lead_person, self.school)
        self.as_supplier = signed_in(self.supplier_person, self.business)

    def clients(self) -> dict[str, FlaskClient]:
        return {
            "teacher": self.as_teacher,
            "lead": self.as_lead,
            "supplier": self.as_supplier,
        }


@pytest.fixture(autouse=True)
def _no_forgery_check(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def site(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Site:
    return Site(app, made, signed_in)


@pytest.fixture
def access(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Site:
    return Site(app, made, signed_in, kind="digital", capacity=30, contents=[])


def date_parts(name: str, day: Any) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def plan(**more: Any) -> dict[str, Any]:
    start = next_working_day(clock.today() + timedelta(days=21))
    return {
        "goal": "Place fractions on a line",
        "criterion_about": "pupil_learning",
        "measure": "Right answers in a quiz",
        "measure_kind": "quiz",
        "direction": "up",
        "baseline_words": "4 of 10",
        "baseline_value": "4",
        "threshold_words": "7 of 10",
        "teaching_change": "Tiles in pairs first",
        "education_lead": "Ms Adeyemi",
        "weeks": "4",
        "quantity": "1",
        "origin": "teacher",
        **date_parts("starts_on", start),
        **{f"ready_{code}": "yes" for code in READINESS},
        **more,
    }


def shown(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def sent(client: FlaskClient, path: str, fields: dict[str, Any] | None = None) -> str:
    answer = client.post(path, data=fields or {})
    assert answer.status_code == 303, (path, answer.status_code, answer.text[:3000])
    return answer.location


@contextmanager
def counted(site: Site) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    with site.app.app_context():
        engine = site.app.extensions["migrate"].db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_teacher_asks_and_a_kit_goes_all_the_way_through_the_pages(site: Site) -> None:
    teacher, lead, supplier = site.as_teacher, site.as_lead, site.as_supplier
    ask = sent(teacher, f"/products/{site.product.slug}/trial?need={site.need.id}")
    assert site.need.text in shown(teacher, ask)
    loan = sent(teacher, ask, plan())
    assert "has to agree first" in shown(teacher, loan)
    shown(lead, f"{loan}/sign-off")
    sent(lead, f"{loan}/sign-off", {"responsible_id": str(site.lead_person.id)})
    assert "would like to try this" in shown(supplier, loan)
    sent(supplier, f"{loan}/approve")
    assert "The terms" in shown(lead, f"{loan}/paperwork")
    papers = {
        "deputy": "Ms Okoro",
        "address": "Hill Lane 2",
        "delivery_window": "Weekdays",
        "terms_accepted": "y",
    }
    sent(lead, f"{loan}/paperwork", papers)
    shown(supplier, f"{loan}/dispatch")
    box = {"found_0": "24", "condition_0": "ok", "remark_0": "", "condition": "As new"}
    sent(supplier, f"{loan}/dispatch", box | {"tracking": "AB123"})
    assert "AB123" in shown(teacher, loan)
    shown(teacher, f"{loan}/receipt")
    sent(teacher, f"{loan}/receipt", box)
    shown(teacher, f"{loan}/return")
    sent(teacher, f"{loan}/return", {"words": "Friday at the office"})
    sent(supplier, f"{loan}/back")
    shown(supplier, f"{loan}/inspection")
    back = {"found_0": "20", "condition_0": "missing", "remark_0": "Four are gone"}
    sent(supplier, f"{loan}/inspection", back)
    page = shown(teacher, loan)
    assert "Four are gone" in page
    assert "Finished" in page


def test_access_is_given_shown_on_request_ended_and_deleted(access: Site) -> None:
    loan_id = access.loan("preparing")
    loan = f"/loans/{loan_id}"
    shown(access.as_supplier, f"{loan}/issue")
    sent(access.as_supplier, f"{loan}/issue", {"access_words": "Code TILES-27"})
    assert "TILES-27" not in shown(access.as_teacher, loan)
    answer = access.as_teacher.post(f"{loan}/access")
    assert "TILES-27" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "TILES-27" not in shown(access.as_teacher, loan)
    assert access.as_supplier.post(f"{loan}/access").status_code == 403
    sent(access.as_teacher, f"{loan}/begin")
    shown(access.as_teacher, f"{loan}/end")
    sent(access.as_teacher, f"{loan}/end", {"words": "Thank you"})
    shown(access.as_supplier, f"{loan}/deletion")
    sent(access.as_supplier, f"{loan}/deletion", {"none_held": "y"})
    assert "held no personal data" in shown(access.as_lead, loan)


@pytest.mark.parametrize(
    "state",
    [
        "draft",
        "school_signoff",
        "requested",
        "approved",
        "preparing",
        "dispatched",
        "active",
        "returning",
        "inspection",
        "closed",
    ],
)
def test_a_loan_reads_well_in_every_state_with_few_queries(site: Site, state: str) -> None:
    loan_id = site.loan(state)
    for who, client in site.clients().items():
        hidden = (state == "draft" and who != "teacher") or (
            state == "school_signoff" and who == "supplier"
        )
        with counted(site) as statements:
            shown(client, f"/loans/{loan_id}", 404 if hidden else 200)
        assert len(statements) <= MOST_QUERIES, "\n".join(statements)
        with counted(site) as statements:
            shown(client, "/loans")
        assert len(statements) <= MOST_QUERIES, "\n".join(statements)


def test_the_teacher_asks_with_few_queries(site: Site) -> None:
    loan_id = site.draft()
    with counted(site) as statements:
        shown(site.as_teacher, f"/loans/{loan_id}/ask")
    assert len(statements) <= MOST_QUERIES, "\n".join(statements)


def test_a_supplier_never_sees_what_is_said_about_pupils(site: Site) -> None:
    loan_id = site.loan("requested")
    page = shown(site.as_supplier, f"/loans/{loan_id}")
    for private in (
        "4 of 10 on average",
        "ten-question quiz",
        "Ms Adeyemi",
        "agreed for the school",
    ):
        assert private not in page
        if private != "agreed for the school":
            assert private in shown(site.as_lead, f"/loans/{loan_id}")


def test_other_dates_are_offered_and_taken_through_the_pages(site: Site) -> None:
    loan = f"/loans/{site.loan('requested')}"
    shown(site.as_supplier, f"{loan}/dates")
    later = next_working_day(clock.today() + timedelta(days=80))
    fields = {**date_parts("starts_on", later), "weeks": "3", "words": "Back from repair"}
    sent(site.as_supplier, f"{loan}/dates", fields)
    assert "offers other dates" in shown(site.as_teacher, loan)
    sent(site.as_teacher, f"{loan}/dates/accept")
    assert "has to accept the terms" in shown(site.as_teacher, loan)


def test_a_no_is_read_with_its_reason_and_something_else_is_offered(site: Site) -> None:
    loan = f"/loans/{site.loan('requested')}"
    shown(site.as_supplier, f"{loan}/decline")
    fields = {"reason": "none_available", "words": "Sold out until May"}
    sent(site.as_supplier, f"{loan}/decline", fields)
    page = shown(site.as_teacher, loan)
    assert "Sold out until May" in page
    assert f"/needs/{site.need.id}" in page


def test_none_free_is_said_on_the_form_and_nothing_typed_is_lost(site: Site) -> None:
    site.loan("requested")
    loan_id = site.draft()
    answer = site.as_teacher.post(f"/loans/{loan_id}/ask", data=plan(goal="Kept words"))
    assert answer.status_code == 409
    assert "The next time it is free" in answer.text
    assert "Kept words" in answer.text


def test_an_unfinished_request_comes_back(site: Site) -> None:
    loan_id = site.draft()
    fields = {"goal": "Half a sentence", "starts_on-day": "31", "weeks": "lots"}
    sent(site.as_teacher, f"/unfinished/trial/{loan_id}", fields)
    page = shown(site.as_teacher, f"/loans/{loan_id}/ask")
    assert "Half a sentence" in page
    assert 'value="31"' in page
    assert 'value="lots"' in page


def test_a_form_sent_five_times_is_one_loan(site: Site) -> None:
    """Scenario 2."""
    loan_id = site.draft()
    fields = plan(once="the same token")
    places = [sent(site.as_teacher, f"/loans/{loan_id}/ask", fields) for _ in range(5)]
    assert set(places) == {f"/loans/{loan_id}"}
    assert [event.kind for event in site.row(loan_id).events] == ["submit_for_signoff"]


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
        "preparing": [(site.as_supplier, "dispatch", [*box, "condition", "tracking", "unit_id"])],
        "dispatched": [(site.as_teacher, "receipt", [*box, "words"])],
        "active": [(site.as_teacher, "return", ["words"])],
        "inspection": [(site.as_supplier, "inspection", [*box, "words"])],
    }
    found: list[tuple[FlaskClient, str, list[str]]] = [
        (site.as_supplier, f"/supplier/products/{slug}/stock", ["kind", "capacity", "contents"]),
        (site.as_supplier, f"/supplier/products/{slug}/stock/kits", kit),
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
    fields = plan(goal="Kept goal", measure="Number of log-ins")
    answer = site.as_teacher.post(f"/loans/{loan_id}/ask", data=fields)
    assert answer.status_code == 422
    assert "counts use, not what changed" in answer.text


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


def test_a_supplier_keeps_stock_and_kits(site: Site) -> None:
    stock = f"/supplier/products/{site.product.slug}/stock"
    shown(site.as_supplier, stock)
    fields = {"kind": "physical", "capacity": "3", "contents": "24 Fraction tiles\n1 × Book"}
    sent(site.as_supplier, stock, fields)
    sent(site.as_supplier, f"{stock}/kits", {"serial": "KIT-1", "state": "in_service"})
    page = shown(site.as_supplier, stock)
    assert "KIT-1" in page
    with site.transaction() as work:
        unit_id = work.session.connection().exec_driver_sql("SELECT id FROM units").scalar_one()
    shown(site.as_supplier, f"{stock}/kits/{unit_id}")
    kit = {"serial": "KIT-1", "condition": "Worn", "state": "quarantined"}
    sent(site.as_supplier, f"{stock}/kits/{unit_id}", kit)
    assert "Set aside for repair" in shown(site.as_supplier, stock)
    answer = site.as_supplier.post(stock, data=fields | {"contents": "many tiles"})
    assert answer.status_code == 422
    assert "many tiles" in answer.text


def test_the_kit_to_send_is_chosen_on_the_page(site: Site) -> None:
    unit = UnitWish("KIT-7", "As new")
    unit_id = site.do(service.add_unit, site.supplier, site.product.slug, unit)
    loan = f"/loans/{site.loan('preparing')}"
    assert "KIT-7" in shown(site.as_supplier, f"{loan}/dispatch")
    box = {"found_0": "24", "condition_0": "ok", "condition": "As new"}
    assert site.as_supplier.post(f"{loan}/dispatch", data=box).status_code == 422
    sent(site.as_supplier, f"{loan}/dispatch", box | {"unit_id": str(unit_id)})
    assert "KIT-7" in shown(site.as_teacher, loan)


def test_a_form_sent_five_times_at_once_is_one_loan_and_five_equal_answers(
    site: Site, signed_in: Callable[..., FlaskClient]
) -> None:
    """Scenario 2, by an impatient finger."""
    clients = [signed_in(site.teacher_person, site.school) for _ in range(5)]
    loan_id = site.draft()
    fields = plan(once="one token for all")
    with ThreadPoolExecutor(5) as pool:
        places = list(pool.map(lambda one: sent(one, f"/loans/{loan_id}/ask", fields), clients))
    assert set(places) == {f"/loans/{loan_id}"}
    assert [event.kind for event in site.row(loan_id).events] == ["submit_for_signoff"]
