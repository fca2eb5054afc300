"""The desk of each role: what needs them first, and nothing of anybody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lended import clock
from lended.accounts.models import JoinRequest, Organisation, UnfinishedForm
from lended.notices.models import Notice
from lended.outcomes.models import Decision, Outcome
from tests.lended.outcomes.scene import School, statements
from tests.makers import Makers

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def school(made: Makers) -> School:
    return School(made)


@pytest.fixture
def teacher(school: School, signed_in: SignIn) -> FlaskClient:
    return signed_in(school.teacher_person, school.organisation)


@pytest.fixture
def lead(school: School, signed_in: SignIn) -> FlaskClient:
    return signed_in(school.lead_person, school.organisation)


@pytest.fixture
def supplier(school: School, signed_in: SignIn) -> FlaskClient:
    return signed_in(school.supplier_person, school.business)


def outcome_of(school: School, loan_id: int, **more: Any) -> Outcome:
    fields: dict[str, Any] = {
        "loan_id": loan_id,
        "person_id": school.teacher_person.id,
        "verdict": "partly",
        "design": "feedback",
        "weeks": 4,
        "what_happened": "Some of it.",
        "given_at": clock.now(),
        "changed_at": clock.now(),
        "school_described_as": "A school",
    }
    found: Outcome = school.make.save(Outcome(**(fields | more)))
    return found


def tasks(page: str) -> str:
    """Return the part of a page that says what needs its reader now."""
    return page.partition('<section class="tasks"')[2].partition("</section>")[0]


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/desk").location == "/sign-in?next=%2Fdesk"


def test_who_belongs_nowhere_is_shown_how_to_join(made: Makers, signed_in: SignIn) -> None:
    person = made.person()
    page = signed_in(person).get("/desk").text
    assert "Find your school" in page
    assert "Join as a supplier" in page
    place = made.organisation("school", "Hilltop")
    fields = {"role": "teacher", "asked_at": clock.now()}
    made.save(JoinRequest(person_id=person.id, organisation_id=place.id, **fields))
    assert "Hilltop" in signed_in(person).get("/desk").text


def test_an_empty_desk_says_what_to_do(
    teacher: FlaskClient, lead: FlaskClient, supplier: FlaskClient
) -> None:
    assert "Nothing on loan" in teacher.get("/desk").text
    assert "Nothing is out" in lead.get("/desk").text
    page = supplier.get("/desk").text
    assert "Nothing is with schools" in page
    assert "Not enough schools to tell" in page


def test_a_teacher_sees_outcomes_due_receipts_and_forms_left_unfinished(
    teacher: FlaskClient, school: School
) -> None:
    ended = school.trial("closed", days_ago=35)
    sent = school.trial("dispatched", days_ago=0)
    half = {"what_happened": ["Half"]}
    keep = {"person_id": school.teacher_person.id, "form": "outcome", "saved_at": clock.now()}
    school.make.save(UnfinishedForm(subject=str(ended.id), fields=half, **keep))
    shown = tasks(teacher.get("/desk").text)
    assert shown.count(f'href="/loans/{ended.id}/outcome"') == 1
    assert "Say what happened" in shown
    assert f'href="/loans/{sent.id}/receipt"' in shown


def test_what_is_in_use_needs_nobody_until_a_week_before_its_last_day(
    teacher: FlaskClient, school: School
) -> None:
    school.trial("active", days_ago=3)
    assert "Nothing today" in tasks(teacher.get("/desk").text)
    due = school.trial("active", days_ago=22)
    assert f"/loans/{due.id}/" in tasks(teacher.get("/desk").text)


def test_a_loan_in_a_line_begins_with_a_capital_where_no_name_does(
    teacher: FlaskClient, supplier: FlaskClient, school: School
) -> None:
    school.trial("active", days_ago=3)
    assert re.search(r'class="soft">\s*Until \w', teacher.get("/desk").text)
    assert re.search(r'class="soft">\s*\w.*, until \w', supplier.get("/desk").text)


def test_what_is_late_comes_first(teacher: FlaskClient, school: School) -> None:
    school.trial("dispatched", days_ago=0)
    late = school.trial("active", days_ago=60)
    shown = tasks(teacher.get("/desk").text)
    assert shown.index(f"/loans/{late.id}/return") < shown.index("/receipt")
    assert "Was due on" in shown


def test_a_lead_signs_decides_and_lets_people_in(lead: FlaskClient, school: School) -> None:
    asked = school.trial("school_signoff", days_ago=-20)
    colleagues = school.trial("active", days_ago=24)
    told = school.trial("closed", days_ago=35)
    outcome_of(school, told.id)
    person = school.make.person(name="Nadia Rahman")
    fields = {"role": "teacher", "asked_at": clock.now()}
    school.make.save(
        JoinRequest(person_id=person.id, organisation_id=school.organisation.id, **fields)
    )
    page = lead.get("/desk").text
    shown = tasks(page)
    assert f'href="/loans/{asked.id}"' in shown, "the plan is read before it is agreed to"
    assert f'href="/loans/{told.id}/outcome/read#decision"' in shown
    assert "Nadia Rahman asks to join" in shown
    assert f"/loans/{colleagues.id}/" not in shown
    assert f'href="/loans/{colleagues.id}"' in page
    school.make.save(
        Decision(
            loan_id=told.id,
            person_id=school.lead_person.id,
            code="extend",
            decided_at=clock.now(),
        )
    )
    page = lead.get("/desk").text
    assert "#decision" not in tasks(page)
    assert "We want a longer trial" in page


def test_a_supplier_answers_requests_first(supplier: FlaskClient, school: School) -> None:
    sending = school.trial("preparing", days_ago=-3)
    asked = school.trial("requested", days_ago=-20)
    ended = school.trial("access_ended", days_ago=35)
    shown = tasks(supplier.get("/desk").text)
    places = [shown.index(f"/loans/{loan.id}") for loan in (asked, sending, ended)]
    assert places[0] == min(places)


def test_a_supplier_sees_nothing_that_stays_in_the_school(
    supplier: FlaskClient, school: School
) -> None:
    hidden = school.trial("school_signoff", days_ago=-20)
    outcome_of(school, school.trial("closed", days_ago=35).id, what_happened="For us alone.")
    page = supplier.get("/desk").text
    assert f"/loans/{hidden.id}" not in page
    assert "For us alone." not in page
    assert "No story yet" in page


def test_one_school_and_one_supplier_see_nothing_of_another(
    school: School, signed_in: SignIn, made: Makers
) -> None:
    loan = school.trial("active", days_ago=25)
    outcome_of(school, school.trial("closed", days_ago=35).id)
    other = School(made)
    for person, place in (
        (other.teacher_person, other.organisation),
        (other.lead_person, other.organisation),
        (other.supplier_person, other.business),
    ):
        page = signed_in(person, place).get("/desk").text
        assert f"/loans/{loan.id}" not in page
        assert school.organisation.name not in page.replace(other.organisation.name, "", 1) or (
            school.organisation.name == other.organisation.name
        )


def test_a_trust_compares_like_with_like_and_ranks_nothing(
    made: Makers, school: School, signed_in: SignIn
) -> None:
    """Rule W2."""
    place = made.organisation("trust", "Hill Trust")
    trust = made.trust(organisation_id=place.id)
    head = made.person(place, "trust_lead")
    assert "No school yet" in signed_in(head, place).get("/desk").text
    made.school(trust_id=trust.id, name="Zennor School")
    mine = made.organisation("school", "Amble School")
    made.school(mine, trust_id=trust.id, phase="primary")
    for design in ("feedback", "feedback", "before_after"):
        school.organisation = mine
        loan = school.trial("closed", days_ago=40)
        outcome_of(school, loan.id, design=design, published_at=clock.now())
    outcome_of(school, school.trial("closed", days_ago=40).id, design="feedback")
    page = signed_in(head, place).get("/desk").text
    assert page.index("Amble School") < page.index("Zennor School")
    assert "Nothing yet" in page
    panel = page.partition("Stubborn misconceptions")[2].partition("</section>")[0]
    assert "What teachers thought" in panel
    assert panel.count("<li>") == 2
    assert "1 story with nothing like it yet" in page


def test_staff_see_who_waits_and_how_the_platform_stands(
    made: Makers, school: School, signed_in: SignIn
) -> None:
    platform = made.organisation("platform", "LendED")
    person = made.person(platform, "staff")
    waiting = made.supplier(made.organisation("supplier"), state="waiting", name="Brand New")
    made.product(waiting, state="submitted", name="Glow Tiles")
    unmet = {"text": "Nothing teaches Manx", "unmet_at": clock.now()}
    made.need(school.teacher_person, school.organisation, **unmet)
    made.save(
        Notice(
            email="lost@school.example",
            key="a",
            kind="loan",
            title="Your loan",
            words="…",
            made_at=clock.now(),
            mail_state="failed",
        )
    )
    client = signed_in(person, platform)
    page = client.get("/desk").text
    shown = tasks(page)
    assert "Brand New would like to lend" in shown
    assert "Check the listing of Glow Tiles" in shown
    assert 'href="/staff/mail"' in shown
    assert "Nothing teaches Manx" in page
    assert school.teacher_person.name not in page
    failed = client.get("/staff/mail").text
    assert "lost@school.example" in failed
    assert "The mail server said" in failed


def test_a_technologist_starts_from_a_problem(made: Makers, signed_in: SignIn) -> None:
    """Rule W5."""
    place = made.organisation("school")
    page = signed_in(made.person(place, "technologist"), place).get("/desk").text
    assert "Put a teacher’s problem in their own words" in page


def test_no_desk_asks_the_database_more_than_twelve_times(
    app: Flask, made: Makers, school: School, signed_in: SignIn
) -> None:
    head = made.person(school.organisation, "teacher", "school_lead")
    for days_ago in (-20, 1, 10, 25, 40):
        for state in ("school_signoff", "requested", "active", "access_ended", "closed"):
            loan = school.trial(state, days_ago=days_ago)
            if state == "closed":
                outcome_of(school, loan.id, published_at=clock.now())
    made.need(head, school.organisation, unmet_at=clock.now() - timedelta(days=1))
    for person, place in _one_of_each(made, school, head):
        client = signed_in(person, place)
        client.get("/desk")
        with app.app_context():
            engine = app.extensions["migrate"].db.engine
        with statements(engine) as asked:
            assert client.get("/desk").status_code == 200
        assert len(asked) <= 12, (place.kind, len(asked), asked)


def _one_of_each(made: Makers, school: School, head: Any) -> list[tuple[Any, Organisation]]:
    trust, platform = made.organisation("trust"), made.organisation("platform")
    made.trust(organisation_id=trust.id)
    return [
        (school.teacher_person, school.organisation),
        (head, school.organisation),
        (school.supplier_person, school.business),
        (made.person(trust, "trust_lead"), trust),
        (made.person(trust, "technologist"), trust),
        (made.person(platform, "staff"), platform),
    ]
