"""Asking to keep something longer, by page and by program, while others wait for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lended import clock
from lended.loans import service
from lended.loans.rules.calendar import DAY, in_words, next_working_day, whole_weeks
from lended.loans.rules.queue import Flexible
from tests.lended.loans.scene import a_wish
from tests.lended.loans.site import Site, date_parts, sent, shown
from tests.lended.web.programs.office import Office
from tests.makers import Makers

WEEK = timedelta(weeks=1)
WHY = {"words": "Half of the class was ill"}


@pytest.fixture
def office(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Office:
    """Return a school and a supplier with one kit, signed in, and their programs."""
    app.config["WTF_CSRF_ENABLED"] = False
    return Office(app, made, signed_in)


def in_use(site: Site) -> tuple[int, date]:
    """Return a loan that a school has, and its last day."""
    loan_id = site.loan("active")
    return loan_id, site.row(loan_id).lines[0].due_on


def others_wait(site: Site, due: date) -> tuple[Callable[[], None], Flexible]:
    """Let one school wait for the weeks after a day, some of which another one was promised.

    Returns
    -------
    tuple
        What makes it wait no longer, and for what it waits.
    """
    holder, _lead = site.another_school()
    promised = whole_weeks(next_working_day(due + 4 * WEEK), 4)
    site.do(service.submit, holder, site.draft(holder), a_wish(dates=promised))
    teacher, _lead = site.another_school()
    loan_id, wish = site.draft(teacher), Flexible(due + DAY, promised.due_on - 2 * WEEK, 4)
    site.do(service.join_queue, teacher, loan_id, a_wish(), wish)
    return lambda: site.do(service.cancel, teacher, loan_id), wish


def test_the_page_says_that_another_school_waits_and_asks_nothing(office: Office) -> None:
    loan_id, due = in_use(office)
    leave, wish = others_wait(office, due)
    page = f"/loans/{loan_id}/longer"
    refused = shown(office.as_teacher, page)
    assert f"Somebody is waiting for it from {in_words(wish.earliest_on)}" in refused
    assert "it has to go back on its day" in refused
    assert 'name="words"' not in refused
    fields = {**date_parts("until", due + WEEK), **WHY}
    answer = office.as_teacher.post(page, data=fields)
    assert answer.status_code == 409
    assert "Somebody is waiting for it" in answer.text
    assert office.row(loan_id).lines[0].due_on == due
    leave()
    assert 'name="words"' in shown(office.as_teacher, page)
    sent(office.as_teacher, page, fields)
    assert office.row(loan_id).lines[0].due_on == due + WEEK


def test_both_sides_read_that_it_would_be_kept_longer_until_that_is_answered(
    office: Office,
) -> None:
    loan_id, due = in_use(office)
    others_wait(office, due + 8 * WEEK)
    page, until = f"/loans/{loan_id}", due + WEEK
    sent(office.as_teacher, f"{page}/longer", {**date_parts("until", until), **WHY})
    with clock.at(datetime.combine(due - DAY, time(12), tzinfo=clock.LONDON)):
        for client, words in (
            (office.as_supplier, f"{office.school.name} would like to keep it until"),
            (office.as_teacher, "has to answer whether you can keep it until"),
        ):
            said = " ".join(shown(client, page).split())
            assert f"{words} {in_words(until)}." in said
            assert "nearly time to send it back" not in said


def test_a_program_is_refused_what_others_wait_for(office: Office) -> None:
    loan_id, due = in_use(office)
    leave, wish = others_wait(office, due)
    token = office.token(office.teacher_person, office.school)
    path, body = f"/loans/{loan_id}", {"until": (due + WEEK).isoformat(), **WHY}
    before = office.get(path, token).get_json()
    refused = office.post(f"{path}/ask-extension", token, body)
    assert refused.status_code == 409
    assert refused.content_type == "application/problem+json"
    assert in_words(wish.earliest_on) in refused.get_json()["detail"]
    assert office.get(path, token).get_json() == before
    leave()
    kept = office.post(f"{path}/ask-extension", token, body)
    assert kept.status_code == 200
    assert kept.get_json()["due_on"] == body["until"]
    assert [each["move"] for each in kept.get_json()["history"]][-2:] == ["ask-extension", "extend"]


def test_a_program_hears_beside_its_field_that_a_day_cannot_be(office: Office) -> None:
    loan_id, due = in_use(office)
    token = office.token(office.teacher_person, office.school)
    for body, fields in (({"until": due.isoformat(), **WHY}, {"until"}), ({}, {"until", "words"})):
        refused = office.post(f"/loans/{loan_id}/ask-extension", token, body)
        assert refused.status_code == 422
        assert {each["field"] for each in refused.get_json()["errors"]} == fields
