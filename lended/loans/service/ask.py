"""Asking for a trial, on some dates or as soon as one is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from lended import clock
from lended.access import Actor, demand
from lended.accounts import service as accounts
from lended.catalogue import queries as catalogue
from lended.catalogue.models import Product
from lended.catalogue.rules.listings import PUBLISHED
from lended.errors import Conflict, Invalid, NotFound
from lended.loans import policy, queries
from lended.loans.models import Loan, LoanLine, Plan, Pool
from lended.loans.rules import HOLDING, State
from lended.loans.rules.plans import MOST_OPEN_LOANS, TrialWish, demand_complete, demand_dates
from lended.loans.rules.queue import Flexible
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.deletion import demand_nothing_kept
from lended.loans.service.guard import (
    Held,
    demand_enough,
    demand_free,
    demand_stock_of,
    held_by_the_database,
    lock_person,
    windows_of,
)
from lended.loans.service.promotion import pass_over
from lended.loans.service.queue import demand_none_free, demand_window, new_place
from lended.loans.service.sign_off import asked_by, signs_alone
from lended.loans.service.terms import terms_of
from lended.needs.models import Need
from lended.work import Work

UNFINISHED = "trial"
"""The name under which an unfinished request is kept; its subject is the loan's id."""


def start_draft(
    work: Work, actor: Actor, product_slug: str, need_id: int | None = None, problem: str = ""
) -> int:
    """Return the id of the teacher's draft for a product and a need, made when there is none.

    Parameters
    ----------
    problem
        The words of a need that is not kept, to begin with.

    Raises
    ------
    NotAllowed
        When the actor is not a teacher of a school.
    NotFound
        When there is no such product, or the need is somebody else's or another school's.
    Conflict
        When nobody lends the product on LendED.
    """
    demand(actor, policy.ASK)
    product = catalogue.published_product(work.session, product_slug)
    _demand_lender(work, product)
    if need_id is not None:
        _own_need(work, actor, need_id)
    assert actor.person_id is not None
    lock_person(work, actor.person_id)
    draft = queries.draft_of(work.session, actor, product.id, need_id)
    return draft.id if draft else _new_draft(work, actor, product, need_id, problem)


def submit(work: Work, actor: Actor, loan_id: int, wish: TrialWish) -> None:
    """Ask for a trial: moves a draft on with its plan, and holds what it needs from now on.

    It goes to the school's lead, or straight to the supplier where the teacher is the only lead.

    Raises
    ------
    NotFound, NotAllowed
        When the draft is somebody else's.
    Invalid
        When the plan is not complete, is judged by use instead of outcome, or its dates cannot be.
    Conflict
        When it was sent before, the product is no longer public, too many loans are open, or none
        is free; then with the next date.
    """
    alone = signs_alone(work, actor)
    move = "submit" if alone else "submit_for_signoff"
    loan = loan_to_move(work, actor, loan_id, move)
    _demand_public(loan)
    _demand_plan(loan, wish)
    demand_dates(wish, clock.today(), loan.product.loan_weeks_most)
    _demand_few(work, actor)
    demand_nothing_kept(work, loan)
    pools = demand_stock_of(work, loan)
    held = demand_free(work, loan, pools, wish.dates, wish.quantity)
    asked = asked_by(actor, alone=alone)
    terms = terms_of(loan, pools, wish.quantity, wish.dates)
    _send(work, actor, loan, move, wish=wish, pools=pools, held=held, terms=terms, **asked)
    pass_over(work, loan, held)


def join_queue(work: Work, actor: Actor, loan_id: int, wish: TrialWish, flexible: Flexible) -> None:
    """Wait for what is not free: moves a draft with its plan onto the product's waiting list.

    Parameters
    ----------
    flexible
        Within which time any so many weeks will do; the dates of the wish do not matter.

    Raises
    ------
    NotFound, NotAllowed
        When the draft is somebody else's.
    Invalid
        When the plan is not complete, or nothing could be there within that time.
    Conflict
        When it was sent before, the product is no longer public, too many loans are open, or it is
        free and need not be waited for.
    """
    loan = loan_to_move(work, actor, loan_id, "join_queue")
    _demand_public(loan)
    _demand_plan(loan, wish)
    _demand_few(work, actor)
    demand_nothing_kept(work, loan)
    pools = demand_stock_of(work, loan)
    demand_enough(pools, wish.quantity)
    last_on = demand_window(loan, pools, flexible)
    demand_none_free(work, loan, pools, flexible, wish.quantity)
    wish = replace(wish, dates=flexible.span)
    held = windows_of(pools, loan.supplier, loan.school, wish.dates)
    work.session.add(new_place(work, loan, flexible))
    _send(work, actor, loan, "join_queue", wish=wish, pools=pools, held=held, act_by=last_on)


def _demand_plan(loan: Loan, wish: TrialWish) -> None:
    demand_complete(wish)
    if loan.need is None and not wish.problem.strip():
        raise Invalid(problems={"problem": "Say what gets in the way in your classroom."})


def _send(
    work: Work,
    actor: Actor,
    loan: Loan,
    move: str,
    *,
    wish: TrialWish,
    pools: Sequence[Pool],
    held: Held,
    **values: Any,
) -> None:
    """Move a draft on with its lines and its plan; need and facts stay as they are now."""
    change(
        work,
        actor,
        loan,
        move,
        need_text=loan.need.text if loan.need else wish.problem,
        product_facts=dict(loan.product.facts),
        origin=wish.origin,
        **values,
    )
    with held_by_the_database():
        work.write(LoanLine, *_lines(loan, pools, wish, held))
    work.write(Plan, _plan(loan, wish))
    accounts.drop_unfinished(work, actor, UNFINISHED, str(loan.id))


def _demand_lender(work: Work, product: Product) -> None:
    if product.supplier.organisation_id is None:
        raise Conflict(
            f"{product.supplier.name} does not use LendED, so nobody here can lend you this. "
            "Its own website may say how to try it."
        )
    if not queries.stock_of_product(work.session, product.id):
        raise Conflict(f"{product.supplier.name} has not said yet how many can be lent.")


def _demand_public(loan: Loan) -> None:
    if loan.product.state != PUBLISHED:
        raise Conflict(
            f"{loan.product.name} is no longer lent here, so nothing was sent. Your need is kept."
        )


def _own_need(work: Work, actor: Actor, need_id: int) -> None:
    own = select(Need.id).where(
        Need.id == need_id,
        Need.person_id == actor.person_id,
        Need.organisation_id == actor.organisation_id,
    )
    if work.session.scalar(own) is None:
        raise NotFound


def _demand_few(work: Work, actor: Actor) -> None:
    assert actor.organisation_id is not None
    assert actor.person_id is not None
    lock_person(work, actor.person_id)
    many = queries.open_loans_of_teacher(work.session, actor.organisation_id, actor.person_id)
    if many >= MOST_OPEN_LOANS:
        raise Conflict(
            f"You have {many} loans under way, and {MOST_OPEN_LOANS} is the most at one time. "
            "Finish or cancel one first; what you wrote here is kept."
        )


def _new_draft(
    work: Work, actor: Actor, product: Product, need_id: int | None, problem: str
) -> int:
    now = clock.now()
    draft = Loan(
        school_id=actor.organisation_id,
        supplier_id=product.supplier_id,
        product_id=product.id,
        need_id=need_id,
        teacher_id=actor.person_id,
        state=State.DRAFT,
        need_text=problem,
        made_at=now,
        changed_at=now,
    )
    work.session.add(draft)
    work.session.flush()
    return draft.id


def _lines(loan: Loan, pools: Sequence[Pool], wish: TrialWish, held: Held) -> list[dict[str, Any]]:
    return [
        {
            "loan_id": loan.id,
            "pool_id": pool.id,
            "quantity": wish.quantity * pool.in_a_set,
            "state": loan.state,
            "holds": loan.state in HOLDING,
            "starts_on": wish.dates.starts_on,
            "due_on": wish.dates.due_on,
            "blocked_from": held.windows[pool.id].start,
            "blocked_until": held.windows[pool.id].end,
        }
        for pool in pools
    ]


def _plan(loan: Loan, wish: TrialWish) -> dict[str, Any]:
    return {
        "loan_id": loan.id,
        "goal": wish.goal,
        "criterion_about": wish.criterion_about,
        "measure": wish.measure,
        "measure_kind": wish.measure_kind,
        "direction": wish.direction,
        "unit": wish.unit,
        "baseline_words": wish.baseline_words,
        "baseline_value": wish.baseline_value,
        "threshold_words": wish.threshold_words,
        "threshold_value": wish.threshold_value,
        "pupils": wish.pupils,
        "teaching_change": wish.teaching_change,
        "education_lead": wish.education_lead,
        "sponsor": wish.sponsor,
        "readiness": dict(wish.readiness),
        "fixed_at": clock.now(),
    }
