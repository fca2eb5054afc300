"""What is not delivered, not taken up, lost, unsafe or disputed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Role
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.loans import queries, service
from lended.loans.models import Incident, Loan, Pool, Unit
from lended.loans.rules.calendar import Dates, add_working_days, next_working_day, whole_weeks
from lended.loans.rules.incidents import SayWish, stances
from lended.loans.rules.papers import DispatchWish
from lended.loans.rules.returns import IncidentWish
from lended.loans.rules.stock import UnitWish
from tests.lended.loans.scene import ITEMS, Scene
from tests.lended.loans.test_coming_back import another_asks, back_with, with_serial
from tests.lended.loans.waiting import at


def test_a_parcel_is_sent_again_once(scene: Scene) -> None:
    loan_id = scene.loan("dispatched")
    with pytest.raises(Invalid):
        scene.do(service.send_again, scene.supplier, loan_id, " ")
    scene.do(service.send_again, scene.supplier, loan_id, "Nobody was there.", "CD456")
    assert scene.state(loan_id) == "dispatched"
    with pytest.raises(Conflict, match="once already"):
        scene.do(service.send_again, scene.supplier, loan_id, "Nobody was there again.")


@pytest.mark.parametrize("serial", [True, False])
def test_what_was_not_delivered_is_free_when_it_is_back(
    scene: Scene, session: Session, serial: bool
) -> None:
    unit_ids = (with_serial(scene),) if serial else ()
    loan_id = scene.loan("preparing")
    sent = DispatchWish(ITEMS, "New", unit_ids=unit_ids)
    scene.do(service.dispatch, scene.supplier, loan_id, sent)
    scene.do(service.fail_delivery, scene.supplier, loan_id, "The carrier lost the address.")
    loan = scene.row(loan_id)
    assert loan.state == "failed_delivery"
    assert not [one for one in loan.lines[0].bindings if one.ended_at is None]
    assert queries.next_free(session, [scene.product.id]) == {scene.product.id: None}
    scene.do(service.release, scene.supplier, loan_id, "It came back to us, whole.")
    session.rollback()
    assert queries.next_free(session, [scene.product.id])[scene.product.id] is not None


@pytest.mark.parametrize("state", ["approved", "preparing"])
@pytest.mark.parametrize("weeks", [1, 4])
def test_what_is_never_sent_is_not_taken_up_and_free_for_others(
    scene: Scene, state: str, weeks: int
) -> None:
    """Also when the school never did its papers, and never after the last day of the loan."""
    dates = whole_weeks(next_working_day(clock.today() + timedelta(days=21)), weeks)
    loan_id = scene.loan(state, dates)
    last = min(add_working_days(dates.starts_on, 5), dates.due_on)
    assert scene.tick(last).counts["loans not taken up"] == 0
    assert scene.tick(last + timedelta(days=1)).counts["loans not taken up"] == 1
    assert scene.state(loan_id) == "no_show"
    assert not scene.row(loan_id).lines[0].holds


@pytest.mark.parametrize(("state", "next_step"), [("approved", 3), ("preparing", 4)])
def test_what_can_no_longer_be_taken_up_is_not_although_the_clock_has_not_run(
    scene: Scene, state: str, next_step: int
) -> None:
    loan_id = scene.loan(state)
    last = add_working_days(scene.row(loan_id).lines[0].starts_on, 5)
    step = scene.steps(loan_id)[next_step]
    with at(last + timedelta(days=1)), pytest.raises(Conflict, match="could be taken up until"):
        step()
    assert scene.state(loan_id) == state
    with at(last):
        step()


def test_a_lost_kit_is_counted_out_and_those_who_come_after_are_flagged(
    scene: Scene, session: Session
) -> None:
    unit_id = with_serial(scene, value_pence=12_000)
    loan_id = scene.loan("preparing")
    sent = DispatchWish(ITEMS, "New", unit_ids=(unit_id,))
    scene.do(service.dispatch, scene.supplier, loan_id, sent)
    scene.do(service.confirm_receipt, scene.teacher, loan_id, ITEMS)
    with scene.transaction() as work:
        start = queries.next_free(work.session, [scene.product.id])[scene.product.id]
    assert start is not None
    later = another_asks(scene, Dates(start, start))
    with pytest.raises(NotAllowed):
        scene.do(service.report_lost, scene.teacher, loan_id, "Gone.")
    scene.do(service.report_lost, scene.lead, loan_id, "It was stolen with the van.")
    loan = scene.row(loan_id)
    assert loan.events[-1].after["value_pence"] == 12_000
    assert session.get_one(Unit, unit_id).state == "retired"
    assert session.get_one(Pool, scene.pool.id).capacity == 0
    assert session.get_one(Loan, later).at_risk_at is not None
    (incident,) = queries.incidents_of(session, loan_id)
    assert incident.kind == "lost"


def test_access_cannot_be_lost(seats: Scene) -> None:
    loan_id = seats.loan("active")
    with pytest.raises(Conflict, match="cannot be lost"):
        seats.do(service.report_lost, seats.supplier, loan_id, "Gone.")


def test_a_swollen_battery_never_leaves(scene: Scene) -> None:
    unit_id = with_serial(scene)
    loan_id = scene.loan("preparing")
    with scene.transaction() as work:
        work.session.get_one(Unit, unit_id).battery = "swollen"
    sent = DispatchWish(ITEMS, "New", unit_ids=(unit_id,))
    with pytest.raises(Invalid) as refused:
        scene.do(service.dispatch, scene.supplier, loan_id, sent)
    assert "swollen" in refused.value.problems["unit_ids"]
    wish = UnitWish("KIT-1", battery="swollen")
    with pytest.raises(Invalid):
        scene.do(service.change_unit, scene.supplier, scene.product.slug, unit_id, wish)


def test_what_was_checked_is_asked_where_the_last_check_is_long_ago(scene: Scene) -> None:
    long_ago = clock.today() - timedelta(days=366)
    wish = UnitWish("KIT-1", "New", electrical_check_on=long_ago)
    unit_id = scene.do(service.add_unit, scene.supplier, scene.product.slug, wish)
    loan_id = scene.loan("preparing")
    with pytest.raises(Invalid) as refused:
        scene.do(
            service.dispatch, scene.supplier, loan_id, DispatchWish(ITEMS, "New", "", (unit_id,))
        )
    assert set(refused.value.problems) == {"safety_words"}
    sent = DispatchWish(ITEMS, "New", "", (unit_id,), "Looked over its plug")
    scene.do(service.dispatch, scene.supplier, loan_id, sent)


def test_a_kit_that_a_school_has_is_not_set_aside_meanwhile(scene: Scene) -> None:
    unit_id = with_serial(scene)
    back_with(scene, unit_id)
    wish = UnitWish("KIT-1", state="retired")
    with pytest.raises(Conflict, match="A school has this kit"):
        scene.do(service.change_unit, scene.supplier, scene.product.slug, unit_id, wish)


@pytest.fixture
def disputed(scene: Scene) -> int:
    """Return an incident that the school sees differently."""
    wish = IncidentWish("damaged", "A crack.", ITEMS)
    loan_id = back_with(scene)
    incident_id: int = scene.do(service.close_with_incident, scene.supplier, loan_id, wish)
    scene.do(service.speak, scene.lead, incident_id, SayWish("disputed", "It came like that."))
    return incident_id


def test_what_is_disputed_is_settled_by_staff(
    scene: Scene, disputed: int, session: Session
) -> None:
    with pytest.raises(Conflict):
        scene.do(service.speak, scene.supplier, disputed, SayWish("settled", "We settle it."))
    platform = scene.make.organisation("platform")
    staff = scene.make.actor(scene.make.person(platform, "staff"), platform, Role.STAFF)
    with pytest.raises(Invalid):
        scene.do(service.speak, staff, disputed, SayWish("settled", ""))
    scene.do(service.speak, staff, disputed, SayWish("settled", "The picture at receipt shows it."))
    assert session.get_one(Incident, disputed).state == "settled"
    with pytest.raises(Conflict, match="has been settled"):
        scene.do(service.speak, scene.lead, disputed, SayWish("say", "Thank you."))


def test_no_other_school_or_supplier_reads_an_incident(scene: Scene, disputed: int) -> None:
    stranger, _lead = scene.another_school()
    with pytest.raises(NotFound):
        scene.do(service.speak, stranger, disputed, SayWish("say", "Hello."))


@pytest.mark.parametrize(
    ("side", "state", "in_time", "allowed"),
    [
        ("school", "open", True, ("say", "agreed", "disputed")),
        ("school", "open", False, ()),
        ("school", "agreed", True, ("say", "disputed")),
        ("school", "disputed", False, ("say", "agreed")),
        ("supplier", "open", True, ("say",)),
        ("supplier", "open", False, ("say", "settled")),
        ("supplier", "agreed", True, ("say", "settled")),
        ("supplier", "disputed", False, ("say",)),
        ("staff", "open", False, ()),
        ("staff", "disputed", True, ("say", "settled")),
        ("school", "settled", True, ()),
    ],
)
def test_each_side_speaks_in_its_turn(
    side: str, state: str, in_time: bool, allowed: tuple[str, ...]
) -> None:
    assert stances(side, state, in_time=in_time) == allowed
