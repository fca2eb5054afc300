"""The pages of a set of kits and seats: its kits are checked, the data behind its seats waits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lended import clock
from lended.loans import service
from lended.loans.rules.calendar import in_words
from lended.loans.rules.papers import DeletionWish
from lended.loans.rules.returns import IncidentWish
from lended.web.theme import day
from tests.lended.loans.acts import MISSED
from tests.lended.loans.site import Site, date_parts, sent, shown
from tests.makers import Makers

LABEL = re.compile(r'<div class="stamp__what">\s*<h3>\s*([^<]+)')
CHECKED = {"found_0": "24", "condition_0": "ok"}


@pytest.fixture
def a_set(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Site:
    """Return a school and a supplier with a kit and thirty seats, signed in."""
    app.config["WTF_CSRF_ENABLED"] = False
    site = Site(app, made, signed_in, facts={}, label="Robots")
    made.pool(site.product, label="Seats", kind="digital", capacity=30, in_a_set=30, contents=[])
    return site


def slip_of(page: str) -> list[str]:
    """Return the labels of the boxes of a date slip."""
    return [label.strip() for label in LABEL.findall(page)]


def test_whoever_checks_a_set_is_told_that_its_data_is_deleted_next(a_set: Site) -> None:
    loan_id = a_set.loan("inspection")
    page = shown(a_set.as_supplier, f"/loans/{loan_id}/inspection")
    assert "the data behind the seats is deleted" in page
    assert "Close this loan" not in page
    assert "It is checked" in page
    sent(a_set.as_supplier, f"/loans/{loan_id}/inspection", CHECKED)
    page = shown(a_set.as_supplier, f"/loans/{loan_id}")
    assert "Checked. Delete the school’s data next, and confirm it." in page
    assert "Confirm the deletion" in page
    assert "Confirm the deletion" in shown(a_set.as_supplier, f"/loans/{loan_id}/deletion")


def test_a_teacher_reads_that_the_set_is_back_and_what_is_waited_for(a_set: Site) -> None:
    loan_id = a_set.loan("access_ended")
    due = clock.today() + timedelta(days=30)
    page = shown(a_set.as_teacher, f"/loans/{loan_id}")
    supplier = a_set.supplier_row.name
    assert f"It is back and checked. {supplier} still has to delete your data." in page
    assert f"This is due by {in_words(due)}." in page
    assert f"Data is to be deleted by {day(due)}." in page
    assert "Ask what it costs" in page


def test_the_slip_of_a_set_has_a_box_for_the_check_and_one_for_the_deletion(a_set: Site) -> None:
    loan_id = a_set.loan("returning")
    wanted = ["Sent back", "Back at the supplier", "Checked", "Data deleted and closed"]
    assert slip_of(shown(a_set.as_teacher, f"/loans/{loan_id}"))[-4:] == wanted
    a_set.do(service.take_back, a_set.supplier, loan_id)
    wish = IncidentWish("missing", "Two tiles are missing.", MISSED.items)
    a_set.do(service.close_with_incident, a_set.supplier, loan_id, wish)
    page = shown(a_set.as_lead, f"/loans/{loan_id}")
    assert slip_of(page)[-2:] == ["Checked, with something to settle", wanted[-1]]


def test_what_is_to_settle_and_what_is_set_aside_shows_before_the_data_is_gone(
    a_set: Site,
) -> None:
    loan_id = a_set.loan("inspection")
    wish = IncidentWish("missing", "Two tiles are missing.", MISSED.items)
    incident = a_set.do(service.close_with_incident, a_set.supplier, loan_id, wish)
    for client in (a_set.as_teacher, a_set.as_supplier):
        assert f"/incidents/{incident}" in shown(client, f"/loans/{loan_id}")
        shown(client, f"/incidents/{incident}")
    aside = "Something of this loan is set aside. Say when it is ready again."
    assert aside in shown(a_set.as_supplier, f"/loans/{loan_id}")
    assert aside not in shown(a_set.as_teacher, f"/loans/{loan_id}")
    a_set.do(service.release, a_set.supplier, loan_id, "Complete again.")
    assert aside not in shown(a_set.as_supplier, f"/loans/{loan_id}")


def test_the_certificate_says_when_the_school_could_no_longer_get_in(a_set: Site) -> None:
    loan_id = a_set.loan("inspection")
    ended_on = clock.today()
    with clock.at(clock.now() + timedelta(days=3)):
        sent(a_set.as_supplier, f"/loans/{loan_id}/inspection", CHECKED)
        wish = {"scope": "All accounts", **date_parts("deleted_on", ended_on)}
        sent(a_set.as_supplier, f"/loans/{loan_id}/deletion", wish)
        page = shown(a_set.as_lead, f"/loans/{loan_id}/papers/deletion")
    assert page.split("Access ended")[1].split("</dd>")[0].count(in_words(ended_on)) == 1


def test_the_data_behind_a_lost_set_is_on_its_page_until_it_is_deleted(a_set: Site) -> None:
    loan_id = a_set.loan("active")
    page = f"/loans/{loan_id}"
    a_set.do(service.report_lost, a_set.lead, loan_id, "The bus left with it.")
    assert "still has to delete your data" in shown(a_set.as_teacher, page)
    assert "Delete the school’s data all the same" in shown(a_set.as_supplier, page)
    assert f"{page}/deletion-after-loss" in shown(a_set.as_supplier, "/desk")
    wish = {"none_held": "y"}
    sent(a_set.as_supplier, f"{page}/deletion-after-loss", wish)
    assert "Certificate of deletion" in shown(a_set.as_lead, page)
    assert "still has to delete" not in shown(a_set.as_teacher, page)
    assert f"{page}/deletion-after-loss" not in shown(a_set.as_supplier, "/desk")
    assert a_set.as_supplier.get(f"{page}/deletion-after-loss").status_code == 409
    assert a_set.as_teacher.get(f"{page}/deletion-after-loss").status_code in {403, 404}


def test_a_set_whose_data_is_gone_is_finished(a_set: Site) -> None:
    loan_id = a_set.loan("access_ended")
    a_set.do(service.confirm_deletion, a_set.supplier, loan_id, DeletionWish(none_held=True))
    page = shown(a_set.as_teacher, f"/loans/{loan_id}")
    assert "Finished" in page
    assert "still has to delete" not in page
