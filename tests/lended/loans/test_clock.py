"""What time moves: computed from dates, catching up, doing nothing twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.loans.models import DeletionDuty, Loan, LoanEvent
from lended.loans.rules.calendar import add_working_days
from lended.loans.service import clock as module
from lended.work import Work
from tests.lended.loans.scene import Scene


def test_a_kit_counts_as_received_two_working_days_after_it_should_be_there(
    scene: Scene, session: Session
) -> None:
    loan_id = scene.loan("dispatched")
    arrives = add_working_days(clock.today(), scene.supplier_row.transit_out_days)
    last = add_working_days(arrives, 2)
    assert scene.tick(last).total == 0
    assert scene.tick(last + timedelta(days=1)).counts["kits taken as received"] == 1
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
    assert seats.tick(before).total == 0
    assert seats.tick(line.starts_on).counts["trials begun"] == 1
    assert seats.tick(line.due_on).total == 0
    after = line.due_on + timedelta(days=1 + nights_missed)
    assert seats.tick(after).counts["access ended"] == 1
    assert seats.state(loan_id) == "access_ended"
    assert session.get(DeletionDuty, loan_id) is None


def test_one_run_begins_and_ends_what_was_missed(seats: Scene) -> None:
    loan_id = seats.loan("issued")
    due = seats.row(loan_id).lines[0].due_on
    run = seats.tick(due + timedelta(days=9))
    assert (run.counts["trials begun"], run.counts["access ended"]) == (1, 1)
    assert seats.tick(due + timedelta(days=9)).total == 0


def test_what_may_hold_personal_data_leaves_a_duty_to_delete(
    seats: Scene, session: Session
) -> None:
    with seats.transaction() as work:
        work.session.get_one(type(seats.product), seats.product.id).facts = {}
    loan_id = seats.loan("issued")
    seats.tick(date(2090, 1, 1))
    duty = session.get(DeletionDuty, loan_id)
    assert duty is not None
    assert duty.due_on == date(2090, 1, 31)


def test_a_loan_that_cannot_be_moved_is_named_and_stops_no_other(
    make_scene: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenes = [make_scene(kind="digital", capacity=30, contents=[]) for _ in range(3)]
    loans = [seats.loan("issued") for seats in scenes]
    bad = loans[1]

    def start(work: Work, loan: Loan) -> bool:
        if loan.id == bad:
            raise ZeroDivisionError
        return begin.happen(work, loan)

    begin = next(due for due in module.DUE if due.name == "trials begun")
    monkeypatch.setattr(module, "DUE", (replace(begin, happen=start),))
    run = scenes[0].tick(scenes[0].row(loans[0]).lines[0].starts_on)
    assert run.counts == {"trials begun": 2}
    assert run.failed == (f"LN-{2000 + bad}",)
    states = [seats.state(loan_id) for seats, loan_id in zip(scenes, loans, strict=True)]
    assert states == ["active", "issued", "active"]


def test_two_runs_at_once_do_nothing_twice(seats: Scene, session: Session) -> None:
    loans = [seats.loan("issued") for _ in range(5)]
    first = seats.row(loans[0]).lines[0].starts_on
    barrier = Barrier(2)

    def run(_number: int) -> int:
        barrier.wait()
        return seats.tick(first).total

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(run, range(2))) == len(loans)
    begun = session.scalars(select(LoanEvent.loan_id).where(LoanEvent.kind == "start")).all()
    assert sorted(begun) == loans


def test_late_kits_of_one_product_are_called_late_together(
    make_scene: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first changes leaves the others as they were read."""
    scene = make_scene(capacity=3)
    loans = [scene.loan("active") for _ in range(3)]
    portions: list[int] = []

    def do(open_work: Any, due: module.Due, today: date, loan_ids: list[int]) -> int:
        portions.extend([len(loan_ids)] if due.name == "kits late" else [])
        return at_once(open_work, due, today, loan_ids)

    at_once = module._do
    monkeypatch.setattr(module, "_do", do)
    run = scene.tick(add_working_days(scene.row(loans[0]).lines[0].due_on, 3))
    assert (run.counts["kits late"], run.failed, portions) == (3, (), [3])
