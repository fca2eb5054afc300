"""The end of a loan: the way back, the check of contents, the deletion of data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import update

from lended import clock
from lended.access import Actor
from lended.errors import Conflict, Invalid
from lended.loans import queries
from lended.loans.models import Binding, DeletionDuty, Loan, Pool, Unit
from lended.loans.rules.calendar import DAY, Window, add_working_days
from lended.loans.rules.deadlines import DAYS_TO_DELETE
from lended.loans.rules.papers import (
    DeletionWish,
    Item,
    demand_deletion,
    demand_items,
    holds_personal_data,
)
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.contents import keep_check
from lended.loans.service.guard import Held, is_physical
from lended.loans.service.promises import dates_of
from lended.work import Work


def book_return(work: Work, actor: Actor, loan_id: int, words: str) -> None:
    """Say when and where a kit can be collected, or that it is on its way; also early.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to give back, not with the school, or access instead of a kit.
    Invalid
        When no words say when.
    """
    loan = loan_to_move(work, actor, loan_id, "book_return")
    if not is_physical(loan):
        raise Conflict("There is nothing to send back: this is access. End it instead.")
    if not words.strip():
        raise Invalid(problems={"words": "Say when and where it can be collected."})
    change(work, actor, loan, "book_return", words=words)


def take_back(work: Work, actor: Actor, loan_id: int) -> None:
    """Say that a kit is back at the supplier, not yet checked.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's kit, or not on its way back.
    """
    loan = loan_to_move(work, actor, loan_id, "take_back")
    change(work, actor, loan, "take_back")


def pass_inspection(
    work: Work, actor: Actor, loan_id: int, items: Sequence[Item], words: str = ""
) -> None:
    """Check what came back, item by item, and close the loan.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to check, or not there to be checked.
    Invalid
        When an item has no condition.
    """
    loan = loan_to_move(work, actor, loan_id, "pass_inspection")
    demand_items(items)
    change(
        work,
        actor,
        loan,
        "pass_inspection",
        words=words,
        held=until_ready(loan),
        closed_as="returned",
    )
    keep_check(work, actor, loan, "inspection", items, words=words)
    _remember_condition(work, loan, items, words)


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


def until_ready(loan: Loan) -> Held:
    """Return what stays held after a loan that came back today: kits, until they are ready again.

    Nothing is held longer than it was: others may have been promised it from then on.
    """
    windows = {
        line.pool_id: Window(
            line.blocked_from, max(min(line.blocked_until, day), line.blocked_from + DAY)
        )
        for line in loan.lines
        if line.pool.kind == "physical"
        and (day := _ready_again_on(loan, line.pool)) > clock.today()
    }
    return Held(dates_of(loan), windows, lasting=True)


def _ready_again_on(loan: Loan, pool: Pool) -> date:
    pauses = queries.pauses_of(pool, loan.supplier)
    return add_working_days(clock.today(), pauses.turnaround, pauses.supplier)


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


def _remember_condition(work: Work, loan: Loan, items: Sequence[Item], words: str) -> None:
    amiss = [item.name for item in items if item.condition in {"missing", "damaged"}]
    condition = f"Missing or damaged: {', '.join(amiss)}" if amiss else words or "Complete"
    work.session.execute(
        update(Unit).where(Unit.id.in_(unbind(work, loan))).values(condition=condition[:200])
    )
