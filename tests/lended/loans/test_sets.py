"""A set of kits and seats: its kits are checked, then the data behind its seats is deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from lended import clock
from lended.errors import Conflict
from lended.loans import queries, service
from lended.loans.models import DeletionDuty, Loan
from lended.loans.rules.availability import NEVER
from lended.loans.rules.incidents import SayWish
from lended.loans.rules.papers import DeletionWish
from lended.loans.rules.returns import IncidentWish
from lended.operations.checks.loans import CHECKS
from tests.lended.loans.acts import MISSED
from tests.lended.loans.scene import ITEMS, NO_DATA, Scene

MAY_HOLD = {"personal_data": "pupils"}
NOT_STATED: dict[str, Any] = {}
DONE = IncidentWish("missing", "Two tiles are missing.", MISSED.items)


def deleted() -> DeletionWish:
    return DeletionWish(none_held=False, scope="All accounts", deleted_on=clock.today())


def with_seats(scene: Scene) -> Scene:
    """Let thirty seats go with each kit of a scene."""
    scene.make.pool(scene.product, label="Seats", kind="digital", capacity=30, in_a_set=30)
    return scene


@pytest.fixture
def a_set(make_scene: Callable[..., Scene]) -> Scene:
    """Return a scene whose product is a kit and thirty seats, and may hold personal data."""
    return with_seats(make_scene(facts=MAY_HOLD, label="Robots"))


def duty_of(session: Session, loan_id: int) -> DeletionDuty | None:
    session.rollback()
    return session.get(DeletionDuty, loan_id)


def held(scene: Scene, loan_id: int) -> dict[str, bool]:
    return {line.pool.label: line.holds for line in scene.row(loan_id).lines}


def check(scene: Scene, loan_id: int) -> None:
    scene.do(service.pass_inspection, scene.supplier, loan_id, ITEMS)


def test_data_behind_the_seats_of_a_set_is_deleted_before_the_loan_is_closed(
    a_set: Scene, session: Session
) -> None:
    loan_id = a_set.loan("inspection")
    check(a_set, loan_id)
    loan = a_set.row(loan_id)
    assert (loan.state, loan.closed_as) == ("access_ended", "returned")
    duty = duty_of(session, loan_id)
    assert duty is not None
    assert duty.due_on == loan.act_by == clock.today() + timedelta(days=30)
    a_set.do(service.confirm_deletion, a_set.supplier, loan_id, deleted())
    loan = a_set.row(loan_id)
    assert (loan.state, loan.closed_as) == ("closed", "returned")
    duty = duty_of(session, loan_id)
    assert duty is not None
    assert duty.confirmed_at is not None
    assert duty.scope == "All accounts"


def test_its_seats_are_free_at_once_and_its_kit_once_it_is_ready(
    a_set: Scene, session: Session
) -> None:
    loan_id = a_set.loan("inspection")
    assert held(a_set, loan_id) == {"Robots": True, "Seats": True}
    check(a_set, loan_id)
    until = a_set.row(loan_id).lines[0].blocked_until
    assert until > clock.today()
    for state in ("access_ended", "closed"):
        assert a_set.state(loan_id) == state
        assert held(a_set, loan_id) == {"Robots": True, "Seats": False}
        assert a_set.row(loan_id).lines[0].blocked_until == until
        if state == "access_ended":
            a_set.do(service.confirm_deletion, a_set.supplier, loan_id, deleted())
    with a_set.transaction() as work:
        assert [found for each in CHECKS for found in each(work.session)] == []


def test_what_is_to_be_settled_is_not_forgotten_over_the_deletion(
    a_set: Scene, session: Session
) -> None:
    loan_id = a_set.loan("inspection")
    incident_id = a_set.do(service.close_with_incident, a_set.supplier, loan_id, DONE)
    loan = a_set.row(loan_id)
    assert (loan.state, loan.closed_as) == ("access_ended", "returned_with_incident")
    assert loan.lines[0].blocked_until == NEVER
    a_set.do(service.speak, a_set.teacher, incident_id, SayWish("agreed", "We found them."))
    a_set.do(service.speak, a_set.supplier, incident_id, SayWish("settled", "Thank you."))
    a_set.do(service.ask_price, a_set.teacher, loan_id, "What would six cost?")
    a_set.do(service.give_outcome, a_set.teacher, loan_id)
    a_set.do(service.confirm_deletion, a_set.supplier, loan_id, deleted())
    loan = a_set.row(loan_id)
    assert (loan.state, loan.closed_as) == ("closed", "returned_with_incident")
    assert held(a_set, loan_id) == {"Robots": True, "Seats": False}
    a_set.do(service.release, a_set.supplier, loan_id, "Complete again.")
    assert held(a_set, loan_id) == {"Robots": False, "Seats": False}


def test_a_kit_set_aside_can_be_ready_again_before_the_data_is_gone(a_set: Scene) -> None:
    loan_id = a_set.loan("inspection")
    a_set.do(service.close_with_incident, a_set.supplier, loan_id, DONE)
    a_set.do(service.release, a_set.supplier, loan_id, "Complete again.")
    assert a_set.state(loan_id) == "access_ended"
    assert held(a_set, loan_id) == {"Robots": False, "Seats": False}


@pytest.mark.parametrize(
    ("facts", "seats"), [(NO_DATA, True), (MAY_HOLD, False), (NOT_STATED, False)]
)
def test_without_seats_or_without_data_a_check_closes_the_loan(
    make_scene: Callable[..., Scene], session: Session, facts: dict[str, Any], seats: bool
) -> None:
    for amiss in (False, True):
        scene = make_scene(facts=facts, label="Robots")
        if seats:
            with_seats(scene)
        loan_id = scene.loan("inspection")
        if amiss:
            scene.do(service.close_with_incident, scene.supplier, loan_id, DONE)
        else:
            check(scene, loan_id)
        closed_as = "returned_with_incident" if amiss else "returned"
        assert (scene.state(loan_id), scene.row(loan_id).closed_as) == ("closed", closed_as)
        assert duty_of(session, loan_id) is None


def test_a_product_that_does_not_say_whether_it_holds_data_may(
    make_scene: Callable[..., Scene], session: Session
) -> None:
    scene = with_seats(make_scene(facts=NOT_STATED, label="Robots"))
    loan_id = scene.loan("inspection")
    check(scene, loan_id)
    assert scene.state(loan_id) == "access_ended"
    assert duty_of(session, loan_id) is not None


def test_data_may_be_deleted_from_the_day_the_set_was_sent_back(a_set: Scene) -> None:
    today = clock.today()
    loan_id = a_set.loan("inspection")
    with clock.at(clock.now() + timedelta(days=9)):
        check(a_set, loan_id)
        wish = DeletionWish(none_held=False, scope="All accounts", deleted_on=today)
        a_set.do(service.confirm_deletion, a_set.supplier, loan_id, wish)
    assert a_set.state(loan_id) == "closed"


def test_a_late_deletion_after_a_set_is_marked_too(a_set: Scene, session: Session) -> None:
    loan_id = a_set.loan("inspection")
    check(a_set, loan_id)
    for days, marks in ((30, 0), (31, 1), (46, 2)):
        a_set.tick(clock.today() + timedelta(days=days))
        duty = duty_of(session, loan_id)
        assert duty is not None
        assert duty.late_marks == marks


def test_data_behind_a_set_that_is_lost_is_deleted_beside_the_loan(
    a_set: Scene, session: Session
) -> None:
    """A loss is the end of a loan; the data behind its seats is not lost with the kit."""
    loan_id = a_set.loan("active")
    a_set.do(service.report_lost, a_set.lead, loan_id, "The bus left with it.")
    due_on = clock.today() + timedelta(days=30)
    duty = duty_of(session, loan_id)
    assert duty is not None
    assert duty.due_on == due_on == a_set.row(loan_id).act_by
    a_set.tick(due_on + timedelta(days=1))
    duty = duty_of(session, loan_id)
    assert duty is not None
    assert duty.late_marks == 1
    supplier = a_set.supplier_row.id
    assert queries.deletion_waits_since(session, supplier, due_on + timedelta(days=1))
    session.rollback()
    a_set.do(service.confirm_deletion_after_loss, a_set.supplier, loan_id, deleted())
    loan = session.get_one(Loan, loan_id, populate_existing=True)
    assert (loan.state, loan.act_by) == ("lost", None)
    assert queries.deletion_waits_since(session, supplier, due_on + timedelta(days=1)) is None
    session.rollback()
    with pytest.raises(Conflict, match="nothing to delete"):
        a_set.do(service.confirm_deletion_after_loss, a_set.supplier, loan_id, deleted())


@pytest.mark.parametrize(("facts", "seats"), [(NO_DATA, True), (MAY_HOLD, False)])
def test_a_lost_loan_without_data_behind_seats_asks_nothing_more(
    make_scene: Callable[..., Scene], session: Session, facts: dict[str, Any], seats: bool
) -> None:
    scene = make_scene(facts=facts, label="Robots")
    if seats:
        with_seats(scene)
    loan_id = scene.loan("active")
    scene.do(service.report_lost, scene.lead, loan_id, "The bus left with it.")
    assert duty_of(session, loan_id) is None
    assert scene.row(loan_id).act_by is None
    with pytest.raises(Conflict, match="nothing to delete"):
        scene.do(service.confirm_deletion_after_loss, scene.supplier, loan_id, deleted())
