"""What clever insiders try: to learn, keep or carry along what is another's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lended.accounts import service as accounts
from lended.errors import NotAllowed, NotFound
from lended.loans import queries, service
from lended.loans.models import Loan, LoanLine
from lended.loans.rules import State
from lended.needs import service as needs
from lended.needs.rules import NeedWish
from lended.notices.models import Notice
from tests.lended.loans.scene import PAPERS, Scene, Transaction
from tests.makers import Makers

BETWEEN_US = "Mind that the budget for this supplier is spent"


@pytest.fixture
def scene(make: Makers, transaction: Transaction) -> Scene:
    """Return a school and a supplier with plenty of one product."""
    return Scene(make, transaction, capacity=5)


def told(scene: Scene, person: Any) -> list[Notice]:
    """Return what a person was told."""
    with Session(scene.make.engine) as session:
        mine = select(Notice).where(Notice.person_id == person.id).order_by(Notice.id)
        return list(session.scalars(mine))


def put_into(scene: Scene, loan_id: int, state: State, **values: Any) -> None:
    """Put a loan into a state whose move is not built yet."""
    with Session(scene.make.engine) as session:
        session.connection(execution_options={"lended_writes": True})
        session.execute(update(Loan).where(Loan.id == loan_id).values(state=state, **values))
        session.execute(update(LoanLine).where(LoanLine.loan_id == loan_id).values(state=state))
        session.commit()


def test_a_lead_s_word_to_the_teacher_stays_in_the_school(scene: Scene) -> None:
    loan_id = scene.loan("school_signoff")
    scene.do(service.sign_off, scene.lead, loan_id, scene.teacher_person.id, BETWEEN_US)
    assert BETWEEN_US in told(scene, scene.teacher_person)[-1].words
    heard = told(scene, scene.supplier_person)
    assert len(heard) == 1
    assert BETWEEN_US not in heard[0].words


@pytest.mark.parametrize("state", [State.WAITLISTED, State.EXPIRED, State.CANCELLED])
def test_a_supplier_sees_no_school_that_has_not_asked_it(scene: Scene, state: State) -> None:
    """Rule 6 of the lending design: no other school's name in a queue."""
    loan_id = scene.loan("school_signoff")
    put_into(scene, loan_id, state)
    with scene.transaction() as work:
        assert queries.loans_in_sight(work.session, scene.supplier) == []
        with pytest.raises(NotFound):
            queries.loan(work.session, scene.supplier, loan_id)


@pytest.mark.parametrize("state", [State.EXPIRED, State.CANCELLED])
def test_a_supplier_still_sees_what_it_was_asked(scene: Scene, state: State) -> None:
    loan_id = scene.loan("requested")
    put_into(scene, loan_id, state)
    with scene.transaction() as work:
        assert queries.loan(work.session, scene.supplier, loan_id).id == loan_id


def test_who_has_left_a_school_hears_nothing_more_of_it(scene: Scene) -> None:
    loan_id = scene.loan("requested")
    scene.do(service.approve, scene.supplier, loan_id)
    before = len(told(scene, scene.teacher_person))
    scene.do(accounts.remove_person, scene.lead, scene.teacher_person.id)
    scene.do(service.complete_paperwork, scene.lead, loan_id, PAPERS)
    scene.do(service.cancel, scene.supplier, loan_id, "other", "We are closing")
    about_loans = [notice for notice in told(scene, scene.teacher_person) if notice.kind == "loan"]
    assert len(about_loans) <= before
    assert not any("cancelled" in notice.title for notice in about_loans)


def test_when_who_answers_for_a_loan_has_left_the_leads_are_told(scene: Scene) -> None:
    loan_id = scene.loan("school_signoff")
    scene.do(service.sign_off, scene.lead, loan_id, scene.teacher_person.id)
    scene.do(accounts.remove_person, scene.lead, scene.teacher_person.id)
    scene.do(service.approve, scene.supplier, loan_id)
    assert "Read and agree" in {notice.action for notice in told(scene, scene.lead_person)}


def test_who_has_left_does_not_hear_who_joins(make: Makers, transaction: Transaction) -> None:
    school = make.organisation()
    lead, other = make.person(school, "school_lead"), make.person(school, "school_lead")
    with transaction() as work:
        accounts.invite(work, make.actor(lead, school, "school_lead"), "new@x.example", "teacher")
    with Session(make.engine) as session:
        link = session.scalars(select(Notice.link).where(Notice.email == "new@x.example")).one()
    with transaction() as work:
        accounts.remove_person(work, make.actor(other, school, "school_lead"), lead.id)
    with transaction() as work:
        accounts.accept_as_new_person(work, link.rpartition("/")[2], "Nina New", "a hash")
    with Session(make.engine) as session:
        titles = session.scalars(select(Notice.title).where(Notice.person_id == lead.id)).all()
    assert not [title for title in titles if "joined" in title]


def test_a_need_is_not_carried_from_one_school_to_another(scene: Scene) -> None:
    elsewhere = scene.make.organisation("school")
    scene.make.member(scene.teacher_person, elsewhere, "teacher")
    there = scene.make.actor(scene.teacher_person, elsewhere, "teacher")
    with pytest.raises(NotFound):
        scene.do(service.start_draft, there, scene.product.slug, scene.need.id)
    assert scene.do(service.start_draft, there, scene.product.slug, None)


def test_who_no_longer_teaches_changes_no_need(scene: Scene) -> None:
    helper = scene.make.actor(scene.teacher_person, scene.school, "technologist")
    wish = NeedWish("Something else altogether")
    with pytest.raises(NotAllowed):
        scene.do(needs.change_need, helper, scene.need.id, wish, unmet=False)
    slug = scene.product.slug
    with pytest.raises(NotAllowed):
        scene.do(needs.put_aside, helper, scene.need.id, slug, reason="other")
    with pytest.raises(NotAllowed):
        scene.do(needs.bring_back, helper, scene.need.id, slug)


def test_nobody_asks_to_join_every_school_there_is(
    app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(made.person())
    schools = [made.school() for _ in range(21)]
    asked = {"role": "teacher", "words": "Let me in"}
    answers = [client.post(f"/join/{school.id}", data=asked).status_code for school in schools]
    assert answers == [303] * 20 + [429]
