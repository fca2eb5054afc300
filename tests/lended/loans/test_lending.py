"""From yes to closed: papers, dispatch, access, return, deletion, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.errors import Conflict, Invalid, NotAllowed
from lended.loans import queries, service
from lended.loans.models import DeletionDuty, Loan, LoanEvent, LoanLine, Paperwork
from lended.loans.rules import MOVES, State
from lended.loans.rules.calendar import next_working_day, whole_weeks
from lended.loans.rules.papers import DeletionWish, DispatchWish, Item
from lended.loans.rules.stock import UnitWish
from lended.loans.rules.terms import digest
from tests.lended.loans.scene import ITEMS, PAPERS, Scene, a_wish


def test_a_kit_goes_out_and_comes_back_and_every_change_is_kept(
    scene: Scene, session: Session
) -> None:
    loan_id = scene.loan("closed")
    events = session.scalars(
        select(LoanEvent).where(LoanEvent.loan_id == loan_id).order_by(LoanEvent.id)
    ).all()
    assert [event.to_state for event in events] == [
        "school_signoff",
        "requested",
        "approved",
        "preparing",
        "dispatched",
        "active",
        "returning",
        "inspection",
        "closed",
    ]
    assert all(event.person_id and event.at for event in events)
    lines = session.scalars(select(LoanLine).where(LoanLine.loan_id == loan_id)).all()
    assert [line.state for line in lines] == ["closed"]


def test_access_is_issued_ended_and_its_data_confirmed_deleted(
    seats: Scene, session: Session
) -> None:
    loan_id = seats.loan("access_ended")
    seats.do(service.confirm_deletion, seats.supplier, loan_id, DeletionWish(none_held=True))
    assert seats.state(loan_id) == "closed"
    duty = session.get(DeletionDuty, loan_id)
    assert duty is not None
    assert duty.none_held
    assert duty.confirmed_by_id == seats.supplier.person_id


def test_accepted_terms_are_known_again_by_their_fingerprint(
    scene: Scene, session: Session
) -> None:
    loan_id = scene.loan("preparing")
    paperwork = session.get(Paperwork, loan_id)
    assert paperwork is not None
    assert paperwork.terms_digest == digest(scene.row(loan_id).terms)
    assert paperwork.accepted_by_id == scene.lead_person.id


@pytest.mark.parametrize(
    ("field", "value"),
    [("terms_accepted", False), ("deputy", ""), ("address", " "), ("delivery_window", "")],
)
def test_paperwork_of_a_kit_is_complete(scene: Scene, field: str, value: Any) -> None:
    loan_id = scene.loan("approved")
    with pytest.raises(Invalid) as refused:
        scene.do(service.complete_paperwork, scene.lead, loan_id, replace(PAPERS, **{field: value}))
    assert set(refused.value.problems) == {field}


def test_only_the_responsible_person_or_a_lead_accepts_the_terms(scene: Scene) -> None:
    loan_id = scene.loan("approved")
    with pytest.raises(NotAllowed):
        scene.do(service.complete_paperwork, scene.teacher, loan_id, PAPERS)


def test_what_may_hold_personal_data_needs_a_data_protection_check(
    make: Any, transaction: Any
) -> None:
    scene = Scene(make, transaction, kind="digital", capacity=30, contents=[])
    with transaction() as work:
        work.session.get_one(type(scene.product), scene.product.id).facts = {}
    loan_id = scene.loan("approved")
    with pytest.raises(Invalid) as refused:
        scene.do(
            service.complete_paperwork, scene.lead, loan_id, replace(PAPERS, data_protection="")
        )
    assert set(refused.value.problems) == {"data_protection"}


def test_what_is_not_there_cannot_be_sent(scene: Scene) -> None:
    """Kits are promised while some are late or broken; sending one more would be a slip."""
    slug, wish = scene.product.slug, UnitWish("KIT-1", "New", electrical_check_on=clock.today())
    unit_id = scene.do(service.add_unit, scene.supplier, slug, wish)
    loan_id = scene.loan("preparing")
    broken = replace(wish, state="quarantined")
    scene.do(service.change_unit, scene.supplier, slug, unit_id, broken)
    with pytest.raises(Conflict, match="Nothing is there to be sent"):
        scene.do(service.dispatch, scene.supplier, loan_id, DispatchWish(ITEMS, "New"))
    assert scene.state(loan_id) == "preparing"
    scene.do(service.change_unit, scene.supplier, slug, unit_id, wish)
    sent = DispatchWish(ITEMS, "New", unit_ids=[unit_id])
    scene.do(service.dispatch, scene.supplier, loan_id, sent)


def test_a_kit_without_a_serial_is_not_sent_while_another_school_has_it(scene: Scene) -> None:
    late = scene.loan("active")
    teacher, lead = scene.another_school()
    next_on = scene.row(late).lines[0].blocked_until + timedelta(days=7)
    wish = a_wish(dates=whole_weeks(next_working_day(next_on), 2))
    loan_id = scene.draft(teacher)
    scene.do(service.submit, teacher, loan_id, wish)
    scene.do(service.sign_off, lead, loan_id, lead.person_id)
    scene.do(service.approve, scene.supplier, loan_id)
    scene.do(service.complete_paperwork, lead, loan_id, PAPERS)
    with clock.at(datetime.combine(wish.dates.starts_on, time(12), tzinfo=clock.LONDON)):
        with pytest.raises(Conflict, match="Nothing is there to be sent"):
            scene.do(service.dispatch, scene.supplier, loan_id, DispatchWish(ITEMS, "New"))
        scene.do(service.book_return, scene.teacher, late, "Friday")
        scene.do(service.take_back, scene.supplier, late)
        scene.do(service.pass_inspection, scene.supplier, late, ITEMS)
        scene.do(service.dispatch, scene.supplier, loan_id, DispatchWish(ITEMS, "New"))


def test_a_kit_with_a_serial_is_chosen_when_it_leaves_and_lent_once(scene: Scene) -> None:
    unit_id = scene.do(
        service.add_unit, scene.supplier, scene.product.slug, UnitWish("KIT-1", "New")
    )
    loan_id = scene.loan("preparing")
    sent = DispatchWish(items=ITEMS, condition="New", safety_words="No plug")
    with pytest.raises(Invalid, match="Choose the kit"):
        scene.do(service.dispatch, scene.supplier, loan_id, sent)
    with pytest.raises(Invalid, match="Choose the kit"):
        scene.do(service.dispatch, scene.supplier, loan_id, replace(sent, unit_ids=[unit_id + 999]))
    scene.do(service.dispatch, scene.supplier, loan_id, replace(sent, unit_ids=[unit_id]))
    (line,) = scene.row(loan_id).lines
    assert [binding.unit_id for binding in line.bindings] == [unit_id]
    with scene.transaction() as work:
        assert queries.units_free(work.session, scene.pool.id) == []


def test_seats_are_not_sent_and_kits_are_not_issued(scene: Scene) -> None:
    loan_id = scene.loan("preparing")
    with pytest.raises(Conflict):
        scene.do(service.issue, scene.supplier, loan_id, "CODE")


def test_access_is_shown_to_those_who_need_it_and_that_is_kept(
    seats: Scene, session: Session
) -> None:
    loan_id = seats.loan("issued")
    assert seats.do(service.show_access, seats.teacher, loan_id) == "Code TILES-27"
    for actor in (seats.supplier,):
        with pytest.raises(NotAllowed):
            seats.do(service.show_access, actor, loan_id)
    shown = session.scalar(
        select(func.count()).select_from(LoanEvent).where(LoanEvent.kind == "access_shown")
    )
    assert shown == 1


def test_the_school_cancels_without_a_reason_and_the_supplier_with_one(scene: Scene) -> None:
    scene.do(service.cancel, scene.teacher, scene.loan("school_signoff"))
    loan_id = scene.loan("approved")
    with pytest.raises(Invalid):
        scene.do(service.cancel, scene.supplier, loan_id)
    scene.do(service.cancel, scene.supplier, loan_id, "stock_problem", "The kit broke")
    assert scene.state(loan_id) == "cancelled"


def test_what_was_sent_cannot_be_cancelled(scene: Scene) -> None:
    loan_id = scene.loan("dispatched")
    with pytest.raises(Conflict):
        scene.do(service.cancel, scene.teacher, loan_id)


def test_inspection_says_how_each_thing_came_back(scene: Scene, session: Session) -> None:
    loan_id = scene.loan("inspection")
    wrong = [Item("Fraction tiles", 24, 24, "vanished")]
    with pytest.raises(Invalid):
        scene.do(service.pass_inspection, scene.supplier, loan_id, wrong)
    back = [Item("Fraction tiles", 24, 20, "missing", "Four tiles")]
    scene.do(service.pass_inspection, scene.supplier, loan_id, back, "Otherwise fine")
    check = queries.papers(session, loan_id).check("inspection")
    assert check is not None
    assert check.lines[0]["remark"] == "Four tiles"


def test_the_supplier_cannot_deny_what_its_own_facts_say(make: Any, transaction: Any) -> None:
    scene = Scene(make, transaction, kind="digital", capacity=30, contents=[])
    with transaction() as work:
        product = work.session.get_one(type(scene.product), scene.product.id)
        product.facts = {"personal_data": "pupil_identified"}
    loan_id = scene.loan("access_ended")
    with pytest.raises(Invalid) as refused:
        scene.do(service.confirm_deletion, scene.supplier, loan_id, DeletionWish(none_held=True))
    assert set(refused.value.problems) == {"none_held"}
    today = clock.today()
    for wish in (
        DeletionWish(none_held=False),
        DeletionWish(none_held=False, scope="All", deleted_on=today + timedelta(days=1)),
        DeletionWish(none_held=False, scope="All", deleted_on=today - timedelta(days=1)),
    ):
        with pytest.raises(Invalid):
            scene.do(service.confirm_deletion, scene.supplier, loan_id, wish)
    done = DeletionWish(none_held=False, scope="All accounts", deleted_on=today)
    scene.do(service.confirm_deletion, scene.supplier, loan_id, done)
    assert scene.state(loan_id) == "closed"


def test_a_change_that_lost_the_race_changes_nothing(scene: Scene, session: Session) -> None:
    loan_id = scene.loan("requested")
    with scene.transaction() as work:
        stale = queries.loan(work.session, scene.supplier, loan_id)
        work.session.expunge_all()
    stale.state = State.APPROVED
    with pytest.raises(Conflict), scene.transaction() as work:
        service.change.change(work, scene.lead, stale, "complete_paperwork")
    assert scene.state(loan_id) == "requested"


def test_the_states_of_lines_follow_the_loan(scene: Scene, session: Session) -> None:
    scene.loan("dispatched")
    astray = session.scalar(
        select(func.count()).select_from(LoanLine).join(Loan).where(Loan.state != LoanLine.state)
    )
    assert astray == 0


def test_every_service_that_moves_a_loan_is_in_the_table() -> None:
    beyond = {"start_draft", "run_clock", "show_access", "keep_stock", "add_unit", "change_unit"}
    beyond |= {"promote", "from_queue", "wish_of", "kept_for_others", "why_no_longer"}
    beyond |= {"speak", "release", "write_off", "import_codes", "take_seat"}
    beyond |= {"withdraw_code", "put_back_code"}
    beyond |= {"keep_weekdays", "add_closure", "remove_closure", "add_part", "remove_part"}
    by_clock = {"end_access", "expire", "offer_place", "let_lapse"}
    by_clock |= {"window_past", "miss", "become_overdue", "mark_deletion_late"}
    in_two_ways = {"submit_for_signoff", "take_place_for_signoff"}
    in_two_ways |= {"pass_inspection_for_deletion", "find_incident_for_deletion"}
    functions = {name for name in service.__all__ if name.islower()} - beyond
    assert functions == MOVES.keys() - by_clock - in_two_ways
