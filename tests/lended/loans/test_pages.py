"""The pages of a loan through a client: whole lives, and how they read in every state."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from lended import clock
from lended.loans import service
from lended.loans.rules.calendar import next_working_day, whole_weeks
from lended.loans.rules.stock import UnitWish
from tests.conftest import ON_EACH_ENGINE
from tests.lended.loans.site import Site, counted, date_parts, plan, sent, shown

MOST_QUERIES = 12


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
    assert supplier.post(f"{loan}/inspection", data=back).status_code == 422
    back["settle"] = "nothing"
    sent(supplier, f"{loan}/inspection", back)
    page = shown(teacher, loan)
    assert "Four are gone" in page
    assert "Finished" in page


def test_the_slip_says_who_agreed_to_other_dates(site: Site) -> None:
    loan_id = site.loan("requested")
    loan = f"/loans/{loan_id}"
    later = next_working_day(clock.today() + timedelta(days=40))
    other = date_parts("starts_on", later) | {"weeks": "4", "words": "We are closed that week"}
    sent(site.as_supplier, f"{loan}/dates", other)
    assert "We are closed that week" in shown(site.as_teacher, loan)
    sent(site.as_teacher, f"{loan}/dates/accept")
    page = shown(site.as_teacher, loan)
    assert "Other dates agreed" in page
    assert "The supplier says yes" not in page


def test_the_history_says_of_nobody_what_the_clock_did(access: Site) -> None:
    loan_id = access.loan("issued")
    with clock.at(clock.now() + timedelta(days=120)):
        service.run_clock(access.transaction)
    page = shown(access.as_lead, f"/loans/{loan_id}")
    assert "The trial began on its first day." in page
    assert "LendED began" not in page


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


def test_what_came_to_nothing_leads_the_teacher_back_to_the_need(site: Site) -> None:
    loan = f"/loans/{site.loan('requested')}"
    assert "See what else may help" not in shown(site.as_teacher, loan)
    sent(site.as_teacher, f"{loan}/cancel", {"words": "We found one in a cupboard"})
    assert "See what else may help" in shown(site.as_teacher, loan)
    assert "See what else may help" not in shown(site.as_supplier, loan)


def test_what_waits_is_listed_soonest_first(site: Site) -> None:
    with clock.at(clock.now() - timedelta(days=3)):
        sooner = site.loan("school_signoff")
    much_later = next_working_day(clock.today() + timedelta(days=120))
    later = site.loan("school_signoff", whole_weeks(much_later, 4))
    page = shown(site.as_lead, "/loans")
    assert page.index(f'href="/loans/{sooner}"') < page.index(f'href="/loans/{later}"')


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


@ON_EACH_ENGINE
def test_a_form_sent_five_times_is_one_loan(site: Site) -> None:
    """Scenario 2."""
    loan_id = site.draft()
    fields = plan(once="the same token")
    places = [sent(site.as_teacher, f"/loans/{loan_id}/ask", fields) for _ in range(5)]
    assert set(places) == {f"/loans/{loan_id}"}
    assert [event.kind for event in site.row(loan_id).events] == ["submit_for_signoff"]


def test_a_supplier_keeps_stock_and_kits(site: Site) -> None:
    stock = f"/supplier/products/{site.product.slug}/stock"
    shown(site.as_supplier, stock)
    fields = {"kind": "physical", "capacity": "3", "contents": "24 Fraction tiles\n1 × Book"}
    sent(site.as_supplier, stock, fields)
    sent(
        site.as_supplier,
        f"{stock}/parts/{site.pool.id}/kits",
        {"serial": "KIT-1", "state": "in_service", "battery": "none"},
    )
    page = shown(site.as_supplier, stock)
    assert "KIT-1" in page
    with site.transaction() as work:
        unit_id = work.session.connection().exec_driver_sql("SELECT id FROM units").scalar_one()
    shown(site.as_supplier, f"{stock}/kits/{unit_id}")
    kit = {"serial": "KIT-1", "condition": "Worn", "state": "quarantined", "battery": "none"}
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
    box |= {"unit_ids": str(unit_id)}
    answer = site.as_supplier.post(f"{loan}/dispatch", data=box)
    assert answer.status_code == 422
    assert "A yearly test is not law in Great Britain" in " ".join(answer.text.split())
    sent(site.as_supplier, f"{loan}/dispatch", box | {"safety_words": "Nothing is electrical"})
    assert "KIT-7" in shown(site.as_teacher, loan)
    stock = shown(site.as_supplier, f"/supplier/products/{site.product.slug}/stock")
    assert f"Lent to {site.school.name}" in stock


@ON_EACH_ENGINE
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


@pytest.mark.parametrize(
    ("state", "who", "page", "fields"),
    [
        ("requested", "as_supplier", "approve", {}),
        ("requested", "as_supplier", "decline", {"reason": "other", "words": "All are out"}),
        ("active", "as_teacher", "return", {"words": "Friday at the office"}),
    ],
)
@ON_EACH_ENGINE
def test_a_move_sent_twice_is_made_once_and_leads_to_the_loan_both_times(
    site: Site, state: str, who: str, page: str, fields: dict[str, str]
) -> None:
    """Not to an answer that somebody else was faster: it was the very same form."""
    loan_id = site.loan(state)
    client, address = getattr(site, who), f"/loans/{loan_id}/{page}"
    form = fields | {"once": "one token for both"}
    assert {sent(client, address, form) for _ in range(2)} == {f"/loans/{loan_id}"}
    events = len(site.row(loan_id).events)
    stale = client.post(address, data=fields | {"once": "another page, opened before"})
    assert stale.status_code == 409
    assert len(site.row(loan_id).events) == events


@pytest.mark.parametrize("token", ["", "x" * 65, "\x00", "never sent"])
def test_a_refusal_is_answered_whatever_its_token(site: Site, token: str) -> None:
    address = f"/loans/{site.loan('active')}/approve"
    assert site.as_supplier.post(address, data={"once": token}).status_code == 409
    assert site.as_teacher.post("/loans/99999/cancel", data={"once": token}).status_code == 404
