"""What time moves: computed from dates, catching up, doing nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.loans import service
from lended.loans.models import DeletionDuty, LoanEvent
from lended.loans.rules.calendar import add_working_days
from tests.lended.loans.scene import Scene


def test_a_kit_counts_as_received_two_working_days_after_it_should_be_there(
    scene: Scene, session: Session
) -> None:
    loan_id = scene.loan("dispatched")
    arrives = add_working_days(clock.today(), scene.supplier_row.transit_out_days)
    last = add_working_days(arrives, 2)
    assert scene.do(service.run_clock, last).total == 0
    assert scene.do(service.run_clock, last + timedelta(days=1)).received == 1
    assert scene.state(loan_id) == "active"
    event = session.scalars(select(LoanEvent).order_by(LoanEvent.id.desc())).first()
    assert event is not None
    assert event.after == {"assumed": True}
    assert event.person_id is None


@pytest.mark.parametrize("nights_missed", [0, 3, 40])
def test_access_begins_and_ends_by_itself_and_a_missed_night_catches_up(
    seats: Scene, session: Session, nights_missed: int
) -> None:
    loan_id = seats.loan("issued")
    line = seats.row(loan_id).lines[0]
    before = line.starts_on - timedelta(days=1)
    assert seats.do(service.run_clock, before).total == 0
    assert seats.do(service.run_clock, line.starts_on).started == 1
    assert seats.do(service.run_clock, line.due_on).total == 0
    after = line.due_on + timedelta(days=1 + nights_missed)
    assert seats.do(service.run_clock, after).ended == 1
    assert seats.state(loan_id) == "access_ended"
    assert session.get(DeletionDuty, loan_id) is None


def test_one_run_begins_and_ends_what_was_missed(seats: Scene) -> None:
    loan_id = seats.loan("issued")
    due = seats.row(loan_id).lines[0].due_on
    run = seats.do(service.run_clock, due + timedelta(days=9))
    assert (run.started, run.ended) == (1, 1)
    assert seats.do(service.run_clock, due + timedelta(days=9)).total == 0


def test_what_may_hold_personal_data_leaves_a_duty_to_delete(
    seats: Scene, session: Session
) -> None:
    with seats.transaction() as work:
        work.session.get_one(type(seats.product), seats.product.id).facts = {}
    loan_id = seats.loan("issued")
    seats.do(service.run_clock, date(2090, 1, 1))
    duty = session.get(DeletionDuty, loan_id)
    assert duty is not None
    assert duty.due_on == clock.today() + timedelta(days=30)


def test_a_kit_that_is_out_waits_until_somebody_sends_it_back(scene: Scene) -> None:
    loan_id = scene.loan("active")
    assert scene.do(service.run_clock, date(2090, 1, 1)).total == 0
    assert scene.state(loan_id) == "active"
