"""Kits that are late, come back in parts, or come back amiss; scenarios 4, 5 and 12."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.errors import Conflict, Invalid
from lended.loans import queries, service
from lended.loans.models import Incident, Loan, LoanLine, Pool, Unit, UnitEvent
from lended.loans.rules.availability import NEVER
from lended.loans.rules.calendar import Dates, add_working_days
from lended.loans.rules.incidents import SayWish
from lended.loans.rules.papers import DispatchWish, Item
from lended.loans.rules.returns import IncidentWish, PartWish
from lended.loans.rules.stock import UnitWish
from lended.notices.models import Notice
from tests.lended.loans.scene import ITEMS, PAPERS, Scene, a_wish

MISSING = (Item("Fraction tiles", 24, 23, "missing"),)


def at(day: date) -> Any:
    return clock.at(datetime.combine(day, time(9), tzinfo=clock.LONDON))


def another_asks(scene: Scene, dates: Dates) -> int:
    """Promise dates to another school; return the loan's id."""
    teacher, lead = scene.another_school()
    loan_id = scene.draft(teacher)
    scene.do(service.submit, teacher, loan_id, a_wish(dates=dates))
    scene.do(service.sign_off, lead, loan_id, lead.person_id)
    scene.do(service.approve, scene.supplier, loan_id)
    scene.do(service.complete_paperwork, lead, loan_id, PAPERS)
    return loan_id


def told(session: Session, words: str) -> list[Notice]:
    session.rollback()
    notices = session.scalars(select(Notice).order_by(Notice.id)).all()
    return [notice for notice in notices if words in notice.title]


def test_a_late_kit_is_promised_to_nobody_and_whoever_comes_after_is_told_once(
    scene: Scene, session: Session
) -> None:
    """Scenario 4."""
    with at(date(2027, 1, 4)):
        scene.loan("preparing", Dates(date(2027, 2, 1), date(2027, 3, 5)))
        later = another_asks(scene, Dates(date(2027, 3, 22), date(2027, 4, 16)))
    loan_id = session.scalars(select(Loan.id).order_by(Loan.id)).first()
    assert loan_id is not None
    with at(date(2027, 1, 29)):
        scene.do(service.dispatch, scene.supplier, loan_id, DispatchWish(ITEMS, "New"))
    with at(date(2027, 2, 1)):
        scene.do(service.confirm_receipt, scene.teacher, loan_id, ITEMS)
    assert scene.tick(date(2027, 3, 7)).total == 0, "nobody can send it on a Sunday"
    for _night in range(3):
        scene.tick(date(2027, 3, 8))
    scene.tick(date(2027, 3, 20))
    assert scene.state(loan_id) == "overdue"
    session.rollback()
    flagged = session.get_one(Loan, later, populate_existing=True)
    assert flagged.at_risk_at is not None
    assert clock.day_of(flagged.at_risk_at) == date(2027, 3, 8)
    assert len(told(session, "may not be there on your first day")) == 1
    with at(date(2027, 4, 1)):
        with pytest.raises(Conflict, match="nobody knows when"):
            another_asks(scene, Dates(date(2027, 6, 1), date(2027, 6, 28)))
        assert queries.next_free(session, [scene.product.id]) == {scene.product.id: None}
    assert told(session, "was to go back to")


def test_those_who_were_warned_hear_when_the_kit_is_back(scene: Scene, session: Session) -> None:
    loan_id = scene.loan("active")
    line = scene.row(loan_id).lines[0]
    after = line.blocked_until
    later = another_asks(scene, _weeks_from(scene, after))
    scene.tick(after)
    assert session.get_one(Loan, later).at_risk_at is not None
    with at(after):
        scene.do(service.book_return, scene.teacher, loan_id, "Today")
        scene.do(service.take_back, scene.supplier, loan_id)
        scene.do(service.pass_inspection, scene.supplier, loan_id, ITEMS)
    session.rollback()
    assert session.get_one(Loan, later).at_risk_at is not None, "it is not ready the same day"
    scene.tick(add_working_days(after, scene.supplier_row.turnaround_days + 1))
    session.rollback()
    assert session.get_one(Loan, later).at_risk_at is None
    assert len(told(session, "for your dates again")) == 1


def _weeks_from(scene: Scene, day: date) -> Dates:
    with scene.transaction() as work:
        start = queries.next_free(work.session, [scene.product.id])[scene.product.id]
    assert start is not None
    assert start >= day
    return a_wish(dates=Dates(start, start)).dates


def test_a_kit_that_is_not_checked_in_time_never_looks_free(scene: Scene) -> None:
    loan_id = scene.loan("inspection")
    line = scene.row(loan_id).lines[0]
    assert scene.tick(line.blocked_until).counts["kits kept because they are not back"] == 1
    assert scene.row(loan_id).lines[0].blocked_until == NEVER
    assert scene.tick(line.blocked_until).total == 0


def with_serial(scene: Scene, **more: Any) -> int:
    """Give the scene's kit a serial; return the unit's id."""
    wish = replace(UnitWish("KIT-1", "New", electrical_check_on=clock.today()), **more)
    unit_id: int = scene.do(service.add_unit, scene.supplier, scene.product.slug, wish)
    return unit_id


def on_its_way_back(scene: Scene, *unit_ids: int) -> int:
    """Return a loan of these kits that its school sends back."""
    loan_id = scene.loan("preparing")
    sent = DispatchWish(ITEMS, "New", unit_ids=unit_ids)
    scene.do(service.dispatch, scene.supplier, loan_id, sent)
    scene.do(service.confirm_receipt, scene.teacher, loan_id, ITEMS)
    scene.do(service.book_return, scene.teacher, loan_id, "Today")
    return loan_id


def back_with(scene: Scene, *unit_ids: int) -> int:
    """Return a loan of these kits that waits to be checked."""
    loan_id = on_its_way_back(scene, *unit_ids)
    scene.do(service.take_back, scene.supplier, loan_id)
    return loan_id


@pytest.mark.parametrize("serial", [True, False])
def test_what_came_back_amiss_is_lent_to_nobody_until_it_is_released(
    scene: Scene, session: Session, serial: bool
) -> None:
    """Scenario 5, the half that comes back."""
    unit_ids = (with_serial(scene),) if serial else ()
    loan_id = back_with(scene, *unit_ids)
    wish = IncidentWish("missing", "The charger is missing.", MISSING)
    incident_id = scene.do(service.close_with_incident, scene.supplier, loan_id, wish)
    loan = scene.row(loan_id)
    assert (loan.state, loan.closed_as) == ("closed", "returned_with_incident")
    assert not [one for one in loan.lines[0].bindings if one.ended_at is None]
    assert queries.next_free(session, [scene.product.id]) == {scene.product.id: None}
    words = "It is in our cupboard; we send it."
    scene.do(service.speak, scene.teacher, incident_id, SayWish("agreed", words))
    scene.do(service.speak, scene.supplier, incident_id, SayWish("settled", "Thank you."))
    assert queries.next_free(session, [scene.product.id]) == {scene.product.id: None}
    scene.do(service.release, scene.supplier, loan_id, "The charger has come.")
    session.rollback()
    incident = session.get_one(Incident, incident_id)
    assert incident.state == "settled"
    assert incident.released_at is not None
    assert queries.next_free(session, [scene.product.id])[scene.product.id] is not None
    with pytest.raises(Conflict, match="set aside any more"):
        scene.do(service.release, scene.supplier, loan_id, "Again.")


def test_a_kit_keeps_its_history(scene: Scene, session: Session) -> None:
    unit_id = with_serial(scene)
    loan_id = back_with(scene, unit_id)
    wish = IncidentWish("damaged", "A crack.", ITEMS)
    scene.do(service.close_with_incident, scene.supplier, loan_id, wish)
    scene.do(service.release, scene.supplier, loan_id, "Mended.")
    kinds = session.scalars(select(UnitEvent.kind).order_by(UnitEvent.id)).all()
    assert kinds == ["added", "dispatch", "receipt", "return", "check", "set_aside", "release"]


def test_what_will_not_be_lent_again_is_counted_out(scene: Scene, session: Session) -> None:
    unit_id = with_serial(scene)
    loan_id = back_with(scene, unit_id)
    wish = IncidentWish("damaged", "Beyond repair.", ITEMS)
    scene.do(service.close_with_incident, scene.supplier, loan_id, wish)
    scene.do(service.write_off, scene.supplier, loan_id, "Beyond repair.")
    assert session.get_one(Unit, unit_id).state == "retired"
    assert session.get_one(Pool, scene.pool.id).capacity == 0


@pytest.fixture
def bundle(make_scene: Callable[..., Scene]) -> Scene:
    """Return a scene whose product is 6 robots, 6 tablets and 30 seats."""
    scene = make_scene(label="Robots", capacity=6, in_a_set=6, contents=[])
    scene.make.pool(scene.product, label="Tablets", capacity=6, in_a_set=6, contents=[])
    scene.make.pool(scene.product, label="Seats", kind="digital", capacity=30, in_a_set=30)
    return scene


def test_a_bundle_comes_back_in_parts_and_only_what_is_missing_is_asked_for(
    bundle: Scene, session: Session
) -> None:
    """Scenario 12."""
    loan_id = bundle.loan("returning")
    robots, tablets, _seats = bundle.row(loan_id).lines
    part = PartWish({robots.id: 6, tablets.id: 4})
    bundle.do(service.take_back_part, bundle.supplier, loan_id, part)
    assert bundle.state(loan_id) == "returning"
    with pytest.raises(Invalid) as refused:
        bundle.do(service.take_back_part, bundle.supplier, loan_id, PartWish({tablets.id: 3}))
    assert refused.value.problems == {f"count_{tablets.id}": "Only 2 of these have yet to come."}
    week_late = date.fromordinal(robots.due_on.toordinal() + 7)
    for _night in range(2):
        bundle.tick(week_late)
    (reminder,) = {notice.title for notice in told(session, "Still to go back")}
    assert "2 × Tablets" in reminder
    assert "Robots" not in reminder
    assert "Seats" not in reminder
    bundle.do(service.take_back_part, bundle.supplier, loan_id, PartWish({tablets.id: 2}))
    assert bundle.state(loan_id) == "inspection"
    session.rollback()
    backs = session.scalars(
        select(LoanLine.back).where(LoanLine.loan_id == loan_id).order_by(LoanLine.id)
    )
    assert list(backs) == [6, 6, 0]


def test_a_check_begins_when_nothing_more_will_come(bundle: Scene) -> None:
    loan_id = bundle.loan("returning")
    with pytest.raises(Invalid, match="what came back"):
        bundle.do(service.take_back_part, bundle.supplier, loan_id, PartWish())
    bundle.do(service.take_back_part, bundle.supplier, loan_id, PartWish(no_more=True))
    assert bundle.state(loan_id) == "inspection"


@pytest.mark.parametrize("chosen", [[], [0], [0, 1]])
def test_a_kit_that_did_not_come_back_with_the_rest_is_lent_to_nobody(
    make_scene: Callable[..., Scene], session: Session, chosen: list[int]
) -> None:
    """Whichever kits the supplier sets aside, or none of them by name."""
    scene = make_scene(capacity=2, in_a_set=2)
    kits = [with_serial(scene, serial=serial) for serial in ("KIT-1", "KIT-2")]
    loan_id = on_its_way_back(scene, *kits)
    came = PartWish(unit_ids=kits[:1], no_more=True)
    scene.do(service.take_back_part, scene.supplier, loan_id, came)
    with pytest.raises(Invalid) as refused:
        scene.do(service.pass_inspection, scene.supplier, loan_id, ITEMS)
    assert refused.value.problems["settle"].startswith("1 kit did not come back.")
    assert scene.state(loan_id) == "inspection"
    unit_ids = [kits[number] for number in chosen]
    wish = IncidentWish("missing", "One never came.", MISSING, unit_ids)
    scene.do(service.close_with_incident, scene.supplier, loan_id, wish)
    assert session.get_one(Unit, kits[1]).state == "quarantined"
    assert queries.next_free(session, [scene.product.id]) == {scene.product.id: None}


def test_a_part_that_did_not_come_back_with_the_rest_is_lent_to_nobody(
    bundle: Scene, session: Session
) -> None:
    loan_id = bundle.loan("returning")
    robots, _tablets, _seats = bundle.row(loan_id).lines
    came = PartWish({robots.id: 6}, no_more=True)
    bundle.do(service.take_back_part, bundle.supplier, loan_id, came)
    with pytest.raises(Invalid) as refused:
        bundle.do(service.pass_inspection, bundle.supplier, loan_id, ())
    assert refused.value.problems["settle"].startswith("6 × Tablets did not come back.")
    wish = IncidentWish("missing", "The tablets never came.", ())
    bundle.do(service.close_with_incident, bundle.supplier, loan_id, wish)
    lines = session.scalars(
        select(LoanLine).where(LoanLine.loan_id == loan_id).order_by(LoanLine.id)
    )
    assert [line.blocked_until == NEVER for line in lines] == [False, True, False]
