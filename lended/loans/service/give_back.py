"""The end of access, the deletion of data, and letting go of what a loan had."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.loans.models import Binding, DeletionDuty, Loan
from lended.loans.rules.deadlines import DAYS_TO_DELETE
from lended.loans.rules.papers import (
    DeletionWish,
    demand_deletion,
    holds_personal_data,
)
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.guard import is_physical
from lended.work import Work


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


def owe_deletion(work: Work, loan: Loan) -> None:
    """Give the supplier the duty to delete, where the product may hold personal data."""
    if holds_personal_data(loan.product_facts):
        due_on = clock.today() + timedelta(days=DAYS_TO_DELETE)
        work.session.add(DeletionDuty(loan_id=loan.id, due_on=due_on))
        work.session.flush()


def confirm_deletion(work: Work, actor: Actor, loan_id: int, wish: DeletionWish) -> None:
    """Confirm what was deleted and when, or that nothing was held, and close the loan.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to confirm, or access has not ended.
    Invalid
        When something is missing or contradicts the product's facts.
    """
    loan = loan_to_move(work, actor, loan_id, "confirm_deletion")
    today = clock.today()
    demand_deletion(wish, loan.product_facts, clock.day_of(loan.changed_at), today)
    change(work, actor, loan, "confirm_deletion", closed_as="trial_ended")
    duty = work.session.get(DeletionDuty, loan.id)
    if duty is None:
        duty = DeletionDuty(loan_id=loan.id, due_on=today)
        work.session.add(duty)
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
