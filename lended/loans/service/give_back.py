"""The end of access, the deletion of data, and letting go of what a loan had."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import update

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.loans.models import Binding, DeletionDuty, Loan
from lended.loans.rules import State
from lended.loans.rules.deadlines import DAYS_TO_DELETE
from lended.loans.rules.papers import (
    DeletionWish,
    demand_deletion,
    holds_personal_data,
)
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.guard import is_physical
from lended.work import Work

ALL_DELETED = "There is nothing to delete after this loan, or it is confirmed already."


def end_access_early(work: Work, actor: Actor, loan_id: int, words: str = "") -> None:
    """End access before its last day; the seats are free at once.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to end, not in use, or a kit instead of access.
    """
    loan = loan_to_move(work, actor, loan_id, "end_access_early")
    if is_physical(loan):
        raise Conflict("This is a kit. Send it back instead.")
    change(work, actor, loan, "end_access_early", words=words)
    owe_deletion(work, loan)


def may_leave_data(loan: Loan) -> bool:
    """Tell whether personal data may be left behind a loan's seats; kits alone leave none."""
    has_seats = any(line.pool.kind == "digital" for line in loan.lines)
    return has_seats and holds_personal_data(loan.product_facts)


def owe_deletion(work: Work, loan: Loan) -> None:
    """Give the supplier the duty to delete, where personal data may be left behind."""
    if may_leave_data(loan):
        work.session.add(DeletionDuty(loan_id=loan.id, due_on=deletion_due_on()))
        work.session.flush()


def deletion_due_on() -> date:
    """Return the day by which data is to be deleted that is left behind today."""
    return clock.today() + timedelta(days=DAYS_TO_DELETE)


def access_ended_on(loan: Loan) -> date:
    """Return the day on which a school's access ended, from a loan with its history.

    Seats of a set end when its kits go back, are late or are lost, before anything is checked.
    """
    in_use = (event for event in loan.events if event.from_state == State.ACTIVE)
    ended = [event.at for event in in_use if event.to_state != State.ACTIVE]
    return clock.day_of(ended[-1] if ended else loan.changed_at)


def confirm_deletion(work: Work, actor: Actor, loan_id: int, wish: DeletionWish) -> None:
    """Confirm what was deleted and when, or that nothing was held, and close the loan.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to confirm, or access has not ended.
    Invalid
        When something is missing or contradicts the product's facts.
    """
    loan = loan_to_move(work, actor, loan_id, "confirm_deletion", with_history=True)
    _demand_deletion(loan, wish)
    closed_as = loan.closed_as or "trial_ended"
    change(work, actor, loan, "confirm_deletion", closed_as=closed_as)
    duty = work.session.get(DeletionDuty, loan.id)
    if duty is None:
        duty = DeletionDuty(loan_id=loan.id, due_on=clock.today())
        work.session.add(duty)
    _certify(work, actor, duty, wish)


def confirm_deletion_after_loss(work: Work, actor: Actor, loan_id: int, wish: DeletionWish) -> None:
    """Confirm what was deleted after a set that is lost; the loan is over already.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to confirm, nothing is lost, or nothing is left to delete.
    Invalid
        When something is missing or contradicts the product's facts.
    """
    move = "confirm_deletion_after_loss"
    loan = loan_to_move(work, actor, loan_id, move, with_history=True)
    duty = work.session.get(DeletionDuty, loan.id)
    if duty is None or duty.confirmed_at is not None:
        raise Conflict(ALL_DELETED)
    _demand_deletion(loan, wish)
    change(work, actor, loan, move, act_by=None)
    _certify(work, actor, duty, wish)


def _demand_deletion(loan: Loan, wish: DeletionWish) -> None:
    demand_deletion(wish, loan.product_facts, access_ended_on(loan), clock.today())


def _certify(work: Work, actor: Actor, duty: DeletionDuty, wish: DeletionWish) -> None:
    duty.confirmed_at = clock.now()
    duty.confirmed_by_id = actor.person_id
    duty.none_held = wish.none_held
    if not wish.none_held:
        duty.scope = wish.scope
        duty.deleted_on = wish.deleted_on
        duty.backups_until = wish.backups_until
    work.session.flush()


def unbind(work: Work, loan: Loan) -> list[int]:
    """Let go of a loan's kits and codes; return the ids of the kits."""
    line_ids = [line.id for line in loan.lines]
    ended = (
        update(Binding)
        .where(Binding.line_id.in_(line_ids), Binding.ended_at.is_(None))
        .values(ended_at=clock.now())
        .returning(Binding.unit_id)
    )
    return [unit_id for unit_id in work.session.scalars(ended) if unit_id is not None]
