"""Data kept too long: marked once on each occasion, shown, and no new trials in the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.errors import Conflict
from lended.loans import queries, service
from lended.loans.models import DeletionDuty, Loan, LoanEvent
from lended.loans.rules.deletion import marks_due
from lended.loans.rules.papers import DeletionWish
from lended.loans.rules.queue import Flexible
from tests.lended.loans.scene import Scene, a_wish


@pytest.fixture
def ended(seats: Scene) -> tuple[Scene, int]:
    """Return a trial that has ended and left data behind."""
    with seats.transaction() as work:
        product = work.session.merge(seats.product)
        product.facts = {"personal_data": "pupils"}
    return seats, seats.loan("access_ended")


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.at(datetime.combine(day, time(9), tzinfo=clock.LONDON)):
        yield


@pytest.mark.parametrize(("days", "marks"), [(0, 0), (30, 0), (31, 1), (45, 1), (46, 2), (300, 2)])
def test_a_deletion_is_marked_after_thirty_and_after_forty_five_days(days: int, marks: int) -> None:
    ended_on = date(2027, 3, 1)
    due_on = ended_on + timedelta(days=30)
    assert marks_due(due_on, ended_on + timedelta(days=days)) == marks


def test_the_clock_marks_each_occasion_once(ended: tuple[Scene, int], session: Session) -> None:
    scene, loan_id = ended
    today = clock.today()
    for days in (30, 31, 31, 32, 46, 46, 60):
        scene.tick(today + timedelta(days=days))
    marked = select(LoanEvent).where(LoanEvent.kind == "mark_deletion_late")
    assert [event.after["days"] for event in session.scalars(marked.order_by(LoanEvent.id))] == [
        30,
        45,
    ]
    assert session.get_one(DeletionDuty, loan_id).late_marks == 2


def test_missed_nights_are_one_mark(ended: tuple[Scene, int], session: Session) -> None:
    scene, _loan_id = ended
    scene.tick(clock.today() + timedelta(days=90))
    marked = session.scalars(select(LoanEvent).where(LoanEvent.kind == "mark_deletion_late"))
    assert [event.after["days"] for event in marked] == [45]


def test_a_mark_leaves_what_was_promised_as_it_was(
    ended: tuple[Scene, int], session: Session
) -> None:
    scene, loan_id = ended
    before = scene.row(loan_id)
    scene.tick(clock.today() + timedelta(days=31))
    after = session.get_one(Loan, loan_id)
    assert (after.act_by, after.changed_at, after.state) == (
        before.act_by,
        before.changed_at,
        "access_ended",
    )


def test_it_is_said_from_the_day_after_it_was_due_until_it_is_confirmed(
    ended: tuple[Scene, int], session: Session
) -> None:
    scene, loan_id = ended
    today, supplier = clock.today(), scene.supplier_row.id
    due_on = today + timedelta(days=30)
    assert queries.deletion_waits_since(session, supplier, due_on) is None
    assert queries.deletion_waits_since(session, supplier, due_on + timedelta(days=1)) == today
    session.rollback()
    wish = DeletionWish(none_held=False, scope="All accounts", deleted_on=today)
    scene.do(service.confirm_deletion, scene.supplier, loan_id, wish)
    assert queries.deletion_waits_since(session, supplier, due_on + timedelta(days=1)) is None


def test_after_forty_five_days_nobody_can_ask_or_be_answered(ended: tuple[Scene, int]) -> None:
    scene, _loan_id = ended
    today = clock.today()
    teacher, _lead = scene.another_school()
    with on(today + timedelta(days=45)):
        draft = scene.draft(teacher)
        asked = scene.draft()
        scene.do(service.submit, scene.teacher, asked, a_wish())
        scene.do(service.sign_off, scene.lead, asked, scene.lead_person.id)
    with on(today + timedelta(days=46)):
        with pytest.raises(Conflict, match="no new trials until that is done"):
            scene.do(service.submit, teacher, draft, a_wish())
        wish = Flexible(clock.today() + timedelta(days=20), clock.today() + timedelta(days=80), 3)
        with pytest.raises(Conflict, match="no new trials until that is done"):
            scene.do(service.join_queue, teacher, draft, a_wish(), wish)
        with pytest.raises(Conflict, match="no new trials until that is done"):
            scene.do(service.approve, scene.supplier, asked)
